"""A decision from end to end: a token shown, a key pressed, the page of the term changed, and changed back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from glossary_api.curation.tokens import create_token
from tests.curation.test_rebuild import REPORT, run
from tests.running import serving

Open = Callable[..., Page]
PATIENCE = 60
"""Seconds, many more than a harvest of one report takes."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an edition of one report that has a candidate."""
    folder = tmp_path_factory.mktemp("edited")
    (folder / "pile").mkdir()
    (folder / "pile" / "kunshan-2031.txt").write_text(REPORT.replace("改革。", "改革，打造发展的“沃土”。"), "utf-8")
    run(folder, "harvest", "pile", "-o", "glossary.db", "--jobs", "1")
    return folder


@pytest.fixture(scope="module")
def server(chromium: str, folder: Path) -> Iterator[str]:
    """The root address of a server over it, with the slash at its end."""
    with serving(folder) as address:
        yield address


def until(page: Page, count: int) -> None:
    """Load the page again until it has the tag of candidates so often."""
    end = time.monotonic() + PATIENCE
    while page.locator("header .tag", has_text="候选").count() != count:
        assert time.monotonic() < end
        page.wait_for_timeout(200)
        page.reload()


def test_a_decision_from_end_to_end(open_page: Open, folder: Path, shots: Path) -> None:
    """An editor establishes a candidate by one key, sees it on the term's page with its history, and takes it back."""
    token = create_token(folder / "tokens.json", "li", "decide")
    page = open_page("/review?kind=candidates")
    page.get_by_label("令牌").fill(token)
    page.get_by_role("button", name="登录").click()
    expect(page.locator(".question")).to_have_count(1)
    page.screenshot(path=shots / "review.png", full_page=True)
    (cookie,) = page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    page.keyboard.press("e")
    expect(page.locator(".question")).to_have_count(0)
    page.goto("/terms/沃土")
    until(page, 0)
    history = page.locator(".history li")
    expect(history).to_contain_text("确立为术语")
    page.screenshot(path=shots / "edited.png", full_page=True)
    history.get_by_role("button", name="撤销").click()
    expect(page.locator(".history li")).to_have_count(2)
    until(page, 1)


def test_keys_that_are_typed_decide_nothing(open_page: Open, folder: Path) -> None:
    """A letter in a field is a letter, and a key with Ctrl is the browser's."""
    token = create_token(folder / "tokens.json", "wang", "decide")
    page = open_page("/review?kind=candidates")
    page.get_by_label("令牌").fill(token)
    page.get_by_role("button", name="登录").click()
    page.get_by_label("理由").first.press_sequentially("er")
    page.locator("h1").click()
    page.keyboard.press("Control+e")
    page.wait_for_timeout(300)
    expect(page.locator(".question")).to_have_count(1)
    expect(page.get_by_label("理由").first).to_have_value("er")
