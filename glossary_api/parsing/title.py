"""The title block: what the lines before 各位代表 say of a report. What they do not say is None, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from glossary_api.parsing.entries import is_heading
from glossary_api.parsing.lines import Line, lines_of
from glossary_api.text.folding import plain
from glossary_api.text.printed_places import Division, Divisions

_SALUTATION = re.compile(r"^(?:尊敬的)?(?:各位代表|主席团)|^同志们")
_BULLETS = "•·●■◆*-#"
_HEAD_LINES = 40
_HEAD_CHARS = 3000

_TITLE = re.compile(
    r"^[^，。；：“”]{0,30}(?:政府|管委会|管理委员会|街道办事处|办事处|行政公署)?工作(?:的)?报告(?:（[^）]{1,10}）)?$"
)
_YEAR = re.compile(r"(\d{4}|[〇零○一二三四五六七八九]{4})年")
_DAY = re.compile(
    r"(\d{4}|[〇零○一二三四五六七八九]{4})年(\d{1,2}|[一二三四五六七八九十]{1,3})月(\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
_MONTH = re.compile(
    r"(?:^|[（(—-]|报告)(\d{4}|[〇零○一二三四五六七八九]{4})年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?=[）)在]|$)"
)
_MEETING = re.compile(
    r"在((?:[^，。；：在]{0,40}?)(?:人民代表大会|人代会|人大)[^，。；：]{0,12}?(?:会议|全会|大会))(?:第[^，。；：]{1,8}?次?全体会议)?(?:上|的|$)"
)
_ROLE = (
    r"(?:代理|代)?(?:市长|省长|县长|区长|州长|盟长|旗长|镇长|乡长|总理|行政长官|专员|主席|管委会主任|街道办事处主任)"
    r"(?:（代）)?"
)
_HAN_NAME = r"[\u4e00-\u9fff](?:[\s\u3000]*[\u4e00-\u9fff·•]){1,3}"
_LONG_NAME = r"[\u4e00-\u9fff]{1,8}[·•・][\u4e00-\u9fff]{1,8}(?:[·•・][\u4e00-\u9fff]{1,8})?"
_NAME = rf"(?:{_LONG_NAME}|{_HAN_NAME})"
_BEFORE_MEETING = r"(?=在|作|向|所作|$|[\s，,）)])"
_NO_NAME = re.compile(
    r"^(?:在|作|向|关于|代表|政府|工作|报告|各位|来源|时间|发布|日期|字号|编辑|记者|浏览|目录|附件|会议|全文)|(?:报告|日报|新闻|政府|全文|会议|来源|上)$"
)
_PLACE_NAME = r"[\u4e00-\u9fff]{2,24}?(?:省|自治区|市|县|区|州|盟|旗|镇|乡|街道)"


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """The fields of a report that its text gives; dates are ISO 8601."""

    title: str | None
    place: Division | None
    year: int | None
    date: str | None
    meeting: str | None
    speaker: str | None
    end: int
    """Offset behind the block: where the body begins."""


def read_title_block(text: str) -> TitleBlock:
    """Read the title block at the head of a report's text."""
    lines, end = _head(text)
    joined = "".join(line.squeezed for line in lines)
    day = _date_of_meeting(joined) or _date_of_its_own(lines)
    title = next((printed for line in lines if _TITLE.match(printed := line.squeezed.lstrip(_BULLETS))), None)
    meeting = _MEETING.search(joined)
    year = int(day[:4]) if day else _year(title or "") or _year_of_month(joined)
    return TitleBlock(
        title=title,
        place=_place(title or "", meeting.group(1) if meeting else "", joined, text[end:]),
        year=year,
        date=day,
        meeting=meeting.group(1) if meeting else None,
        speaker=_speaker(lines),
        end=end,
    )


def _head(text: str) -> tuple[list[Line], int]:
    """The lines before the salutation, and where it stands; without one, the first lines up to a long one.

    A text that is nothing but a glossary has no title block before the heading of that.
    """
    lines: list[Line] = []
    for line in lines_of(text, 0, min(len(text), _HEAD_CHARS)):
        if _SALUTATION.match(line.squeezed):
            return lines, line.start
        if len(lines) == _HEAD_LINES:
            break
        lines.append(line)
    short = []
    for line in lines:
        if len(line.text) > 60 or is_heading(plain(line.squeezed)):
            break
        short.append(line)
    return short, short[-1].end if short else 0


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


def _date_of_its_own(lines: list[Line]) -> str | None:
    """（2025年1月6日）: a line that is a day and nothing else; a line 发布时间：… tells when a web page was made."""
    days = (_DAY.fullmatch(line.squeezed.strip("（）()—-─")) for line in lines)
    return next((_iso(day) for day in days if day), None)


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


def _year(title: str) -> int | None:
    found = _YEAR.search(title)
    return _number(found.group(1)) if found else None


def _year_of_month(joined: str) -> int | None:
    """（2025年1月）or 2025年1月在…会议上: the day is missing, the year is not."""
    found = _MONTH.search(joined)
    return _number(found.group(1)) if found else None


def _speaker(lines: list[Line]) -> str | None:
    """The name beside an office (市长  某某; 某某市长在…; 省长某某作…), else a line that is only a spaced name."""
    for line in lines:
        for pattern in (
            rf"{_ROLE}[\s\u3000：:]*({_NAME})(?:同志)?{_BEFORE_MEETING}",
            rf"(?:^|日|[\s\u3000])({_NAME})[\s\u3000]*(?:代|代理)?(?:市长|省长|县长|区长|州长|主席)(?=在|作)",
        ):
            found = re.search(pattern, line.text)
            if found and not _NO_NAME.search(_squeeze(found.group(1))):
                return _squeeze(found.group(1))
    return next((name for line in lines if (name := _name_alone(line))), None)


def _name_alone(line: Line) -> str | None:
    """吴  琦: a line that is only a name, no place and no title."""
    bare = line.text.strip("（）()")
    name = _squeeze(bare)
    is_name = re.fullmatch(_NAME, bare) and len(name) <= 4 and not _NO_NAME.search(name) and not _TITLE.match(name)
    return name if is_name and Divisions.published().find(name) is None else None


def _squeeze(name: str) -> str:
    return re.sub(r"[\s\u3000]+", "", name)


def _place(title: str, meeting: str, head: str, body: str) -> Division | None:
    """The division in the title, the meeting, the opening words, or the party committee that the body names."""
    opening = body[:600]
    candidates = [
        re.match(
            rf"(?:\d{{4}}年)?({_PLACE_NAME}|[\u4e00-\u9fff]{{2,3}})(?:人民)?(?:政府|管委会|管理委员会)?(?:\d{{4}}年)?(?:人民)?(?:政府|管委会)?工作报告",
            title,
        ),
        re.match(rf"(?:中国共产党)?({_PLACE_NAME})第?[^，。]{{1,4}}届", meeting)
        or re.match(r"第?[^，。]{1,4}届(全国)人", meeting),
        re.search(rf"代表({_PLACE_NAME}|国务院)(?:人民政府|，|向|、)", _squeeze(opening)),
        re.search(rf"({_PLACE_NAME})人民政府{_ROLE}", head),
        _committee(body),
    ]
    divisions = Divisions.published()
    for found in candidates:
        if found and (place := divisions.find(found.group(1), body)):
            return place
    return None


def _committee(body: str) -> re.Match[str] | None:
    """在中共昆山市委的坚强领导下: a government reports under the committee of its own place."""
    return re.search(rf"在(?:中共|中国共产党)({_PLACE_NAME})委(?:员会)?(?:的)?(?:坚强|正确)?领导下", body)
