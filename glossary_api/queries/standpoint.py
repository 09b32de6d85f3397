"""Where and when a name is asked for: the place and the day of a question."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from glossary_api.queries.rank import Asked
from glossary_api.text.places import NamedPlace

NO_DAY = "must be a day such as 2024-06-01"


class LookupQuestion(NamedTuple):
    """A name and where its asker stands, as understood."""

    name: str
    place: NamedPlace | None
    date: str | None

    @property
    def asked(self) -> Asked:
        """What the ranking wants to know of it."""
        place = self.place or NamedPlace(None, None)
        return Asked(place.name, place.code, self.date)


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, ISO 8601 with dashes."""
    try:
        return len(text) == 10 and bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False
