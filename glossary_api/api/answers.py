"""Answers as they go over the wire: JSON that is bytes already, and pages with what their heads say."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response, current_app, request, url_for

from glossary_api.store.lookup import Edition, Page


def served_edition() -> Edition:
    """The edition that this application answers from."""
    edition: Edition = current_app.extensions["glossary_edition"]
    return edition


def json_answer(body: bytes) -> Response:
    """A 200 with a body that is JSON already."""
    return Response(body, mimetype="application/json")


def page_answer(page: Page) -> Response:
    """A page of a list, with its total and the addresses of the first and the next one in the head."""
    body = {"items": page.items, "total": page.total, "next": page.next}
    answer = json_answer(orjson.dumps(body))
    answer.headers["X-Total-Count"] = str(page.total)
    links = [(_here(None), "first")] + ([(_here(page.next), "next")] if page.next else [])
    answer.headers["Link"] = ", ".join(f'<{address}>; rel="{relation}"' for address, relation in links)
    return answer


def _here(cursor: str | None) -> str:
    """The address of this list at another cursor, without host, so that it holds behind any proxy."""
    query: dict[str, Any] = request.args.to_dict() | {"cursor": cursor}
    return url_for(str(request.endpoint), **(request.view_args or {}), **query)
