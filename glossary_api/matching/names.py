"""Names as an edition knows them: tabulated by number, and compiled into automata that find them."""

from __future__ import annotations

import functools
import importlib.metadata
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from glossary_api.model.things import Term
from glossary_api.model.words import ALWAYS, CANDIDATE, ESTABLISHED, NEVER, UNQUOTED, VOUCHED

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
        """Return what has to vouch for the name: 0 for nothing, 1 for a quotation in the same text, 2 for one right
        there.
        """
        return need(self.key, self.unquoted)


class Automaton:
    """Finds all keys in one pass (double-array Aho-Corasick by daachorse)."""

    def __init__(self, keys: Sequence[str], corpus: Sequence[str] = ()) -> None:
        """Build the automata; `corpus` shows what folded texts look like, so that states they reach lie side by
        side.
        """
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
    """Tell whether a folded name is too short, or too much like a figure or a number of things, to be known
    unquoted.
    """
    return len(key) <= _SHORT or bool(_FIGURES.fullmatch(key)) or bool(_MEASURED.fullmatch(key))


def need(key: str, unquoted: str) -> int:
    """Return what has to vouch for a folded name that counts unquoted where one of UNQUOTED says; a risky one
    nowhere.
    """
    return 2 - UNQUOTED.index(NEVER if is_risky(key) else unquoted)


@functools.cache
def _version() -> str:
    return importlib.metadata.version("daachorse")


def _machine() -> Any:
    from daachorse import CharwiseDoubleArrayAhoCorasick  # compiled; only those who match need it

    return CharwiseDoubleArrayAhoCorasick
