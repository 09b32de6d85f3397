"""Weigh what speaks for a name's being a term, and against it.

What the reports print around a quotation tells names from scare quotes, pictures and ordinary words: the noun of an
undertaking behind it, a verb of naming before it, a footnote mark, other reports that quote the same. The signs are
patterns with examples (`parsing/status.json`), the rules are in `reasons.py`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from sys import intern

from glossary_api.harvesting.desk import Desk
from glossary_api.harvesting.lexicon import is_word
from glossary_api.harvesting.origins import Told, origins_of, told_of
from glossary_api.harvesting.reasons import SPEECH, Elsewhere, QuotedPlace, WeighedPhrase, reason_for
from glossary_api.harvesting.stages import QUOTATIONS, SENTENCES, UNQUOTED, WEIGHED
from glossary_api.matching.names import Automaton
from glossary_api.model.things import Equivalent, Evidence, ParsedReport, Term
from glossary_api.model.words import CANDIDATE, ESTABLISHED, REASONS_FOR, REJECTED
from glossary_api.parsing.patterns import matches
from glossary_api.text.folding import (
    BRACKETS,
    CIRCLED,
    CLOSING_QUOTES,
    OPENING_QUOTES,
    QUOTES,
    fold_name,
    fold_text,
    plain,
)

_REACH = 16
"""How many plain characters before and behind a quotation are looked at."""
_CONTEXT = 80
"""How many characters of the source are read for that: other quotations of a row are skipped."""
_TO_MARK = 12
"""How far behind a quotation the mark may stand that explains it: “零关税”清单［8］."""

_ENDS = tuple("。!?")
_STOP = re.compile(rf"[、，。；：,;:{re.escape(OPENING_QUOTES)}\n]")
_OPENING, _CLOSING = (re.escape(plain(signs) + "\"'") for signs in (OPENING_QUOTES, CLOSING_QUOTES))
_MARKS = rf"(?:[{re.escape(CIRCLED)}]|[{re.escape(plain(BRACKETS))}]\d{{1,3}}[\])〕】])*"
_QUOTATION = rf"[{_OPENING}][^{_OPENING}{_CLOSING}]{{1,30}}[{_CLOSING}]{_MARKS}"
_CLOSE = re.compile(rf"{_MARKS}[{_CLOSING}]{_MARKS}")
_ROW_BEHIND = re.compile(rf"(?:[、和与及,]?{_QUOTATION})*等?")
_ROW_BEFORE = re.compile(rf"(?:{_QUOTATION}[、和与及,]?)+$")


_SIGNS = {
    **dict.fromkeys(("naming", "undertaking", "notion", "turned"), 1),
    **dict.fromkeys(("named", "figure", "speech", "predicate", "scare", "work"), 0),
    "title": 2,
}
"""Groups of `parsing/status.json`, and which they are looked for in: what stands before, behind, or name and behind."""


@dataclass(frozen=True, slots=True)
class Quotations:
    """Hold what the reports quote, and which of them are one: found out before it is known what terms there are."""

    told: Iterator[Told]
    found: Iterator[tuple[str, str, list[_Quotation]]]

    @classmethod
    def of(cls, reports: Sequence[ParsedReport], desk: Desk) -> Quotations:
        """Begin to look for them."""
        return cls(desk.at_stage(SENTENCES, told_of, reports), desk.at_stage(QUOTATIONS, _quotations, reports))


def weighed(
    terms: Iterable[Term], reports: Sequence[ParsedReport], quotations: Quotations, desk: Desk
) -> tuple[Term, ...]:
    """Give each term its status and the evidence of it; the same whatever the order of the reports."""
    terms = tuple(terms)
    owners = {key: term.id for term in terms for key in term.keys}
    places = _places(quotations, owners)
    names = {term.id: _name_of(term, places[term.id]) for term in terms}
    elsewhere = _elsewhere(names.values(), reports, desk)
    phrases = [
        WeighedPhrase(
            names[term.id],
            term.kind,
            places[term.id],
            sum(d.source.type == "appendix" for sense in term.senses for d in sense.definitions),
            elsewhere.get(fold_name(names[term.id]), Elsewhere()),
        )
        for term in terms
    ]
    reasons = desk.by_key(WEIGHED, list(map(_known_by, phrases)), lambda some: [reason_for(phrases[at]) for at in some])
    return tuple(map(_judged, terms, phrases, reasons))


def _known_by(phrase: WeighedPhrase) -> tuple[object, ...]:
    """Return what decides the reason for a phrase."""
    places = [_said(place.signs, marked=place.marked) for place in phrase.places]
    elsewhere = phrase.elsewhere.times, phrase.elsewhere.ordinary
    return phrase.name, phrase.kind, phrase.notes > 0, phrase.reports, elsewhere, places


@cache
def _said(signs: frozenset[str], *, marked: bool) -> str:
    return " ".join([*sorted(signs), "!" if marked else ""])


def approved(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Establish the terms of which a curator approved a rendering: what a person decided goes before the rules."""
    return tuple(
        replace(term, status=ESTABLISHED, evidence=replace(term.evidence, reason="curated"))
        if term.status == CANDIDATE
        and term.evidence.reason != REJECTED
        and any(rendering.status != "proposed" for rendering in _renderings(term))
        else term
        for term in terms
    )


def _renderings(term: Term) -> list[Equivalent]:
    return [*term.equivalents, *(rendering for sense in term.senses for rendering in sense.equivalents)]


def _judged(term: Term, phrase: WeighedPhrase, reason: str) -> Term:
    evidence = Evidence(
        reason=reason,
        notes=phrase.notes,
        quoted=len(phrase.places),
        unquoted=phrase.elsewhere.times,
        reports=phrase.reports,
        places=len({place.place for place in phrase.places}),
        naming=sum("naming" in place.signs for place in phrase.places),
        marked=sum(place.marked for place in phrase.places),
    )
    return replace(term, status=ESTABLISHED if reason in REASONS_FOR else CANDIDATE, evidence=evidence)


def _name_of(term: Term, places: Sequence[QuotedPlace]) -> str:
    """Return the form that is quoted most, of several its own name; that is also the name of what nobody quotes."""
    forms, own = Counter(place.form for place in places), _squeezed(term.name)
    return min(forms, key=lambda form: (-forms[form], form != own, form), default=own)


def _places(quotations: Quotations, owners: Mapping[str, str]) -> defaultdict[str, list[QuotedPlace]]:
    """Return where each term is quoted, by its id; where it is only vouched for, if it is never quoted."""
    quoted: defaultdict[str, list[QuotedPlace]] = defaultdict(list)
    vouched: defaultdict[str, list[QuotedPlace]] = defaultdict(list)
    origins = origins_of(list(quotations.told))
    for report, place, slogans in quotations.found:
        for key, is_quoted, form, signs, marked in slogans:
            if owner := owners.get(key):
                found = QuotedPlace(intern(form), origins[report], place, _one_of(signs), marked)
                (quoted if is_quoted else vouched)[owner].append(found)
    return defaultdict(list, {owner: quoted.get(owner) or vouched[owner] for owner in {*quoted, *vouched}})


_Quotation = tuple[str, bool, str, frozenset[str], bool]
"""The key of a slogan, whether it is quoted, its form, the signs that it shows, whether a mark follows."""


def _quotations(parsed: ParsedReport) -> tuple[str, str, list[_Quotation]]:
    """Return the id and the place of a report, and its slogans."""
    report, text = parsed.report, parsed.report.text
    whole = plain(text)  # at once, which is quicker than a piece for each slogan
    marks = sorted(mark.start for mark in parsed.marks)
    found: list[_Quotation] = []
    for slogan in parsed.slogans:
        is_quoted = text[max(slogan.start - 1, 0) : slogan.start] in set(QUOTES)
        form, (before, behind) = _squeezed(slogan.text), surroundings(whole, slogan.start, slogan.end)
        looked_at = (before, behind, f"{form}|{behind}")
        signs = frozenset(sign for sign, where in _SIGNS.items() if matches("status", sign, looked_at[where]))
        signs |= {"alone"} if before[-1:] in _ENDS and behind[:1] in _ENDS and len(form) > SPEECH else set()
        found.append((fold_name(slogan.text), is_quoted, form, signs, _is_marked(text, slogan.end, marks)))
    return report.id, report.place or report.id, found


@cache
def _one_of(signs: frozenset[str]) -> frozenset[str]:
    """Return the same object for equal sets: there are few, and very many places."""
    return signs


def surroundings(whole: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and behind a quoted span of a plain text in its paragraph: without white space,
    footnote marks and the quotations beside it; for 发扬“实干”“苦干”精神 and 苦干 that is 发扬 and 精神.
    """
    before = "".join(whole[max(start - _CONTEXT, 0) : start].rpartition("\n")[2].split())
    behind = "".join(whole[end : end + _CONTEXT].partition("\n")[0].split())
    before = _ROW_BEFORE.sub("", before[:-1] if before[-1:] in set(QUOTES) else before)
    behind = _CLOSE.sub("", behind, count=1) if _CLOSE.match(behind) else behind
    row = _ROW_BEHIND.match(behind)
    return before[-_REACH:], behind[row.end() if row else 0 :][:_REACH]


def _squeezed(text: str) -> str:
    return "".join(plain(text).split())


def _is_marked(text: str, end: int, marks: Sequence[int]) -> bool:
    """Tell whether a footnote mark follows, at once or behind the noun that the phrase belongs to."""
    following = bisect_left(marks, end)
    if following == len(marks) or marks[following] - end > _TO_MARK:
        return False
    return not _STOP.search(text, end, marks[following])


def _elsewhere(names: Iterable[str], reports: Sequence[ParsedReport], desk: Desk) -> dict[str, Elsewhere]:
    """Return for the key of each name where the bodies have its characters, but no slogan."""
    words: defaultdict[str, bool] = defaultdict(bool)
    for name in names:
        words[fold_name(name)] |= is_word(name)  # 一揽子 is one, its key 1揽子 is none
    times, ordinary = Counter[str](), Counter[str]()
    for counted, _ in desk.at_stage(UNQUOTED, Unquoted.of(words), reports):
        for key, here, among in counted:
            times[key] += here
            ordinary[key] += among
    return {key: Elsewhere(times[key], ordinary[key]) for key in words if key}


@dataclass(frozen=True, slots=True)
class Unquoted:
    """Counts where the body of a report has names unquoted."""

    machine: Automaton
    keys: Sequence[str]
    words: bytes
    """For each name whether it is a word of the dictionary."""

    @property
    def asked(self) -> dict[str, bool]:
        """Return the keys, each with whether it is a word."""
        return dict(zip(self.keys, map(bool, self.words), strict=True))

    @classmethod
    def of(cls, words: Mapping[str, bool]) -> Unquoted:
        """Look for names, given by their keys, of which each is a word of the dictionary or not."""
        ordered = sorted(key for key in words if key)
        return cls(Automaton(ordered), ordered, bytes(words[key] for key in ordered))

    def __call__(self, parsed: ParsedReport) -> tuple[list[tuple[str, int, int]], str]:
        """Return keys, times, and times without the noun of an undertaking behind; and the body, folded."""
        slogans = {(slogan.start, slogan.end) for slogan in parsed.slogans}
        whole = plain(parsed.report.text)  # at once: words of the dictionary stand everywhere
        times: Counter[int] = Counter()
        ordinary: Counter[int] = Counter()
        bodies: list[str] = []
        for start, end in parsed.body:
            folded = fold_text(parsed.report.text[start:end])
            bodies.append(folded.text)
            for first, last, number in self.machine.scan(folded.text):
                begin, stop = (start + offset for offset in folded.source_span(first, last))
                if (begin, stop) not in slogans:
                    times[number] += 1
                    if self.words[number]:
                        behind = "".join(whole[stop : stop + _REACH].split())
                        ordinary[number] += not matches("status", "undertaking", behind)
        return [(self.keys[number], here, ordinary[number]) for number, here in times.items()], "\n".join(bodies)
