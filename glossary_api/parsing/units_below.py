"""The units that stand below a name or behind it: paragraphs, numbered paragraphs, sentences or clauses.

They are cut when somebody asks for them: most rows cannot have what a name counts, as counting signs tells.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from glossary_api.model.things import Slogan
from glossary_api.parsing.enumerations import Span, split
from glossary_api.parsing.numerals import value_of
from glossary_api.text.folding import CLOSING_QUOTES

Unit = list[Span]
"""The clauses of the first sentence of a unit, without the number that it may begin with."""

_HAN = "[一二三四五六七八九十]"
_LABEL = re.compile(
    rf"[ \t\u3000]*(?:(?P<chapter>{_HAN}{{1,3}})、|\((?P<section>{_HAN}{{1,3}})\)|(?P<item>\d{{1,2}})[.、](?!\d)"
    rf"|\((?P<point>\d{{1,2}})\)|(?P<said>{_HAN})[是要]|[第其](?P<nth>{_HAN})[,、]?|(?P<dash>--))[ \t\u3000]*"
)
_FAMILIES = ("chapter", "section", "item", "point", "said", "nth", "dash")
"""Labels of paragraphs, the highest first."""
_FARTHEST = 15000
"""How far numbered paragraphs may reach, in characters."""
_PARAGRAPHS = 6000
"""How far paragraphs without a number may reach."""
_SENTENCES = 2000
_HEADING = 100
_LEAST = 3
"""A unit has more characters."""
_REST = 60
"""A paragraph goes on for so long at most behind a name that it announces."""
INTRODUCED = 3
"""So many units may stand between a name and the first that spells it out."""
_ANNOUNCED = re.compile(rf"[{CLOSING_QUOTES}]?(?:\[\d+\])?[^,。;:!?\r\n]{{0,16}}[,。;:!?]?")


@dataclass(frozen=True)
class Units:
    """Units of one sort."""

    start: int
    end: int
    """They stand between these offsets at most."""
    cut: Callable[[], tuple[str, list[Unit]]]

    @functools.cached_property
    def _units(self) -> tuple[str, list[Unit]]:
        return self.cut()

    @property
    def sort(self) -> str:
        """Return `numbered` paragraphs, `paragraphs`, `sentences` or `clauses`."""
        return self._units[0]

    @property
    def units(self) -> list[Unit]:
        """Return the units in the order of the text."""
        return self._units[1]


def rows_below(plain: str, slogan: Slogan, number: int) -> Iterator[Units]:
    """Yield the units behind a name, row by row, the nearest first; none that is too short for so many."""
    line = plain.find("\n", slogan.end, slogan.end + _SENTENCES)
    line = line if line >= 0 else min(len(plain), slogan.end + _SENTENCES)
    lead = _ANNOUNCED.match(plain, slogan.end, line)
    begin = lead.end() if lead else slogan.end
    near = min(line, begin + _SENTENCES)
    stop = plain.find("。", begin, near)
    if line - begin > _LEAST * number:
        yield Units(begin, near, functools.partial(_sentences, plain, begin, near))
        yield Units(
            begin, stop if stop >= 0 else near, functools.partial(_clauses, plain, begin, stop if stop >= 0 else near)
        )
    if not plain.startswith("\n", line) or (line - slogan.end > _REST and plain.find("。", slogan.end, line) < 0):
        return
    before = plain.rfind("\n", max(0, slogan.start - _HEADING), slogan.start)
    heading = _LABEL.match(plain, before + 1, slogan.start) if before >= 0 else None
    at_head = heading is not None and plain.find("。", heading.end(), slogan.start) < 0
    if line - slogan.end <= _REST or at_head:
        start, end = next(_paragraphs(plain, line), (line, line))
        first = start, min(end, start + _SENTENCES)
        yield Units(*first, functools.partial(_sentences, plain, *first))
        own = _family(heading)[0] if heading else ""
        yield Units(line, line + _FARTHEST, functools.partial(_paragraphs_below, plain, line, own))


def _sentences(plain: str, start: int, end: int) -> tuple[str, list[Unit]]:
    return "sentences", [_unit(plain, *sentence) for sentence in split(plain, start, end, "。;!?")]


def _clauses(plain: str, start: int, end: int) -> tuple[str, list[Unit]]:
    return "clauses", [[clause] for clause in split(plain, start, end, ",;")]


def _paragraphs_below(plain: str, start: int, own: str) -> tuple[str, list[Unit]]:
    """Return the paragraphs that are numbered from one on, or if there are none, those up to the next heading."""
    paragraphs = list(_paragraphs(plain, start))
    plainly: list[Unit] = []
    numbered: list[Unit] = []
    family, limit = "", paragraphs[0][0] + _PARAGRAPHS if paragraphs else 0
    open_ended = True
    for index, (start, end) in enumerate(paragraphs):
        label = _LABEL.match(plain, start, end)
        kind, at = _family(label) if label else ("", 0)
        if kind and not family and at <= 1 and index <= INTRODUCED and kind != own:
            family = kind
        if kind and (kind == own or (family and _FAMILIES.index(kind) < _FAMILIES.index(family))):
            break
        if kind == family != "":
            if at != len(numbered) + 1 and kind != "dash":
                break
            numbered.append(_unit(plain, label.end() if label else start, _sentence_end(plain, start, end)))
        elif kind and not family:
            break
        open_ended = open_ended and start < limit
        if not family and open_ended:
            plainly.append(_unit(plain, start, _sentence_end(plain, start, end)))
    return ("numbered", numbered) if numbered else ("paragraphs", plainly)


def _family(label: re.Match[str]) -> tuple[str, int]:
    """Return the sort of a label, and which one it is."""
    kind = label.lastgroup or "dash"
    return kind, 0 if kind == "dash" else value_of(label[kind]) or 0


def _paragraphs(plain: str, start: int) -> Iterator[Span]:
    limit = min(len(plain), start + _FARTHEST)
    while start < limit:
        end = _line_end(plain, start + 1)
        if plain[start:end].strip():
            yield start + 1, end
        start = end


def _line_end(plain: str, start: int) -> int:
    end = plain.find("\n", start)
    return end if end >= 0 else len(plain)


def _sentence_end(plain: str, start: int, end: int) -> int:
    stop = plain.find("。", start, end)
    return stop if stop >= 0 else end


def _unit(plain: str, start: int, end: int) -> Unit:
    label = _LABEL.match(plain, start, end)
    return split(plain, label.end() if label else start, end, ",:")
