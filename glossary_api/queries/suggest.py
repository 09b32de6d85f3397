"""Names for whoever is still typing: by characters, by sound, by first letters, with a slip or two.

Four stages, each asked only while there is room: what is typed is the name (exact), its beginning (prefix), a later
part (contained), or nearly its beginning (fuzzy). In each stage names come before readings, readings before first
letters, much used terms before the others. Every tail of a name is in the index, so that a part is a beginning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, NamedTuple, TypedDict

import orjson

from glossary_api.store.documents import JsonObject, attributed
from glossary_api.store.fulltext import word
from glossary_api.store.opening import Select
from glossary_api.store.shapes import ReportNameDocument, TermNameDocument
from glossary_api.text.folding import fold_name
from glossary_api.text.sounds import spoken, typed

MATCHES = ("exact", "prefix", "contained", "fuzzy")
WAYS = ("name", "pinyin", "initials")

_WHOLE = {"name": "forms", "pinyin": "sounds", "initials": "initials"}
_TAILS = {"name": "tails", "pinyin": "sound_tails", "initials": "initial_tails"}
_SHORTEST = {"name": 3, "pinyin": 5}
"""Shorter questions have no slips: nearly everything is near them."""
_TWO_SLIPS = 8
"""From this length on, two slips are forgiven, below one."""
_COMPARED = 400
"""How many of the names that share a part with the question are compared with it, much used ones first."""


class Suggestion(NamedTuple):
    """A term that may be meant."""

    id: str
    name: str
    kind: str
    pinyin: str
    definition: str | None
    """What is said of it first."""
    of: JsonObject | None
    """Whose definition that is, unless it holds everywhere."""
    match: str
    """One of MATCHES."""
    by: str
    """One of WAYS."""

    @property
    def description(self) -> str | None:
        """Return the definition, after whose it is unless it holds everywhere."""
        return attributed(self._asdict())


class _Hit(NamedTuple):
    rank: int
    match: str
    by: str


class SuggestionDocument(TermNameDocument):
    """A suggested term."""

    pinyin: Annotated[str, "Reading of the name."]
    definition: Annotated[str | None, "What is said of it first."]
    of: Annotated[ReportNameDocument | None, "Whose definition that is, unless it holds everywhere."]
    match: Annotated[
        str,
        "What was typed: `exact`, all of it; `prefix`, its beginning; `contained`, a later part; `fuzzy`, nearly its"
        " beginning.",
        MATCHES,
    ]
    by: Annotated[str, "Whether that is its name, the name's Pinyin or the first letters of that.", WAYS]


class SuggestionsDocument(TypedDict):
    """The terms that may be meant, best first."""

    q: Annotated[str, "What was typed."]
    items: Annotated[list[SuggestionDocument], "The terms."]


def suggest(select: Select, asked: str, limit: int) -> list[Suggestion]:
    """Return up to `limit` terms that may be meant by what has been typed so far, best first, no term twice."""
    found: dict[int, _Hit] = {}
    for hit in _hits(select, fold_name(asked), typed(asked), limit):
        found.setdefault(hit.rank, hit)
        if len(found) == limit:
            break
    return _filled(select, list(found.values()))


def _hits(select: Select, key: str, letters: str | None, limit: int) -> Iterator[_Hit]:
    """Yield the terms by stage, some of them more than once; the later stages only run if someone asks on."""
    typed_as = {"name": key, "pinyin": letters, "initials": letters}
    for match, columns, sign in (("exact", _WHOLE, ""), ("prefix", _WHOLE, "*"), ("contained", _TAILS, "*")):
        for by in WAYS:
            if question := word(typed_as[by] or ""):
                ranks = _ranks(select, f"{columns[by]} : {question}{sign}", 2 * limit)
                yield from (_Hit(rank, match, by) for rank in ranks)
    if len(key) >= _SHORTEST["name"]:
        yield from (_Hit(rank, "fuzzy", "name") for rank in _near_names(select, key))
    if letters and len(letters) >= _SHORTEST["pinyin"]:
        yield from (_Hit(rank, "fuzzy", "pinyin") for rank in _near_sounds(select, letters))


def _near_names(select: Select, key: str) -> list[int]:
    """Return terms with a form of which the question is nearly the beginning, the nearest first.

    With so many slips in it, one of so many pieces and one has none: the first stands at the beginning, or another
    one further behind.
    """
    parts = {("{forms tails}" if number else "forms", piece) for number, piece in _pieces(key)}
    questions = [f"{columns} : {asked}*" for columns, piece in sorted(parts) if (asked := word(piece))]
    candidates = _ranks(select, " OR ".join(questions), _COMPARED) if questions else []
    rows = select(
        """SELECT p.rank, k.key FROM passages p JOIN keys k ON k.term = p.term
           WHERE p.rank IN (SELECT value FROM json_each(:ranks))""",
        {"ranks": orjson.dumps(candidates).decode()},
    )
    return _nearest(key, rows)


def _near_sounds(select: Select, letters: str) -> list[int]:
    """Return terms of whose reading the question is nearly the beginning, the nearest first."""
    parts = {
        f"letters : ({_within(piece)})" if number else f"sounds : {word(piece)}*" for number, piece in _pieces(letters)
    }
    questions = sorted(parts)
    candidates = _ranks(select, " OR ".join(questions), _COMPARED)
    rows = select(
        """SELECT p.rank, t.pinyin FROM passages p JOIN terms t ON t.rank = p.term
           WHERE p.rank IN (SELECT value FROM json_each(:ranks))""",
        {"ranks": orjson.dumps(candidates).decode()},
    )
    return _nearest(letters, [(rank, spoken(pinyin)) for rank, pinyin in rows])


def _within(piece: str) -> str:
    """Return a question for readings that may have a piece in them, of two letters or more.

    Where in them is not asked.
    """
    if len(piece) < 3:
        return f"{word(piece)}*"
    return " AND ".join(f"{word(piece[start : start + 3])}" for start in range(len(piece) - 2))


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield a text in one piece more than it may have slips, each with its number from 0.

    Two letters swapped where one piece ends and the next begins would spoil both: so with these swapped back as well.
    """
    count = slips_in(text) + 1
    ends = [round(len(text) * number / count) for number in range(count + 1)]
    swapped = [text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :] for at in ends[1:-1]]
    for each in (text, *swapped):
        yield from ((number, each[ends[number] : ends[number + 1]]) for number in range(count))


def slips_in(asked: str) -> int:
    """Return how many slips are forgiven in a question: letters too many, too few, wrong or swapped with the next."""
    return 2 if len(asked) >= _TWO_SLIPS else 1


def _nearest(asked: str, candidates: Sequence[tuple[int, str]]) -> list[int]:
    from rapidfuzz.distance import OSA  # compiled; only those who look for slips need it
    from rapidfuzz.process import cdist

    slips = slips_in(asked)
    lengths = range(max(1, len(asked) - slips), len(asked) + slips + 1)
    beginnings = [form[:length] for _, form in candidates for length in lengths]
    if not beginnings:
        return []
    apart = cdist([asked], beginnings, scorer=OSA.distance, score_cutoff=slips).reshape(-1, len(lengths)).min(axis=1)
    near = sorted((slip, rank) for slip, (rank, _) in zip(apart.tolist(), candidates, strict=True))
    return [rank for slip, rank in near if slip <= slips]


def slips_to(asked: str, form: str, most: int) -> int:
    """Return how many slips lead from the beginning of a form to what was typed; `most` + 1 for any more."""
    from rapidfuzz.distance import OSA  # compiled; only those who look for slips need it

    ends = range(max(1, len(asked) - most), min(len(form), len(asked) + most) + 1)
    return min((OSA.distance(asked, form[:end], score_cutoff=most) for end in ends), default=most + 1)


def _ranks(select: Select, question: str, limit: int) -> list[int]:
    rows = select(
        """SELECT rowid FROM suggestion_search WHERE suggestion_search MATCH :question ORDER BY rowid LIMIT :limit""",
        {"question": question, "limit": limit},
    )
    return [row[0] for row in rows]


def _filled(select: Select, hits: Sequence[_Hit]) -> list[Suggestion]:
    rows = select(
        """SELECT p.rank, unpacked_document(t.summary) FROM passages p JOIN terms t ON t.rank = p.term
           WHERE p.rank IN (SELECT value FROM json_each(:ranks))""",
        {"ranks": orjson.dumps([hit.rank for hit in hits]).decode()},
    )
    terms = {rank: orjson.loads(summary) for rank, summary in rows}
    shown = ("id", "name", "kind", "pinyin", "definition", "of")
    return [Suggestion._make((*(terms[hit.rank][name] for name in shown), hit.match, hit.by)) for hit in hits]
