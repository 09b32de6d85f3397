"""Make answers: what a request is answered from, JSON that is bytes already, and pages of lists with their headers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from flask import Flask, Response, current_app, request, url_for
from werkzeug.datastructures import MultiDict

from glossary_api.queries.served import Shelf
from glossary_api.store.edition import Edition, Page

ASKED = "glossary.args"
"""Where in the WSGI environment the whole query of a request stands when `request.args` is only the view's part."""
SHELF = "glossary_shelf"
"""Where among the extensions of the application its shelf stands."""
EDITION = "glossary.edition"
"""Where in the WSGI environment the edition stands that answers the request."""
ETAGGED = "glossary.etagged"
"""Where in the WSGI environment the media type of an answer stands that gets an ETag if it is a 200."""
EDITABLE = "glossary.editable"
"""Where in the WSGI environment of a request to a page stands whether anybody has, or had, a token."""
PARTIAL = "206 PARTIAL CONTENT"
"""The status line of a part of a file."""
KEPT = "glossary.kept"
"""Set in the WSGI environment of a request that asks for an edition that is kept: there is nothing to write."""


def served_edition() -> Edition:
    """Return the edition that answers this request; it stays the same for the whole request."""
    edition: Edition | None = request.environ.get(EDITION)
    return edition_of(current_app) if edition is None else edition


def shelf() -> Shelf:
    """Return the shelf of the application, which has the editions that are kept, too."""
    found: Shelf = current_app.extensions[SHELF]
    return found


def edition_of(app: Flask) -> Edition:
    """Return the edition that an application answers from at this moment."""
    shelf: Shelf = app.extensions[SHELF]
    return shelf.current()


def json_answer(body: bytes) -> Response:
    """Return a 200 with a body that is JSON already."""
    return Response(body, content_type="application/json")


def json_answer_in(language: str, body: bytes) -> Response:
    """Return a 200 with JSON whose messages are in one language, and headers that say so."""
    answer = json_answer(body)
    answer.headers["Content-Language"] = language
    answer.vary.add("Accept-Language")
    return answer


def about_term(document: Mapping[str, Any], found: Mapping[str, Any]) -> Response:
    """Return what was found out about the term of a document, headed by its `{"id","name","kind"}`."""
    term = {name: document[name] for name in ("id", "name", "kind")}
    return json_answer(orjson.dumps({"term": term, **found}))


def page_answer(page: Page[Any], **more: Any) -> Response:
    """Return a page of a list, with its total and links to the first and the next page in the headers.

    `more` is what the body says besides `items`, `total` and `next`.
    """
    body = {"items": page.items, "total": page.total, "next": page.next} | more
    answer = json_answer(orjson.dumps(body))
    answer.headers["X-Total-Count"] = str(page.total)
    links = [(_here(None), "first")] + ([(_here(page.next), "next")] if page.next else [])
    answer.headers["Link"] = ", ".join(f'<{address}>; rel="{relation}"' for address, relation in links)
    return answer


def _here(cursor: str | None) -> str:
    """Return the address of this list at another cursor, without host, so that it holds behind any proxy."""
    asked: MultiDict[str, str] = request.environ.get(ASKED, request.args)
    query: dict[str, Any] = asked.to_dict() | {"cursor": cursor}
    return url_for(str(request.endpoint), **(request.view_args or {}), **query)
