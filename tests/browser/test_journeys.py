"""Seven ways through the site, each from the front door to what its reader came for, with every click counted."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Download, Locator, Page, expect

Open = Callable[..., Page]

TERM = "六个不发生"
MEANS = "坚决不能发生政治性事件"

SLOW = 60_000
"""Milliseconds that a page may take which is not ours: Swagger's."""


class Journey:
    """A reader at a page, whose clicks and taps are counted; typing and Enter are none."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, what: Locator) -> None:
        """Click where a reader would."""
        self.clicks += 1
        what.click()

    def tap(self, what: Locator) -> None:
        """Tap with a finger."""
        self.clicks += 1
        what.tap()

    def link(self, name: str | re.Pattern[str]) -> None:
        """Follow the first link of that name in the main part of the page."""
        self.click(self.page.get_by_role("main").get_by_role("link", name=name).first)

    def fetch(self, what: Locator) -> Download:
        """Click and take what comes down."""
        with self.page.expect_download() as coming:
            self.click(what)
        return coming.value

    def search(self, words: str) -> None:
        """Type into the search box and press Enter."""
        self.page.get_by_role("searchbox").focus()
        self.page.get_by_role("combobox").press_sequentially(words)
        self.page.get_by_role("combobox").press("Enter")


@pytest.fixture
def begin(open_page: Open) -> Callable[..., Journey]:
    """Begins a journey at the front door."""
    return lambda **options: Journey(open_page("/", **options))


def heading(page: Page) -> Locator:
    """The heading of the page."""
    return page.get_by_role("heading", level=1)


def said(download: Download) -> bytes:
    """What a file holds that came down."""
    return Path(download.path()).read_bytes()


def test_a_journalist_quotes_the_very_sentence(begin: Callable[..., Journey], shots: Path) -> None:
    """From a word heard to its meaning, the sentence that says so, one use of it, and how that is cited: 4 clicks."""
    way = begin()
    way.search("6个不发生")
    expect(heading(way.page)).to_have_text(TERM)
    expect(way.page.locator("blockquote").first).to_contain_text(MEANS)
    way.link("看原文")
    expect(way.page.locator(":target")).to_contain_text(MEANS)
    expect(way.page.locator(":target")).to_be_in_viewport()
    way.page.go_back()
    expect(way.page.get_by_text("收录的报告中最早见于")).to_be_visible()
    way.link("引用")
    cited = way.page.locator("details.cite")
    expect(cited).to_have_attribute("open", "")
    expect(cited.locator("p").first).to_contain_text(TERM)
    expect(cited.locator("p").first).to_contain_text(re.compile(r"/reports/[a-z]+-\d{4}#u\d+"))
    way.click(way.page.locator('.kwic a[href*="#u"]'))
    expect(way.page.locator(":target")).to_have_text(re.compile("不发生"))
    way.click(way.page.locator(":target"))
    expect(heading(way.page)).to_have_text(TERM)
    way.page.screenshot(path=shots / "journey-journalist.png")
    assert way.clicks == 4


def test_a_translator_finds_what_is_missing(begin: Callable[..., Journey], shots: Path) -> None:
    """From a translation to what is wrong with it, the right rendering, and a glossary for a CAT tool: 4 clicks."""
    way = begin()
    way.link("检查一份译文")
    way.page.get_by_label("中文", exact=True).fill("推进高质量共建“一带一路”，新增企业120家。")
    way.page.get_by_label("译文", exact=True).fill("We shall advance the New Silk Road, with 210 new companies.")
    way.click(way.page.get_by_role("main").get_by_role("button", name="检查"))
    expect(heading(way.page)).to_have_text("检查结果")
    expect(way.page.locator("main")).to_contain_text("缺少译法")
    expect(way.page.locator("main")).to_contain_text("数字不符")
    way.page.screenshot(path=shots / "journey-translator.png")
    way.link("一带一路")
    expect(way.page.locator(".renderings .official").first).to_be_visible()
    given = way.fetch(way.page.get_by_role("link", name="导出 tmx"))
    assert "Belt and Road Initiative" in said(given).decode("utf-8-sig")
    assert way.clicks == 4


def test_a_reader_on_a_telephone_asks_while_reading(begin: Callable[..., Journey], shots: Path) -> None:
    """From the latest reports into one, a meaning by one tap, its whole entry by another, and back: 3 taps."""
    way = begin(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    way.tap(way.page.get_by_role("main").get_by_role("link", name=re.compile("吴江区 2025")).first)
    mark = way.page.locator(f'.text a[data-term="{TERM}"]').first
    mark.scroll_into_view_if_needed()
    place = way.page.evaluate("scrollY")
    way.tap(mark)
    sheet = way.page.locator("glossary-tooltip .panel.open")
    expect(sheet).to_contain_text(MEANS)
    way.page.wait_for_timeout(300)
    way.page.screenshot(path=shots / "journey-telephone.png")
    way.tap(sheet.get_by_role("link", name="查看词条"))
    expect(heading(way.page)).to_have_text(TERM)
    assert way.page.evaluate("document.documentElement.scrollWidth") <= 360
    way.page.go_back()
    expect(mark).to_be_in_viewport()
    assert abs(way.page.evaluate("scrollY") - place) < 740
    assert way.clicks == 3


def test_a_developer_gets_what_the_page_says(begin: Callable[..., Journey], shots: Path) -> None:
    """From a page to the same as JSON, and to the documentation of the call, which can be tried there: 4 clicks."""
    way = begin()
    way.search(TERM)
    shown = way.page.locator("blockquote").first.inner_text()
    way.link("本术语 JSON")
    document = json.loads(way.page.locator("pre").first.inner_text())
    assert document["senses"][0]["definitions"][0]["text"] == shown
    way.page.go_back()
    way.click(way.page.get_by_role("contentinfo").get_by_role("link", name="接口说明（API）"))
    way.page.set_default_timeout(SLOW)  # the documentation lays out two hundred schemas
    call = way.page.locator(".opblock").filter(has_text="/terms/{name}").first
    way.click(call.locator(".opblock-summary-control"))
    expect(call.locator(".opblock-body")).to_contain_text("name", timeout=SLOW)
    way.page.screenshot(path=shots / "journey-developer.png")
    way.click(call.get_by_role("button", name="Try it out"))
    expect(call.get_by_role("button", name="Execute")).to_be_visible(timeout=SLOW)
    assert way.clicks == 4


def test_a_researcher_takes_the_figures_along(begin: Callable[..., Journey], shots: Path) -> None:
    """From a question about several terms to pictures, their table, the same as CSV, and a citation: 5 clicks."""
    way = begin()
    way.link("几个提法的使用比较")
    way.page.get_by_label("提法，用逗号隔开").fill("两重，两新")
    way.page.get_by_label("提法，用逗号隔开").press("Enter")
    expect(way.page.locator(".multiples").first.locator("svg")).to_have_count(2)
    way.click(way.page.locator("summary", has_text="历年数字"))
    cells = way.page.locator(".figures").first.locator("tbody tr").last.locator("td").all_inner_texts()
    way.page.screenshot(path=shots / "journey-researcher.png", full_page=True)
    given = way.fetch(way.page.get_by_role("link", name="历年数字（CSV）"))
    rows = list(csv.DictReader(io.StringIO(said(given).decode("utf-8-sig"))))
    last = max(row["year"] for row in rows)
    assert [float(row["per_10000"]) for row in rows if row["year"] == last] == pytest.approx(
        [float(cell.split()[0]) for cell in cells], abs=0.01
    )
    way.link("两重")
    way.click(way.page.locator("summary", has_text="引用本页"))
    expect(way.page.locator("details.cite pre").first).to_contain_text("@incollection")
    assert way.clicks == 5


def test_a_clerk_leaves_with_the_notes(begin: Callable[..., Journey], shots: Path, tmp_path: Path) -> None:
    """From a draft in Word to what it leaves unexplained and its 名词解释, ready to be pasted into it: 3 clicks."""
    draft = tmp_path / "draft.docx"
    document = docx.Document()
    for line in ("一、今年工作", "坚决落实“六个不发生”要求，抓好“两重”“两新”，建设“九个乐园”。"):
        document.add_paragraph(line)
    document.save(str(draft))
    way = begin()
    way.link("标注一段文字")
    way.page.locator("input[type=file]").set_input_files(draft)
    way.click(way.page.get_by_role("main").get_by_role("button", name="标注", exact=True))
    expect(heading(way.page)).to_have_text("标注结果")
    expect(way.page.locator(".checks")).to_contain_text("九个乐园")
    way.page.screenshot(path=shots / "journey-clerk.png", full_page=True)
    given = way.fetch(way.page.get_by_role("button", name="生成名词解释"))
    with zipfile.ZipFile(given.path()) as package:
        text = re.sub("<[^>]+>", "", package.read("word/document.xml").decode())
    assert MEANS in text
    assert "九个乐园" in text
    assert way.clicks == 3


def test_an_english_reader_never_meets_a_chinese_page(begin: Callable[..., Journey], shots: Path) -> None:
    """From a browser in English, without a word of it in the address, to a term by its English: 2 clicks."""
    way = begin(locale="en-GB")
    expect(way.page.locator("html")).to_have_attribute("lang", "en")
    way.search("Two Major")
    way.link("两重")
    expect(way.page.locator("html")).to_have_attribute("lang", "en")
    assert "lang=" not in way.page.url
    expect(way.page.locator(".renderings .rendering").first).to_contain_text("Two Major")
    way.page.screenshot(path=shots / "journey-english.png")
    way.link("see in the report")
    expect(way.page.locator(":target")).to_be_in_viewport()
    expect(way.page.get_by_role("heading", level=2).filter(has_text="Text of the report")).to_be_attached()
    assert way.clicks == 2
