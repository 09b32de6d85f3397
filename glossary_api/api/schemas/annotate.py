"""Schemas of the questions of `/annotate`, for the OpenAPI document."""

from __future__ import annotations

from marshmallow import fields

from glossary_api.api.annotate.request import (
    LONGEST,
    LONGEST_TEXT,
    MODES,
    MOST_MENTIONS,
    MOST_TEXTS,
    WANTED_KINDS,
    WANTED_STATUSES,
)
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.standpoint import date_field, place_field
from glossary_api.api.schemas.strict import Strict
from glossary_api.model.words import ESTABLISHED
from glossary_api.queries.annotate.annotator import FIRST, GLOSSES, SHORT
from glossary_api.queries.annotate.offsets import CODE_POINT, UNITS


def _said(description: str) -> dict[str, str]:
    return {"description": description}


def _offset(description: str) -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(0), metadata=_said(description))


def _choice(choices: tuple[str, ...], default: str, description: str) -> fields.String:
    return fields.String(load_default=default, validate=validate.OneOf(choices), metadata=_said(description))


class MentionSchema(Strict):
    """A span of which the caller knows that it is a name."""

    start = _offset("Offset of its first character, in `offset_unit`.")
    end = _offset("Offset behind it, in `offset_unit`.")


class AnnotateSchema(Strict):
    """A text to annotate, as `text`, `html` or `markdown`: one of the three."""

    # No `maxLength` and `maxItems`: what is over a limit is too large (413) and not at fault in itself (422).
    text = fields.String(
        metadata=_said(f"Plain text; at most {LONGEST_TEXT:,} code points, else 413."),
    )
    html = fields.String(
        metadata=_said(
            f"A page or a piece of one; at most {LONGEST_TEXT:,} code points, else 413. Its visible text is annotated,"
            " and comes with the answer as `text`, in which the offsets count. Left out of that are `script`, `style`,"
            " `head`, form fields, embedded media, reading aids (`rt`) and what is hidden by attribute or style; a run"
            " of white space is one space; `br` is a line feed; a blank line stands where an element begins or ends"
            " that has lines of its own."
        ),
    )
    markdown = fields.String(
        metadata=_said(
            f"Markdown; at most {LONGEST_TEXT:,} code points, else 413. It is read as a report in Markdown is: without"
            " the signs that set it, a line for each line. What is left comes with the answer as `text`, in which the"
            " offsets count."
        ),
    )
    place = place_field()
    date = date_field()
    mode = _choice(
        MODES,
        LONGEST,
        "`longest`: of matches that overlap the leftmost, of those that begin together the longest; `all`: every one.",
    )
    kinds = fields.List(
        fields.String(validate=validate.OneOf(WANTED_KINDS)),
        validate=validate.Length(min=1),
        metadata=_said(
            f"Only terms of these kinds. `{SHORT}` asks for names, too, that something has to vouch for and nothing in"
            " the text does; alone, it leaves the kind open."
        ),
    )
    status = _choice(
        WANTED_STATUSES, ESTABLISHED, "Which terms: those that are offered, those that are candidates only, or any."
    )
    offset_unit = _choice(
        UNITS,
        CODE_POINT,
        "What `start` and `end` count, in `mentions` and in the answer: code points, UTF-16 units, bytes of UTF-8.",
    )
    gloss = _choice(
        GLOSSES, FIRST, "Which matches of a term say what it means: the first in the text, every one, or none."
    )
    mentions = fields.List(
        fields.Nested(MentionSchema),
        metadata=_said(
            "Spans known to be names, for instance what a reader has selected. A term that stands in exactly such a"
            " span, quotation marks and white space at its edges aside, needs nothing else to vouch for it and is"
            " preferred to any that overlaps with it. A span that is not in the text vouches for nothing. At most"
            f" {MOST_MENTIONS:,}, else 413."
        ),
    )
    selectors = fields.Boolean(
        load_default=False,
        metadata=_said("Whether each match has its selectors of W3C Web Annotation: as long as all else of it."),
    )
    lang = fields.String(
        validate=validate.Regexp(r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"),
        metadata=_said("Only renderings in this language (BCP 47), such as `en`; without it those in all languages."),
    )


class OneOfTextsSchema(Strict):
    """One of several texts to annotate, as `text`, `html` or `markdown`."""

    id = fields.String(metadata=_said("What the caller calls it; the answer has it again."))
    text = fields.String(metadata=_said("Plain text."))
    html = fields.String(metadata=_said("A page or a piece of one, as in `/annotate`."))
    markdown = fields.String(metadata=_said("Markdown, as in `/annotate`."))
    place = place_field()
    date = date_field()
    mentions = fields.List(fields.Nested(MentionSchema), metadata=_said("As in `/annotate`, of this text."))


class AnnotateTextsSchema(AnnotateSchema):
    """Several texts to annotate; what stands beside them holds for all that do not say otherwise."""

    class Meta(Strict.Meta):
        """A text stands in the list."""

        exclude = ("text", "html", "markdown", "mentions")

    texts = fields.List(
        fields.Nested(OneOfTextsSchema),
        required=True,
        validate=validate.Length(min=1),
        metadata=_said(
            f"The texts; at most {MOST_TEXTS:,}, and {LONGEST_TEXT:,} code points together, else 413. Each is looked at"
            " by itself: the first match of a term in it says what it means."
        ),
    )
