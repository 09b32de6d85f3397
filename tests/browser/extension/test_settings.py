"""What a reader can choose: in the pop-up, on the options page; and what that changes on pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # ships no types
from playwright.sync_api import Page, expect

from .conftest import Proxy, Reader, marked, wait_for_marks, wait_until

GRAVE = {"serious", "critical"}
TEXT = "<p>落实“六个不发生”，谋划“十四五”，推进五社联动。</p><p>再说“六个不发生”和“强富美高”。</p>"
ALL = ("六个不发生", "十四五", "五社联动", "六个不发生", "强富美高")


def _popup(reader: Reader, page: Page) -> Page:
    """The pop-up as it opens over a page: in a tab of its own, which takes the page for the one in front."""
    page.bring_to_front()
    tab = reader.background.evaluate(
        "async () => (await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0].id"
    )
    popup = reader.context.new_page()
    popup.set_viewport_size({"width": 344, "height": 520})
    popup.add_init_script(
        f"if (globalThis.chrome?.tabs) chrome.tabs.query = async () => [{{ id: {tab} }}]; window.close = () => {{}}"
    )
    popup.goto(f"chrome-extension://{reader.id}/popup/popup.html")
    return popup


def _chosen(reader: Reader) -> Any:
    """Return what has been chosen, but for the marking of terms without an explanation, which all tests choose."""
    return {name: value for name, value in (reader.kept("settings") or {}).items() if name != "rest"}


@pytest.mark.parametrize(
    ("kinds", "pieces"),
    [(["plan"], ["十四五"]), (["numeral"], ["六个不发生", "五社联动", "六个不发生"]), (["quoted"], ["强富美高"])],
)
def test_kinds(reader: Reader, kinds: list[str], pieces: list[str]) -> None:
    """Only terms of the chosen kinds are marked, on pages that are open already, too."""
    page = reader.open(TEXT)
    wait_for_marks(page, *ALL)
    reader.choose(kinds=kinds)
    wait_for_marks(page, *pieces)


def test_first_only(reader: Reader) -> None:
    """Each term is marked where it stands first; what comes in before takes its place."""
    reader.choose(firstOnly=True)
    page = reader.open(f"<div id=a></div>{TEXT}")
    wait_for_marks(page, "六个不发生", "十四五", "五社联动", "强富美高")
    page.evaluate("a.innerHTML = '<p>谋划<b>十四</b>五</p>'")
    wait_for_marks(page, "六个不发生", "十四", "五", "五社联动", "强富美高")
    page.evaluate("a.remove()")
    wait_for_marks(page, "六个不发生", "十四五", "五社联动", "强富美高")


def test_short_names(reader: Reader) -> None:
    """Short names that nothing vouches for are marked only if they are asked for."""
    page = reader.open("<p>两重建设，六个不发生</p>")
    wait_for_marks(page, "六个不发生")
    reader.choose(short=True)
    wait_for_marks(page, "两重", "六个不发生")


SITES: tuple[tuple[dict[str, object], bool], ...] = (
    ({"off": ["www.news.example"]}, False),
    ({"off": ["news.example"]}, True),
    ({"off": ["*.news.example"]}, False),
    ({"off": ["www.news.example:8080"]}, True),
    ({"off": ["*.example"]}, False),
    ({"off": ["www.news.example/other/"]}, True),
    ({"off": ["www.news.example/zwgk/"]}, False),
    ({"where": "some", "on": ["*.news.example"]}, True),
    ({"where": "some", "on": ["other.example"]}, False),
    ({"where": "some", "off": ["www.news.example"], "on": ["www.news.example"]}, True),
)


def test_sites(reader: Reader) -> None:
    """Patterns of sites switch marking off and on, on an open page; where it is off nothing is known of the page."""
    page = reader.open("<p>六个不发生</p>", "http://www.news.example/zwgk/1.html")
    wait_for_marks(page, "六个不发生")
    for chosen, on in SITES:
        reader.choose(**chosen)
        wait_for_marks(page, *(["六个不发生"] if on else []))
        assert (reader.state(page)["terms"] is not None) == on


def test_a_command_switches_a_site(reader: Reader) -> None:
    """A command switches marking off and on for the site of the page."""
    page = reader.open("<p>六个不发生</p>")
    wait_for_marks(page, "六个不发生")
    reader.command("toggle-site")
    wait_for_marks(page)
    reader.command("toggle-site")
    wait_for_marks(page, "六个不发生")


def test_the_glossary_itself_is_not_marked(reader: Reader, server: str) -> None:
    """The pages of the glossary's server mark their terms themselves."""
    page = reader.context.new_page()
    page.goto(f"{server}reports/kunshan-2024")
    wait_until(lambda: reader.state(page))
    assert reader.state(page)["terms"] is None
    assert marked(page) == []


def test_the_popup_lists_the_terms(reader: Reader, shots: Path) -> None:
    """The pop-up lists the terms of the page with their counts, and leads to each."""
    page = reader.open(f"{'<p>别的文字</p>' * 60}{TEXT}")
    wait_for_marks(page, *ALL)
    popup = _popup(reader, page)
    expect(popup.get_by_role("heading", level=2)).to_have_text("本页有 4 个提法，共 5 处")
    assert popup.get_by_role("listitem").all_inner_texts() == ["六个不发生\n2 处", "十四五", "五社联动", "强富美高"]
    expect(popup.locator("footer")).to_contain_text("网页文字不离开本浏览器。")
    expect(popup.locator("footer")).to_contain_text(f"{reader.kept('pack')['terms']} 个术语")
    popup.screenshot(path=shots / "extension-popup-zh.png")
    popup.emulate_media(color_scheme="dark")
    popup.screenshot(path=shots / "extension-popup-zh-dark.png")
    popup.get_by_role("button", name="五社联动").click()
    page.bring_to_front()
    page.locator("glossary-tooltip").wait_for(state="attached")
    assert page.evaluate("scrollY") > 0


def test_the_popup_switches_a_site(reader: Reader) -> None:
    """The switch of the pop-up is for this site alone, and holds at once."""
    page = reader.open(TEXT)
    wait_for_marks(page, *ALL)
    popup = _popup(reader, page)
    switch = popup.get_by_role("switch")
    expect(switch).to_be_checked()
    switch.click()
    wait_for_marks(page)
    expect(popup.get_by_role("heading", level=2)).to_have_text("本网站未开启标注。")
    assert _chosen(reader) == {"off": ["news.example"]}
    switch.click()
    wait_for_marks(page, *ALL)
    assert _chosen(reader) == {"off": []}


def test_the_popup_does_not_undo_a_wider_rule(reader: Reader) -> None:
    """Where a rule for more than this site holds, the pop-up names it and leaves it to the settings."""
    reader.choose(off=["*.example"])
    popup = _popup(reader, reader.open(TEXT))
    expect(popup.get_by_role("switch")).to_be_disabled()
    expect(popup.locator("#rule")).to_have_text("由规则 *.example 决定，可在设置中修改")


def test_the_popup_says_what_is_wrong(reader: Reader, shots: Path) -> None:
    """Without a pack the pop-up says why there is none, in words."""
    reader.choose(server="http://gone.example/")
    page = reader.open(TEXT)
    wait_until(lambda: reader.state(page).get("problem"))
    popup = _popup(reader, page)
    expect(popup.get_by_role("alert")).to_contain_text("服务器拒绝了请求（状态 502）")
    popup.screenshot(path=shots / "extension-popup-problem.png")


@pytest.fixture
def options(reader: Reader) -> Page:
    """The options page."""
    page = reader.own("options/options.html")
    expect(page.locator("#count")).not_to_be_empty()
    return page


def test_the_options_page_shows_what_is_chosen(reader: Reader, options: Page, shots: Path) -> None:
    """The options page shows the settings and the pack, in light and dark."""
    assert options.get_by_role("radio", name="在本浏览器里").is_checked()
    expect(options.locator("#edition")).to_have_text(reader.kept("pack")["edition"][:12])
    expect(options.locator("#count")).to_have_text(str(reader.kept("pack")["terms"]))
    expect(options.get_by_label("词典服务器的地址")).to_have_value(reader.kept("packed")["server"])
    options.screenshot(path=shots / "extension-options-zh.png", full_page=True)
    options.emulate_media(color_scheme="dark")
    options.screenshot(path=shots / "extension-options-zh-dark.png", full_page=True)


def test_axe_finds_nothing_grave(reader: Reader, options: Page) -> None:
    """Pop-up and options can be used by everybody, in light and dark, as far as axe can tell."""
    page = reader.open(TEXT)
    wait_for_marks(page, *ALL)
    for own in (options, _popup(reader, page)):
        for scheme in ("light", "dark"):
            own.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = Axe().run(own).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in GRAVE] == []


def test_choices_are_saved_as_they_are_made(reader: Reader, options: Page) -> None:
    """Every choice on the options page is kept at once; sites are brought into their usual form."""
    options.get_by_label("每个提法只标第一处").check()
    options.get_by_label("其他提法").uncheck()
    options.get_by_role("textbox", name="所有网站，但这些除外：").fill(
        "https://WWW.Gov.example/zwgk/\n\n*.news.example"
    )
    options.get_by_role("radio", name="只在这些网站").check()
    options.get_by_role("radio", name="在服务器上").check()
    assert wait_until(lambda: _chosen(reader).get("mode") and _chosen(reader)) == {
        "firstOnly": True,
        "kinds": ["numeral", "plan"],
        "off": ["www.gov.example/zwgk/", "*.news.example"],
        "where": "some",
        "mode": "server",
    }


def test_choices_that_cannot_be(reader: Reader, options: Page) -> None:
    """A pattern that is none and a choice of no kind are not kept, and the page says so."""
    options.get_by_role("textbox", name="所有网站，但这些除外：").fill("a b c")
    for kind in ("数字缩略语", "规划时期", "其他提法"):
        options.get_by_label(kind).uncheck()
    expect(options.get_by_text("看不懂：a b c")).to_be_visible()
    expect(options.get_by_text("至少选一类")).to_be_visible()
    assert _chosen(reader) == {"kinds": ["quoted"]}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "这不是网址"),
        ("ftp://glossary.example/", "这不是网址"),
        ("http://gone.example", "服务器拒绝了请求（状态 502）"),
        ("http://plain.example/some/page", "这个地址上没有词典服务器"),
        ("http://json.example/", "这个地址上没有词典服务器"),
    ],
)
def test_a_server_that_is_none(reader: Reader, options: Page, proxy: Proxy, typed: str, said: str) -> None:
    """An address that is no glossary's is refused with what is wrong with it, and not kept."""
    anyone = {"access-control-allow-origin": "*"}
    proxy.pages["http://plain.example/some/page/api/v1/status"] = (200, anyone, b"<html>")
    proxy.pages["http://json.example/api/v1/status"] = (200, anyone, b'{"edition": 1}')
    options.get_by_label("词典服务器的地址").fill(typed)
    options.get_by_role("button", name="检查并保存").click()
    expect(options.locator("#server-says")).to_contain_text(said)
    assert "server" not in _chosen(reader)


def test_a_server_that_is_one(reader: Reader, options: Page, server: str) -> None:
    """An address is taken however it was copied, checked, and kept in its usual form; its pack is fetched."""
    options.get_by_label("词典服务器的地址").fill(f" {server.removeprefix('http://')}api/v1/ ")
    options.get_by_role("button", name="检查并保存").click()
    expect(options.locator("#server-says")).to_contain_text("可以使用")
    assert _chosen(reader) == {"server": server}


def test_update_now(reader: Reader, options: Page) -> None:
    """The button asks the server for another pack, and the page says when that was."""
    options.get_by_role("button", name="现在更新").click()
    wait_until(lambda: reader.proxy.asked("termpack"))
    expect(options.locator("#checked")).to_have_text("刚刚")


def test_english(launch: Callable[..., Reader], proxy: Proxy, shots: Path) -> None:
    """Where the browser speaks English, so do pop-up, options and tooltip."""
    reader = launch(proxy, "en")
    wait_until(lambda: (reader.kept("pack") or {}).get("edition"))
    page = reader.open(TEXT)
    wait_for_marks(page, "五社联动", "六个不发生", "六个不发生")
    popup = _popup(reader, page)
    expect(popup.get_by_role("heading", level=2)).to_have_text("Terms on this page: 2 (places: 3)")
    popup.screenshot(path=shots / "extension-popup-en.png")
    options = reader.own("options/options.html")
    expect(options.locator("#count")).not_to_be_empty()
    assert "__MSG" not in options.content()
    options.screenshot(path=shots / "extension-options-en.png", full_page=True)
    assert reader.complaints == []
    reader.context.close()


def test_every_word_is_there_in_both_languages(unpacked: dict[str, Path]) -> None:
    """Both languages have the same messages, each is used, and each that is used is there."""
    import json
    import re

    folder = unpacked["en"]
    words = {
        name: set(json.loads((folder / "_locales" / name / "messages.json").read_text("utf-8")))
        for name in ("zh_CN", "en")
    }
    assert words["zh_CN"] == words["en"]
    files = [
        path for path in folder.rglob("*") if path.suffix in {".js", ".html", ".json"} and "_locales" not in path.parts
    ]
    text = "\n".join(path.read_text("utf-8") for path in files)
    said = set(re.findall(r'(?:say\(|getMessage\(|data-say(?:-label)?=|: )"(\w+)"', text)) | set(
        re.findall(r"__MSG_(\w+)__", text)
    )
    unused = {word for word in words["en"] if f'"{word}"' not in text and f"_{word}_" not in text}
    assert {word for word in unused if not word.startswith("problem_")} == set()
    assert said & words["en"] == {word for word in said if word in words["zh_CN"]}


def test_selected_words_are_looked_up_on_the_site(reader: Reader) -> None:
    """The entry of the context menu opens the glossary's own page for the words that are selected."""
    page = reader.open("<p>无关文字")
    with reader.context.expect_page() as opened:
        reader.background.evaluate(
            "chrome.contextMenus.onClicked.dispatch({ menuItemId: 'look-up', selectionText: ' 六个不发生 ' }, {})"
        )
    opened.value.wait_for_load_state()
    assert opened.value.get_by_role("heading", level=1).inner_text().startswith("六个不发生")
    assert page.url.startswith("http://news.example")
