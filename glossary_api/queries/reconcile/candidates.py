"""From queries to candidates: exact hits first, look-alikes only where there is none, scored from 0 to 100.

A batch is answered together: names and ids that are asked for are looked up in one SELECT each, and so are the
look-alikes that are handed out in the end. The index of suggestions finds every name that has one half of the one
asked for, whatever is wrong with the other half; only those are compared, so that a thousand names are done in a
fraction of a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from glossary_api.errors import BadParameter
from glossary_api.queries.reconcile.entities import PROPERTIES, TYPE, JsonObject, document_for
from glossary_api.queries.reconcile.said_otherwise import han_figures, named_within, sounding_like, undressed
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters
from glossary_api.store.opening import Select, Stored
from glossary_api.text.folding import fold_name
from glossary_api.text.places import NamedPlace

CANDIDATES = 5
"""How many candidates a query gets that does not say."""
MOST_CANDIDATES = 100
MOST_QUERIES = 1000
"""How many queries a batch may have."""
EXACT = 100.0
_ALIKE = 50.0
"""Per cent of characters in common below which two names have nothing to do with each other."""
_SEPARATING = re.compile(r"[\x00-\x20\x7f\"']")
"""What the index does not take for a part of a word."""
_COMPARED = 100
"""How many terms that share a half are compared, much used ones first; more share only what every name has."""
_LIKE = 0.95
"""What a look-alike has of its likeness: it never scores as an exact hit does."""
_NAME_SHARE = 0.75
"""What the name counts where a query has conditions besides; they count the rest."""
_LISTED = 200
"""Among how many terms those are looked for that meet conditions alone."""

_OF_PROPERTIES = [f"property_{name}" for name in PROPERTIES]
FEATURES = ("exact_name", "name_similarity", "defined", "senses", "reports", "usages", *_OF_PROPERTIES)
"""Id of every feature; those of properties come only where a query asks for the property."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Values of a property of which an entity should have one."""

    property: str
    """Id of an askable property."""
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """One question: which entity is meant?"""

    name: str | None = None
    """A name or an id."""
    conditions: tuple[Condition, ...] = ()
    typed: bool = True
    """Whether the types asked for, if any, have ours among them; else nothing fits."""
    limit: int = CANDIDATES

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> Query:
        """Return a checked query of version 0.2 of the protocol; OpenRefine sends an empty type for none."""
        types = query.get("type", ())
        types = list(filter(None, [types] if isinstance(types, str) else types))
        conditions = (Condition(item["pid"], _values(item["v"])) for item in query.get("properties", ()))
        return cls(
            name=query["query"] if query.get("query", "").strip() else None,
            conditions=tuple(condition for condition in conditions if condition.values),
            typed=not types or TYPE["id"] in types,
            limit=min(int(query.get("limit", CANDIDATES)), MOST_CANDIDATES),
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A term that may be the one that is meant."""

    term: Stored
    score: float
    match: bool
    """Whether it is the only exact hit and meets every condition: the one case in which nobody need look."""
    features: Mapping[str, float | bool]


def reconciled(edition: Edition, queries: Sequence[Query]) -> list[list[Candidate]]:
    """Return the candidates of each query, best first."""
    batch = _Batch(edition, queries)
    searches = [batch.search(query) for query in queries]
    batch.fetch({id_ for search in searches for id_ in search.likeness})
    return [batch.candidates(search) for search in searches]


@dataclass(frozen=True, slots=True)
class _Search:
    """A query and what was found for it."""

    query: Query
    exact: str | None
    """Id of the term that it names."""
    likeness: Mapping[str, float]
    """Ids of all terms found, with the likeness of their names in per cent."""


class _Batch:
    """The terms that the queries of one batch share: they were looked up together."""

    def __init__(self, edition: Edition, queries: Sequence[Query]) -> None:
        self._edition = edition
        names = {query.name for query in queries if query.name}
        asked = names | set(map(undressed, names))
        self._named = edition.terms_named(asked)
        self._known = edition.terms_with(asked) | {term.id: term for term in self._named.values()}
        self._places: dict[str, NamedPlace | None] = {}

    def fetch(self, ids: set[str]) -> None:
        """Look up what is not known yet."""
        self._known |= self._edition.terms_with(ids - self._known.keys())

    def search(self, query: Query) -> _Search:
        """Find the terms that a query names; else those with names like it; for one without names, by a condition."""
        exact = self._id_of(query.name) if query.name and query.typed else None
        if exact is not None:
            return _Search(query, exact, {exact: EXACT})
        if not query.typed:
            return _Search(query, None, {})
        found = self._alike(query.name, query.limit) if query.name else self._listed(query.conditions)
        return _Search(query, None, found)

    def candidates(self, search: _Search) -> list[Candidate]:
        """Return the candidates of a query, best first."""
        found = [self._scored(search, self._known[id_]) for id_ in search.likeness]
        return sorted(found, key=lambda c: (-c.score, c.term.name))[: search.query.limit]

    def _id_of(self, name: str) -> str | None:
        """Return the id of the term that has a name, dressed up for a list or not, or has it for an id."""
        term = self._named.get(name) or self._named.get(undressed(name))
        if term is None:
            return name if name in self._known else None
        is_written_alike = (han_figures(name) is None) == (han_figures(term.name) is None)
        return term.id if is_written_alike else None  # 一二三四五 is no 12345, whatever a report says of either

    def _alike(self, name: str, limit: int) -> dict[str, float]:
        """Return the terms that may be meant by a name that none has: it is said otherwise, or miswritten."""
        select = self._edition.select
        found = dict(similar(select, undressed(name), limit))
        for otherwise in (named_within(select, name), sounding_like(select, name)):
            found |= {id_: max(likeness, found.get(id_, 0.0)) for id_, likeness in otherwise.items()}
        return found

    def _listed(self, conditions: Iterable[Condition]) -> dict[str, float]:
        """Return terms that meet the first condition that can be listed.

        Whether they meet the others is counted later.
        """
        for condition in conditions:
            filters = [made for value in condition.values if (made := self._filter(condition.property, value))]
            found = [item["id"] for made in filters for item in self._edition.terms(made, _LISTED).items]
            if found:
                return dict.fromkeys(found, EXACT)
        return {}

    def _scored(self, search: _Search, term: Stored) -> Candidate:
        """Return a term with its score."""
        query, likeness, is_exact = search.query, search.likeness[term.id], term.id == search.exact
        met = self._met(query.conditions, term)
        name_score = likeness * _LIKE if query.name and not is_exact else EXACT
        share = sum(met) / len(met) if met else 1.0
        score = round(name_score * (_NAME_SHARE + (1 - _NAME_SHARE) * share), 2)
        sure = is_exact and all(met)
        return Candidate(term, score, sure, _features(search, term, met))

    def _met(self, conditions: Sequence[Condition], term: Stored) -> list[bool]:
        """Return whether a term meets each of the conditions."""
        asked = [condition.property for condition in conditions]
        document = document_for(self._edition, term, asked) if conditions else {}
        return [any(self._has(condition, document)) for condition in conditions]

    def _has(self, condition: Condition, document: JsonObject) -> list[bool]:
        """Return for each value of a condition whether the term has it."""
        if condition.property != "place":
            values = {str(value) for value in PROPERTIES[condition.property].values(document)}
            return [value in values for value in condition.values]
        blocks = [self._edition.title_blocks[report["id"]] for report in document["reports"]]
        asked = [self._place(value) for value in condition.values]
        return [
            place is not None and any(place.is_of(block["place"], block["place_code"]) for block in blocks)
            for place in asked
        ]

    def _place(self, value: str) -> NamedPlace | None:
        """Return the place that a value names; None for one that is not known or that several places are called."""
        if value not in self._places:
            try:
                self._places[value] = self._edition.places.find(value)
            except BadParameter:  # a cell of a table that names no place is no fault of the question
                self._places[value] = None
        return self._places[value]

    def _filter(self, name: str, value: str) -> TermFilters | None:
        """Return the filter that lists the terms with a value of a property; None where there is no such list."""
        match name:
            case "year":
                return TermFilters(year=int(value)) if value.isascii() and value.isdigit() and len(value) < 5 else None
            case "place":
                return TermFilters(place=value) if self._place(value) else None
            case "kind":
                return TermFilters(kind=value)
            case "report":
                return TermFilters(report=value)
        return None


def _features(search: _Search, term: Stored, met: Sequence[bool]) -> Mapping[str, float | bool]:
    asked: dict[str, bool] = {}
    for condition, is_met in zip(search.query.conditions, met, strict=True):
        name = f"property_{condition.property}"
        asked[name] = asked.get(name, True) and is_met
    named = {"name_similarity": round(search.likeness[term.id], 2)} if search.query.name else {}
    summary = orjson.loads(term.summary)
    counts = {name: summary[name] for name in ("defined", "senses", "reports", "usages")}
    return {"exact_name": term.id == search.exact} | named | counts | asked


def similar(select: Select, name: str, limit: int) -> list[tuple[str, float]]:
    """Return up to `limit` terms by id with their likeness in per cent (100: the same folded name), best first."""
    key = fold_name(name)
    kept = _SEPARATING.sub("", key)
    if not kept:
        return []
    from rapidfuzz import fuzz, process  # compiled; only those who look for likeness need it

    rows = select(
        """SELECT t.id, t.key, t.name FROM suggestion_search s
           JOIN passages p ON p.rank = s.rowid JOIN terms t ON t.rank = p.term
           WHERE s.suggestion_search MATCH :question ORDER BY s.rowid LIMIT :most""",
        {"question": "{forms tails} : (" + " OR ".join(map(_begun, _pieces(kept))) + ")", "most": _COMPARED},
    )
    # A term whose key is a quoted core, 6化, is known by the whole name too, 安全生产6化.
    forms = {(row[0], form): form for row in rows for form in {row[1], fold_name(row[2])}}
    best: dict[str, float] = {}
    for _, likeness, (found, _) in process.extract(key, forms, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None):
        best[found] = max(likeness, best.get(found, 0.0))
    return sorted(best.items(), key=lambda item: (-item[1], item[0]))[:limit]


def _begun(piece: str) -> str:
    """Return what finds the words that begin with a piece: every tail of a name is a word of the index."""
    return f'"{piece}"*'


def _pieces(key: str) -> list[str]:
    """Return the halves of a name; of three characters the two pairs; of two the name itself."""
    if len(key) < 3:
        return [key]
    half = max(2, len(key) // 2)
    return [key[:half], key[-half:]]


def _values(given: Any) -> tuple[str, ...]:
    """Return the values of a condition as strings; an entity stands for its id, an empty cell for nothing asked."""
    values = map(_value, given if isinstance(given, list) else [given])
    return tuple(value for value in values if value.strip())


def _value(given: Any) -> str:
    if isinstance(given, dict):
        return str(given["id"])
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, float) and given.is_integer():
        return str(int(given))
    return str(given)
