"""Lists of source and target: a machine or a translator takes each row at its word."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

import pytest
from lxml import etree  # type: ignore[import-untyped]

from glossary_api.exports.formats import FORMATS
from glossary_api.model.words import ANY_STATUS
from glossary_api.queries.export import exported
from glossary_api.store import whole
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters
from glossary_api.text.folding import fold_name

EVERYTHING = TermFilters(status=ANY_STATUS)
Rows = Iterator[tuple[str, str]]


def _columns(data: bytes, delimiter: str = ",") -> Rows:
    for row in csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=delimiter):
        yield row["source"], row["target"]


def _lines(data: bytes) -> Rows:
    for line in data.decode().splitlines():
        if not line.startswith("#"):
            source, target, *_ = line.split("\t")
            yield source, target


def _bare(data: bytes) -> Rows:
    return ((source, target) for source, target in csv.reader(io.StringIO(data.decode(), newline="")))


def _elements(data: bytes, unit: str, sides: str) -> Rows:
    for element in etree.fromstring(data).iter(f"{{*}}{unit}"):
        texts = [side.text or "" for side in element.iter(*(f"{{*}}{name}" for name in sides.split()))]
        yield texts[0], "".join(texts[1:])


READERS: dict[str, Callable[[bytes], Rows]] = {
    "csv": _columns,
    "tsv": lambda data: _columns(data, "\t"),
    "weblate": _columns,
    "omegat": _lines,
    "deepl": _lines,
    "google": _bare,
    "tmx": lambda data: _elements(data, "tu", "seg"),
    "xliff": lambda data: _elements(data, "segment", "source target"),
}


def rows(edition: Edition, name: str, filters: TermFilters = EVERYTHING) -> list[tuple[str, str]]:
    """The rows with a target."""
    data = b"".join(exported(edition, FORMATS[name], filters, "en"))
    return [row for row in READERS[name](data) if row[1]]


@pytest.mark.parametrize("name", READERS)
def test_no_source_says_more_than_its_target(name: str, seed: Edition) -> None:
    """What stands in a source is, spelled however, the very name that the rendering was curated for."""
    renderings = {
        (fold_name(one["name"]), one["rendering"])
        for term in whole.documents(seed, EVERYTHING)
        for owner in (term, *term["senses"])
        for one in owner["equivalents"]
    }
    found = rows(seed, name)
    assert len(found) > 50
    assert {(fold_name(source), target) for source, target in found} <= renderings


@pytest.mark.parametrize("name", ["deepl", "google"])
def test_what_may_mean_something_else_leaves_a_glossary_of_machine_translation(name: str, seed: Edition) -> None:
    """A county's 三网融合 is in the glossary of that county only, two senses of one name in none without a place."""
    assert not {"三网融合", "三大工程", "五五"} & {source for source, _ in rows(seed, name)}
    assert "三网融合" in {source for source, _ in rows(seed, name, TermFilters(place="太仓市"))}
