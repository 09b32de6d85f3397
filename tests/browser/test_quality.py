"""What holds for every page of the site: readable by everyone, still while it loads, light, and never too wide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # ships no types
from playwright.sync_api import Page, ViewportSize, expect

Open = Callable[..., Page]

PAGES = {
    "front": "/",
    "search": "/search?q=工程",
    "terms": "/terms",
    "term": "/terms/六个不发生",
    "term-senses": "/terms/三大工程",
    "term-undefined": "/terms/五个作出示范",
    "contexts": "/terms/数据得地/usages?report=wujiang-2025",
    "usage": "/terms/数据得地/usages?report=wujiang-2025&at=1861",
    "reports": "/reports",
    "report": "/reports/wujiang-2025",
    "glossary": "/reports/wujiang-2025/glossary",
    "annotate": "/annotate",
    "annotated": "/annotate",
    "check": "/check",
    "compare": "/compare?names=两重,两新",
    "findings": "/findings",
    "about": "/about",
    "manual": "/manual",
    "manual-commands": "/manual/commands",
    "manual-picture": "/manual/architecture",
    "data": "/data",
    "search-none": "/search?q=无此提法",
    "terms-first": "/terms?sort=first",
    "filter-in-vain": "/reports?place=乌有县",
    "card": "/terms/六个不发生/card",
    "sign-in": "/sign-in",
    "missing": "/nowhere",
    "missing-term": "/terms/六个不发",
}
DRAFT = (
    "一、今年工作\n坚决落实“六个不发生”①要求，抓好“两重”“两新”，打好“三大攻坚战”。\n名词解释\n①“六个不发生”：指甲、乙。"
)
WIDE = ViewportSize(width=1280, height=800)
NARROW = ViewportSize(width=360, height=740)
LEAST = ViewportSize(width=320, height=640)
SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shifted += entry.value; }))
  .observe({ type: "layout-shift", buffered: true });"""
HEAVIEST = 50_000
"""Bytes, compressed, of everything that the first page loads."""


def read(open_page: Open, name: str, language: str, **options: Any) -> Page:
    """A page in a language, read to its end, as a reader of a browser with `options` gets it; nothing has shifted."""
    page = open_page(None, **options)
    page.context.watched.expected.append(" (404|422) ")  # type: ignore[attr-defined]  # of pages that are not there
    page.add_init_script(SHIFTS)
    address = PAGES[name]
    page.goto(address if language == "zh" else f"{address}{'&' if '?' in address else '?'}lang={language}")
    if name == "annotated":
        page.locator("textarea").fill(DRAFT)
        page.locator("textarea").press("Control+Enter")
        expect(page.locator(".text a[data-term]").first).to_be_visible()
    page.mouse.wheel(0, 100_000)
    page.wait_for_timeout(100)
    assert page.evaluate("window.shifted") < 0.01  # before a screenshot, for which the driver changes the window
    page.evaluate("scrollTo(0, 0)")
    return page


def faults(page: Page) -> list[str]:
    """What axe finds: rule, gravity, and the first place."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']} ({one['impact']}): {one['nodes'][0]['html']}" for one in found]


def look(page: Page, picture: Path) -> None:
    """Take a picture of a page in either scheme of colours; axe finds nothing in either."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=picture.with_name(f"{picture.name}-{scheme}.png"))
        assert faults(page) == []


def too_wide(page: Page) -> int:
    """Pixels by which the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_on_a_desk(open_page: Open, name: str, shots: Path) -> None:
    """In Chinese, by day and by night, on a wide screen: axe finds nothing, nothing shifts while the page loads."""
    page = read(open_page, name, "zh", viewport=WIDE, color_scheme="light")
    assert too_wide(page) == 0
    look(page, shots / f"page-{name}-wide")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_on_a_telephone(open_page: Open, name: str, shots: Path) -> None:
    """In English, on a telephone: the same, and no page is wider than 360 or even 320 pixels."""
    page = read(open_page, name, "en", viewport=NARROW, color_scheme="dark", is_mobile=True, has_touch=True)
    assert too_wide(page) == 0
    look(page, shots / f"page-{name}-narrow")
    page.set_viewport_size(LEAST)
    assert too_wide(page) == 0


def test_open_parts_are_accessible(open_page: Open) -> None:
    """With suggestions open and with a tooltip open axe finds nothing either."""
    page = open_page(PAGES["report"])
    page.locator(".text a[data-term]").first.hover()
    expect(page.locator("glossary-tooltip .panel.open")).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("searchbox").focus()
    page.get_by_role("combobox").press_sequentially("两")
    expect(page.get_by_role("option").first).to_be_visible()
    assert faults(page) == []


def test_the_first_page_is_light(open_page: Open) -> None:
    """Everything that the first page loads, scripts and styles included, is under 50 kB as it comes over the wire."""
    page = open_page(None)
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(sum_of(request.sizes())))
    page.goto("/", wait_until="networkidle")
    page.get_by_role("searchbox").focus()
    page.wait_for_timeout(200)
    assert len(sizes) >= 5
    assert sum(sizes) < HEAVIEST


def sum_of(sizes: Any) -> int:
    """Bytes of an answer, head and body."""
    return int(sizes["responseHeadersSize"] + sizes["responseBodySize"])
