"""Serve the manual: the Markdown files of `web/manual/`, so that it is there offline and readable on a code host.

A link from one file to another leads to its page in the language of the reader, a picture to its fixed address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from flask import render_template, request
from markupsafe import Markup

from glossary_api.errors import NotFound
from glossary_api.site.page import asset, blueprint, to
from glossary_api.site.web_files import MANUAL

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

FIRST = "README"
"""The file that a code host shows for the folder, and `/manual` here."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_OUR_FILE = re.compile(r"([\w-]+)\.md(?:#([\w-]+))?")


@dataclass(frozen=True, slots=True)
class ManualPage:
    """One file of the manual, parsed."""

    title: str
    """The words of its first heading."""
    tokens: Sequence[Token]


@blueprint.get("/manual")
def manual() -> str:
    """Show the first page of the manual."""
    return _shown(FIRST)


@blueprint.get("/manual/<name>")
def manual_page(name: str) -> str:
    """Show one page of the manual. Raises NotFound."""
    if name == FIRST or name not in _names():
        raise NotFound("page", name)
    return _shown(name)


def _shown(name: str) -> str:
    page = _parsed(name)
    body = Markup(_written(page))  # our own files: nothing in them comes from a caller or a report
    return render_template("manual.html", title=page.title, body=body)


@cache
def _names() -> frozenset[str]:
    return frozenset(path.stem for path in MANUAL.glob("*.md"))


@cache
def _parsed(name: str) -> ManualPage:
    """Parse a file once. Headings get anchors as code hosts make them, Chinese paragraphs their language."""
    tokens = _markdown().parse((MANUAL / f"{name}.md").read_text("utf-8"))
    for opening, content in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", anchor(content.content))
        elif opening.type == "paragraph_open" and _CHINESE.match(content.content):
            opening.attrSet("lang", "zh-Hans")
    title = next(after.content for before, after in pairwise(tokens) if before.tag == "h1")
    return ManualPage(title, tokens)


def anchor(heading: str) -> str:
    """Return the fragment of a heading: lower case, words joined by hyphens, without punctuation."""
    return re.sub(r"[^\w\s-]", "", heading.lower()).strip().replace(" ", "-")


def _written(page: ManualPage) -> str:
    """Return the HTML of a page, with the addresses that hold for this request."""
    markdown = _markdown()
    rewritten = [_with_addresses(token) for token in page.tokens]
    return str(markdown.renderer.render(rewritten, markdown.options, {}))


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt  # only readers of the manual need it

    markdown = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable("table")
    markdown.add_render_rule("table_open", lambda *_: '<div class="scrolls" tabindex="0">\n<table>\n')
    markdown.add_render_rule("table_close", lambda *_: "</table>\n</div>\n")
    return markdown


def _with_addresses(token: Token) -> Token:
    """Return a copy of a token whose links and pictures have the addresses that hold on this server."""
    changes: dict[str, Callable[[str], str]] = {"href": _address, "src": lambda name: asset(f"manual/{name}")}
    attributes = {key: changes[key](str(value)) if key in changes else value for key, value in token.attrs.items()}
    if "src" in token.attrs:
        attributes |= _size(str(token.attrs["src"]))
    children = [_with_addresses(child) for child in token.children] if token.children else token.children
    return token.copy(attrs=attributes, children=children)


@cache
def _size(name: str) -> dict[str, str | int | float]:
    """Return width and height of a picture, so that the page keeps its place before it has come."""
    data = (MANUAL / name).read_bytes()
    if name.endswith(".png"):  # the header chunk, IHDR, comes first (RFC 2083, 3.2)
        return {"width": int.from_bytes(data[16:20]), "height": int.from_bytes(data[20:24])}
    found = re.search(rb'viewBox="0 0 (\d+) (\d+)"', data)
    return {"width": int(found[1]), "height": int(found[2])} if found else {}


def _address(link: str) -> str:
    """Return where a link of a file leads on this server: to another page of the manual, or below its root."""
    if found := _OUR_FILE.fullmatch(link):
        name, fragment = found.groups()
        return to("pages.manual", _anchor=fragment) if name == FIRST else _page_address(name, fragment)
    return f"{request.script_root}{link}" if link.startswith("/") else link


def _page_address(name: str, fragment: str | None) -> str:
    return to("pages.manual_page", name=name, _anchor=fragment)
