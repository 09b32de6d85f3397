"""Renderings read back from files of other tools: TBX 2 and 3, CSV, TSV and JSON Lines.

What is read is what a file says; whether it is right, and of which term it speaks, is for others to find out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from glossary_api.errors import GlossaryError, ReadError
from glossary_api.model.messages import Message
from glossary_api.model.words import APPROVED, OFFICIAL, PROPOSED

_COLUMNS = {
    "rendering": {"term": "term", "rendering": "rendering", "source": "source", "note": "note", "sense": "sense"}
    | {"gloss": "gloss", "also": "also"},
    "target": {"source": "term", "target": "rendering", "target_source": "source", "translator_comments": "note"},
}
"""By the column that tells one layout from the other, that of curated files from that of exports: what columns hold."""
_BOTH = {"id": "id", "language": "language", "status": "status"}
_ENTRIES = {"conceptEntry", "termEntry"}
_SECTIONS = {"langSec", "langSet"}
_TERMS = {"termSec", "tig", "ntig"}
WITHDRAWN = "withdrawn"
"""Status of what a file says is not to be used (any more)."""
_CHINESE = re.compile("zh|chi|zho|cmn", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ForeignRendering:
    """A rendering as a file has it; what the file does not say is empty."""

    place: str
    """`file:line`."""
    names: tuple[str, ...]
    """Names of the term, any of which may be known."""
    rendering: str
    language: str = ""
    id: str = ""
    """Id of the concept, which is that of a sense if the file was exported from here."""
    sense: str = ""
    """The definition whose sense is meant, as curated files name it."""
    status: str = ""
    source: str = ""
    note: str = ""
    gloss: str = ""
    also: str = ""
    """Further wordings, as curated files have them."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """What the file calls the fields of a curated row, where that is something else."""


def read_renderings(path: Path) -> tuple[list[ForeignRendering], list[GlossaryError]]:
    """The renderings of a file, and what is wrong with rows that have none.

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


def _read_commas(path: Path, content: bytes, problems: list[GlossaryError]) -> Iterator[ForeignRendering]:
    return _read_table(path, content, ",", problems)


def _read_tabs(path: Path, content: bytes, problems: list[GlossaryError]) -> Iterator[ForeignRendering]:
    return _read_table(path, content, "\t", problems)


def _read_table(
    path: Path, content: bytes, delimiter: str, problems: list[GlossaryError]
) -> Iterator[ForeignRendering]:
    records = _records(path, _decoded(path, content), delimiter, problems)
    _, header = next(records, (1, []))
    meaning = _meaning(path, header)
    columns = {ours: theirs for theirs, ours in meaning.items()}
    for line, fields in records:
        place = f"{path}:{line}"
        if len(fields) != len(header):
            column = header[len(fields)] if len(fields) < len(header) else str(len(header) + 1)
            message = Message("row-and-header-differ", fields=len(fields), header=len(header))
            problems.append(GlossaryError(message, place=f"{place}:{column}", remedy="give-each-column-one-field"))
            continue
        row = {meaning[name]: text.strip() for name, text in zip(header, fields, strict=True) if name in meaning}
        if row["rendering"]:
            names = (row.pop("term"),)
            yield ForeignRendering(place, names, columns=columns, **row)


def _records(path: Path, text: str, delimiter: str, problems: list[GlossaryError]) -> Iterator[tuple[int, list[str]]]:
    """Line and fields of each record; reading ends where quotation marks do not close."""
    pattern = re.compile(rf'(?:"((?:[^"]|"")*+)"|([^"{delimiter}\r\n][^{delimiter}\r\n]*|))({delimiter}|\r?\n|\Z)')
    at, line, header = 0, 1, None
    while at < len(text):
        begin, fields, end = line, list[str](), delimiter
        while end == delimiter:
            found = pattern.match(text, at)
            if found is None:
                column = header[len(fields)] if header and len(fields) < len(header) else str(len(fields) + 1)
                problems.append(_unbalanced(f"{path}:{line}:{column}"))
                return
            quoted, plain, end = found.groups()
            fields.append(plain if quoted is None else quoted.replace('""', '"'))
            line += found[0].count("\n")
            at = found.end()
        if fields != [""]:
            header = header or fields
            yield begin, fields


def _unbalanced(place: str) -> GlossaryError:
    return GlossaryError(
        "quotation-mark-is-not-closed",
        place=place,
        remedy="double-quotation-marks",
    )


def _meaning(path: Path, header: Sequence[str]) -> dict[str, str]:
    """What the columns hold that hold something for us. Raises ReadError if there is none for names or renderings."""
    for telling, meaning in _COLUMNS.items():
        if telling in header:
            known = {name: ours for name, ours in (meaning | _BOTH).items() if name in header}
            if "term" in known.values():
                return known
    remedy = Message("name-columns")
    raise ReadError("no-columns-with-names-and-renderings", place=f"{path}:1", remedy=remedy)


def _decoded(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = len(content[: error.start].rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        place = f"{path}:{line}:{column}"
        raise ReadError("file-is-not-utf-8", place=place, remedy="save-it-as-utf-8") from None


# JSON Lines


def _read_documents(path: Path, content: bytes, problems: list[GlossaryError]) -> Iterator[ForeignRendering]:
    for number, line in enumerate(content.splitlines(), 1):
        place = f"{path}:{number}"
        try:
            term = orjson.loads(line)
            rendered = [(sense["id"], sense["equivalents"]) for sense in term["senses"]]
            rendered.append((term["id"], term.get("equivalents", [])))
            found = [(id_, one) for id_, equivalents in rendered for one in equivalents]
            for id_, one in found:
                if not all(
                    isinstance(text, str) for text in (id_, term["name"], one["rendering"], *one.get("also", ()))
                ):
                    raise TypeError("names and renderings are texts")
                also = " | ".join(one.get("also", ()))
                yield ForeignRendering(place, (term["name"],), id=id_, **one | {"also": also})
        except orjson.JSONDecodeError as error:
            message = Message("this-is-no-json", why=error.msg)
            problems.append(GlossaryError(message, place=f"{place}:{error.colno}", remedy="export-it-again"))
        except (AttributeError, KeyError, TypeError):
            problems.append(GlossaryError("this-is-no-term-document", place=place, remedy="export-it-again"))


# TBX


def _read_termbase(path: Path, content: bytes, problems: list[GlossaryError]) -> Iterator[ForeignRendering]:
    from lxml import etree  # type: ignore[import-untyped]  # only who reads XML needs it

    events = etree.iterparse(
        io.BytesIO(content), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    entries = 0
    try:
        for _, element in events:
            if _name(element) in _ENTRIES:
                entries += 1
                yield from _of_entry(path, element)
                element.clear()
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise ReadError(
            "this-is-no-xml", place=f"{path}:{line}:{column}", remedy="export-it-again", why=error.msg
        ) from None
    if not entries and _name(events.root) not in ("tbx", "martif"):
        raise ReadError("this-is-no-tbx", place=str(path), remedy="name-file-in-tbx-version-2-or")


def _of_entry(path: Path, entry: Any) -> Iterator[ForeignRendering]:
    sections = [section for section in entry.iterchildren() if _name(section) in _SECTIONS]
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    named = [(section.get(language) or section.get("lang") or "", section) for section in sections]
    names = tuple(
        text for code, section in named if _CHINESE.match(code) for term in _terms(section) if (text := _text(term))
    )
    for code, section in named:
        for term in () if _CHINESE.match(code) else _terms(section):
            yield ForeignRendering(
                place=f"{path}:{term.sourceline}",
                names=names,
                rendering=_text(term),
                language=code,
                id=entry.get("id") or "",
                status=_status(term),
                source=next(_categories(term, "source"), ""),
                note="; ".join(note.text or "" for note in term.iter() if _name(note) == "note"),
                columns={"rendering": "term", "language": "xml:lang", "status": "administrativeStatus"},
            )


def _terms(section: Any) -> list[Any]:
    return [term for term in section.iterchildren() if _name(term) in _TERMS]


def _text(section: Any) -> str:
    return next(("".join(term.itertext()).strip() for term in section.iter() if _name(term) == "term"), "")


def _status(term: Any) -> str:
    """The status that an administrative status stands for."""
    status = next(_categories(term, "administrativeStatus"), "")
    if status.startswith(("deprecated", "superseded")):
        return WITHDRAWN
    if status.startswith("preferred"):
        return OFFICIAL if OFFICIAL in _categories(term, "projectSubset") else APPROVED
    return PROPOSED


def _categories(term: Any, name: str) -> Iterator[str]:
    """Texts of a data category, whether it is a tag or a type."""
    for element in term.iter():
        if _name(element) == name or element.get("type") == name:
            yield (element.text or "").strip()


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


Reader = Callable[[Path, bytes, list[GlossaryError]], Iterator[ForeignRendering]]
_READERS: Mapping[str, Reader] = {
    ".csv": _read_commas,
    ".tsv": _read_tabs,
    ".tbx": _read_termbase,
    ".xml": _read_termbase,
    ".jsonl": _read_documents,
}
