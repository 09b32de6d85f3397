"""Lists right before a slogan that no rule of `apposition.py` is sure of: what speaks for them is weighed together.

There are just as many items as the numeral counts, which is why a list is looked at here. It is taken where all that
is seen of it, of its slogan and of what stands around them outweighs what speaks against it; `evidence` has it all.
The weights come from some four hundred lists of real reports that were read and judged one by one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from glossary_api.model.things import Slogan
from glossary_api.parsing.apposition import before_link
from glossary_api.parsing.clauses import clause_before
from glossary_api.parsing.enumerations import Span, conjunctions, is_half_quoted, split, split_last
from glossary_api.parsing.likely_edges import SURE, ends_item, likely_first
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
from glossary_api.parsing.shared_ends import without_shared_end
from glossary_api.parsing.side_by_side import DOUBLE
from glossary_api.parsing.whole_clauses import begins_with_verb
from glossary_api.text.everyday import common_words, is_made_of_words, verbs
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES, QUOTES

_ENOUGH = 3
_NEVER = -100
_MANY = 4
_SHORT = 3
_LONGER, _FAR_LONGER = 1.5, 4
_AS_WELL_THERE, _HARDLY_ELSEWHERE = 0.5, 0.98
"""How likely a first item begins where it does, so that elsewhere is as likely, or hardly so."""
_BACK = 6000
"""A name that stands in so many signs before has been said."""
_LONGEST_NAME = 12
_MOST_NAMES = 2
"""So many names may share one list."""
_NAME_BEFORE = re.compile(
    rf"[{OPENING_QUOTES}](?P<name>[^{OPENING_QUOTES}{CLOSING_QUOTES}、]{{2,8}})[{CLOSING_QUOTES}]$"
)
_GOES_ON = re.compile("[和与及(]$|(?<=.)(?<![平高中初优同对])等(?![级候待])|.在.{2,}[中上下]$")
_TWO_SIDES = re.compile("双[向方边]")
_OF_PEOPLE = re.compile("(?:工作)?(?:队伍|干部|人才|人员|群众|户|企业|对象|高校)")
_HOW_MUCH = re.compile(r"\d[\d.]*[万亿余多]*[个项家条户名亩元%]")


@dataclass(frozen=True, slots=True)
class SeenList:
    """A list before a slogan, its first item cut where it may begin."""

    plain: str
    spans: list[Span]
    slogan: Slogan
    counts: Counts
    link: str
    begin: int
    """Where the clause of the list begins."""
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
    def reach(self) -> Span:
        """Return where the list begins and its link ends."""
        return self.spans[0][0], self.slogan.start

    @property
    def behind(self) -> str:
        """Return what stands behind the slogan."""
        return self.plain[self.slogan.end : self.slogan.end + 8].lstrip(CLOSING_QUOTES)

    @property
    def begins_with_verb(self) -> list[bool]:
        """Tell of each item whether it begins with a verb."""
        return [begins_with_verb(self.plain, *span) for span in self.spans]


_Sight = Callable[[SeenList], bool]


@functools.cache
def evidence() -> tuple[tuple[int, str, _Sight], ...]:
    """Return all that is looked for, with its weight: above zero if it speaks for a list, below if against it."""
    return (
        (4, "the clause ends behind the name", lambda seen: seen.behind[:1] in tuple(",;。!?)\r\n") or not seen.behind),
        (3, "there are four items or more", lambda seen: len(seen.spans) >= _MANY),
        (2, "there are three items or more", lambda seen: len(seen.spans) > 2),
        (2, "the first item surely begins there", _is_sure),
        (1, "it hardly could begin elsewhere", lambda seen: _begins_there(seen, _HARDLY_ELSEWHERE)),
        (2, "all begin or end with what is counted", lambda seen: carried(seen.plain, seen.spans, seen.noun)),
        (2, "words such as 实现 lead over to the name", lambda seen: len(seen.link) > 1),
        (2, "a verb leads to the list", _is_led),
        (1, "all end alike", lambda seen: len({text[-1] for text in seen.texts}) == 1),
        (1, "all end in the same word", lambda seen: len({text[-2:] for text in seen.texts}) == 1),
        (1, "all are words", lambda seen: all(map(is_made_of_words, seen.texts))),
        (1, "two at once", lambda seen: seen.slogan.text.startswith("双")),
        (-1, "no word joins a pair", lambda seen: len(seen.spans) == 2 and seen.plain[seen.spans[0][1]] == "、"),
        (-2, "it may as well begin elsewhere", lambda seen: not _begins_there(seen, _AS_WELL_THERE)),
        (-2, "an item has an attribute", lambda seen: _any_sign(seen, "的")),
        (-5, "the last item alone does not end as the others", _last_runs_on),
        (-5, "the last item alone goes on behind a verb", _last_is_clause),
        (1, "the name says how they go", _says_how_they_go),
        (-2, "the name is one of a row", lambda seen: seen.behind[:1] in tuple("、和与及")),
        (-1, "the last item alone begins or ends with a verb", _last_is_done),
        (-2, "an item is longer than another", _differ(_LONGER)),
        (-2, "one of several numerals counts no item", _is_of_others),
        (-3, "there are as many as several numerals say together, one of which counts none", _are_all_told),
        (-6, "the list says what several things are like", _is_quality),
        (-3, "the rules begin the first item elsewhere", lambda seen: not seen.by_rule and not _is_sure(seen)),
        (-3, "the list begins within a word", _crosses_word),
        (-3, "it begins right behind a quotation", lambda seen: seen.plain[seen.spans[0][0] - 1] in CLOSING_QUOTES),
        (-3, "the name was said before", _was_said),
        (-4, "the first item alone begins with a verb", lambda seen: _only(seen.begins_with_verb)),
        (-4, "all but the first begin with a verb", lambda seen: _only([not verb for verb in seen.begins_with_verb])),
        (-6, "a pair with 等 behind it is of more", lambda seen: len(seen.spans) == 2 and seen.link.startswith("等")),
        (-6, "one sign is counted, and not in all items", _is_vague),
        (-5, "an item is two", lambda seen: any(any(conjunctions(seen.plain, *span)) for span in seen.spans)),
        (-2, "the first item is two", lambda seen: any(conjunctions(seen.plain, *seen.spans[0]))),
        (-5, "the last item alone is of people", _last_is_of_people),
        (-5, "an item is far longer than another", _differ(_FAR_LONGER)),
        (-5, "the last of a pair goes on behind where the first ends", _goes_on_alike),
        (-6, "an item holds a quotation", lambda seen: _any_sign(seen, QUOTES) and not _are_quoted(seen)),
        (_NEVER, "an item is half of a quotation", lambda seen: any(map(is_half_quoted, seen.texts))),
        (_NEVER, "an item leans on what was said before", lambda seen: not names(seen.plain, seen.spans)),
        (_NEVER, "an item is a verb", _is_verb),
        (_NEVER, "an item says how much", lambda seen: _HOW_MUCH.search(seen.plain, *seen.reach) is not None),
        (_NEVER, "the last item says whose the name is", lambda seen: _owner().fullmatch(seen.texts[-1]) is not None),
        (_NEVER, "the last item governs the name", lambda seen: _governing().fullmatch(seen.texts[-1]) is not None),
        (_NEVER, "one end alone has an attribute", lambda seen: ("的" in seen.texts[-1]) != ("的" in seen.texts[0])),
        (_NEVER, "the list says what people are like", lambda seen: _OF_PEOPLE.match(seen.behind) is not None),
        (_NEVER, "two sides are joined", _are_two_sides),
    )


def weighed_lists(plain: str, slogan: Slogan, counts: Counts) -> Iterator[list[Span]]:
    """Yield the list before a slogan that has just as many items, wherever what speaks for its beginning there has
    weight enough; the weightiest first.
    """
    weighed = [(weight_of(seen), seen) for seen in seen_before(plain, slogan, counts)]
    for weight, seen in sorted(weighed, key=lambda each: -each[0]):
        if weight >= _ENOUGH:
            yield [(a + 1, b - 1) for a, b in seen.spans] if _are_quoted(seen) else seen.spans


def weight_of(seen: SeenList) -> int:
    """Return what all that is seen of a list weighs together."""
    return sum(weight for weight, _, sight in evidence() if sight(seen))


def seen_before(plain: str, slogan: Slogan, counts: Counts) -> Iterator[SeenList]:
    """Yield the list of just as many items before a slogan, cut wherever its first item may begin."""
    end = _behind_list(plain, slogan.start - is_quoted(plain, slogan.start, slogan.end), counts)
    begin = clause_before(plain, end)
    stop = before_link(plain, begin, end)
    items = split(plain, begin, stop, "、") if _may_be_named(plain, slogan, counts) and stop > begin else []
    whole = bool(items) and items[-1][1] == stop and not _GOES_ON.search(plain, *items[-1])
    both = (items, split_last(plain, items)) if whole else ()
    spans = next((spans for spans in both if len(spans) in (counts.total, counts.as_product) and len(spans) > 1), [])
    if not spans:
        return
    start, close = spans[0]
    if plain[close - 1] in CLOSING_QUOTES and all(_is_quoted(plain, *span) for span in spans[1:]):
        start = max(start, *(plain.rfind(sign, start, close) for sign in OPENING_QUOTES))
    spans = [(start, close), *spans[1:]]
    rule = first_of(plain, spans)
    firsts = dict.fromkeys(first for first in (rule, likely_first(plain, spans, sure=0)) if first and first[0] < close)
    for first in firsts:
        cut = without_shared_end(plain, without_tail(plain, [first, *spans[1:]]), tuple(c.label for c in counts.counts))
        cut = _up_to_counted(plain, cut, counts)
        yield SeenList(plain, cut, slogan, counts, plain[stop:end], start, rule in (None, first))


def _may_be_named(plain: str, slogan: Slogan, counts: Counts) -> bool:
    """三项制度, 双提升, 两点一线: tell whether a name counts three things or a pair, several numerals one sign each."""
    things = [count.thing for count in counts.counts]
    by_signs = "、" not in slogan.text and all(len(thing) == 1 and thing not in "百千万" for thing in things)
    pair_or_more = counts.total > 2 or DOUBLE.match(plain, slogan.start, slogan.end) is not None
    if counts.form == "plus":
        return counts.total >= _MANY and not counts.is_open
    return counts.form == "words" and counts.total > 1 and (counts.is_single or by_signs) and pair_or_more


def _behind_list(plain: str, end: int, counts: Counts) -> int:
    """甲和乙“两升”“双增”: return where a list ends that another quoted name of as many things stands behind, too."""
    for _ in range(_MOST_NAMES):
        found = _NAME_BEFORE.search(plain, max(0, end - _LONGEST_NAME), end)
        other = counts_in(found["name"]) if found else None
        if not found or not other or not other.is_single or other.total != counts.total:
            break
        end = found.start()
    return end


def _up_to_counted(plain: str, spans: list[Span], counts: Counts) -> list[Span]:
    """空中、陆上、海上某之路 for 三路: return names of one length without what is counted, which stands once."""
    (length, *different) = {b - a for a, b in spans[:-1]}
    start, end = spans[-1]
    at, sign = start + length, bare_noun(counts.counts[0].noun)[:1]
    once = len(spans) > 2 and length > 1 and not different and sign and sign in plain[at:end]
    held = any(sign in plain[a:b] for a, b in [*spans[:-1], (start, at)])
    whole = plain[start:at] in common_words() and is_made_of_words(plain[at:end])
    return [*spans[:-1], (start, at)] if once and whole and not held else spans


def _is_sure(seen: SeenList) -> bool:
    return _begins_there(seen, SURE)


def _begins_there(seen: SeenList, sure: float) -> bool:
    first = (seen.begin, seen.spans[0][1])
    return likely_first(seen.plain, [first, *seen.spans[1:]], sure) == seen.spans[0]


def _last_runs_on(seen: SeenList) -> bool:
    """清单化、项目化、工程化做好结构调整: tell whether the others end alike, and a longer last item otherwise."""
    *others, last = seen.texts
    ends = {text[-1] for text in others}
    return len(others) > 1 and len(ends) == 1 and last[-1] not in ends and len(last) > max(map(len, others))


def _last_is_clause(seen: SeenList) -> bool:
    """甲机场、乙机场建设丙: tell whether a verb within the last item parts what is listed from what it does."""
    *others, last = seen.texts
    inner = compiled(f"(?<=..){words('adverb')}*(?:{words('verb')}(?=..)|{words('verb-or-noun')}(?=...)|要(?=...))")
    longer = len(last) > max(map(len, others)) + 3
    return longer and inner.search(last) is not None and not any(map(inner.search, others))


def _is_led(seen: SeenList) -> bool:
    leading = compiled(f"{words('verb', 'verb-or-noun', 'preposition', 'owner')}$")
    return leading.search(seen.plain, seen.begin, seen.spans[0][0]) is not None


def _says_how_they_go(seen: SeenList) -> bool:
    return goes(seen.noun) or compiled(words("of-both")).fullmatch(bare_noun(seen.noun)) is not None


def _is_vague(seen: SeenList) -> bool:
    """三农, 双高: one sign that stands in none or not all of the items may be short for anything."""
    said = not seen.counts.is_single or is_telling(seen.noun) or _says_how_they_go(seen)
    return not said and not holds(seen.plain, seen.spans, bare_noun(seen.noun))


def _is_of_others(seen: SeenList) -> bool:
    return not seen.counts.is_single and not _all_held(seen)


def _are_all_told(seen: SeenList) -> bool:
    return len(seen.spans) == seen.counts.total and _is_of_others(seen)


def _all_held(seen: SeenList) -> bool:
    return all(any(count.thing in text for text in seen.texts) for count in seen.counts.counts)


def _is_quality(seen: SeenList) -> bool:
    """以甲、乙、丙为重点的“一江两路”: tell whether a list of what several numerals count says what they are like."""
    return not seen.counts.is_single and seen.link.startswith("为") and not _all_held(seen)


def _differ(times: float) -> _Sight:
    return lambda seen: max(map(len, seen.texts)) > times * min(map(len, seen.texts))


def _only(which: list[bool]) -> bool:
    """Tell whether the first of some is so, and no other."""
    return which[0] and not any(which[1:])


def _last_is_done(seen: SeenList) -> bool:
    return _only(seen.begins_with_verb[::-1]) or not ends_item(seen.plain, *seen.spans[-1])


def _last_is_of_people(seen: SeenList) -> bool:
    return _only([text[-1] in "人者员户众" for text in seen.texts][::-1])


def _goes_on_alike(seen: SeenList) -> bool:
    """甲域、乙域经济; 甲机场、乙机场客货运: tell whether what follows the last of two names belongs to both of them."""
    first, *_, last = seen.texts
    pair = len(seen.spans) == 2 and len(last) > len(first) + 1
    return pair and (first[-2:] in last[2:-3] or (len(first) <= _SHORT and last[len(first) - 1] == first[-1]))


def _crosses_word(seen: SeenList) -> bool:
    """Tell whether a word goes on across the beginning, 集|中安置区, where no verb ends before it: 推进|行政执法."""
    start = seen.spans[0][0]
    crossed = start > seen.begin and seen.plain[start - 1 : start + 1] in common_words()
    return crossed and not (_is_led(seen) and seen.plain[start : start + 2] in common_words())


def _was_said(seen: SeenList) -> bool:
    start, end = seen.slogan.start, seen.slogan.end
    return seen.plain.rfind(seen.plain[start:end], max(0, start - _BACK), start) >= 0


def _any_sign(seen: SeenList, signs: str) -> bool:
    return any(sign in text for text in seen.texts for sign in signs)


def _is_verb(seen: SeenList) -> bool:
    """坚持和落实“两个…”: tell whether a list is of verbs, all of them or the last one, that govern its name."""
    bare = [text in verbs() or compiled(words("verb")).fullmatch(text) is not None for text in seen.texts]
    return bare[-1] or all(bare) or (len(bare) == 2 and any(bare))


def _are_two_sides(seen: SeenList) -> bool:
    """甲与乙“双向互动”: tell whether a name says what the two that 与 joins do with each other."""
    joined = len(seen.spans) == 2 and seen.plain[seen.spans[0][1]] != "、"
    return joined and _TWO_SIDES.match(seen.slogan.text) is not None


def _are_quoted(seen: SeenList) -> bool:
    return all(_is_quoted(seen.plain, *span) for span in seen.spans)


def _is_quoted(plain: str, start: int, end: int) -> bool:
    return plain[start] in OPENING_QUOTES and plain[end - 1] in CLOSING_QUOTES


@functools.cache
def _owner() -> re.Pattern[str]:
    return re.compile(f"(?:{words('owner')})+|国家|[省市]级?|高[校职]")


@functools.cache
def _governing() -> re.Pattern[str]:
    return re.compile(f"{words('no-name-end')}(?:全[国省市县区州]|省级|国家级?|唯一|前列)?")
