"""Doubt a list, however it was found, an item of which holds more than its name, or less.

That there are as many items as the numeral counts is why a list was looked for; so it cannot outweigh such a doubt.
"""

from __future__ import annotations

import functools
import re

from glossary_api.model.things import Slogan
from glossary_api.parsing.enumerations import Span, conjunctions
from glossary_api.parsing.list_edges import words
from glossary_api.parsing.patterns import compiled
from glossary_api.parsing.whole_clauses import begins_with_verb
from glossary_api.text.everyday import common_words
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_PART = 4
_LONG_PART = 6
"""Two things that 和 joins in one of three items are items themselves if they have so many characters."""
_PREDICATE = re.compile(
    "..(?:处[于在]|面临|提出|形成了|赋予|实施|实现|开展|打造|(?<!机)构建(?!设)|推行|稳中[向有求]|(?<![主重需纪])要(?![素求闻地塞点害领件、])|是(?!否))"
)
"""What a clause says of its subject: 我省正处于甲期, in no other item."""
_TURNING = re.compile("..向(?!上|心|导|好|阳).")
_LEANS = re.compile("[与和及](?!谐|平)|为(?:持续|加快|进一步|全面|推动|促进|实现)")
"""A word with which no name begins: it belongs to what the sentence says of all."""
_JOINED_BEFORE = re.compile("[和与及][\u4e00-\u9fff]{1,3}$")
_QUOTED_BEFORE = re.compile(
    rf"[{CLOSING_QUOTES}][\u4e00-\u9fff]{{1,4}}(?<![和与及的等为在以由将把对从到])(?<![{CLOSING_QUOTES}]向)$"
)
"""“甲”正向|引导: the noun of a quotation is torn."""
_WHERE = re.compile("农村|乡村|城市|城乡|城镇|农业|工业|社区|国家级|[省市县区]级")
_ENDINGS = "型性化率"
_REACHED = "(?:全[国省市县区州]|省级|国家级|唯一|前列)?$"


def is_doubtful(plain: str, spans: list[Span], slogan: Slogan) -> bool:
    """Tell whether one of the items is not built as the others are, so that its edge cannot be where it was cut.

    What says that a list follows, brackets, 即 or a colon, says where it begins as well.
    """
    texts = [plain[a:b] for a, b in spans]
    if len(spans) < 2 or _has_two_in_one(plain, spans):
        return len(spans) > 1
    if spans[-1][1] > slogan.start or plain[spans[0][0] - 1] in OPENING_QUOTES:
        return False
    if _LEANS.match(texts[0]) or (
        len(texts) == 2 and "的" in texts[0] and "的" not in texts[1] and len(texts[0]) > len(texts[1])
    ):
        return True
    if len(texts) == 2 and _TURNING.search(texts[0]) and not _TURNING.search(texts[1]):
        return True
    said = _PREDICATE.search(texts[0]) is not None and not any(map(_PREDICATE.search, texts[1:]))
    led = _adverb_and_verb().match(texts[0]) is not None and not _is_governed(plain, spans[0][0])
    return (
        said
        or _runs_on(texts)
        or _is_cut_in_a_word(plain, spans)
        or (led and not any(begins_with_verb(plain, *span) for span in spans[1:]))
    )


def _has_two_in_one(plain: str, spans: list[Span]) -> bool:
    """甲机制、乙丙机制改革和丁戊统筹、己税费改革“三改”: tell whether one of three items is two."""
    joined = [(span, cuts) for span in spans if (cuts := list(conjunctions(plain, *span)))]
    if len(spans) != 3 or len(joined) != 1 or len(joined[0][1]) != 1 or begins_with_verb(plain, *joined[0][0]):
        return False
    (a, b), [(cut, behind)] = joined[0]
    parts = sorted((cut - a, b - behind))
    others = sorted(y - x for x, y in spans if x != a)
    longer, bare = b - behind > cut - a, b - behind <= 2 and cut - a > _PART  # …和农村“三下乡”
    bare = bare or _WHERE.fullmatch(plain, behind, b) is not None
    last_of_more = (a, b) == spans[-1] and (bare or (others[0] <= cut - a <= others[1] and longer))
    return (parts[0] >= _PART and parts[1] >= _LONG_PART) or last_of_more


def _runs_on(texts: list[str]) -> bool:
    """甲机构、乙机构、丙卫生院的某建设: tell whether the last item goes on behind its name, or is only whose it is."""
    *others, last = texts
    owner = _WHERE.fullmatch(last) is not None and min(map(len, others)) >= _PART
    verb = len(last) == 2 and compiled(words("verb")).fullmatch(last) is not None and min(map(len, others)) >= _PART
    attribute = "的" in last and len(last) > max(map(len, others)) and not any("的" in text for text in others)
    done = len(texts) == 2 and _ends_with_verb().fullmatch(last) and not _ends_with_verb().fullmatch(others[0])
    return owner or verb or attribute or bool(done)


@functools.cache
def _ends_with_verb() -> re.Pattern[str]:
    return re.compile(words("no-name-end") + _REACHED)


def _is_cut_in_a_word(plain: str, spans: list[Span]) -> bool:
    """集|中安置区, 国民经济和社会|发展规划: tell whether a word, or what 和 joins, goes on across the beginning."""
    start = spans[0][0]
    shared = len({plain[a] for a, _ in spans}) == 1
    if _JOINED_BEFORE.search(plain, max(0, start - _PART), start) and not (shared or _is_governed(plain, start)):
        return True
    if _QUOTED_BEFORE.search(plain, max(0, start - _LONG_PART), start) and not _is_governed(plain, start):
        return True
    if any(plain[start : start + size] in common_words() for size in (2, 3)):
        return False
    crossed = plain[start - 1 : start + 1] in common_words() or plain[start - 1] == "用"
    crossed = crossed and not _is_governed(plain, start)
    return crossed or (plain[start] in _ENDINGS and not any(plain[a] in _ENDINGS for a, _ in spans[1:]))


def _is_governed(plain: str, start: int) -> bool:
    return _verb_before().search(plain, max(0, start - _LONG_PART), start) is not None


@functools.cache
def _verb_before() -> re.Pattern[str]:
    return re.compile(f"{words('verb', 'verb-or-noun', 'owner')}$")


@functools.cache
def _adverb_and_verb() -> re.Pattern[str]:
    return re.compile(f"{words('adverb')}{words('verb')}")
