"""Texts that a data set has in pieces: over several columns, 正文_1, 正文_2, in chunks, which may overlap, in sections.

A cell of a workbook holds 32,767 characters, and what searches texts wants short ones, so both are cut anywhere. Notes
may stand beside each paragraph, or among the attachments of a record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from glossary_api.reading.column_names import field_of
from glossary_api.reading.joining import SAYS_NOTES

_NUMBERED = re.compile(
    r"(?P<base>.*?[^\W\d_])(?P<part>[\s_.(（-]*(?:part|第|续)?[\s_]*(?:\d{1,2}|[一二三四五六七八九]|续)[部分篇]*[)）]?)"
)
_CUT = ("text", "notes")
_ENDS = tuple("。！？；：”…")
_SPOKEN = "各位代表"
_LEAST = 2
"""A text in sections has so many at least."""
_LEAST_OVERLAP = 8
"""Two chunks have so many characters in common by no chance."""
_SHARE = 0.8
"""So many of the chunks of a text overlap the one before."""
_LONGEST_NUMBER = 7
_LONG, _CUT_SHARE = 60, 0.5
"""Where so many of the longer pieces end within a sentence they are no paragraphs."""


def with_whole_texts(rows: Sequence[Mapping[str, object]]) -> Sequence[Mapping[str, object]]:
    """Return records with what numbered columns have of one text, 正文_1 and 正文_2, in the first of these."""
    columns = dict.fromkeys(name for row in rows for name in row)
    parts: dict[str, list[str]] = {}
    for name in columns:
        found = _NUMBERED.fullmatch(name)
        base = name if field_of(name) in _CUT else found["base"] if found else ""
        if field_of(base) in _CUT:
            parts.setdefault(base, []).append(name)
    for base, names in parts.items():
        if len(names) > 1:
            rows = [_in_one(row, base, names) for row in rows]
    return rows


def _in_one(row: Mapping[str, object], base: str, names: Sequence[str]) -> Mapping[str, object]:
    pieces = [row.get(name) or "" for name in names]
    if not all(isinstance(piece, str) for piece in pieces):
        return row
    said = {name: value for name, value in row.items() if name not in names}
    return {base: glued([str(piece) for piece in pieces if piece]), **said}


def glued(pieces: Sequence[str]) -> str:
    """Return pieces of one text as it was before it was cut: a paragraph ends where a sentence does."""
    *before, last = pieces or [""]
    return "".join([*(piece + "\n" * piece.endswith(_ENDS) for piece in before), last])


def joined_chunks(pieces: Sequence[str]) -> str:
    """Return the rows of a text, a paragraph each, or chunks of it: what two of these have in common counts once."""
    shared = [_overlap(one, other) for one, other in pairwise(pieces)]
    if sum(map(bool, shared)) >= max(1, _SHARE * len(shared)):
        return "".join(piece[count:] for piece, count in zip(pieces, [0, *shared], strict=True))
    long = [piece for piece in pieces if len(piece) >= _LONG]
    are_cut = sum(not piece.rstrip().endswith(_ENDS) for piece in long) > _CUT_SHARE * len(long)
    return glued(pieces) if are_cut else "\n".join(pieces)


def in_sections(value: object) -> list[str]:
    """Return the lines of a text that is kept in sections, each with a heading and a list of paragraphs.

    Records of several texts, which say where each is from, have none.
    """
    if not isinstance(value, list) or len(value) < _LEAST or not all(isinstance(one, dict) for one in value):
        return []
    spoken = sum(any(_SPOKEN in text for text in _strings(one)) for one in value)
    says_where = any(field_of(name) in ("place", "year", "date", "address", "speaker") for one in value for name in one)
    return [text for one in value for text in _strings(one)] if 0 < spoken < len(value) and not says_where else []


def notes_of_paragraphs(value: Sequence[Mapping[str, object]]) -> list[str]:
    """Return the notes that the paragraphs of a text have beside them, each mark with what stands behind it."""
    kept = [said for one in value for name, said in one.items() if field_of(name) == "notes"]
    lists = (said if isinstance(said, list) else [said] for said in kept)
    return ["".join(_strings(note)) for notes in lists for note in notes if note]


def notes_within(values: Iterable[object]) -> str:
    """Return the one text within the fields of a record that begins with the heading of notes."""
    texts = (text for value in values for text in _strings(value))
    found = [text for text in texts if "\n" in text and SAYS_NOTES.fullmatch(text.lstrip().partition("\n")[0])]
    return found[0] if len(found) == 1 else ""


def _strings(value: object) -> Iterator[str]:
    """Yield the texts within lists and records, in their order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _overlap(one: str, other: str) -> int:
    """Return how many characters a text begins with that another one ends with."""
    begin = other[:_LEAST_OVERLAP]
    at = one.find(begin, max(0, len(one) - len(other))) if len(begin) == _LEAST_OVERLAP else -1
    while at >= 0 and one[at:] != other[: len(one) - at]:
        at = one.find(begin, at + 1)
    return len(one) - at if at >= 0 else 0


def are_counted(values: Sequence[str]) -> bool:
    """Tell whether a column counts the rows, from one on again where another text begins."""
    numbers = [int(value) if value.isdecimal() and len(value) < _LONGEST_NUMBER else -1 for value in values]
    return all(number in (0, 1, before + 1) for before, number in zip([0, *numbers], numbers, strict=False))
