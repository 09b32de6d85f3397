"""Names as an edition knows them, tabulated by number and compiled into automata, and their edges in a text."""

from __future__ import annotations

import functools
import importlib.metadata
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from glossary_api.model.things import Term
from glossary_api.model.words import ALWAYS, CANDIDATE, ESTABLISHED, NEVER, UNQUOTED, VOUCHED
from glossary_api.text.folding import (
    BRACKETS,
    CIRCLED,
    CLOSING_QUOTES,
    COPIED,
    DIGIT,
    OPENING_QUOTES,
    QUOTED_PART,
    QUOTES,
    UNIT,
    WORD,
    plain,
)

_SHORT = 2
"""A folded name of at most this many characters also stands inside ordinary words: 四上 in 星期四上午."""
_FIGURES = re.compile(r"[\d+nmx.·\-~]+")
_MEASURED = re.compile(
    r"\d+(?:多|余|几)?(?:[条项个件种类批次家户所座处支名位届轮期级层张套台辆艘架部份本篇段场面块片根组对双副天年月日周岁倍元吨米亩]"
    r"|公里|小时|分钟|公斤|公顷|平方米|千瓦|人次)"
)
"""A number and what it counts, and nothing more: 25条."""
_CAREFUL = re.compile(r"[0-9a-z+十百千]")
"""What a folded name has to contain to run on at an edge, or to be longer or shorter than what it was folded from."""
_MARK = re.compile(rf"[{CIRCLED}]|[{re.escape(BRACKETS)}]\s*\d{{1,3}}\s*[］\]〕】]")
_GOES_ON = (re.compile(r"[0-9a-z+]{2}"), re.compile(r"[〇零一二三四五六七八九十百千两]{2}"))
"""Two plain characters between which no name begins or ends: of a figure or a word, of a Han numeral."""
_MARK_BEGINS = frozenset(CIRCLED + BRACKETS)
_CLOSED_BY = {quote: quote for quote in QUOTES} | dict(zip(OPENING_QUOTES, CLOSING_QUOTES, strict=True))
"""Careless writers also close with the mark that they opened with, if it is not an opening one."""
_NUMERALS = frozenset("0123456789十百千")
"""What the numeral of a folded name begins with."""
_UNKNOWN = 1 << 30
"""The rank of what is no word: behind all others."""
TOGETHER = frozenset(bytes(pair) for pair in ((WORD, WORD), *itertools.product((DIGIT, UNIT), repeat=2)))
"""Kinds of two characters between which no name begins or ends."""
_PAIRED = re.compile(f"[{OPENING_QUOTES}{CLOSING_QUOTES}]")

Hit = tuple[int, int, int]
"""Start, end and number of a name; the span is of the folded text or of the source, as the function says."""


class Name(NamedTuple):
    """A folded name and what it leads to."""

    key: str
    term: str
    """Term id, in ASCII."""
    kind: str
    """The kind of the term: `numeral`, `plan` or `quoted`."""
    unquoted: str = ALWAYS
    """Where the name counts unquoted, one of UNQUOTED; a risky one never does."""
    status: str = ESTABLISHED
    """The status of the term."""

    @property
    def need(self) -> int:
        """Return what has to vouch for the name: 0 nothing, 1 a quotation in the same text, 2 one right there."""
        return need(self.key, self.unquoted)


class Automaton:
    """Finds all keys in one pass (double-array Aho-Corasick by daachorse)."""

    def __init__(self, keys: Sequence[str], corpus: Sequence[str] = ()) -> None:
        """Build the automata; `corpus` shows what folded texts look like: states that they reach lie side by side."""
        self._machine = _machine()(list(keys), corpus=list(corpus) or None) if keys else None

    def __reduce__(self) -> tuple[Any, ...]:
        return Automaton.unpack, (self.pack(),)

    def scan(self, text: str) -> list[Hit]:
        """Return every occurrence of every key in a folded text, overlapping ones included, by end."""
        return [] if self._machine is None else self._machine.find_overlapping(text)

    def pack(self) -> bytes:
        """Return the automaton as bytes."""
        return b"" if self._machine is None else self._machine.serialize()

    @classmethod
    def unpack(cls, packed: bytes) -> Automaton:
        """Return the automaton that the same version of daachorse packed."""
        automaton = cls(())
        automaton._machine = _machine().deserialize(packed) if packed else None
        return automaton


@dataclass(frozen=True, slots=True)
class Table:
    """A table of names by number: first those that always count, then vouched ones, then the others."""

    safe: int
    """How many names always count, quoted or not."""
    vouched: int
    """How many of those behind them count wherever the same text also quotes them."""
    longest_risky: int
    """The length of the longest of the others."""
    kind: tuple[str, ...]
    kinds: bytes
    """For each name, which of `kind` it is."""
    careful: bytes
    """For each name, whether it can run on at an edge, or fold to another length."""
    candidate: bytes
    """For each name, whether its term is a candidate only."""
    width: int
    ids: bytes
    """For each name the id of its term, `width` bytes, spaces behind."""

    @property
    def free(self) -> int:
        """Return how many names are not risky."""
        return self.safe + self.vouched

    def pack(self) -> bytes:
        """Return the table as bytes: a line of JSON, then what there is for each name."""
        numbers = {
            "safe": self.safe,
            "vouched": self.vouched,
            "longest_risky": self.longest_risky,
            "kind": self.kind,
            "width": self.width,
        }
        head = orjson.dumps({"daachorse": _version(), "names": len(self.kinds), **numbers})
        return b"%b\n%b%b%b%b" % (head, self.kinds, self.careful, self.candidate, self.ids)

    @classmethod
    def unpack(cls, packed: bytes) -> Table | None:
        """Return the table; None if the automata beside it are of another version of daachorse."""
        line, _, rest = packed.partition(b"\n")
        head = orjson.loads(line)
        if head["daachorse"] != _version():
            return None
        names = head["names"]
        kinds, careful, candidate, ids = (rest[n * names : (n + 1) * names if n < 3 else None] for n in range(4))
        return cls(
            safe=head["safe"],
            vouched=head["vouched"],
            longest_risky=head["longest_risky"],
            kind=tuple(head["kind"]),
            kinds=kinds,
            careful=careful,
            candidate=candidate,
            width=head["width"],
            ids=ids,
        )


def tabulated(names: Iterable[Name]) -> tuple[Table, list[str]]:
    """Return the table of the names, and their keys in its order."""
    ordered = sorted(names, key=lambda name: (name.need, name.key))
    needs = [name.need for name in ordered]
    kind = tuple(sorted({name.kind for name in ordered}))
    width = max((len(name.term) for name in ordered), default=0)
    table = Table(
        safe=needs.count(0),
        vouched=needs.count(1),
        longest_risky=max((len(name.key) for name in ordered if name.need == 2), default=0),
        kind=kind,
        kinds=bytes(kind.index(name.kind) for name in ordered),
        careful=bytes(bool(_CAREFUL.search(name.key)) for name in ordered),
        candidate=bytes(name.status == CANDIDATE for name in ordered),
        width=width,
        ids=b"".join(name.term.encode("ascii").ljust(width) for name in ordered),
    )
    return table, [name.key for name in ordered]


def names_of(terms: Iterable[Term]) -> Iterator[Name]:
    """Return every folded name of the terms."""
    return (
        Name(key, term.id, term.kind, VOUCHED if key in term.vouched else ALWAYS, term.status)
        for term in terms
        for key in term.keys
    )


def is_risky(key: str) -> bool:
    """Tell whether a folded name is too short, or too like a figure or a number of things, to be known unquoted."""
    return len(key) <= _SHORT or bool(_FIGURES.fullmatch(key)) or bool(_MEASURED.fullmatch(key))


def need(key: str, unquoted: str) -> int:
    """Return what has to vouch for a folded name that counts unquoted where one of UNQUOTED says; a risky one never."""
    return 2 - UNQUOTED.index(NEVER if is_risky(key) else unquoted)


@functools.cache
def _version() -> str:
    return importlib.metadata.version("daachorse")


def _machine() -> Any:
    from daachorse import CharwiseDoubleArrayAhoCorasick  # compiled; only those who match need it

    return CharwiseDoubleArrayAhoCorasick


def balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span by a quotation mark at its edge whose partner is inside: 清“三欠 becomes 清“三欠”."""
    inside = text[start:end]
    if not _PAIRED.search(inside):
        return start, end
    for opening, closing in zip(OPENING_QUOTES, CLOSING_QUOTES, strict=True):
        surplus = inside.count(opening) - inside.count(closing)
        if surplus > 0 and text[end : end + 1] == closing:
            end += 1
        elif surplus < 0 and start > 0 and text[start - 1] == opening:
            start -= 1
    return start, end


def is_vouched_for(text: str, start: int, end: int) -> bool:
    """Tell whether quotation marks or a footnote mark say that the span is a name."""
    return is_quoted(text, start, end) or is_marked(text, end)


def is_named(text: str, start: int, end: int) -> bool:
    """Tell whether something vouches for a span, quotation marks around a part of it too: “三公”经费, 清“三欠”."""
    return is_vouched_for(text, start, end) or bool(QUOTED_PART.search(text, start, end))


def is_quoted(text: str, start: int, end: int) -> bool:
    """Tell whether quotation marks enclose exactly this span, but for a footnote mark: “三度一色［15］”."""
    closing = _CLOSED_BY.get(text[start - 1]) if start else None
    if closing is None or end == len(text):
        return False
    if text[end] in _MARK_BEGINS and (mark := _MARK.match(text, end)):
        end = mark.end()
    return text[end : end + 1] == closing


def is_marked(text: str, end: int) -> bool:
    """Tell whether a footnote mark follows, quotation marks that close before it aside."""
    while end < len(text) and text[end] in CLOSING_QUOTES:
        end += 1
    return text[end : end + 1] in _MARK_BEGINS and bool(_MARK.match(text, end))


def runs_on(text: str, start: int, end: int) -> bool:
    """Tell whether a figure, word or Han numeral at an edge of a span goes on outside: 2+3 in 1+2+3, 二重 in 十二重."""
    neighbours = [text[at - 1 : at + 1] for at in (start, end) if 0 < at < len(text)]
    return any(kind.fullmatch(plain(pair)) for pair in neighbours for kind in _GOES_ON)


def is_ordinal(text: str, start: int, sign: str) -> bool:
    """Tell whether the numeral that a name begins with, `sign` as folded, is an ordinal: 第三十一条, 第三大工程.

    `start` is where the name begins in the text.
    """
    return start > 0 and text[start - 1] == "第" and sign in _NUMERALS


def cuts_word(
    text: str, starts: Sequence[int], ends: Sequence[int], begin: int, stop: int, words: Mapping[str, int]
) -> bool:
    """Tell whether an edge of the span [begin, stop) of a folded text lies inside an everyday word: 最|高水平, 代表|团.

    `starts` and `ends` are those of `Folded`, `words` has the rank of each word, 0 for the most frequent. No word goes
    on across what folding dropped, and a word gives way to a more frequent one that lies wholly outside the span: in
    以旧换新政策 it is 政策, not 新政.
    """
    behind = stop < len(text) and starts[stop] == ends[stop - 1]
    if behind and _cut_at_end(text, stop, stop - begin > 1, words):
        return True
    return begin > 0 and starts[begin] == ends[begin - 1] and _cut_at_start(text, begin, stop - begin > 1, words)


def _cut_at_end(text: str, stop: int, long: bool, words: Mapping[str, int]) -> bool:
    rank = words.get
    across = min(rank(text[stop - 1 : stop + 1], _UNKNOWN), rank(text[stop - 1 : stop + 2], _UNKNOWN))
    if long:
        across = min(across, rank(text[stop - 2 : stop + 1], _UNKNOWN))
    if across == _UNKNOWN:
        return False
    return across < rank(text[stop : stop + 2], _UNKNOWN) and across < rank(text[stop : stop + 3], _UNKNOWN)


def _cut_at_start(text: str, begin: int, long: bool, words: Mapping[str, int]) -> bool:
    rank = words.get
    across = rank(text[begin - 1 : begin + 1], _UNKNOWN)
    if long:
        across = min(across, rank(text[begin - 1 : begin + 2], _UNKNOWN))
    if begin > 1:
        across = min(across, rank(text[begin - 2 : begin + 1], _UNKNOWN))
    if across == _UNKNOWN:
        return False
    before = (text[start:begin] for start in (begin - 2, begin - 3) if start >= 0)
    return all(across < rank(word, _UNKNOWN) for word in before)


def framed(kinds: bytes) -> bytes:
    """Return the kinds of the characters of a text as `Folded` has them, and one more at each end.

    Around an edge before the character n stand then the kinds [n : n + 2]: those in TOGETHER are what `runs_on` means.
    """
    return b"%c%b%c" % (COPIED, kinds, COPIED)
