"""DMLex 1.0 (OASIS), the data model of lexicography, in its JSON: one entry for each term, in one document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import orjson

from glossary_api.exports.concepts import Concept, JsonObject, concepts
from glossary_api.exports.header import SOURCE_LANGUAGE, Header

MANUAL = """One entry for each term, with its kind as label and its pinyin as transcription, and in it one sense for
each meaning. A sense has its definitions and its renderings, whose status is a label; the indicator says which places
it is of, or of which longer name it is the meaning. The title names the edition. Sources of definitions, variants,
members and the places where reports use a term are left out; the formats jsonl and sqlite hold them."""


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the document; its languages come last, when they are known."""
    languages = dict.fromkeys([header.language] if header.language else ())
    head = {
        "title": f"{header.title}. {header.origin} {header.selection}",
        "uri": f"urn:glossary:edition:{header.edition}",
        "langCode": SOURCE_LANGUAGE,
    }
    yield orjson.dumps(head)[:-1] + b',"entries":['
    between = b"\n"
    for term in terms:
        senses = [_sense(concept) for concept in concepts(term)]
        languages |= dict.fromkeys(one["langCode"] for sense in senses for one in sense["headwordTranslations"])
        said = [{"transcriptions": [{"text": term["pinyin"], "scheme": "pinyin"}]}] if term["pinyin"] else []
        entry = {"headword": term["name"], "labels": [term["kind"]], "pronunciations": said, "senses": senses}
        yield between + orjson.dumps(entry | {"id": term["id"]})
        between = b",\n"
    yield b'\n],"translationLanguages":' + orjson.dumps([*languages] or ["en"]) + b"}\n"


def _sense(concept: Concept) -> JsonObject:
    indicator = concept.whole or concept.label
    return ({"indicator": indicator} if indicator else {}) | {
        "id": concept.id,
        "definitions": [{"text": definition["text"]} for definition in concept.definitions],
        "headwordTranslations": [
            {"langCode": one["language"], "text": one["rendering"], "labels": [one["status"]]}
            for one in concept.equivalents
        ],
    }
