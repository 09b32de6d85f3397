"""A dictionary of Rime: names by the pinyin that they are typed with, a header in YAML before them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from glossary_api.exports.cleaning import on_one_line, without_quotes
from glossary_api.exports.concepts import JsonObject
from glossary_api.exports.header import Header

NAME = "glossary_api"
MANUAL = """Names of terms, for typing: text, tab, pinyin without tones, a space between syllables, as luna_pinyin has
it; without a reading the name alone, which Rime encodes itself. Names with digits, letters or signs, which no pinyin
types, are left out, and so is everything else of a term. Save it as glossary_api.dict.yaml in the user folder of Rime
and name it in `import_tables` of the dictionary of your schema."""
_HAN = re.compile(r"[\u3400-\u9fff]+")


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the header, then a line for each name."""
    yield (
        f"# Rime dictionary, UTF-8. {header.title}\n# {header.origin}\n---\n"
        f'name: {NAME}\nversion: "{header.edition}"\nsort: original\n...\n\n'
    ).encode()
    seen: set[str] = set()
    for term in terms:
        name, code = on_one_line(without_quotes(term["name"])), _code(term["pinyin"] or "")
        if name not in seen and _HAN.fullmatch(name):
            seen.add(name)
            yield (f"{name}\t{code}\n" if len(code.split()) == len(name) else f"{name}\n").encode()


def _code(pinyin: str) -> str:
    """Return a reading without its tones, `ü` as `v`: nǚ ér is typed nv er."""
    apart = unicodedata.normalize("NFD", pinyin.lower()).replace("u\u0308", "v")
    return re.sub(r"[^a-z ]", "", apart)
