"""Terms at hand in any text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from glossary_api.matching.names import Name, is_quoted, names_of
from glossary_api.matching.spotting import PlainSpotter, Spotter, Wanted
from glossary_api.model.things import Match, Term
from glossary_api.model.words import ANY_STATUS, EXACT, FOLDED, VARIANT

_ALL = Wanted(status=ANY_STATUS)
"""The terms at hand are those that are wanted, whatever their status."""


class Matcher:
    """Finds terms at hand in any text."""

    def __init__(
        self, terms: Iterable[Term], spotter: Callable[[Iterable[Name]], Spotter | PlainSpotter] = Spotter.of
    ) -> None:
        terms = list(terms)
        self._forms = {term.id: (term.name, frozenset(variant.form for variant in term.variants)) for term in terms}
        self._spotter = spotter(names_of(terms))

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Match]:
        """Return the terms in `text[start:end]`, none overlapping another, in the order of the text.

        Spans are code points into the whole `text`; quotation marks around a name are not part of its span,
        those within it are.
        """
        piece = text[start:end]
        return [self._match(piece, start, *spot) for spot in self._spotter.spots(piece, _ALL)]

    def _match(self, piece: str, offset: int, start: int, end: int, name: int) -> Match:
        term, surface = self._spotter.term(name), piece[start:end]
        kind = match_type(surface, *self._forms[term])
        return Match(term, start + offset, end + offset, surface, kind, is_quoted(piece, start, end))


def match_type(surface: str, name: str, forms: Collection[str]) -> str:
    """Return `exact` (as the term's name is written), `variant` (as another of its printed forms is), or `folded`."""
    return EXACT if surface == name else VARIANT if surface in forms else FOLDED
