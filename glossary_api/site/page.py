"""The frame of every page: its edition, its language and words, its policy, its static files, how it is cited.

`?lang=` says the language, and every link of such a page keeps it; where an address says none, the browser's languages
decide. No cookie but for editors who signed in, no inline script or style, nothing from another host. All text from
reports is escaped by the templates; nothing here makes markup.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, current_app, g, request, send_from_directory, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response as AnyResponse

from glossary_api.api.http.answers import EDITABLE, EDITION, KEPT
from glossary_api.api.http.authorization import EDITING
from glossary_api.api.http.language import PAGES, kept_language, page_language
from glossary_api.model.messages import CHINESE, ENGLISH, Message, filled
from glossary_api.queries.finding_kinds import ROWS as FINDING_KINDS
from glossary_api.site.editor import SESSION, editor, hidden_fields
from glossary_api.site.web_files import MANUAL, SHARED, STATIC, TEMPLATES, WORDS, look
from glossary_api.text.captions import all_captions

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
LANGUAGES = dict(zip(PAGES, ((CHINESE, "中文"), (ENGLISH, "English")), strict=True))
"""The languages of the pages, the first one first: parameter value, language tag and own name."""
GLOSS = 120
"""How many characters of a definition the title of a link has."""
PARAMETERS = (
    "q",
    "show",
    "kind",
    "report",
    "at",
    "place",
    "year",
    "genre",
    "sort",
    "letter",
    "names",
    "marks",
    "cursor",
    "skip",
    "page",
)
"""Every query parameter of a page besides `lang`; links repeat only these, whatever else a caller sent."""
SCRIPT = "script.json"

Words = dict[str, dict[str, str | dict[str, str]]]
_NAME = "NAME-OF-A-THING"
"""Stands for any name in the address of a page."""
_PLAIN_IN_PATHS = "!$&'()*+,/:;=@"
"""What a name in the path of an address may have as it is, as Werkzeug writes addresses."""
_SPECIAL = re.compile(r"[\\{}$&#^_%~]")

blueprint = Blueprint("pages", __name__, template_folder=str(TEMPLATES))


@dataclass(frozen=True, slots=True)
class Citation:
    """The same reference in three forms."""

    text: str
    bibtex: str
    csl: str


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


def say(key: str, **values: object) -> str:
    """Return the words of the page's language for `key`, with the values in place; `n` chooses between one and many."""
    return worded(g.lang, key, **values)


def worded(lang: str, key: str, /, **values: object) -> str:
    """Return what `say` returns in a language: a page says some hundred things, and its language is one."""
    words = all_words()[key][lang]
    if isinstance(words, dict):
        words = words["one" if values.get("n") == 1 else "other"]
    return filled(words, values)


def tag() -> str:
    """Return the language tag of the page."""
    return LANGUAGES[g.lang][0]


def in_words(message: Message) -> str:
    """Return a message in the page's language."""
    return message.said(tag())


def reason_of(check: Mapping[str, Any]) -> str:
    """Return why a count fails or does not apply, in the page's language; empty for a pass."""
    return in_words(Message.of(check["message"])) if check["message"] else ""


def to(endpoint: str, **values: object) -> str:
    """Return a link to another page, which keeps the language if the address of this one names it."""
    if len(values) == 1 and isinstance(value := next(iter(values.values())), str):
        known = g.setdefault("links", {})  # a page has hundreds of links that are alike but for a name in their path
        if (key := (endpoint, *values)) not in known:
            known[key] = _linked(endpoint, dict.fromkeys(values, _NAME)).split(_NAME)
        if len(parts := known[key]) == 2 and "?" not in parts[0]:
            return _in_path(value).join(parts)
    return _linked(endpoint, values)


@functools.lru_cache(maxsize=4096)
def _in_path(name: str) -> str:
    return quote(name, safe=_PLAIN_IN_PATHS)


def _linked(endpoint: str, values: Mapping[str, object]) -> str:
    return url_for(endpoint, lang=kept_language(), **values)  # type: ignore[arg-type]  # any value


def here(lang: str | None) -> str:
    """Return the address of this page in a language, or in the reader's own; that of the first page where none is."""
    if request.endpoint is None:
        return url_for("pages.home", lang=lang)
    kept: dict[str, Any] = {name: request.args[name] for name in PARAMETERS if name in request.args}
    return url_for(request.endpoint, **(request.view_args or {}), **kept, lang=lang)


def script_words() -> dict[str, str | dict[str, str]]:
    """Return the words that the scripts of a page say in its language, `script.json`, their values still open."""
    return {key: words[g.lang] for key, words in _listed(SCRIPT).items()}


@functools.cache
def all_words() -> Words:
    """Return each key's words in each language: a format string, or one for `one` and another for `other`.

    One file for each page, and `site.json` for what stands on all of them; `kind_numeral` and the like come from the
    tables of captions and of kinds of findings.
    """
    words: Words = {
        f"{group}_{value}": dict(words) for group, values in all_captions().items() for value, words in values.items()
    }
    words |= {f"found_kind_{row.name}": {"zh": row.zh, "en": row.en} for row in FINDING_KINDS}
    for path in WORDS.glob("*.json"):
        words |= _listed(path.name)
    return words


@functools.cache
def _listed(name: str) -> Words:
    words: Words = json.loads((WORDS / name).read_text("utf-8"))
    return words


def short(text: str) -> str:
    """Return the beginning of a definition, up to GLOSS characters."""
    return text if len(text) <= GLOSS else text[: GLOSS - 1] + "…"


def citation(title: str, address: str | None = None) -> Citation:
    """Return how something is cited: what it is, in which edition of the glossary, at which address, else this page."""
    edition = g.edition.hash[:12]
    address = address or request.base_url
    if current_app.extensions[EDITING].settings.keep:
        address = _permanent(address)
    key = f"glossary-{edition}-{hashlib.sha256(address.encode()).hexdigest()[:6]}"  # one for each thing that is cited
    made = datetime.fromtimestamp(g.edition.modified, UTC).date()
    values = {"title": title, "site": say("site"), "edition": edition, "date": made.isoformat(), "address": address}
    fields = {
        "title": f"{{{_escaped(title)}}}",
        "booktitle": say("site"),
        "edition": edition,
        "year": str(made.year),
        "url": address,
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    csl = {
        "type": "entry-dictionary",
        "id": key,
        "title": title,
        "container-title": say("site"),
        "edition": edition,
        "language": tag(),
        "issued": {"date-parts": [[made.year, made.month, made.day]]},
        "URL": address,
    }
    return Citation(
        say("cite_text", **values),
        f"@incollection{{{key},\n{body}\n}}",
        json.dumps([csl], ensure_ascii=False, indent=2),
    )


def _permanent(address: str) -> str:
    """Return the address of a page in its edition, which stays when another edition is served."""
    if KEPT in request.environ:
        return address
    return f"{request.url_root}editions/{g.edition.hash[:12]}/{address.removeprefix(request.url_root)}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda sign: "\\textbackslash{}" if sign[0] == "\\" else f"\\{sign[0]}", text)
