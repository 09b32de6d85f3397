"""Texts with their translation, read as pairs of sentences: from one file that has both, or from two documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from glossary_api.errors import GlossaryError, ReadError
from glossary_api.model.messages import Message
from glossary_api.reading.read import read
from glossary_api.translation.align.proposals import SegmentPair
from glossary_api.translation.align.sentence_pairs import Sentence, paired, sentences_of
from glossary_api.translation.foreign_tables import RENDERING, TERM, columns_of, records
from glossary_api.translation.segments import is_in, read_segments

_TABLES = (".csv", ".tsv", ".xlsx")
_MEMORIES = (".tmx", ".xlf", ".xliff")
_HAN = re.compile(r"[\u3400-\u9fff]")
_FEWEST_HAN = 0.2
"""Which part of a Chinese text Chinese characters are, at least."""


@dataclass(frozen=True, slots=True)
class Bitext:
    """A text and its translation."""

    pairs: tuple[SegmentPair, ...]
    alone: int
    """How many sentences of either side have no counterpart, and stand in no pair."""


def read_bitext(source: Path, target: Path | None, language: str) -> Bitext:
    """Return the pairs of a file that has both sides, or of a Chinese document and its translation.

    Raises ReadError for files that cannot be read, and where nothing is a translation into the language.
    """
    if target is not None:
        return _of_documents(source, target, language)
    suffix = source.suffix.lower()
    if suffix not in (*_TABLES, *_MEMORIES):
        endings = ", ".join((*_MEMORIES, *_TABLES))
        remedy = Message("name-two-documents", endings=endings)
        raise ReadError("translation-is-missing", place=str(source), remedy=remedy)
    found = list(_of_table(source, language) if suffix in _TABLES else _of_memory(source, language))
    pairs = tuple(pair for pair in found if pair.source.strip() and pair.target.strip())
    if not pairs:
        raise ReadError("no-segment-is-translated-into", place=str(source), remedy="check-file", language=language)
    return Bitext(pairs, len(found) - len(pairs))


def _of_memory(path: Path, language: str) -> Iterator[SegmentPair]:
    for segment in read_segments(path):
        if not segment.language or is_in(segment.language, language):
            yield SegmentPair(segment.source, segment.target, f"{path.name} {segment.unit}")


def _of_table(path: Path, language: str) -> Iterator[SegmentPair]:
    problems: list[GlossaryError] = []
    try:
        rows = records(path, path.read_bytes(), problems)
    except OSError as error:
        raise ReadError("cannot-be-read", place=str(path), remedy="check-path", why=error.strerror) from error
    first = next(rows, None)
    if first is None:
        raise ReadError("no-columns-with-names-and-renderings", place=f"{path}:1", remedy="name-columns")
    columns = columns_of(path, first)
    ours = next(at for at, name in columns.meaning.items() if name == TERM)
    theirs = next((at for at, name in columns.meaning.items() if name == RENDERING), None)
    theirs = next((at for at, code in columns.languages.items() if is_in(code, language)), theirs)
    if theirs is None:
        raise ReadError("no-segment-is-translated-into", place=str(path), remedy="check-file", language=language)
    for line, fields in rows if columns.names else (first, *rows):
        cells = [*fields, *[""] * (max(ours, theirs) + 1 - len(fields))]
        yield SegmentPair(cells[ours], cells[theirs], f"{path.name}:{line}")
    if problems:
        raise problems[0]


def _of_documents(source: Path, target: Path, language: str) -> Bitext:
    ours, theirs = read(source).text, read(target).text
    if len(_HAN.findall(ours)) < _FEWEST_HAN * len(ours):
        raise ReadError("text-is-not-chinese", place=str(source), remedy="name-chinese-text-first")
    steps = paired(sentences_of(ours, "zh"), sentences_of(theirs, language), language)
    pairs = tuple(
        SegmentPair(
            "".join(sentence.text for sentence in one),
            " ".join(sentence.text for sentence in other),
            f"{source.name} {_paragraphs(one)}, {target.name} {_paragraphs(other)}",
        )
        for one, other in steps
        if one and other
    )
    return Bitext(pairs, sum(len(one) + len(other) for one, other in steps if not (one and other)))


def _paragraphs(sentences: Sequence[Sentence]) -> str:
    numbers = sorted({sentence.paragraph for sentence in sentences})
    return f"¶{numbers[0]}" if len(numbers) == 1 else f"¶{numbers[0]}–{numbers[-1]}"
