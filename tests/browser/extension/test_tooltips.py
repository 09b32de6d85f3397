"""The tooltip of a marked term: under the pointer, at a tap, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Page

from .conftest import Reader, Tooltip, marked, tooltip, wait_for_marks, wait_until

TEXT = "<p>各位代表，坚决落实“六个不发生”要求，抓好三<b>名</b>工程，谋划“十四五”。</p>"
FILL = "<p>工作报告的另一段文字。</p>" * 60
APPEARING = 200
"""Milliseconds after which a tooltip has faded in, for pictures."""
RECT = """
  (piece) => {
    for (const { startContainer, startOffset, endContainer, endOffset } of CSS.highlights.get("glossary-api-term")) {
      if (startContainer.data.slice(startOffset, endOffset) === piece) {
        const range = document.createRange();
        range.setStart(startContainer, startOffset);
        range.setEnd(endContainer, endOffset);
        const { left, top, right, bottom } = range.getBoundingClientRect();
        return { left, top, right, bottom };
      }
    }
  }
"""


@pytest.fixture
def page(reader: Reader) -> Iterator[Page]:
    """A page with terms, the first of them split by a tag, and one far below."""
    page = reader.open(f"{TEXT}{FILL}<p id=below>推进“一稳三新”，抓好三名工程。</p>")
    wait_for_marks(page, "六个不发生", "三", "名", "工程", "十四五", "一稳三新", "三名工程")
    yield page
    page.close()


def _hover(page: Page, piece: str) -> dict[str, float]:
    """Rest the pointer on a marked piece of text; where that is."""
    rect = cast("dict[str, float]", page.evaluate(RECT, piece))
    x, y = (rect["left"] + rect["right"]) / 2, (rect["top"] + rect["bottom"]) / 2
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    return rect


def _shown(page: Page, text: str) -> Tooltip:
    """The tooltip, once it has this text."""
    return cast("Tooltip", wait_until(lambda: (found := tooltip(page)) and text in found.text and found))


def _current(page: Page) -> str:
    """The text of the term that is set off from the others."""
    ranges = "[...CSS.highlights.get('glossary-api-current')]"
    return cast(
        "str", page.evaluate(f"{ranges}.map(r => r.startContainer.data.slice(r.startOffset, r.endOffset)).join('')")
    )


@pytest.mark.parametrize("piece", ["五", "社", "联动"])
def test_every_part_of_a_split_term_has_the_tooltip(reader: Reader, piece: str) -> None:
    """The tooltip of a term that a tag splits opens over each part, with its definition, members, check and source."""
    page = reader.open("<p>推进五<b>社</b>联动。</p>")
    wait_for_marks(page, "五", "社", "联动")
    _hover(page, piece)
    shown = _shown(page, "五社联动")
    for said in ("wǔ shè lián dòng", "社会工作者", "社区志愿者", "计数相符", "太仓市 2024", "查看词条"):
        assert said in shown.text
    page.close()


def test_the_tooltip_stands_beside_its_term(page: Page, shots: Path) -> None:
    """The tooltip is inside the window and covers no part of its term, near the lower edge, too."""
    rect = _hover(page, "六个不发生")
    box = _shown(page, "六个不发生").box
    assert 0 < box["top"] - rect["bottom"] < 20
    assert box["left"] <= rect["right"]
    page.wait_for_timeout(APPEARING)
    page.screenshot(path=shots / "extension-tooltip.png")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    rect = _hover(page, "一稳三新")
    box = _shown(page, "一稳三新").box
    assert 0 < rect["top"] - box["bottom"] < 20
    assert box["top"] >= 0


def test_the_tooltip_goes_away(page: Page) -> None:
    """The tooltip closes when the pointer leaves it, and by Escape; its term is set off as long as it is open."""
    _hover(page, "六个不发生")
    _shown(page, "六个不发生")
    assert _current(page) == "六个不发生"
    page.keyboard.press("Escape")
    wait_until(lambda: tooltip(page) is None)
    assert _current(page) == ""
    _hover(page, "十四五")
    _shown(page, "十四五")
    page.mouse.move(600, 700)
    wait_until(lambda: tooltip(page) is None)


def test_nothing_opens_beside_a_term(page: Page) -> None:
    """The tooltip opens on a term only, not beside it in the same line, nor below the last word of a block."""
    rect = page.evaluate(RECT, "十四五")
    for x, y in ((rect["right"] + 60, rect["top"] + 5), (rect["left"] + 5, rect["bottom"] + 12), (20, rect["top"] + 5)):
        page.mouse.move(x - 2, y)
        page.mouse.move(x, y)
        page.wait_for_timeout(250)
        assert tooltip(page) is None


def test_the_keyboard_goes_from_term_to_term(reader: Reader, page: Page, shots: Path) -> None:
    """The commands go on and back through all marks, scroll to them and open their tooltips; Escape closes."""
    opened: list[Tooltip] = []
    for command in ("next-term", "next-term", "next-term", "next-term", "previous-term"):
        reader.command(command)
        wanted = ["六个不发生", "三名工程", "十四五", "一稳三新", "十四五"][len(opened)]
        opened.append(_shown(page, wanted))
        assert _current(page) == wanted
        if wanted == "一稳三新":
            assert page.evaluate("scrollY") > 0
            page.wait_for_timeout(APPEARING)
            page.screenshot(path=shots / "extension-keyboard.png")
    assert page.evaluate("scrollY") < 100
    page.keyboard.press("Escape")
    wait_until(lambda: tooltip(page) is None)


def test_the_keyboard_goes_round(reader: Reader, page: Page) -> None:
    """Before the first mark comes the last one."""
    reader.command("next-term")
    _shown(page, "六个不发生")
    reader.command("previous-term")
    _shown(page, "名师")
    assert page.evaluate("scrollY") > 0


def test_focus_goes_into_the_tooltip(reader: Reader, page: Page) -> None:
    """A tooltip that the keyboard opened has the focus, so that it is read aloud and Tab leads to its links."""
    reader.command("next-term")
    _shown(page, "六个不发生")
    assert page.evaluate("document.activeElement.localName") == "glossary-tooltip"
    page.keyboard.press("Escape")
    wait_until(lambda: tooltip(page) is None)
    assert page.evaluate("document.activeElement.localName") == "body"


def test_touch(reader: Reader) -> None:
    """A tap on a term opens its tooltip; a tap on a link is the page's."""
    reader.proxy.serve("<p>到了</p>", "http://news.example/there")
    page = reader.open(f"{TEXT}<p><a href=/there>抓好“一稳三新”</a></p>")
    wait_for_marks(page, "六个不发生", "三", "名", "工程", "十四五", "一稳三新")
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    _tap(page, session, "六个不发生")
    _shown(page, "六个不发生")
    page.keyboard.press("Escape")
    wait_until(lambda: tooltip(page) is None)
    _tap(page, session, "一稳三新")
    page.wait_for_url("**/there")


def _tap(page: Page, session: Any, piece: str) -> None:
    rect = page.evaluate(RECT, piece)
    point = {"x": rect["left"] + 8, "y": rect["top"] + 8}
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_hostile_pages_cannot_reach_the_tooltip(reader: Reader) -> None:
    """Style sheets and scripts of the page neither change nor read the tooltip."""
    css = "* { display: none !important } p, b { display: block !important } html, body { display: block !important }"
    page = reader.open(f"<style>{css}</style><p>六个不发生</p>")
    wait_for_marks(page, "六个不发生")
    _hover(page, "六个不发生")
    _shown(page, "不能发生政治性事件")
    assert page.evaluate("document.querySelector('glossary-tooltip').shadowRoot") is None
    assert "政治性" not in page.evaluate("document.documentElement.outerHTML")


def test_a_strict_policy_does_not_stop_the_tooltip(reader: Reader, shots: Path) -> None:
    """The tooltip opens and has its style where the page's policy forbids everything."""
    page = reader.open("<p>抓好三名工程。</p>", content_security_policy="default-src 'none'")
    wait_until(lambda: reader.terms(page))
    page.mouse.move(50, 24)
    page.mouse.move(60, 24)
    box = _shown(page, "名校长").box
    assert box["right"] - box["left"] < 500
    page.wait_for_timeout(APPEARING)
    page.screenshot(path=shots / "extension-strict-policy.png")


def test_a_tooltip_in_a_shadow_tree(reader: Reader) -> None:
    """Terms in shadow trees have their tooltips, also where the text is in the root itself."""
    page = reader.open(
        "<body style='margin:0'><div><template shadowrootmode=open>“六个不发生”</template></div>"
        "<div><template shadowrootmode=open><p>抓好<b>三名</b>工程</p></template></div>"
    )
    wait_for_marks(page, "六个不发生", "三名", "工程")
    _hover(page, "六个不发生")
    _shown(page, "不能发生政治性事件")
    page.keyboard.press("Escape")
    wait_until(lambda: tooltip(page) is None)
    _hover(page, "三名")
    _shown(page, "名校长")


def test_a_tooltip_in_a_frame(reader: Reader) -> None:
    """Terms in a frame have their tooltips there."""
    reader.proxy.serve("<p style='margin:0'>抓好三名工程</p>", "http://news.example/inner")
    page = reader.open("<body style='margin:0'><iframe src=/inner style='border:0;display:block'></iframe>")
    wait_until(lambda: reader.terms(page))
    page.mouse.move(60, 18)
    page.mouse.move(63, 18)
    page.frames[1].locator("glossary-tooltip").wait_for(state="attached")


def test_marks_of_a_link_do_not_disturb_it(reader: Reader) -> None:
    """A click on a marked link goes where the link leads."""
    reader.proxy.serve("<p>到了</p>", "http://news.example/there")
    page = reader.open("<p><a href=/there>抓好“六个不发生”</a></p>")
    wait_for_marks(page, "六个不发生")
    page.get_by_role("link").click()
    page.wait_for_url("**/there")
    assert marked(page) == []
