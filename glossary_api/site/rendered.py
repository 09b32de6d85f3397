"""Renderings beside the names of a list, for English readers."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from flask import g

from glossary_api.store.documents import JsonObject

ENGLISH = "en"


def rendered(terms: Sequence[JsonObject]) -> Sequence[JsonObject]:
    """Return terms of a list, on an English page each with its `rendering`: that of its first sense that has one."""
    if g.lang != ENGLISH:
        return terms
    stored = g.edition.terms_with(term["id"] for term in terms)
    return [term | {"rendering": _rendering(orjson.loads(stored[term["id"]].document))} for term in terms]


def _rendering(document: JsonObject) -> str | None:
    equivalents = (
        equivalent
        for owner in (*document["senses"], document)
        for equivalent in owner["equivalents"]
        if equivalent["language"].partition("-")[0] == ENGLISH
    )
    return next((str(equivalent["rendering"]) for equivalent in equivalents), None)
