"""The pages for people: server-rendered HTML over the same edition that the API answers from.

No script, no cookie, nothing from another host. Chinese is the first language, `?lang=en` gives the other one and
every link of such a page keeps it. All text from reports is escaped by the templates; nothing here makes markup.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from flask import Blueprint, Response, current_app, g, make_response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response as AnyResponse

from glossary_api.api.answers import served_edition
from glossary_api.api.typeset import Link, Span, nested, typeset
from glossary_api.errors import BadParameter, EditionError, NotFound, ReportNotFound, TermNotFound
from glossary_api.model import Heading
from glossary_api.store.documents import CONTEXT, JsonObject
from glossary_api.store.lookup import Edition, Page, TermFilters

FOLDER = Path(__file__).parent.parent / "web" / "page"
STATIC = FOLDER / "static"
LANGUAGES = {"zh": ("zh-Hans", "中文"), "en": ("en", "English")}
"""The languages of the pages, the first one first: parameter value, language tag and own name."""
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
PARAMETERS = ("q", "show", "cursor")
"""Every query parameter of a page besides `lang`; links repeat only these, whatever else a caller sent."""
FILTERS = {
    "all": TermFilters(),
    "defined": TermFilters(defined=True),
    "undefined": TermFilters(defined=False),
    "numeral": TermFilters(kind="numeral"),
    "plan": TermFilters(kind="plan"),
    "quoted": TermFilters(kind="quoted"),
}
LONGEST_QUERY = 200
TERMS_SHOWN = 60
START_TERMS = 12
START_POOL = 500
"""Among how many defined terms the front page looks for those that most reports use."""
PLACES_SHOWN = 30
USAGES_SHOWN = 8
"""Contexts printed per report; the report's own page marks them all."""
GLOSS = 120

blueprint = Blueprint(
    "pages",
    __name__,
    template_folder=str(FOLDER / "templates"),
    static_folder=str(STATIC),
    static_url_path="/static",
)


class ElsewhereConverter(BaseConverter):
    """Any path that is not the API's: what no other rule wants ends on a page, not on a problem document."""

    part_isolating = False
    regex = r"(?!api(?:/|$)).*?"


@blueprint.record_once
def _teach_converter(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["elsewhere"] = ElsewhereConverter


# Before and after every page


@blueprint.before_request
def _begin() -> AnyResponse | None:
    """Fix edition and language for the whole request; answer 304 before anything is looked up."""
    g.edition = served_edition()
    g.lang = request.args.get("lang") if request.args.get("lang") in LANGUAGES else next(iter(LANGUAGES))
    g.etag = f"{g.edition.hash[:24]}-{_look()}"
    known = request.if_none_match
    if request.endpoint != "pages.static" and not known.star_tag and known.contains_weak(g.etag):
        return Response(status=304)
    return None


@blueprint.after_request
def _finish(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    if request.endpoint == "pages.static":
        response.cache_control.no_cache = None
        response.cache_control.max_age = 31_536_000 if "v" in request.args else 3600
    elif response.status_code in (200, 304):
        response.set_etag(g.etag, weak=True)
        response.cache_control.no_cache = True
    return response


@blueprint.context_processor
def _words_and_links() -> dict[str, Any]:
    """What every template may use."""
    return {
        "lang": g.lang,
        "languages": [
            {"key": key, "code": code, "name": name, "href": _here(key)} for key, (code, name) in LANGUAGES.items()
        ],
        "say": _say,
        "to": _to,
        "edition_hash": g.edition.hash,
        "docs": "/api/v1/docs",
        "stylesheet": url_for("pages.static", filename="site.css", v=_look()),
    }


def _say(key: str, **values: object) -> str:
    """The words of the page's language for `key`, with the values in place; `n` chooses between one and many."""
    words = _words()[key][g.lang]
    if isinstance(words, dict):
        words = words["one" if values.get("n") == 1 else "other"]
    return words.format(**values)


def _to(endpoint: str, **values: object) -> str:
    """A link to another page in the language of this one."""
    return url_for(endpoint, lang=_shown(g.lang), **values)  # type: ignore[arg-type]  # any value


def _here(lang: str) -> str:
    """This page in another language."""
    kept: dict[str, Any] = {name: request.args[name] for name in PARAMETERS if name in request.args}
    return url_for(str(request.endpoint), **(request.view_args or {}), **kept, lang=_shown(lang))


def _shown(lang: str) -> str | None:
    """The language as addresses show it: the first one needs no parameter."""
    return None if lang == next(iter(LANGUAGES)) else lang


@functools.cache
def _words() -> dict[str, dict[str, str | dict[str, str]]]:
    """Each key's words in each language: a format string, or one for `one` and another for `other`."""
    words: dict[str, dict[str, str | dict[str, str]]] = json.loads((FOLDER / "words.json").read_text("utf-8"))
    return words


@functools.cache
def _look() -> str:
    """Digest of everything that the pages are made of besides the edition."""
    files = [FOLDER / "words.json", *sorted((FOLDER / "templates").rglob("*.html")), *sorted(STATIC.glob("*.*"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


# The pages


@blueprint.get("/")
def home() -> str:
    """The front door: what this is, a search box, counts, some terms to start with, the reports."""
    return render_template(
        "home.html", counts=g.edition.counts, start=_start(g.edition), reports=g.edition.reports(limit=START_TERMS)
    )


def _start(edition: Edition) -> list[JsonObject]:
    """Defined terms that most reports use."""
    pool = edition.terms(TermFilters(defined=True), limit=START_POOL).items
    return sorted(pool, key=lambda term: (-term["reports"], -term["usages"], term["name"]))[:START_TERMS]


@blueprint.get("/search")
def search() -> AnyResponse | str:
    """Results of `?q=`; a name that is a variant of a term leads straight to the term."""
    q = request.args.get("q", "").strip()[:LONGEST_QUERY]
    nearest: list[str] = []
    if q:
        try:
            return redirect(_to("pages.term", name=g.edition.term(q)["name"]))
        except TermNotFound as error:
            nearest = list(error.nearest)
    found = _found(q)
    listed = {term["name"] for term in found.items}
    return render_template("search.html", q=q, found=found, nearest=[name for name in nearest if name not in listed])


def _found(q: str) -> Page:
    if not q:
        return Page((), 0, None)
    return cast("Page", g.edition.terms(TermFilters(q=q), limit=TERMS_SHOWN, cursor=request.args.get("cursor")))


@blueprint.get("/terms", strict_slashes=False)
def terms() -> str:
    """All terms by name, or those that `?show=` names."""
    shown = request.args.get("show", "all")
    cursor = request.args.get("cursor")
    page = g.edition.terms(FILTERS.get(shown, TermFilters()), limit=TERMS_SHOWN, cursor=cursor)
    kept = None if shown not in FILTERS or shown == "all" else shown
    return render_template(
        "terms.html", page=page, filters=FILTERS, shown=kept or "all", kept=kept, further=cursor is not None
    )


@blueprint.get("/terms/<path:name>")
def term(name: str) -> str:
    """One term: senses with definitions and sources, variants, usages by report."""
    document = g.edition.term(name)
    definitions = [definition for sense in document["senses"] for definition in sense["definitions"]]
    return render_template(
        "term.html",
        term=document,
        gloss=_short(definitions[0]["text"]) if definitions else None,
        senses=[list(_alike(sense["definitions"])) for sense in document["senses"]],
        sense_numbers={sense["id"]: number for number, sense in enumerate(document["senses"], 1)},
        variants=[variant for variant in document["variants"] if variant["form"] != document["name"]],
        places=_places(g.edition, document),
        more_places=sorted(document["reports"], key=_defining_first)[PLACES_SHOWN:],
        context=CONTEXT,
    )


def _alike(definitions: list[JsonObject]) -> Iterator[tuple[JsonObject, list[JsonObject]]]:
    """Definitions with their sources; those that say the same with the same members are one with several sources."""
    groups: dict[str, list[JsonObject]] = {}
    for definition in definitions:
        said = [definition["text"], [member["text"] for member in definition["members"]], definition["count_check"]]
        groups.setdefault(json.dumps(said, sort_keys=True), []).append(definition)
    for group in groups.values():
        yield group[0], [definition["source"] for definition in group]


def _defining_first(report: JsonObject) -> bool:
    return not report["defines"]


def _places(edition: Edition, document: JsonObject) -> list[JsonObject]:
    """The reports that have the term, those that define it first, each with its first usages."""
    reports = sorted(document["reports"], key=_defining_first)[:PLACES_SHOWN]
    return [
        {"report": report, "usages": edition.usages(document["name"], report=report["id"], limit=USAGES_SHOWN)}
        for report in reports
    ]


@blueprint.get("/reports", strict_slashes=False)
def reports() -> str:
    """All reports by id."""
    page = g.edition.reports(limit=TERMS_SHOWN, cursor=request.args.get("cursor"))
    return render_template("reports.html", page=page)


@blueprint.get("/reports/<report_id>")
def report(report_id: str) -> str:
    """One report: title block, its terms in three lists, and its text with every usage a link."""
    document = g.edition.report(report_id)
    listed = g.edition.report_terms(report_id)
    text = g.edition.report_text(report_id)
    headings = _headings(document, text)
    glosses = _glosses(g.edition, report_id, listed["defined"])
    links = _links(g.edition, report_id, listed["used"], glosses)
    levels = zip(headings, nested([heading.depth for heading in headings]), strict=True)
    return render_template(
        "report.html",
        report=document,
        terms=listed,
        glosses=glosses,
        lines=typeset(text, headings, links, _given(g.edition, report_id, listed["defined"])),
        contents=[(heading, level) for heading, level in levels if level < 3],
        appendix=f"h{document['appendix']['start']}" if document["appendix"] else None,
    )


def _headings(document: JsonObject, text: str) -> list[Heading]:
    """Headings of body and appendix, in the order of the text."""
    headings = {item["start"]: Heading(**item) for item in document["headings"]}
    if document["appendix"]:
        start = document["appendix"]["start"]
        end = text.find("\n", start)
        end = end if end >= 0 else len(text)
        headings.setdefault(start, Heading(text[start:end].strip(), start, end, 1))
    return [headings[start] for start in sorted(headings)]


def _glosses(edition: Edition, report_id: str, defined: list[JsonObject]) -> dict[str, str]:
    """The beginning of a definition for each defined term of a report, by id: the report's own one if it has one."""
    found = _every(edition.terms, TermFilters(report=report_id, defined=True))
    return {item["id"]: _short(item["definition"]) for item in (*found, *defined)}


def _links(edition: Edition, report_id: str, used: list[JsonObject], glosses: Mapping[str, str]) -> list[Link]:
    """The usages in a report as links to their terms, each with the gloss of its sense where that is known."""
    links = []
    for item in used:
        usages = list(_every(edition.usages, item["name"], report_id))
        known = any(usage["sense"] for usage in usages)
        senses = _sense_glosses(edition.term(item["name"]), report_id) if known else {}
        for usage in usages:
            title = senses.get(usage["sense"]) or glosses.get(item["id"], "")
            links.append(Link(usage["start"], usage["end"], _to("pages.term", name=item["name"]), title))
    return links


def _sense_glosses(document: JsonObject, report_id: str) -> dict[str, str]:
    """The beginning of a definition of each sense of a term, by id: the report's own one if it has one."""
    glosses = {}
    for sense in document["senses"]:
        own = [item for item in sense["definitions"] if item["source"]["report"] == report_id]
        glosses[sense["id"]] = _short((own or sense["definitions"])[0]["text"])
    return glosses


def _every(ask: Callable[..., Page], *arguments: object) -> Iterator[JsonObject]:
    """The items of all pages of a list."""
    cursor = None
    while True:
        page = ask(*arguments, limit=START_POOL, cursor=cursor)
        yield from page.items
        if (cursor := page.next) is None:
            return


def _given(edition: Edition, report_id: str, defined: list[JsonObject]) -> set[Span]:
    """Spans of the definitions that a report gives."""
    sources = (
        definition["source"]
        for item in defined
        for sense in edition.term(item["name"])["senses"]
        for definition in sense["definitions"]
    )
    return {(s["start"], s["end"]) for s in sources if s["report"] == report_id and s["start"] is not None}


def _short(text: str) -> str:
    """The beginning of a definition, for a tooltip."""
    return text if len(text) <= GLOSS else text[: GLOSS - 1] + "…"


@blueprint.get("/about")
def about() -> str:
    """What the words on these pages mean."""
    return render_template("about.html")


# What is not there


@blueprint.get("/<elsewhere:page>")
def elsewhere(page: str) -> str:
    """No page has this address; perhaps it names a term. Raises NotFound with the nearest names."""
    try:
        nearest = [g.edition.term(page.strip("/").rpartition("/")[2][:LONGEST_QUERY])["name"]]
    except TermNotFound as error:
        nearest = list(error.nearest)
    raise NotFound("page", page, nearest)


@blueprint.errorhandler(NotFound)
def _not_found(error: NotFound) -> Response:
    of_report = isinstance(error, ReportNotFound)
    endpoint, key = ("pages.report", "report_id") if of_report else ("pages.term", "name")
    nearest = [{"name": name, "href": _to(endpoint, **{key: name})} for name in error.nearest]
    what = "report" if of_report else "term" if isinstance(error, TermNotFound) else "404"
    return _error_page(404, what, error.name, nearest)


@blueprint.errorhandler(404)
def _nothing_there(error: HTTPException) -> Response:
    return _error_page(404, "404", request.path)


@blueprint.errorhandler(BadParameter)
def _bad_parameter(error: BadParameter) -> Response:
    return _error_page(400, "400", error.name)


@blueprint.errorhandler(EditionError)
def _edition_unusable(error: EditionError) -> Response:
    current_app.logger.error("%s: %s", request.path, error)
    return _error_page(503, "503", request.path)


@blueprint.errorhandler(500)
def _broken(error: HTTPException) -> Response:
    return _error_page(500, "500", request.path)


def _error_page(status: int, what: str, name: str, nearest: Sequence[dict[str, str]] = ()) -> Response:
    return make_response(render_template("error.html", what=what, name=name, nearest=nearest), status)
