"""Rows before a slogan: of quotations, “甲”“乙”“丙”“三…”, of words without a sign, 国际国内“两个…”, and two rows."""

from __future__ import annotations

import re

from glossary_api.model.things import Slogan
from glossary_api.parsing.enumerations import Span, conjunctions
from glossary_api.parsing.likely_edges import are_listed
from glossary_api.parsing.list_edges import (
    alike,
    bare_noun,
    behind_governing,
    holds,
    is_led,
    is_telling,
    verb_at,
    words,
)
from glossary_api.parsing.numerals import Counts, counts_in
from glossary_api.parsing.patterns import compiled
from glossary_api.text.everyday import common_words, is_ordinary
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

DOUBLE = re.compile(r"[双两2](?:[个大项条种类张](?![一]))?(?!一)")
"""How the name of a pair begins; 双一流 is no pair of two things."""
_LONGEST_QUOTE = 24
_QUOTE_BEFORE = re.compile(
    rf"[{OPENING_QUOTES}](?P<inside>[^{OPENING_QUOTES}{CLOSING_QUOTES}\n]+)[{CLOSING_QUOTES}]、?$"
)
_AS_ONE = ("位一体", "者合一", "方联动", "端联动")
_NO_ROW = re.compile("[的了是在和与及第不十]")
_TIERS = "国省市州县区旗乡镇街村组户园校"
"""Levels of administration, in a row without signs before 五级: 省市县乡村."""
_SIDES = "东西南北中"
_BODIES = "社院局会厂校"
BESIDE = tuple(f"{quote}{sign}" for quote in CLOSING_QUOTES for sign in "和与、")
"""What joins a quotation to the one before it."""
_LONGEST_LINK = 12
_LONGEST_OWNER = 4
_LONGEST_IN_ROW = 6


def row_of_quotes(plain: str, end: int, counts: Counts) -> list[Span]:
    """“甲”“乙”“丙”“三大行动”: as many quotations as the numeral counts, right before it, and no more."""
    noun = counts.counts[0].noun
    if not counts.is_single or counts.total < 3 or not plain.endswith(tuple(CLOSING_QUOTES), 0, end):
        return []
    quotes: list[Span] = []
    at = end
    while len(quotes) <= counts.total and (found := _QUOTE_BEFORE.search(plain, max(0, at - _LONGEST_QUOTE), at)):
        quotes.insert(0, found.span("inside"))
        at = found.start()
    fits = len(quotes) == counts.total and (is_telling(noun) or holds(plain, quotes, bare_noun(noun)))
    return quotes if fits and not any(counts_in(plain[a:b]).counts for a, b in quotes) else []


_ASPECTS = re.compile(rf"(?P<one>{words('aspect')})(?:和|与|及|、)(?P<other>{words('aspect')})$")


def pair_of_aspects(plain: str, begin: int, stop: int, counts: Counts) -> list[Span]:
    """甲消耗、乙消耗等总量和强度“双控”: two sides of several things, which stand in a row before."""
    found = _ASPECTS.search(plain, max(begin, stop - _LONGEST_LINK), stop) if counts.total == 2 else None
    several = found is not None and counts.is_single and "、" in plain[begin : found.start()]
    return [found.span("one"), found.span("other")] if found and several else []


def pair_of_rows(plain: str, items: list[Span], counts: Counts, slogan: Slogan) -> list[Span]:
    """甲、乙和丙、丁“双引擎”: two rows of as many things each, which 和 joins."""
    if not counts.is_single or counts.total != 2 or len(items) < 3 or len(items) % 2 == 0:
        return []
    middle = len(items) // 2
    cuts = [list(conjunctions(plain, *item)) for item in items]
    if [len(cut) for cut in cuts] != [int(number == middle) for number in range(len(items))]:
        return []
    if not DOUBLE.match(plain[slogan.start : slogan.end]) or not is_telling(counts.counts[0].noun):
        return []
    (cut,) = cuts[middle]
    first, second = (items[0][0], cut[0]), (cut[1], items[-1][1])
    begin = behind_governing(plain, *first)
    row = [(begin, items[0][1]), *items[1:middle], (items[middle][0], cut[0])]
    return [(begin, cut[0]), second] if alike(plain, row) and alike(plain, [(begin, cut[0]), second]) else []


def run_together(plain: str, begin: int, stop: int, counts: Counts) -> list[Span]:
    """创新链产业链资金链“三链融合”, 产学研用“四位一体”: names of one length without a sign between them.

    They begin or end alike, or are single characters before a slogan that says that they are done as one.
    """
    noun = bare_noun(counts.counts[0].noun)
    if not counts.is_single or not noun:
        return []
    if row := _row_of_words(plain, begin, stop, counts) or _row_of_counted(plain, begin, stop, counts):
        return row
    if counts.total < 3:
        return []
    single = stop - counts.total
    as_one = any(said in plain[stop : stop + _LONGEST_LINK] for said in _AS_ONE)
    tiers = noun.startswith("级") and set(plain[single:stop]) <= set(_TIERS)
    sides = set(plain[single:stop]) <= set(_SIDES) and is_telling(counts.counts[0].noun)
    signs = (as_one or tiers or sides) and single >= begin and plain[single:stop].isalpha()
    if (
        signs
        and is_led(plain, begin, single)
        and not _is_said(plain, single, stop)
        and not _in_pairs(plain, single, stop)
    ):
        return [(at, at + 1) for at in range(single, stop)]
    return []


def _row_of_counted(plain: str, begin: int, stop: int, counts: Counts) -> list[Span]:
    """水港空港“双港”, 新甲新乙新丙“三新”: names of one length, all of which begin or end with what is counted."""
    sign = bare_noun(counts.counts[0].noun)[:1]
    for length in range(2, _LONGEST_IN_ROW + 1):
        start = stop - length * counts.total
        if start < begin or not sign:
            return []
        spans = [(at, at + length) for at in range(start, stop, length)]
        texts = {plain[a:b] for a, b in spans}
        goes_on = plain[max(begin, start - length) : start]  # 甲链|乙链丙链丁链: one more of them
        carried = [edge for edge in (0, -1) if {text[edge] for text in texts} == {sign}]
        whole = len(texts) == counts.total and all(map(str.isalpha, texts))
        if whole and carried and sign not in (goes_on[:1], goes_on[-1:]) and not any(conjunctions(plain, start, stop)):
            led = is_led(plain, begin, start) or plain[start - 1 : start + 1] not in common_words()
            return spans if led and plain[start - 1] != "是" else []
    return []


def _in_pairs(plain: str, start: int, end: int) -> bool:
    """农村环境“四位一体”, 供销社“三位一体”: tell whether signs in a row are words, that say whose the slogan is."""
    pairs = [plain[at : at + 2] for at in range(start, end - 1, 2)]
    return (is_ordinary(plain[start:end]) and plain[end - 1] in _BODIES) or (
        (end - start) % 2 == 0 and all(pair in common_words() and not set(pair) <= set(_TIERS) for pair in pairs)
    )


def _is_said(plain: str, start: int, end: int) -> bool:
    """纵深推进, 全面构筑, 做深做实: tell whether signs are words that say what is done, and no row."""
    if _NO_ROW.search(plain, start, end):
        return True
    governing = compiled(words("verb", "verb-or-noun") + "|" + words("adverb") + "(?=..)")
    return any(governing.search(plain, at, end) for at in range(start, end - 1) if plain[at : at + 2] not in _TIERS)


def _row_of_words(plain: str, begin: int, stop: int, counts: Counts) -> list[Span]:
    """用好国际国内“两个市场”: words of two characters, one of which all have at the same place, or done as one."""
    start = stop - 2 * counts.total
    if start < begin:
        return []
    spans = [(at, at + 2) for at in range(start, stop, 2)]
    row = [plain[a:b] for a, b in spans]
    texts = set(row)
    more = are_listed([plain[max(begin, start - 2) : start], row[0]])
    paired = counts.total > 2 or (is_telling(counts.counts[0].noun) and is_led(plain, begin, start))
    if paired and len(texts) == counts.total and are_listed(row) and not more:
        return spans  # 文化科技卫生“三…”: words that reports list beside each other
    as_one = counts.total > 2 and any(said in plain[stop : stop + _LONGEST_LINK] for said in _AS_ONE)
    alike = as_one or min(len({text[0] for text in texts}), len({text[-1] for text in texts})) == 1
    governing = compiled(words("verb", "verb-or-noun", "adverb", "preposition"))
    known = len(texts) == counts.total and texts <= common_words().keys() and not any(map(governing.fullmatch, texts))
    telling = is_telling(counts.counts[0].noun)
    led = (
        plain[start - 2 : start] in BESIDE
        or is_led(plain, begin, start)
        or (as_one and _is_led_with_owner(plain, begin, start))
    )
    return spans if alike and known and telling and led else []


def _is_led_with_owner(plain: str, begin: int, start: int) -> bool:
    """推进中医药|事业产业文化“三位一体”: one word between the verb and a list says whose all of it is."""
    verb = verb_at(plain, begin, start)
    return verb is not None and start - verb.end() <= _LONGEST_OWNER
