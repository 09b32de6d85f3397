"""Every kind of decision by the forms of pages: filled in, seen on the page and in answers, and undone by a button."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from glossary_api.curation.tokens import create_token
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from tests.curation.every_kind import CASES, Case, Served, written
from tests.curation.test_rebuild import run
from tests.running import serving

Open = Callable[..., Page]
PATIENCE = 90
"""Seconds, many more than a harvest of three reports takes."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an edition of the pile."""
    folder = tmp_path_factory.mktemp("edited")
    written(folder)
    run(folder, "harvest", "pile", "--renderings", "own.csv", "-o", "glossary.db", "--jobs", "1")
    return folder


@pytest.fixture(scope="module")
def server(chromium: str, folder: Path) -> Iterator[str]:
    """The root address of a server over it, with the slash at its end."""
    with serving(folder) as address:
        yield address


@pytest.fixture(scope="module")
def served(folder: Path) -> Served:
    """Answers about the same edition, asked without a browser."""
    return Served(create_app(Settings(edition=folder / "glossary.db")).test_client())


@pytest.fixture
def editor(open_page: Open, folder: Path, request: pytest.FixtureRequest) -> Page:
    """The browser of somebody who has signed in."""
    token = create_token(folder / "tokens.json", request.node.name, "decide")
    page = open_page("/sign-in")
    page.get_by_label("令牌").fill(token)
    page.get_by_role("button", name="登录").click()
    return page


def words_of(page: Page, kind: str) -> str:
    """What the page says, without its forms, and without the history but for a note, which stands there alone."""
    left_out = "details, form" if kind == "note" else "details, form, .history"
    said: str = page.evaluate(
        "(leftOut) => { const main = document.querySelector('main').cloneNode(true);"
        " main.querySelectorAll(leftOut).forEach((one) => one.remove()); return main.textContent; }",
        left_out,
    )
    return said


def shows(said: str, case: Case) -> bool:
    """Whether a page says what it should after the decision, and not what it said before."""
    return case.seen in said and not (case.gone and case.gone in said)


def until(page: Page, holds: Callable[[], bool], wanted: str) -> None:
    """Load the page again until something holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, wanted
        page.wait_for_timeout(200)
        page.reload()


def decide(page: Page, kind: str, case: Case) -> None:
    """Decide as an editor would, from the page that it is about."""
    if case.about == "/findings":
        page.goto("/review?kind=findings")
        page.locator(".question", has_text="没有配对").get_by_role("button").first.click()
        return
    page.goto(case.about)
    if case.about.startswith("/reports/"):
        page.get_by_role("link", name="订正报告信息").click()
        fill(page.locator("form.asked"), case)
        return
    forms = page.locator("details", has=page.locator(f'input[name="kind"][value="{kind}"]'))
    chosen = forms.filter(has_text=case.form["about"]) if "about" in case.form else forms
    chosen.first.locator("summary").click()
    fill(chosen.first.locator("form"), case)


def fill(form: Locator, case: Case) -> None:
    """Fill a form in, and send it."""
    for name, value in case.form.items():
        field = form.locator(f'select[name="{name}"], input[name="{name}"], textarea[name="{name}"]')
        if name == "about":
            continue
        if field.evaluate("one => one.tagName") == "SELECT":
            words = field.locator("option", has_text=value).first.get_attribute("value")
            field.select_option(words)
        else:
            field.fill(value)
    form.get_by_role("button").click()


@pytest.mark.parametrize("kind", CASES)
def test_an_editor_decides_and_undoes(kind: str, editor: Page, served: Served) -> None:
    """What a form decides is on the page and in answers within seconds, and gone again after the button beside it."""
    case = CASES[kind]
    assert case.told(served) == case.before
    decide(editor, kind, case)
    editor.goto(case.about)
    until(editor, lambda: case.told(served) == case.after, f"{kind}: {case.told(served)}")
    editor.reload()
    until(editor, lambda: shows(words_of(editor, kind), case), kind)
    if editor.locator(".history").count() == 0:
        (made,) = editor.context.request.get("/api/v1/decisions").json()["items"][-1:]
        editor.goto(f"/review/decide?kind=undo&decision={made['id']}&next={case.about}")
        editor.locator("form.asked").get_by_role("button").click()
    else:
        editor.locator(".history").get_by_role("button", name="撤销").last.click()
    until(editor, lambda: case.told(served) == case.before, f"{kind}: {case.told(served)}")
    editor.goto(case.about)
    until(editor, lambda: case.gone in words_of(editor, kind), kind)
