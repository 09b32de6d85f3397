"""New slogans: what a report says that no earlier one does."""

from __future__ import annotations

from typing import Annotated, TypedDict

import orjson
from flask import Response

from glossary_api.api.http.answers import json_answer, served_edition
from glossary_api.api.http.routing import get, resource
from glossary_api.api.schemas.derived import schema_of
from glossary_api.queries.new import NewSloganDocument, document, new_in_report

blueprint = resource("new", "Slogans that a report coins")


class NewSlogansDocument(TypedDict):
    """The slogans that a report coins."""

    report: Annotated[str, "Id of the report."]
    year: Annotated[int | None, "Year of delivery; null for unknown."]
    items: Annotated[list[NewSloganDocument], "In the order of the text."]


@get(blueprint, "/reports/<report_id>/new", schema_of(NewSlogansDocument), missing=True)
def list_new_slogans(report_id: str) -> Response:
    """List the quoted phrases of a report that no report of an earlier year uses."""
    edition = served_edition()
    items = [document(slogan) for slogan in new_in_report(edition, report_id)]
    year = edition.title_blocks[report_id]["year"]
    return json_answer(orjson.dumps({"report": report_id, "year": year, "items": items}))
