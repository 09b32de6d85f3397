from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_api.errors import NotAReport
from glossary_api.model.things import Document, ParsedReport, Passage
from glossary_api.model.words import EXPLAINER
from glossary_api.parsing.parse import parse, report_id
from tests.pace import paces

if TYPE_CHECKING:
    from tests.parsing.conftest import Parse

REPORT = (
    "政府工作报告\n——2025年1月5日在云河市第十三届人民代表大会第三次会议上\n市长　沈怀远\n各位代表：\n一、工作回顾\n"
)
SIGNS = (
    '“”‘’「」"《》（）()［］[]①⑳：:；;，、。.—-\n\r\t　\u200b\u2028 1234+NABp'
    "三两双十百个项化边六指是即和与及等附件名词解释注"
)
HOSTILE_TEXT = st.text(alphabet=SIGNS, max_size=300)
A_FEW_SECONDS = 120
"""In paces."""
SEEDS = ("huqiu-2025", "kunshan-2024", "taicang-2024", "wujiang-2025", "zhangjiagang-2025")


def pieces(parsed: ParsedReport) -> Iterator[Passage]:
    """Everything that a parsed report cites, as text and span."""
    for heading in parsed.headings:
        yield Passage(heading.text, heading.start, heading.end)
    for mark in parsed.marks:
        yield Passage(mark.marker, mark.start, mark.end)
    for slogan in parsed.slogans:
        yield Passage(slogan.text, slogan.start, slogan.end)
        yield from slogan.inline.members if slogan.inline else ()
        if slogan.whole:
            yield slogan.whole
    for entry in parsed.entries:
        for term in entry.terms:
            yield term.definition
            yield from term.members


def assert_whole(parsed: ParsedReport) -> None:
    """Every span lies in the text and slices back to what it stands for; everything is in the order of the text."""
    text = parsed.report.text
    assert [piece for piece in pieces(parsed) if text[piece.start : piece.end] != piece.text or not piece.text] == []
    for entry in parsed.entries:
        assert text[entry.start : entry.end].startswith(entry.marker)
        assert entry.head in text[entry.start : entry.end]
    assert all(0 <= finding.start <= finding.end <= len(text) for finding in parsed.findings)
    for rows in (parsed.headings, parsed.entries, parsed.slogans, parsed.marks, parsed.findings):
        assert [row.start for row in rows] == sorted(row.start for row in rows)


def parsed_or_refused(text: str) -> ParsedReport | None:
    """The parsed report, or None for a text that shows no sign of one; any other error goes through."""
    try:
        return parse(Document("sample.txt", text, "", "text"))
    except NotAReport:
        return None


@given(st.text())
def test_any_text(text: str) -> None:
    """No text whatever makes the parser raise anything but NotAReport."""
    parsed = parsed_or_refused(text)
    assert parsed is None or parsed.report.text == text


@given(HOSTILE_TEXT, st.booleans())
def test_texts_made_of_signs(text: str, headed: bool) -> None:
    """Texts made of what the parser looks for are parsed, and every span slices back."""
    parsed = parsed_or_refused(REPORT + text + ("\n名词解释\n1." + text if headed else ""))
    assert parsed
    assert_whole(parsed)


@pytest.mark.parametrize("name", SEEDS)
def test_seed(seed_texts: dict[str, str], parse_text: Parse, name: str) -> None:
    """Every span of a real report slices back, and parsing it again gives the same."""
    parsed = parse_text(seed_texts[name])
    assert_whole(parsed)
    assert parsed.slogans
    assert parse_text(seed_texts[name]) == parsed


@pytest.mark.parametrize("name", SEEDS)
def test_prefixes(seed_texts: dict[str, str], name: str) -> None:
    """Any prefix of a real report is parsed or refused, and its spans slice back."""
    text = seed_texts[name]
    for end in random.Random(name).sample(range(len(text)), 25):
        if parsed := parsed_or_refused(text[:end]):
            assert_whole(parsed)


@pytest.mark.parametrize("name", SEEDS)
def test_shuffled_lines(seed_texts: dict[str, str], name: str) -> None:
    """The lines of a real report in any order are parsed or refused, and their spans slice back."""
    for seed in range(8):
        lines = seed_texts[name].splitlines(keepends=True)
        random.Random(seed).shuffle(lines)
        if parsed := parsed_or_refused("".join(lines)):
            assert_whole(parsed)


@pytest.mark.parametrize("name", SEEDS)
def test_line_ends(seed_texts: dict[str, str], parse_text: Parse, name: str) -> None:
    """CRLF, CR and LF make no difference to what is understood."""
    unix = re.sub(r"\r\n?", "\n", seed_texts[name])
    wanted = understood(parse_text(unix))
    for line_end in ("\r\n", "\r"):
        assert understood(parse_text(unix.replace("\n", line_end))) == wanted


def understood(parsed: ParsedReport) -> list[object]:
    """Entries, terms, slogans, marks and title of a report without their places."""
    report = parsed.report
    return [
        [report.title, report.place, report.date, report.meeting, report.speaker],
        [(entry.marker, entry.page, entry.head) for entry in parsed.entries],
        [
            (
                term.name,
                term.definition.text.split(),
                term.count_check,
                [member.text.split() for member in term.members],
            )
            for entry in parsed.entries
            for term in entry.terms
        ],
        [(slogan.text, slogan.kind, slogan.inline is None, slogan.whole is None) for slogan in parsed.slogans],
        [(mark.marker, mark.entry) for mark in parsed.marks],
        [(heading.text, heading.depth) for heading in parsed.headings],
    ]


def long(unit: str, size: int = 10_000_000) -> str:
    """A unit again and again, up to a size in bytes."""
    return unit * (size // len(unit.encode()))


HOSTILE = {
    "quotation marks": long("“"),
    "pairs of quotation marks": long("“”"),
    "nested quotation marks": long("“", 5_000_000) + long("”", 5_000_000),
    "straight quotation marks": long('"'),
    "figures and stops": long("1."),
    "circled figures": long("①"),
    "numbered lines": long("1.\n"),
    "enumeration commas": long("、"),
    "one line": long("坚持稳中求进工作总基调"),
    "nested brackets": long("（", 5_000_000) + long("）", 5_000_000),
    "white space": long(" "),
    "empty lines": long("\n"),
    "a long note": "名词解释\n1.“三边”：" + long("甲、"),
    "a long note of conjunctions": "名词解释\n1.“三边两面”：" + long("甲和"),
    "a long head": "名词解释\n1." + long("甲"),
    "notes on one line": "名词解释\n" + "".join(f"{n}.甲：乙。" for n in range(1, 1000)) + long("2.甲：乙。"),
}
AT_THE_LIMITS = {
    "quoted numerals": "“三边”" * 24_000,
    "distinct quoted numerals": "".join(f"“三边{chr(0x4E00 + n)}”" for n in range(20_000)),
    "quoted numerals with lists": "“四合一”，甲，" * 24_000,
    "lists before quoted numerals": "山边、水边、路边“三边”" * 24_000,
    "lone quotation marks": "“三边\n" * 49_000,
    "marks": "甲①" * 49_000,
    "abbreviations": "甲乙丙（abc）" * 49_000,
    "headings": "名词解释\n" * 95_000,
    "headings with notes": "名词解释\n1.甲乙：丙丁。\n" * 48_000,
    "headings without notes": "名词解释\n1.甲乙。\n" * 48_000,
    "headings before a list": "名词解释\n" * 48_000 + "".join(f"{n % 999 + 1}.甲乙。\n" for n in range(48_000)),
    "notes": "名词解释\n" + "1.甲乙：丙丁。\n" * 95_000,
    "notes without numbers": "名词解释\n" + "甲乙：丙丁。\n" * 95_000,
    "a list inside a note": "名词解释\n1.甲乙：丙丁\n" + "（1）甲。\n" * 49_000,
    "circled notes without heading": "①“甲”：乙。\n" * 24_000,
    "bracketed notes without heading": "甲[1]乙[2]\n" * 10_000 + "[1] 甲：乙。\n" * 29_000,
    "page numbers": "- 12 -\n" * 95_000,
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in HOSTILE.items()])
def test_hostile_texts(text: str) -> None:
    """Ten megabytes of anything are parsed or refused in a few seconds."""
    assert paces(lambda: parsed_or_refused(REPORT + text)) < A_FEW_SECONDS


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in AT_THE_LIMITS.items()])
def test_texts_at_the_limits(text: str) -> None:
    """So is a text that has as many signs as the parser accepts: it is parsed, not refused."""
    parsed: list[ParsedReport | None] = []
    assert paces(lambda: parsed.append(parsed_or_refused(REPORT + text))) < A_FEW_SECONDS
    assert parsed[0]


@pytest.mark.parametrize(
    ("sign", "what"),
    [("\n", "lines"), ("“", "quotation marks"), ("（", "brackets"), ("［", "brackets"), ("①", "footnote signs")],
)
def test_refusals(sign: str, what: str) -> None:
    """A text with a fifty times more signs than a report can have is refused by the name of the sign."""
    with pytest.raises(NotAReport, match=f"more than [0-9,]+ {what}; name one report per file"):
        parse(Document("sample.txt", REPORT + sign * 250_000, "", "text"))


@pytest.mark.parametrize(
    ("text", "is_report"),
    [
        ("2025年云河市政府工作报告\n过去一年，我们稳中求进。", True),  # a title
        ("在云河市第十三届人民代表大会第三次会议上\n过去一年，我们稳中求进。", True),  # a meeting
        ("各位代表：\n过去一年，我们稳中求进。", True),  # a salutation
        ("名词解释\n1.链主：龙头企业。\n2.双随机：随机抽取。", True),  # a glossary by itself
        ("云河市召开经济工作会议\n1月5日，云河市召开会议。", False),  # a piece of news
        ("1.链主：龙头企业。\n2.双随机：随机抽取。", False),  # a list of anything
        ("", False),
        (" \n\u200b\n", False),
    ],
)
def test_what_is_a_report(text: str, is_report: bool) -> None:
    """A report shows itself by its title, its meeting, its salutation or its glossary."""
    assert (parsed_or_refused(text) is not None) is is_report


def test_a_glossary_by_itself(parse_text: Parse) -> None:
    """A file that is nothing but a glossary is an explainer, read from its first line on."""
    parsed = parse_text("名词解释\n1.链主：龙头企业。\n2.双随机：随机抽取。")
    assert [entry.head for entry in parsed.entries] == ["链主", "双随机"]
    assert (parsed.report.title, parsed.report.genre) == ("名词解释", EXPLAINER)


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("yunhe-2025.txt", "yunhe-2025"),
        ("云河 2025（定稿）.docx", "云河-2025-定稿"),  # what would need escaping in an address
        ("A.B.txt", "a.b"),
        (".hidden", "hidden"),
        ("???.pdf", "report"),
        ("noSuffix", "nosuffix"),
    ],
)
def test_report_id(name: str, identity: str) -> None:
    """The id of a report is its file name without suffix, fit for an address."""
    assert report_id(name) == identity


def test_parts_of_the_body(parse_text: Parse) -> None:
    """The body lies between the title block and the glossary."""
    parsed = parse_text(REPORT + "推进“三边”整治。\n名词解释\n1.三边：山边、水边、路边。\n")
    [(start, end)] = parsed.body
    assert parsed.appendix
    assert parsed.report.text[start:].startswith("各位代表")
    assert end == parsed.appendix.start
