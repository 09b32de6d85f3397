"""Renderings read back from files of other tools: tables, workbooks, XML and JSON Lines.

What is read is what a file says; whether it is right, and of which term it speaks, is for others to find out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from glossary_api.errors import GlossaryError, ReadError
from glossary_api.harvesting.equivalents import DEFINED, HELD
from glossary_api.model.messages import Message
from glossary_api.model.words import EQUIVALENT_STATUSES, PROPOSED
from glossary_api.text.cells import unenclosed, unguarded
from glossary_api.translation.foreign_rendering import ForeignRendering
from glossary_api.translation.foreign_tables import NOTE, RENDERING, TERM, ForeignColumns, columns_of, records, unequal
from glossary_api.translation.foreign_xml import read_xml

_UNSAID = ("status", "source", "note")
"""What a mere list of pairs has no place for."""


def read_renderings(path: Path) -> tuple[list[ForeignRendering], list[GlossaryError]]:
    """Return the renderings of a file, and what is wrong with rows that have none.

    Raises ReadError when the file cannot be read, or is of none of the formats.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        remedy = Message("name-file-that-ends-in", endings=", ".join(_READERS))
        raise ReadError("no-format-of-renderings", place=str(path), remedy=remedy)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReadError("cannot-be-read", place=str(path), remedy="check-path", why=error.strerror) from error
    problems: list[GlossaryError] = []
    return list(reader(path, content, problems)), problems


# Tables


def _read_table(path: Path, content: bytes, problems: list[GlossaryError]) -> Iterator[ForeignRendering]:
    rows = records(path, content, problems)
    first = next(rows, None)
    if first is None:
        raise ReadError("no-columns-with-names-and-renderings", place=f"{path}:1", remedy="name-columns")
    if path.suffix.lower() == ".utf8":
        for line, fields in (first, *rows):
            yield from _of_omegat(f"{path}:{line}", fields)
        return
    columns = columns_of(path, first)
    for line, fields in rows if columns.names else (first, *rows):
        if columns.names and len(fields) != len(columns.names):
            problems.append(unequal(path, line, fields, columns.names))
        else:
            yield from _of_row(f"{path}:{line}", fields, columns)


def _of_row(place: str, fields: list[str], columns: ForeignColumns) -> Iterator[ForeignRendering]:
    text_of = unenclosed if "fuzzy" in columns.meaning.values() else unguarded
    fields = [text_of(field.strip()) for field in fields]
    row: dict[str, Any] = {name: fields[at] for at, name in columns.meaning.items() if at < len(fields)}
    names = (row.pop(TERM, ""),)
    called = {name: columns.names[at] for at, name in columns.meaning.items()} if columns.names else {}
    fuzzy = row.pop("fuzzy", None)
    if not columns.names:
        row["silent"] = _UNSAID
    elif fuzzy is not None:
        row |= {"status": PROPOSED if fuzzy.casefold() == "true" else "", "silent": _UNSAID, NOTE: ""}
    elif columns.languages:
        row["silent"] = tuple(name for name in _UNSAID if name not in row)
    if row.get(RENDERING):
        yield ForeignRendering(place, names, columns=called, **row)
    for at, language in columns.languages.items():
        if text := fields[at]:
            said = {**row, RENDERING: text, "language": language}
            yield ForeignRendering(place, names, columns=called | {RENDERING: columns.names[at]}, **said)


def _of_omegat(place: str, fields: list[str]) -> Iterator[ForeignRendering]:
    """Yield an entry of OmegaT; a comment of ours has the status behind the definitions, and the note behind that."""
    if len(fields) < 2 or not fields[1]:
        return
    parts = (fields[2] if len(fields) > 2 else "").split(" | ")
    at = next((at for at, part in enumerate(parts) if part in EQUIVALENT_STATUSES), None)
    found = ForeignRendering(place, (fields[0],), fields[1], silent=_UNSAID)
    yield (
        found if at is None else replace(found, status=parts[at], note=" | ".join(parts[at + 1 :]), silent=("source",))
    )


# JSON Lines


def _read_documents(path: Path, content: bytes, problems: list[GlossaryError]) -> Iterator[ForeignRendering]:
    for number, line in enumerate(content.splitlines(), 1):
        place = f"{path}:{number}"
        if not line.strip():
            continue
        try:
            term = orjson.loads(line)
            rendered = [(sense["id"], sense["equivalents"]) for sense in term["senses"]]
            rendered.append((term["id"], term.get("equivalents", [])))
            found = [(id_, one) for id_, equivalents in rendered for one in equivalents]
            read = [_documented(place, id_, term["name"], one) for id_, one in found]
        except orjson.JSONDecodeError as error:
            message = Message("this-is-no-json", why=error.msg)
            problems.append(GlossaryError(message, place=f"{place}:{error.colno}", remedy="export-it-again"))
        except (AttributeError, KeyError, TypeError):
            problems.append(GlossaryError("this-is-no-term-document", place=place, remedy="export-it-again"))
        else:
            yield from read


def _documented(place: str, id_: str, term: str, one: Mapping[str, Any]) -> ForeignRendering:
    said: dict[str, Any] = {name: one[name] for name in ("rendering", "language", "status", "source", "note")}
    said |= {field: one.get(column, "") for column, field in HELD.items()}
    said |= {name: one.get(name, "") for name in DEFINED}
    if not all(isinstance(text, str) for text in (id_, term, *said.values(), *one.get("also", ()))):
        raise TypeError
    said |= {"gloss": one.get("gloss", ""), "also": " | ".join(one.get("also", ()))}
    return ForeignRendering(place, (one.get("name") or term,), id=id_, bound=one.get("bound", False), **said)


Reader = Callable[[Path, bytes, list[GlossaryError]], Iterator[ForeignRendering]]
_READERS: Mapping[str, Reader] = {
    **dict.fromkeys((".csv", ".tsv", ".txt", ".utf8", ".xlsx"), _read_table),
    **dict.fromkeys((".tbx", ".xml", ".tmx", ".xlf", ".xliff"), read_xml),
    ".jsonl": _read_documents,
}
