"""An Excel workbook with one row for each sense and a column for each language: what translation tools take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from glossary_api.exports.concepts import Concept, JsonObject, concepts
from glossary_api.exports.header import SOURCE_LANGUAGE, Header
from glossary_api.exports.xlsx import AS_TEXT, workbook

MANUAL = f"""One row for each name that is rendered in a sense. Columns: `id` (of the sense), `zh-CN` (the name), and
one for each language that has renderings, called by its BCP 47 code, with the most official rendering. Definitions,
statuses, notes, sources and further renderings are left out; the format xlsx holds them. {AS_TEXT}"""


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the archive in pieces. All rows are kept until the last is known: it may bring a language of its own."""
    rows = [row for term in terms for concept in concepts(term) for row in _rows(concept)]
    languages = sorted({language for _, _, rendered in rows for language in rendered})
    table = [[id_, name, *(rendered.get(code, "") for code in languages)] for id_, name, rendered in rows]
    return workbook(header, [["id", SOURCE_LANGUAGE, *languages], *table])


def _rows(concept: Concept) -> Iterator[tuple[str, str, dict[str, str]]]:
    by_name: dict[str, dict[str, str]] = {}
    for one in concept.equivalents:
        by_name.setdefault(concept.source_of(one), {}).setdefault(one["language"], one["rendering"])
    for name, rendered in by_name.items():
        yield concept.id, name, rendered
