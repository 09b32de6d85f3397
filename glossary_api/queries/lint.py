"""A draft looked over before it is delivered: what it leaves unexplained, and where it contradicts itself or others.

Beside `harvest.py` the only place where the parser meets an edition. Serving loads it when the first draft comes.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import orjson

from glossary_api.model.messages import Message
from glossary_api.model.things import CountCheck, Document, ParsedReport, Passage, Slogan
from glossary_api.model.words import INFO, QUESTION
from glossary_api.parsing.kinds import NUMERAL
from glossary_api.parsing.parse import parse
from glossary_api.queries.contradictions import DRAFT, Claim, contradiction
from glossary_api.queries.finding_kinds import CONTRADICTION, UNDEFINED
from glossary_api.queries.rank import Asked, RankedSense, meant, rank, standing
from glossary_api.queries.standpoint import seen_from
from glossary_api.store.edition import Edition, JsonObject
from glossary_api.store.opening import Stored
from glossary_api.text.abridging import quoted
from glossary_api.text.damage import severity_of
from glossary_api.text.folding import core_of, fold_name
from glossary_api.text.places import NamedPlace
from glossary_api.text.surroundings import AROUND, NameUse, context

_SAME_PLACE = "same-place"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that the author of a draft should look at."""

    kind: str
    """One of OF_A_DRAFT."""
    severity: str
    """One of SEVERITIES."""
    message: Message
    start: int
    """Span in the draft, half open, in code points."""
    end: int
    term: Stored | None = None
    """The term of the edition that the remark is about."""
    other: RankedSense | None = None
    """What another report says by the same name."""
    ambiguous: bool = False
    """Whether other reports mean different things by the name and none stands nearer than all others."""


@dataclass(frozen=True, slots=True)
class Review:
    """A draft as it was understood, and the remarks on it in the order of the text."""

    parsed: ParsedReport
    asked: Asked
    """Where and when the draft stands, as the caller said or as its title block says."""
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class _Own:
    """A definition that the draft itself gives."""

    name: str
    definition: Passage
    members: tuple[Passage, ...]
    check: CountCheck


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the draft where a term of the edition stands."""

    start: int
    end: int
    term: str
    """Term id."""


def review(
    text: str,
    edition: Edition,
    spots: Sequence[Spot] = (),
    place: NamedPlace | None = None,
    date: str | None = None,
) -> Review:
    """Look over a draft from a place, delivered on a day, ISO 8601; without them its title block says where and when.

    `spots` are the places where it uses terms of the edition, quoted or not, in the order of the text. Raises
    NotAReport for a text that no report can be (`parse`).
    """
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    parsed = parse(Document("draft", text, digest, "text"), draft=True)
    asked = _asked(parsed, place, date)
    own = list(_own(parsed))
    known = edition.terms_named({name for slogan in parsed.slogans for name in _names(slogan)} | {o.name for o in own})
    remarks = [
        Remark(found.kind, severity_of(found.kind, text, found.start, found.end), found.message, found.start, found.end)
        for found in parsed.findings
    ]
    explained = {key for definition in own for key in _keys(definition.name)}
    remarks += _undefined(parsed, explained, known, asked, edition)
    used = [spot for spot in spots if any(start <= spot.start < end for start, end in parsed.body)]
    remarks += _used(text, used, explained, edition, asked)
    remarks += _contradictions(own, known, asked, edition)
    return Review(parsed, asked, tuple(sorted(remarks, key=lambda remark: (remark.start, remark.end, remark.kind))))


def _asked(parsed: ParsedReport, place: NamedPlace | None, date: str | None) -> Asked:
    report = parsed.report
    if place is None:
        return Asked(place=report.place, code=report.place_code, date=date or report.date)
    return Asked(place=place.name, code=place.code, date=date or report.date)


def _own(parsed: ParsedReport) -> Iterator[_Own]:
    for entry in parsed.entries:
        for term in entry.terms:
            yield _Own(term.name, term.definition, term.members, term.count_check)
    for slogan in parsed.slogans:
        if (inline := slogan.inline) is not None:
            expansion = Passage(quoted(parsed.report.text, inline), inline.start, inline.end)
            check = CountCheck("pass", len(inline.members), len(inline.members))
            yield _Own(slogan.text, expansion, inline.members, check)


def _undefined(
    parsed: ParsedReport,
    explained: set[str],
    known: Mapping[str, Stored],
    asked: Asked,
    edition: Edition,
) -> Iterator[Remark]:
    """Yield slogans that the draft does not explain, each where it first stands.

    Their keys join the `explained` ones.
    """
    for slogan in parsed.slogans:
        keys = {key for name in _names(slogan) for key in _keys(name)}
        if keys & explained or not keys:
            continue
        explained |= keys
        term = next((known[name] for name in _names(slogan) if name in known), None)
        yield _unexplained(
            parsed.report.text, slogan.text, slogan.kind, (slogan.start, slogan.end), term, asked, edition
        )


def _used(text: str, spots: Sequence[Spot], explained: set[str], edition: Edition, asked: Asked) -> Iterator[Remark]:
    """Yield terms that other reports explain and the draft uses without quotation marks and without explaining them."""
    terms = edition.terms_with({spot.term for spot in spots})
    for spot in spots:
        term, words = terms[spot.term], text[spot.start : spot.end]
        keys = _keys(words) | _keys(term.name)
        if term.senses and not keys & explained:
            explained |= keys
            yield _unexplained(text, words, term.kind, (spot.start, spot.end), term, asked, edition)


def _unexplained(
    text: str,
    words: str,
    kind: str,
    span: tuple[int, int],
    term: Stored | None,
    asked: Asked,
    edition: Edition,
) -> Remark:
    severity = QUESTION if kind == NUMERAL else INFO
    if term is None or not term.senses:
        return Remark(UNDEFINED, severity, Message("nobody-explains", name=words), *span, term)
    use = NameUse(words, *context(text, *span, AROUND), None, asked.place, asked.code, asked.year)
    ranking = meant(_senses(edition, term, asked), use, asked, edition.title_blocks)
    if not ranking.senses:
        return Remark(UNDEFINED, severity, Message("explained-but-not-here", name=words), *span, term)
    nearest = ranking.senses[0]
    message = (
        Message("explained-differently", name=words, count=len(ranking.senses))
        if ranking.ambiguous
        else Message("explained-elsewhere", name=words, origin=_origin(nearest))
    )
    return Remark(UNDEFINED, severity, message, *span, term, nearest, ranking.ambiguous)


def _contradictions(
    own: Sequence[_Own], known: Mapping[str, Stored], asked: Asked, edition: Edition
) -> Iterator[Remark]:
    """Yield definitions of the draft with other members, or more or fewer, than another report of its place has."""
    of_the_place = {name: _of_the_place(term, asked, edition) for name, term in known.items()}
    for definition in own:
        for others in of_the_place.get(definition.name, ()):
            differences = [_difference(definition, other) for other in others]
            told = [(message, other) for message, other in zip(differences, others, strict=True) if message]
            if "" in differences or not told:
                continue
            message, other = told[0]
            yield Remark(
                CONTRADICTION,
                QUESTION,
                message,
                definition.definition.start,
                definition.definition.end,
                known[definition.name],
                other,
            )


def _of_the_place(term: Stored, asked: Asked, edition: Edition) -> list[list[RankedSense]]:
    """Return the definitions of a term by each report of the place asked for."""
    found: defaultdict[str, list[RankedSense]] = defaultdict(list)
    for sense in _senses(edition, term, asked):
        for definition in sense["definitions"]:
            if standing(definition, asked, edition.title_blocks) == _SAME_PLACE:
                alone = rank([sense | {"definitions": [definition]}], asked, edition.title_blocks).senses[0]
                found[definition["source"]["report"]].append(alone)
    return [found[report] for report in sorted(found)]


def _senses(edition: Edition, term: Stored, asked: Asked) -> list[JsonObject]:
    return seen_from(edition.select, orjson.loads(term.document), asked)


def _difference(own: _Own, other: RankedSense) -> Message | Literal[""] | None:
    mine = Claim(tuple(member.text for member in own.members), own.check.found)
    return contradiction(mine, Claim.of(other.definition), DRAFT, name=own.name, origin=_origin(other))


def _origin(sense: RankedSense) -> str:
    source = sense.definition["source"]
    return " ".join(str(part) for part in (source["place"], source["year"]) if part) or str(source["report"])


def _names(slogan: Slogan) -> list[str]:
    """Return what a slogan may be looked up by: the longer name that it is the core of, and itself."""
    return [slogan.whole.text, slogan.text] if slogan.whole else [slogan.text]


def _keys(name: str) -> set[str]:
    """Return the folded name and its quoted core: an entry for 安全生产“六化” explains 六化 too."""
    return {key for key in (fold_name(name), fold_name(core_of(name) or "")) if key}
