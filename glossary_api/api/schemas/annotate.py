"""Schemas of the question and the answer of `/annotate`, for the OpenAPI document."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from glossary_api.api.annotate.answer import MOST_GLOSSED, MOST_MATCHES
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
from glossary_api.api.schemas.derived import schema_of
from glossary_api.api.schemas.documents import StatedTermSchema
from glossary_api.api.schemas.standpoint import RankedSenseSchema, RefusedSenseSchema, date_field, place_field
from glossary_api.api.schemas.strict import Strict
from glossary_api.model.words import ESTABLISHED, MATCH_TYPES
from glossary_api.queries.annotate.annotator import FIRST, GLOSSES, SHORT
from glossary_api.queries.annotate.offsets import CODE_POINT, UNITS
from glossary_api.queries.annotate.selectors import CONTEXT, TYPES
from glossary_api.store.shapes import RenderingDocument


def _said(description: str) -> dict[str, str]:
    return {"description": description}


def _offset(description: str) -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(0), metadata=_said(description))


def _choice(choices: tuple[str, ...], default: str, description: str) -> fields.String:
    return fields.String(load_default=default, validate=validate.OneOf(choices), metadata=_said(description))


def _text(description: str, **options: Any) -> fields.String:
    return fields.String(required=True, metadata=_said(description), **options)


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


class SelectorSchema(Strict):
    """The place of a match, as W3C Web Annotation says it, in one of two ways."""

    type = _text("Which way.", validate=validate.OneOf(TYPES))
    start = fields.Integer(
        strict=True, metadata=_said("Position: offset of the first code point, whatever `offset_unit` is.")
    )
    end = fields.Integer(strict=True, metadata=_said("Position: offset behind the last code point."))
    exact = fields.String(metadata=_said("Quote: the match."))
    prefix = fields.String(metadata=_said(f"Quote: up to {CONTEXT} code points before it."))
    suffix = fields.String(metadata=_said(f"Quote: up to {CONTEXT} code points behind it."))


class AnnotatedTermSchema(Strict):
    """A term in the text."""

    start = _offset("Offset of its first character, in `offset_unit`.")
    end = _offset("Offset behind it, in `offset_unit`.")
    text = _text("Exactly what stands in the span.")
    match_type = _text(
        "How it is written: `exact`, the term's preferred form; `variant`, another printed form; `folded`, the same"
        " but for quotation marks, white space, width, traditional characters or the way numerals are written;"
        f" `{SHORT}`: however written, a name that something has to vouch for and nothing in the text does, which was"
        " asked for.",
        validate=validate.OneOf([*MATCH_TYPES, SHORT]),
    )
    term = fields.Nested(StatedTermSchema, required=True, metadata=_said("The term."))
    ambiguous = fields.Boolean(
        required=True,
        allow_none=True,
        metadata=_said(
            "Whether the two best senses tie, so that to take the first is to guess; null where no sense is given."
        ),
    )
    senses = fields.List(
        fields.Nested(RankedSenseSchema),
        required=True,
        allow_none=True,
        metadata=_said(
            "What it means, best first, on evidence from the text around it, the place and the day; empty if nothing"
            " known explains it here, null where `gloss` leaves it out."
        ),
    )
    elsewhere = fields.List(
        fields.Nested(RefusedSenseSchema),
        required=True,
        allow_none=True,
        metadata=_said(
            "What the name means elsewhere, each with why it is not taken; null where `gloss` leaves it out."
        ),
    )
    equivalents = fields.List(
        fields.Nested(schema_of(RenderingDocument)),
        required=True,
        allow_none=True,
        metadata=_said("How it is rendered in other languages, by sense; null where `gloss` leaves it out."),
    )
    selector = fields.List(
        fields.Nested(SelectorSchema),
        required=True,
        allow_none=True,
        metadata=_said(
            "The same place for W3C Web Annotation, by position and by quotation; null unless `selectors` asks for it."
        ),
    )


class AnnotationsSchema(Strict):
    """The terms in a text."""

    text = _text(
        "What a reader sees of `html` or `markdown`, in which the offsets count; null where `text` was sent.",
        allow_none=True,
    )
    matches = fields.List(
        fields.Nested(AnnotatedTermSchema), required=True, metadata=_said("The matches by start, longer ones first.")
    )
    edition = _text("Hash of the edition that they come from.")


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


class TextAnnotationsSchema(Strict):
    """The terms in one of several texts."""

    id = _text("What the caller calls it; null where it does not say.", allow_none=True)
    text = _text("What a reader sees of `html` or `markdown`; null where `text` was sent.", allow_none=True)
    matches = fields.List(
        fields.Nested(AnnotatedTermSchema), required=True, metadata=_said("The matches by start, longer ones first.")
    )
    more = fields.Integer(
        required=True,
        strict=True,
        metadata=_said(
            f"How many further matches were left out: all texts together have at most {MOST_MATCHES:,}, or"
            f" {MOST_GLOSSED:,} where every one says what it means."
        ),
    )


class TextsAnnotationsSchema(Strict):
    """The terms in several texts."""

    items = fields.List(
        fields.Nested(TextAnnotationsSchema), required=True, metadata=_said("One answer for each text, in order.")
    )
    edition = _text("Hash of the edition that they come from.")
