"""A dictionary of StarDict 3, for GoldenDict, sdcv, KOReader and their kin, in a zip archive.

    .dict   the articles, one after the other
    .idx    names with place and length of their articles, in the order of StarDict
    .syn    other spellings with the number of their name in .idx, in the same order
    .ifo    how many there are, and what the dictionary is

An article is XDXF (`sametypesequence=x`): of the types of StarDict the one that readers with a window set, links and
all, and that readers in a terminal show without its tags; HTML they would print as it stands.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from glossary_api.exports.archive import Archive
from glossary_api.exports.concepts import JsonObject
from glossary_api.exports.header import PROGRAM, Header
from glossary_api.exports.packs.articles import (
    KINDS,
    OTHER_SPELLINGS,
    UNDEFINED,
    USED_IN,
    Article,
    ArticleMeaning,
    ArticleRendering,
    Explanation,
    UsagePlace,
    about,
    article,
    title,
)

MANUAL = """A dictionary for GoldenDict, sdcv, KOReader and others that read StarDict: unpack the zip archive into a
folder of dictionaries. An article for each term, found by every spelling, with and without quotation marks: its senses
with definitions, members, count checks, sources and renderings, and the reports that use it most. Spellings of more
than 255 bytes are cut. Where in a text reports use a term, and other traditional spellings than printed ones, are left
out."""
NAME = "glossary"
"""Of the folder and of the files in it."""
_LONGEST = 255
"""So many bytes a key may have."""
_LATIN = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"abcdefghijklmnopqrstuvwxyz")
Key = tuple[bytes, bytes]
"""What keys are sorted by, as g_ascii_strcasecmp and then strcmp have it: in small letters, and as it is."""


@dataclass(slots=True)
class _Index:
    words: list[tuple[Key, int, int]] = field(default_factory=list)
    """Key of each name, offset and size of its article."""
    spellings: list[tuple[Key, int]] = field(default_factory=list)
    """Key of each other spelling, and which of the names, as they came, it stands for."""


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the archive in pieces."""
    archive = Archive(header.origin)
    index = _Index()
    with archive.member(f"{NAME}/{NAME}.dict") as file:
        offset = 0
        for term in terms:
            found = article(header, term)
            content = "\n".join(_paragraphs(found)).encode()
            file.write(content)
            _note(index, found, offset, len(content))
            offset += len(content)
            yield from archive.taken()
    words, spellings = _words(index), _spellings(index)
    archive.add(f"{NAME}/{NAME}.idx", words)
    if spellings:
        archive.add(f"{NAME}/{NAME}.syn", spellings)
    archive.add(f"{NAME}/{NAME}.ifo", _information(header, index, len(words)).encode())
    yield archive.end()


def _note(index: _Index, found: Article, offset: int, size: int) -> None:
    number = len(index.words)
    name, *others = dict.fromkeys(map(_key, found.spellings))
    index.words.append((name, offset, size))
    index.spellings += ((other, number) for other in others)


def _key(spelling: str) -> Key:
    key = spelling.encode()[:_LONGEST].decode("utf-8", "ignore").encode()
    return key.translate(_LATIN), key


def _words(index: _Index) -> bytes:
    found = sorted(index.words)
    return b"".join(key + b"\0" + struct.pack(">II", offset, size) for (_, key), offset, size in found)


def _spellings(index: _Index) -> bytes:
    order = sorted(range(len(index.words)), key=index.words.__getitem__)
    places = {number: place for place, number in enumerate(order)}
    found = sorted((key, places[number]) for key, number in index.spellings)
    return b"".join(key + b"\0" + struct.pack(">I", place) for (_, key), place in found)


def _information(header: Header, index: _Index, size: int) -> str:
    lines = {
        "version": "3.0.0",
        "bookname": title(header),
        "wordcount": len(index.words),
        "synwordcount": len(index.spellings),
        "idxfilesize": size,
        "author": f"{PROGRAM} {header.program}",
        "website": header.address,
        "description": about(header),
        "sametypesequence": "x",
    }
    said = "".join(f"{name}={value}\n" for name, value in lines.items() if value not in ("", 0) or name == "wordcount")
    return f"StarDict's dict ifo file\n{said}"


# Articles. Line feeds end lines; white space at the beginning of a line indents it.


def _paragraphs(found: Article) -> Iterator[str]:
    reading = f" <tr>{escape(found.reading)}</tr>" if found.reading else ""
    yield f"<k>{escape(found.name)}</k>{reading} <i>{KINDS[found.kind]}</i>"
    yield from map(_meaning, found.meanings)
    if found.undefined:
        yield UNDEFINED
    if len(found.spellings) > 1:
        yield f"<i>{OTHER_SPELLINGS}：{escape('、'.join(found.spellings[1:]))}</i>"
    if found.uses:
        yield f"<i>{USED_IN}：{'、'.join(map(_place, found.uses))}{found.more}</i>"
    if found.address:
        yield _link(found.address, found.address)


def _meaning(meaning: ArticleMeaning) -> str:
    """Return a meaning as an element that readers show as it stands, so that programs can tell where one ends."""
    lines = [f"<b>〔{escape(meaning.label)}〕</b>"] if meaning.label else []
    lines += (line for explanation in meaning.explanations for line in _explanation(explanation))
    lines += map(_rendering, meaning.renderings)
    joined = "\n".join(lines)
    return f"<def>{joined}</def>"


def _explanation(explanation: Explanation) -> Iterator[str]:
    yield f"<def>{escape(explanation.text)}</def>"
    yield from (f"  {number}. {escape(member)}" for number, member in enumerate(explanation.members, 1))
    yield f"<i>——{'；'.join(map(_place, explanation.sources))}</i>"
    if explanation.check:
        yield f"<i>{explanation.check}</i>"


def _rendering(rendering: ArticleRendering) -> str:
    return f"{rendering.language}: <dtrn>{escape(rendering.text)}</dtrn> <i>（{escape(rendering.note)}）</i>"


def _place(place: UsagePlace) -> str:
    return _link(place.label, place.address) if place.address else escape(place.label)


def _link(label: str, address: str) -> str:
    return f"<iref href={quoteattr(address)}>{escape(label)}</iref>"
