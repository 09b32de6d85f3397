"""A deck of Anki: a zip archive with a collection in it, which is an SQLite database (schema 11, which all Ankis read).

A note for each sense, known again by its guid, which is made of the sense's id; ids and dates come from the edition,
too. genanki, the library for such decks, keeps all notes in memory and lets the time of writing into the archive.
"""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from glossary_api.exports.archive import Archive
from glossary_api.exports.concepts import JsonObject
from glossary_api.exports.header import PROGRAM, Header
from glossary_api.exports.packs import article_html, collection
from glossary_api.exports.packs.articles import KINDS, Article, ArticleMeaning, article

MANUAL = """A deck to import into Anki (File, Import). A note for each sense that has a definition or a rendering: a
card that asks for its meaning, and where it has renderings one that asks for the name. Notes have definitions, members,
count checks, sources, renderings and other spellings, and tags for kind and reports. A newer deck updates the notes of
an older one and leaves what has been learned: those whose term newer or more reports have, and if Anki is told to
update notes always, all that have changed. Terms without definition and rendering are left out, and so are the places
where in a text reports use a term."""
_DAY = 24 * 60 * 60
_EARLIEST = 2000
"""The year that notes without a report are of."""
_PIECE = 64 * 1024
_SEPARATOR = "\x1f"


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the archive in pieces, once all terms have come: a database can only be read when it is whole."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection.anki2"
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            _fill(database, header, terms)
        archive = Archive(header.origin)
        with archive.member(path.name) as file, path.open("rb") as written:
            while piece := written.read(_PIECE):
                file.write(piece)
                yield from archive.taken()
    archive.add("media", b"{}")
    yield archive.end()


def _fill(database: sqlite3.Connection, header: Header, terms: Iterable[JsonObject]) -> None:
    collection.begin(database, header)
    ids = _Ids()
    database.execute("BEGIN")
    for term in terms:
        found = article(header, term)
        for meaning in found.meanings:
            if meaning.explanations or meaning.renderings:
                fields = _fields(found, meaning)
                _add(database, (ids.of(meaning.id), ids.given, _changed(term, fields)), found, meaning, fields)
    database.execute("COMMIT")


def _add(
    database: sqlite3.Connection,
    numbers: tuple[int, int, int],
    found: Article,
    meaning: ArticleMeaning,
    fields: list[str],
) -> None:
    """Add a note with its cards; the numbers are its id, its place among the new ones and when it was changed."""
    id_, place, changed = numbers
    guid = f"{PROGRAM}/{meaning.id}"
    checksum = int(hashlib.sha1(fields[0].encode(), usedforsecurity=False).hexdigest()[:8], 16)
    note = (id_, guid, collection.MODEL, changed, _tags(found, meaning), _SEPARATOR.join(fields), fields[0], checksum)
    database.execute(collection.NOTE, note)
    for number in range(2 if meaning.renderings else 1):
        database.execute(collection.CARD, (2 * id_ + number, id_, collection.DECK, number, changed, place))


def _fields(found: Article, meaning: ArticleMeaning) -> list[str]:
    """Return the fields of a note, in the order of `collection.FIELDS`."""
    others = "、".join(found.spellings[1:])
    return [
        article_html.text(found.name),
        article_html.text(meaning.label),
        article_html.text(found.reading),
        article_html.explanations(meaning.explanations),
        article_html.named(meaning.renderings),
        article_html.notes(meaning.renderings),
        article_html.text(others),
        article_html.uses(found),
    ]


def _tags(found: Article, meaning: ArticleMeaning) -> str:
    """Return tags as Anki keeps them: no white space in one, a space around each."""
    places = (source.label.rsplit(" 第 ")[0] for one in meaning.explanations for source in one.sources)
    tags = [KINDS[found.kind], *dict.fromkeys("-".join(place.split()) for place in places)]
    return f" {' '.join(tags)} "


def _changed(term: JsonObject, fields: list[str]) -> int:
    """Return when a note was changed, in seconds, as Anki needs it to be told apart from an older or newer one.

    The day is later the later the latest report is that has the term, and the more reports have it; the moment in the
    day comes from the fields: even if told to, Anki does not update a note that was changed at the same moment.
    """
    year = max((report["year"] or _EARLIEST for report in term["reports"]), default=_EARLIEST)
    moment = int.from_bytes(hashlib.sha256(_SEPARATOR.join(fields).encode()).digest()[:5]) % _DAY
    reports: int = term["totals"]["reports"]
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) + min(reports, 364) * _DAY + moment


class _Ids:
    """Numbers for notes, made of the ids of senses; if two came out alike, the later one has the next."""

    def __init__(self) -> None:
        self._taken: set[int] = set()

    @property
    def given(self) -> int:
        """Return how many there are so far."""
        return len(self._taken)

    def of(self, sense: str) -> int:
        """Return the number of a sense: of 40 bits, since Anki takes it for milliseconds since 1970."""
        number = int.from_bytes(hashlib.sha256(sense.encode()).digest()[:5])
        while number in self._taken:
            number += 1
        self._taken.add(number)
        return number
