"""Tables: one row for each rendering of each concept, for spreadsheets and for tools that read columns by name.

Columns that the Translate Toolkit (and with it Weblate and Pootle) knows have the names it knows them by.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Iterator

from glossary_api.exports.cleaning import on_one_line
from glossary_api.exports.concepts import Concept, JsonObject, concepts, origin
from glossary_api.exports.header import Header, Layout
from glossary_api.text.cells import guarded

COLUMNS = (
    "id",
    "source",
    "target",
    "language",
    "status",
    "target_source",
    "translator_comments",
    "context",
    "developer_comments",
    "definition_sources",
    "kind",
    "pinyin",
    "variants",
)
SEPARATOR = " | "
GUARDED = """A field that a spreadsheet would take for a formula, since it begins with =, +, -, @, a tab or a line
break, has an apostrophe before it, which `import` takes off again; with `formulas` it has none."""
MANUAL = f"""One row for each rendering of each sense, or one row with an empty target. Columns: `id` (of the sense),
`source` (the name that is rendered; else that of the sense), `target`, `language`, `status`, `target_source`
(whose rendering it is), `translator_comments` (the note on it), `context` (where a sense holds that does not hold
everywhere), `developer_comments` (the definitions), `definition_sources` (report, entry and characters of each),
`kind`, `pinyin`, `variants` (with their types). Several things in a field stand between `{SEPARATOR.strip()}`.
Reports that print a variant, members and count checks of definitions, and the places where reports use a term are
left out; the formats jsonl and sqlite hold them. {GUARDED}"""


def guard(header: Header, table: Iterable[list[str]]) -> Iterator[list[str]]:
    """Yield rows whose fields no spreadsheet takes for formulas, unless formulas are wanted."""
    return (row if header.formulas else [guarded(field) for field in row] for row in table)


def rows(terms: Iterable[JsonObject]) -> Iterator[list[str]]:
    """Yield the rows behind the header."""
    for term in terms:
        for concept in concepts(term):
            about = _about(concept)
            for one in concept.equivalents or ({},):
                yield [concept.id, concept.source_of(one) if one else concept.name, *_rendering(one), *about]


def lines(
    written: Iterable[list[str]], *, delimiter: str = ",", quote_all: bool = False, end: str = "\r\n"
) -> Iterator[bytes]:
    """Yield rows as the standard library writes them; fields are quoted where they must be, or by `quote_all`."""
    buffer = io.StringIO(newline="")
    table = csv.writer(
        buffer,
        delimiter=delimiter,
        quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL,
        lineterminator=end,
    )
    for row in written:
        table.writerow(row)
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def _rendering(equivalent: JsonObject) -> list[str]:
    return [equivalent.get(name, "") for name in ("rendering", "language", "status", "source", "note")]


def _about(concept: Concept) -> list[str]:
    forms = concept.forms()[1:]
    return [
        concept.label,
        SEPARATOR.join(definition["text"] for definition in concept.definitions),
        SEPARATOR.join(map(origin, concept.definitions)),
        concept.term["kind"],
        concept.term["pinyin"],
        SEPARATOR.join(f"{form.text} ({', '.join(kind for kind, _ in form.printed)})" for form in forms),
    ]


def _tabs(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    found = ([on_one_line(field) for field in row] for row in rows(terms))
    return lines(itertools.chain([list(COLUMNS)], guard(header, found)), delimiter="\t", end="\n")


CSV = Layout(
    f"{MANUAL} With a byte order mark, Excel knows the file for UTF-8.",
    lambda header, terms: lines(itertools.chain([list(COLUMNS)], guard(header, rows(terms))), quote_all=True),
)
"""As RFC 4180 has it, every field in quotation marks, so that no reader has to guess."""
TSV = Layout(
    f"""{MANUAL} Tabs and line breaks within a field are spaces here; a field with a quotation mark stands
in quotation marks, as spreadsheets write it. With a byte order mark, Excel knows the file for UTF-8.""",
    _tabs,
)
