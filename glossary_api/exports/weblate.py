"""A glossary component of Weblate: CSV with the columns of the Translate Toolkit."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from glossary_api.exports import tables
from glossary_api.exports.cleaning import on_one_line
from glossary_api.exports.concepts import Concept, JsonObject, concepts, where
from glossary_api.exports.header import Header
from glossary_api.exports.pairs import LANGUAGE
from glossary_api.model.words import PROPOSED
from glossary_api.text.cells import enclosed

COLUMNS = ("location", "source", "target", "fuzzy", "context", "translator_comments", "developer_comments")
MANUAL = """One target language (English unless `lang` says otherwise), one string for each sense, with its most
official rendering; others stand in the translator's comment. A rendering that is only proposed needs editing. The
location is the id of the sense, the context what tells senses of one name apart, the developer's comment the
definitions with their places and the other forms of the name. Everything else is left out. Weblate guesses how a CSV
file is written, so line breaks are spaces here. A field that a spreadsheet would take for a formula, since it begins
with =, +, -, @, | or %, stands between apostrophes, as Weblate writes it itself and reads it; with
`formulas` it does not."""


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the rows, the names of the columns first."""
    language = header.language or LANGUAGE
    found = (_row(concept, language) for term in terms for concept in concepts(term))
    if not header.formulas:
        found = ([enclosed(field) for field in row] for row in found)
    return tables.lines(itertools.chain([list(COLUMNS)], found), quote_all=True)


def _row(concept: Concept, language: str) -> list[str]:
    rendered = [one for one in concept.equivalents if one["language"] == language]
    best = rendered[0] if rendered else None
    more = [f"{one['rendering']} ({one['status']})" for one in rendered[1:]]
    notes = [note for note in ([best["note"]] if best else []) + more if note]
    definitions = [f"{definition['text']}（{where(definition)}）" for definition in concept.definitions]
    forms = [form.text for form in concept.forms()[1:]]
    fields = (
        concept.id,
        concept.source_of(best) if best else concept.name,
        best["rendering"] if best else "",
        str(best is not None and best["status"] == PROPOSED),
        concept.label,
        " | ".join(notes),
        " | ".join(definitions + (["= " + "、".join(forms)] if forms else [])),
    )
    return [on_one_line(field) for field in fields]
