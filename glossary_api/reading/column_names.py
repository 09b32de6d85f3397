"""Find the columns of a data set that hold the text of a report, its place, year and the like.

Columns are known by their names, the text, where no name tells, by its length, and year, address, day and place by
what stands in them. A person's word, given as pairs of field and column, goes before all of that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from statistics import median

from glossary_api.errors import ReadError
from glossary_api.text.printed_places import Divisions

Record = Mapping[str, str]

_NAMES = {
    "text": (
        "full_text fulltext text content body report_text paragraph 正文 全文 内容 文本 报告内容 报告全文 报告正文 段落"
    ),
    "notes": (
        "glossary notes footnotes endnotes annotation annotations terms definitions appendix"
        " 名词解释 名词注释 词条解释 注释 附录"
    ),
    "title": "title name headline 标题 题名 名称 报告标题 报告名称",
    "place": (
        "place province city county region area location district prefecture"
        " 地区 省份 省 城市 市 县 区县 地方 地点 地名 行政区"
    ),
    "year": "year 年份 年 年度 报告年份",
    "date": "date delivered delivery_date 日期 作报告日期 会议日期 报告日期",
    "published": "publish_date published published_at pub_date 发布日期 发布时间 公布日期 时间",
    "speaker": "speaker author reporter 报告人 作者 省长 市长",
    "address": "url source_url link source address href 链接 网址 来源 出处 原文链接",
}
"""What the fields of `model.RECORD_FIELDS`, the text and its notes are called in data sets; the first of them is the
surest."""
FIELDS = tuple(_NAMES)
"""What a column can be said to be."""
_FIELD_OF = {name: (field, rank) for field, names in _NAMES.items() for rank, name in enumerate(names.split())}
_FORM = re.compile(r"_(?:html|text|txt|raw|plain|md|markdown)$")
"""Behind the name of a column: the form in which it has what it is called after."""
_OF_NOTES = re.compile(r"(?:备注|说明|旁注|边注|批注)[(（]名词[)）]|名词(?:旁注|边注|批注|备注|说明|释义)")
"""Columns of notes beside the paragraphs: 备注（名词）."""
_FINER = ("county", "district", "区县", "县", "city", "城市", "市", "prefecture")
"""Names of places that say more than that of the province beside them, the finest first."""
_LONG, _NAMED_LONG = 400, 100
"""Characters that a field must have in half of the records to be the text, and one that is called so."""
_SHARE = 0.9
"""The share of the values of a column that must be years, addresses, days or places for it to be a column of these."""
_MATCHES: dict[str, Callable[[str], object]] = {
    "year": re.compile(r"(?:19|20)\d\d年?").fullmatch,
    "address": re.compile(r"https?://\S+").fullmatch,
    "date": re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ T].*)?").fullmatch,
    "place": lambda value: Divisions.published().called(value),
}


def is_called_notes(name: str) -> bool:
    """Tell whether a column has the name of one of notes."""
    return field_of(name) == "notes"


def field_of(name: str) -> str:
    """Return the field that a column is called after; an empty text if it is called after none."""
    return _field_of(name)[0]


def named(rows: Sequence[Record], said: Mapping[str, str]) -> dict[str, str]:
    """Return the name of the column of each field that these records have; `said` says some of them.

    Raises ReadError for a column that is said to be there and is not.
    """
    names = dict.fromkeys(name for row in rows for name in row)
    for column in said.values():
        if column not in names:
            raise ReadError("has-no-column", remedy="its-columns-are", name=column, names=", ".join(names))
    found = dict(said)
    for name in sorted(names, key=_rank):
        if (field := _field_of(name))[0] and name not in found.values():
            found.setdefault(field[0], name)
    if "text" in said:
        return _by_content(rows, names, found)
    if "text" not in found or _length(rows, found["text"]) < _NAMED_LONG:
        found.pop("text", None)
        long = (name for name in names if _length(rows, name) >= _LONG and name not in said.values())
        longest = max(long, key=lambda name: _length(rows, name), default=None)
        if longest is not None:
            found = {field: name for field, name in found.items() if name != longest} | {"text": longest}
    return _by_content(rows, names, found) if "text" in found else found


def said_by(row: Record) -> dict[str, str]:
    """Return what the head of a file says of it, by field; a day in it is the one when the file was made."""
    found = {field[0]: row[name] for name in sorted(row, key=_rank) if (field := _field_of(name))[0]}
    return {"published" if field == "date" else field: value for field, value in found.items() if value.strip()}


def _by_content(rows: Sequence[Record], names: Mapping[str, None], found: dict[str, str]) -> dict[str, str]:
    """Add the columns whose names tell nothing, and whose values all are years, addresses, days or places."""
    for field, matches in _MATCHES.items():
        for name in names:
            if field in found or name in found.values() or _field_of(name)[0]:
                continue
            values = [value for row in rows if (value := row.get(name, "").strip())]
            if 2 * len(values) > len(rows) and all(len(value) < 300 for value in values):
                fitting = sum(bool(matches(value)) for value in values)
                found |= {field: name} if fitting >= _SHARE * len(values) else {}
    return found


def _field_of(name: str) -> tuple[str, int]:
    """Return the field that a column is called after, and how sure it is; an empty one if it is called after none."""
    plain = name.strip().lower()
    field, rank = _FIELD_OF.get(_FORM.sub("", plain)) or (("notes", 0) if _OF_NOTES.search(plain) else ("", 0))
    return _FIELD_OF.get(plain) or (field, rank + len(_FIELD_OF))  # of text and text_html the one that is called so


def _rank(name: str) -> tuple[int, int]:
    plain = name.strip().lower()
    return (_FINER.index(plain) if plain in _FINER else len(_FINER), _field_of(plain)[1])


def _length(rows: Sequence[Record], name: str) -> float:
    return median([len(row.get(name, "")) for row in rows]) if rows else 0
