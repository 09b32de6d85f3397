"""Changes: what is other in the edition that is served than in one before it, for programs and readers to follow."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import orjson
from flask import Response, request, url_for
from marshmallow import fields

from glossary_api.api.http.answers import page_answer, served_edition, shelf
from glossary_api.api.http.routing import get, resource
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.documents import EquivalentSchema, PageSchema, StatedDefinitionSchema, TermNameSchema
from glossary_api.api.schemas.parameters import PagingSchema, cursor_of
from glossary_api.api.schemas.strict import Strict, one, several, word
from glossary_api.exports.cleaning import in_xml
from glossary_api.model.words import KINDS
from glossary_api.queries.changes import CHANGES, KIND, changes
from glossary_api.store.edition import Edition, Page
from glossary_api.store.kept import SHORTEST

ATOM = "application/atom+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"

blueprint = resource("changes", "What changed between editions")


class ChangesQuerySchema(PagingSchema):
    """Since when."""

    cursor = cursor_of(KIND, str)
    since = fields.String(
        validate=validate.Regexp(f"^[0-9a-f]{{{SHORTEST},64}}$", error="is-no-hash"),
        metadata={
            "description": "Hash of an edition that is kept, or its first twelve digits or more; without it, the oldest"
            " one.",
            "pattern": f"^[0-9a-f]{{{SHORTEST},64}}$",
        },
    )


class FormerNameSchema(Strict):
    """How a term was called."""

    name = word("Preferred form of its name.")
    kind = word("Kind of name.", validate=validate.OneOf(KINDS))


StatedEquivalentSchema = EquivalentSchema.from_dict(
    {"sense": word("Identifier of the sense that it renders; empty for a term without senses.")},
    name="StatedEquivalentSchema",
)


class ChangedDefinitionsSchema(Strict):
    """Definitions that came and went; one that reads otherwise does both."""

    added = several(StatedDefinitionSchema, "Those that are new.")
    gone = several(StatedDefinitionSchema, "Those that are there no more.")


class ChangedRenderingsSchema(Strict):
    """Renderings that came and went."""

    added = several(StatedEquivalentSchema, "Those that are new.")
    gone = several(StatedEquivalentSchema, "Those that are there no more.")


class TermChangeSchema(Strict):
    """The change of a term."""

    change = word("Whether it is new, other than before, or offered no more.", validate=validate.OneOf(CHANGES))
    term = one(TermNameSchema, "The term, as it is now, or was.")
    before = one(FormerNameSchema, "How it was called; null for a new one.", allow_none=True)
    definitions = one(ChangedDefinitionsSchema, "What changed in its definitions.")
    renderings = one(ChangedRenderingsSchema, "What changed in its renderings.")


class ChangePageSchema(PageSchema):
    """A page of changes, by id of the term."""

    items = several(TermChangeSchema, "The changes.")
    since = word("Hash of the edition from which on.")
    until = word("Hash of the edition up to which.")


@get(
    blueprint,
    "/changes",
    ChangePageSchema,
    query=ChangesQuerySchema,
    missing=True,
    paged=True,
    tagged=False,
    also={ATOM: "atom"},
)
def list_changes(limit: int, media_type: str, since: str | None = None, cursor: str | None = None) -> Response:
    """List what changed in the terms that are offered since an edition that is kept, as JSON or as an Atom feed."""
    after = served_edition()
    before = shelf().kept(since) if since else shelf().oldest()
    page = changes(before, after, limit, cursor)
    answer = page_answer(page, since=before.hash, until=after.hash)
    if media_type == ATOM:
        answer.data = _feed(page, before, after)
        answer.content_type = f"{ATOM}; charset=utf-8"
    return answer


def _feed(page: Page[dict[str, Any]], before: Edition, after: Edition) -> bytes:
    """Return a feed (RFC 4287); an entry has the same id as long as it says the same."""
    feed = ElementTree.Element("feed", {"xmlns": _NAMESPACE})
    updated = datetime.fromtimestamp(after.modified, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    root = request.url_root.rstrip("/")
    _add(feed, "id", f"urn:glossary:changes:{before.hash}")
    _add(feed, "title", f"{before.hash[:12]} → {after.hash[:12]}")
    _add(feed, "updated", updated)
    _add(ElementTree.SubElement(feed, "author"), "name", "Glossary API")
    ElementTree.SubElement(feed, "link", {"rel": "self", "href": request.url})
    if page.next:
        query: dict[str, Any] = request.args.to_dict() | {"cursor": page.next, "format": "atom"}
        following = url_for(str(request.endpoint), **query, _external=True)
        ElementTree.SubElement(feed, "link", {"rel": "next", "href": following})
    for item in page.items:
        entry = ElementTree.SubElement(feed, "entry")
        digest = hashlib.sha256(orjson.dumps(item)).hexdigest()[:32]
        _add(entry, "id", f"urn:glossary:change:{digest}")
        _add(entry, "title", f"{item['change']}: {item['term']['name']}")
        _add(entry, "updated", updated)
        address = root + url_for("pages.term", name=item["term"]["name"]).removeprefix(request.script_root)
        ElementTree.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": address})
        _add(entry, "category", "", term=item["change"])
        _add(entry, "content", _told(item), type="text")
    written: bytes = ElementTree.tostring(feed, "utf-8", xml_declaration=True)
    return written


def _told(item: dict[str, Any]) -> str:
    lines = []
    if item["before"] and item["before"]["name"] != item["term"]["name"]:
        lines.append(f"{item['before']['name']} → {item['term']['name']}")
    for sign, when in (("+", "added"), ("-", "gone")):
        lines += [f"{sign} {one['text']} ({one['source']['report'] or '-'})" for one in item["definitions"][when]]
        lines += [f"{sign} {one['rendering']} ({one['language']})" for one in item["renderings"][when]]
    return "\n".join(lines)


def _add(parent: ElementTree.Element, tag: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, tag, attributes).text = in_xml(text)
