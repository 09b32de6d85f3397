"""Terms in a text that is to be translated, each with the renderings that it may have there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from glossary_api.model.words import EQUIVALENT_STATUSES

_BRACKETS = {")": "(", "）": "（"}
SETTLED = EQUIVALENT_STATUSES[1:]
"""Statuses of renderings that somebody has decided on: they bind, a proposed one only advises."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """A rendering as curated, its gloss in parentheses included."""

    text: str
    status: str
    """One of EQUIVALENT_STATUSES."""
    sense: str | None
    """Id of the sense that it renders; None for a term without senses."""

    @property
    def short(self) -> str:
        """The form for every use but the first."""
        return short_form(self.text)


@dataclass(frozen=True, slots=True)
class TermUse:
    """A place in a text where a term stands."""

    start: int
    """Span in the text, half open, in code points."""
    end: int
    term: str
    """Term id."""
    name: str
    kind: str
    """Kind of the term: `numeral`, `plan` or `quoted`."""
    renderings: tuple[Rendering, ...]
    """Those that may be meant here: of the one sense that is meant or, where nothing decides, of all; the best sense
    first, in each the most official first."""
    senses: int = 1
    """How many senses may be meant: more than one where nothing decides."""


def short_form(rendering: str) -> str:
    """The rendering up to where its final parenthesis begins, all of it if it has none.

    >>> short_form("Six No-Occurrences (zero-incident commitments)")
    'Six No-Occurrences'
    """
    text = rendering.rstrip()
    if not text or text[-1] not in _BRACKETS:
        return text
    closing, opening, depth = text[-1], _BRACKETS[text[-1]], 0
    for place in range(len(text) - 1, 0, -1):
        depth += (text[place] == closing) - (text[place] == opening)
        if depth == 0:
            return text[:place].rstrip() or text
    return text


def binding(renderings: Sequence[Rendering]) -> tuple[Rendering, ...]:
    """The renderings to be used: of each sense those that are settled, if it has any, else those proposed."""
    settled = {rendering.sense for rendering in renderings if rendering.status in SETTLED}
    return tuple(one for one in renderings if one.status in SETTLED or one.sense not in settled)
