"""Names whose things stand in clauses or sentences of their own behind them: “三个中心”建设。甲中心…。乙中心…。丙中心….

That as many clauses of a paragraph as the numeral counts carry what is counted, at the same place in each, may be
chance; `evidence` has what speaks for it and against it, with the weights that many lists that were read gave it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from glossary_api.model.things import Slogan
from glossary_api.parsing.enumerations import Span, is_half_quoted
from glossary_api.parsing.list_edges import bare_noun, behind_joined_verbs, goes, names, shared_beginning, words
from glossary_api.parsing.numerals import Counts
from glossary_api.parsing.patterns import compiled
from glossary_api.text.everyday import common_words
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES, QUOTES

_ENOUGH = 6
_NEVER = -100
_MOST = 12
"""A name that counts more things has them in a list, if it has them."""
_FARTHEST = 1500
"""How far behind a slogan its things may stand, in characters."""
_HEADING = 40
"""A slogan that stands so near to the end of its paragraph may be spelled out in the next."""
_LONGEST = 36
_SHORT = 4
_AT_AN_END = 10
_MANY = 4
_MOST_TIMES = 4
"""A stretch that has a thing so many times as often as is counted is of other things."""
_NEAR = 3
_COMMON = 8
"""A sign that a report has so many times as often as it is counted says little."""
_NUMERAL = "[一二三四五六七八九十]"
_CLAUSE = re.compile(r"[^,;。:!?\r\n]+")
_LABEL = rf"--|{_NUMERAL}+[是要]|第{_NUMERAL}|[(]?(?:{_NUMERAL}+|\d{{1,2}})[)、.](?!\d)|[①-⑩]"
_LEAD = re.compile(rf"[ \t\u3000*]*(?P<label>{_LABEL})?[ *{QUOTES}]*")
_LABEL_BEFORE = re.compile(rf"(?:[第其]{_NUMERAL}|{_NUMERAL}是),$")
_BLANK = re.compile(r"\s*")
_BEHIND = re.compile(rf"[{CLOSING_QUOTES}](?:\[\d+\])?([\u4e00-\u9fff]{{2,8}})(?=[,。;、])")
_AGAIN = re.compile(r"[一二两双三四五六七八九十\d][个大项张条类件种批]?(?:重大|重点|主要|新)?$")
"""三大中心: the name is said again."""
_HOW_MUCH = re.compile(r"从每?\w?\d|\d[\d.]*[万亿]?[美元平吨%]")
_AMOUNT = re.compile(r"(?:达到?|超过?|完成|近|约)?\d[\d.]*[^\d、]{0,6}$")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause that carries what is counted."""

    start: int
    name: Span
    place: str
    """Where its name has the thing: `begin` or `end`."""
    index: int
    """Which clause of the stretch it is."""
    head: bool
    """A sentence or a paragraph begins with it."""
    whole: bool
    """Nothing stands behind the name."""


@dataclass(frozen=True)
class _Seen:
    """As many clauses as a numeral counts, all of which carry what is counted."""

    plain: str
    slogan: Slogan
    thing: str
    clauses: list[_Clause]
    times: int
    """How often the stretch has the thing in it."""
    own: bool
    """The thing is what the numeral counts, and no noun behind the name."""

    @property
    def number(self) -> int:
        """Return how many there are."""
        return len(self.clauses)

    @property
    def names(self) -> list[Span]:
        """Return where the names stand."""
        return [clause.name for clause in self.clauses]

    @functools.cached_property
    def everywhere(self) -> int:
        """Return how often the report has the thing in it."""
        return self.plain.count(self.thing)

    @functools.cached_property
    def leads(self) -> set[str]:
        """Return what stands before the names in their clauses."""
        return {self.plain[clause.start : clause.name[0]] for clause in self.clauses}

    @functools.cached_property
    def texts(self) -> list[str]:
        """Return the names."""
        return [self.plain[a:b] for a, b in self.names]


_Sight = Callable[[_Seen], bool]


@functools.cache
def evidence() -> tuple[tuple[int, str, _Sight], ...]:
    """Return all that is looked for, with its weight: above zero if it speaks for the clauses, below if against."""
    return (
        (3, "each begins a sentence", lambda seen: all(clause.head for clause in seen.clauses)),
        (2, "there are three or more", lambda seen: seen.number > 2),
        (1, "there are four or more", lambda seen: seen.number >= _MANY),
        (2, "the thing is a word", lambda seen: len(seen.thing) > 1),
        (2, "the names are short and of one length", _are_short),
        (2, "the report hardly has the thing elsewhere", lambda seen: seen.everywhere <= 2 * seen.number + 1),
        (2, "nothing else in the stretch has the thing", lambda seen: seen.times == seen.number),
        (2, "all are led by the same words", lambda seen: len(seen.leads) == 1 and seen.leads != {""}),
        (1, "all or none are led by a verb", lambda seen: len({bool(lead) for lead in seen.leads}) == 1),
        (1, "the first stands right behind the name", lambda seen: seen.clauses[0].index < _NEAR),
        (1, "one stands behind the other", _in_a_row),
        (1, "all names end or begin the clause", lambda seen: all(clause.whole for clause in seen.clauses)),
        (-2, "the report has the thing everywhere", lambda seen: seen.everywhere > _COMMON * seen.number),
        (-2, "the stretch has the thing far oftener", lambda seen: seen.times > 2 * seen.number),
        (-2, "the thing is an undertaking", _is_undertaking),
        (_NEVER, "a sign by itself is a part of words", _is_within_words),
        (_NEVER, "a sign by itself begins long names", _begins_long_names),
        (-3, "others stand between them", _are_scattered),
        (-3, "two are few", lambda seen: seen.number == 2),
        (-4, "the noun behind the name is what they carry", lambda seen: not seen.own),
        (_NEVER, "a sign by itself goes on", _goes_on),
        (_NEVER, "a name says nothing but the thing", lambda seen: min(map(len, seen.texts)) <= len(seen.thing)),
        (_NEVER, "two are the same", lambda seen: len(set(seen.texts)) < seen.number),
        (_NEVER, "a name leans on another", lambda seen: not names(seen.plain, seen.names)),
        (_NEVER, "a name is half of a quotation", lambda seen: any(map(is_half_quoted, seen.texts))),
        (_NEVER, "a name says how much", lambda seen: any(map(_HOW_MUCH.search, seen.texts))),
        (_NEVER, "a name is long", lambda seen: max(map(len, seen.texts)) > _LONGEST),
    )


def _goes_on(seen: _Seen) -> bool:
    return len(seen.thing) == 1 and not all(clause.whole for clause in seen.clauses)


def _begins_long_names(seen: _Seen) -> bool:
    return len(seen.thing) == 1 and seen.clauses[0].place == "begin" and not _are_short(seen)


def _in_a_row(seen: _Seen) -> bool:
    indexes = [clause.index for clause in seen.clauses]
    return indexes[-1] - indexes[0] == seen.number - 1


def _are_short(seen: _Seen) -> bool:
    return max(map(len, seen.texts)) <= _SHORT and len(set(map(len, seen.texts))) == 1


def _is_within_words(seen: _Seen) -> bool:
    """农业甲, 农村乙 for 三农: tell whether one sign is a part of words, and no noun of its own."""
    begin = seen.clauses[0].place == "begin"
    pairs = [text[:2] if begin else text[-2:] for text in seen.texts if len(text) > 2]
    return len(seen.thing) == 1 and 2 * sum(pair in common_words() for pair in pairs) >= seen.number


def _are_scattered(seen: _Seen) -> bool:
    return not (_in_a_row(seen) or all(clause.head for clause in seen.clauses))


def _is_undertaking(seen: _Seen) -> bool:
    return compiled(words("undertaking", "verb-or-noun")).fullmatch(seen.thing) is not None


def weight_of(seen: _Seen) -> int:
    """Return the sum of what speaks for the clauses and against them."""
    return sum(weight for weight, _, sight in evidence() if sight(seen))


def weighed_clauses(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """Return the things in the clauses behind a slogan, where what speaks for them has weight enough."""
    if counts.form != "words" or counts.is_open or not 1 < counts.total <= _MOST:
        return []
    if not counts.is_single:
        return _in_order(plain, slogan, counts)
    weighed = [(weight_of(seen), seen) for seen in _seen(plain, slogan, counts)]
    weight, best = max(weighed, key=lambda each: each[0], default=(_NEVER, None))
    return [] if best is None or weight < _ENOUGH else best.names


def _seen(plain: str, slogan: Slogan, counts: Counts) -> Iterator[_Seen]:
    """Yield the clauses that carry what is counted, where some stretch behind a slogan has just as many of a kind."""
    for thing, own in _things(plain, slogan, counts):
        for start, ends in _stretches(plain, slogan.end):
            if not counts.total <= plain.count(thing, start, ends[-1]) <= _MOST_TIMES * counts.total:
                continue
            clauses = [clause for clause in _carrying(plain, start, ends[-1], thing) if clause.start > slogan.end + 1]
            for end in ends:
                within = [clause for clause in clauses if clause.name[1] <= end]
                for group in _groups(plain, within) if len(within) >= counts.total else ():
                    if len(group) == counts.total and (own or group[0].place == "end"):
                        group = _without_noun(plain, _without_verbs(plain, group, thing), slogan)
                        yield _Seen(plain, slogan, thing, group, plain.count(thing, start, end), own)


def _in_order(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """“一谷一城一港”。甲谷，…。乙城，…。丙港，…: the heads end in what is counted, in the order of the name."""
    things = [count.thing for count in counts.counts for _ in range(count.number or 0)]
    kinds = dict.fromkeys(things)
    if len(things) < 3 or len(kinds) < 2 or not all(things) or any(len(kind) == 1 and goes(kind) for kind in kinds):
        return []
    for start, ends in _stretches(plain, slogan.end):
        end = ends[-1]
        if not all(0 < plain.count(kind, start, end) <= _MOST_TIMES * counts.total for kind in kinds):
            continue
        heads = {
            clause.name: kind
            for kind in kinds
            for clause in _carrying(plain, start, end, kind)
            if clause.head and clause.place == "end" and (clause.whole or len(kind) > 1)
        }
        spans = sorted(heads)
        if [heads[span] for span in spans] == things and names(plain, spans):
            return spans
    return []


def _groups(plain: str, clauses: list[_Clause]) -> Iterator[list[_Clause]]:
    """Yield the clauses that have the thing at one place, all of them or those that begin sentences, led alike."""
    for place in ("begin", "end"):
        placed = [clause for clause in clauses if clause.place == place]
        heads = [clause for clause in placed if clause.head]
        yield from (placed, heads, [clause for clause in heads if clause.whole])
        if heads:
            lead = plain[heads[0].start : heads[0].name[0]] or plain[heads[0].start : heads[0].start + 2]
            yield [clause for clause in heads if plain.startswith(lead, clause.start)]


def _without_verbs(plain: str, clauses: list[_Clause], thing: str) -> list[_Clause]:
    """Return the clauses, each name without words that may be verbs, if all of the clauses begin with such."""
    found = [_governing("verb", "verb-or-noun").match(plain, clause.start, clause.name[1] - 2) for clause in clauses]
    if clauses[0].place == "begin" and len(thing) == 1:
        tail = len(shared_beginning([plain[slice(*clause.name)][:1:-1] for clause in clauses]))
        return [replace(clause, name=(clause.name[0], clause.name[1] - tail)) for clause in clauses]
    led = all(clause.start < clause.name[0] for clause in clauses)
    framed = any(plain[clause.start] in "以在" for clause in clauses)
    if led or framed or not all(found) or clauses[0].place == "begin":
        return clauses
    begins = [lead.end() for lead in found if lead]
    if any(clause.name[1] - begin < len(thing) + 2 for clause, begin in zip(clauses, begins, strict=True)):
        return clauses
    return [replace(clause, name=(begin, clause.name[1])) for clause, begin in zip(clauses, begins, strict=True)]


def _without_noun(plain: str, clauses: list[_Clause], slogan: Slogan) -> list[_Clause]:
    """强化甲带动作用, 强化乙带动作用 for “两大群体”带动作用: return the clauses without what is said of all of them."""
    behind = _BEHIND.match(plain, slogan.end)
    said = behind[1] if behind and len(behind[1]) >= _MANY else ""
    if not said or not all(plain.endswith(said, *clause.name) for clause in clauses):
        return clauses
    return [replace(clause, name=(clause.name[0], clause.name[1] - len(said))) for clause in clauses]


def _things(plain: str, slogan: Slogan, counts: Counts) -> Iterator[tuple[str, bool]]:
    """Yield what the clauses may carry: what is counted, one sign also with the noun behind the name, and that noun."""
    thing = bare_noun(counts.counts[0].thing)
    if not thing.isalpha():
        return
    yield thing, True
    behind = _BEHIND.match(plain, slogan.end)
    if len(thing) >= _MANY:
        yield thing[-2:], True
    if len(thing) == 1 and behind and counts.total > 2:
        yield thing + behind[1][:2], True
    noun = bare_noun(behind[1])[-2:] if behind and len(thing) < _MANY else ""
    if noun in common_words() and not compiled(words("undertaking", "verb-or-noun", "as-one")).fullmatch(noun):
        yield noun, False


def _stretches(plain: str, start: int) -> Iterator[tuple[int, list[int]]]:
    """Yield where to look and how far: to the end of the sentence behind a slogan, of the next, and of the paragraph;
    where the slogan is near to the end of its paragraph, in the next one.
    """
    line = _line_end(plain, start)
    limit = min(line, start + _FARTHEST)
    sentence = plain.find("。", start, limit) + 1 or limit
    yield start, [sentence, plain.find("。", sentence, limit) + 1 or limit, limit]
    following = _BLANK.match(plain, line)
    if line - start <= _HEADING and following and following.end() < len(plain):
        begin = following.end()
        yield begin, [min(_line_end(plain, begin), begin + _FARTHEST)]


def _line_end(plain: str, start: int) -> int:
    end = plain.find("\n", start)
    return end if end >= 0 else len(plain)


def _carrying(plain: str, start: int, end: int, thing: str) -> Iterator[_Clause]:
    """Yield the clauses of a stretch that carry the thing at their beginning or their end."""
    for index, found in enumerate(_CLAUSE.finditer(plain, start, end)):
        a, b = found.span()
        if plain.find(thing, a, b) < 0:
            continue
        lead = _LEAD.match(plain, a, b)
        head = (
            plain[a - 1] in "。;!?\r\n"
            or bool(lead and lead["label"])
            or _LABEL_BEFORE.search(plain, a - 4, a) is not None
        )
        a = lead.end() if lead else a
        if head and plain[a - 1] in OPENING_QUOTES:
            # “甲”加快发展: what is quoted at the head of a sentence is the name
            b = next((at for at in range(a, b) if plain[at] in CLOSING_QUOTES), b)
        while b > a and plain[b - 1] in QUOTES + " *":
            b -= 1
        yield from _named(plain, a, b, thing, index, head)


def _named(plain: str, a: int, b: int, thing: str, index: int, head: bool) -> Iterator[_Clause]:
    """Yield a clause with its name, if that begins or ends with the thing."""
    at = plain.rfind(thing, a, b)
    if len(thing) == 1 and a + _AT_AN_END < at < b - _AT_AN_END:
        return  # one sign is looked for at either end only
    if at < 0 or _AGAIN.search(plain, max(a, at - 5), at):
        return
    led = _governing("verb", "verb-or-noun").match(plain, a, b)
    leads = (a, _behind_verbs(plain, a, b), led.end() if led else a)
    begin = next((at for at in leads if plain.startswith(thing, at)), 0)
    amount = _AMOUNT.search(plain, a + 1, b)
    stop = amount.start() if amount else b
    if not begin and head and compiled(words("adverb")).fullmatch(thing):
        begin = a  # 甲实现更大跨越 for 三个更大
    stop -= plain[stop - 1] == "是"
    if begin and stop > begin + len(thing):
        yield _Clause(a, (begin, stop), "begin", index, head, stop == b)
        return
    begin, stop, end = _behind_verbs(plain, a, b), max(stop, at + len(thing)), at + len(thing)
    end += plain.startswith("战", end, b)  # 甲攻坚战 for 三攻坚
    rest = plain[end:stop]
    whole = not rest or compiled(words("undertaking")).fullmatch(rest) is not None
    if (plain[a] == "在" and whole) or (plain[a] == "以" and "为" in plain[a:at]):
        begin = a  # 在甲上主动服务, 以甲为基础的乙支撑: what the preposition governs is a part of the name only
    end += plain[end : end + 1] in tuple(CLOSING_QUOTES) and is_half_quoted(plain[begin:end])
    listed = "、" in plain[begin:end] and not goes(thing)
    if begin < at and (whole or head) and not listed:
        yield _Clause(a, (begin, end), "end", index, head, whole)


def _behind_verbs(plain: str, start: int, end: int) -> int:
    """Return where a name begins behind the adverbs, the preposition and the verb that govern it."""
    joined = behind_joined_verbs(plain, start, end)
    lead = _governing("verb").match(plain, start, end)
    begin = joined if joined > start else lead.end() if lead else start
    within = begin > start and plain[begin - 1 : begin + 1] in common_words()
    return begin if begin < end and not within else start


@functools.cache
def _governing(*groups: str) -> re.Pattern[str]:
    verb = f"{words(*groups)}[了好]?"
    adverbs = f"(?:{words('adverb')})*"
    return re.compile(f"(?:{adverbs}(?:{words('preposition')}|{verb})){{1,2}}(?!和(?!谐))[ {QUOTES}]*")
