"""Work out the content hash of an edition from its rows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

import orjson

from glossary_api.store.schema import PACKED, REFERENCES, SCHEMA_VERSION, TABLES, columns

R = TypeVar("R", bound=tuple[Any, ...])
_MODULUS = 1 << 256
Names = Mapping[str, Mapping[int, str | None]]
LISTED = ("variants", "reports")
"""The column with a list of ranks, of reports."""
NAMED: Mapping[str, str] = MappingProxyType({"reports": "id", "terms": "id", "sections": "heading"})
"""The tables that others refer to, and the columns that their ranks stand for."""


class RowSum(NamedTuple):
    """How many rows a table has, and the sum of their digests modulo 2²⁵⁶."""

    rows: int = 0
    total: int = 0


class ContentHash:
    """A hash of the rows of all tables, whatever their order and their ranks: for a rank it has what that stands for.

    Of each table the digests of its rows are added up, so that rows can be taken out and put in without going through
    the others (M. Bellare, D. Micciancio, A New Paradigm for Collision-Free Hashing, EUROCRYPT 1997, AdHash). It tells
    one content from another and what was damaged from what was not; it keeps nobody from forging an edition.
    """

    def __init__(self, names: Names, tallies: Mapping[str, RowSum] | None = None) -> None:
        """`names` say by table what the ranks of its rows stand for: ids of reports and terms, headings of sections."""
        self._names = names
        self._tallies = dict.fromkeys(TABLES, RowSum()) | dict(tallies or {})

    @classmethod
    def of(cls, names: Names, document: bytes | str) -> ContentHash:
        """Go on from what `document` returned."""
        kept = orjson.loads(document)
        return cls(names, {table: RowSum(rows, int(total, 16)) for table, (rows, total) in kept.items()})

    def table(self, name: str, rows: Iterable[R]) -> Iterator[R]:
        """Yield rows of a table, counting them in."""
        return self._counted(name, rows, 1)

    def without(self, name: str, rows: Iterable[R]) -> Iterator[R]:
        """Yield rows of a table that are in it, taking them out."""
        return self._counted(name, rows, -1)

    def document(self) -> str:
        """Return the tallies as JSON, from which a hash can be gone on with."""
        return orjson.dumps({table: [rows, f"{total:064x}"] for table, (rows, total) in self._tallies.items()}).decode()

    def _counted(self, name: str, rows: Iterable[R], sign: int) -> Iterator[R]:
        added, total, sha256, named = 0, 0, hashlib.sha256, self._naming(name)
        for row in rows:
            total += int.from_bytes(sha256(orjson.dumps(named(row), default=bytes.decode)).digest(), "big")
            added += 1
            yield row
        before = self._tallies[name]
        self._tallies[name] = RowSum(before.rows + sign * added, (before.total + sign * total) % _MODULUS)

    def _naming(self, table: str) -> Callable[[tuple[Any, ...]], list[Any]]:
        """Return what puts names in the place of the ranks in a row, and leaves out its own."""
        kinds = list(enumerate(columns(TABLES[table])))
        own = [at for at, one in kinds if one in ("rank", "first_line")]
        of_others = [(at, self._names[REFERENCES[one]]) for at, one in kinds if one in REFERENCES]
        listed = [(at, self._names["reports"]) for at, one in kinds if (table, one) == LISTED]

        def named(row: tuple[Any, ...]) -> list[Any]:
            found = list(row)
            for at in own:
                found[at] = None
            for at, names in of_others:
                if (rank := found[at]) is not None:
                    found[at] = names[rank]
            for at, names in listed:
                found[at] = [names[rank] for rank in orjson.loads(found[at])]
            return found

        return named

    def __str__(self) -> str:
        said = f"glossary edition {SCHEMA_VERSION}\n{self.document()}"
        return hashlib.sha256(said.encode()).hexdigest()


class AsTheyAre(dict[int, str | None]):
    """Names of a table that are in the rows already, in the place of ranks."""

    def __missing__(self, name: Any) -> Any:
        """Return what is asked for."""
        return name


def counted_columns(table: str, named: Collection[str] = ()) -> str:
    """Return what to select from a table for its rows as they count for the hash, from whoever can unpack them.

    Of the tables that are `named` names are selected and no ranks: names of all terms and sections are much memory.
    """
    packed = PACKED.get(table, {})

    def selected(column: str) -> str:
        if (other := REFERENCES.get(column, "")) in named:
            return f'(SELECT {NAMED[other]} FROM {other} o WHERE o.rank = {table}."{column}")'
        return f"{packed[column]}({column})" if column in packed else f'"{column}"'

    return ", ".join(map(selected, columns(TABLES[table])))
