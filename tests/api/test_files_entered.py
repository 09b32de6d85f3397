"""How many files of the program a request enters: whoever follows it from route to answer has to open as many.

Middleware and templates count. The process has answered the like before, so that what it makes once is made; the limits
are what was reached, and are there to be lowered.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

import glossary_api
from glossary_api.settings import Settings
from glossary_api.site.app import create_app

PACKAGE = str(Path(glossary_api.__file__).parent)

Asking = Callable[[Flask, str], None]


def entered(app: Flask, asking: Asking, name: str) -> list[str]:
    """The files of the package whose functions run while the application answers."""
    files: set[str] = set()

    def called(frame: Any, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(PACKAGE):
            files.add(frame.f_code.co_filename.removeprefix(f"{PACKAGE}/"))

    sys.setprofile(called)
    try:
        asking(app, name)
    finally:
        sys.setprofile(None)
    return sorted(files)


def look_up(app: Flask, name: str) -> None:
    """Look a name up at a place and on a day."""
    send(app, path="/api/v1/lookup", query_string={"name": name, "place": "昆山市", "date": "2024-06-01"})


def annotate(app: Flask, name: str) -> None:
    """Annotate a sentence."""
    send(app, path="/api/v1/annotate", method="POST", json={"text": f"推进“{name}”建设和相关工作。"})


def page(app: Flask, name: str) -> None:
    """Show the page of a term."""
    send(app, path=f"/terms/{name}")


def send(app: Flask, **asked: Any) -> None:
    """Send a request in this process, and take all of the answer."""
    body, status, _ = run_wsgi_app(app.wsgi_app, EnvironBuilder(**asked).get_environ(), buffered=True)
    assert b"".join(body)
    assert status == "200 OK"


@pytest.mark.parametrize(
    ("asking", "first", "again"),
    [(look_up, 15, 3), (annotate, 16, 8), (page, 20, 3)],
    ids=["look-up", "annotate", "page"],
)
def test_a_request_enters_few_files(seed_path: Path, asking: Asking, first: int, again: int) -> None:
    """A request for a name enters so many files, and fewer when the same is asked again and again."""
    app = create_app(Settings(edition=seed_path))
    asking(app, "两重")
    files = entered(app, asking, "两新")
    assert len(files) <= first, "\n".join(files)
    asking(app, "两新")
    files = entered(app, asking, "两新")
    assert len(files) <= again, "\n".join(files)
