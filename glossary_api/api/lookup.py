"""Look-up: one name in, one answer out, for tools that have a name and want to know what it stands for."""

from __future__ import annotations

import orjson
from flask import Response

from glossary_api.api.answers import json_answer, served_edition
from glossary_api.api.queries import NameQuerySchema
from glossary_api.api.routing import get, only_parameter, resource
from glossary_api.api.schemas import LookupSchema
from glossary_api.errors import TermNotFound
from glossary_api.store.lookup import Found

blueprint = resource("lookup", "Names to meanings")


@get(blueprint, "/lookup", LookupSchema, query=NameQuerySchema, loaded=False, missing=True)
def look_up() -> Response:
    """Look a name up."""
    name, found = _found(only_parameter("name"))
    head = orjson.dumps({"name": name, "match_type": found.match_type, "ambiguous": found.senses > 1})
    return json_answer(b'%b,"term":%b}' % (head[:-1], found.document))


def _found(name: str) -> tuple[str, Found]:
    """The name as it was meant and what it leads to. Raises TermNotFound.

    A bare + in a query means a space. Names have more use for plus signs than for spaces, which folding drops
    anyway: so a name with spaces that is not found is tried with plus signs.
    """
    edition = served_edition()
    try:
        return name, edition.find(name)
    except TermNotFound:
        if " " not in name:
            raise
    meant = name.replace(" ", "+")
    return meant, edition.find(meant)
