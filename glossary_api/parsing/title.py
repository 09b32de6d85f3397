"""The title block: what the lines before 各位代表 say of a report. What they do not say is None, never guessed.

All patterns are for the plain form (`folding.plain`), so that 衡南縣人民政府縣長 is read as 衡南县人民政府县长.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from glossary_api.model.words import GOVERNMENT_REPORT
from glossary_api.parsing.genre import approves_a_report, declared_genre, genre_by, is_resolution
from glossary_api.parsing.glossary_headings import is_heading
from glossary_api.parsing.lines import Line, lines_of, trimmed
from glossary_api.parsing.patterns import any_of
from glossary_api.parsing.speaker import OFFICE, is_person, speaker_of
from glossary_api.text.folding import plain
from glossary_api.text.places import RANKS, TOWNSHIP_RANKS
from glossary_api.text.printed_places import Division, Divisions

_SALUTATION = re.compile(any_of("wordings", "salutation-begins"))
_BULLETS = "•·●■◆*-#"
_HEAD_LINES = 40
_HEAD_CHARS = 3000

_TITLE = re.compile(any_of("wordings", "title"))
_REPORT_ABOUT = re.compile(any_of("wordings", "report-about"))
_TO_CONGRESS = re.compile(any_of("wordings", "to-congress"))
_PROGRAMME = re.compile(any_of("wordings", "programme"))
_BROKEN_OVER = 3
"""Lines that a title may be broken over."""
_OPENING = 2000
"""Characters from the salutation on in which a report says whose it is and of what kind."""
_ONE_LINE = 400
"""Where in a line a salutation may stand, if line ends were lost."""
_PARTED = re.compile(r"(?=--|\(?\d{4}年\d{1,2}月)|\s+")
"""Where the head of a report is cut if its line ends were lost."""
_TITLE_AND_DAY = re.compile(r"报告(?=[-(\s]{1,8}\d{4}年\d{1,2}月)")
"""政府工作报告——2025年1月8日在…: a title and what stands below it on one line."""
_SOME_YEAR = r"(\d{4}|[〇零○一二三四五六七八九]{4})"
_YEAR = re.compile(rf"{_SOME_YEAR}(?=年(?!远景)|(?:国务院|人民)?政府工作报告)")
_DAY = re.compile(
    rf"{_SOME_YEAR}年(\d{{1,2}}|[一二三四五六七八九十]{{1,3}})月(\d{{1,2}}|[一二三四五六七八九十]{{1,3}})日"
)
_DOTTED_DAY = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})(?!\d)")
_BEFORE_YEAR = re.compile(r"[^\d]{1,12}(?=\d{4}年[\u4e00-\u9fff])")
"""一图读懂2031年某县政府工作报告: what stands before the year is no part of the place."""
_MONTH = re.compile(rf"(?:^|[(-]|报告){_SOME_YEAR}年(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?=[)在]|$)")
_MONTH_ALONE = re.compile(rf"{_SOME_YEAR}年(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月")
_MEETING = re.compile(any_of("wordings", "meeting"))
_PLACE_NAME = rf"(?:[\u4e00-\u9fff]{{2,24}}?(?:{RANKS}|{TOWNSHIP_RANKS})|[\u4e00-\u9fff]县)"
_LOOKALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufad9]")


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """The fields of a report that its text gives; dates are ISO 8601."""

    title: str | None
    place: Division | None
    year: int | None
    date: str | None
    meeting: str | None
    speaker: str | None
    genre: str | None
    """One of GENRES; None if the text does not say it."""
    resolution: bool
    """Whether the text is a resolution about a report."""
    end: int
    """Offset behind the block: where the body begins."""


def read_title_block(text: str, plain_text: str | None = None) -> TitleBlock:
    """Read the title block at the head of a report's text; its plain form spares making it again."""
    plain_text = plain(text) if plain_text is None else plain_text
    lines, end = _head(plain_text)
    printed = [Line(_unified(text[line.start : line.end]), line.start, line.end) for line in lines]
    joined = "".join(line.squeezed for line in lines)
    day = _date_of_meeting(joined) or _date_of_its_own(lines)
    titles = list(_titles(lines, printed))
    meeting = _MEETING.search(joined)
    body = plain_text[end:]
    return TitleBlock(
        title=titles[0] if titles else None,
        place=_place(
            [plain(one) for one in titles],
            meeting.group(1) if meeting else "",
            "\n".join(line.squeezed for line in lines),  # an office is named within its line
            body,
        ),
        year=int(day[:4]) if day else _year_of(titles) or _year_of_month(joined, lines),
        date=day,
        meeting="".join(line.squeezed for line in printed)[slice(*meeting.span(1))] if meeting else None,
        speaker=speaker_of(lines, [line.text for line in printed]),
        genre=_genre(map(plain, titles), joined, _squeeze(body[:_OPENING])),
        resolution=_is_resolution(lines, plain_text),
        end=end,
    )


def _unified(text: str) -> str:
    """Write radicals and compatibility ideographs as the characters that they look like, ⼯ as 工, one for one."""
    return _LOOKALIKE.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), text)


def _titles(lines: Sequence[Line], printed: Sequence[Line]) -> list[str]:
    """Return the titles in the head, without white space: those that say what the report is about, then
    政府工作报告.
    """
    bare = [line.squeezed.lstrip(_BULLETS) for line in lines]
    originals = [line.squeezed[-len(one) :] if one else "" for line, one in zip(printed, bare, strict=True)]
    kinds = (_REPORT_ABOUT, _TITLE, _TO_CONGRESS, _PROGRAMME)
    return ["".join(originals[slice(*span)]) for kind in kinds for span in _spans_of(kind, bare)]


def _spans_of(title: re.Pattern[str], lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return the lines that are a title, or, if none is, the last beginning and as few lines as it may be broken
    over.
    """
    whole = [(n, n + 1) for n, line in enumerate(lines) if title.fullmatch(line)]
    broken = (
        (n, n + width)
        for width in range(2, _BROKEN_OVER + 1)
        for n in range(len(lines) - width, -1, -1)
        if title.fullmatch("".join(lines[n : n + width]))
    )
    return whole or [span for span in [next(broken, None)] if span]


def _is_resolution(lines: Iterable[Line], plain_text: str) -> bool:
    return any(is_resolution(line.squeezed) for line in lines) or approves_a_report(_squeeze(plain_text[:_OPENING]))


def _year_of(titles: Iterable[str]) -> int | None:
    """Return the year of the first title that names one, and only one: a budget report names two."""
    named = ({_number(year) for year in _YEAR.findall(plain(title))} for title in titles)
    return next((years.pop() for years in named if len(years) == 1), None)


def named_in(title: str) -> tuple[Division | None, int | None]:
    """Return the place and the year that the title of a text about a report names: 某县2026年政府工作报告名词解释."""
    squeezed = _squeeze(plain(title)).lstrip("《")
    dated = _BEFORE_YEAR.match(squeezed)
    rest = squeezed[dated.end() :] if dated else squeezed
    return _place([squeezed, rest], "", "", ""), _year_of([squeezed])


def _genre(titles: Iterable[str], head: str, opening: str) -> str | None:
    """Return what the text says it is: a title that says more than 政府工作报告, the opening words, any title."""
    by_title = genre_by([*titles, *_TO_CONGRESS.findall(head)])
    declared = declared_genre(opening)
    return declared if by_title in (None, GOVERNMENT_REPORT) and declared else by_title


def _head(plain_text: str) -> tuple[list[Line], int]:
    """Return the lines before the salutation, and where it stands; without one, the first lines up to a long one.

    A text that is nothing but a glossary has no title block before the heading of that.
    """
    lines: list[Line] = []
    for line in _lines(plain_text):
        if _SALUTATION.match(line.squeezed):
            return lines, line.start
        if len(lines) == _HEAD_LINES:
            break
        lines.append(line)
    short = []
    for line in lines:
        if len(line.text) > 60 or is_heading(line.squeezed):
            break
        short.append(line)
    return short, short[-1].end if short else 0


def _lines(plain_text: str) -> Iterator[Line]:
    """Yield the first lines, parted behind a title that the day follows; one with a salutation in it is parted
    throughout.
    """
    for line in lines_of(plain_text, 0, min(len(plain_text), _HEAD_CHARS)):
        within = plain_text.find("各位代表", line.start, min(line.end, line.start + _ONE_LINE))
        parts, end = (
            (_PARTED, within) if within > line.start else (_TITLE_AND_DAY, min(line.end, line.start + _ONE_LINE))
        )
        cuts = [found.end() for found in parts.finditer(plain_text, line.start, end)]
        edges = [line.start, *cuts, end] if within > line.start else [line.start, *cuts, line.end]
        yield from filter(None, (trimmed(plain_text, *edge) for edge in pairwise(edges)))
        if within > line.start:
            yield Line(plain_text[within : line.end], within, line.end)


def _date_of_meeting(joined: str) -> str | None:
    """2025年1月6日在…会议上: the day stands right before the meeting, or behind it in brackets."""
    for meeting in _MEETING.finditer(joined):
        before = list(_DAY.finditer(joined, max(0, meeting.start() - 40), meeting.start()))
        if before:
            return _iso(before[-1])
        inside = _DAY.search(meeting.group(0))
        behind = _DAY.search(joined, meeting.end(), meeting.end() + 30)
        if inside or behind:
            found = inside or behind
            return _iso(found) if found else None
    return None


def _date_of_its_own(lines: Sequence[Line]) -> str | None:
    """（2025年1月6日）, （2025年1月6日 某某）: a line that is a day, or one and a name, and nothing else.

    A line 发布时间：… tells when a web page was made.
    """
    starts = (line.squeezed.lstrip("(-─") for line in lines)
    days = (_DAY.match(start) or _DOTTED_DAY.match(start) for start in starts)
    return next((_iso(day) for day, line in zip(days, lines, strict=True) if day and _says_no_more(day, line)), None)


def _says_no_more(day: re.Match[str], line: Line) -> bool:
    """Tell whether a line has nothing behind its day, or, in brackets, the name of a person."""
    behind = day.string[day.end() :].rstrip(")-─")
    return not behind or (line.squeezed.startswith("(") and is_person(behind))


def _iso(day: re.Match[str]) -> str | None:
    try:
        return date(*(_number(part) for part in day.groups())).isoformat()
    except ValueError:
        return None  # 2月30日: a misprint is no date


def _number(printed: str) -> int:
    digits = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
    if printed.isdigit():
        return int(printed)
    if "十" in printed:
        tens, _, ones = printed.partition("十")
        return 10 * digits.get(tens, 1) + digits.get(ones, 0)
    return int("".join(str(digits[c]) for c in printed))


def _year_of_month(joined: str, lines: Sequence[Line]) -> int | None:
    """（2025年1月）or 2025年1月在…会议上: the day is missing, the year is not; nor where a line has no more."""
    found = _MONTH.search(joined) or next(filter(None, (_MONTH_ALONE.fullmatch(line.squeezed) for line in lines)), None)
    return _number(found.group(1)) if found else None


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


_OF_TITLE = re.compile(
    rf"(?:\d{{4}}年)?({_PLACE_NAME}|(?:中华人民共和国)?国务院|[\u4e00-\u9fff]{{2,3}})"
    r"(?:人民)?(?:政府|管委会|管理委员会)?(?:\d{4}年)?(?:人民)?(?:政府|管委会)?工作报告"
)
_OF_MEETING = re.compile(
    rf"(?:中国共产党|中共|(?:中国)?(?:人民)?政治协商会议|政协)?({_PLACE_NAME})第?[^,。]{{1,4}}(?:届|次)"
)
_OF_NATION = re.compile(r"(?:中华人民共和国)?第?[^,。]{1,4}届(全国)人")
_OF_SPEECH = re.compile(
    rf"(?:[我谨现]代表(?!第)({_PLACE_NAME}|(?:中华人民共和国)?国务院)(?:人民政府|,|向|、|报告|就)"
    rf"|受(?!第)({_PLACE_NAME}|(?:中华人民共和国)?国务院)(?:人民政府)?的?委托)"
)
"""我代表昆山市人民政府, 受昆山市人民政府委托; 最受欢迎旅游城市、… names no place."""
_OF_OFFICE = re.compile(rf"({_PLACE_NAME})人民政府(?:副)?{OFFICE}")
_OF_GOVERNMENT = re.compile(rf"^({_PLACE_NAME})(?:人民政府$|办事处)", re.MULTILINE)
"""A line of the title block that says no more than whose report it is, or begins with the office of a street."""
_OF_COMMITTEE = re.compile(rf"在(?:中共|中国共产党)({_PLACE_NAME})委(?:员会)?(?:的)?(?:坚强|正确)?领导下")
"""在中共昆山市委的坚强领导下: a government reports under the committee of its own place."""


def _place(titles: Iterable[str], meeting: str, head: str, body: str) -> Division | None:
    """Return the division in the title, the meeting, the opening words, or the party committee that the body names."""
    divisions = Divisions.published()
    if _OF_NATION.match(meeting) or re.search(r"国务院(?:副?总理|国务委员)", head):
        return divisions.find("国务院")
    found = [
        *map(_OF_TITLE.match, titles),
        _OF_MEETING.match(meeting),
        _OF_SPEECH.search(_squeeze(body[:600])),
        _OF_OFFICE.search(head) or _OF_GOVERNMENT.search(head),
        _OF_COMMITTEE.search(body),
    ]
    named = (divisions.find(one.group(one.lastindex or 0), body) for one in found if one)
    return next((place for place in named if place), None)
