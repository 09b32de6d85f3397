"""The frame of every page: its edition and language, its policy, what its template may use, its static files.

No cookie but for editors who signed in, no inline script or style, nothing from another host. All text from reports is
escaped by the templates; nothing here makes markup.
"""

from __future__ import annotations

import functools
from typing import Any

from flask import Blueprint, Response, current_app, g, request, send_from_directory, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response as AnyResponse

from glossary_api.api.http.answers import EDITABLE, EDITION
from glossary_api.api.http.language import kept_language, page_language
from glossary_api.site.editor import SESSION, editor, hidden_fields
from glossary_api.site.web_files import MANUAL, SHARED, STATIC, TEMPLATES, look
from glossary_api.site.words import LANGUAGES, here, script_words, tag, to, worded

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
FILES = ("pages.static", "pages.shared", "pages.fixed")
"""The endpoints that answer with files instead of pages."""
NAVIGATION = ("terms", "reports", "annotate", "findings", "about")
"""The pages that every page leads to."""
SHORTLY, FOR_GOOD = 3600, 31_536_000
"""How long, in seconds, browsers keep a file under its plain address, and under one with its digest in it."""

blueprint = Blueprint("pages", __name__, template_folder=str(TEMPLATES))


class ElsewhereConverter(BaseConverter):
    """Any path that is not the API's: what no other rule wants ends on a page, not on a problem document."""

    part_isolating = False
    regex = r"(?!api(?:/|$)).*?"


@blueprint.record_once
def _teach_converter(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["elsewhere"] = ElsewhereConverter


@blueprint.before_request
def begin() -> AnyResponse | None:
    """Fix edition and language for the whole request; answer 304 before anything is looked up."""
    g.edition = request.environ[EDITION]
    g.lang = page_language()
    g.etag = f"{g.edition.hash[:24]}-{look()}-{g.lang}"
    g.editor = editor() if SESSION in request.cookies and request.endpoint not in FILES else None
    known = request.if_none_match
    if _is_page() and g.editor is None and not known.star_tag and known.contains_weak(g.etag):
        return Response(status=304)
    return None


def _is_page() -> bool:
    """Return whether the address names what is answered: what a POST answers is for its sender alone."""
    return request.endpoint not in FILES and request.method in ("GET", "HEAD")


@blueprint.after_request
def finish(response: Response) -> Response:
    """Add the headers of a page: what it may load, and how long it may be kept."""
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Referrer-Policy"] = "same-origin"
    if request.endpoint in FILES:
        response.cache_control.no_cache = None
        response.cache_control.max_age = FOR_GOOD if _is_fixed() else SHORTLY
        response.cache_control.immutable = _is_fixed()
        return response
    if not _is_page() or g.editor is not None or g.get("own"):
        response.cache_control.no_store = True
    elif response.status_code in (200, 304):
        response.set_etag(g.etag, weak=True)
        response.cache_control.no_cache = True
    if response.mimetype == "text/html":
        response.content_language.add(tag())
        if kept_language() is None:
            response.vary.add("Accept-Language")
    if request.environ[EDITABLE]:  # who signs in must not be shown what the browser kept from before
        response.vary.add("Cookie")
    return response


def _is_fixed() -> bool:
    return (request.view_args or {}).get("digest") == look()


@blueprint.context_processor
def surroundings() -> dict[str, Any]:
    """Return what every template may use."""
    return {
        "lang": g.lang,
        "kept_lang": kept_language(),
        "plain": here(None),
        "languages": [
            {"key": key, "code": code, "name": name, "href": here(key)} for key, (code, name) in LANGUAGES.items()
        ],
        "say": functools.partial(worded, g.lang),
        "to": to,
        "script_words": script_words,
        "asset": asset,
        "editor": g.editor,
        "hidden": hidden_fields,
        "edition_hash": g.edition.hash,
        "docs": url_for("docs.show_docs"),
        "navigation": [page for page in NAVIGATION if f"pages.{page}" in current_app.view_functions],
    }


def asset(filename: str) -> str:
    """Return the address of a static file, kept by browsers until it or any other of them changes."""
    return url_for("pages.fixed", digest=look(), filename=filename)


@blueprint.get("/static/<path:filename>")
def static(filename: str) -> Response:
    """Return a style sheet, script or picture of the pages."""
    return send_from_directory(STATIC, filename)


@blueprint.get("/static/shared/<path:filename>")
def shared(filename: str) -> Response:
    """Return a script or style sheet that the extension has as well."""
    return send_from_directory(SHARED, filename)


@blueprint.get("/static/v-<digest>/<path:filename>", defaults={"within": None})
@blueprint.get("/static/v-<digest>/<any(shared, manual):within>/<path:filename>")
def fixed(digest: str, within: str | None, filename: str) -> Response:
    """Send a file whose address has the digest of all files in it.

    It is one of the pages, of those shared with the extension, or of the manual. What a script imports by a relative
    address is kept as long, and changes with it.
    """
    folder = STATIC if within is None else {"shared": SHARED, "manual": MANUAL}[within]
    return send_from_directory(folder, filename)
