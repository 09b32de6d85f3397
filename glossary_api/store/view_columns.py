"""The columns of the views of an edition and of its tables as CSV: type and meaning, for who reads data without us.

This is the one place that says them: the data dictionary, the labels for Datasette and the manual are made of it or
held against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

TEXT, WHOLE, YES_OR_NO, YEAR, DAY = "string", "integer", "boolean", "year", "date"
"""Types as Frictionless Table Schema calls them; a `boolean` is 1 or 0."""


class Column(NamedTuple):
    """A column: its type and what stands in it."""

    type: str
    meaning: str


_TERM = Column(TEXT, "Id of the term.")
_NAME = Column(TEXT, "Name of the term.")
_SENSE = Column(TEXT, "Id of the sense; empty where none is known.")
_REPORT = Column(TEXT, "Id of the report; empty for what people wrote for this glossary.")
_PLACE = Column(TEXT, "The division whose government reports.")
_YEAR = Column(YEAR, "Year of delivery.")
_START = Column(WHOLE, "Offset of its first code point in the text of the report.")
_END = Column(WHOLE, "Offset behind its last code point.")

COLUMNS: Mapping[str, Mapping[str, Column]] = {
    "v_reports": {
        "id": Column(TEXT, "Identifier of the report."),
        "title": Column(TEXT, "Title."),
        "place": _PLACE,
        "place_code": Column(TEXT, "Six-digit GB/T 2260 code of the place."),
        "level": Column(TEXT, "Level of the place: national, province, prefecture, county or township."),
        "year": _YEAR,
        "date": Column(DAY, "Day of delivery."),
        "meeting": Column(TEXT, "The congress it was delivered to."),
        "speaker": Column(TEXT, "Who delivered it."),
        "sha256": Column(TEXT, "Digest of the file that was read."),
        "chars": Column(WHOLE, "Length of its text in code points."),
        "body_chars": Column(WHOLE, "Length of its body, without the appendix: what uses are counted in."),
    },
    "v_terms": {
        "id": Column(TEXT, "Identifier of the term, stable as long as its folded name is."),
        "name": Column(TEXT, "Preferred form of the name."),
        "kind": Column(TEXT, "numeral, plan or quoted."),
        "status": Column(TEXT, "established: offered as a term; candidate: kept, and not offered."),
        "defined": Column(YES_OR_NO, "Whether any report defines it."),
        "pinyin": Column(TEXT, "How it is read."),
        "senses": Column(WHOLE, "How many meanings are known."),
        "usages": Column(WHOLE, "How often the bodies of reports use it."),
        "definers": Column(WHOLE, "How many reports define it."),
    },
    "v_definitions": {
        "term": _TERM,
        "name": _NAME,
        "position": Column(WHOLE, "Number of the definition within its term, from 1."),
        "sense": Column(TEXT, "Id of the sense that it gives."),
        "text": Column(TEXT, "The definition as printed, without a leading 指 and a final full stop."),
        "head": Column(TEXT, "The name that it explains, as its source prints it."),
        "report": _REPORT,
        "source_type": Column(TEXT, "appendix, inline or curated."),
        "place": _PLACE,
        "year": _YEAR,
        "entry": Column(WHOLE, "Number of the note in the appendix."),
        "page": Column(WHOLE, "Page that the note refers to."),
        "start": _START,
        "end": _END,
        "evidence": Column(TEXT, "note: written to explain the name; listed or corroborated: a list beside it."),
        "count_check": Column(TEXT, "The members counted against the numeral of the name: pass, fail or n/a."),
        "count_expected": Column(WHOLE, "How many the numeral asks for."),
        "count_found": Column(WHOLE, "How many the definition lists."),
        "members": Column(TEXT, "The things that the numeral counts, each with its span, JSON."),
    },
    "v_members": {
        "term": _TERM,
        "definition": Column(WHOLE, "Position of the definition within its term."),
        "number": Column(WHOLE, "Number of the member within the definition, from 1."),
        "text": Column(TEXT, "One of the things that the numeral of the name counts."),
        "start": _START,
        "end": _END,
    },
    "v_usages": {
        "term": _TERM,
        "name": _NAME,
        "report": Column(TEXT, "Id of the report."),
        "place": _PLACE,
        "year": _YEAR,
        "text": Column(TEXT, "The term as it is printed there."),
        "start": _START,
        "end": _END,
        "match_type": Column(TEXT, "exact, variant or folded: how far it is printed like the name."),
        "quoted": Column(YES_OR_NO, "Whether it stands in quotation marks."),
        "heading": Column(TEXT, "Nearest heading before it."),
        "sense": _SENSE,
    },
    "v_renderings": {
        "term": _TERM,
        "name": _NAME,
        "sense": _SENSE,
        "language": Column(TEXT, "BCP 47 code of the language."),
        "rendering": Column(TEXT, "The rendering as it stands in running text."),
        "gloss": Column(TEXT, "What explains it at the first use."),
        "status": Column(TEXT, "official, approved or proposed."),
        "source": Column(TEXT, "Whose rendering it is."),
        "note": Column(TEXT, "Why it is rendered so, where there was a choice."),
    },
    "v_columns": {
        "view": Column(TEXT, "Name of the view."),
        "column": Column(TEXT, "Name of the column."),
        "type": Column(TEXT, "Its type, as Frictionless Table Schema calls it."),
        "meaning": Column(TEXT, "What stands in it."),
    },
    "timeline": {
        "term": _TERM,
        "name": _NAME,
        "year": Column(YEAR, "Year of delivery; empty for reports that do not say theirs."),
        "reports": Column(WHOLE, "How many reports of the year use or define it."),
        "usages": Column(WHOLE, "How often their bodies use it."),
        "defining": Column(WHOLE, "How many of them define it."),
    },
}
"""By view; `timeline` is a table as CSV only."""
