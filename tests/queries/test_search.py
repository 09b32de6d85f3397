from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from glossary_api.errors import BadParameter
from glossary_api.model.things import Harvest, Match, ParsedReport, Report, Term, Usage, Variant
from glossary_api.queries import search as searching
from glossary_api.queries.search import COUNTED, SNIPPET, search
from glossary_api.store import fulltext
from glossary_api.store.documents import JsonObject
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters
from glossary_api.store.passages import FIELDS
from glossary_api.text.folding import fold_name

ALPHABET = "一二两十百六个不发生数据產業+1239.，。、“” AbÉÀ𠀀𪚥%/·"
"""Signs that folding treats in every way it can; no line break, which ends a paragraph."""


def everything(edition: Edition, filters: TermFilters, field: str | None = None, limit: int = 200) -> list[JsonObject]:
    """All items of a search, page by page."""
    items: list[JsonObject] = []
    cursor: str | None = None
    while True:
        page = search(edition, filters, field, limit, cursor)
        items += page.items
        cursor = page.next
        if cursor is None:
            return items


def mixed_harvest(chance: random.Random) -> Harvest:
    """A report of random signs with a term in each of its paragraphs."""
    names = ["".join(chance.choices("六个不发生数据产业", k=4)) + str(number) for number in range(10, 22)]
    ids = {name: f"t{number}" for number, name in enumerate(names)}
    text, usages = "", []
    for name in names:
        text += "".join(chance.choices(ALPHABET, k=chance.randint(0, 30)))
        match = Match(ids[name], len(text), len(text) + len(name), name, "exact", False)
        usages.append(Usage("report-2024", match, None, None))
        text += name + "".join(chance.choices(ALPHABET, k=chance.randint(0, 30))) + "\n"
    report = Report("report-2024", None, "云溪市", "990100", "prefecture", 2024, None, None, None, "", text)
    parsed = ParsedReport(report, (), None, (), (), (), (), ((0, len(text)),))
    terms = tuple(
        Term(ids[n], n, fold_name(n), "quoted", "", (Variant(n, "unquoted", ()),), (), (fold_name(n),)) for n in names
    )
    return Harvest((parsed,), terms, tuple(usages), ())


def like(texts: dict[Any, str], asked: str) -> set[Any]:
    """What a plain LIKE of SQLite finds."""
    connection = sqlite3.connect(":memory:")
    rows = [(asked.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"), text) for text in texts.values()]
    found = {
        key
        for key, row in zip(texts, rows, strict=True)
        if connection.execute("SELECT ?2 LIKE '%' || ?1 || '%' ESCAPE '\\'", row).fetchone()[0]
    }
    connection.close()
    return found


@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_missed_that_like_finds(seed: int, written: Callable[[Harvest], Edition]) -> None:
    """Whatever piece of a paragraph is asked for, every paragraph that has it is found, however it is written."""
    chance = random.Random(seed)
    harvest = mixed_harvest(chance)
    edition = written(harvest)
    text = harvest.reports[0].report.text
    paragraphs = {m.start(): m.group() for m in re.finditer(r"\S(?:[^\n]*\S)?", text)}
    for _ in range(150):
        line = chance.choice(list(paragraphs.values()))
        start = chance.randrange(len(line))
        asked = line[start : start + chance.randint(1, 8)].strip()
        if any(sign.isalnum() for sign in asked):
            found = {item["start"] for item in everything(edition, TermFilters(q=asked), "context")}
            assert found >= like(paragraphs, asked), asked


def test_random_data_against_like(chance_edition: Edition, chance_harvest: Harvest) -> None:
    """Names, definitions and paragraphs of a larger harvest: for questions of two, four and eight characters exactly
    what LIKE finds."""
    chance = random.Random(1)
    texts = paragraphs_of(chance_harvest)
    for length in (1, 2, 4, 8):
        for _ in range(40):
            text = chance.choice(list(texts.values()))
            start = chance.randrange(max(1, len(text) - length))
            asked = text[start : start + length]
            if asked.isalnum() and fold_name(asked) == asked:
                found = everything(chance_edition, TermFilters(q=asked))
                assert len(found) == len(like(texts, asked)), asked


def paragraphs_of(harvest: Harvest) -> dict[tuple[str, int], str]:
    """Every passage of a harvest without variants, each with a key of its own."""
    texts = {("name", n): term.name for n, term in enumerate(harvest.terms)}
    definitions = [d for term in harvest.terms for sense in term.senses for d in sense.definitions]
    texts |= {("definition", n): definition.text for n, definition in enumerate(definitions)}
    reports = {parsed.report.id: parsed.report.text for parsed in harvest.reports}
    for usage in harvest.usages:
        text = reports[usage.report]
        start = text.rfind("\n", 0, usage.match.start) + 1
        texts[usage.report, start] = text[start : text.index("\n", usage.match.end)]
    return {key: re.sub("[“”]", "", text) for key, text in texts.items()}  # a search looks past them


def test_items_show_what_was_found(edition: Edition) -> None:
    """An item says what it is, which terms it has to do with, where it stands, and where the question stands in it."""
    items = everything(edition, TermFilters(q="6個不發生"))
    assert [(item["field"], item["text"][:12]) for item in items] == [
        ("name", "六个不发生"),
        ("context", "严守「6个不发生」，推进"),
        ("context", "坚守“六个不发生”①底线"),
    ]
    assert [term["name"] for term in items[1]["terms"]] == ["六个不发生", "数据得地"]
    assert [item["heading"] for item in items] == [None, None, "一、过去一年工作"]
    for item in items:
        (hit,) = item["hits"]
        assert fold_name(item["text"][hit["start"] : hit["end"]]) == "6个不发生"


def test_snippets_stand_in_the_report(chance_edition: Edition, chance_harvest: Harvest) -> None:
    """A snippet is a slice of its report, no longer than promised, and every hit in it is what was asked for."""
    asked = chance_harvest.terms[0].name[:2]
    items = everything(chance_edition, TermFilters(q=asked))
    assert {item["field"] for item in items} >= {"name", "context"}
    for item in items:
        assert len(item["text"]) <= SNIPPET
        assert item["hits"]
        assert {item["text"][hit["start"] : hit["end"]] for hit in item["hits"]} == {asked}
        if item["report"]:
            text = chance_edition.report_text(item["report"]["id"])
            assert text[item["start"] : item["end"]] == item["text"]


def test_snippets_say_where_they_are_cut(chance_edition: Edition, chance_harvest: Harvest) -> None:
    """A snippet begins, and ends, its passage if nothing of the paragraph stands before, or behind, it."""
    items = everything(chance_edition, TermFilters(q=chance_harvest.terms[0].name[:2]), "context")
    assert {item["begins"] for item in items} == {True, False} == {item["ends"] for item in items}
    for item in items:
        text = chance_edition.report_text(item["report"]["id"])
        before, behind = text[: item["start"]].rpartition("\n")[2], text[item["end"] :].partition("\n")[0]
        assert (item["begins"], item["ends"]) == (not before.strip(), not behind.strip())


def test_order(chance_edition: Edition, chance_harvest: Harvest) -> None:
    """The term of the very name comes first; then names and definitions of much used terms; then late reports."""
    rare = min(chance_harvest.terms, key=lambda term: (chance_edition.terms(TermFilters(q=term.name)).total, term.name))
    items = everything(chance_edition, TermFilters(q=rare.name))
    assert (items[0]["field"], items[0]["terms"][0]["name"]) == ("name", rare.name)
    uses = {item["name"]: item["usages"] for item in chance_edition.terms(limit=200).items}
    items = everything(chance_edition, TermFilters(q=rare.name[:1]))
    order = [FIELDS.index(item["field"]) for item in items]
    assert order == sorted(order)
    names = [uses.get(item["terms"][0]["name"]) for item in items if item["field"] == "name"]
    known = [use for use in names if use is not None]
    assert known == sorted(known, reverse=True)
    years = [item["report"]["year"] for item in items if item["field"] == "context"]
    assert years == sorted(years, reverse=True)


@pytest.mark.parametrize("limit", [1, 2, 7])
def test_pages_meet_every_item_once(chance_edition: Edition, chance_harvest: Harvest, limit: int) -> None:
    """Page by page, whatever their size, a search meets the same items in the same order."""
    for asked in (chance_harvest.terms[5].name, chance_harvest.terms[7].name[:2]):
        whole = everything(chance_edition, TermFilters(q=asked))
        assert everything(chance_edition, TermFilters(q=asked), limit=limit) == whole
        assert search(chance_edition, TermFilters(q=asked), limit=limit).total == len(whole)


def test_filters(chance_edition: Edition, chance_harvest: Harvest) -> None:
    """Each filter, and any of them together, leaves exactly the passages whose term and report fit."""
    chance = random.Random(3)
    terms = {term.id: term for term in chance_harvest.terms}
    signs = sorted({sign for term in chance_harvest.terms for sign in term.name})
    for _ in range(80):
        report = chance.choice(chance_harvest.reports).report
        filters = TermFilters(
            q=chance.choice(signs),
            kind=chance.choice([None, "numeral", "quoted", "plan"]),
            defined=chance.choice([None, True, False]),
            report=chance.choice([None, None, report.id, "nowhere"]),
            place=chance.choice([None, None, report.place, report.place_code]),
            year=chance.choice([None, None, report.year]),
        )
        plain = everything(chance_edition, TermFilters(q=filters.q))
        expected = [item for item in plain if fits(item, filters, terms, chance_harvest, chance_edition)]
        assert everything(chance_edition, filters) == expected, filters


def fits(item: JsonObject, filters: TermFilters, terms: dict[str, Term], harvest: Harvest, edition: Edition) -> bool:
    """Whether an item fits, decided from the harvest alone."""
    found = [terms[term["id"]] for term in item["terms"]]
    if not any(filters.kind in (None, t.kind) and filters.defined in (None, t.defined) for t in found):
        return False
    reports = {parsed.report.id: parsed.report for parsed in harvest.reports}
    if item["report"]:
        of = [reports[item["report"]["id"]]]
    else:
        of = [reports[report["id"]] for report in edition.term(found[0].name)["reports"]]
    asked = (filters.report, filters.place, filters.year) != (None, None, None)
    return not asked or any(
        filters.report in (None, report.id)
        and filters.place in (None, report.place, report.place_code)
        and filters.year in (None, report.year)
        for report in of
    )


def test_fields(edition: Edition) -> None:
    """A search in one field finds what a search in all finds there."""
    whole = everything(edition, TermFilters(q="数据"))
    for field in ("name", "definition", "context"):
        assert everything(edition, TermFilters(q="数据"), field) == [i for i in whole if i["field"] == field]


@pytest.mark.parametrize("asked", ["", "，", "“”", '" OR "', "NEAR(", "body : x", "\x00", "*", "不发生 没有这个"])
def test_nothing_found(edition: Edition, asked: str) -> None:
    """What stands nowhere, or nothing to search for, is an empty page and no error of the query language."""
    page = search(edition, TermFilters(q=asked))
    assert (page.items, page.total, page.next, page.is_total) == ((), 0, None, True)


@pytest.mark.parametrize("cursor", ["", "terms.5LiJ", "search.1", "search.1.2.x", "search.-1.0..0"])
def test_a_cursor_of_something_else(edition: Edition, cursor: str) -> None:
    """A cursor that no search made is refused."""
    with pytest.raises(BadParameter):
        search(edition, TermFilters(q="数据"), cursor=cursor)


def test_a_cursor_outlives_its_edition(
    edition: Edition, harvest: Harvest, written: Callable[[Harvest], Edition]
) -> None:
    """Carried to an edition with one report less, a cursor goes on where it stood."""
    first = search(edition, TermFilters(q="数据"), limit=3)
    assert [item["field"] for item in first.items] == ["name", "definition", "context"]
    kept = tuple(parsed for parsed in harvest.reports if parsed.report.id != "shiqiao-2025")
    usages = tuple(usage for usage in harvest.usages if usage.report != "shiqiao-2025")
    terms = tuple(replace(term, senses=term.senses[:1]) for term in harvest.terms)
    later = written(replace(harvest, reports=kept, usages=usages, terms=terms))
    rest = search(later, TermFilters(q="数据"), cursor=first.next)
    assert [item["report"]["id"] for item in rest.items] == ["yunxi-2024"]


def test_counting_ends(synthetic: Any, written: Callable[[Harvest], Edition]) -> None:
    """Beyond a thousand passages the count stands still and says so, while the pages go on."""
    harvest = synthetic.synthetic_harvest(1300, 1300, seed=2)
    edition = written(harvest)
    common = max(harvest.terms[0].name, key=lambda sign: sum(sign in term.name for term in harvest.terms))
    page = search(edition, TermFilters(q=common), limit=200)
    real = len(everything(edition, TermFilters(q=common)))
    assert (page.total, page.is_total) == (min(real, COUNTED), real <= COUNTED)


@pytest.mark.parametrize(
    ("few", "rare", "at_first"),
    [(10**6, 0, 1), (0, 0, 10**6), (0, 0, 1), (0, 10**9, 1)],
    ids=["texts", "index", "index, by pieces", "pairs"],
)
def test_single_characters_beside_runs(
    chance_edition: Edition, monkeypatch: pytest.MonkeyPatch, few: int, rare: int, at_first: int
) -> None:
    """However single characters are looked for beside longer runs, the same is found as by all pairs at once."""
    chance = random.Random(3)
    texts = [text for (text,) in chance_edition.select("SELECT unpacked(text) FROM reports", {})]
    asked = []
    for _ in range(25):
        text = chance.choice(texts)
        at = chance.randrange(len(text) - 5)
        asked.append(f"{text[at]} {text[at + 1 : at + 3]}，{text[at + 4]}")
    plain = []
    with monkeypatch.context() as patch:
        patch.setattr(fulltext, "ways", lambda _: [])
        plain = [search(chance_edition, TermFilters(q=one), None, 100) for one in asked]
    for name, value in (("_FEW", few), ("_PROBED", 1), ("_RARE", rare), ("_AT_FIRST", at_first)):
        monkeypatch.setattr(searching, name, value)
    assert [search(chance_edition, TermFilters(q=one), None, 100) for one in asked] == plain
    assert any(page.items for page in plain)
