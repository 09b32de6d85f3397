"""Lists right before a slogan that no rule of `apposition.py` is sure of: what speaks for them is weighed together.

There are just as many items as the numeral counts, which is why a list is looked at here; it is taken where all else
that is seen of it, of its slogan and of what stands around them, has weight enough. `_EVIDENCE` is all of the decision.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from glossary_api.model.things import Slogan
from glossary_api.parsing.apposition import before_link
from glossary_api.parsing.clauses import clause_before
from glossary_api.parsing.enumerations import Span, conjunctions, split, split_last
from glossary_api.parsing.likely_edges import ends_item, likely_first
from glossary_api.parsing.list_edges import (
    bare_noun,
    carried,
    first_of,
    goes,
    holds,
    is_quoted,
    is_telling,
    names,
    without_tail,
    words,
)
from glossary_api.parsing.numerals import Counts, counts_in
from glossary_api.parsing.patterns import compiled
from glossary_api.parsing.side_by_side import DOUBLE
from glossary_api.parsing.whole_clauses import begins_with_verb
from glossary_api.text.everyday import common_words, verbs
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES, QUOTES

_LONGEST_NAME = 12
_MOST_NAMES = 2
"""So many names may share one list."""
_NAME_BEFORE = re.compile(
    rf"[{OPENING_QUOTES}](?P<name>[^{OPENING_QUOTES}{CLOSING_QUOTES}、]{{2,8}})[{CLOSING_QUOTES}]$"
)
_MANY = 4
_PEOPLE = "人者员户众"
_LONGER, _FAR_LONGER = 1.5, 4
_GOES_ON = re.compile("[和与及]$|(?<=.)(?<![平高中初优同对])等(?![级候待])")
_REACHED = "(?:全[国省市县区州]|省级|国家级?|唯一|前列)?"
_BACK = 6000
"""A name that stands in so many signs before has been said."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A list before a slogan, cut where its first item may begin, and what else is seen of both."""

    plain: str
    spans: list[Span]
    slogan: Slogan
    counts: Counts
    link: str
    begin: int
    """Where its clause begins."""
    by_rule: bool
    """The rules of `list_edges.py` do not begin the first item elsewhere."""

    @property
    def texts(self) -> list[str]:
        """Return the items as they stand."""
        return [self.plain[a:b] for a, b in self.spans]

    @property
    def noun(self) -> str:
        """Return what the numeral counts."""
        return self.counts.counts[0].noun

    @property
    def behind(self) -> str:
        """Return what stands behind the slogan."""
        return self.plain[self.slogan.end : self.slogan.end + 8].lstrip(CLOSING_QUOTES)


_Sight = Callable[[_Seen], bool]


def _is_sure(seen: _Seen) -> bool:
    first = (seen.begin, seen.spans[0][1])
    return likely_first(seen.plain, [first, *seen.spans[1:]]) == seen.spans[0]


def _is_led(seen: _Seen) -> bool:
    leading = compiled(f"{words('verb', 'verb-or-noun', 'preposition', 'owner')}$")
    return leading.search(seen.plain, seen.begin, seen.spans[0][0]) is not None


def _says_how_they_go(seen: _Seen) -> bool:
    return goes(seen.noun) or compiled(words("of-both")).fullmatch(bare_noun(seen.noun)) is not None


def _is_vague(seen: _Seen) -> bool:
    """三农, 双高: one sign, which is in none or not all of the items, may stand for anything."""
    said = is_telling(seen.noun) or _says_how_they_go(seen)
    return not said and not holds(seen.plain, seen.spans, bare_noun(seen.noun))


def _differ(times: float) -> _Sight:
    return lambda seen: max(map(len, seen.texts)) > times * min(map(len, seen.texts))


def _only(at: int) -> _Sight:
    """Tell whether the first or the last item is the only one that begins with a verb."""

    def sight(seen: _Seen) -> bool:
        verbal = [begins_with_verb(seen.plain, *span) for span in seen.spans]
        return verbal.pop(at) and not any(verbal)

    return sight


def _all_but_first(seen: _Seen) -> bool:
    verbal = [begins_with_verb(seen.plain, *span) for span in seen.spans]
    return not verbal[0] and all(verbal[1:])


def _only_last(pattern: str) -> _Sight:
    def sight(seen: _Seen) -> bool:
        *others, last = [compiled(pattern).search(text) is not None for text in seen.texts]
        return last and not any(others)

    return sight


def _ends_with_verb(seen: _Seen) -> bool:
    return not ends_item(seen.plain, *seen.spans[-1])


def _crosses_word(seen: _Seen) -> bool:
    start = seen.spans[0][0]
    return start > seen.begin and seen.plain[start - 1 : start + 1] in common_words()


_SIDES = re.compile("双[向方边]")


def _is_joined(seen: _Seen) -> bool:
    return len(seen.spans) == 2 and seen.plain[seen.spans[0][1]] != "、"


def _goes_on_alike(seen: _Seen) -> bool:
    first, *_, last = seen.texts
    return len(seen.spans) == 2 and len(last) > len(first) + 1 and last[len(first) - 1] == first[-1]


def _has_quotation(seen: _Seen) -> bool:
    return any(set(text) & set(QUOTES) for text in seen.texts) and not _are_quoted(seen.plain, seen.spans)


def _joins(seen: _Seen) -> bool:
    return any(any(conjunctions(seen.plain, *span)) for span in seen.spans)


def _said_before(seen: _Seen) -> bool:
    start, end = seen.slogan.start, seen.slogan.end
    return seen.plain.rfind(seen.plain[start:end], max(0, start - _BACK), start) >= 0


def _found(pattern: str, at: slice = slice(None)) -> _Sight:
    """Tell whether a pattern stands in one of the items."""
    return lambda seen: any(compiled(pattern).search(text) for text in seen.texts[at])


def _is_half_quoted(seen: _Seen) -> bool:
    return any(sum(map(text.count, OPENING_QUOTES)) != sum(map(text.count, CLOSING_QUOTES)) for text in seen.texts)


def _is_verb(seen: _Seen) -> bool:
    return any(text in verbs() or compiled(words("verb")).fullmatch(text) for text in seen.texts)


_ENOUGH = 2
_NEVER = -100


@functools.cache
def evidence() -> tuple[tuple[int, str, _Sight], ...]:
    """Return what is seen, with its weight: above none for a list that the slogan stands for, below against it."""
    return (
        (4, "the clause ends behind the name", lambda seen: not seen.behind or seen.behind[0] in ",;。!?)\r\n"),
        (3, "four items or more", lambda seen: len(seen.spans) >= _MANY),
        (2, "three items or more", lambda seen: len(seen.spans) > 2),
        (2, "the first item begins where it surely does", _is_sure),
        (2, "all begin or end with what is counted", lambda seen: carried(seen.plain, seen.spans, seen.noun)),
        (2, "words such as 实现 lead over to the name", lambda seen: len(seen.link) > 1),
        (1, "a verb leads to the list", _is_led),
        (1, "the name says how they go", _says_how_they_go),
        (-1, "the name is one of a row", lambda seen: seen.behind[:1] in tuple("、和与及")),
        (-1, "the last item begins or ends with a verb", lambda seen: _only(-1)(seen) or _ends_with_verb(seen)),
        (-2, "an item is longer than another", _differ(_LONGER)),
        (-3, "the rules begin the first item elsewhere", lambda seen: not seen.by_rule),
        (-3, "the list begins within a word", _crosses_word),
        (-3, "the name was said before", _said_before),
        (-4, "the first item alone begins with a verb", _only(0)),
        (-4, "all items but the first begin with a verb", _all_but_first),
        (-4, "a pair is followed by 等", lambda seen: len(seen.spans) == 2 and seen.link.startswith("等")),
        (-5, "one sign is counted, and not in all items", _is_vague),
        (-5, "an item is two", _joins),
        (-5, "the last item alone is of people", _only_last(f"[{_PEOPLE}]$")),
        (-5, "an item is far longer than another", _differ(_FAR_LONGER)),
        (-5, "the last of a pair goes on behind where the first ends", _goes_on_alike),
        (_NEVER, "two sides are joined", lambda seen: _is_joined(seen) and _SIDES.match(seen.slogan.text) is not None),
        (-6, "an item holds a quotation", lambda seen: _has_quotation(seen)),
        (_NEVER, "an item is half of a quotation", _is_half_quoted),
        (_NEVER, "an item leans on what was said", lambda seen: not names(seen.plain, seen.spans)),
        (_NEVER, "an item is a verb", _is_verb),
        (_NEVER, "an item says how much", _found(r"\d[\d.]*[万亿余多]*[个项家条户名亩元%]")),
        (_NEVER, "the last item says whose", _found(f"^(?:(?:{words('owner')})+|国家|[省市]级?|高[校职])$", slice(-1, None))),
        (_NEVER, "the last item governs the name", _found(f"^{words('no-name-end')}{_REACHED}$", slice(-1, None))),
        (_NEVER, "one item has an attribute", lambda seen: ("的" in seen.texts[-1]) != ("的" in seen.texts[0])),
        (_NEVER, "the name says what people are like", lambda seen: compiled("(?:工作)?(?:队伍|干部|人才|人员|群众|户|企业|对象|高校)").match(seen.behind) is not None),
    )


def weigh(seen: _Seen) -> int:
    return sum(weight for weight, _, sight in evidence() if sight(seen))


def weighed_list(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """Return the list before a slogan that has just as many items, if its edges are hardly in doubt; empty if not."""
    best, chosen = _ENOUGH - 1, []
    for seen in _lists(plain, slogan, counts):
        if (weight := weigh(seen)) > best:
            best, chosen = weight, seen.spans
    return [(a + 1, b - 1) for a, b in chosen] if _are_quoted(plain, chosen) else chosen


def _lists(plain: str, slogan: Slogan, counts: Counts) -> Iterator[_Seen]:
    """Yield the list of just as many items before a slogan, cut where its first item may begin."""
    end = _behind_list(plain, slogan.start - is_quoted(plain, slogan.start, slogan.end), counts)
    begin = clause_before(plain, end)
    stop = before_link(plain, begin, end)
    named = counts.is_single and (counts.total > 2 or DOUBLE.match(plain, slogan.start, slogan.end) is not None)
    if counts.form != "words" or not named or stop <= begin:
        return
    items = split(plain, begin, stop, "、")
    both = [items, split_last(plain, items)] if items and items[-1][1] == stop else []
    spans = next((spans for spans in both if len(spans) == counts.total), [])
    if not spans:
        return
    if _GOES_ON.search(plain, *spans[-1]):
        return
    if _are_quoted(plain, spans[1:]) and plain[spans[0][1] - 1] in CLOSING_QUOTES:
        spans = [(max(plain.rfind(sign, *spans[0]) for sign in OPENING_QUOTES), spans[0][1]), *spans[1:]]
    rule, likely = first_of(plain, spans), likely_first(plain, spans, sure=0)
    for first in {first[0]: first for first in (rule, likely) if first and first[0] < first[1]}.values():
        whole = [first, *spans[1:-1], without_tail(plain, spans[-1])]
        yield _Seen(plain, whole, slogan, counts, plain[stop:end], spans[0][0], rule in (None, first))


def _behind_list(plain: str, end: int, counts: Counts) -> int:
    """甲和乙“两升”“双增”: return where a list ends that another quoted name of as many things stands behind, too."""
    for _ in range(_MOST_NAMES):
        found = _NAME_BEFORE.search(plain, max(0, end - _LONGEST_NAME), end)
        other = counts_in(found["name"]) if found else None
        if not found or not other or not other.is_single or other.total != counts.total:
            break
        end = found.start()
    return end


def _are_quoted(plain: str, spans: list[Span]) -> bool:
    return all(plain[a] in OPENING_QUOTES and plain[b - 1] in CLOSING_QUOTES for a, b in spans)
