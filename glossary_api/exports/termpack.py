"""The term pack of the browser extension: one JSON document, made to be opened quickly and in part.

Its lines matter. The first has the head and ends with `"terms":[`; then comes one term on each line, as an array; the
last begins with `]` and has what all terms share. Whoever reads it by lines needs to parse the first and the last only,
and of the terms those that are to be shown; whoever does not, parses one document.

Head: `format` and `version` of the layout, `edition` (content hash), `program`, `origin`, `selection`, `address` (root
of the server, empty if none) and `folding`, the tables by which texts are folded as names are:

- `from`, `to`: characters one for one, and what they become when no neighbour has a say in it;
- `kinds`: the characters of each kind that is not just copied: words, marks, digits, units, dropped, quotes, feeds;
- `spaces`, `zeros` (of each script; the nine figures follow), `figures` (further ones, such as ²);
- `opening` and `closing` quotation marks, pair by pair, all `quotes`, `circled` figures and `brackets` of marks.

A term: name, pinyin, senses, renderings, elsewhere. A sense, best first as a look-up ranks them that knows no text:
score, definitions (the best of them first), renderings. What is found `elsewhere`, but not shown to be meant: reason,
then as a sense. A definition: text, members, verdict of the count check, source, entry
and offset in the report (null if none), head, what stands around the name in its report, its province, and what tells
whether it bears on a use in a text: 1 it was written to explain, 2 it is official, 4 it names its own place, 8 an
editor gives it, 16 its name means one thing wherever it is explained, 32 it says what the nation means, added up.
A rendering: language, text, status.

The last line: `kinds`, `verdicts`, `sources` (report, place, year, type), `languages`, `statuses`, `reasons`, in
which numbers in terms are indices; `kind_of`, for each term its kind, a digit each; `keys`, all folded names in the
order of their UTF-16 units, a line feed between two; `key_of`, for each of them how far its term is behind that of
the one before; `risky`, the indices of those for which quotation marks or a footnote mark have to vouch, and
`vouched`, of those for which they have to somewhere in the same text; `words`, everyday words as they are folded, the
most frequent first, a space between two: an unquoted name neither begins nor ends inside one of them; `bearing`, the
patterns and words by which a use in a text is judged, null where the terms were chosen for a place, year or report.
"""

from __future__ import annotations

import functools
import itertools
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson

from glossary_api.exports.concepts import JsonObject
from glossary_api.exports.header import Header
from glossary_api.text import bearing, folding
from glossary_api.text.everyday import common_words
from glossary_api.text.freedom import is_notion, is_short_for
from glossary_api.text.standing import is_of_the_nation, province_of
from glossary_api.text.surroundings import GivenMeaning, names_its_place

VERSION = 4
"""Raise it whenever a reader of the layout before would go wrong."""
MANUAL = """One JSON document for programs that mark terms in texts by themselves, such as the browser extension: how
names are folded, everyday words, every folded name with the term it leads to and where it counts unquoted, and of each
term name, kind, pinyin, the senses that hold wherever it stands, those of other places and of longer names with the
reason why they may not be meant, definitions with members, verdict of the count check, place, year, report, entry and
offset, and renderings. First and last line and the line of a term can be read without the others. Variants as
printed, ids, pages, offsets of members and notes are left out; the formats jsonl and sqlite hold them."""


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the lines. `terms` have their `names` and their senses `ranked`, as `exporting.ranked` says."""
    pack = _Pack()
    standing = not header.filters.keys().isdisjoint(("place", "year", "report"))
    yield orjson.dumps(_head(header))[:-1] + b',"terms":['
    for number, term in enumerate(terms):
        yield (b",\n" if number else b"\n") + orjson.dumps(pack.term(number, term))
    yield b"\n]," + orjson.dumps(pack.shared() | {"bearing": None if standing else bearing.signs()})[1:] + b"\n"


def _head(header: Header) -> JsonObject:
    return {
        "format": "termpack",
        "version": VERSION,
        "edition": header.edition,
        "program": header.program,
        "origin": header.origin,
        "selection": header.selection,
        "address": header.address,
        "folding": _folding(),
    }


@functools.cache
def _folding() -> JsonObject:
    characters = folding.characters()
    changed = [code for code, sign in enumerate(characters.signs) if code != sign]
    kinds = range(folding.WORD, folding.FEED + 1)
    signs = [chr(code) for code in range(sys.maxunicode + 1)]
    zeros = [sign for sign in signs if sign.isdecimal()][::10]
    return {
        "from": "".join(map(chr, changed)),
        "to": "".join(chr(characters.signs[code]) for code in changed),
        "kinds": ["".join(chr(code) for code, kind in enumerate(characters.kinds) if kind == one) for one in kinds],
        "spaces": "".join(sign for sign in signs if sign.isspace()),
        "zeros": "".join(zeros),
        "figures": "".join(sign for sign in signs if sign.isdigit() and not sign.isdecimal()),
        "opening": folding.OPENING_QUOTES,
        "closing": folding.CLOSING_QUOTES,
        "quotes": folding.QUOTES,
        "circled": folding.CIRCLED,
        "brackets": folding.BRACKETS,
    }


class _Numbers(dict[Any, int]):
    """Things by the order in which they were first asked for."""

    def __missing__(self, thing: Any) -> int:
        self[thing] = len(self)
        return self[thing]


class _Pack:
    """The parts of a pack that its terms share, gathered while they are written."""

    def __init__(self) -> None:
        self._kinds, self._verdicts, self._sources = _Numbers(), _Numbers(), _Numbers()
        self._languages, self._statuses, self._reasons = _Numbers(), _Numbers(), _Numbers()
        self._kind_of = array("B")
        self._names: list[tuple[str, int, int]] = []
        """Folded names, each with the number of its term and what has to vouch for it."""

    def term(self, number: int, term: JsonObject) -> list[Any]:
        """Return the line of a term."""
        self._kind_of.append(self._kinds[term["kind"]])
        self._names += ((key, number, need) for key, need in term["names"])
        senses = {sense["id"]: sense | {"given": term["given"][sense["id"]]} for sense in term["senses"]}
        ranked = [self._sense(one, senses[one["id"]]) for one in term["ranked"]]
        elsewhere = [
            [self._reasons[one["reason"]["code"]], *self._sense(one, senses[one["id"]])] for one in term["elsewhere"]
        ]
        return [term["name"], term["pinyin"], ranked, self._renderings(term.get("equivalents", ())), elsewhere]

    def shared(self) -> JsonObject:
        """Return the last line."""
        self._names.sort(key=lambda name: name[0].encode("utf-16-be", "surrogatepass"))
        numbers = [number for _, number, _ in self._names]
        return {
            "kinds": [*self._kinds],
            "verdicts": [*self._verdicts],
            "sources": [*self._sources],
            "languages": [*self._languages],
            "statuses": [*self._statuses],
            "reasons": [*self._reasons],
            "kind_of": "".join(map(str, self._kind_of)),
            "keys": "\n".join(key for key, _, _ in self._names),
            "key_of": [number - before for before, number in itertools.pairwise([0, *numbers])],
            "risky": self._needing(2),
            "vouched": self._needing(1),
            "words": " ".join(common_words()),
        }

    def _needing(self, what: int) -> list[int]:
        return [place for place, (_, _, need) in enumerate(self._names) if need == what]

    def _sense(self, ranked: JsonObject, sense: JsonObject) -> list[Any]:
        definitions = sorted(
            zip(sense["definitions"], sense["given"], strict=True),
            key=lambda one: bool(one[0]["source"] != ranked["source"]),
        )
        packed = [self._definition(definition, given) for definition, given in definitions]
        return [ranked["score"], packed, self._renderings(sense["equivalents"])]

    def _definition(self, definition: JsonObject, given: GivenMeaning) -> list[Any]:
        source = definition["source"]
        return [
            definition["text"],
            [member["text"] for member in definition["members"]],
            self._verdicts[definition["count_check"]["status"]],
            self._sources[source["report"], source["place"], source["year"], source["type"]],
            source["entry"],
            source["start"],
            given.head,
            given.beside,
            province_of(given) if given.place else "",
            given.note
            + 2 * bearing.is_official(given)
            + 4 * names_its_place(given)
            + 8 * bearing.is_by_editor(given)
            + 16 * (is_notion(given.head) or is_short_for(given.head, given.text))
            + 32 * is_of_the_nation(given),
        ]

    def _renderings(self, equivalents: Sequence[JsonObject]) -> list[list[Any]]:
        return [
            [self._languages[one["language"]], one["rendering"], self._statuses[one["status"]]] for one in equivalents
        ]
