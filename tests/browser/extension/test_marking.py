"""What the extension marks on a page, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .conftest import Reader, marked, wait_for_marks, wait_until

TEXT = "坚决落实“六个不发生”要求，抓好“三名工程”，谋划“十四五”。"


READ = {
    "<p>抓好三名工程。</p>": ["三名工程"],
    "<p>抓好三<b>名</b>工程。</p>": ["三", "名", "工程"],
    "<p>抓好<a href=/x>三名</a>工程。</p>": ["三名", "工程"],
    "<p>抓好<ruby>三<rt>sān</rt>名<rt>míng</rt></ruby>工程。</p>": ["三", "名", "工程"],
    "<p>抓好三名<br>工程。</p>": ["三名", "工程"],
    "<p>抓好三名\n      工程。</p>": ["三名\n      工程"],
    "<p>抓好<!-- 三 -->三<span style='display:none'>甲</span>名工程。</p>": ["三", "名工程"],
    "<pre>抓好三名\n工程。</pre>": ["三名\n工程"],
    "<p translate=no>三名工程</p>": ["三名工程"],
    "<p>三名</p><p>工程</p>": [],
    "<pre>三名\n\n工程</pre>": [],
    "<table><tr><td>三名<td>工程</table>": [],
    "<p>三名<span style='display:block'>工程</span></p>": [],
    "<p>三名<img alt=''>工程</p>": [],
    "<p>三名<code>x</code>工程</p>": [],
}
"""What is marked where, piece by piece."""
LEFT_ALONE = (
    "<textarea>三名工程</textarea>",
    "<input value=三名工程>",
    "<select><option>三名工程</select>",
    "<button>三名工程</button>",
    "<div contenteditable>抓好<b>三名工程</b></div>",
    "<div contenteditable=plaintext-only>三名工程</div>",
    "<div role=textbox>三名工程</div>",
    "<script type=text/plain>三名工程</script>",
    "<style>/* 三名工程 */</style>",
    "<noscript>三名工程</noscript>",
    "<template>三名工程</template>",
    "<p><code>三名工程</code> <kbd>三名工程</kbd> <samp>三名工程</samp></p>",
    "<pre><code>三名工程</code></pre>",
    "<svg><text y=20>三名工程</text></svg>",
    "<p hidden>三名工程</p>",
    "<p style='display: none'>三名工程</p>",
    "<details><summary>开</summary>三名工程</details>",
)
IN_SECTIONS = """
  [...document.querySelectorAll("section")].map((section) =>
    [...CSS.highlights.get("glossary-api-term")]
      .filter((range) => section.contains(range.startContainer))
      .map((range) => range.startContainer.data.slice(range.startOffset, range.endOffset)))
"""


def _marked_in(reader: Reader, cases: Iterable[str]) -> dict[str, list[str]]:
    """What is marked in each of these pieces of a page."""
    cases = list(cases)
    page = reader.open("".join(f"<section>{case}</section>" for case in cases) + "<p>六个不发生</p>")
    wait_until(lambda: reader.terms(page).get("六个不发生"))
    return dict(zip(cases, page.evaluate(IN_SECTIONS), strict=True))


def test_lines_are_read_across_tags(reader: Reader) -> None:
    """A term is found across inline tags, line breaks and reading aids, and not across blocks or what is not read."""
    assert _marked_in(reader, READ) == READ


def test_what_is_not_running_text_is_left_alone(reader: Reader) -> None:
    """Fields, scripts, program text and what is hidden are not marked."""
    assert _marked_in(reader, LEFT_ALONE) == {case: [] for case in LEFT_ALONE}


def test_the_page_is_not_changed(reader: Reader) -> None:
    """Marking changes no node of the page and adds none."""
    page = reader.open(f"<body><p id=a>{TEXT}</p><div contenteditable>{TEXT}</div></body>")
    wait_for_marks(page, "六个不发生", "三名工程", "十四五")
    assert page.evaluate("document.body.innerHTML") == f'<p id="a">{TEXT}</p><div contenteditable="">{TEXT}</div>'
    assert page.evaluate("document.documentElement.childNodes.length") == 2


def test_an_editable_page_is_left_alone(reader: Reader) -> None:
    """A page that is edited as a whole is not marked, nor is a part of it that becomes editable."""
    page = reader.open(f"<p id=a>{TEXT}</p><p>六个不发生</p>")
    wait_for_marks(page, "六个不发生", "三名工程", "十四五", "六个不发生")
    page.evaluate("a.contentEditable = 'true'")
    wait_for_marks(page, "六个不发生")


def test_text_that_comes_later(reader: Reader) -> None:
    """Text that is added or changed is marked, what is removed is forgotten."""
    page = reader.open("<p id=a>抓好三名</p><p id=b>别的</p>")
    page.evaluate("a.append('工程')")
    wait_for_marks(page, "三名", "工程")
    page.evaluate("b.firstChild.data = '六个不发生'")
    wait_for_marks(page, "三名", "工程", "六个不发生")
    page.evaluate("a.remove()")
    wait_for_marks(page, "六个不发生")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<ul><li>三名<b>工程</b></ul>')")
    wait_for_marks(page, "三名", "工程", "六个不发生")
    assert wait_until(lambda: reader.terms(page)) == {"六个不发生": 1, "三名工程": 1}


def test_everything_is_replaced(reader: Reader) -> None:
    """A page whose content a script replaces is marked once, however deep the changes lie in each other."""
    page = reader.open("<p>六个不发生</p>")
    wait_for_marks(page, "六个不发生")
    page.evaluate("document.body.innerHTML = '<div id=a><p>三名工程</p></div>'; a.append('十四五', '，六个不发生')")
    wait_for_marks(page, "三名工程", "十四五", "六个不发生")
    page.evaluate("a.innerHTML = '<p id=b>十四五</p>'; b.innerHTML = '三名<b>工程</b>'; document.body.append(a)")
    wait_for_marks(page, "三名", "工程")
    page.evaluate("document.body.replaceChildren()")
    wait_for_marks(page)
    wait_until(lambda: reader.terms(page) == {})


def test_what_was_between_two_parts_is_removed(reader: Reader) -> None:
    """Where something between two pieces of text goes away, they are read as one."""
    page = reader.open("<p>抓好三名<code id=a>x</code>工程，<b>六个不发生</b></p>")
    wait_for_marks(page, "六个不发生")
    page.evaluate("a.remove()")
    wait_for_marks(page, "三名", "工程", "六个不发生")


def test_what_is_shown_later(reader: Reader) -> None:
    """Text that was hidden is marked once it is shown."""
    page = reader.open(
        "<p>六个不发生</p><style>.on p { display: block !important }</style>"
        "<div id=a><p style='display: none'>三名工程</p></div>"
        "<details id=b><summary>看</summary>谋划十四五</details>"
    )
    wait_for_marks(page, "六个不发生")
    page.evaluate("a.className = 'on'")
    wait_for_marks(page, "六个不发生", "三名工程")
    page.evaluate("b.open = true")
    wait_for_marks(page, "六个不发生", "三名工程", "十四五")


def test_a_page_that_never_rests(reader: Reader) -> None:
    """A page that changes all the time stays marked, and is read again a few times a second at most."""
    page = reader.open(
        "<p>六个不发生</p><p id=a></p><script>setInterval(() => a.textContent = Math.random(), 1)</script>"
    )
    wait_for_marks(page, "六个不发生")
    count = "() => { let n = 0; const s = chrome.runtime.onMessage; s.addListener(m => { n += m.ask === 'find'; });"
    reader.background.evaluate(f"() => {{ globalThis.count = ({count} return () => n; }})(); }}")
    page.wait_for_timeout(1500)
    assert 3 <= reader.background.evaluate("() => globalThis.count()") <= 9
    assert marked(page) == ["六个不发生"]


def test_shadow_trees(reader: Reader) -> None:
    """Open shadow trees are read, also those that come later, and text that changes in them."""
    page = reader.open(
        "<div id=a><template shadowrootmode=open><p>抓好<b>三名</b>工程</p></template></div><x-late id=b>甲</x-late>"
    )
    wait_for_marks(page, "三名", "工程")
    page.evaluate("a.shadowRoot.append('六个不发生')")
    wait_for_marks(page, "三名", "工程", "六个不发生")
    page.evaluate(
        "customElements.define('x-late', class extends HTMLElement {"
        " connectedCallback() { this.attachShadow({ mode: 'open' }).textContent = '十四五'; } })"
    )
    wait_for_marks(page, "三名", "工程", "六个不发生", "十四五")


def test_frames(reader: Reader) -> None:
    """Frames are read, and the page's tally has their terms."""
    reader.proxy.serve("<p>六个不发生</p>", "http://news.example/inner")
    page = reader.open("<p>三名工程</p><iframe src=/inner></iframe><iframe srcdoc='<p>三名工程</p>'></iframe>")
    wait_until(lambda: len(reader.state(page).get("terms") or []) == 3)
    wait_until(lambda: reader.badge(page) == "3")


def test_a_page_of_another_address_by_script(reader: Reader) -> None:
    """A page that changes its address by script is marked only as long as the address is of a site that is on."""
    reader.choose(off=["news.example/private/"])
    page = reader.open("<p id=a>三名工程</p>")
    wait_for_marks(page, "三名工程")
    page.evaluate("history.pushState({}, '', '/private/x'); a.textContent = '抓好三名工程'")
    wait_for_marks(page)
    page.evaluate("history.back()")
    wait_for_marks(page, "三名工程")


def test_a_strict_policy_changes_nothing(reader: Reader) -> None:
    """A page whose policy forbids everything is marked all the same."""
    page = reader.open(f"<p>{TEXT}</p>", content_security_policy="default-src 'none'")
    wait_until(lambda: reader.terms(page) == {"六个不发生": 1, "三名工程": 1, "十四五": 1})


def test_style_sheets_that_are_set_anew(reader: Reader) -> None:
    """A page that sets its own style sheets anew loses the marks' style until it changes the next time, no longer."""
    page = reader.open("<p>六个不发生</p><p id=a></p>")
    wait_for_marks(page, "六个不发生")
    page.evaluate("document.adoptedStyleSheets = []")
    page.evaluate("a.textContent = '三名工程'")
    wait_for_marks(page, "六个不发生", "三名工程")
    assert page.evaluate("document.adoptedStyleSheets.length") == 1


def test_a_real_report_in_light_and_dark(reader: Reader, shots: Path) -> None:
    """A whole report is marked; how that looks is in the pictures."""
    text = (Path(__file__).parents[3] / "seed" / "reports" / "kunshan-2024.txt").read_text("utf-8")
    body = "".join(f"<p>{line}</p>" for line in text.splitlines()[:60])
    scheme = "<meta name=color-scheme content='light dark'>"
    style = f"{scheme}<style>body {{ font: 18px/1.8 sans-serif; margin: 2em 15% }}</style>"
    page = reader.open(style + body)
    wait_until(lambda: reader.count(page) > 20)
    page.evaluate("scrollTo(0, 2400)")
    page.screenshot(path=shots / "extension-report.png")
    page.emulate_media(color_scheme="dark")
    page.screenshot(path=shots / "extension-report-dark.png")


def test_the_button_counts(reader: Reader) -> None:
    """The extension's button shows how many places of a page are marked."""
    page = reader.open(f"<p>{TEXT}</p><p>三名工程</p>")
    wait_until(lambda: reader.badge(page) == "4")
