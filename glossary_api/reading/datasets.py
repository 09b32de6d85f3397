"""Data sets: tables (CSV, TSV) and JSON (a list, or a record a line) with one report a record.

A data set is known by what it holds: records of which one field is a long text. Fields are known by their names, and
the text, where no name tells, by its length. A record gives its text as it stands, and what its other fields say.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from glossary_api.errors import ReadError
from glossary_api.reading.plain_text import read_text

Record = dict[str, str]

_NAMES = {
    "text": "full_text fulltext text content body report_text 正文 全文 内容 文本 报告内容 报告全文 报告正文",
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
"""What the fields of `model.RECORD_FIELDS`, and the text, are called in data sets; the first of them is the surest."""
_FIELD_OF = {name: (field, rank) for field, names in _NAMES.items() for rank, name in enumerate(names.split())}
_FINER = ("county", "district", "区县", "县", "city", "城市", "市", "prefecture")
"""Names of places that say more than that of the province beside them, the finest first."""
_LONG, _NAMED_LONG = 400, 100
"""Characters that a field must have in half of the records to be the text, and one that is called so."""
_SHORT = 60
"""The longest name of a column."""
MOST_RECORDS = 100_000
"""How many records are read at most."""


@dataclass(frozen=True, slots=True)
class DataSet:
    """The records of a file, in its order: the text of each, and what its other fields say."""

    format: str
    """`csv`, `tsv`, `json` or `jsonl`."""
    records: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def read_data_set(data: bytes) -> DataSet | None:
    """The data set that the bytes of a file hold; None if they hold none. Raises ReadError for too many records."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in (b"{", b"["):
        found = _json(data)
    elif _may_be_table(data):
        found = _table(data)
    else:
        return None
    if found is None:
        return None
    format_, rows = found
    if len(rows) > MOST_RECORDS:
        raise ReadError("has-more-than-records", remedy="divide-it-into-several-files", count=MOST_RECORDS)
    names = _named(rows)
    if "text" not in names:
        return None
    return DataSet(format_, tuple(_record(row, names) for row in rows if row.get(names["text"], "").strip()))


def _json(data: bytes) -> tuple[str, list[Record]] | None:
    text = read_text(data)
    try:
        whole = json.loads(text)
    except ValueError:
        return _json_lines(text)
    if isinstance(whole, dict):  # one record, or one list of records under some name
        lists = [value for value in whole.values() if isinstance(value, list)]
        whole = lists[0] if len(lists) == 1 and _are_objects(lists[0]) else [whole]
    return ("json", [_flat(one) for one in whole]) if _are_objects(whole) else None


def _json_lines(text: str) -> tuple[str, list[Record]] | None:
    try:
        objects = [json.loads(line) for line in text.split("\n") if line.strip()]
    except ValueError:
        return None
    return ("jsonl", [_flat(one) for one in objects]) if _are_objects(objects) else None


def _are_objects(values: object) -> bool:
    return isinstance(values, list) and bool(values) and all(isinstance(one, dict) for one in values)


def _flat(record: dict[str, object]) -> Record:
    return {name: str(value) for name, value in record.items() if isinstance(value, str | int)}


def _may_be_table(data: bytes) -> bool:
    """Whether the first line may name columns: short words between commas or tabs, no sentence."""
    line = data[:4096].splitlines()[0] if data.strip() else b""
    return (b"," in line or b"\t" in line) and len(line) < 2000


def _table(data: bytes) -> tuple[str, list[Record]] | None:
    text = read_text(data)
    first = text.split("\n", 1)[0]
    sign, format_ = ("\t", "tsv") if "\t" in first else (",", "csv")
    previous = csv.field_size_limit(len(text) + 1)
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True) if row]
    except csv.Error:
        return None
    finally:
        csv.field_size_limit(previous)
    names = [name.strip() for name in rows[0]] if rows else []
    is_table = len(names) > 1 and all(0 < len(name) <= _SHORT for name in names) and len(set(names)) == len(names)
    if not is_table or any(len(row) != len(names) for row in rows):
        return None
    return format_, [dict(zip(names, row, strict=True)) for row in rows[1:]]


def _named(rows: Sequence[Record]) -> dict[str, str]:
    """The name that each known field has in these records, and that of the text."""
    names = dict.fromkeys(name for row in rows for name in row)
    found: dict[str, str] = {}
    for name in sorted(names, key=_rank):
        if field := _FIELD_OF.get(name.strip().lower()):
            found.setdefault(field[0], name)
    if "text" not in found or _length(rows, found["text"]) < _NAMED_LONG:
        found.pop("text", None)
        long = (name for name in names if _length(rows, name) >= _LONG)
        longest = max(long, key=lambda name: _length(rows, name), default=None)
        if longest is not None:
            found = {field: name for field, name in found.items() if name != longest} | {"text": longest}
    return found


def _rank(name: str) -> tuple[int, int]:
    plain = name.strip().lower()
    return (_FINER.index(plain) if plain in _FINER else len(_FINER), _FIELD_OF.get(plain, ("", 0))[1])


def _length(rows: Sequence[Record], name: str) -> float:
    return median([len(row.get(name, "")) for row in rows]) if rows else 0


def _record(row: Record, names: dict[str, str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    said = ((field, row.get(name, "").strip()) for field, name in names.items() if field != "text")
    return row[names["text"]], tuple(sorted((field, value) for field, value in said if value))


def numbered(name: str, count: int) -> Iterator[str]:
    """The names of the records of a file: its own if there is one only, else `name#1`, `name#2` and so on."""
    return iter([name]) if count == 1 else (f"{name}#{number}" for number in range(1, count + 1))
