"""Weigh what speaks for a name's being a term, and against it.

What the reports print around a quotation tells names from scare quotes, pictures and ordinary words: the noun of an
undertaking behind it, a verb of naming before it, a footnote mark, other reports that quote the same. The signs are
patterns with examples (`parsing/status.json`), the rules below stand in the order in which they are tried.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from sys import intern

from glossary_api.harvesting.desk import Desk
from glossary_api.harvesting.lexicon import is_word
from glossary_api.harvesting.origins import origins_of
from glossary_api.harvesting.stages import QUOTATIONS, UNQUOTED
from glossary_api.matching.names import Automaton
from glossary_api.model.things import Equivalent, Evidence, ParsedReport, Term
from glossary_api.model.words import CANDIDATE, ESTABLISHED, NUMERAL, PLAN, REASONS_FOR, REJECTED
from glossary_api.parsing.kinds import kind_of
from glossary_api.parsing.patterns import matches
from glossary_api.text.folding import (
    BRACKETS,
    CIRCLED,
    CLOSING_QUOTES,
    OPENING_QUOTES,
    QUOTES,
    fold_name,
    fold_text,
    is_bare_count,
    plain,
)

_REACH = 16
"""How many plain characters before and behind a quotation are looked at."""
_CONTEXT = 80
"""How many characters of the source are read for that: other quotations of a row are skipped."""
_CLAUSE = 14
"""A quoted phrase of more characters is a clause, unless it is a row of parts built alike or is named as one thing."""
_LONGEST = 30
"""No name of one piece is longer."""
_PART, _UNLIKE = 9, 2
"""The parts of a slogan have at most so many characters, and differ by at most so many."""
_SHORT_PART = 5
"""The parts of a watchword have at most so many."""
_WATCHWORD = 4
"""Parts of so many characters built alike are no names of things in a row."""
_LONG_PART = 12
"""The parts of a principle that is named as such have at most so many."""
_PROVERB = 4
"""A word of so many characters says the same, quoted or not."""
_SPEECH = 6
"""A shorter phrase behind a verb of speaking may still be the name of what is spoken of."""
_SOME, _HALF = 0.3, 0.5
"""A share of the quotations that is no accident, and one that decides."""
_MANY = 3
"""So many independent reports make no accident of a phrase."""
_EVERYDAY, _OF_ANY = 50, 500
"""What the bodies have so many times as often unquoted as quoted is mere words: a number or a word, or anything …"""
_PIECE = 4
"""… of so few characters, which then is a piece of something else."""
_TO_MARK = 12
"""How far behind a quotation the mark may stand that explains it: “零关税”清单［8］."""

_NEVER_PICTURES = ("行动", "计划", "条例", "大赛", "论坛", "公约", "协定")
"""Nouns of undertakings that no picture is made of, as it is of 工程: 面子工程."""
_SPLIT = re.compile("[、,·]")
_ENDS = tuple("。!?")
_LISTING = re.compile("[、,与和]")
_NUMERAL_FIRST = re.compile(r"[一二两三四五六七八九十多\d]")
_LATIN = re.compile("[a-z]")
_STOP = re.compile(rf"[、，。；：,;:{re.escape(OPENING_QUOTES)}\n]")
_BRACKETED = re.compile(r"\([^()]*\)")
_OPENING, _CLOSING = (re.escape(plain(signs) + "\"'") for signs in (OPENING_QUOTES, CLOSING_QUOTES))
_MARKS = rf"(?:[{re.escape(CIRCLED)}]|[{re.escape(plain(BRACKETS))}]\d{{1,3}}[\])〕】])*"
_QUOTATION = rf"[{_OPENING}][^{_OPENING}{_CLOSING}]{{1,30}}[{_CLOSING}]{_MARKS}"
_CLOSE = re.compile(rf"{_MARKS}[{_CLOSING}]{_MARKS}")
_ROW_BEHIND = re.compile(rf"(?:[、和与及,]?{_QUOTATION})*等?")
_ROW_BEFORE = re.compile(rf"(?:{_QUOTATION}[、和与及,]?)+$")


@dataclass(frozen=True, slots=True)
class _Place:
    """A slogan with what stands around it, in plain form without white space, other quotations of its row skipped."""

    form: str
    """Plain, without white space."""
    origin: int
    """Number of the independent report."""
    place: str
    """Whose report it is."""
    signs: frozenset[str]
    """Those of _SIGNS that it shows."""
    marked: bool


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """The places where the bodies of the reports have the characters of a phrase, but no slogan."""

    times: int = 0
    ordinary: int = 0
    """Of a word of the dictionary: how many of these places have no noun of an undertaking behind."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """All that is known of a term before it is judged."""

    name: str
    """The commonest quoted form, plain, without white space."""
    kind: str
    places: Sequence[_Place]
    notes: int
    elsewhere: _Elsewhere

    def share(self, sign: str) -> float:
        """Return the share of the places that show a sign."""
        return sum(sign in place.signs for place in self.places) / len(self.places) if self.places else 0.0

    def looks(self, group: str) -> bool:
        """Tell whether the phrase itself shows a sign."""
        return matches("status", group, self.name)

    @property
    def naming(self) -> float:
        """Return the share with the noun of an undertaking or a principle behind."""
        return self.share("naming")

    @property
    def named(self) -> float:
        """Return the share with a verb of naming or carrying out before."""
        return self.share("named")

    @property
    def figure(self) -> float:
        """Return the share in a picture; a row of few characters built alike is none: 扛起“走在前、做示范”的责任."""
        return 0.0 if self.is_parallel and max(self._sizes) <= _SHORT_PART else self.share("figure")

    @property
    def reports(self) -> int:
        """Return how many independent reports quote it."""
        return len({place.origin for place in self.places})

    @property
    def _sizes(self) -> list[int]:
        """Return how many characters its parts have, what stands in brackets left out."""
        return [len(part) for part in _SPLIT.split(_BRACKETED.sub("", self.name))]

    @property
    def is_parallel(self) -> bool:
        """Tell whether it is a row of short parts of about one length: 深挖洞,广积粮."""
        sizes = self._sizes
        return len(sizes) > 1 and max(sizes) <= _PART and max(sizes) - min(sizes) <= _UNLIKE

    @property
    def is_long(self) -> bool:
        """Tell whether it is too long for a name of one piece."""
        if self.is_parallel or len(self.name) <= _CLAUSE:
            return False
        if len(self.name) > _LONGEST:
            return max(self._sizes) > _LONG_PART or not self.naming
        return not (self.naming or self.named)

    @property
    def names_a_word(self) -> bool:
        """Tell whether the reports use a word of the dictionary as the name of an undertaking."""
        if self.naming < _SOME:
            return False
        mostly_quoted = self.elsewhere.ordinary <= len(self.places) or len(self.name) >= _PROVERB
        undertaken = self.share("undertaking") >= _SOME
        agreed = self.reports > 1 and (self.naming >= _HALF or len(self.name) >= _PROVERB)
        return self.reports >= _MANY or (mostly_quoted and (agreed or undertaken))

    @property
    def is_everyday(self) -> bool:
        """Tell whether everybody writes it and hardly anybody quotes it: 四个, 提质, and 气质量, of 空气质量."""
        if len(self.name) > _PIECE or self.kind == PLAN or _LATIN.search(self.name):
            return False
        mere = (self.kind == NUMERAL and len(self.name) < _PIECE) or is_word(self.name)
        return self.elsewhere.times >= (_EVERYDAY if mere else _OF_ANY) * max(len(self.places), 1)

    @property
    def is_seldom_unquoted(self) -> bool:
        """Tell whether several reports quote a word of the dictionary, and nearly always."""
        return self.reports > 1 and self.elsewhere.ordinary <= len(self.places) / 4

    @property
    def is_habit(self) -> bool:
        """Tell whether many reports nearly always quote a word of the dictionary, and make no picture of it."""
        return self.reports >= _MANY and self.is_seldom_unquoted and self.figure < _SOME

    @property
    def is_sentence(self) -> bool:
        """Tell whether somebody speaks: behind a verb of speaking, or in a sentence that is nothing but quoted."""
        alone = self.share("alone") > _HALF
        return alone or (self.share("speech") >= _HALF and len(self.name) > _SPEECH and not self.is_parallel)

    @property
    def is_predicate(self) -> bool:
        """Tell whether it says how something is, what somebody is to do, or what somebody wrongly thinks."""
        said = not self.is_parallel and self.share("predicate") > _SOME
        return self.reports < _MANY and (said or self.share("notion") > _SOME)

    @property
    def is_list(self) -> bool:
        """Tell whether it lists things, or says something in clauses of unlike length: 甲业、乙业、丙业."""
        if self.is_parallel and ("," in self.name or min(self._sizes) >= _WATCHWORD):
            return False  # a watchword: 深挖洞,广积粮; 开通水路、构建山道
        return "," in self.name or len(_LISTING.split(self.name)) >= _MANY

    @property
    def is_verse(self) -> bool:
        """Tell whether it is a row of clauses of five characters or more that no noun or verb makes a name of."""
        named = self.naming or self.named or self.reports > 1
        return self.is_parallel and "," in self.name and min(self._sizes) > _WATCHWORD and not named

    @property
    def begins_with_number(self) -> bool:
        """Tell whether the first part counts, or each begins with a numeral: 一带、两通道, not 开源节流、三资盘活."""
        parts = _LISTING.split(self.name)
        return kind_of(parts[0]) == NUMERAL or all(map(_NUMERAL_FIRST.match, parts))

    @property
    def is_property(self) -> bool:
        """Tell whether it says how something is: 断崖式; two reports make 非粮化 the name of a process."""
        return self.looks("adjective") and self.reports < (2 if self.name.endswith("化") else _MANY)

    @property
    def has_own_noun(self) -> bool:
        """Tell whether it ends in the noun of an undertaking, and is no picture of one: 面子工程."""
        undertaken = self.name.endswith(_NEVER_PICTURES) and len(self._sizes) == 1
        pictured = self.figure >= _HALF and not undertaken
        return self.looks("own-noun") and not pictured and not self.looks("clause")


_RULES: tuple[tuple[str, Callable[[_Phrase], bool]], ...] = (
    ("note", lambda phrase: phrase.notes > 0),
    ("single-character", lambda phrase: len(phrase.name) < 2),
    ("sentence", lambda phrase: phrase.looks("sentence")),
    ("title", lambda phrase: phrase.share("title") > _HALF),
    ("title", lambda phrase: phrase.share("work") > _HALF),
    ("clause", lambda phrase: phrase.looks("ranking") or phrase.looks("row")),
    ("long", lambda phrase: phrase.is_long),
    ("ordinary-word", lambda phrase: phrase.is_everyday or is_bare_count(phrase.name)),
    ("numeral", lambda phrase: phrase.kind == NUMERAL and (not phrase.is_list or phrase.begins_with_number)),
    ("plan", lambda phrase: phrase.kind == PLAN),
    ("formula", lambda phrase: "+" in phrase.name),
    ("marked", lambda phrase: any(place.marked for place in phrase.places)),
    ("speech", lambda phrase: phrase.is_sentence),
    ("scare-quotes", lambda phrase: phrase.reports < 2 and phrase.share("scare") >= _HALF),
    ("own-noun", lambda phrase: phrase.has_own_noun),
    ("naming", lambda phrase: is_word(phrase.name) and phrase.names_a_word),
    ("reports", lambda phrase: is_word(phrase.name) and phrase.is_habit),
    ("ordinary-word", lambda phrase: is_word(phrase.name)),
    ("naming", lambda phrase: phrase.naming >= _SOME),
    ("clause", lambda phrase: phrase.looks("clause") and (phrase.reports < _MANY or phrase.figure > _SOME)),
    ("clause", lambda phrase: phrase.is_predicate or (phrase.looks("complement") and not phrase.is_parallel)),
    ("clause", lambda phrase: phrase.is_list and phrase.reports < 2 and not phrase.named),
    ("clause", lambda phrase: phrase.is_verse),
    ("clause", lambda phrase: phrase.looks("pair") and phrase.reports < _MANY),
    ("adjective", lambda phrase: phrase.is_property),
    ("figure", lambda phrase: phrase.looks("measure") and phrase.reports < _MANY),
    ("figure", lambda phrase: phrase.figure > _SOME or phrase.share("turned") > _SOME),
    ("reports", lambda phrase: phrase.reports > 1),
    ("named", lambda phrase: phrase.named > 0),
    ("once", lambda phrase: True),
)
"""Reasons in the order in which they are tried; the first that holds decides."""


_SIGNS = {
    **dict.fromkeys(("naming", "undertaking", "notion", "turned"), 1),
    **dict.fromkeys(("named", "figure", "speech", "predicate", "scare", "work"), 0),
    "title": 2,
}
"""Groups of `parsing/status.json`, and which they are looked for in: what stands before, behind, or name and behind."""


def weighed(terms: Iterable[Term], reports: Sequence[ParsedReport], desk: Desk | None = None) -> tuple[Term, ...]:
    """Give each term its status and the evidence of it; the same whatever the order of the reports."""
    terms, desk = tuple(terms), desk or Desk()
    owners = {key: term.id for term in terms for key in term.keys}
    places = _places(reports, owners, desk)
    names = {term.id: _name_of(term, places[term.id]) for term in terms}
    elsewhere = _elsewhere(names.values(), reports, desk)
    return tuple(
        _judged(term, names[term.id], places[term.id], elsewhere.get(fold_name(names[term.id]), _Elsewhere()))
        for term in terms
    )


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


def _judged(term: Term, name: str, places: Sequence[_Place], elsewhere: _Elsewhere) -> Term:
    notes = sum(d.source.type == "appendix" for sense in term.senses for d in sense.definitions)
    phrase = _Phrase(name, term.kind, places, notes, elsewhere)
    reason = next(reason for reason, holds in _RULES if holds(phrase))
    evidence = Evidence(
        reason=reason,
        notes=notes,
        quoted=len(places),
        unquoted=elsewhere.times,
        reports=phrase.reports,
        places=len({place.place for place in places}),
        naming=sum("naming" in place.signs for place in places),
        marked=sum(place.marked for place in places),
    )
    return replace(term, status=ESTABLISHED if reason in REASONS_FOR else CANDIDATE, evidence=evidence)


def _name_of(term: Term, places: Sequence[_Place]) -> str:
    """Return the form that is quoted most, of several its own name; that is also the name of what nobody quotes."""
    forms, own = Counter(place.form for place in places), _squeezed(term.name)
    return min(forms, key=lambda form: (-forms[form], form != own, form), default=own)


def _places(reports: Sequence[ParsedReport], owners: Mapping[str, str], desk: Desk) -> defaultdict[str, list[_Place]]:
    """Return where each term is quoted, by its id; where it is only vouched for, if it is never quoted."""
    quoted: defaultdict[str, list[_Place]] = defaultdict(list)
    vouched: defaultdict[str, list[_Place]] = defaultdict(list)
    origins = origins_of(reports, desk)
    for report, place, slogans in desk.at_stage(QUOTATIONS, _quotations, reports):
        for key, is_quoted, form, signs, marked in slogans:
            if owner := owners.get(key):
                found = _Place(intern(form), origins[report], place, _one_of(signs), marked)
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
        signs |= {"alone"} if before[-1:] in _ENDS and behind[:1] in _ENDS and len(form) > _SPEECH else set()
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


def _elsewhere(names: Iterable[str], reports: Sequence[ParsedReport], desk: Desk) -> dict[str, _Elsewhere]:
    """Return for the key of each name where the bodies have its characters, but no slogan."""
    words: defaultdict[str, bool] = defaultdict(bool)
    for name in names:
        words[fold_name(name)] |= is_word(name)  # 一揽子 is one, its key 1揽子 is none
    times, ordinary = Counter[str](), Counter[str]()
    for counted, _ in desk.at_stage(UNQUOTED, Unquoted.of(words), reports):
        for key, here, among in counted:
            times[key] += here
            ordinary[key] += among
    return {key: _Elsewhere(times[key], ordinary[key]) for key in words if key}


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
