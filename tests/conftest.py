"""A small harvest made by hand, and the edition written from it, for every test that needs something to look up in."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Generator, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings

from glossary_api.harvesting.equivalents import with_equivalents
from glossary_api.harvesting.harvest import harvest as harvest_files
from glossary_api.harvesting.harvest import publish, seed_reports
from glossary_api.model.messages import Message
from glossary_api.model.things import (
    Appendix,
    CountCheck,
    Definition,
    DefinitionEvidence,
    Doubt,
    Entry,
    EntryTerm,
    Equivalent,
    Failure,
    Finding,
    Harvest,
    Heading,
    Inline,
    Mark,
    Match,
    ParsedReport,
    Passage,
    Report,
    Sense,
    Slogan,
    Source,
    Term,
    Usage,
    Variant,
)
from glossary_api.store.edition import Edition
from glossary_api.store.writing import write_edition
from glossary_api.text.folding import fold_name

YUNXI = """政府工作报告
——2024年1月8日在云溪市第三届人民代表大会第四次会议上
市长 王一

各位代表：
一、过去一年工作
坚守“六个不发生”①底线，推行“135”工作体系②。探索数据得地③，编制“十四五”规划。

名词解释
①“六个不发生”：指不发生事件、不发生事故、不发生案件、不发生舆情、不发生灾害、不发生疫情。
②“135”工作体系：1个中心、3个平台、5项机制。
③数据得地：以数据论英雄，按贡献配置土地。
"""
SHIQIAO = """石桥县政府工作报告
一、今年任务
完善“135”工作体系，建强“1+22+3”平台，点燃“产业/创新”双引擎。
推广数据得地改革。
注释：
1．“135”工作体系：一个品牌、三个重点、五项能力。
"""
LINJIANG = """临江区政府工作报告
　　严守「6个不发生」，推进数据得地试点。
山边、水边、路边“三边”整治到位。
"""
settings.register_profile("patient", deadline=None)  # time is judged in paces (`pace.py`), never by the clock
settings.load_profile("patient")
pytest_plugins = ("tests.chance", "tests.rendered", "tests.slow")
REQUIRED = "GLOSSARY_REQUIRE_TOOLS"
"""Where this variable is set, the programs that tests need are there, and no test may be skipped for want of one."""
SCHEMAS = "GLOSSARY_SCHEMAS"
"""Leads to the schemas of TBX: they name no licence, so a clone has none, and their tests may skip."""
MISCOUNT = Message("miscount", expected=9, found=3)
FAILS = CountCheck("fail", 9, 3, MISCOUNT)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail what is skipped where nothing may be."""
    report = yield
    if report.skipped and os.environ.get(REQUIRED) and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr)
        if SCHEMAS not in reason:
            report.outcome, report.longrepr = "failed", f"not skipped, since {REQUIRED} is set: {reason}"
    return report


@pytest.fixture(scope="session")
def harvest() -> Harvest:
    """Three reports, one of them without an appendix, seven terms, one of them with two senses."""
    reports = (_yunxi(), _shiqiao(), _linjiang())
    doubts = (
        Doubt("near-name", Message("in-its-own-words", words="“三边” may be part of another name"), (term_id("三边"),)),
    )
    return Harvest(reports, _terms(), _usages(reports), doubts, (Failure("broken.txt", Message("is-empty")),))


@pytest.fixture(scope="session")
def edition_path(harvest: Harvest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an edition with everything of `harvest`."""
    path = tmp_path_factory.mktemp("edition") / "glossary.db"
    write_edition(harvest, path)
    return path


def _equivalent(rendering: str, status: str, language: str = "en") -> Equivalent:
    return Equivalent("", "", language, rendering, status, "project", "", "")


@pytest.fixture(scope="session")
def rendered_path(harvest: Harvest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample edition with renderings: one settled, one proposed, a homograph rendered in two ways."""
    by_name = {term.name: term for term in harvest.terms}
    first, second = by_name["“135”工作体系"].senses
    found = {
        by_name["六个不发生"].senses[0].id: (
            _equivalent("Six No's (zero incidents)", "approved"),
            _equivalent("six zeros", "proposed"),
        ),
        by_name["数据得地"].senses[0].id: (
            replace(_equivalent("Land by Data", "proposed"), definition="land by data", definition_status="machine"),
        ),
        first.id: (_equivalent("135 System (platforms)", "official"),),
        second.id: (_equivalent("135 Work (brand)", "official"),),
    }
    path = tmp_path_factory.mktemp("rendered") / "glossary.db"
    write_edition(replace(harvest, terms=with_equivalents(harvest.terms, found)), path)
    return path


@pytest.fixture(scope="session")
def seed_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the edition that is harvested from the seed."""
    path = tmp_path_factory.mktemp("seed") / "glossary.db"
    publish(harvest_files(seed_reports()), path)
    return path


@pytest.fixture(scope="session")
def seed(seed_path: Path) -> Iterator[Edition]:
    """The edition that is harvested from the seed, open."""
    edition = Edition.open(seed_path)
    yield edition
    edition.close()


@pytest.fixture
def edition(edition_path: Path) -> Iterator[Edition]:
    """The edition, open."""
    edition = Edition.open(edition_path)
    yield edition
    edition.close()


def term_id(name: str) -> str:
    """The id of a term, as the program makes it: from the folded name."""
    return "t" + hashlib.sha256(fold_name(name).encode()).hexdigest()[:10]


def passage(text: str, piece: str) -> Passage:
    """The last place where a piece stands in a text; in these reports that is in the appendix, if there is one."""
    start = text.rindex(piece)
    return Passage(piece, start, start + len(piece))


def _report(id_: str, place: str, code: str | None, level: str, year: int, text: str) -> Report:
    dated = id_ == "yunxi-2024"
    return Report(
        id=id_,
        title="政府工作报告",
        place=place,
        place_code=code,
        level=level,
        year=year,
        date="2024-01-08" if dated else None,
        meeting="云溪市第三届人民代表大会第四次会议" if dated else None,
        speaker="王一" if dated else None,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
    )


def _entry(text: str, marker: str, number: int, head: str, definition: str, members: tuple[str, ...] = ()) -> Entry:
    printed = passage(text, definition)
    start = text.rindex(marker, 0, printed.start)
    check = CountCheck("pass", len(members), len(members)) if members else FAILS
    pieces = tuple(passage(text, member) for member in members)
    term = EntryTerm(head.replace("“六个不发生”", "六个不发生"), printed, pieces, check)
    return Entry(marker, number, None, head, start, printed.end + 1, (term,))


def _slogan(text: str, phrase: str, kind: str) -> Slogan:
    start = text.index(phrase)
    return Slogan(phrase, kind, start, start + len(phrase))


def _yunxi() -> ParsedReport:
    text = YUNXI
    members = tuple(f"不发生{what}" for what in ("事件", "事故", "案件", "舆情", "灾害", "疫情"))
    entries = (
        _entry(text, "①", 1, "“六个不发生”", "、".join(members), members),
        _entry(text, "②", 2, "“135”工作体系", "1个中心、3个平台、5项机制"),
        _entry(text, "③", 3, "数据得地", "以数据论英雄，按贡献配置土地"),
    )
    appendix = Appendix(text.index("名词解释"), entries[-1].end, "circled")
    heading = passage(text, "一、过去一年工作")
    return ParsedReport(
        report=_report("yunxi-2024", "云溪市", "990100", "prefecture", 2024, text),
        headings=(Heading(heading.text, heading.start, heading.end, 1),),
        appendix=appendix,
        entries=entries,
        slogans=(_slogan(text, "六个不发生", "numeral"), _slogan(text, "十四五", "plan")),
        marks=tuple(Mark(m, text.index(m), text.index(m) + 1, n) for n, m in enumerate("①②③", 1)),
        findings=(
            Finding("count-mismatch", Message("miscount", expected=9, found=3), entries[1].start, entries[1].end),
        ),
        body=((0, appendix.start),),
    )


def _shiqiao() -> ParsedReport:
    text = SHIQIAO
    entry = _entry(text, "1．", 1, "“135”工作体系", "一个品牌、三个重点、五项能力")
    appendix = Appendix(text.index("注释"), entry.end, "dot")
    heading = passage(text, "一、今年任务")
    return ParsedReport(
        report=_report("shiqiao-2025", "石桥县", None, "county", 2025, text),
        headings=(Heading(heading.text, heading.start, heading.end, 1),),
        appendix=appendix,
        entries=(entry,),
        slogans=(_slogan(text, "1+22+3", "numeral"), _slogan(text, "产业/创新", "quoted")),
        marks=(),
        findings=(),
        body=((0, appendix.start),),
    )


def _linjiang() -> ParsedReport:
    text = LINJIANG
    enumeration = passage(text, "山边、水边、路边")
    members = tuple(passage(text, member) for member in ("山边", "水边", "路边"))
    start = text.index("三边")
    inline = Slogan("三边", "numeral", start, start + 2, Inline(enumeration.start, enumeration.end, members))
    return ParsedReport(
        report=_report("linjiang-2025", "临江区", "990105", "county", 2025, text),
        headings=(),
        appendix=None,
        entries=(),
        slogans=(_slogan(text, "6个不发生", "numeral"), inline),
        marks=(),
        findings=(),
        body=((0, len(text)),),
    )


def _from_entry(parsed: ParsedReport, number: int) -> Definition:
    report, entry = parsed.report, parsed.entries[number - 1]
    term = entry.terms[0]
    source = Source(
        "appendix",
        report.id,
        report.place,
        report.year,
        entry.number,
        entry.page,
        term.definition.start,
        term.definition.end,
    )
    return Definition(
        term.definition.text,
        source,
        term.members,
        term.count_check,
        term.name,
        DefinitionEvidence("note", (report.id,)),
    )


def _from_inline(parsed: ParsedReport) -> Definition:
    report, inline = parsed.report, parsed.slogans[-1].inline
    assert inline is not None
    source = Source("inline", report.id, report.place, report.year, None, None, inline.start, inline.end)
    text = report.text[inline.start : inline.end]
    check = CountCheck("n/a", 3, 3, Message("list-found-by-number"))
    return Definition(text, source, inline.members, check, "三边", DefinitionEvidence("listed", (report.id,)))


def _term(name: str, kind: str, forms: Mapping[str, tuple[str, ...]], *senses: Definition) -> Term:
    """A term whose first form is the preferred one; `forms` says which reports print each."""
    id_ = term_id(name)
    variants = [Variant(f, "unquoted" if n else "preferred", reports) for n, (f, reports) in enumerate(forms.items())]
    numbered = tuple(Sense(f"{id_}-{n}", (definition,)) for n, definition in enumerate(senses, 1))
    keys = tuple(dict.fromkeys(fold_name(form) for form in (name, *forms)))
    return Term(id_, name, fold_name(name), kind, "", tuple(variants), numbered, keys)


def _terms() -> tuple[Term, ...]:
    yunxi, shiqiao, linjiang = _yunxi(), _shiqiao(), _linjiang()
    everywhere = ("yunxi-2024", "shiqiao-2025", "linjiang-2025")
    forms_of_six = {"六个不发生": ("yunxi-2024",), "6个不发生": ("linjiang-2025",)}
    forms_of_135 = {"“135”工作体系": ("yunxi-2024", "shiqiao-2025"), "135": ("shiqiao-2025",)}
    return (
        _term("六个不发生", "numeral", forms_of_six, _from_entry(yunxi, 1)),
        _term("“135”工作体系", "numeral", forms_of_135, _from_entry(yunxi, 2), _from_entry(shiqiao, 1)),
        _term("数据得地", "quoted", {"数据得地": everywhere}, _from_entry(yunxi, 3)),
        _term("三边", "numeral", {"三边": ("linjiang-2025",)}, _from_inline(linjiang)),
        _term("1+22+3", "numeral", {"1+22+3": ("shiqiao-2025",)}),
        _term("产业/创新", "quoted", {"产业/创新": ("shiqiao-2025",)}),
        _term("十四五", "plan", {"十四五": ("yunxi-2024",)}),
    )


def _usages(reports: tuple[ParsedReport, ...]) -> tuple[Usage, ...]:
    """Every form of every term, wherever it stands in a body."""
    return tuple(
        _usage(parsed, term, variant.form, start)
        for parsed in reports
        for term in _terms()
        for variant in term.variants
        if variant.form != "135"  # it stands inside the longer form only
        for start in _places(parsed, variant.form)
    )


def _places(parsed: ParsedReport, form: str) -> Iterator[int]:
    end = parsed.body[0][1]
    start = parsed.report.text.find(form, 0, end)
    while start >= 0:
        yield start
        start = parsed.report.text.find(form, start + 1, end)


def _usage(parsed: ParsedReport, term: Term, form: str, start: int) -> Usage:
    text, end = parsed.report.text, start + len(form)
    match_type = "exact" if form == term.name else "variant"
    quoted = text[start - 1] in "“「" and text[end] in "”」"
    heading = parsed.headings[0].text if parsed.headings else None
    senses = [s.id for s in term.senses if len(term.senses) > 1 and s.definitions[0].source.report == parsed.report.id]
    return Usage(
        parsed.report.id, Match(term.id, start, end, form, match_type, quoted), heading, senses[0] if senses else None
    )


TROUBLED = {
    "kunshan-2031.txt": """昆山市政府工作报告
——2031年1月8日在昆山市第二十届人民代表大会第三次会议上
各位代表：
一、去年回顾
落实“三个早”①，推进“五个清”②，打造“新名片。做好“两个一”③，抓好“四个好”。
名词解释
①“三个早”：早谋划、早动手、快见效。
②“五个清”：底数清、责任清、时限清。
④“四个好”：
⑤“六个稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。
""",
    "kunshan-2032.txt": """昆山市政府工作报告
——2032年1月8日在昆山市第二十届人民代表大会第四次会议上
各位代表：
一、今年安排
继续落实“三个早”①，树立“新形象”②。
名词解释
①“三个早”：早谋划、早动手、不反弹。
""",
    "empty.txt": "",
}


@pytest.fixture(scope="session")
def troubled_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an edition harvested from two reports and an empty file: everything that can be found is in it."""
    folder = tmp_path_factory.mktemp("troubled")
    for name, text in TROUBLED.items():
        folder.joinpath(name).write_text(text, "utf-8")
    path = tmp_path_factory.mktemp("edition") / "troubled.db"
    harvested = harvest_files([folder])
    first, *others = harvested.reports
    unread = Finding("bare-pages", Message("these-pages-are-pictures", pages="2, 3"), 0, 0)  # only scans have some
    heading = Message("nothing-behind-it-was-understood", heading="名词解释")  # only reports without any note have it
    unread_notes = Finding("glossary-not-understood", heading, 0, 0)
    doubted = Finding("reading-in-doubt", Message("note-follows-note", number=3, before=1), 0, 0)
    first = replace(first, findings=(*first.findings, unread, unread_notes, doubted))
    publish(replace(harvested, reports=(first, *others)), path)
    return path


@pytest.fixture
def troubled(troubled_path: Path) -> Iterator[Edition]:
    """That edition, open."""
    edition = Edition.open(troubled_path)
    yield edition
    edition.close()
