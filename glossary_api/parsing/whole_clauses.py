"""Tell what a clause that a list begins says of it: 建设甲、乙、丙“三…” has its verb in the first item,
甲、乙、丙“三…”进展顺利 speaks of the list.
"""

from __future__ import annotations

import functools
import re

from glossary_api.model.things import Slogan
from glossary_api.parsing.enumerations import Span
from glossary_api.parsing.list_edges import words
from glossary_api.text.everyday import common_words, verbs
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_NUMBERING = re.compile("[一二三四五六七八九十]是(?=..)")
_SUFFIXES = "点区地人户者员费金业力率度性型化"
"""Behind a verb they make a noun of it: 安置点."""
_SHORT = 3
"""A verb and what it governs have more characters."""
_DONE = re.compile("[^、“”]{1,12}了(?!解)(?=..)")
_REST = re.compile(rf"[{CLOSING_QUOTES}]?(?:\([^()]*\)|\[\d+\])?(?P<rest>[^,;。:!?、\r\n]*)")
_NO_VERB = re.compile(
    f"[{OPENING_QUOTES}{CLOSING_QUOTES}]*等?(?:这|这些|上述|以上)?[的个新老旧]*[{OPENING_QUOTES}{CLOSING_QUOTES}(]*"
)


def without_verb_of_clause(plain: str, spans: list[Span], slogan: Slogan, begin: int) -> list[Span]:
    """Return a list without the verb of the clause that begins at `begin`, as it does; none if no verb can be seen.

    Items that all begin with one sign, or have one length, may each be a clause of its own: 抓甲、抓乙、抓丙“三抓”.
    """
    if spans[-1][1] > slogan.start or not _begins_clause(plain, begin):
        return spans
    spoken_of = _is_spoken_of(plain, spans[-1][1], slogan)
    start = _behind_verb(plain, spans, sure=not spoken_of)
    if start > spans[0][0]:
        counted = set(plain[spans[0][0] : start]) & set(plain[slogan.start : slogan.end])
        return spans if counted else [(start, spans[0][1]), *spans[1:]]
    short = spans[0][1] - spans[0][0] <= min(_SHORT, *(b - a for a, b in spans[1:]))
    alike = 1 in (len({plain[a] for a, _ in spans}), len({b - a for a, b in spans}))
    clauses = alike and all(begins_with_verb(plain, *span) for span in spans)
    return spans if spoken_of or clauses or short or spans[0][0] > begin else []


def _begins_clause(plain: str, start: int) -> bool:
    before = plain[max(0, start - 4) : start].rstrip(" \t\u3000")
    return not before or before[-1] in ",;。!?\r\n"


def begins_with_verb(plain: str, start: int, end: int) -> bool:
    """Tell whether an item begins with a word that is a verb, or may be one, and goes on behind it."""
    found = _verb().match(plain, start, end)
    return (found is not None and found.end() < end) or (plain[start : start + 2] in verbs() and start + 2 < end)


@functools.cache
def _verb() -> re.Pattern[str]:
    return re.compile(f"(?:{words('adverb')})*{words('verb', 'verb-or-noun')}(?:了|好(?!的))?")


@functools.cache
def _adverb() -> re.Pattern[str]:
    return re.compile(f"(?:{words('adverb')})+")


@functools.cache
def _governing() -> re.Pattern[str]:
    return re.compile(f"(?:{words('adverb')})*{words('verb')}(?:了|好(?!的))?")


def _behind_verb(plain: str, spans: list[Span], *, sure: bool) -> int:
    """Return where a first item begins behind the verb before it.

    A word that begins names as well, 建设, is taken for a verb where the clause has no other one (`sure`), behind an
    adverb, or if what is left is nearer to the length of the others.
    """
    (start, end), *others = spans
    verbal = [begins_with_verb(plain, a, b) for a, b in others]
    if all(verbal) or (any(verbal) and not sure):
        return start
    numbering = _NUMBERING.match(plain, start, end)
    at = begin = numbering.end() if numbering else start
    usual = sum(b - a for a, b in others) / len(others)
    while found := _word_at(plain, at, end, sure=sure and at == begin):
        certain = (sure and at == begin) or any(one.match(plain, at, found) for one in (_governing(), _adverb()))
        least = 1 if _governing().match(plain, at, found) else 2
        if end - found < least or (not certain and abs(end - found - usual) >= abs(end - at - usual)):
            break
        at = found
    return at if at > begin and plain[at] not in "和与及" else start


def _word_at(plain: str, start: int, end: int, *, sure: bool) -> int:
    """Return where a verb ends that a stretch begins with, adverbs before it included; 0 if it begins with none.

    It may be all up to 了 and, where the clause has to have one (`sure`), any word of the language.
    """
    if found := _verb().match(plain, start, end) or _DONE.match(plain, start, end):
        return found.end()
    adverb = _adverb().match(plain, start, end)
    at = adverb.end() if adverb else start
    return at + 2 if sure and plain[at : at + 2] in verbs() and plain[at + 2] not in _SUFFIXES else 0


@functools.cache
def _says_of_itself() -> re.Pattern[str]:
    """Return what a name has in it that says itself what becomes of the list before it: 三网融合, 双下降."""
    return re.compile(f"{words('as-one', 'going', 'together')}$")


@functools.cache
def _noun_at_end() -> re.Pattern[str]:
    return re.compile(f"(?:{words('undertaking', 'way', 'noun-at-end')})$")


def _is_spoken_of(plain: str, end: int, slogan: Slogan) -> bool:
    """Tell whether something is said of a list behind it: by what links it to its name, by the name, or behind it."""
    if not _NO_VERB.fullmatch(plain, end, slogan.start) or _says_of_itself().search(plain, slogan.start, slogan.end):
        return True
    found = _REST.match(plain, slogan.end)
    rest = found["rest"] if found else ""
    said = _governing().match(rest) or not _noun_at_end().search(rest)
    return bool(rest) and rest[0] != "的" and said and rest not in common_words()
