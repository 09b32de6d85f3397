"""Read what stands around a name, in a use or an explanation of it: clauses, owner, field, neighbours, word runs."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import NamedTuple

from glossary_api.model.words import NAME_HERE, NATIONAL
from glossary_api.text.folding import (
    CLOSING_QUOTES,
    OPENING_QUOTES,
    PART,
    QUOTED_PART,
    QUOTES,
    core_of,
    fold,
    fold_name,
    plain,
)
from glossary_api.text.places import divisions, within

AROUND = 60
"""How many characters on each side of a use a judge looks at."""
_ITEM = 3
"""So many characters at the end of an item of a list tell it."""
_TAIL = 4
"""Of so many characters behind a core two tell them all: 规划 does not tell 规划未达标指标."""
_CLAUSE = re.compile(r"[,;:。!?、()—\n\r]")
_LIKE = 4
"""A run of so many characters in common, stock words aside, makes two passages speak of one matter."""
_CLOSE = 14
"""Within so many characters of the name a run of three is enough."""
_NUMERALS = "零一两三四五六七八九"
_COUNT = re.compile(r"[两三四五六七八九](?![一两三四五六七八九十百千万])")
_ENDS = re.compile(r"[,;:。!?()\n\r]|等$")
_LISTED = re.compile("[、和与及]")
_PAIR = 2
_LEAST_LIST = 3
"""Characters of the shortest list that does not stand around a name by chance: 省市县."""
_WORDS = re.compile(r"[^\W_]+")
_JOINED = re.compile(f"[和与及{QUOTES}]")
_ROW = re.compile(rf"(?:[{OPENING_QUOTES}][^{QUOTES}]*[{CLOSING_QUOTES}]、?)+[{OPENING_QUOTES}]?$")
"""Quotations in a row: 推动“四个走在前”“ before 四个新."""
_VERBS = re.compile(
    "^.*(?:实施|推进|开展|落实|推动|抓好|完成|用好|启动|聚焦|围绕|坚持|打好|确保|支持|壮大|做强|增强|加强|强化|深化|做好|践行|树牢|做到|贯彻"
    "|构建|健全|完善|打造|扶持|培育|制定|出台|实现|巩固|加快|加大|抓住|突出|紧扣|遵循|严守|守住|办好|等)$"
    "|^.{0,4}(?:实施|推进|开展|落实|推动|抓好|完成|用好|启动|聚焦|围绕|坚持|打好|确保|支持|布局|发展|壮大|做强)"
)
"""A verb with what stands before it: all, if the name is its object; and what stands before 等, of which it is one."""
_NATION = re.compile(".{0,30}(?:中央|国务院|党的十[一二三四五六七八九]|习近平|全国|[我中]国|国家(?!级|[^,。;]{1,8}区))")
"""How an explanation begins that tells what the nation does."""
_OWN_OFFICES = re.compile(
    "[我本全][省市区县州旗]|(?:自治)?[省市区县州旗](?:委|政府|人民政府|党委)(?!书记)|[省市].{1,8}[厅局委]印发"
)
"""How a place speaks of itself, and who in it orders things."""


class GivenMeaning(NamedTuple):
    """The facts about an explanation that a judge needs: a tuple, for each request makes some hundreds of them."""

    head: str
    """The name as its source prints it."""
    text: str
    beside: tuple[str, ...]
    """What stands around the name in its report."""
    note: bool
    """Whether it was written to explain the name; else it is a list that stands beside it."""
    entry: int | None
    report: str | None
    place: str | None
    code: str | None
    level: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class NameUse:
    """A name as it stands somewhere; what is not known is None."""

    name: str
    left: str | None = None
    """What stands before it in its paragraph; None if the text is not known."""
    right: str | None = None
    report: str | None = None
    place: str | None = None
    code: str | None = None
    year: int | None = None

    @classmethod
    def within(
        cls, name: str, context: str, report: str | None, where: tuple[str | None, str | None, int | None]
    ) -> NameUse:
        """Find a name in its context, spelled however; a context without it counts as what stands before."""
        folded, key = fold(context), fold_name(name)
        at = folded.text.find(key) if key else -1
        start, end = folded.source_span(at, at + len(key)) if at >= 0 else (len(context), len(context))
        return cls(name, context[:start], context[end:], report, *where)


def context(text: str, start: int, end: int, reach: int) -> tuple[str, str]:
    """Return what stands to the left and to the right of a span in its paragraph, up to `reach` code points each.

    `left + text[start:end] + right` is a slice of the text as it stands.
    """
    left = text[max(start - reach, 0) : start].rpartition("\n")[2]
    right = text[end : end + reach].partition("\n")[0]
    return left, right


def patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns of this file by name, for those who judge in another language."""
    return {
        "clause": _CLAUSE,
        "row": _ROW,
        "joined": _JOINED,
        "count": _COUNT,
        "ends": _ENDS,
        "listed": _LISTED,
        "verbs": _VERBS,
        "stock": stock_words(),
        "quoted_part": QUOTED_PART,
        "part": PART,
    }


@functools.cache
def word_lists() -> dict[str, list[str]]:
    """Return the words of `bearing.json` by the name of their list, longer ones first."""
    lists = json.loads(files(__package__).joinpath("bearing.json").read_text("utf-8"))
    return {name: sorted(part["words"], key=len, reverse=True) for name, part in lists.items()}


@functools.cache
def stock_words() -> re.Pattern[str]:
    """Return the pattern of words that any report has: they show nothing."""
    return re.compile("|".join(word_lists()["stock_words"]))


def speaks_of_the_nation(text: str) -> bool:
    """Return whether an explanation begins by saying what the nation or its party does."""
    return _NATION.match(plain(text)) is not None


def clause_behind(right: str | None) -> str:
    """Return the clause right behind the use."""
    return _CLAUSE.split(plain((right or "").lstrip(QUOTES)), maxsplit=1)[0]


def clause_before(left: str | None) -> str:
    """Return the clause right before the use."""
    return _CLAUSE.split(plain((left or "").rstrip(QUOTES)))[-1]


@functools.lru_cache(maxsize=64)  # asked for each explanation of a use
def listed_before(name: str, left: str | None) -> Sequence[str]:
    """Return the items of the list before a name that are as many as it counts; empty if there is none.

    所有权、处置权、使用权 of 三权. Two items are a list only where they end alike.
    """
    count = _COUNT.match(plain(name).lstrip(QUOTES))
    before = _ENDS.split(plain(left or "").rstrip(OPENING_QUOTES))[-1]
    items = _LISTED.split(before)
    if (
        count is None
        or len(items) != _NUMERALS.index(count[0])
        or not items[-1]
        or any(sign in before for sign in QUOTES)
    ):
        return []
    return items if len(items) > _PAIR or len({item[-1:] for item in items}) == 1 else []


def stands_listed(text: str, use: NameUse) -> bool:
    """Return whether an explanation is a list that stands around the use in just these words: 省市县三级联动."""
    if use.left is None or use.right is None or not _LISTED.search(plain(text)):
        return False
    listed = _run_together(text)
    return len(listed) >= _LEAST_LIST and listed in _run_together(use.left + use.right)


@functools.lru_cache(maxsize=4096)
def _run_together(text: str) -> str:
    """Return a folded text without the signs and words that join the items of a list."""
    return _LISTED.sub("", fold_name(text))


@functools.lru_cache(maxsize=64)
def owner_before(left: str | None) -> str:
    """Return the words that own the name, 安全治理 of 实施安全治理三大工程; empty if a verb or nothing is before it.

    Names quoted in a row before it own nothing.
    """
    words = _JOINED.split(clause_before(_ROW.sub("", left or "")))[-1]
    return stock_words().sub("", _VERBS.sub("", words))[-8:]


def field_before(left: str | None) -> str | None:
    """Return the field that stands right before a use, 文化 before “新三样”; None if none does."""
    before = clause_before(left)
    return next((word for word in word_lists()["fields"] if before.endswith(word)), None)


def neighbours_of(beside: Sequence[str]) -> set[tuple[str, str]]:
    """Return the neighbours of a name wherever one of some passages has it; ～ stands for it there."""
    return {pair for one in beside if NAME_HERE in one for pair in neighbours(*one.split(NAME_HERE, 1))}


def neighbours(left: str, right: str) -> set[tuple[str, str]]:
    """Return the two characters right before a name and those right behind it, where they are no stock words."""
    pairs = {("before", clause_before(left)[-2:]), ("behind", clause_behind(right)[:2])}
    return {(side, pair) for side, pair in pairs if len(stock_words().sub("", pair)) == 2}


@functools.lru_cache(maxsize=4096)
def runs_of(texts: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the longer and the shorter runs of an explanation."""
    pieces = _pieces(texts)
    return _runs(pieces, _LIKE), _runs(pieces, _LIKE - 1)


@functools.lru_cache(maxsize=64)
def runs_around(left: str, right: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the runs around a use, and the shorter ones right beside it."""
    return _runs(_pieces((left, right)), _LIKE), _runs(_pieces((left[-_CLOSE:], right[:_CLOSE])), _LIKE - 1)


def _pieces(texts: tuple[str, ...]) -> list[str]:
    """Return what stands in texts between stock words and signs."""
    return _WORDS.findall("\n".join(stock_words().sub(" ", plain(text)) for text in texts))


def _runs(pieces: Sequence[str], length: int) -> frozenset[str]:
    return frozenset([piece[at : at + length] for piece in pieces for at in range(len(piece) - length + 1)])


def is_narrowed(whole: str, use: NameUse) -> bool:
    """Return whether words before its core narrow a whole name, and no such word stands around the use."""
    words = stock_words().sub("", plain(whole.partition(core_of(whole) or whole)[0]).strip(QUOTES))
    around = plain((use.left or "") + (use.right or ""))
    return (
        use.left is not None
        and len(words) > 1
        and not any(words[at : at + 2] in around for at in range(len(words) - 1))
    )


def is_within(whole: str, use: NameUse) -> bool:
    """Return whether the whole name stands around the use, quotation marks aside."""
    around = fold_name((use.left or "")[-40:] + use.name + (use.right or "")[:40])
    return fold_name(whole) in around


def goes_on_alike(whole: str, use: NameUse) -> bool:
    """Return whether the words around the core of the whole stand around the use: “小灯塔”企业 of 示范企业."""
    core = core_of(whole)
    if core is None:
        return False
    before, after = whole[: whole.index(core)].rstrip(QUOTES), whole[whole.index(core) + len(core) :].lstrip(QUOTES)
    follows, leads = clause_behind(use.right), clause_before(use.left)
    behind = len(after) > 1 and (
        (len(after) <= _TAIL and follows.startswith(after[:2])) or follows.startswith(after[-2:])
    )
    ahead = len(before) > 1 and leads.endswith(before[-2:])
    return behind or ahead


def lists_other_things(explanation: GivenMeaning, use: NameUse) -> bool:
    """Return whether a list that is the use's own stands before it, most of whose items the explanation lacks."""
    items = listed_before(use.name, use.left)
    if not items:
        return False
    matter = plain(explanation.text)
    return 2 * sum(item[-_ITEM:] in matter for item in items) < len(items)


def has_another_owner(explanation: GivenMeaning, use: NameUse) -> bool:
    """Return whether words that the explanation and its surroundings lack say whose the counted things are."""
    if use.left is None or len(owner := owner_before(use.left)) < 2:
        return False
    matter = _matter_of(explanation)
    return not any(owner[at : at + 2] in matter for at in range(len(owner) - 1))


def is_of_another_field(explanation: GivenMeaning, use: NameUse) -> bool:
    """Return whether a field stands right before the use of which the explanation says nothing: 文化“新三样”."""
    field = None if use.left is None else field_before(use.left)
    return field is not None and field not in _matter_of(explanation)


@functools.lru_cache(maxsize=4096)
def _matter_of(explanation: GivenMeaning) -> str:
    """Return all the words of an explanation and around its name, in plain form."""
    return plain("".join((explanation.text, explanation.head, *explanation.beside)))


def speaks_alike(explanation: GivenMeaning, use: NameUse) -> bool:
    """Return whether the use stands among words that the explanation has, too, or its report around the name."""
    if use.left is None or use.right is None:
        return False
    matter, close_matter = runs_of((explanation.text, *explanation.beside))
    around, close = runs_around(use.left, use.right)
    return not (matter.isdisjoint(around) and close_matter.isdisjoint(close))


def has_same_neighbour(explanation: GivenMeaning, use: NameUse) -> bool:
    """Return whether a word right beside the name is the same in both reports: 兜牢“三保”底线."""
    if use.left is None or use.right is None:
        return False
    return not neighbours_of(explanation.beside).isdisjoint(neighbours(use.left, use.right))


@functools.lru_cache(maxsize=4096)  # asked for every use
def names_its_place(explanation: GivenMeaning) -> bool:
    """Return whether an explanation, unless the nation's, names its place, what that lies in, or an office of it."""
    said = plain(explanation.text)
    around = map(divisions().get, filter(None, within(explanation.code))) if explanation.code else ()
    places = {(name or "")[:2] for name in (explanation.place, *around)}
    named = bool(_OWN_OFFICES.search(said)) or any(len(place) > 1 and place in said for place in places)
    return named and explanation.level != NATIONAL
