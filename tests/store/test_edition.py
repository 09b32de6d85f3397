from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from glossary_api.errors import BadParameter, ReportNotFound, TermNotFound
from glossary_api.model.messages import Message
from glossary_api.model.things import Evidence, Harvest
from glossary_api.model.words import ANY_STATUS, CANDIDATE
from glossary_api.store.edition import Edition, JsonObject, Page
from glossary_api.store.filters import ReportFilters, TermFilters
from glossary_api.store.nearest import SUGGESTIONS, nearest
from glossary_api.store.writing import write_edition
from tests.conftest import MISCOUNT

NAMES = ["1+22+3", "“135”工作体系", "三边", "产业/创新", "六个不发生", "十四五", "数据得地"]


def names(page: Page[Any]) -> list[str]:
    """The names of the terms on a page."""
    return [item["name"] for item in page.items]


def walk(ask: Callable[[str | None], Page[Any]]) -> Iterator[Page[Any]]:
    """All pages of a list."""
    page = ask(None)
    yield page
    while page.next is not None:
        page = ask(page.next)
        yield page


# One term


@pytest.mark.parametrize(
    ("asked", "name", "match_type"),
    [
        ("六个不发生", "六个不发生", "exact"),
        ("6个不发生", "六个不发生", "variant"),  # printed so by one report
        ("「六个不发生」", "六个不发生", "folded"),
        ("六個不發生", "六个不发生", "folded"),
        ("六 个 不\u200c发生", "六个不发生", "folded"),
        ("“135”工作体系", "“135”工作体系", "exact"),
        ("１３５工作体系", "“135”工作体系", "folded"),
        ("135", "“135”工作体系", "variant"),
        ("1+22+3", "1+22+3", "exact"),
        ("１＋２２＋３", "1+22+3", "folded"),
        ("产业/创新", "产业/创新", "exact"),
    ],
)
def test_any_spelling_finds_the_term(edition: Edition, asked: str, name: str, match_type: str) -> None:
    """Every spelling that folds alike, and every variant, leads to the term, and the answer says how."""
    found = edition.find(asked)
    assert (json.loads(found.document)["name"], found.match_type) == (name, match_type)
    assert edition.term_document(asked) == found.document
    assert edition.term(asked) == json.loads(found.document)


def test_every_form_finds_its_term(edition: Edition, harvest: Harvest) -> None:
    """Whatever form a term is printed in finds that term and no other."""
    for term in harvest.terms:
        for form in (term.name, *(variant.form for variant in term.variants)):
            assert edition.term(form)["id"] == term.id


@pytest.mark.parametrize(
    ("asked", "suggested"),
    [
        ("六个不", ["六个不发生"]),  # begins as asked
        ("数据得地改革试点工程", ["数据得地"]),  # asked begins with it
        ("五个不发生", ["六个不发生"]),  # one character is another
        ("1+22+4", ["1+22+3"]),
        ("一刻钟便民生活圈", []),
        ("", []),
        ("“”", []),
        ("\x00", []),
    ],
)
def test_no_such_term(edition: Edition, asked: str, suggested: list[str]) -> None:
    """A name that nothing has is an error that names what may have been meant, and nothing far-fetched."""
    for ask in (edition.find, edition.term_document, edition.term, edition.usages):
        with pytest.raises(TermNotFound) as caught:
            ask(asked)
        assert list(caught.value.nearest) == suggested


def test_nearest_are_few_and_shortest_first() -> None:
    """Of many names that begin as asked, the shortest come first, each once, up to the limit."""
    found = nearest("三", {f"三{'个' * n}": f"term {n // 2}" for n in range(1, 40)})
    assert found == [f"term {n}" for n in range(SUGGESTIONS)]


def test_term_document(edition: Edition, harvest: Harvest) -> None:
    """The stored document is the contract, key by key, with Chinese unescaped and every span exact."""
    document = edition.term_document("六个不发生")
    assert "不发生事件".encode() in document
    term = json.loads(document)
    names = [
        "id",
        "name",
        "kind",
        "status",
        "evidence",
        "pinyin",
        "variants",
        "senses",
        "equivalents",
        "reports",
        "totals",
    ]
    assert list(term) == names
    assert list(term["evidence"]) == [field.name for field in dataclasses.fields(Evidence)]
    assert term["variants"][1] == {"form": "6个不发生", "type": "unquoted", "reports": ["linjiang-2025"], "more": 0}
    assert list(term["senses"][0]) == ["id", "definitions", "more", "equivalents"]
    definition = term["senses"][0]["definitions"][0]
    assert list(definition) == ["text", "head", "source", "members", "count_check", "evidence", "beside"]
    names = ["type", "report", "place", "year", "entry", "page", "start", "end", "address", "ocr"]
    assert list(definition["source"]) == names
    assert definition["count_check"] == {"status": "pass", "expected": 6, "found": 6, "reason": None, "message": None}
    text = edition.report_text("yunxi-2024")
    spans = [(definition["text"], definition["source"]), *((m["text"], m) for m in definition["members"])]
    assert [text[span["start"] : span["end"]] for _, span in spans] == [printed for printed, _ in spans]
    assert term["reports"] == [
        {"id": "linjiang-2025", "place": "临江区", "year": 2025, "usages": 1, "defines": False},
        {"id": "yunxi-2024", "place": "云溪市", "year": 2024, "usages": 1, "defines": True},
    ]
    assert term["totals"] == {"senses": 1, "definitions": 1, "reports": 2, "usages": 2, "explained": 0}


def test_senses_stay_apart(edition: Edition) -> None:
    """A name with two meanings has both, each with the report that means it."""
    senses = edition.term("135工作体系")["senses"]
    assert [[d["source"]["report"] for d in sense["definitions"]] for sense in senses] == [
        ["yunxi-2024"],
        ["shiqiao-2025"],
    ]
    assert edition.find("135工作体系").senses == 2


# Lists of terms


def test_terms_by_name(edition: Edition) -> None:
    """All terms come in code-point order of their names."""
    assert names(edition.terms()) == NAMES == sorted(NAMES)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (TermFilters(kind="plan"), ["十四五"]),
        (TermFilters(defined=False), ["1+22+3", "产业/创新", "十四五"]),
        (TermFilters(defined=True), ["“135”工作体系", "三边", "六个不发生", "数据得地"]),
        (TermFilters(report="linjiang-2025"), ["三边", "六个不发生", "数据得地"]),
        (TermFilters(report="nowhere-1999"), []),
        (TermFilters(place="云溪市"), ["“135”工作体系", "六个不发生", "十四五", "数据得地"]),
        (TermFilters(place="云溪"), ["“135”工作体系", "六个不发生", "十四五", "数据得地"]),
        (TermFilters(place="990105"), ["三边", "六个不发生", "数据得地"]),
        (TermFilters(place="云溪市临江区"), ["三边", "六个不发生", "数据得地"]),
        (TermFilters(place="苏州市昆山市"), []),  # a division that does not report
        (TermFilters(year=2024), ["“135”工作体系", "六个不发生", "十四五", "数据得地"]),
        (TermFilters(place="云溪市", year=2025), []),  # used in 2025, but not there
        (TermFilters(q="体系"), ["“135”工作体系"]),
        (TermFilters(q="土地"), ["数据得地"]),  # in the definition
        (TermFilters(q="6个"), ["六个不发生"]),  # in a variant
        (TermFilters(q="平台 体系"), ["“135”工作体系"]),
        (TermFilters(q="，"), []),
        (TermFilters(q="不", kind="numeral", defined=True, report="linjiang-2025", year=2025), ["六个不发生"]),
    ],
)
def test_filters(edition: Edition, filters: TermFilters, expected: list[str]) -> None:
    """A filter leaves exactly the terms that fit, and the total counts them."""
    page = edition.terms(filters)
    assert (names(page), page.total, page.next) == (expected, len(expected), None)


@pytest.mark.parametrize("limit", range(1, 9))
def test_pages_of_terms(edition: Edition, limit: int) -> None:
    """Pages of any size put together are the whole list, each item once, and every page knows the total."""
    pages = list(walk(lambda cursor: edition.terms(limit=limit, cursor=cursor)))
    assert [name for page in pages for name in names(page)] == NAMES
    assert {page.total for page in pages} == {7}
    assert all(len(page.items) == limit for page in pages[:-1])


def test_pages_keep_filters(edition: Edition) -> None:
    """Pages of a filtered list put together are the filtered list."""
    filters = TermFilters(q="不 发生", defined=True)
    pages = walk(lambda cursor: edition.terms(filters, limit=1, cursor=cursor))
    assert [name for page in pages for name in names(page)] == names(edition.terms(filters))


def test_summary(edition: Edition) -> None:
    """A term in a list has its first definition, whose that is, and counts of senses, reports and usages."""
    (item,) = edition.terms(TermFilters(q="体系")).items
    assert item == {
        "id": edition.term("135")["id"],
        "name": "“135”工作体系",
        "kind": "numeral",
        "status": "established",
        "pinyin": "",
        "defined": True,
        "definition": "1个中心、3个平台、5项机制",
        "of": {"id": "yunxi-2024", "place": "云溪市", "year": 2024},
        "senses": 2,
        "reports": 2,
        "usages": 2,
    }


@pytest.mark.parametrize("cursor", ["", "x", "!!!", "W10", "bnVsbA", "WyJ0ZXJtcyIsMV0", "é", "=" * 9, "\ud800"])
def test_bad_cursor(edition: Edition, cursor: str) -> None:
    """A cursor that was not handed out is an error that names the parameter, for every list."""
    for ask in (edition.terms, edition.reports, lambda **key: edition.usages("三边", **key)):
        with pytest.raises(BadParameter) as caught:
            ask(cursor=cursor)
        assert caught.value.name == "cursor"


def test_cursor_of_another_list(edition: Edition) -> None:
    """A cursor of one list is no cursor of another."""
    with pytest.raises(BadParameter):
        edition.reports(cursor=edition.terms(limit=1).next)


# Usages


def test_usages_in_context(edition: Edition) -> None:
    """A usage stands between what the report prints around it, within its paragraph."""
    usages = edition.usages("数据得地").items
    assert [(u["report"]["id"], u["left"], u["text"], u["right"]) for u in usages] == [
        ("linjiang-2025", "\u3000\u3000严守「6个不发生」，推进", "数据得地", "试点。"),
        ("shiqiao-2025", "推广", "数据得地", "改革。"),
        ("yunxi-2024", "坚守“六个不发生”①底线，推行“135”工作体系②。探索", "数据得地", "③，编制“十四五”规划。"),
    ]
    for usage in usages:
        text = edition.report_text(usage["report"]["id"])
        start, end = usage["start"] - len(usage["left"]), usage["end"] + len(usage["right"])
        assert text[start:end] == usage["left"] + usage["text"] + usage["right"]


def test_usage_says_what_is_known(edition: Edition) -> None:
    """A usage carries report, heading, match type, quotation and the sense that its report decides."""
    usages = edition.usages("135工作体系").items
    senses = [sense["id"] for sense in edition.term("135")["senses"]]
    assert [(u["report"]["place"], u["report"]["year"], u["heading"], u["sense"]) for u in usages] == [
        ("石桥县", 2025, "一、今年任务", senses[1]),
        ("云溪市", 2024, "一、过去一年工作", senses[0]),
    ]
    (folded,) = edition.usages("六个不发生", report="linjiang-2025").items
    assert (folded["match_type"], folded["quoted"], folded["heading"]) == ("variant", True, None)


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
def test_pages_of_usages(edition: Edition, limit: int) -> None:
    """Pages of usages put together are all of them, by report and offset."""
    pages = list(walk(lambda cursor: edition.usages("数据得地", limit=limit, cursor=cursor)))
    found = [(item["report"]["id"], item["start"]) for page in pages for item in page.items]
    assert found == sorted(found)
    assert len(set(found)) == 3
    assert {page.total for page in pages} == {3}


def test_usages_of_one_report(edition: Edition) -> None:
    """Asked for one report, usages are of that report, and of an unknown one there are none."""
    page = edition.usages("数据得地", report="shiqiao-2025")
    assert ([item["report"]["id"] for item in page.items], page.total) == (["shiqiao-2025"], 1)
    assert edition.usages("数据得地", report="nowhere-1999") == Page((), 0, None)


# Reports


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (ReportFilters(), ["linjiang-2025", "shiqiao-2025", "yunxi-2024"]),
        (ReportFilters(year=2025), ["linjiang-2025", "shiqiao-2025"]),
        (ReportFilters(place="石桥"), ["shiqiao-2025"]),
        (ReportFilters(level="county", place="990105"), ["linjiang-2025"]),
        (ReportFilters(level="province"), []),
    ],
)
def test_reports(edition: Edition, filters: ReportFilters, expected: list[str]) -> None:
    """Reports come by id, filtered by place, year and level, in pages of any size."""
    pages = list(walk(lambda cursor: edition.reports(filters, limit=1, cursor=cursor)))
    assert [item["id"] for page in pages for item in page.items] == expected
    assert {page.total for page in pages} == {len(expected)}


def test_report(edition: Edition, harvest: Harvest) -> None:
    """A report has its title block with null for what its text does not give, and everything but its text."""
    report = edition.report("shiqiao-2025")
    assert (report["place_code"], report["date"], report["speaker"], report["year"]) == (None, None, None, 2025)
    assert report["counts"] == {"entries": 1, "slogans": 2, "defined": 1, "used": 4, "usages": 4, "findings": 0}
    assert report["appendix"]["layout"] == "dot"
    assert [entry["marker"] for entry in report["entries"]] == ["1．"]
    assert edition.report("linjiang-2025")["appendix"] is None
    assert edition.report_text("shiqiao-2025") == harvest.reports[1].report.text


def test_report_summary_is_part_of_it(edition: Edition) -> None:
    """What a list says of a report, the report says too."""
    for item in edition.reports().items:
        assert item.items() <= edition.report(item["id"]).items()


@pytest.mark.parametrize(("asked", "suggested"), [("yunxi-2023", ["yunxi-2024"]), ("yunxi", ["yunxi-2024"]), ("", [])])
def test_no_such_report(edition: Edition, asked: str, suggested: list[str]) -> None:
    """An id that no report has is an error that names the nearest ids."""
    for ask in (edition.report, edition.report_text, edition.report_document, edition.report_terms):
        with pytest.raises(ReportNotFound) as caught:
            ask(asked)
        assert list(caught.value.nearest) == suggested


def test_report_terms(edition: Edition) -> None:
    """The terms of a report are those it defines, those it uses, and those it uses and only others define."""

    def listed(report_id: str) -> dict[str, list[str]]:
        found = dict[str, Any](edition.report_terms(report_id))
        return {name: [term["name"] for term in terms] for name, terms in found.items()}

    assert listed("shiqiao-2025") == {
        "defined": ["“135”工作体系"],  # defined elsewhere as well, but here it has its own meaning
        "used": ["1+22+3", "“135”工作体系", "产业/创新", "数据得地"],
        "defined_elsewhere": ["数据得地"],
    }
    assert listed("linjiang-2025") == {
        "defined": ["三边"],
        "used": ["三边", "六个不发生", "数据得地"],
        "defined_elsewhere": ["六个不发生", "数据得地"],
    }
    assert listed("yunxi-2024")["defined_elsewhere"] == []


def test_report_terms_give_sources(edition: Edition) -> None:
    """A term defined here has this report's words, one defined elsewhere the reports that define it."""
    terms = edition.report_terms("shiqiao-2025")
    assert terms["defined"][0]["definition"] == "一个品牌、三个重点、五项能力"
    assert terms["defined_elsewhere"][0]["reports"] == [{"id": "yunxi-2024", "place": "云溪市", "year": 2024}]
    assert {term["name"]: term["defined"] for term in terms["used"]} == {
        "1+22+3": False,
        "“135”工作体系": True,
        "产业/创新": False,
        "数据得地": True,
    }


# What there is to look at


def test_left_open(edition: Edition) -> None:
    """Findings, doubts and failures of the harvest can be read."""
    finding: JsonObject = {"kind": "count-mismatch", "message": MISCOUNT, "start": 158, "end": 184}
    assert edition.findings() == edition.findings("yunxi-2024") == [{"report": "yunxi-2024"} | finding]
    assert edition.findings("shiqiao-2025") == []
    assert edition.doubts() == [
        {
            "kind": "near-name",
            "message": Message("in-its-own-words", words="“三边” may be part of another name"),
            "terms": [{"id": edition.term("三边")["id"], "name": "三边"}],
        }
    ]
    assert edition.failures() == [{"path": "broken.txt", "message": Message("is-empty")}]


def test_counts(edition: Edition) -> None:
    """The counts say how much of everything there is, and the versions who wrote it."""
    assert edition.counts == {
        "reports": 3,
        "entries": 4,
        "terms": 7,
        "candidates": 0,
        "defined_terms": 4,
        "usages": 11,
        "slogans": 6,
        "findings": 1,
        "doubts": 1,
        "failures": 1,
    }
    assert set(edition.versions) == {"program", "schema"}


def test_key_owners(edition: Edition, harvest: Harvest) -> None:
    """Every folded name is listed once, in order, with its term, its kind, where it counts unquoted and its status."""
    owners = edition.key_owners()
    expected = sorted({(key, term.id, term.kind, term.status) for term in harvest.terms for key in term.keys})
    assert [(*owner[:3], owner[4]) for owner in owners] == expected
    vouched = {key for term in harvest.terms for key in term.vouched}
    assert {key for key, _, _, unquoted, _ in owners if unquoted == "vouched"} == vouched


def test_title_blocks(edition: Edition, harvest: Harvest) -> None:
    """The title block of every report says where and when it is from, as the report does."""
    blocks = edition.title_blocks
    assert list(blocks) == sorted(parsed.report.id for parsed in harvest.reports)
    for parsed in harvest.reports:
        block = blocks[parsed.report.id]
        assert all(getattr(parsed.report, name) == value for name, value in block.items())
        assert {"id", "place", "place_code", "level", "date", "year"} <= block.keys()


# Candidates


@pytest.fixture
def doubtful(harvest: Harvest, tmp_path: Path) -> Iterator[Edition]:
    """The edition with two of its terms as candidates, 六个不发生 (defined) and 产业/创新."""
    terms = tuple(
        dataclasses.replace(term, status=CANDIDATE, evidence=Evidence("figure"))
        if term.name in ("六个不发生", "产业/创新")
        else term
        for term in harvest.terms
    )
    write_edition(dataclasses.replace(harvest, terms=terms), tmp_path / "edition.db")
    edition = Edition.open(tmp_path / "edition.db")
    yield edition
    edition.close()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (TermFilters(), ["1+22+3", "“135”工作体系", "三边", "十四五", "数据得地"]),
        (TermFilters(status=CANDIDATE), ["产业/创新", "六个不发生"]),
        (TermFilters(status=ANY_STATUS), NAMES),
        (TermFilters(status=CANDIDATE, defined=True), ["六个不发生"]),
    ],
)
def test_terms_by_status(doubtful: Edition, filters: TermFilters, expected: list[str]) -> None:
    """Lists have the established terms, the candidates or both, as they are asked for."""
    page = doubtful.terms(filters)
    assert names(page) == expected
    assert page.total == len(expected)


def test_a_candidate_is_found_by_name(doubtful: Edition) -> None:
    """A look-up reaches a candidate, and its document says what it is and why."""
    term = doubtful.term("6个不发生")
    assert (term["status"], term["evidence"]["reason"]) == ("candidate", "figure")


def test_candidates_are_left_out_of_reports(doubtful: Edition) -> None:
    """What a report has of terms is listed and counted without candidates, unless they are asked for."""
    listed = dict[str, Any](doubtful.report_terms("yunxi-2024"))
    assert "六个不发生" not in {term["name"] for terms in listed.values() for term in terms}
    assert "六个不发生" not in {term.name for term in doubtful.uses("yunxi-2024")}
    every = doubtful.report_terms("yunxi-2024", ANY_STATUS)
    assert {"六个不发生"} == {term["name"] for term in every["defined"] if term["status"] == CANDIDATE}
    assert doubtful.report("yunxi-2024")["counts"]["defined"] == len(listed["defined"])
    assert (doubtful.counts["terms"], doubtful.counts["candidates"]) == (5, 2)
