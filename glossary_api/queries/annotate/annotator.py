"""From a text to its terms, each with the senses that it has there on evidence.

This is on the way of every request to annotate, hence plain dicts, no schema, and senses ranked once for all callers
who stand at the same place and all matches on which the verdicts are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Annotated, Any, NamedTuple, TypedDict, cast

import orjson

from glossary_api.matching.matcher import match_type
from glossary_api.matching.names import Hit, Name
from glossary_api.matching.spotting import AS_USUAL, Spotter, Wanted
from glossary_api.model.messages import ENGLISH
from glossary_api.model.words import EXACT, MATCH_TYPES
from glossary_api.queries.rank import Asked, Contender, by_verdict, candidates_of, explanation
from glossary_api.queries.standpoint import seen_from
from glossary_api.store.edition import Edition
from glossary_api.store.opening import Stored, by_id
from glossary_api.store.shapes import (
    Bounds,
    RankedSenseDocument,
    RefusedSenseDocument,
    RenderingDocument,
    StatedTermDocument,
)
from glossary_api.text.bearing import judged
from glossary_api.text.folding import core_of
from glossary_api.text.freedom import FREE, RARE, freest, is_core
from glossary_api.text.freedom import SHORT as SHORT_NAME
from glossary_api.text.places import NOT_HELD, standing
from glossary_api.text.surroundings import (
    AROUND,
    GivenMeaning,
    NameUse,
    context,
    field_before,
    listed_before,
    neighbours,
    neighbours_of,
    owner_before,
    runs_around,
    runs_of,
)

JsonObject = dict[str, Any]

FIRST, EVERY, NONE = GLOSSES = ("first", "every", "none")
SHORT = "ambiguous-short"
"""The match type of a name that something has to vouch for and nothing in the text does: it may be mere words."""
_ANY_TEXT = "“一”"
"""Annotated once beforehand: tables that folding makes are then there before a server forks, and shared."""
_KEPT = 30_000
"""How many names are kept at hand with what matches say of their terms; some kilobytes each."""
_KEPT_STANDPOINTS = 200
"""For how many standpoints."""
Verdicts = Sequence[Sequence[str]]
_NOTHING: list[Any] = []
"""The one empty list that all matches share which have nothing to say: it is always near in memory."""


class MatchDocument(TypedDict):
    """A term in the text."""

    start: Annotated[int, "Offset of its first character, in `offset_unit`.", Bounds(0)]
    end: Annotated[int, "Offset behind it, in `offset_unit`.", Bounds(0)]
    text: Annotated[str, "Exactly what stands in the span."]
    match_type: Annotated[
        str,
        "How it is written: `exact`, the term's preferred form; `variant`, another printed form; `folded`, the same"
        " but for quotation marks, white space, width, traditional characters or the way numerals are written;"
        f" `{SHORT}`: however written, a name that something has to vouch for and nothing in the text does, which was"
        " asked for.",
        (*MATCH_TYPES, SHORT),
    ]
    term: Annotated[StatedTermDocument, "The term."]
    ambiguous: Annotated[
        bool | None,
        "Whether the two best senses tie, so that to take the first is to guess; null where no sense is given.",
    ]
    senses: Annotated[
        list[RankedSenseDocument] | None,
        "What it means, best first, on evidence from the text around it, the place and the day; empty if nothing"
        " known explains it here, null where `gloss` leaves it out.",
    ]
    elsewhere: Annotated[
        list[RefusedSenseDocument] | None,
        "What the name means elsewhere, each with why it is not taken; null where `gloss` leaves it out.",
    ]
    equivalents: Annotated[
        list[RenderingDocument] | None,
        "How it is rendered in other languages, by sense; null where `gloss` leaves it out.",
    ]


class TermJudge:
    """Judges uses of a name by what its senses are explained with.

    What stands around most of them cannot change the verdict, and is not looked at: that is done by words that they
    share with an explanation, by the words right beside the name, and by an owner or a field before it. A use that has
    none of these is judged as one without surroundings, once for all.
    """

    def __init__(self, senses: Sequence[Sequence[GivenMeaning]]) -> None:
        """Take the explanations of each sense, as `judged` does."""
        self._senses = senses
        self._heads = {one.head for sense in senses for one in sense if one.head}
        self._alone: dict[NameUse, Verdicts] = {}

    def judged(self, use: NameUse) -> Verdicts:
        """Return what `bearing.judged` returns."""
        if use.left is None or use.right is None or self._may_matter(use, use.left, use.right):
            return judged(self._senses, use)
        alone = replace(use, left="", right="")
        if alone not in self._alone:
            self._alone[alone] = judged(self._senses, alone)
        return self._alone[alone]

    def _may_matter(self, use: NameUse, left: str, right: str) -> bool:
        """Return whether the surroundings of a use may change the verdict."""
        frees = {freest(use.name, head) for head in (use.name, *self._heads)}
        if use.report is not None or core_of(use.name) is not None or listed_before(use.name, left):
            return True
        if any(is_core(use.name, head) for head in self._heads):
            return True
        if (FREE in frees and len(owner_before(left)) > 1) or (SHORT_NAME in frees and field_before(left)):
            return True
        if frees == {RARE} and len(self._senses) == 1 and use.year is None:
            return False
        if not all(map(frozenset.isdisjoint, self._runs, runs_around(left, right))):
            return True
        return (frees != {RARE} or use.year is not None) and not self._neighbours.isdisjoint(neighbours(left, right))

    @cached_property
    def _runs(self) -> tuple[frozenset[str], frozenset[str]]:
        found = [runs_of((one.text, *one.beside)) for sense in self._senses for one in sense]
        longer, shorter = (frozenset().union(*runs) for runs in zip(*found, strict=True))
        return longer, shorter

    @cached_property
    def _neighbours(self) -> frozenset[tuple[str, str]]:
        return frozenset(pair for sense in self._senses for one in sense for pair in neighbours_of(one.beside))


@dataclass(frozen=True, slots=True)
class Standpoint:
    """A caller's place, day and languages: for all callers with the same, senses are ranked and worded alike."""

    asked: Asked = field(default_factory=Asked)
    language: str = ENGLISH
    """Of the reasons: one of those of `languages.py`."""
    rendered: str | None = None
    """Language of the renderings that are wanted, in lower case; None for all."""


@dataclass(frozen=True, slots=True)
class AnnotateQuestion:
    """The wishes of a caller who has a text annotated."""

    wanted: Wanted = AS_USUAL
    standpoint: Standpoint = field(default_factory=Standpoint)
    gloss: str = FIRST
    """Which matches of a term say what it means: FIRST, EVERY or NONE of them."""


class _Gloss(NamedTuple):
    """The meaning that a match shows."""

    ambiguous: bool
    senses: list[RankedSenseDocument]
    elsewhere: list[RefusedSenseDocument]
    equivalents: list[RenderingDocument]


@dataclass(frozen=True, slots=True)
class _View:
    """Everything that matches may show of a term, as seen from one standpoint."""

    name: str
    forms: frozenset[str]
    term: StatedTermDocument
    document: JsonObject
    judge: TermJudge | None
    """Who says which senses a match has; None for a term without any."""
    candidates: Sequence[Sequence[Contender]]
    """The definitions of each sense."""
    where: tuple[str | None, str | None, str | None, int | None]
    """Report, place, code and year of the standpoint."""
    glosses: dict[tuple[tuple[str, ...], ...], _Gloss]
    """What was said so far, by the verdicts on the explanations."""


class _Views:
    """The terms that have been met so far, as seen from one standpoint."""

    def __init__(self) -> None:
        self.by_term: dict[str, _View] = {}
        self.by_name: dict[int, _View] = {}
        """By the number of a name; names of one term have one view."""


class Annotator:
    """Finds the terms of an edition in texts. Safe to share between threads and to carry over a fork."""

    def __init__(self, edition: Edition) -> None:
        """Take the automata that are attached to the edition; build them where there are none that fit."""
        # Not the edition: whoever lets go of it lets go of its files and automata at once, without waiting for the
        # collector of garbage to come by, which a server seldom lets look at everything.
        self._select, self._blocks = edition.select, edition.title_blocks
        self._spotter = _attached(edition) or Spotter.of(Name(*own) for own in edition.key_owners())
        self._views: dict[Standpoint, _Views] = {}
        self.matches(_ANY_TEXT)

    def matches(self, text: str, question: AnnotateQuestion = AnnotateQuestion()) -> list[MatchDocument]:
        """Return the matches in a text, by start, longer ones first; offsets count code points.

        Matches share what they say: nobody may change it.
        """
        spots = self._spotter.spots(text, question.wanted)
        views = self._seen(spots, question.standpoint)
        explained, once = question.gloss != NONE, question.gloss == FIRST
        done: set[int] = set()
        matches: list[MatchDocument] = []
        for start, end, number in spots:
            # What is not needed is not touched: fetching it from memory is most of what a match costs.
            view, surface = views[number], text[start:end]
            match: MatchDocument = {
                "start": start,
                "end": end,
                "text": surface,
                "match_type": EXACT if surface == view.name else match_type(surface, view.name, view.forms),
                "term": view.term,
                "ambiguous": None,
                "senses": None,
                "elsewhere": None,
                "equivalents": None,
            }
            if explained and id(view) not in done:
                gloss = self._gloss(view, text, (start, end), question.standpoint)
                match["ambiguous"], match["senses"], match["elsewhere"], match["equivalents"] = gloss
                if once:
                    done.add(id(view))
            matches.append(match)
        if question.wanted.short or question.wanted.mentions:
            self._name_short_ones(text, spots, matches)
        return matches

    def _name_short_ones(self, text: str, spots: Sequence[Hit], matches: Sequence[MatchDocument]) -> None:
        doubtful = self._spotter.doubtful(text, spots)
        for spot, match in zip(spots, matches, strict=True):
            if spot in doubtful:
                match["match_type"] = SHORT

    def _seen(self, spots: Sequence[Hit], standpoint: Standpoint) -> dict[int, _View]:
        """Return the terms as seen from a standpoint, by the numbers of the names in `spots`, and others besides."""
        kept = self._views
        full = sum(len(views.by_name) for views in list(kept.values())) > _KEPT
        if full or (len(kept) >= _KEPT_STANDPOINTS and standpoint not in kept):
            kept = self._views = {}
        views = kept.setdefault(standpoint, _Views())
        missing = {name: self._spotter.term(name) for _, _, name in spots if name not in views.by_name}
        if missing:
            unknown = [id_ for id_ in missing.values() if id_ not in views.by_term]
            for id_, stored in by_id(self._select, unknown).items():
                views.by_term.setdefault(
                    id_, self._view(stored, standpoint.asked)
                )  # another thread may have come first
            views.by_name.update((name, views.by_term[id_]) for name, id_ in missing.items())
        return views.by_name

    def _view(self, stored: Stored, asked: Asked) -> _View:
        document, blocks = orjson.loads(stored.document), self._blocks
        senses = seen_from(self._select, document, asked)
        document["senses"] = senses
        judge = TermJudge([[explanation(one, blocks) for one in sense["definitions"]] for sense in senses])
        forms = frozenset(variant["form"] for variant in document["variants"])
        term: StatedTermDocument = {
            "id": stored.id,
            "name": stored.name,
            "kind": stored.kind,
            "status": document["status"],
        }
        where = asked.report, asked.place, asked.code, asked.year
        candidates = candidates_of(senses, asked, blocks)
        return _View(stored.name, forms, term, document, judge if senses else None, candidates, where, {})

    def _gloss(self, view: _View, text: str, span: tuple[int, int], standpoint: Standpoint) -> _Gloss:
        """Return what a match says, by its surroundings; made once for all matches with the same verdicts."""
        verdicts: Verdicts = ()
        if view.judge is not None:
            left, right = context(text, *span, AROUND)
            verdicts = view.judge.judged(NameUse(text[slice(*span)], left, right, *view.where))
        key = tuple(map(tuple, verdicts))
        if key not in view.glosses:
            view.glosses[key] = self._said(view, verdicts, standpoint)
        return view.glosses[key]

    def _said(self, view: _View, verdicts: Verdicts, standpoint: Standpoint) -> _Gloss:
        document = view.document
        ranking = by_verdict(document["senses"], view.candidates, verdicts, standpoint.asked)
        senses = [ranked.document(standpoint.language) for ranked in ranking.senses]
        elsewhere = [refused.document(standpoint.language) for refused in ranking.elsewhere]
        rendered = [
            *((one, ranked.sense["id"]) for ranked in ranking.everything for one in ranked.sense["equivalents"]),
            *((one, None) for one in document["equivalents"]),
        ]
        equivalents = [
            cast("RenderingDocument", {**equivalent, "sense": sense})
            for equivalent, sense in _used_there(rendered, standpoint.asked)
            if standpoint.rendered is None or _is_of(equivalent["language"].lower(), standpoint.rendered)
        ]
        return _Gloss(ranking.ambiguous, senses or _NOTHING, elsewhere or _NOTHING, equivalents or _NOTHING)


def _used_there(
    rendered: Iterable[tuple[JsonObject, str | None]], asked: Asked
) -> Iterator[tuple[JsonObject, str | None]]:
    """Yield what is used in the place and on the day asked for, or may be; other renderings say so of themselves."""
    where = asked.place, asked.code, asked.date
    return ((one, sense) for one, sense in rendered if standing(one, *where) != NOT_HELD)


def _attached(edition: Edition) -> Spotter | None:
    """Return the automata that are attached to an edition, None where they lead to other terms than it has."""
    spotter = Spotter.unpack(edition.attachment)
    named = edition.select("SELECT DISTINCT t.id FROM keys k JOIN terms t ON t.rank = k.term")
    return spotter if spotter and spotter.terms() == {id_ for (id_,) in named} else None


def _is_of(language: str, wanted: str) -> bool:
    """Return whether a language tag is the wanted one or one of its kinds: en-gb for en (RFC 4647, basic filtering)."""
    return language == wanted or language.startswith(f"{wanted}-")
