"""The shapes of what the service says of itself: health, status, problems."""

from __future__ import annotations

from marshmallow import fields

from glossary_api.api.schemas import validate
from glossary_api.api.schemas.strict import Strict, flag, number, one, word, word_or_null
from glossary_api.model.words import PUBLISHED


class HealthSchema(Strict):
    """A sign that the service answers from its edition."""

    status = word("Always `ok`.", validate=validate.Equal("ok"))


class PublishedSchema(Strict):
    """Hold what stands where the server looks for its edition."""

    hash = word("Content hash of the edition that is served; the same for the same content.")
    written = word("When it was written, in UTC (ISO 8601).")
    published = word("What became of the edition that was published last.", validate=validate.OneOf(PUBLISHED))
    verified = flag("Whether its content was found to be what was written; null: nobody has looked.", allow_none=True)


class ReadinessSchema(PublishedSchema):
    """That the edition which was published last is served."""

    status = word("Always `ready`.", validate=validate.Equal("ready"))
    age = number("Seconds since the edition was written.")


class CountsSchema(Strict):
    """Counts of the things in an edition."""

    reports = number("Reports.")
    entries = number("Entries of appendices.")
    terms = number("Established terms.")
    candidates = number("Names that are kept as candidates only.")
    defined_terms = number("Established terms with a definition.")
    usages = number("Places where a term stands in a body.")
    slogans = number("Quoted phrases.")
    findings = number("Things to look at in reports.")
    doubts = number("Questions that the merging left open.")
    failures = number("Files that were not understood.")


class EditionSchema(PublishedSchema):
    """The edition that is served."""

    why = word_or_null("Why the one that was published last is not; null if it is.")
    program = word("Version of the program that wrote it.")
    schema = word("Version of its tables.")


class StatusSchema(Strict):
    """The edition that is served, and the program that serves it."""

    edition = one(EditionSchema, "The edition.")
    counts = one(CountsSchema, "What it holds.")
    versions = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={"description": "Versions of the program and of what it runs on."},
    )


class FaultSchema(Strict):
    """An error in one parameter of the query or one field of the body."""

    parameter = fields.String(metadata={"description": "Name of the parameter; left out for a field."})
    pointer = word("JSON Pointer (RFC 6901) to the field in the body, or to the parameter in the query as an object.")
    detail = word("What is wrong with it.")


class ProblemSchema(Strict):
    """A problem as RFC 9457 describes it; title and details are in English or Chinese, as Accept-Language says."""

    type = word("What kind of problem, for programs: `urn:glossary:problem:` and a word.")
    title = word("What kind of problem, for people.")
    status = number("The HTTP status.")
    detail = word("What is the matter this time.")
    instance = word("Path of the request, percent-encoded.")
    request_id = word("Id of the request, as in the header X-Request-ID and in the log.")
    nearest = fields.List(fields.String(), metadata={"description": "With 404: names that may have been meant."})
    offered = fields.List(fields.String(), metadata={"description": "With 406: the media types that can be had."})
    limit = fields.Integer(metadata={"description": "With 413: how much is taken at most."})
    unit = fields.String(
        validate=validate.OneOf(["bytes", "characters", "items", "matches"]),
        metadata={"description": "With 413: of what."},
    )
    errors = fields.List(
        fields.Nested(FaultSchema), metadata={"description": "With 422: one for each parameter or field at fault."}
    )
