"""The filters of lists: place, year and kind of document, as an address or a form asks for them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import g, request

from glossary_api.errors import BadParameter
from glossary_api.site.page import in_words
from glossary_api.store.edition import Edition

MOST_PLACES = 200
"""How many places the field for one suggests."""
LONGEST = 200
"""Characters of a value that are looked at."""


def first_places(edition: Edition) -> list[str]:
    """Return the places that the field for one suggests, by name; made once for an edition."""
    return sorted({block["place"] for block in edition.title_blocks.values() if block["place"]})[:MOST_PLACES]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The filters of a list; None and empty let everything pass."""

    place: str | None
    year: int | None
    genre: str | None
    refused: str
    """Why a place or a year cannot be asked for, in the page's language; empty if they can."""

    @property
    def any(self) -> bool:
        """Tell whether the list is narrowed at all."""
        return bool(self.place or self.year is not None or self.genre)


def narrowed() -> Narrowed:
    """Return what the request asks for; what a form left empty is not asked for."""
    given = {name: request.args.get(name, "").strip()[:LONGEST] or None for name in ("place", "year", "genre")}
    refused, year = "", given["year"]
    try:
        if given["place"]:
            g.edition.places.find(given["place"])
        if year is not None and not re.fullmatch("[0-9]{4}", year):
            raise BadParameter("year", "must-be-whole-number")
    except BadParameter as error:
        refused, year = in_words(error.advice), None
    return Narrowed(given["place"], None if year is None else int(year), given["genre"], refused)
