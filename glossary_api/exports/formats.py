"""The formats: the only list of them. A new one is a file, or an object, with `MANUAL` and `write`, and a line here.

`write(header, terms)` takes term documents in the order in which they are to be written, each of them once, and yields
the file in pieces of any size. It keeps nothing of a term it has written but what the format itself demands.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from glossary_api.errors import GlossaryError, NotFound
from glossary_api.exports.concepts import JsonObject, in_language
from glossary_api.exports.glossed import APART, BEHIND, NOTE, glossed
from glossary_api.exports.header import Header

BOM = b"\xef\xbb\xbf"
_PIECE = 64 * 1024


class NoSuchFormat(NotFound):
    """There is no format of this name; `nearest` has the names of all, the most similar first."""

    def __init__(self, name: str) -> None:
        similar = get_close_matches(name, FORMATS, n=3, cutoff=0.5)
        self.name = name
        self.nearest = tuple(dict.fromkeys([*similar, *FORMATS]))
        GlossaryError.__init__(
            self, "there-is-no-format", remedy="use-one-of", name=name, choices=", ".join(self.nearest)
        )


@dataclass(frozen=True, slots=True)
class Format:
    """A format that an edition can be exported in."""

    name: str
    media_type: str
    suffix: str
    """Of file names, with the dot."""
    summary: str
    """What it is, in a few words."""
    module: str
    """The file of this package that writes it, behind the folder it is in; of several writers, `:` and its name."""
    spreadsheet: bool = False
    """Whether a spreadsheet opens it, which may want a byte order mark."""
    whole: bool = False
    """Whether it is made of the edition as a whole, of which nothing can be left out."""
    binary: bool = False
    """Whether it is no text, such as an archive."""
    gloss: str = NOTE
    """Where glosses go unless they are asked for behind the renderings."""
    ranked: bool = False
    """Whether it wants terms as `exporting.ranked` has them: with their folded names, and with their senses ranked."""

    verbatim: bool = False
    """Whether it has the term documents as they are, with what is said of each first; others also want to know which
    senses hold."""

    @property
    def manual(self) -> str:
        """Return the format's manual: contents, layout and what is left out."""
        manual: str = self._writer().MANUAL
        return " ".join(manual.split())

    @property
    def textual(self) -> bool:
        """Return whether it is text, all of it in UTF-8."""
        return not (self.whole or self.binary)

    def write(self, header: Header, terms: Iterable[JsonObject], *, bom: bool = False) -> Iterator[bytes]:
        """Yield the file in pieces of about 64 KiB, with a byte order mark before it if `bom`.

        `terms` are whole term documents; of their equivalents those in `header.language` are written.
        """
        way = BEHIND if header.gloss and self.gloss != APART else self.gloss
        pieces = self._writer().write(header, glossed(in_language(terms, header.language), way))
        return _gathered(pieces, BOM if bom else b"")

    def _writer(self) -> Any:
        file, _, name = self.module.partition(":")
        module = importlib.import_module(f"{__package__}.{file}")
        return getattr(module, name) if name else module


def _formats(*formats: Format) -> dict[str, Format]:
    return {format_.name: format_ for format_ in formats}


_XML_TBX = "application/x-tbx"
_ZIP = "application/zip"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TSV = "text/tab-separated-values"
FORMATS = _formats(
    Format("tbx", _XML_TBX, ".tbx", "TBX 3 (ISO 30042:2019), TBX-Basic, DCT", "tbx:DCT"),
    Format("tbx-dca", _XML_TBX, ".tbx", "TBX 3 (ISO 30042:2019), TBX-Basic, DCA", "tbx:DCA"),
    Format("tbx2", _XML_TBX, ".tbx", "TBX 2 (ISO 30042:2008)", "tbx:VERSION_2"),
    Format("skos-turtle", "text/turtle", ".ttl", "SKOS as Turtle", "skos:TURTLE"),
    Format("skos-jsonld", "application/ld+json", ".jsonld", "SKOS as JSON-LD", "skos:JSON_LD"),
    Format("dmlex", "application/json", ".dmlex.json", "DMLex 1.0 (OASIS) as JSON", "dmlex"),
    Format("csv", "text/csv", ".csv", "comma-separated values", "tables:CSV", spreadsheet=True),
    Format("tsv", _TSV, ".tsv", "tab-separated values", "tables:TSV", spreadsheet=True),
    Format("xlsx", _XLSX, ".xlsx", "Excel workbook, the columns of csv", "xlsx", binary=True),
    Format(
        "xlsx-languages", _XLSX, ".xlsx", "Excel workbook, a column for each language", "xlsx:LANGUAGES", binary=True
    ),
    Format("omegat", _TSV, ".utf8", "glossary of OmegaT", "omegat"),
    Format("deepl", _TSV, ".tsv", "glossary of DeepL", "pairs:DEEPL"),
    Format("google", "text/csv", ".csv", "glossary of Google Cloud Translation", "pairs:GOOGLE"),
    Format("immersive", "text/csv", ".csv", "term list of Immersive Translate", "pairs:IMMERSIVE"),
    Format("weblate", "text/csv", ".csv", "glossary of Weblate", "weblate"),
    Format("tmx", "application/x-tmx", ".tmx", "TMX 1.4b", "tmx"),
    Format("xliff", "application/xliff+xml", ".xlf", "XLIFF 2.1 with its glossary module", "xliff"),
    Format("yomitan", _ZIP, ".yomitan.zip", "dictionary of Yomitan", "packs.yomitan", binary=True, gloss=BEHIND),
    Format(
        "stardict",
        _ZIP,
        ".stardict.zip",
        "dictionary of StarDict (GoldenDict)",
        "packs.stardict",
        binary=True,
        gloss=BEHIND,
    ),
    Format(
        "mdict", "application/octet-stream", ".mdx", "dictionary of MDict", "packs.mdict", binary=True, gloss=BEHIND
    ),
    Format("anki", "application/octet-stream", ".apkg", "deck of Anki", "packs.anki", binary=True, gloss=BEHIND),
    Format("rime", "text/x-rime", ".dict.yaml", "dictionary of Rime", "rime"),
    Format("jsonl", "application/jsonl", ".jsonl", "JSON Lines", "jsonl", verbatim=True, gloss=APART),
    Format(
        "termpack",
        "application/json",
        ".json",
        "term pack of the browser extension",
        "termpack",
        ranked=True,
        gloss=BEHIND,
    ),
    Format("datapackage", _ZIP, ".zip", "all tables as CSV, with a data dictionary", "entire:DATAPACKAGE", whole=True),
    Format("parquet", _ZIP, ".parquet.zip", "all tables as Parquet", "parquet", whole=True),
    Format("datasette", "application/json", ".metadata.json", "metadata for Datasette", "entire:DATASETTE", whole=True),
    Format("sqlite", "application/vnd.sqlite3", ".db", "the edition itself", "entire:SQLITE", whole=True),
)
"""By name."""


def format_named(name: str) -> Format:
    """Return the format of a name. Raises NoSuchFormat."""
    try:
        return FORMATS[name]
    except KeyError:
        raise NoSuchFormat(name) from None


def _gathered(pieces: Iterable[bytes], first: bytes) -> Iterator[bytes]:
    gathered = bytearray(first)
    for piece in pieces:
        gathered += piece
        if len(gathered) >= _PIECE:
            yield bytes(gathered)
            gathered.clear()
    if gathered:
        yield bytes(gathered)
