"""The tooltip by itself, on a page that forbids whatever a page can forbid."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

Box = dict[str, float]

HARSH = "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types"
STAGE = Path(__file__).parent / "stage"
CORNERS = [*itertools.product(("0", "45%", "100%"), repeat=2)]


@pytest.fixture
def stage(open_page: Any) -> Any:
    """Opens the stage with a tooltip attached; further arguments are those of `new_context`."""

    def staged(language: str = "zh", slow: Sequence[str] = (), **options: Any) -> Page:
        page: Page = open_page(None, **options)
        page.route("**/stage.*", on_stage)
        page.goto("/stage.html")
        page.evaluate("(settings) => stage.attach(...settings)", [language, slow])
        return page

    return staged


def on_stage(route: Route) -> None:
    """Answer with a file of the stage."""
    path = STAGE / urlsplit(route.request.url).path.strip("/")
    kind = {".html": "text/html", ".js": "text/javascript"}[path.suffix]
    headers = {"Content-Security-Policy": HARSH, "Content-Type": f"{kind}; charset=utf-8"}
    route.fulfill(body=path.read_text("utf-8"), headers=headers)


def inside(page: Page) -> str:
    """The words of the link in the tooltip that has the focus."""
    return str(page.evaluate("stage.focused()"))


def panel(page: Page) -> Locator:
    """The tooltip, while it is open."""
    return page.locator("glossary-tooltip .panel.open")


def box(locator: Locator) -> Box:
    """Where something is in the viewport."""
    found = locator.bounding_box()
    assert found is not None
    sides = {"right": found["x"] + found["width"], "bottom": found["y"] + found["height"]}
    return sides | {"x": found["x"], "y": found["y"], "height": found["height"], "width": found["width"]}


def described(page: Page, selector: str) -> str:
    """What a screen reader is told besides the name of an element."""
    session = page.context.new_cdp_session(page)
    found = session.send("Runtime.evaluate", {"expression": f"document.querySelector({json.dumps(selector)})"})
    asked = {"objectId": found["result"]["objectId"], "fetchRelatives": False}
    (node, *_) = session.send("Accessibility.getPartialAXTree", asked)["nodes"]
    return str(node.get("description", {}).get("value", ""))


def opened(page: Page) -> None:
    """Wait until the tooltip is there and stands still."""
    expect(panel(page)).to_be_visible()
    page.evaluate("stage.still()")


def rest(page: Page) -> None:
    """Wait for longer than anything here takes to open or to close."""
    page.wait_for_timeout(400)


# The pointer


def test_it_opens_where_the_pointer_rests(stage: Any, shots: Path) -> None:
    """A tooltip shows name, reading, rendering, members, verdict, sources and the way to the entry."""
    page = stage()
    page.hover("#first")
    opened(page)
    for words in ("第一个词", "dì yī gè cí", "First Word", "事项乙", "共 3 项，计数相符", "另市 2025", "查看词条"):
        expect(panel(page)).to_contain_text(words)
    expect(panel(page)).not_to_contain_text("事项甲、事项乙")  # which the list of members says already
    page.screenshot(path=shots / "tooltip-members.png")


def test_passing_by_opens_nothing(stage: Any) -> None:
    """A pointer that goes over terms without resting neither opens a tooltip nor asks for anything."""
    page = stage()
    middle = box(page.locator("#first"))["y"] + 5
    page.evaluate("(way) => stage.sweep(...way)", [[5, middle], [600, middle], 60, 5])
    page.mouse.move(600, 400)
    rest(page)
    assert page.evaluate("stage.asked") == []
    expect(panel(page)).to_have_count(0)


def test_the_pointer_may_move_into_it(stage: Any) -> None:
    """On a slow, slanting way from the term into the tooltip, across another term, it stays; off it, it closes,
    though the pointer moves on."""
    page = stage()
    page.hover("#first")
    opened(page)
    term, other, shown = box(page.locator("#first")), box(page.locator("#second")), box(panel(page))
    begin, end = [term["right"] - 2, term["bottom"] - 3], [other["right"], shown["y"] + 2]
    page.evaluate("(way) => stage.sweep(...way)", [begin, end, 20, 40])
    rest(page)
    expect(panel(page)).to_contain_text("第一个词")
    assert page.evaluate("stage.asked") == ["one"]
    away = [shown["right"] + 100, shown["bottom"] + 100]
    page.evaluate("(way) => stage.sweep(...way)", [away, [away[0] + 100, away[1]], 20, 20])
    assert panel(page).count() == 0


def test_a_term_on_the_way_opens_if_the_pointer_stays(stage: Any) -> None:
    """Who stops on another term on the way into the tooltip is shown that one."""
    page = stage()
    page.hover("#first")
    opened(page)
    term, other = box(page.locator("#first")), box(page.locator("#second"))
    page.mouse.move(term["right"] - 2, term["y"] + 2)
    page.mouse.move(other["x"] + 5, other["bottom"] - 2)
    expect(panel(page)).to_contain_text("第二个词")


def test_its_text_can_be_selected(stage: Any) -> None:
    """Text in the tooltip is marked with the mouse, and the tooltip stays meanwhile."""
    page = stage()
    page.hover("#second")
    opened(page)
    text = box(panel(page).locator(".text").first)
    page.mouse.move(text["x"] + 1, text["y"] + 10, steps=3)
    page.mouse.down()
    page.mouse.move(text["x"] + 70, text["y"] + 10, steps=3)
    page.mouse.up()
    assert "一种" in page.evaluate("getSelection().toString()")
    expect(panel(page)).to_be_visible()


def test_marking_text_opens_nothing(stage: Any) -> None:
    """Who drags over a term to mark text is shown nothing, though the pointer rests on the term."""
    page = stage()
    page.mouse.move(box(page.locator("#line"))["x"] + 2, box(page.locator("#first"))["y"] + 5)
    page.mouse.down()
    page.mouse.move(box(page.locator("#first"))["right"] - 5, box(page.locator("#first"))["y"] + 5, steps=5)
    rest(page)
    page.mouse.up()
    assert page.evaluate("stage.asked") == []


def test_several_senses_say_where_they_hold(stage: Any, shots: Path) -> None:
    """Each of several senses has a number and its place, a wrong count is said, and that the choice is open."""
    page = stage("en")
    page.hover("#second")
    opened(page)
    promised = (
        "Sense 1",
        "甲市 2024",
        "Sense 2",
        "乙市 2025",
        "2 listed, the count does not agree",
        "not certain",
        "：子、丑",
    )
    for words in promised:
        expect(panel(page)).to_contain_text(words)
    page.screenshot(path=shots / "tooltip-senses.png")


def test_an_unknown_term_shows_nothing(stage: Any) -> None:
    """Where there is no card there is no tooltip."""
    page = stage()
    page.hover("#third")
    rest(page)
    assert page.evaluate("stage.asked") == ["none"]
    expect(panel(page)).to_have_count(0)


def test_a_late_answer_is_dropped(stage: Any) -> None:
    """An answer that comes when the pointer has gone on to another term is not shown."""
    page = stage(slow=["one"])
    page.hover("#first")
    rest(page)
    assert page.evaluate("stage.asked") == ["one"]
    page.hover("#second")
    opened(page)
    page.evaluate("stage.release.forEach((release) => release())")
    rest(page)
    expect(panel(page)).to_contain_text("第二个词")


def test_the_native_tooltip_stays_away(stage: Any) -> None:
    """The term's `title` is gone while the tooltip is wanted, and back afterwards."""
    page = stage()
    page.hover("#first")
    opened(page)
    assert page.get_attribute("#first", "title") is None
    page.mouse.move(5, 700)
    expect(panel(page)).to_be_hidden()
    assert page.get_attribute("#first", "title") == "自带的提示"


# Its place


@pytest.mark.parametrize("view", [(1280, 800), (700, 400), (360, 640), (320, 480), (800, 240)], ids=str)
def test_it_stays_in_view_and_off_the_term(stage: Any, view: tuple[int, int]) -> None:
    """Wherever the term stands, the tooltip is whole within the viewport and does not cover the term."""
    page = stage(viewport={"width": view[0], "height": view[1]})
    for term, corner in itertools.product(("first", "long"), CORNERS):
        page.evaluate("(settings) => stage.showThere(...settings)", [term, corner])
        expect(panel(page)).to_be_visible()
        shown, word = box(panel(page)), box(page.locator(f"#{term}"))
        assert 0 <= shown["x"] <= shown["right"] <= view[0], (term, corner)
        assert 0 <= shown["y"] <= shown["bottom"] <= view[1], (term, corner)
        assert shown["bottom"] <= word["y"] or shown["y"] >= word["bottom"], (term, corner)
        assert shown["height"] >= 80, (term, corner)


def test_a_term_over_two_lines_is_not_covered(stage: Any) -> None:
    """Of a term that is broken over two lines, neither line is covered."""
    page = stage(viewport={"width": 600, "height": 400})
    page.locator("#line").evaluate("line => { line.style.width = '7em'; }")
    rects = page.locator("#first").evaluate("term => [...term.getClientRects()].map(({top, bottom}) => [top, bottom])")
    assert len(rects) == 2
    page.evaluate("stage.show('one', 'first')")
    opened(page)
    shown = box(panel(page))
    assert all(shown["bottom"] <= top or shown["y"] >= bottom for top, bottom in rects)


def test_it_follows_its_term(stage: Any) -> None:
    """While the page scrolls the tooltip stays at its term; when that is out of sight it closes."""
    page = stage(viewport={"width": 800, "height": 500})
    page.evaluate("document.body.style.height = '3000px'")
    page.focus("#before")
    page.keyboard.press("Tab")
    opened(page)
    page.evaluate("scrollTo(0, 30)")
    page.wait_for_timeout(100)
    assert 0 <= box(panel(page))["y"] - box(page.locator("#first"))["bottom"] <= 10
    page.evaluate("scrollTo(0, 1500)")
    expect(panel(page)).to_be_hidden()


# The keyboard


def test_focus_opens_it_and_describes_the_term(stage: Any) -> None:
    """A term that gets the focus is described by the tooltip, also to a screen reader, until the focus goes on,
    whatever the pointer does meanwhile."""
    page = stage()
    page.focus("#before")
    page.keyboard.press("Tab")
    opened(page)
    assert "事项乙" in described(page, "#first")
    page.mouse.move(300, 600, steps=3)
    rest(page)
    expect(panel(page)).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(panel(page)).to_be_hidden()
    assert page.get_attribute("#first", "aria-describedby") is None


def test_tab_leads_through_it(stage: Any) -> None:
    """Tab goes from the term through the tooltip's links to the next term, Shift+Tab from the first link back."""
    page = stage()
    page.focus("#before")
    page.keyboard.press("Tab")
    opened(page)
    page.keyboard.press("Tab")
    assert inside(page) == "某市 2024"
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#first")).to_be_focused()
    expect(panel(page)).to_be_visible()
    seen = []
    for _ in range(3):
        page.keyboard.press("Tab")
        seen.append(inside(page))
    assert seen == ["某市 2024", "另市 2025", "查看词条"]
    page.keyboard.press("Tab")
    expect(page.locator("#second")).to_be_focused()
    expect(panel(page)).to_contain_text("第二个词")


def test_quick_tabbing_is_not_held_up(stage: Any) -> None:
    """Who tabs on at once meets the terms only: no tooltip opens on the way."""
    page = stage()
    page.clock.install(time=0)
    page.clock.pause_at(1000)  # no time passes between the keys
    page.focus("#before")
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(page.locator("#after")).to_be_focused()
    page.clock.run_for(1000)
    assert page.evaluate("stage.asked") == []


@pytest.mark.parametrize("inward", [False, True])
def test_escape_closes_it(stage: Any, inward: bool) -> None:
    """Escape closes the tooltip and the focus is on the term, wherever it was; the next Tab goes on from there."""
    page = stage()
    page.focus("#before")
    page.keyboard.press("Tab")
    opened(page)
    if inward:
        page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(page.locator("#first")).to_be_focused()
    rest(page)
    expect(panel(page)).to_be_hidden()
    page.keyboard.press("Tab")
    expect(page.locator("#second")).to_be_focused()


def test_a_command_opens_it_with_the_focus(stage: Any) -> None:
    """A place without element can be shown at a command: the focus moves in, Escape closes it."""
    page = stage()
    assert page.evaluate("stage.showAtText('third')") is False
    assert page.evaluate("stage.showAtText('many')") is True
    opened(page)
    page.keyboard.press("Tab")
    assert inside(page) == "甲市 2024"
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()


def test_a_second_command_takes_over(stage: Any) -> None:
    """A command given while the focus is in the tooltip shows the next term there, and Escape still closes it."""
    page = stage()
    page.evaluate("stage.show('one', 'first')")
    opened(page)
    page.keyboard.press("Tab")
    assert page.evaluate("stage.show('many', 'second')") is True
    expect(panel(page)).to_contain_text("第二个词")
    page.keyboard.press("Tab")
    assert inside(page) == "甲市 2024"
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(page.locator("#second")).to_be_focused()


# The finger


@pytest.fixture
def phone(stage: Any) -> Page:
    """The stage on a small screen that is touched."""
    page: Page = stage(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True, color_scheme="dark")
    return page


def test_a_tap_opens_and_a_second_one_follows(phone: Page, shots: Path) -> None:
    """The first tap on a term shows a sheet, the second one follows the link."""
    phone.tap("#second")
    opened(phone)
    assert phone.evaluate("location.hash") == ""
    phone.screenshot(path=shots / "tooltip-sheet-dark.png")
    phone.tap("#second")
    phone.wait_for_url("**#second")


def test_a_tap_elsewhere_closes_it(phone: Page) -> None:
    """A tap on text that is no term closes the sheet; a tap into it does not."""
    phone.tap("#first")
    opened(phone)
    panel(phone).locator(".name").tap()
    expect(panel(phone)).to_be_visible()
    phone.tap("#plain")
    expect(panel(phone)).to_be_hidden()


def test_the_sheet_has_a_button_to_close_it(phone: Page) -> None:
    """A button large enough for a finger closes the sheet."""
    phone.tap("#first")
    opened(phone)
    button = panel(phone).get_by_role("button", name="关闭")
    assert min(box(button)["width"], box(button)["height"]) >= 44
    button.tap()
    expect(panel(phone)).to_be_hidden()


# The page around it


def test_no_style_of_the_page_reaches_it(stage: Any) -> None:
    """Rules of the page, however broad and important, change nothing in the tooltip, nor does its root's font size."""
    page = stage()
    page.hover("#first")
    opened(page)
    before = page.evaluate("stage.looks()")
    page.evaluate("stage.harass()")
    assert page.evaluate("stage.looks()") == before


def test_it_shifts_nothing(stage: Any) -> None:
    """Opening a tooltip moves nothing in the page and makes it no longer."""
    page = stage()
    before = page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
    page.hover("#long")
    opened(page)
    assert page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]") == before


def test_detached_it_is_gone(stage: Any) -> None:
    """After `detach` nothing of it is in the page, and nothing opens any more."""
    page = stage()
    page.hover("#first")
    opened(page)
    page.evaluate("stage.tooltip.detach()")
    expect(page.locator("glossary-tooltip")).to_have_count(0)
    assert page.get_attribute("#first", "title") == "自带的提示"
    page.hover("#second")
    rest(page)
    expect(page.locator("glossary-tooltip")).to_have_count(0)


def test_less_motion_if_wanted(stage: Any) -> None:
    """For readers who want less motion nothing moves; for others the tooltip does, for a moment."""
    durations = {}
    for wanted in ("reduce", "no-preference"):
        page = stage(reduced_motion=wanted)
        page.hover("#first")
        expect(panel(page)).to_be_visible()
        style = "panel => Object.values((({animationName, animationDuration}) =>"
        style += " ({animationName, animationDuration}))(getComputedStyle(panel)))"
        durations[wanted] = panel(page).evaluate(style)
    assert durations == {"reduce": ["none", "0s"], "no-preference": ["appear", "0.12s"]}


def test_forced_colours(stage: Any, shots: Path) -> None:
    """With colours forced by the system the tooltip has an edge and its verdict is still told by words."""
    page = stage(forced_colors="active")
    page.hover("#first")
    opened(page)
    assert panel(page).evaluate("panel => getComputedStyle(panel).borderTopWidth") == "1px"
    expect(panel(page)).to_contain_text("计数相符")
    page.screenshot(path=shots / "tooltip-forced-colours.png")
