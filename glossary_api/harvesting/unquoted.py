"""Decide which names count without quotation marks, by the use that the reports make of each.

A name that reports nearly always quote is mere words to them where they do not quote it. So is a number of things
(三大工程), a word of the language (一盘棋), and what one report alone quotes, unless it is long. Such names are
vouched: unquoted they count only where the same text also quotes them. But if several reports quote a name and others
write it bare between the same words, it counts everywhere: 消费品“以旧换新”, 消费品以旧换新.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from sys import intern

from glossary_api.harvesting.lexicon import words_of
from glossary_api.matching.names import is_named, is_risky
from glossary_api.model.things import ParsedReport, Report, Term, Usage
from glossary_api.model.words import CURATED_TERM, NUMERAL, PLAN
from glossary_api.text.everyday import is_made_of_words, is_ordinary
from glossary_api.text.folding import QUOTES, fold_name
from glossary_api.text.surroundings import stock_words

_COUNTED = re.compile(r"\d+(?:大(?P<great>.+)|[条项个件种类批次张座家套轮](?P<things>.+))")
_BESIDE = 2
"""How many characters before or behind a name are the words that it stands between."""
_HAN = re.compile(rf"[\u4e00-\u9fff]{{{_BESIDE}}}")
_FRAME = QUOTES + "《》"
_ALIKE = 0.5
"""The share of bare uses between words that quoted ones stand between from which on bare and quoted mean the same."""
_UNLIKE = 0.1
"""The share below which they do not, if at least …"""
_OFTEN = 3
"""… so many reports have bare ones."""
_NEARLY = 0.8
"""The share of quoting reports from which on reports nearly always quote a name, if at least …"""
_MANY = 3
"""… so many quote it."""
_SHORT = 4
"""Up to so many characters what reports nearly always quote may be mere words without the quotation marks."""
_TELLING = {NUMERAL: 4}
_COINED = 3
"""So many characters that are made of no words are coined."""
_OFTENER = 10
"""What reports write so many times as often without quotation marks as with them is a word of theirs."""
_FAR_OFTENER = 50
"""What they write so many times as often so is theirs, whoever else quotes it, unless a note explains it, if it is
short or nothing but words that every report has."""
_TELLING_WORDS = 5
"""How many characters a name has, by kind, that one report's quoting is enough for: 一湖四水, 社区嵌入式服务."""

Independent = tuple[str, int] | str
"""What tells one report's witness from another's: place and year, or the report's id where these are not known."""


@dataclass(slots=True)
class Uses:
    """Counts of the uses that reports make of the names of a term."""

    quoted: set[Independent] = field(default_factory=set)
    bare: set[Independent] = field(default_factory=set)
    between: set[str] = field(default_factory=set)
    """The words before and behind quoted uses: `x…` and `…x`."""
    bare_between: set[tuple[Independent, frozenset[str]]] = field(default_factory=set)
    """Those of each bare use."""

    @property
    def alike(self) -> float:
        """Return the share of the bare uses that stand between words that quoted ones stand between, too."""
        alike = sum(not words.isdisjoint(self.between) for _, words in self.bare_between)
        return alike / len(self.bare_between) if self.bare_between else 0.0

    @property
    def nearly_always_quoted(self) -> bool:
        """Tell whether hardly any of the reports that use the names leave the quotation marks out."""
        return len(self.quoted) >= max(_MANY, _NEARLY * len(self.quoted | self.bare))


_NO_USES = Uses()


def with_vouched(terms: Iterable[Term], uses: Mapping[str, Uses]) -> tuple[Term, ...]:
    """Return the terms, each with its `vouched` names.

    `uses` are gathered from what a matching finds to which no name is vouched.
    """
    return tuple(_vouched(term, uses.get(term.id, _NO_USES)) for term in terms)


def _vouched(term: Term, uses: Uses) -> Term:
    vouched = frozenset(key for key in term.keys if needs_voucher(term, key, uses))
    return term if vouched == term.vouched else replace(term, vouched=vouched)


def needs_voucher(term: Term, key: str, uses: Uses) -> bool:
    """Tell whether a name of a term counts unquoted only where the same text quotes it; never ask of risky names."""
    if is_risky(key) or term.kind == PLAN:
        return False  # a period of planning, 十四五, is no word of the language with or without quotation marks
    if term.evidence.reason == CURATED_TERM and not uses.quoted:
        return False  # an editor established it, and where should it stand if not unquoted
    far_oftener = term.evidence.unquoted >= _FAR_OFTENER * term.evidence.quoted > 0
    if far_oftener and not _is_explained(term, key) and (len(key) <= _SHORT or _is_but_stock(term, key)):
        return True
    words = is_ordinary(key) or _is_counted(key)
    if len(uses.quoted) > 1 and uses.alike >= _ALIKE and uses.bare - uses.quoted:
        return words and len(uses.bare) == 1
    if words or term.defined:
        return words
    if len(uses.quoted) < 2:
        return len(key) < _TELLING.get(term.kind, _TELLING_WORDS) and uses.alike < _ALIKE and not _is_coined(term, key)
    if len(uses.quoted) == 2 and len(uses.bare) >= _OFTEN and uses.alike < _UNLIKE:
        return True
    return len(key) <= _SHORT and uses.nearly_always_quoted


def _is_but_stock(term: Term, key: str) -> bool:
    """Return whether one report alone quotes words that all have, and nothing more: 基础设施建设."""
    return term.evidence.reports < 2 and not stock_words().sub("", key)


def _is_explained(term: Term, key: str) -> bool:
    """Return whether a definition is of just this name, not of a longer one that it is the core of."""
    return any(fold_name(one.head) == key for sense in term.senses for one in sense.definitions)


def _is_coined(term: Term, key: str) -> bool:
    """Tell whether a name that one report quotes can be nothing else elsewhere: 林长制, 盗抢骗, not 产业集聚."""
    seldom = term.evidence.unquoted <= _OFTENER * term.evidence.quoted
    if term.kind == NUMERAL or len(key) < _COINED or not seldom or is_made_of_words(key):
        return False
    pieces = words_of(key)
    single = [kind for piece, kind in pieces if len(piece) == 1]
    return len(pieces) > 1 and bool(single) and not (len(single) == 1 and pieces[0][1] == "a")  # 高颜值


def _is_counted(key: str) -> bool:
    """Tell whether a folded name is a number of things: 三大工程, 八项规定, 一件事; not 六个不发生, 三大球."""
    found = _COUNTED.fullmatch(key)
    if found is None:
        return False
    things: str | None = found["things"]
    return is_made_of_words(things or found["great"]) or (things is not None and len(things) == 1)


UsesHere = dict[str, tuple[bool, set[str], set[frozenset[str]]]]
"""By the id of a term whether a report quotes it, the words around quoted uses, and those around each bare use."""


def uses_here(parsed: ParsedReport, usages: Iterable[Usage]) -> tuple[Independent, UsesHere]:
    """Gather what one report does with the names of each term; the first is whose witness that is."""
    text = parsed.report.text
    found: UsesHere = {}
    for usage in usages:
        start, end = usage.match.start, usage.match.end
        words = frozenset(_words_beside(text, start, end))
        is_quoted, between, bare = found.get(usage.match.term) or (False, set(), set())
        if is_named(text, start, end):
            is_quoted = True
            between |= words
        else:
            bare.add(words)
        found[usage.match.term] = is_quoted, between, bare
    return _independent(parsed.report), found


def uses_of(witnesses: Iterable[tuple[Independent, UsesHere]]) -> Mapping[str, Uses]:
    """Gather, by the id of a term, what all reports do with its names."""
    found: defaultdict[str, Uses] = defaultdict(Uses)
    same: dict[frozenset[str], frozenset[str]] = {}
    for witness, uses in witnesses:
        for term, (is_quoted, between, bare) in uses.items():
            known = found[term]
            if is_quoted:
                known.quoted.add(witness)
            if between:
                known.between.update(map(intern, between))
            if bare:
                known.bare.add(witness)
                known.bare_between.update([(witness, same.setdefault(words, words)) for words in bare])
    return found


def _independent(report: Report) -> Independent:
    return (report.place, report.year) if report.place and report.year else report.id


def _words_beside(text: str, start: int, end: int) -> Iterable[str]:
    before = text[max(0, start - _BESIDE - 1) : start].rstrip(_FRAME)[-_BESIDE:]
    behind = text[end : end + _BESIDE + 1].lstrip(_FRAME)[:_BESIDE]
    return [
        *([f"{before}…"] if _HAN.fullmatch(before) else []),
        *([f"…{behind}"] if _HAN.fullmatch(behind) else []),
    ]
