"""Dictionaries to take along, held to what all formats promise and to what their readers need."""

from __future__ import annotations

import io
import json
import sqlite3
import struct
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
from lxml import etree, html  # type: ignore[import-untyped]
from mdict_utils.base.readmdict import MDX  # type: ignore[import-untyped]

from glossary_api.exports.formats import FORMATS
from glossary_api.exports.header import Header
from glossary_api.model.things import Harvest
from glossary_api.store import whole
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters
from glossary_api.store.writing import write_edition
from tests.exports.contract import Contract, Document, Entry, exported_from, meanings, on_one_line, without_quotes

SERVER = "https://glossary.example/root/"
FILTERS = TermFilters(kind="numeral", place="云溪")


def members(data: bytes) -> dict[str, bytes]:
    """The files of an archive by name."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def spellings(term: Document) -> set[str]:
    """All printed forms of a name, with and without quotation marks."""
    forms = [term["name"], *(variant["form"] for variant in term["variants"])]
    return {kept(form) for form in forms for kept in (on_one_line, without_quotes)} - {""}


class PackContract(Contract):
    """A dictionary: Chinese names, all spellings, addresses of a server if there is one."""

    def kept(self, text: str) -> str:
        """Line breaks are left to the reader's window."""
        return on_one_line(text)

    def text(self, data: bytes) -> str:
        """All that people can see of it."""
        return self.words(data).decode()

    def test_it_leads_back_to_a_server_if_there_is_one(self, editions: dict[str, Edition]) -> None:
        """Addresses of term and report stand in it, percent-encoded; without a server there is no address."""
        plain, led = (exported_from(editions["rendered"], self.name, address=root) for root in ("", SERVER))
        assert "http" not in self.text(plain)
        text = self.text(led)
        assert f"{SERVER}terms/%E4%B8%89%E8%BE%B9" in text
        assert f"{SERVER}reports/linjiang-2025#d" in text
        assert f"{SERVER}terms/%E4%BA%A7%E4%B8%9A%2F%E5%88%9B%E6%96%B0" in text or self.name == "anki"

    def test_count_checks_and_members_are_there(self, editions: dict[str, Edition]) -> None:
        """A list with its verdict, a failed one with a warning."""
        text = self.text(exported_from(editions["rendered"], self.name))
        assert "计数相符：应有 6 项，列出 6 项" in text
        assert "⚠ 计数不符：应有 9 项，列出 3 项" in text
        assert text.count("不发生舆情") >= 2


class ArchiveContract(PackContract):
    """A dictionary in a zip archive."""

    def words(self, data: bytes) -> bytes:
        """The contents of all files."""
        return b"\n".join(members(data).values())

    def test_members_have_no_date(self, editions: dict[str, Edition]) -> None:
        """All of them are of the first moment that a zip archive knows, and readable for all."""
        archive = zipfile.ZipFile(io.BytesIO(exported_from(editions["rendered"], self.name)))
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {member.external_attr >> 16 for member in archive.infolist()} == {0o644}

    def test_the_archive_says_which_edition_it_is(self, editions: dict[str, Edition]) -> None:
        """In its comment, so that it need not be unpacked."""
        edition = editions["rendered"]
        archive = zipfile.ZipFile(io.BytesIO(exported_from(edition, self.name)))
        assert edition.hash in archive.comment.decode()


def plain(content: Any) -> str:
    """The text of structured content."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(map(plain, content))
    return "\n" if content["tag"] == "br" else plain(content["content"])


def named(content: Any, name: str) -> Iterator[Any]:
    """The elements of structured content with a name."""
    for part in content if isinstance(content, list) else [content]:
        if isinstance(part, dict):
            if part.get("data") == {"content": name}:
                yield part
            yield from named(part.get("content", []), name)


class TestYomitan(ArchiveContract):
    name = "yomitan"

    def text(self, data: bytes) -> str:
        """Texts and addresses, unescaped."""
        return json.dumps([json.loads(content) for content in members(data).values()], ensure_ascii=False)

    def read(self, data: bytes) -> list[Entry]:
        """The first entry of each term, an item for each meaning."""
        first: dict[int, list[Any]] = {}
        for row in self.rows(data):
            first.setdefault(row[6], row)
        return [self._entry(row[0], item["content"]) for row in first.values() for item in row[5]]

    def rows(self, data: bytes, kind: str = "term_bank") -> list[Any]:
        """All rows of the banks of a kind."""
        banks = sorted((name, content) for name, content in members(data).items() if name.startswith(f"{kind}_"))
        return [row for _, content in banks for row in json.loads(content)]

    def _entry(self, name: str, content: Any) -> Entry:
        found = (tuple(on_one_line(plain(one)) for one in named(content, what)) for what in ("rendering", "definition"))
        return Entry(name, *found)

    @pytest.mark.parametrize("which", ["rendered", "awkward"])
    def test_every_spelling_is_an_entry(self, editions: dict[str, Edition], which: str) -> None:
        """Yomitan finds only what stands in a page as it stands in the dictionary."""
        entries: dict[int, set[str]] = {}
        for row in self.rows(exported_from(editions[which], self.name)):
            entries.setdefault(row[6], set()).add(row[0])
        expected = [spellings(term) for term in whole.documents(editions[which])]
        assert sorted(map(sorted, entries.values())) == sorted(map(sorted, expected))

    def test_only_the_name_has_a_reading(self, editions: dict[str, Edition]) -> None:
        """And only where the reading says more than the name does; other spellings come after it."""
        (document,) = (term for term in whole.documents(editions["rendered"]) if term["name"] == "六个不发生")
        data = b"".join(FORMATS[self.name].write(Header("0", "0"), [document | {"pinyin": "liù gè bù fā shēng"}]))
        rows = {row[0]: (row[1], row[4]) for row in self.rows(data)}
        assert rows == {"六个不发生": ("liù gè bù fā shēng", 0), "6个不发生": ("", -1)}
        figures = document | {"name": "135", "pinyin": "135", "variants": []}
        (row,) = self.rows(b"".join(FORMATS[self.name].write(Header("0", "0"), [figures])))
        assert row[:2] == ["135", ""]

    def test_every_tag_is_in_the_bank(self, editions: dict[str, Edition]) -> None:
        """A tag without white space for each kind of term, explained."""
        data = exported_from(editions["rendered"], self.name)
        tags = {row[0] for row in self.rows(data, "tag_bank")}
        assert {row[2] for row in self.rows(data)} == tags
        assert len(tags) == 3

    def test_usages_are_frequencies(self, editions: dict[str, Edition]) -> None:
        """How often reports use a term is its frequency, under every spelling; what none uses has none."""
        data = exported_from(editions["rendered"], self.name)
        found = {row[0]: row[2]["value"] for row in self.rows(data, "term_meta_bank")}
        used = {
            spelling: times
            for term in whole.documents(editions["rendered"])
            if (times := sum(report["usages"] for report in term["reports"]))
            for spelling in spellings(term)
        }
        assert found == used

    def test_only_a_dictionary_from_a_server_updates_itself(self, editions: dict[str, Edition]) -> None:
        """A server has its index and the file itself, both addresses with filters and language in them."""
        options = {"filters": FILTERS, "language": "en"}
        index = json.loads(members(exported_from(editions["rendered"], self.name, **options))["index.json"])
        assert not {"isUpdatable", "indexUrl", "downloadUrl", "url"} & set(index)
        led = exported_from(editions["rendered"], self.name, address=SERVER, **options)
        index = json.loads(members(led)["index.json"])
        chosen = "kind=numeral&place=%E4%BA%91%E6%BA%AA%E5%B8%82&lang=en"
        assert index["isUpdatable"] is True
        assert index["downloadUrl"] == f"{SERVER}api/v1/export/yomitan?{chosen}"
        installed = f"{chosen}&installed={editions['rendered'].hash}"
        assert index["indexUrl"] == f"{SERVER}api/v1/export/yomitan/index.json?{installed}"

    def test_two_choices_are_two_dictionaries(self, editions: dict[str, Edition]) -> None:
        """Yomitan knows a dictionary by its title, so the terms of a place have another one than all terms."""
        packed = [exported_from(editions["rendered"], self.name, **one) for one in ({}, {"filters": FILTERS})]
        titles = [json.loads(members(data)["index.json"])["title"] for data in packed]
        assert titles == ["政府工作报告词典", "政府工作报告词典（数字缩略语，云溪市）"]


class TestStardict(ArchiveContract):
    name = "stardict"

    def text(self, data: bytes) -> str:
        """The articles."""
        return members(data)["glossary/glossary.dict"].decode()

    def read(self, data: bytes) -> list[Entry]:
        """Each article by its place and length in the index; an outer `def` for each meaning."""
        files = members(data)
        articles = [
            etree.fromstring(b"<ar>" + files["glossary/glossary.dict"][offset : offset + size] + b"</ar>")
            for _, offset, size in index(files, "idx", ">II")
        ]
        return [self._entry(article, meaning) for article in articles for meaning in article.findall("def")]

    def _entry(self, article: Any, meaning: Any) -> Entry:
        found = (tuple(on_one_line(one.text) for one in meaning.findall(tag)) for tag in ("dtrn", "def"))
        return Entry(article.findtext("k"), *found)

    def test_the_information_is_true(self, editions: dict[str, Edition]) -> None:
        """Names, other spellings and the size of the index are counted."""
        files = members(exported_from(editions["rendered"], self.name))
        heading, *lines = files["glossary/glossary.ifo"].decode().splitlines()
        said = dict(line.split("=", 1) for line in lines)
        assert heading == "StarDict's dict ifo file"
        assert int(said["wordcount"]) == len(list(index(files, "idx", ">II"))) == 7
        assert int(said["synwordcount"]) == len(list(index(files, "syn", ">I")))
        assert int(said["idxfilesize"]) == len(files["glossary/glossary.idx"])
        assert (said["version"], said["sametypesequence"]) == ("3.0.0", "x")

    @pytest.mark.parametrize("which", ["rendered", "awkward"])
    def test_every_spelling_leads_to_its_name(self, editions: dict[str, Edition], which: str) -> None:
        """A synonym has the number of its name in the index."""
        files = members(exported_from(editions[which], self.name))
        names = [key.decode() for key, *_ in index(files, "idx", ">II")]
        found: dict[str, set[str]] = {name: {name} for name in names}
        for key, number in index(files, "syn", ">I"):
            found[names[number]].add(key.decode())
        expected = {on_one_line(term["name"]): spellings(term) for term in whole.documents(editions[which])}
        assert found == expected

    def test_keys_stand_in_the_order_of_stardict(self, editions: dict[str, Edition]) -> None:
        """Capital letters of ASCII sort as small ones, and before them if there is nothing else; the rest by bytes."""
        (document, *_) = whole.documents(editions["rendered"])
        names = ["b", "B", "a", "C", "é", "É", "[", "_", "一", "𠮷", "ab"]
        terms = [document | {"name": name, "variants": [{"form": f"{name}!", "type": "quoted"}]} for name in names]
        files = members(b"".join(FORMATS[self.name].write(Header("0", "0"), terms)))
        expected = ["[", "_", "a", "ab", "B", "b", "C", "É", "é", "一", "𠮷"]
        assert [key.decode() for key, *_ in index(files, "idx", ">II")] == expected
        assert [key.decode() for key, *_ in index(files, "syn", ">I")] == [f"{name}!" for name in expected]

    def test_a_spelling_that_is_too_long_is_cut_between_characters(self, editions: dict[str, Edition]) -> None:
        """A key has 255 bytes at most."""
        (document, *_) = whole.documents(editions["rendered"])
        files = members(b"".join(FORMATS[self.name].write(Header("0", "0"), [document | {"name": "a" + "长" * 100}])))
        ((key, *_),) = index(files, "idx", ">II")
        assert key.decode() == "a" + "长" * 84


def index(files: dict[str, bytes], suffix: str, numbers: str) -> Iterator[tuple[Any, ...]]:
    """Key and numbers of each entry of an index of StarDict."""
    data, at = files[f"glossary/glossary.{suffix}"], 0
    while at < len(data):
        end = data.index(b"\0", at)
        at, key = end + 1 + struct.calcsize(numbers), data[at:end]
        yield key, *struct.unpack_from(numbers, data, end + 1)


class TestMdict(PackContract):
    name, streamed = "mdict", False
    folder: ClassVar[Path]

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        type(self).folder = tmp_path

    def opened(self, data: bytes) -> MDX:
        """The file as the reader of mdict-utils has it."""
        path = self.folder / "glossary.mdx"
        path.write_bytes(data)
        return MDX(str(path))

    def records(self, data: bytes) -> list[tuple[str, str]]:
        """Keys with their records, in the order of the file."""
        return [(key.decode(), record.decode()) for key, record in self.opened(data).items()]

    def words(self, data: bytes) -> bytes:
        """What the header says, and all records."""
        said = json.dumps([value.decode() for value in self.opened(data).header.values()])
        return "\n".join([said, *(record for _, record in self.records(data))]).encode()

    def read(self, data: bytes) -> list[Entry]:
        """Records that are no references."""
        articles = [html.fromstring(text) for _, text in self.records(data) if not text.startswith("@@@LINK=")]
        return [_of_html(one.findtext("h3"), part) for one in articles for part in one.find_class("meaning")]

    @pytest.mark.parametrize("which", ["rendered", "awkward"])
    def test_every_spelling_leads_to_its_name(self, editions: dict[str, Edition], which: str) -> None:
        """Other spellings are references to the name."""
        records = self.records(exported_from(editions[which], self.name))
        found: dict[str, set[str]] = {}
        for key, record in records:
            name = record[len("@@@LINK=") :].rstrip() if record.startswith("@@@LINK=") else key
            found.setdefault(name, set()).add(key)
        assert found == {on_one_line(term["name"]): spellings(term) for term in whole.documents(editions[which])}

    def test_keys_are_sorted_whatever_their_letters(self, editions: dict[str, Edition]) -> None:
        """As a reader needs it that looks for a key by halving and takes capital letters for small ones."""
        (document, *_) = whole.documents(editions["rendered"])
        names = ["b", "B1", "a", "C", "É", "一", "𠮷", "ab"]
        terms = [document | {"name": name, "variants": []} for name in names]
        keys = [key for key, _ in self.records(b"".join(FORMATS[self.name].write(Header("0", "0"), terms)))]
        assert keys == ["a", "ab", "b", "B1", "C", "É", "一", "𠮷"]

    def test_many_blocks_are_read_again(self, editions: dict[str, Edition]) -> None:
        """More keys and records than one block holds come back, each with its own."""
        (document, *_) = whole.documents(editions["rendered"])
        terms = [document | {"name": f"第{number}个", "variants": []} for number in range(5000)]
        records = self.records(b"".join(FORMATS[self.name].write(Header("0", "0"), terms)))
        assert len(records) == 5000
        assert all(f"<h3>{key}</h3>" in record for key, record in records)


def _of_html(name: str, meaning: Any) -> Entry:
    found = (
        tuple(on_one_line("\n".join(one.itertext())) for one in meaning.find_class(what))
        for what in ("rendering", "definition")
    )
    return Entry(name, *found)


class TestAnki(ArchiveContract):
    name, streamed = "anki", False

    def words(self, data: bytes) -> bytes:
        """The rows of all tables."""
        rows = [self.rows(data, f"SELECT * FROM {table}") for table in ("col", "notes", "cards")]
        return json.dumps([[*map(json.loads, rows[0][0][8:]), *rows[1], *rows[2]]], ensure_ascii=False).encode()

    def rows(self, data: bytes, query: str) -> list[tuple[Any, ...]]:
        """What a query of the collection answers."""
        with closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(members(data)["collection.anki2"])
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            return database.execute(query).fetchall()

    def notes(self, data: bytes) -> dict[str, dict[str, str]]:
        """Fields of all notes by guid."""
        ((models,),) = self.rows(data, "SELECT models FROM col")
        (model,) = json.loads(models).values()
        names = [one["name"] for one in model["flds"]]
        rows = self.rows(data, "SELECT guid, flds FROM notes")
        return {guid: dict(zip(names, fields.split("\x1f"), strict=True)) for guid, fields in rows}

    def read(self, data: bytes) -> list[Entry]:
        """A note for each meaning."""
        return [self._entry(fields) for fields in self.notes(data).values()]

    def _entry(self, fields: dict[str, str]) -> Entry:
        meaning = html.fromstring(f"<div>{fields['释义']}{fields['译名']}</div>")
        return _of_html(html.fromstring(f"<p>{fields['名称']}</p>").text, meaning)

    def promised(self, documents: Iterable[Document], language: str = "") -> list[Entry]:
        """Whatever there is to learn of."""
        return [one for one in super().promised(documents, language) if one.renderings or one.definitions]

    def test_cards_ask_both_ways_where_there_is_a_rendering(self, editions: dict[str, Edition]) -> None:
        """A note has a card for the meaning, and one for the name if a rendering can ask for it."""
        data = exported_from(editions["rendered"], self.name)
        cards = Counter(guid for (guid,) in self.rows(data, "SELECT guid FROM cards JOIN notes ON nid = notes.id"))
        assert cards == {guid: 2 if fields["译名"] else 1 for guid, fields in self.notes(data).items()}
        assert set(cards.values()) == {1, 2}

    def test_the_question_does_not_give_the_name_away(self, editions: dict[str, Edition]) -> None:
        """Notes on a rendering, which speak of the name, stand in a field that only answers show."""
        notes = self.notes(exported_from(editions["rendered"], self.name))
        (fields,) = (fields for fields in notes.values() if "Six No" in fields["译名"])
        assert "Literal" not in fields["译名"]
        assert "Literal" in fields["译注"]

    def test_a_note_is_known_again(self, editions: dict[str, Edition], harvest: Harvest, tmp_path: Path) -> None:
        """In another edition the note of a sense has the same guid and the same number, though its text differs."""
        write_edition(replace(harvest, terms=harvest.terms[:3], usages=()), tmp_path / "other.db")
        with closing(Edition.open(tmp_path / "other.db")) as other:
            found = [
                dict(self.rows(exported_from(edition, self.name), "SELECT guid, id FROM notes"))
                for edition in (editions["rendered"], other)
            ]
        assert set(found[1]) < set(found[0])
        assert all(found[0][guid] == number for guid, number in found[1].items())

    @pytest.mark.parametrize("year", [None, 2025, 2026])
    def test_another_report_makes_a_newer_note(self, editions: dict[str, Edition], year: int | None) -> None:
        """Anki takes what changed later than what it has: a note is newer with more and with newer reports."""
        (document,) = (term for term in whole.documents(editions["rendered"]) if term["name"] == "三边")
        totals = document["totals"] | {"reports": document["totals"]["reports"] + 1}
        reports = [*document["reports"], document["reports"][0] | {"id": "x", "year": year}]
        more = document | {"reports": reports, "totals": totals}
        before, after = (self.changed(one) for one in (document, more))
        assert before < after

    def test_another_text_makes_another_note(self, editions: dict[str, Edition]) -> None:
        """Anki never updates a note that changed at the same moment as its own."""
        (document,) = (term for term in whole.documents(editions["rendered"]) if term["name"] == "三边")
        assert self.changed(document) != self.changed(document | {"pinyin": "sān biān"})

    def changed(self, document: Document) -> int:
        """The moment at which the only note of a term changed."""
        data = b"".join(FORMATS[self.name].write(Header("0", "0"), [document]))
        ((moment,),) = self.rows(data, "SELECT mod FROM notes")
        return int(moment)

    def test_no_field_is_a_command(self, editions: dict[str, Edition]) -> None:
        """A name cannot play a sound, be a cloze or end a field."""
        (document,) = (term for term in whole.documents(editions["rendered"]) if term["name"] == "三边")
        data = b"".join(FORMATS[self.name].write(Header("0", "0"), [document | {"name": "[sound:a.mp3]\x1f{{c1::b}}"}]))
        (fields,) = self.notes(data).values()
        assert fields["名称"] == "&#91;sound:a.mp3] &#123;&#123;c1::b}}"

    def test_numbers_of_notes_never_meet(self, editions: dict[str, Edition]) -> None:
        """Each note and each card has its own, and all of them are moments that have been."""
        data = exported_from(editions["rendered"], self.name)
        ids = [number for (number,) in self.rows(data, "SELECT id FROM notes")]
        assert len(set(ids)) == len(ids) == len(list(meanings(whole.documents(editions["rendered"])))) - 2
        assert max(ids) < 2**40
