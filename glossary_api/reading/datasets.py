"""Data sets: tables (CSV, TSV, workbooks, Parquet) and JSON (a list, or a record a line) with one report a record.

A data set is known by what it holds: records of which one field is a long text. A record gives its text as it stands,
and what its other fields say (`column_names.py`); what no field is known for is counted. Rows of terms and what they
mean are one text, a glossary.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from glossary_api.errors import ReadError, WrongFormat
from glossary_api.model.things import LeftOut
from glossary_api.reading.column_names import Record, field_of, is_called_notes, named
from glossary_api.reading.plain_text import read_text
from glossary_api.reading.tally import Tally
from glossary_api.reading.texts_in_pieces import (
    are_counted,
    in_sections,
    joined_chunks,
    notes_of_paragraphs,
    notes_within,
    with_whole_texts,
)
from glossary_api.reading.workbooks import HEADER_ROWS, WorkbookSheet, is_parquet, read_parquet

NOTES = "名词解释"
"""The line between a text and the notes that stand in a column or sheet of their own."""
_LONG = 100
"""Characters of a text that may be a report."""
_LONG_CELL = 400
"""Where each row, the first as well, has a text of so many characters no row names the columns."""
_SHORT = 60
"""The longest name of a column."""
_SIGNS = "\t", ",", ";", "|"
"""What may part the cells of a table; the first one in the row of names does."""
_SPOKEN = "各位代表"
"""What every report has, and no paragraph of it but one."""
_MOST_SPOKEN = 2
"""So many rows of one report say it, at its beginning and its end."""
_LEAST_PARAGRAPHS = 5
"""So many rows a text are paragraphs; of two or three rows each may be a text."""
_WORD_AND_MEANING = 2
_LEAST_PAIRS = 3
"""So many rows of a sheet must name a field if it is one record on its side."""
_LIST = ('[{"', '["', "[ {", "[\n")
_BLOCK, _MOST_OF_BLOCK = ("text", "content", "value", "paragraph", "p"), 3
"""What the text of a block is called, and how much such a block says at most."""
_QUOTED_LINE = re.compile(r'"(?:[^"]|"")*"')
_PRINTED = re.compile(r"\s*(?:\[\s*)?\{?\s*['\"]")
_BEGUN = re.compile(r"\s*(?:\[\s*\{?|\{)\s*\"(?:[^\"\\]|\\.)*\"\s*[:,\]]")
"""How JSON begins, and no text for people."""
_LONGEST_LIST = 5_000_000
_REMARKS = re.compile(rb"(?:\xef\xbb\xbf)?(?:#[^\n]*\n){1,9}")
MOST_RECORDS = 100_000
"""How many records are read at most."""


@dataclass(frozen=True, slots=True)
class RecordRead:
    """One record of a data set."""

    text: str
    said: tuple[tuple[str, str], ...]
    """What its other fields say, as pairs of one of RECORD_FIELDS and its value."""
    left_out: tuple[LeftOut, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    """`Document.unread`."""
    notes: str = ""
    """What a column of its own has of notes; a piece of a web page may it be, or the text, or both."""


@dataclass(frozen=True, slots=True)
class DataSet:
    """The records of a file, in its order."""

    format: str
    """`csv`, `tsv`, `json`, `jsonl`, `xlsx` or `parquet`."""
    records: tuple[RecordRead, ...]


def read_data_set(data: bytes, said: Mapping[str, str] | None = None) -> DataSet | None:
    """Return the data set that the bytes of a file hold; None if they hold none.

    `said` says which column is what, as field and column. Raises ReadError for too many records, and for a column that
    is said to be there and is not.
    """
    found: tuple[str, list[dict[str, object]]] | None = None
    data = _without_remarks(data)
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if is_parquet(data):
        found = "parquet", read_parquet(data)
    elif start[:1] in (b"{", b"["):
        found = _json(data)
    elif start[:1] == b"<":
        return None  # a web page in one line, however many semicolons its entities have
    elif _may_be_table(data):
        found = _table(data)
    elif start[:1] == b'"' or b'\n"' in data[:4096]:
        found = _one_column(read_text(data))
    return None if found is None else _glossary(*found) or data_set_of(found[0], found[1], said or {})


def _glossary(format_: str, rows: Sequence[Mapping[str, object]]) -> DataSet | None:
    """Return rows of a term and what it means as the one text that they are; None if they are none."""
    names = dict.fromkeys(name for row in rows for name in row)
    cells = ([str(row.get(name) or "") for name in names] for row in rows)
    sheet = WorkbookSheet("", (tuple(names), *map(tuple, cells)))
    if not sheet.is_glossary:
        return None
    flat = [_flat(row) for row in rows]
    columns = {field: name for field, name in named(flat, {}).items() if field in ("place", "year")}
    reports: dict[tuple[tuple[str, str], ...], list[tuple[str, ...]]] = {}
    for row, own in zip(flat, sheet.rows[1:], strict=True):
        said = tuple(sorted((field, row[name]) for field, name in columns.items() if row.get(name)))
        reports.setdefault(said, [sheet.rows[0]]).append(own)
    sheets = ((said, WorkbookSheet("", tuple(rows))) for said, rows in reports.items())
    return DataSet(format_, tuple(RecordRead("\n".join(_printed(one)), said) for said, one in sheets))


def data_set_of(format_: str, rows: Sequence[Mapping[str, object]], said: Mapping[str, str]) -> DataSet | None:
    """Return the data set that rows make; None if none of their columns is a text."""
    if len(rows) > MOST_RECORDS:
        raise ReadError("has-more-than-records", remedy="divide-it-into-several-files", count=MOST_RECORDS)
    rows = with_whole_texts([_spread(row) for row in rows])
    flat = [_flat(row) for row in rows]
    if not said and (gathered := _gathered(flat)):
        rows = flat = gathered
    columns = {name for row in flat for name in row}
    said = {field: name if name in columns else name.rpartition(".")[2] for field, name in said.items()}  # meta.year
    names = named(flat, said)
    if "text" not in names:
        return None
    empty = Tally()
    records = []
    for row, plain in zip(rows, flat, strict=True):
        if plain.get(names["text"], "").strip():
            records.append(_record(row, plain, names))
        else:
            empty.leave("row", "".join(map(str, row.values())))
    if records:
        records[0] = _with(records[0], empty)
    return DataSet(format_, tuple(records))


def _gathered(rows: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Return a row a text where each row has one paragraph of a report, in its order; none where they have not.

    What all paragraphs of a report have in common, place and year, stands in each row; so may a number.
    """
    columns = dict.fromkeys(name for row in rows for name in row)
    sizes = {name: sum(len(row.get(name, "")) for row in rows) for name in columns}
    text = max(sizes, key=lambda name: sizes[name], default="")
    notes = next((name for name in columns if is_called_notes(name) and name != text), "")
    others = [n for n in columns if n not in (text, notes) and not are_counted([row.get(n, "") for row in rows])]
    lost: list[str] = []
    if not all(map(field_of, others)) and sum(_SPOKEN in row.get(text, "") for row in rows) <= _MOST_SPOKEN:
        lost = [name for name in others if not field_of(name)]  # what a row is, heading or paragraph, parts no texts
        others = [name for name in others if field_of(name)]
    texts: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in rows:
        texts.setdefault(tuple(row.get(name, "") for name in others), []).append(row)
    bodies = [[row.get(text, "") for row in own] for own in texts.values()]
    if len(rows) < _LEAST_PARAGRAPHS * len(texts) or not all(_SPOKEN in "".join(body) for body in bodies):
        return []
    return [
        {
            **{name: "\n".join(filter(None, (row.get(name, "") for row in own))) for name in (*lost, notes)},
            **dict(zip(others, key, strict=True)),
            text: joined_chunks(body),
        }
        for (key, own), body in zip(texts.items(), bodies, strict=True)
    ]


def read_sheets(sheets: Sequence[WorkbookSheet], said: Mapping[str, str], tally: Tally) -> DataSet | str:
    """Return the records of a workbook, or, where it has none, its sheets as text.

    A sheet of terms and explanations goes with the text of a workbook that has one only; other sheets are counted.
    """
    found = {sheet.name: _sheet_records(sheet, said) for sheet in sheets}
    records = [record for data_set in found.values() if data_set for record in data_set.records]
    beside = [sheet for sheet in sheets if not found[sheet.name]]
    if not records:
        return "\n".join(line for sheet in sheets for line in _printed(sheet))
    for sheet in beside:
        if len(records) == 1 and sheet.is_glossary:
            records[0] = replace(records[0], text="\n".join([records[0].text, *_printed(sheet)]))
        else:
            tally.leave("sheet", sheet.text)
    records[0] = _with(records[0], tally)
    return DataSet("xlsx", tuple(records))


def _printed(sheet: WorkbookSheet) -> list[str]:
    return [NOTES, *sheet.lines()] if sheet.is_glossary else sheet.lines()


def _sheet_records(sheet: WorkbookSheet, said: Mapping[str, str]) -> DataSet | None:
    """Return the records of a sheet below the row that names its columns."""
    if sheet.is_glossary:
        return None
    if pairs := _named_by_rows(sheet.rows):
        return data_set_of("xlsx", [pairs], said)
    for at, row in enumerate(sheet.rows[:HEADER_ROWS]):
        names = [name.strip() for name in row]
        if _are_names(names) and (not said or set(said.values()) <= set(names)):
            below = [dict(zip(names, cells, strict=False)) for cells in sheet.rows[at + 1 :]]
            if below and (found := data_set_of("xlsx", below, said)):
                return found
    return None


def _named_by_rows(rows: Sequence[Sequence[str]]) -> dict[str, object]:
    """Return the one record of a sheet on its side, each row with a field and what it says; nothing for any other."""
    pairs: dict[str, object] = {row[0].strip(): row[1] for row in rows if len(row) == _WORD_AND_MEANING}
    known = named([{name: str(value) for name, value in pairs.items()}], {}) if len(pairs) >= _LEAST_PAIRS else {}
    are_called = sum(field_of(name) == field for field, name in known.items()) >= _LEAST_PAIRS
    return pairs if are_called and _SPOKEN in str(pairs.get(known.get("text", ""), "")) else {}


def _json(data: bytes) -> tuple[str, list[dict[str, object]]] | None:
    text = read_text(data)
    try:
        whole = json.loads(text)
    except ValueError:
        if lines := _json_lines(text):
            return lines
        whole = _printed_by_python(text)
    if isinstance(whole, dict) and any(isinstance(one, str) and _SPOKEN in one for one in whole.values()):
        whole = [whole]  # one record, whatever lists it has beside its text
    if isinstance(whole, list) and whole and all(isinstance(row, list) for row in whole):
        names, *rows = ([str(cell) for cell in row] for row in whole)  # a table: the first row names the columns
        whole = [dict(zip(names, row, strict=False)) for row in rows] if _are_names(names) else None
    if _are_lines(whole):  # a scraper's list of the paragraphs of one page
        whole = [{"text": whole}]
    elif isinstance(whole, dict):
        blocks = [text for value in whole.values() if (text := "".join(_blocks(value) or in_sections(value)))]
        whole = (
            [whole]
            if len(blocks) == 1 and _SPOKEN in blocks[0]
            else _records_within(whole) or _by_name(whole) or [whole]
        )
    return ("json", whole) if _are_objects(whole) else None


def refuse_json(text: str) -> None:
    """Raise WrongFormat for a list or object of JSON, ReadError for one cut short; a text may stand in brackets."""
    if text.lstrip()[:1] not in ("{", "["):
        return
    try:
        found = bool(json.loads(text))
    except (ValueError, RecursionError) as error:
        if _BEGUN.match(text):
            raise ReadError("is-damaged-json", remedy="fetch-or-save-it-again", why=str(error)) from error
        return
    if found:
        raise WrongFormat("json-holds-no-report", remedy="name-column-of-texts")


def _records_within(whole: dict[str, object], depth: int = 4) -> list[dict[str, object]] | None:
    """The one list of records that stands under some name, or under names below it; None for none or several."""
    lists = [value for value in whole.values() if _are_objects(value)]
    if len(lists) == 1:
        return lists[0]  # type: ignore[return-value]
    inner = [value for value in whole.values() if isinstance(value, dict)]
    return _records_within(inner[0], depth - 1) if depth and not lists and len(inner) == 1 else None


def _by_name(whole: dict[str, object]) -> list[dict[str, object]]:
    """Return the records that stand each under a name of its own; none unless each of several has a long text."""
    records = [_spread(value) for value in whole.values() if isinstance(value, dict)]
    long = [any(isinstance(one, str) and len(one) >= _LONG for one in record.values()) for record in records]
    return records if len(records) == len(whole) > 1 and all(long) else []


def _spread(record: Mapping[str, object], depth: int = 4) -> dict[str, object]:
    """Return a record with what its own records say beside what it says; of two of one name the later goes by both."""
    record = {name: _notes_of(value) if is_called_notes(name) else value for name, value in record.items()}
    spread = {name: value for name, value in record.items() if not depth or not isinstance(value, dict)}
    for name, value in record.items() if depth else ():
        for own, said in _spread(value, depth - 1).items() if isinstance(value, dict) else ():
            spread[f"{name}.{own}" if own in spread else own] = said
    return spread


def _notes_of(value: object) -> object:
    """Return the notes that a record of words and what each means are; any other value as it is."""
    texts = isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
    return "\n".join(f"{name}：{said}" for name, said in value.items()) if texts else value  # type: ignore[attr-defined]


def _printed_by_python(text: str) -> object:
    """The list or record that a text is as Python prints it: ['甲', '乙'], [{'text': '甲'}]; None for any other."""
    if not _PRINTED.match(text) or len(text) > _LONGEST_LIST:
        return None
    try:
        return ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _are_lines(values: object) -> bool:
    return isinstance(values, list) and len(values) > 1 and all(isinstance(one, str) for one in values)


def _json_lines(text: str) -> tuple[str, list[dict[str, object]]] | None:
    """The records of a file that has one a line; a damaged line, such as the last one, is a row without text."""
    objects: list[object] = []
    for line in filter(str.strip, text.split("\n")):
        try:
            objects.append(json.loads(line))
        except ValueError:
            if not objects or not _BEGUN.match(line):
                return None
            objects.append({"": line})
    return ("jsonl", objects) if _are_objects(objects) else None  # type: ignore[return-value]


def _are_objects(values: object) -> bool:
    return isinstance(values, list) and bool(values) and all(isinstance(one, dict) for one in values)


def _flat(record: Mapping[str, object]) -> dict[str, str]:
    """Return a record with the values that are a text, a number, or a list of paragraphs."""
    return {name: text for name, value in record.items() if (text := _as_text(value)) is not None}


def _as_text(value: object) -> str | None:
    if isinstance(value, str) and value.lstrip().startswith(_LIST):
        with suppress(ValueError):  # a list that somebody put into a cell as JSON
            value = json.loads(value)
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return "\n".join(value)
    if blocks := _blocks(value):
        return with_notes("\n".join(blocks), "\n".join(notes_of_paragraphs(value)))  # type: ignore[arg-type]
    if sections := in_sections(value):
        return "\n".join(sections)
    if _are_objects(value) and (pairs := [_pair(one) for one in value]) and all(pairs):  # type: ignore[attr-defined]
        return "\n".join(pairs)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def _blocks(value: object) -> list[str]:
    """Return the paragraphs of a text that editors keep in blocks, {"type": "p", "text": "…"}; none for other lists.

    Of records with a report each most hold what a report has once or twice.
    """
    if not isinstance(value, list) or len(value) < _LEAST_PARAGRAPHS or not _are_objects(value):
        return []
    texts = [[one[name] for name in _BLOCK if isinstance(one.get(name), str)] for one in value]
    if any(len(found) != 1 for found in texts) or any(len(one) > _MOST_OF_BLOCK for one in value):
        return []
    blocks = [found[0] for found in texts]
    return blocks if sum(_SPOKEN in block for block in blocks) < len(blocks) / 2 else []


def _pair(record: Mapping[str, object]) -> str:
    """Return a record of two texts, a word and what it means, as a note; empty for any other."""
    texts = [value.strip() for value in record.values() if isinstance(value, str) and value.strip()]
    return "：".join(texts) if len(texts) == _WORD_AND_MEANING and len(texts[0]) <= _SHORT else ""


def _without_remarks(data: bytes) -> bytes:
    """Return a table without the lines above it that say where it comes from, # 来源：…; any other data as it is."""
    remarks = _REMARKS.match(data)
    return data[remarks.end() :] if remarks and _may_be_table(data[remarks.end() :]) else data


def _may_be_table(data: bytes) -> bool:
    """Tell whether the first line may name columns: short words between commas or tabs, no sentence."""
    line = data[:4096].splitlines()[0] if data.strip() else b""
    return any(sign.encode() in line for sign in _SIGNS) and len(line) < 2000


def _table(data: bytes) -> tuple[str, list[dict[str, object]]] | None:
    text = read_text(data)
    first = text.split("\n", 1)[0]
    sign = next((sign for sign in _SIGNS if sign in first), ",")
    format_ = "tsv" if sign == "\t" else "csv"
    previous = csv.field_size_limit(len(text) + 1)
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True) if row]
    except csv.Error:
        return None
    finally:
        csv.field_size_limit(previous)
    titles = next((at for at, row in enumerate(rows[:HEADER_ROWS]) if _are_names([one.strip() for one in row])), 0)
    rows = rows[titles:]
    names = [name.strip() for name in rows[0]] if rows else []
    if any(len(row) != len(names) for row in rows):
        return None
    if len(names) > 1 and all(any(len(cell) >= _LONG_CELL for cell in row) for row in rows):
        return format_, [{str(at): cell for at, cell in enumerate(row, 1)} for row in rows]  # no row names the columns
    if not _are_names(names):
        return None
    return format_, [dict(zip(names, row, strict=True)) for row in rows[1:]]


def _one_column(text: str) -> tuple[str, list[dict[str, object]]] | None:
    """The paragraphs of a table of one column, each in quotation marks but for the name of the column."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    quoted = [line[1:-1].replace('""', '"') for line in lines if _QUOTED_LINE.fullmatch(line)]
    if len(quoted) < max(_LEAST_PARAGRAPHS, len(lines) - 1):
        return None
    return "csv", [{"text": "\n".join(quoted)}]


def _are_names(names: Sequence[str]) -> bool:
    """Tell whether the cells of a row can name columns: two or more, all short, no two alike."""
    return len(names) > 1 and all(0 < len(name) <= _SHORT for name in names) and len(set(names)) == len(names)


def _record(row: Mapping[str, object], plain: Record, names: Mapping[str, str]) -> RecordRead:
    said = ((field, plain.get(name, "").strip()) for field, name in names.items() if field not in ("text", "notes"))
    tally = Tally()
    for name, value in row.items():
        if name not in names.values() and value not in (None, "", [], {}):
            tally.leave("column", str(value))
    beside = (value for name, value in row.items() if name != names["text"])
    text, notes = plain[names["text"]], plain.get(names.get("notes", ""), "").strip() or notes_within(beside)
    fields = tuple(sorted((field, value) for field, value in said if value))
    return _with(RecordRead(text, fields, notes=notes), tally)


def _with(record: RecordRead, tally: Tally) -> RecordRead:
    """Return a record with what was left out beside it."""
    left_out, unread = (*record.left_out, *tally.left_out()), (*record.unread, *tally.unread(record.text))
    return replace(record, left_out=left_out, unread=unread)


def with_notes(text: str, notes: str) -> str:
    """Return a text with the notes that it has not behind it, below their heading."""
    if not notes or notes in text:
        return text
    return "\n".join([text, *([] if notes.startswith(NOTES) else [NOTES]), notes])


def numbered(name: str, count: int) -> Iterator[str]:
    """Return the names of the records of a file: its own if there is one only, else `name#1`, `name#2` and so on."""
    return iter([name]) if count == 1 else (f"{name}#{number}" for number in range(1, count + 1))
