"""The site in a browser, page by page: from the search box to a meaning, a report read, a text annotated."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

Open = Callable[..., Page]

TERM = "六个不发生"
REPORT = "/reports/wujiang-2025"
DRAFT = "坚决落实“六个不发生”要求，抓好“两重”“两新”，推进安全生产“六化”建设。"


def options(page: Page) -> Locator:
    """The suggestions below the search box."""
    return page.get_by_role("option")


def tooltip(page: Page) -> Locator:
    """The tooltip, while it is open."""
    return page.locator("glossary-tooltip .panel.open")


def mark(page: Page, name: str) -> Locator:
    """The first place in a text where a term is marked."""
    return page.locator(f'.text a[data-term="{name}"]').first


def point_at(page: Page, name: str) -> None:
    """Rest the pointer on a term; before the page's scripts are there that would open nothing."""
    page.wait_for_load_state()
    mark(page, name).hover()


def asked(page: Page, path: str) -> list[str]:
    """The requests so far whose address contains `path`."""
    watched: Any = page.context
    return [url for url in watched.watched.requests if path in url]


# Searching


def test_from_pinyin_to_the_term(open_page: Open, shots: Path) -> None:
    """Who types the Pinyin of a name sees the name, chooses it with the arrow keys and comes to its page by Enter."""
    page = open_page("/")
    box = page.get_by_role("searchbox")
    box.focus()
    box = page.get_by_role("combobox")
    box.press_sequentially("liugebu")
    expect(options(page).first).to_contain_text(TERM)
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", str(options(page).first.get_attribute("id")))
    page.screenshot(path=shots / "front-suggestions.png")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(TERM)
    expect(page.get_by_role("listitem").filter(has_text="坚决不能发生重大群体性事件").first).to_be_visible()
    page.screenshot(path=shots / "term.png", full_page=True)


def test_a_suggestion_can_be_clicked(open_page: Open) -> None:
    """A click on a suggestion leads to its term, in the language of the page."""
    page = open_page("/?lang=en")
    page.get_by_role("searchbox").focus()
    page.get_by_role("combobox").press_sequentially("两重")
    options(page).filter(has_text="两重").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("两重")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_enter_without_a_choice_searches(open_page: Open) -> None:
    """Suggestions do not stand in the way of searching for what was typed."""
    page = open_page("/")
    page.get_by_role("searchbox").focus()
    page.get_by_role("combobox").press_sequentially("网格")
    page.get_by_role("combobox").press("Enter")
    page.wait_for_url("**/search?q=*")


def test_escape_closes_suggestions_then_empties_the_box(open_page: Open) -> None:
    """The first Escape closes the list and keeps the text, the second one empties the box."""
    page = open_page("/")
    page.get_by_role("searchbox").focus()
    box = page.get_by_role("combobox")
    box.press_sequentially("两")
    expect(options(page).first).to_be_visible()
    box.press("Escape")
    expect(options(page)).to_have_count(0)
    expect(box).to_have_value("两")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press("Escape")
    expect(box).to_have_value("")


def test_an_input_method_is_left_in_peace(open_page: Open) -> None:
    """While an input method composes, nothing is asked and its arrow keys are its own; what it commits is asked."""
    page = open_page("/")
    page.get_by_role("searchbox").focus()
    keyboard = page.context.new_cdp_session(page)
    for text in ("l", "li", "liang"):
        keyboard.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    page.wait_for_timeout(300)
    assert asked(page, "/suggest") == []
    keyboard.send("Input.insertText", {"text": "两重"})
    expect(options(page).first).to_contain_text("两重")
    assert len(asked(page, "/suggest")) == 1


def test_a_late_suggestion_is_dropped(open_page: Open) -> None:
    """An answer to what was typed before does not replace the answer to what is typed now."""
    page = open_page("/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        if "q=%E4%B8%A4&" in route.request.url:
            held.append(route)
        else:
            route.continue_()

    page.route("**/suggest?*", hold)
    page.get_by_role("searchbox").focus()
    box = page.get_by_role("combobox")
    box.press_sequentially("两")
    page.wait_for_timeout(250)
    box.press_sequentially("重")
    expect(options(page).first).to_contain_text("两重")
    shown = options(page).all_inner_texts()
    for route in held:
        route.continue_()
    page.wait_for_timeout(250)
    assert held
    assert options(page).all_inner_texts() == shown


@pytest.mark.parametrize("width", [320, 640, 800, 1024])
def test_suggestions_fit_the_window(open_page: Open, width: int) -> None:
    """The list of suggestions lies within the window, however narrow, and makes the page no wider."""
    page = open_page("/terms/两重", viewport={"width": width, "height": 700})
    page.get_by_role("searchbox").focus()
    page.get_by_role("combobox").press_sequentially("两")
    expect(options(page).first).to_be_visible()
    box = page.get_by_role("listbox").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_script_the_search_form_searches(open_page: Open) -> None:
    """Without script a name typed into the search box leads to its term, with members, sources and contexts."""
    page = open_page("/", java_script_enabled=False)
    page.get_by_role("searchbox").fill("6个不发生")
    page.get_by_role("search").get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TERM)
    assert page.get_by_role("listitem").filter(has_text="坚决不能发生重大群体性事件").count() == 1
    assert page.get_by_role("link", name="看原文").count() >= 2


# Reading a report


def test_hover_in_a_report(open_page: Open, shots: Path) -> None:
    """A term in a report's text shows its meaning below or above itself, within the window."""
    page = open_page(REPORT)
    term = mark(page, TERM)
    term.scroll_into_view_if_needed()
    term.hover()
    expect(tooltip(page)).to_contain_text("坚决不能发生重大群体性事件")
    expect(tooltip(page)).to_contain_text("共 6 项，计数相符")
    expect(tooltip(page)).to_contain_text("昆山市 2024")
    shown, word = tooltip(page).bounding_box(), term.bounding_box()
    assert shown is not None
    assert word is not None
    assert 0 <= shown["x"] <= shown["x"] + shown["width"] <= 1280
    assert 0 <= shown["y"] <= shown["y"] + shown["height"] <= 800
    assert shown["y"] >= word["y"] + word["height"] or shown["y"] + shown["height"] <= word["y"]
    page.screenshot(path=shots / "report-tooltip.png")
    page.keyboard.press("Escape")
    expect(tooltip(page)).to_be_hidden()


def test_a_term_is_asked_for_once(open_page: Open) -> None:
    """What was fetched for a term is kept: showing it again asks nothing."""
    page = open_page(REPORT)
    for _ in range(2):
        point_at(page, TERM)
        expect(tooltip(page)).to_be_visible()
        page.mouse.move(2, 2)
        expect(tooltip(page)).to_be_hidden()
    assert len(asked(page, "/lookup")) == 1


def test_the_meaning_is_that_of_the_reports_place(open_page: Open) -> None:
    """A look-up from a report says where and, if that is known, when it was written."""
    page = open_page("/reports/kunshan-2024")
    point_at(page, TERM)
    expect(tooltip(page)).to_be_visible()
    (url,) = asked(page, "/lookup")
    code = page.locator(".text").get_attribute("data-place-code")
    assert f"place={code}" in url


def test_a_mark_shows_its_own_sense(open_page: Open) -> None:
    """Where a report uses one name in two senses, each mark shows the sense in which it stands, and no other."""
    page = open_page("/reports/kunshan-2024")
    marks = page.locator('.text a[data-term="三大工程"]')
    shown = []
    for own in (marks.first, marks.last):
        own.hover()
        expect(tooltip(page)).to_be_visible()
        shown.append(tooltip(page).inner_text())
        page.keyboard.press("Escape")
    assert [("城中村改造" in text, "特色功能农产品研发" in text) for text in shown] == [(True, False), (False, True)]


def test_focus_in_a_report(open_page: Open) -> None:
    """A term that gets the focus shows its meaning; from the tooltip a link leads to the sentence that explains it."""
    page = open_page(REPORT)
    mark(page, TERM).focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(tooltip(page)).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/reports/[a-z]+-2024\?lang=zh#d\d+$"))
    expect(page.locator(":target")).to_contain_text("坚决不能发生政治性事件")


def test_a_finger_in_a_report(open_page: Open, shots: Path) -> None:
    """On a telephone the first tap shows the meaning as a sheet, the second one leads to the term."""
    page = open_page(REPORT, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    term = mark(page, TERM)
    term.tap()
    expect(tooltip(page)).to_contain_text("坚决不能发生政治性事件")
    page.wait_for_timeout(300)
    page.screenshot(path=shots / "report-sheet.png")
    term.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(TERM)


def test_without_script_marks_have_titles(open_page: Open) -> None:
    """Without script the marks in a report are links that have the beginning of the meaning as their title."""
    page = open_page(REPORT, java_script_enabled=False)
    assert "坚决不能发生" in str(mark(page, TERM).get_attribute("title"))
    mark(page, TERM).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TERM)


def test_the_glossary_of_a_report_can_be_printed(open_page: Open) -> None:
    """The button that prints is there with script, and prints."""
    page = open_page(None)
    page.add_init_script("window.print = () => { document.title = 'printed'; }")
    page.goto(f"{REPORT}/glossary")
    page.locator("button[data-print]").click()
    expect(page).to_have_title("printed")


# A text of one's own


def test_a_pasted_text_is_annotated(open_page: Open, shots: Path) -> None:
    """A text that is pasted and sent comes back with its terms marked, each with a tooltip."""
    page = open_page("/annotate")
    page.locator("textarea").fill(DRAFT)
    expect(page.locator("output[data-count]")).to_contain_text(str(len(DRAFT)))
    page.locator("textarea").press("Control+Enter")
    expect(mark(page, TERM)).to_be_visible()
    point_at(page, TERM)
    expect(tooltip(page)).to_contain_text("共 6 项")
    page.screenshot(path=shots / "annotated.png")


def test_a_dropped_file_is_annotated(open_page: Open, shots: Path) -> None:
    """A file that is dropped on the form is taken, sent and comes back annotated."""
    page = open_page("/annotate")
    form = page.locator("form[data-drop]")
    form.dispatch_event("dragover", {"dataTransfer": _file(page, "draft.txt")})
    expect(form).to_have_class(re.compile("dropping"))
    page.screenshot(path=shots / "annotate-drop.png")
    form.dispatch_event("drop", {"dataTransfer": _file(page, "draft.txt")})
    expect(form).not_to_have_class(re.compile("dropping"))
    assert page.evaluate("document.querySelector('input[type=file]').files[0].name") == "draft.txt"
    form.get_by_role("button", name="标注", exact=True).click()
    expect(mark(page, TERM)).to_be_visible()


def test_a_file_of_another_kind_is_refused(open_page: Open) -> None:
    """A file that cannot be read here is not taken, and that is said."""
    page = open_page("/annotate")
    page.locator("form[data-drop]").dispatch_event("drop", {"dataTransfer": _file(page, "picture.png")})
    expect(page.locator("output[data-count]")).to_contain_text("picture.png")
    assert page.evaluate("document.querySelector('input[type=file]').files.length") == 0


def test_without_script_a_file_is_annotated(open_page: Open, tmp_path: Path) -> None:
    """Without script a file is chosen, sent and comes back annotated."""
    path = tmp_path / "draft.txt"
    path.write_text(DRAFT, "utf-8")
    page = open_page("/annotate", java_script_enabled=False)
    page.locator("input[type=file]").set_input_files(path)
    page.locator("form[data-drop]").get_by_role("button", name="标注", exact=True).click()
    expect(mark(page, TERM)).to_be_visible()


def _file(page: Page, name: str) -> Any:
    """What a drag of a file with the draft in it carries."""
    script = """([name, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name));
      return data;
    }"""
    return page.evaluate_handle(script, [name, DRAFT])


# What is doubtful, and the other language


def test_a_finding_leads_to_its_place(open_page: Open, shots: Path) -> None:
    """A finding leads to the very place in the report that it is about."""
    page = open_page("/findings")
    page.screenshot(path=shots / "findings.png", full_page=True)
    page.get_by_role("main").get_by_role("link", name="看原文").first.click()
    page.wait_for_url(re.compile(r"/reports/.*#[df]\d+$"))
    expect(page.locator(":target")).to_be_in_viewport()


def test_the_other_language_stays(open_page: Open, shots: Path) -> None:
    """The switch shows the same page in English, and links from there stay in English, the tooltip's among them."""
    page = open_page(REPORT)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith(f"{REPORT}?lang=en")
    point_at(page, TERM)
    expect(tooltip(page)).to_contain_text("6 listed, the count agrees")
    page.screenshot(path=shots / "report-tooltip-english.png")
    tooltip(page).get_by_role("link", name="See the whole entry").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TERM)
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_context_that_is_cut_for_want_of_room_says_so(page: Page) -> None:
    """On a wide screen contexts are lines: one longer than its half keeps the end at the term, and is cut so."""
    page.goto("/terms/六个不发生")
    left = page.locator(".kwic .left").first
    whole = left.evaluate("(side) => side.lastElementChild.getBoundingClientRect().right")
    left.evaluate("(side) => { side.style.width = '5em'; side.style.justifySelf = 'end'; }")
    assert left.evaluate("(side) => side.lastElementChild.getBoundingClientRect().right") == pytest.approx(whole, abs=1)
    assert left.evaluate("(side) => side.scrollWidth > side.clientWidth")
    assert left.evaluate("(side) => getComputedStyle(side).textOverflow") == "ellipsis"
