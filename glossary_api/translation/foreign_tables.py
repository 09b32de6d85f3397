"""Tables of renderings: CSV in any encoding and with any separator, or a workbook, with whatever columns are called."""

from __future__ import annotations

import functools
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from glossary_api.errors import GlossaryError, ReadError
from glossary_api.model.messages import Message
from glossary_api.reading.plain_text import read_text

Record = tuple[int, list[str]]
"""Line and fields."""
_SEPARATORS = "\t;,"
_HAN = re.compile(r"[\u3400-\u9fff]")
_TAG = re.compile(r"[a-z]{2,3}([-_][a-z0-9]{2,8})*", re.IGNORECASE)
TERM, RENDERING, NOTE = "term", "rendering", "note"
_REMARK = "#"
_WORKBOOK = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class ForeignColumns:
    """The columns of a table of renderings, by what they hold."""

    meaning: Mapping[int, str]
    """By place from 0: fields of a rendering, and `term`."""
    languages: Mapping[int, str]
    """By place: the language of the renderings in a column, where each language has its own."""
    names: Sequence[str]
    """What the file calls them; empty if it has no header."""


def records(path: Path, content: bytes, problems: list[GlossaryError]) -> Iterator[Record]:
    """Yield the rows of a file that are not empty; reading ends where quotation marks do not close.

    Raises ReadError for what is no table.
    """
    if content.startswith(_WORKBOOK):
        yield from _of_workbook(path, content)
        return
    try:
        text = read_text(content).removeprefix("\ufeff")
    except ReadError:
        raise ReadError("file-is-not-utf-8", place=_undecodable(path, content), remedy="save-it-as-utf-8") from None
    if path.suffix.lower() == ".utf8":
        lines = enumerate(text.splitlines(), 1)
        yield from ((number, line.split("\t")) for number, line in lines if line and not line.startswith(_REMARK))
    else:
        yield from _separated(path, text, problems)


def _undecodable(path: Path, content: bytes) -> str:
    """Return where a file ceases to be UTF-8: `file:line:column`."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        sound = content[: error.start]
        column = len(sound.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        return f"{path}:{sound.count(bytes([10])) + 1}:{column}"
    return str(path)


def columns_of(path: Path, first: Record) -> ForeignColumns:
    """Return what the columns hold, by their names or, in a table without a header, by the Chinese in its first row.

    Raises ReadError if nothing says where the names and the renderings are.
    """
    line, fields = first
    named = _named(fields)
    if named is not None:
        return named
    chinese = [place for place, text in enumerate(fields[:2]) if _HAN.search(text)]
    if len(fields) > 1 and len(chinese) == 1:
        return ForeignColumns({chinese[0]: TERM, 1 - chinese[0]: RENDERING}, {}, ())
    raise ReadError("no-columns-with-names-and-renderings", place=f"{path}:{line}", remedy="name-columns")


def _named(fields: Sequence[str]) -> ForeignColumns | None:
    keys = [" ".join(field.strip().casefold().split()) for field in fields]
    known = _known()
    # In an export `source` is the name; in a curated file, which has `term`, it says whose rendering it is.
    layout = known["curated" if any(known["curated"].get(key) == TERM for key in keys) else "exported"]
    meaning = {place: layout.get(key, known["both"].get(key, "")) for place, key in enumerate(keys)}
    languages = {place: language for place, key in enumerate(keys) if (language := _language(key, known))}
    for place in [place for place in languages if meaning[place]]:
        del languages[place]
    if TERM not in meaning.values():
        source = next((place for place, code in sorted(languages.items(), key=_simplified_first) if _is_zh(code)), None)
        if source is None:
            return None
        meaning[source] = TERM
        del languages[source]
    if RENDERING not in meaning.values() and not languages:
        return None
    return ForeignColumns({place: name for place, name in meaning.items() if name}, languages, [*fields])


def _simplified_first(item: tuple[int, str]) -> tuple[bool, int]:
    return item[1] not in ("zh", "zh-CN", "zh-Hans", "cmn"), item[0]


def _is_zh(code: str) -> bool:
    return code.partition("-")[0] in ("zh", "cmn")


def _language(key: str, known: Mapping[str, Mapping[str, str]]) -> str:
    if key in known["languages"]:
        return known["languages"][key]
    if not _TAG.fullmatch(key):
        return ""
    from langcodes import standardize_tag, tag_is_valid  # its tables are large; only an import needs them

    return str(standardize_tag(key)) if tag_is_valid(key) else ""


@functools.cache
def _known() -> dict[str, dict[str, str]]:
    lists = json.loads(files(__package__).joinpath("foreign_tables.json").read_text("utf-8"))
    return {
        part: {name: meaning for meaning, names in rows["names"].items() for name in names}
        for part, rows in lists.items()
    }


def _of_workbook(path: Path, content: bytes) -> Iterator[Record]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook  # heavy, and only a workbook needs it

    try:
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            fields = ["" if value is None else str(value).strip() for value in row]
            if any(fields):
                yield number, fields
    except (KeyError, ValueError, IndexError, BadZipFile) as error:
        raise ReadError("this-is-no-workbook", place=str(path), remedy="export-it-again") from error


def _separated(path: Path, text: str, problems: list[GlossaryError]) -> Iterator[Record]:
    separator = _separator(text)
    pattern = re.compile(rf'(?:"((?:[^"]|"")*+)"|([^"{separator}\r\n][^{separator}\r\n]*|))({separator}|\r?\n|\Z)')
    at, line, header = 0, 1, None
    while at < len(text):
        begin, fields, end = line, list[str](), separator
        while end == separator:
            found = pattern.match(text, at)
            if found is None:
                column = header[len(fields)] if header and len(fields) < len(header) else str(len(fields) + 1)
                place = f"{path}:{line}:{column}"
                problems.append(
                    GlossaryError("quotation-mark-is-not-closed", place=place, remedy="double-quotation-marks")
                )
                return
            quoted, plain, end = found.groups()
            fields.append(plain if quoted is None else quoted.replace('""', '"'))
            line += found[0].count("\n")
            at = found.end()
        if fields != [""]:
            header = header or fields
            yield begin, fields


def _separator(text: str) -> str:
    """Return the separator that the first row has most of outside of quotation marks; of equals the rarer in texts."""
    first = re.sub(r'"(?:[^"]|"")*"', "", text).lstrip("\r\n").partition("\n")[0]
    return max(_SEPARATORS, key=first.count) if any(sign in first for sign in _SEPARATORS) else ","


def unequal(path: Path, line: int, fields: Sequence[str], names: Sequence[str]) -> GlossaryError:
    """Return what is wrong with a row that has more or fewer fields than the header."""
    column = names[len(fields)] if len(fields) < len(names) else str(len(names) + 1)
    message = Message("row-and-header-differ", fields=len(fields), header=len(names))
    return GlossaryError(message, place=f"{path}:{line}:{column}", remedy="give-each-column-one-field")
