"""Make pages that need no other file: the style is in the page, and no script runs."""

from __future__ import annotations

import base64
import functools
import hashlib
from pathlib import Path

from flask import Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_FOLDER = Path(__file__).parents[2] / "web"


def standalone(page: str, frames: str = "'none'", **values: object) -> Response:
    """Return a page made from `web/<page>.html` and `web/<page>.css`; whatever the values say is escaped.

    `frames` says which sites may show it in a frame, as Content-Security-Policy puts it.
    """
    html = _environment().get_template(f"{page}.html").render(style=Markup(_style(page)), **values)  # our own style
    answer = Response(html, mimetype="text/html")
    policy = f"default-src 'none'; style-src '{_digest(page)}'; base-uri 'none'; form-action 'none'"
    answer.headers["Content-Security-Policy"] = f"{policy}; frame-ancestors {frames}"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Content-Language"] = "zh-Hans"
    return answer


@functools.cache
def _style(page: str) -> str:
    return (_FOLDER / f"{page}.css").read_text("utf-8")


@functools.cache
def _digest(page: str) -> str:
    """Return the hash by which the content security policy allows the style of a page and no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(_style(page).encode()).digest()).decode()


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
