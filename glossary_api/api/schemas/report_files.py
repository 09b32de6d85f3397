"""What a report was made of: its files, what was left out of them, and where its sources differ."""

from __future__ import annotations

from marshmallow import fields

from glossary_api.api.schemas import validate
from glossary_api.api.schemas.required import number, one, several, word, word_or_null
from glossary_api.api.schemas.strict import Strict
from glossary_api.model.messages import CHINESE
from glossary_api.model.words import ANNEX, LEFT_OUT, OUTCOMES


class SaidSchema(Strict):
    """A message in both languages."""

    en = fields.String(required=True, metadata={"description": "In English."})
    zh = fields.String(required=True, data_key=CHINESE, metadata={"description": "In Chinese."})


class LeftOutSchema(Strict):
    """Hold what is in a file and not in the text of its report, all of one reason together."""

    reason = word("Why it was left out.", validate=validate.OneOf([*LEFT_OUT, ANNEX]))
    characters = number("How many characters that are no white space; 0 for pictures.")
    pieces = number("How many runs, boxes, pictures or pages.")


class FileDifferenceSchema(Strict):
    """A passage that a further source of a report prints otherwise."""

    start = number("Where it begins in the text of the report.")
    end = number("Where it ends; where it begins, if the report has no such passage.")
    text = word("As the report has it, cut if it is long; empty if it has not.")
    other = word("As the other source has it, cut if it is long; empty if it has not.")


class ReportFileSchema(Strict):
    """A file that a report was read from, a part of it, or a further source of it."""

    name = word("Its path from the folder that was harvested on, `#n` behind it for a record.")
    outcome = word(
        "`report`: the report, or its first part; `part`: a page or an attachment; `copy`: a further source.",
        validate=validate.OneOf(OUTCOMES),
    )
    format = word("The reader that understood it.")
    chars = number("Characters that were read.")
    address = word_or_null("Where it stands on the web.")
    doubts = several(SaidSchema, "What a person should look at, by language tag.")
    reason = one(SaidSchema, "How much of the report a further source has; null for others.", allow_none=True)
    different = number("How many passages a further source prints otherwise.")
    left_out = several(LeftOutSchema, "What was left out, and why.")
    differences = several(FileDifferenceSchema, "The first of these passages.")
