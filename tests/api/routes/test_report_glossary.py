from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.html  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from glossary_api.api.routes.report_glossary import HTML, MARKDOWN, WORD
from glossary_api.model.things import Definition, Harvest, Match, Sense, Source, Usage
from glossary_api.queries.report_glossary.compile import DEFINITIONS_SHOWN
from glossary_api.queries.report_glossary.markdown import markdown
from glossary_api.queries.report_glossary.word import word
from glossary_api.queries.report_glossary.wording import Item, Part, Quote, Sheet
from glossary_api.reading.docx import read_docx
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.store.edition import Edition
from glossary_api.store.writing import write_edition

REPORTS = ("yunxi-2024", "shiqiao-2025", "linjiang-2025")
PARTS = {
    "yunxi-2024": (["六个不发生", "“135”工作体系", "数据得地"], [], ["十四五"]),
    "shiqiao-2025": (["“135”工作体系"], ["数据得地"], ["1+22+3", "产业/创新"]),
    "linjiang-2025": (["三边"], ["六个不发生", "数据得地"], []),
}
"""The names of each report by first use: its own, borrowed ones, undefined ones."""
PRINTED = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=40)
MEANT = st.text("*_`\\<>&#[]()!|~+-=.1 ：“”a\n", min_size=1, max_size=40)


def glossary(ask: Any, report: str) -> Any:
    """The glossary of a report."""
    return json.loads(ask(f"/reports/{report}/glossary").data)


def names(entries: list[dict[str, Any]]) -> list[str]:
    """The names of entries."""
    return [entry["term"]["name"] for entry in entries]


def definitions(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The definitions of entries."""
    return [definition for entry in entries for sense in entry["senses"] for definition in sense["definitions"]]


# What it says


@pytest.mark.parametrize("report", REPORTS)
def test_three_parts_by_first_use(ask: Any, report: str) -> None:
    """Own, borrowed and undefined names stand apart, each in the order in which the body first uses them."""
    answer = glossary(ask, report)
    assert tuple(names(answer[part]) for part in ("own", "borrowed", "undefined")) == PARTS[report]
    for part in ("own", "borrowed", "undefined"):
        starts = [entry["first_use"]["start"] for entry in answer[part] if entry["first_use"]]
        assert starts == sorted(starts)
        assert answer["counts"][part] == len(answer[part])


@pytest.mark.parametrize("report", REPORTS)
def test_every_name_of_the_body_is_there_once(ask: Any, edition: Edition, report: str) -> None:
    """What the body uses or the report defines is in exactly one of the parts, and nothing else is."""
    answer = glossary(ask, report)
    listed = [entry["term"]["id"] for part in ("own", "borrowed", "undefined") for entry in answer[part]]
    terms = edition.report_terms(report)
    assert sorted(listed) == sorted({term["id"] for term in (*terms["used"], *terms["defined"])})


@pytest.mark.parametrize("report", REPORTS)
def test_own_words_are_the_report_s_and_borrowed_ones_are_not(ask: Any, report: str) -> None:
    """Definitions labelled own come from the report, all others from another one, and no part mixes them."""
    answer = glossary(ask, report)
    assert all(d["label"] == "own" and d["source"]["report"] == report for d in definitions(answer["own"]))
    assert all(d["label"] != "own" and d["source"]["report"] != report for d in definitions(answer["borrowed"]))


@pytest.mark.parametrize("report", REPORTS)
def test_sources_lead_to_the_words(ask: Any, edition: Edition, report: str) -> None:
    """Every definition stands word for word in the span of its source, every first use in the span of its own."""
    answer = glossary(ask, report)
    for definition in definitions([*answer["own"], *answer["borrowed"]]):
        source = definition["source"]
        assert edition.report_text(source["report"])[source["start"] : source["end"]] == definition["text"]
    for entry in (*answer["own"], *answer["borrowed"], *answer["undefined"]):
        if entry["first_use"]:
            span = slice(entry["first_use"]["start"], entry["first_use"]["end"])
            assert edition.report_text(report)[span] == entry["form"]


def test_first_use_and_count(ask: Any) -> None:
    """An entry says how the report writes the name, under which heading it begins, and how often it stands there."""
    six = next(entry for entry in glossary(ask, "linjiang-2025")["borrowed"] if entry["term"]["name"] == "六个不发生")
    assert (six["form"], six["first_use"]["heading"], six["usages"]) == ("6个不发生", None, 1)


@pytest.mark.parametrize(
    ("place", "code", "level", "label", "distance"),
    [
        ("临江区", "990105", "county", "same-place", 0),
        ("云溪市", "990100", "prefecture", "same-prefecture", 1),
        ("山阴县", "990122", "county", "same-prefecture", 1),
        ("北岭市", "990300", "prefecture", "same-province", 2),
        ("中国", None, "national", "national", 3),
        ("石桥县", None, "county", "elsewhere", 3),
        ("远山市", "880100", "prefecture", "elsewhere", 3),
    ],
)
def test_label_and_distance(
    harvest: Harvest, tmp_path: Path, place: str, code: str | None, level: str, label: str, distance: int
) -> None:
    """A borrowed definition says where its report stands to the one that borrows, and how far away that is."""
    moved = replace(harvest, reports=tuple(_moved(parsed, place, code, level) for parsed in harvest.reports))
    answer = compiled(moved, tmp_path, "linjiang-2025")
    six = next(entry for entry in answer["borrowed"] if entry["term"]["name"] == "六个不发生")
    (definition,) = definitions([six])
    assert (definition["label"], definition["distance"]) == (label, distance)
    assert (six["senses"][0]["label"], six["senses"][0]["distance"]) == (label, distance)


def _moved(parsed: Any, place: str, code: str | None, level: str) -> Any:
    """The report of Yunxi as another place's; the others as they are."""
    if parsed.report.id != "yunxi-2024":
        return parsed
    return replace(parsed, report=replace(parsed.report, place=place, place_code=code, level=level))


def compiled(harvest: Harvest, folder: Path, report: str) -> Any:
    """The glossary of a report in an edition made for one test."""
    path = folder / "glossary.db"
    write_edition(harvest, path)
    client = create_app(Settings(edition=path)).test_client()
    return json.loads(client.get(f"/api/v1/reports/{report}/glossary").data)


def test_a_tie_is_said_to_be_one(harvest: Harvest, tmp_path: Path) -> None:
    """Where two other reports mean different things and neither is nearer, the entry is ambiguous and shows both."""
    two = next(term for term in harvest.terms if len(term.senses) > 1)
    rare = replace(two, senses=tuple(_of_head("山水得地法", sense) for sense in two.senses))  # coined nowhere else
    terms = tuple(rare if term is two else term for term in harvest.terms)
    use = Usage("linjiang-2025", Match(two.id, 3, 7, "政府工作", "variant", False), None, None)
    far = tuple(_moved(parsed, "远山市", "880100", "prefecture") for parsed in harvest.reports)
    found = replace(harvest, terms=terms, reports=far, usages=(*harvest.usages, use))
    answer = compiled(found, tmp_path, "linjiang-2025")
    entry = next(entry for entry in answer["borrowed"] if entry["term"]["id"] == two.id)
    assert entry["ambiguous"]
    assert [sense["label"] for sense in entry["senses"]] == ["elsewhere", "elsewhere"]


def _of_head(head: str, sense: Sense) -> Sense:
    return replace(sense, definitions=tuple(replace(one, head=head) for one in sense.definitions))


def test_what_a_report_says_twice_is_no_tie(harvest: Harvest, tmp_path: Path) -> None:
    """Two senses that the report itself gives are both its own, and it is not called ambiguous for it."""
    two = next(term for term in harvest.terms if len(term.senses) > 1)
    own = tuple(_by("yunxi-2024", sense) for sense in two.senses)
    terms = tuple(replace(term, senses=own) if term is two else term for term in harvest.terms)
    answer = compiled(replace(harvest, terms=terms), tmp_path, "yunxi-2024")
    entry = next(entry for entry in answer["own"] if entry["term"]["id"] == two.id)
    assert not entry["ambiguous"]
    assert [sense["label"] for sense in entry["senses"]] == ["own", "own"]


def _by(report: str, sense: Sense) -> Sense:
    """A sense, given by another report."""
    return replace(sense, definitions=tuple(_from(d, report) for d in sense.definitions))


def _from(definition: Definition, report: str) -> Definition:
    return replace(definition, source=replace(definition.source, report=report))


def test_many_alike_definitions_are_cut_short(harvest: Harvest, tmp_path: Path) -> None:
    """Of definitions that say the same the nearest few are shown, and the others counted."""
    six = next(term for term in harvest.terms if term.name == "六个不发生")
    (given,) = six.senses[0].definitions
    others = [
        _from(given, "shiqiao-2025"),
        replace(given, source=Source("curated", None, None, None, None, None, None, None)),
    ]
    many = replace(six.senses[0], definitions=(*others, *others, given))
    terms = tuple(replace(term, senses=(many,)) if term is six else term for term in harvest.terms)
    answer = compiled(replace(harvest, terms=terms), tmp_path, "linjiang-2025")
    (sense,) = next(entry for entry in answer["borrowed"] if entry["term"]["id"] == six.id)["senses"]
    assert (len(sense["definitions"]), sense["more"]) == (DEFINITIONS_SHOWN, 5 - DEFINITIONS_SHOWN)
    assert sense["definitions"][0]["source"]["report"] == "yunxi-2024"


def test_reports_of_the_same_winter_know_each_other(ask: Any, seed_path: Path) -> None:
    """A definition delivered some days later in the same year is not called unknown."""
    seed = create_app(Settings(edition=seed_path)).test_client()
    answer = json.loads(seed.get("/api/v1/reports/zhangjiagang-2025/glossary").data)
    assert answer["borrowed"]
    assert all(sense["score"] > 0 for entry in answer["borrowed"] for sense in entry["senses"])


def test_unknown_report(ask: Any) -> None:
    """A report that is not there is a 404 with the nearest ids."""
    answer = ask("/reports/yunxi/glossary")
    assert (answer.status_code, answer.get_json()["nearest"]) == (404, ["yunxi-2024"])


# In four formats


@pytest.mark.parametrize(("word", "media_type"), [("markdown", MARKDOWN), ("html", HTML), ("docx", WORD)])
def test_format_and_accept_lead_to_the_same(ask: Any, word: str, media_type: str) -> None:
    """A format can be asked for by `format` or by Accept, with one and the same answer."""
    by_word = ask(f"/reports/shiqiao-2025/glossary?format={word}")
    by_head = ask("/reports/shiqiao-2025/glossary", headers={"Accept": media_type})
    assert by_word.mimetype == by_head.mimetype == media_type
    assert by_word.data == by_head.data
    assert "Accept" in by_head.headers["Vary"]


def test_formats_have_tags_of_their_own(ask: Any) -> None:
    """No two formats at one address share an ETag, and each is answered with 304 to who has it."""
    accepted = ("application/json", MARKDOWN, HTML, WORD)
    answers = [ask("/reports/shiqiao-2025/glossary", headers={"Accept": media_type}) for media_type in accepted]
    assert len({answer.headers["ETag"] for answer in answers}) == len(accepted)
    for media_type, answer in zip(accepted, answers, strict=True):
        known = {"Accept": media_type, "If-None-Match": answer.headers["ETag"]}
        assert ask("/reports/shiqiao-2025/glossary", headers=known).status_code == 304


def test_other_formats_are_refused(ask: Any) -> None:
    """Another `format` is a 422, another Accept a 406."""
    assert ask("/reports/shiqiao-2025/glossary?format=pdf").status_code == 422
    assert ask("/reports/shiqiao-2025/glossary", headers={"Accept": "image/png"}).status_code == 406


def read_markdown(text: str) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Heading and entries of each part: name and block quotes, as a CommonMark parser sees them."""
    parts: list[tuple[str, list[tuple[str, list[str]]]]] = []
    for node in SyntaxTreeNode(MarkdownIt("commonmark").parse(text)).children:
        if node.type == "heading" and node.tag == "h2":
            parts.append((_text(node), []))
        elif node.type == "ordered_list":
            parts[-1][1].extend(_entry(item) for item in node.children)
    return parts


def _entry(item: SyntaxTreeNode) -> tuple[str, list[str]]:
    (strong,) = [n for n in item.children[0].walk() if n.type == "strong"]
    return _text(strong), [_text(child.children[0]) for child in item.children if child.type == "blockquote"]


def _text(node: SyntaxTreeNode) -> str:
    kinds = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(kinds.get(n.type, n.content if n.type == "text" else "") for n in node.walk())


@pytest.mark.parametrize("report", REPORTS)
def test_markdown_has_every_entry(ask: Any, report: str) -> None:
    """A Markdown parser finds the three parts with their names, and with each name its definitions, word for word."""
    answer = glossary(ask, report)
    own, borrowed, undefined = read_markdown(ask(f"/reports/{report}/glossary?format=markdown").text)
    for (heading, entries), part in ((own, "own"), (borrowed, "borrowed"), (undefined, "undefined")):
        assert heading.endswith(f"（{answer['counts'][part]}条）")
        assert [name for name, _ in entries] == names(answer[part])
        said = [[d["text"] for d in definitions([e])] if "senses" in e else [] for e in answer[part]]
        assert [quotes for _, quotes in entries] == said


@given(name=PRINTED | MEANT, text=PRINTED | MEANT, note=MEANT)
def test_markdown_prints_what_it_is_given(name: str, text: str, note: str) -> None:
    """Whatever characters a name or a definition has, a Markdown parser reads them as they stand."""
    quote = Quote("本报告", f"。{text}。", note)
    ((_, [(read_name, (read_text,))]),) = read_markdown(markdown(_sheet(Item(f"。{name}。", note, (quote,)))))
    assert read_name == " ".join(f"。{name}。".split())
    assert read_text == "\n".join(line.strip() for line in quote.text.splitlines() if line.strip())


def _sheet(*items: Item) -> Sheet:
    return Sheet("汇编", "说明", (Part("一、解释", "说明", items),))


@pytest.mark.parametrize("report", REPORTS)
def test_html_has_every_entry(ask: Any, report: str) -> None:
    """The page has the three parts with their names, and with each definition label and source."""
    answer = glossary(ask, report)
    page = lxml.html.fromstring(ask(f"/reports/{report}/glossary?format=html").text)
    for section, part in zip(page.xpath("//section"), ("own", "borrowed", "undefined"), strict=True):
        assert [heading.text for heading in section.xpath(".//h3")] == names(answer[part])
        said = [d for e in answer[part] if "senses" in e for d in definitions([e])]
        assert [quoted.text for quoted in section.xpath(".//blockquote/p")] == [d["text"] for d in said]
        footers = [footer.text_content() for footer in section.xpath(".//footer")]
        assert all(d["source"]["report"] in footer for d, footer in zip(said, footers, strict=True))
        assert all(("〔本报告〕" in footer) == (part == "own") for footer in footers)


def test_html_needs_nothing_but_itself(ask: Any) -> None:
    """The policy lets only the style in the page's own head apply, and the page has no script and loads nothing."""
    answer = ask("/reports/yunxi-2024/glossary?format=html")
    (style,) = re.findall(r"<style>(.*?)</style>", answer.text, re.S)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"<script|<link|<img|\son\w+=|url\(", answer.text)


def test_html_escapes_what_reports_say(harvest: Harvest, tmp_path: Path) -> None:
    """Markup in a definition is printed, not obeyed."""
    nasty = "<script>alert(1)</script>&amp;"
    six = harvest.terms[0]
    said = replace(six.senses[0].definitions[0], text=nasty)
    terms = (replace(six, senses=(replace(six.senses[0], definitions=(said,)),)), *harvest.terms[1:])
    write_edition(replace(harvest, terms=terms), tmp_path / "glossary.db")
    client = create_app(Settings(edition=tmp_path / "glossary.db")).test_client()
    page = client.get("/api/v1/reports/yunxi-2024/glossary?format=html").text
    assert "<script" not in page
    assert nasty in [quoted.text for quoted in lxml.html.fromstring(page).xpath("//blockquote/p")]


@pytest.mark.parametrize("report", REPORTS)
def test_word_has_every_entry(ask: Any, report: str) -> None:
    """Our own reader of Word files finds names, definitions and sources in order, borrowed ones under their heading."""
    answer = glossary(ask, report)
    lines = read_docx(ask(f"/reports/{report}/glossary?format=docx").data).split("\n")
    expected = []
    for part in ("own", "borrowed", "undefined"):
        for number, entry in enumerate(answer[part], 1):
            expected.append(f"{number}. {entry['term']['name']}")
            expected += [d["text"] for d in definitions([entry])] if "senses" in entry else []
    assert [line for line in lines if line in expected] == expected
    (heading,) = [number for number, line in enumerate(lines) if line.startswith("二、借自其他报告的解释")]
    labels = [(number, line[3 : line.index("〕")]) for number, line in enumerate(lines) if line.startswith("——〔")]
    assert all((label == "本报告") == (number < heading) for number, label in labels)


def test_word_opens_as_a_package(ask: Any) -> None:
    """The file is a sound archive of well-formed parts whose text says the same, in Chinese fonts."""
    data = ask("/reports/linjiang-2025/glossary?format=docx").data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        parts = {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")}
    space = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    paragraphs = ["".join(p.itertext()) for p in parts["word/document.xml"].iterfind(".//w:p", space)]
    assert "1. 三边" in paragraphs
    fonts = parts["word/styles.xml"].xpath("//w:style[w:name/@w:val='Normal']//w:rFonts/@w:eastAsia", namespaces=space)
    assert fonts == ["宋体"]


def test_word_is_the_same_each_time(ask: Any) -> None:
    """A strong tag promises the same bytes, so no clock gets into the file."""
    one, other = (ask("/reports/linjiang-2025/glossary?format=docx").data for _ in range(2))
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}


def test_word_has_a_name_to_be_saved_by(ask: Any) -> None:
    """A browser saves the file under the report's id."""
    disposition = ask("/reports/linjiang-2025/glossary?format=docx").headers["Content-Disposition"]
    assert disposition == "attachment; filename*=UTF-8''linjiang-2025-glossary.docx"


@settings(max_examples=25, deadline=None)  # a file takes a while to write
@given(text=st.text(max_size=60))
def test_word_takes_any_text(text: str) -> None:
    """Characters that XML cannot have are left out; the file can be read all the same."""
    data = word(_sheet(Item(f"名{text}", text, (Quote("本报告", f"义{text}", text),))))
    assert read_docx(data).startswith("汇编\n")
