"""The glossary on other sites: a script that marks their pages, and a card of a term in a frame."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import orjson
from flask import Blueprint, Response, request, url_for
from markupsafe import escape
from werkzeug.wrappers import Response as BaseResponse

from glossary_api.api.http.answers import json_answer, served_edition
from glossary_api.api.http.language import kept_language, page_language
from glossary_api.api.http.middleware import takes_gzip
from glossary_api.api.http.standalone import standalone
from glossary_api.exports.embed import integrity, script, script_packed
from glossary_api.store.documents import JsonObject

blueprint = Blueprint("embed", __name__)

WIDTH, HEIGHT = 420, 260
"""Pixels of a card where nobody says how much room there is."""
_SENSES = 3
_WORDS = {
    "zh": {"undefined": "没有材料说明它的含义。", "more": "查看词条", "editors": "编者所加"},
    "en": {
        "undefined": "Nothing collected here shows what it means.",
        "more": "See the whole entry",
        "editors": "added by the editors",
    },
}


@blueprint.get("/embed.js")
def show_script() -> BaseResponse:
    """Return the script; any site may load it, held to its hash. It is compressed once, and as much as can be."""
    packed = takes_gzip(request.headers.get("Accept-Encoding", ""))
    answer = _for_anyone(Response(script_packed() if packed else script(), mimetype="text/javascript"))
    if packed:
        answer.content_encoding = "gzip"
    answer.vary.add("Accept-Encoding")
    answer.add_etag()
    answer.cache_control.no_cache = True
    return answer.make_conditional(request)


@blueprint.get("/embed.json")
def show_embedding() -> Response:
    """Return where the script is, its hash, and what a page and its policy have to say to load it."""
    address, server = f"{request.url_root}embed.js", request.url_root.rstrip("/")
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(server))
    tag = f'<script src="{escape(address)}" integrity="{integrity()}" crossorigin="anonymous" defer></script>'
    policy = {"script-src": f"'{integrity()}'", "connect-src": origin}
    return _json({"src": address, "integrity": integrity(), "policy": policy, "html": tag})


@blueprint.get("/terms/<path:name>/card")
def show_card(name: str) -> Response:
    """Return what a term means, on a page that any site may show in a frame. Raises TermNotFound."""
    term = served_edition().term(name)
    language = page_language()
    senses = [sense["definitions"][0] for sense in term["senses"] if sense["definitions"]]
    href = url_for("pages.term", name=term["name"], lang=kept_language(), _external=True)
    answer = standalone(
        "embed/card",
        frames="*",
        term=term,
        lang=language,
        words=_WORDS[language],
        senses=senses[:_SENSES],
        renderings=_renderings(term),
        href=href,
    )
    answer.vary.add("Accept-Language")
    answer.headers["Content-Language"] = "en" if language == "en" else "zh-Hans"
    return answer


@blueprint.get("/oembed")
def show_oembed() -> Response:
    """Return the card of the term whose page `url` is, as oEmbed 1.0 has it. JSON only. Raises TermNotFound."""
    if request.args.get("format", "json") != "json":
        return Response("only JSON is given here: use format=json\n", status=501, mimetype="text/plain")
    name = _name_in(request.args.get("url", ""))
    if name is None:
        return Response("url has to be the address of a term's page here\n", status=404, mimetype="text/plain")
    term = served_edition().term(name)["name"]
    width, height = _room("maxwidth", WIDTH), _room("maxheight", HEIGHT)
    src = escape(url_for("embed.show_card", name=term, _external=True))
    frame = f'<iframe src="{src}" width="{width}" height="{height}" title="{escape(term)}" loading="lazy"></iframe>'
    return _json(
        {
            "version": "1.0",
            "type": "rich",
            "title": term,
            "provider_name": "Government Work Report Glossary",
            "provider_url": request.url_root,
            "html": frame,
            "width": width,
            "height": height,
        }
    )


def _renderings(term: JsonObject) -> list[JsonObject]:
    first: list[JsonObject] = term["senses"][0]["equivalents"] if term["senses"] else []
    return [*first, *term["equivalents"]]


def _name_in(address: str) -> str | None:
    """Return the name of the term that an address of this server leads to."""
    root = f"{request.url_root}terms/"
    path = urlsplit(address)._replace(query="", fragment="").geturl()
    return unquote(path.removeprefix(root)).removesuffix("/card") or None if path.startswith(root) else None


def _room(limit: str, usual: int) -> int:
    """Return the pixels of a side, no more than the caller's limit, if it gives one that is a number."""
    given = request.args.get(limit, "")
    return min(usual, int(given)) if given.isdecimal() and given.isascii() and len(given) < 6 else usual


def _json(document: JsonObject) -> Response:
    return _for_anyone(json_answer(orjson.dumps(document)))


def _for_anyone(answer: Response) -> Response:
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
