"""A dictionary of Yomitan, format 3: a zip archive of an index and banks of entries.

Each spelling of a name is an entry of its own with the whole article, since Yomitan looks up what stands in a page as
it stands there; entries of one term have one sequence number, so that Yomitan can show them as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

import orjson

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

MANUAL = """A dictionary to import into Yomitan (Settings, Dictionaries, Import). An entry for each spelling of a name,
with and without quotation marks: its senses with definitions, members, count checks, sources and renderings, and the
reports that use it most; how often they do is its frequency. It leads back to its server, and Yomitan finds newer
editions there by itself; a file from the command takes `GLOSSARY_ADDRESS` for the server, or else host and port. Where
in a text reports use a term, and other traditional spellings than printed ones, are left out. Control characters and
line breaks in names are spaces."""
BANK = 1000
"""Terms in a bank: as many as are kept in memory at a time."""
Content = Any
"""Structured content: a text, a list of contents, or an element."""


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the archive in pieces."""
    archive = Archive(header.origin)
    archive.add("index.json", orjson.dumps(index(header), option=orjson.OPT_INDENT_2))
    archive.add("tag_bank_1.json", orjson.dumps(_tags()))
    for number, bank in enumerate(_banks(header, terms), 1):
        rows = [row for sequence, found in bank for row in _rows(found, sequence)]
        archive.add(f"term_bank_{number}.json", orjson.dumps(rows))
        archive.add(f"term_meta_bank_{number}.json", orjson.dumps([row for _, found in bank for row in _uses(found)]))
        yield from archive.taken()
    yield archive.end()


def index(header: Header, installed: str = "") -> dict[str, Any]:
    """Return what the dictionary says of itself; `isUpdatable` and the addresses only if the header has one.

    Yomitan takes a newer edition only if its revision sorts behind that of the one it has, which hashes do by chance:
    the address that a dictionary looks at has its own revision in it, and `installed` is what it has there.
    """
    said: dict[str, Any] = {
        "title": title(header),
        "format": 3,
        "revision": _revision(header.edition, installed),
        "sequenced": True,
        "author": f"{PROGRAM} {header.program}",
        "description": about(header),
        "attribution": "释义均为报告原文，出处见各条。 Definitions are quoted from the reports named beside them.",
        "sourceLanguage": "zh",
        "targetLanguage": "zh",
        "frequencyMode": "occurrence-based",
    }
    return said | (_addresses(header) if header.address else {})


def _revision(edition: str, installed: str) -> str:
    newer = installed and installed != edition
    return f"~{edition}" if newer else edition  # ~ sorts behind every hexadecimal digit


def _addresses(header: Header) -> dict[str, Any]:
    chosen = dict(header.filters) | ({"lang": header.language} if header.language else {})
    here = f"{header.address}api/v1/export/yomitan"
    return {
        "url": header.address,
        "isUpdatable": True,
        "indexUrl": f"{here}/index.json?{urlencode(chosen | {'installed': header.edition})}",
        "downloadUrl": f"{here}?{urlencode(chosen)}" if chosen else here,
    }


def _tags() -> list[list[Any]]:
    """Return the tags: name, category, order, meaning, score."""
    return [[name, "partOfSpeech", order, kind, 0] for order, (kind, name) in enumerate(KINDS.items())]


def _banks(header: Header, terms: Iterable[JsonObject]) -> Iterator[list[tuple[int, Article]]]:
    bank: list[tuple[int, Article]] = []
    for sequence, term in enumerate(terms, 1):
        bank.append((sequence, article(header, term)))
        if len(bank) == BANK:
            yield bank
            bank = []
    if bank:
        yield bank


def _rows(found: Article, sequence: int) -> Iterator[list[Any]]:
    """Yield the entries of a term: spelling, reading, tags, rules, score, meanings, sequence number, its tags."""
    meanings = [_meaning(meaning) for meaning in found.meanings]
    tag = KINDS[found.kind]
    for number, spelling in enumerate(found.spellings):
        said = [*meanings[:-1], [*meanings[-1], *_rest(found, spelling)]]
        yield [spelling, "" if number else found.reading, tag, "", -number, list(map(_item, said)), sequence, ""]


def _item(parts: list[Content]) -> Content:
    """Return a meaning as Yomitan has it; without a language it would take Chinese for Japanese and set it so."""
    return {"type": "structured-content", "content": {"tag": "div", "lang": "zh-Hans", "content": parts}}


def _uses(found: Article) -> Iterator[list[Any]]:
    if found.usages:
        value = {"value": found.usages, "displayValue": f"{found.usages} 处／{found.reports} 份报告"}
        yield from ([spelling, "freq", value] for spelling in found.spellings)


def _meaning(meaning: ArticleMeaning) -> list[Content]:
    label = [_element("div", f"〔{meaning.label}〕", fontWeight="bold")] if meaning.label else []
    return [*label, *map(_explanation, meaning.explanations), *map(_rendering, meaning.renderings)]


def _rest(found: Article, spelling: str) -> Iterator[Content]:
    """Yield what is said of the term as a whole."""
    if found.undefined:
        yield _element("div", UNDEFINED)
    others = [other for other in found.spellings if other != spelling]
    if others:
        yield _small(f"{OTHER_SPELLINGS}：{'、'.join(others)}")
    yield _footer(found)


def _explanation(explanation: Explanation) -> Content:
    parts = [_named("definition", {"tag": "div", "content": _joined({"tag": "br"}, explanation.text.split("\n"))})]
    if explanation.members:
        parts.append(_element("ol", [_element("li", member) for member in explanation.members]))
    notes = _joined("；", [_place(source) for source in explanation.sources])
    parts.append(_small(["——", *notes]))
    if explanation.check:
        parts.append(_small(explanation.check))
    return _element("div", parts)


def _rendering(rendering: ArticleRendering) -> Content:
    text = _named("rendering", {"tag": "span", "content": rendering.text, "lang": rendering.language})
    return _element("div", [f"{rendering.language}　", text, _small(f"（{rendering.note}）", "span")])


def _footer(found: Article) -> Content:
    """Return where it is used, and where to read more."""
    places = _joined("、", [_place(use) for use in found.uses])
    link = ["　", _link("全文", found.address)] if found.address else []
    return _small([f"{USED_IN}：" if places else "", *places, found.more, *link])


def _place(place: UsagePlace) -> Content:
    return _link(place.label, place.address) if place.address else place.label


def _link(text: str, address: str) -> Content:
    return {"tag": "a", "href": address, "content": text}


def _named(name: str, element: JsonObject) -> Content:
    """Return an element with the name by which styles of readers and programs find it."""
    return element | {"data": {"content": name}}


def _small(content: Content, tag: str = "div") -> Content:
    return _element(tag, content, fontSize="0.85em")


def _element(tag: str, content: Content, **style: str) -> Content:
    return {"tag": tag, "content": content} | ({"style": style} if style else {})


def _joined(between: Content, parts: list[Content]) -> list[Content]:
    return [piece for part in parts for piece in (between, part)][1:]
