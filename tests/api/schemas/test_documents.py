from __future__ import annotations

from typing import Any

import pytest
from marshmallow import Schema, ValidationError

from glossary_api.api.http.operations import NAMES_IN_CODE
from glossary_api.api.routes.check import CheckedSpanDocument
from glossary_api.api.schemas import derived
from glossary_api.api.schemas.documents import (
    ReportSchema,
    ReportSummarySchema,
    TermSchema,
    TermSummarySchema,
    UsageSchema,
)
from glossary_api.queries.annotate.offsets import SelectorDocument
from glossary_api.store.edition import Edition
from glossary_api.store.shapes import CountDocument


def documents(edition: Edition) -> list[tuple[Schema, Any]]:
    """Every document that an edition holds, with the schema it is held to."""
    terms = edition.terms()
    usages = [usage for term in terms.items for usage in edition.usages(term["name"]).items]
    return [
        *((TermSummarySchema(), item) for item in terms.items),
        *((TermSchema(), edition.term(item["name"])) for item in terms.items),
        *((ReportSummarySchema(), item) for item in edition.reports().items),
        *((ReportSchema(), edition.report(item["id"])) for item in edition.reports().items),
        *((UsageSchema(), usage) for usage in usages),
    ]


def test_documents_fit_their_schemas(edition: Edition) -> None:
    """What is stored is exactly what the schemas say: loading and dumping it changes nothing."""
    found = documents(edition)
    assert len(found) == 7 + 7 + 3 + 3 + 11
    for schema, document in found:
        assert schema.dump(schema.load(document)) == document


def test_schemas_are_strict(edition: Edition) -> None:
    """A document with one key more or less does not fit."""
    for schema, document in documents(edition):
        with pytest.raises(ValidationError):
            schema.load(document | {"more": 1})
        for key in document:
            with pytest.raises(ValidationError):
                schema.load({name: value for name, value in document.items() if name != key})


def test_names_in_code_are_those_of_choices() -> None:
    """Where generated clients call choices by other names, each choice has one and no two are alike."""
    for choices, names in NAMES_IN_CODE.items():
        assert len(set(names)) == len(names) == len(choices)


def test_a_number_keeps_within_the_bounds_that_its_shape_says() -> None:
    """An offset of a checked span is at least 0; uses per 10,000 characters, which are no share, may be many."""
    span = derived.schema_of(CheckedSpanDocument)()
    assert span.validate({"segment": 0, "start": 0, "end": 0, "text": ""}) == {}
    assert set(span.validate({"segment": 0, "start": -1, "end": 0, "text": ""})) == {"start"}
    counts = dict.fromkeys(("reports", "usages", "defines", "of_reports", "chars"), 1)
    assert derived.schema_of(CountDocument)().validate({**counts, "per_10000": 9.5}) == {}


def test_only_what_may_lack_may_lack() -> None:
    """A selector says its type always and the rest as its type has it."""
    selector = derived.schema_of(SelectorDocument)()
    assert selector.validate({"type": "TextPositionSelector", "start": 0, "end": 2}) == {}
    assert set(selector.validate({"start": 0, "end": 2})) == {"type"}
