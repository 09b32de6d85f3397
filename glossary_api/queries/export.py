"""An edition in a format: what the route and the command share."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from itertools import islice

import orjson

from glossary_api.errors import BadParameter
from glossary_api.exports.concepts import JsonObject
from glossary_api.exports.formats import Format
from glossary_api.exports.header import Header
from glossary_api.matching.names import need
from glossary_api.model.words import ESTABLISHED
from glossary_api.queries import data
from glossary_api.queries.rank import Ranking, explanation, meant
from glossary_api.queries.standpoint import LookupQuestion, told_day
from glossary_api.store import whole
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters
from glossary_api.text.places import NamedPlace

_WHOLE: Mapping[str, Callable[[Edition], Iterator[bytes]]] = {
    "sqlite": lambda edition: whole.file_of(edition).pieces(),
    "datapackage": data.packed,
    "parquet": data.packed_as_parquet,
    "datasette": lambda edition: iter([data.datasette(edition)]),
}
"""How formats are written that are made of the edition as a whole."""
ALL = TermFilters()
_BATCH = 500
LANGUAGE = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
"""The form of a language code: a pattern."""


def exported(
    edition: Edition,
    format_: Format,
    filters: TermFilters = ALL,
    language: str | None = None,
    *,
    bom: bool = False,
    gloss: bool = False,
    day: str | None = None,
    address: str = "",
    formulas: bool = False,
    terms: Iterable[JsonObject] | None = None,
) -> Iterator[bytes]:
    """Return the file in pieces: the terms that fit the filters, with their renderings in one language or in all.

    With `gloss` every rendering has its gloss behind it. Files for machine translation take the renderings that are
    used on `day` (ISO 8601). Unless `formulas`, no spreadsheet takes a cell for a formula. With `terms` these documents
    are written, in place of those that fit. `address` is the root of the server that has the edition, for formats that
    lead back to it; empty if there is none. Raises BadParameter for what the format cannot do, at once and not when the
    first piece is asked for; EditionError when the edition itself is wanted and another one has taken its place.
    """
    place = edition.places.find(filters.place) if filters.place is not None else NamedPlace(None, None)
    standpoint = place.name, place.code, told_day(day) or _last_day(filters)
    header = replace(
        header_of(edition, filters, language, address), gloss=gloss, standpoint=standpoint, formulas=formulas
    )
    _check(format_, header.filters, language, bom)
    if format_.whole:
        return _WHOLE[format_.name](edition)
    documents = whole.documents(edition, filters) if terms is None else terms
    prepared = (
        headlined(edition, documents)
        if format_.verbatim
        else (ranked if format_.ranked else bounded)(edition, documents, filters)
    )
    return format_.write(header, prepared, bom=bom)


class Digested:
    """The pieces of a file, of which a digest is kept when they have been taken."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces, self._digest = pieces, hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        """Yield the pieces, once."""
        for piece in self._pieces:
            self._digest.update(piece)
            yield piece

    def is_of(self, pieces: Iterable[bytes]) -> bool:
        """Return whether other pieces make the same file."""
        return hashlib.sha256(b"".join(pieces)).digest() == self._digest.digest()


def ranked(edition: Edition, documents: Iterable[JsonObject], filters: TermFilters = ALL) -> Iterator[JsonObject]:
    """Yield the documents with what it takes to find terms in a text and to say what they mean, as the API does.

    `names`: pairs of a folded name and what has to vouch for it, as `names.need` says. `ranked` and `elsewhere`: the
    senses as a look-up without a text finds them, in the place, year and report that the terms were chosen by, if any.
    `given`: by the id of a sense, for each of its definitions what a judge has to know of it.
    """
    for document in whole.keyed(edition, documents):
        ranking = _ranking(edition, document, filters)
        yield document | {
            "names": [(key, need(key, unquoted)) for key, unquoted in document["keys"]],
            "ranked": [sense.document() for sense in ranking.senses],
            "elsewhere": [refused.document() for refused in ranking.elsewhere],
            "given": {
                sense["id"]: [explanation(one, edition.title_blocks) for one in sense["definitions"]]
                for sense in document["senses"]
            },
        }


def bounded(edition: Edition, documents: Iterable[JsonObject], filters: TermFilters = ALL) -> Iterator[JsonObject]:
    """Yield the documents, each sense with `refused`: null if it holds as `ranked` says, else why it does not."""
    for document in documents:
        refused = {one.ranked.sense["id"]: one.reason.code for one in _ranking(edition, document, filters).elsewhere}
        yield document | {"senses": [sense | {"refused": refused.get(sense["id"])} for sense in document["senses"]]}


def headlined(edition: Edition, documents: Iterable[JsonObject]) -> Iterator[JsonObject]:
    """Yield the documents, each with `definition` and `of` as lists of terms have them: what is said of it where there
    is room for one definition, and whose explanation that is; null if it holds everywhere.
    """
    waiting = iter(documents)
    while batch := list(islice(waiting, _BATCH)):
        stored = edition.terms_with(document["id"] for document in batch)
        for document in batch:
            summary = orjson.loads(stored[document["id"]].summary)
            yield document | {name: summary[name] for name in ("definition", "of")}


def _ranking(edition: Edition, document: JsonObject, filters: TermFilters) -> Ranking:
    place = edition.places.find(filters.place) if filters.place is not None else None
    question = LookupQuestion(document["name"], place, _last_day(filters), filters.report)
    asked = question.asked_of(edition.title_blocks)
    return meant(document["senses"], question.use_as(asked), asked, edition.title_blocks)


def _last_day(filters: TermFilters) -> str | None:
    return f"{filters.year:04}-12-31" if filters.year is not None else None


def header_of(edition: Edition, filters: TermFilters, language: str | None, address: str) -> Header:
    """Return what a file says of itself that is made of an edition with these arguments of `exported`."""
    chosen = {name: _said(value) for name, value in asdict(filters).items() if value not in (None, ESTABLISHED)}
    if filters.place is not None:
        chosen["place"] = edition.places.find(filters.place).name or ""
    counts = {name: edition.counts[name] for name in ("reports", "terms")}
    return Header(edition.hash, edition.versions["program"], counts, chosen, language=language or "", address=address)


def file_name(edition: Edition, format_: Format) -> str:
    """Return what the file is called if its reader gives it no name."""
    return f"glossary-{edition.hash[:12]}{format_.suffix}"


def _check(format_: Format, chosen: Mapping[str, str], language: str | None, bom: bool) -> None:
    if format_.whole and (chosen or language):
        name = next(iter(chosen), "lang")
        raise BadParameter(name, "format-is-whole-edition", remedy="leave-it-out", format=format_.name)
    if bom and not format_.spreadsheet:
        raise BadParameter("bom", "format-has-no-byte-order-mark", remedy="leave-it-out", format=format_.name)
    if language and not re.fullmatch(LANGUAGE, language):
        raise BadParameter("lang", "is-no-language-code", remedy="use-one-such-as-en-or-pt", language=language)


def _said(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
