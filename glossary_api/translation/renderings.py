"""Terms in a text that is to be translated, each with the renderings that it may have there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from glossary_api.model.words import EQUIVALENT_STATUSES
from glossary_api.text.parentheses import gloss_apart, with_gloss

SETTLED = EQUIVALENT_STATUSES[1:]
"""Statuses of renderings that somebody has decided on: they bind, a proposed one only advises."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """A rendering as curated."""

    text: str
    """What stands in running text; final parentheses are a gloss, too."""
    status: str
    """One of EQUIVALENT_STATUSES."""
    sense: str | None
    """Id of the sense that it renders; None for a term without senses."""
    gloss: str = ""
    """What explains it, for its first use."""
    also: tuple[str, ...] = ()
    """Further wordings that count as this rendering."""
    elsewhere: bool = False
    """Whether nothing shows that it renders what the term means in this text: here it binds nobody."""
    past: bool = False
    """Whether it is used in other places or at other times only."""

    @property
    def short(self) -> str:
        """Return the form for every use but the first."""
        return gloss_apart(self.text)[0]

    @property
    def full(self) -> str:
        """Return the rendering with its gloss behind it."""
        return with_gloss(self.text, self.gloss)

    @property
    def explained(self) -> str:
        """Return the gloss, wherever it stands."""
        return self.gloss or gloss_apart(self.text)[1]


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


def binding(renderings: Sequence[Rendering]) -> tuple[Rendering, ...]:
    """Return the renderings to be used: of each sense those that are settled, if it has any, else those proposed.

    What something shows to be meant goes before what nothing does; what is not used there and then is left out.
    """
    fitting = [one for one in renderings if not one.elsewhere] or [one for one in renderings if not one.past]
    settled = {rendering.sense for rendering in fitting if rendering.status in SETTLED}
    return tuple(one for one in fitting if one.status in SETTLED or one.sense not in settled)
