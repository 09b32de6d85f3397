"""Dictionaries to take along, opened by those that they are made for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from mdict_utils.base.readmdict import MDX  # type: ignore[import-untyped]

from glossary_api.exports.formats import FORMATS
from glossary_api.exports.header import Header
from glossary_api.exports.packs import yomitan
from glossary_api.queries.export import exported
from glossary_api.store import whole
from glossary_api.store.edition import Edition

SCHEMAS = Path(__file__).parent / "schemas" / "yomitan"
BANKS = {"index": "index", "tag_bank": "tag-bank-v3", "term_bank": "term-bank-v3", "term_meta": "term-meta-bank-v3"}
"""By how names of files begin, what their schemas are called."""


def meanings(edition: Edition) -> Iterator[tuple[str, str, str, str]]:
    """Each printed form of each name with each definition, its place and its year."""
    for term in whole.documents(edition):
        forms = {term["name"], *(variant["form"] for variant in term["variants"])}
        for definition in (one for sense in term["senses"] for one in sense["definitions"]):
            source = definition["source"]
            for form in forms:
                yield form, definition["text"], source["place"], str(source["year"])


# Yomitan


@pytest.fixture
def schemas() -> dict[str, Draft7Validator]:
    """The published schemas by how names of files begin."""
    found = {begins: SCHEMAS / f"dictionary-{name}-schema.json" for begins, name in BANKS.items()}
    return {begins: Draft7Validator(json.loads(path.read_text("utf-8"))) for begins, path in found.items()}


def contents(path: Path) -> dict[str, Any]:
    """The files of a dictionary, parsed."""
    with zipfile.ZipFile(path) as archive:
        return {name: json.loads(archive.read(name)) for name in archive.namelist()}


def complaints(schemas: dict[str, Draft7Validator], name: str, content: Any) -> list[str]:
    """What the schema of a file finds wrong with it."""
    (schema,) = (schema for begins, schema in schemas.items() if name.startswith(begins))
    return [error.message for error in schema.iter_errors(content)]


@pytest.mark.parametrize("address", ["", "https://glossary.example/"])
def test_yomitan_schemas_find_nothing_wrong(
    schemas: dict[str, Draft7Validator], seed: Edition, tmp_path: Path, address: str
) -> None:
    """Index and banks are valid, with a server to lead back to and without."""
    path = tmp_path / "pack.zip"
    path.write_bytes(b"".join(exported(seed, FORMATS["yomitan"], address=address)))
    files = contents(path)
    assert {"index.json", "tag_bank_1.json", "term_bank_1.json", "term_meta_bank_1.json"} <= set(files)
    assert {name: wrong for name, content in files.items() if (wrong := complaints(schemas, name, content))} == {}


def test_yomitan_schemas_find_what_is_wrong(schemas: dict[str, Draft7Validator], files: dict[str, Path]) -> None:
    """An entry with a field too few, or an element that Yomitan does not know, is no valid one."""
    bank = contents(files["yomitan"])["term_bank_1.json"]
    assert complaints(schemas, "term_bank_1.json", [bank[0][:7]])
    bank[0][5][0]["content"] = {"tag": "script", "content": "x"}
    assert complaints(schemas, "term_bank_1.json", bank[:1])


def test_an_index_for_an_older_dictionary_is_valid(schemas: dict[str, Draft7Validator]) -> None:
    """So is what Yomitan is told of a newer edition."""
    index = yomitan.index(Header("ab" * 32, "1.0", address="https://glossary.example/"), "cd" * 32)
    assert complaints(schemas, "index.json", index) == []


# StarDict


@pytest.fixture
def stardict(files: dict[str, Path], tmp_path: Path) -> Path:
    """A folder of dictionaries with ours in it, for sdcv."""
    if not shutil.which("sdcv"):
        pytest.skip("sdcv is missing: apt-get install sdcv")
    with zipfile.ZipFile(files["stardict"]) as archive:
        archive.extractall(tmp_path / "dictionaries")
    return tmp_path


def looked_up(folder: Path, words: list[str]) -> list[list[dict[str, str]]]:
    """What sdcv finds for each word, with exactly this spelling."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    options = ["--non-interactive", "--exact-search", "--json-output", "--only-data-dir"]
    command = ["sdcv", *options, "--data-dir", str(folder / "dictionaries"), "--", *words]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=True)
    return [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("[")]


def test_sdcv_shows_every_definition_under_every_spelling(stardict: Path, seed: Edition) -> None:
    """Under each printed form stands each definition, with the place and the year that it comes from."""
    wanted = list(meanings(seed))
    assert len(wanted) > 50
    found = looked_up(stardict, [form for form, *_ in wanted])
    missed = [
        form
        for (form, text, place, year), articles in zip(wanted, found, strict=True)
        if not any(text in shown and f"——{place} {year}" in shown.replace("；", "\n——") for shown in _shown(articles))
    ]
    assert missed == []


def _shown(articles: list[dict[str, str]]) -> list[str]:
    return [article["definition"] for article in articles]


def test_sdcv_finds_forms_without_quotation_marks(stardict: Path) -> None:
    """What reports print in quotation marks is found as people type it, and with digits as reports print it."""
    found = looked_up(stardict, ["135工作体系", "“135”工作体系", "六个不发生", "没有这个提法"])
    assert [[article["word"] for article in articles] for articles in found] == [["135"], ["135"], ["六个不发生"], []]
    assert "<" not in found[0][0]["definition"]


# MDict


def test_mdict_utils_shows_every_definition_under_every_spelling(seed: Edition, files: dict[str, Path]) -> None:
    """Under each printed form stands an article with each definition, or a reference to one."""
    records = dict(_records(files["mdict"]))
    missed = [form for form, text, *_ in meanings(seed) if text not in _followed(records, form)]
    assert missed == []


def _records(path: Path) -> Iterator[tuple[str, str]]:
    for key, record in MDX(str(path)).items():
        yield key.decode(), record.decode()


def _followed(records: dict[str, str], key: str) -> str:
    record = records[key]
    return records[record[len("@@@LINK=") :].rstrip()] if record.startswith("@@@LINK=") else record
