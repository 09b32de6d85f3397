"""Name what generators of clients make classes and constants of in the OpenAPI document."""

from __future__ import annotations

import re
from typing import Any

from glossary_api.model.words import GENRES

Document = dict[str, Any]
NAMES_IN_CODE = {
    GENRES: (
        "party_congress_report",
        "five_year_plan",
        "budget_report",
        "plan_report",
        "people_congress_report",
        "consultative_conference_report",
        "court_report",
        "procuratorate_report",
        "government_report",
        "explainer",
        "other",
    )
}
"""What choices are called: in many languages Chinese signs make no identifier."""


def name_all(document: Document) -> None:
    """Name choices, and move each schema that has a title to the components, leaving a reference in its place.

    What has no name is called after where it stands, once for each place: `Reconcile200ResponseOneOf`.
    """
    schemas = document["components"]["schemas"]
    for name in list(schemas):  # what has a place of its own stays there, whatever its title
        schemas[name] = {key: _named(value, schemas) for key, value in schemas[name].items()}
    document["paths"] = _named(document["paths"], schemas)


def _named(part: Any, schemas: Document) -> Any:
    if isinstance(part, list):
        return [_named(one, schemas) for one in part]
    if not isinstance(part, dict):
        return part
    named = {key: _named(value, schemas) for key, value in part.items()}
    choices = named.get("enum")
    if isinstance(choices, list) and tuple(choices) in NAMES_IN_CODE:  # a property may be called `enum`, or `title`
        named["x-enum-varnames"] = [*NAMES_IN_CODE[tuple(choices)]]
    title = named.get("title")
    if not isinstance(title, str):
        return named
    name = "".join(word[0].upper() + word[1:] for word in re.split("[ -]", title))
    if schemas.setdefault(name, named) != named:
        raise ValueError(f"two schemas are called {name}")
    return {"$ref": f"#/components/schemas/{name}"}
