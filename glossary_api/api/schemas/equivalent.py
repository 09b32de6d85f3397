"""The shape of a rendering."""

from __future__ import annotations

from marshmallow import fields

from glossary_api.api.schemas import validate
from glossary_api.api.schemas.required import flag, several, word
from glossary_api.api.schemas.strict import Strict
from glossary_api.model.words import EQUIVALENT_STATUSES


class EquivalentSchema(Strict):
    """A curated rendering in another language."""

    language = word("BCP 47 code of the language.")
    rendering = word("The rendering as it stands in running text.")
    gloss = word("What explains it, for the first use; else empty.")
    also = several(fields.String(), "Further wordings that count as this rendering.")
    status = word("How far it has come.", validate=validate.OneOf(EQUIVALENT_STATUSES))
    source = word("Whose rendering it is.")
    note = word("Why it is rendered so, where there was a choice; else empty.")
    name = word("The name that it renders: of a longer name that has this one in it, it renders a part.")
    bound = flag("Whether it renders this sense only: by itself the name may mean something else.")
    place = word("The place in whose texts it is used, with all that lies in it; empty for every place.")
    since = word("Year, month or day from when on it is used; empty if it always was.", data_key="from")
    until = word("Last year, month or day on which it is used; empty while it is.")
