"""Notes that a web page shows only when somebody opens them, and the speech that one hides."""

from __future__ import annotations

import pytest

from glossary_api.reading.html import read_html
from glossary_api.reading.tally import Tally

NOTES = {"两清一改": "清河道、清路障，改造旧房。", "三个到户": "宣讲到户、指导到户、回访到户。"}
LINES = (
    *("政府工作报告", "各位代表：", "现在，我代表县人民政府报告工作，请予审议，提出意见。"),
    "推进“两清一改”，落实“三个到户”。",
)
SPEECH = "".join(f"<p>{line}</p>" for line in LINES)
LIST = "".join(f"<p>{name}：{said}</p>" for name, said in NOTES.items())


def page(behind: str) -> list[str]:
    """The lines of a page with this behind the speech."""
    return read_html(f"<html><body><div class=article>{SPEECH}{behind}</div></body></html>".encode()).split("\n")


@pytest.mark.parametrize(
    "behind",
    [
        f"<a href='javascript:show()'>名词解释</a><div hidden>{LIST}</div>",
        f"<div role=tabpanel style='display:none'><h3>名词解释</h3>{LIST}</div>",
        f"<button aria-expanded=false>名词解释</button><div hidden>{LIST}</div>",
        f"<dialog><h3>名词解释</h3>{LIST}</dialog>",
        f"<details><summary>名词解释</summary>{LIST}</details>",
        f"<ul><li><a href='#n'>名词解释</a></li></ul><p>转载自网络</p><div id=n hidden>{LIST}</div>",
    ],
    ids=["link", "tab", "button", "dialogue", "details", "tab by its id"],
)
def test_a_hidden_list(behind: str) -> None:
    """A hidden part with the heading of notes in it or before it is printed."""
    assert page(behind)[-3:] == ["名词解释", *(f"{name}：{said}" for name, said in NOTES.items())]


@pytest.mark.parametrize(
    "form",
    [
        "<button aria-expanded=false>{}</button><div hidden><p>{}</p></div>",
        "<h4 data-toggle=collapse>{}</h4><div style='display:none'>{}</div>",
        "<dt>{}</dt><dd hidden>{}</dd>",
    ],
)
def test_hidden_explanations(form: str) -> None:
    """Below the heading of notes a hidden part behind a name explains it."""
    behind = "<h3>名词解释</h3>" + "".join(form.format(name, said) for name, said in NOTES.items())
    assert page(behind)[-5:] == ["名词解释", *(line for note in NOTES.items() for line in note)]


def test_hidden_explanations_on_the_line_of_the_name() -> None:
    """They go to the notes."""
    behind = "<p>名词解释</p>" + "".join(f"<p>{n}<span hidden>{said}</span></p>" for n, said in NOTES.items())
    assert page(behind)[-3:] == ["注释", *(f"{name}：{said}" for name, said in NOTES.items())]


def test_the_rest_of_the_text() -> None:
    """What a link beside it opens is the rest of the text."""
    lines = page(
        f"<div style='display:none'><p>各位代表，谢谢大家！</p><h3>名词解释</h3>{LIST}</div><a>点击展开全文↓</a>"
    )
    assert "两清一改：清河道、清路障，改造旧房。" in lines


@pytest.mark.parametrize(
    "behind",
    [
        "<div hidden>扫一扫，用手机打开本页，分享给朋友。</div>",
        "<p>名词解释</p><p>两清一改：清河道。</p><p>"
        + "本页面由县政府办公室负责维护，内容以正式文件为准。" * 3
        + "</p><div hidden>您还没有登录，请先登录，再发表评论。</div>",
        f"<div hidden>{SPEECH}<p>名词解释</p>{LIST}</div>",
        "<button aria-expanded=false>菜单</button><div hidden>首页、政务、服务，都在这里，请选择栏目。</div>",
    ],
    ids=["a box", "behind the notes", "another copy", "a menu"],
)
def test_what_stays_hidden(behind: str) -> None:
    """Everything else that a page hides is left out and counted."""
    tally = Tally()
    read_html(f"<html><body><div class=article>{SPEECH}{behind}</div></body></html>".encode(), tally)
    assert "hidden" in {one.reason for one in tally.left_out()}


@pytest.mark.parametrize(
    "form",
    [
        "<h1>政府工作报告</h1><div id=js_content style='visibility: hidden; opacity: 0'>{}</div>",
        "<h1>政府工作报告</h1><textarea readonly>各位代表：\n推进“两清一改”，提出意见。</textarea>",
    ],
)
def test_the_speech_itself(form: str) -> None:
    """A hidden part, or a field, that alone has the speech is the article."""
    lines = read_html(f"<html><body>{form.format(SPEECH)}</body></html>".encode()).split("\n")
    assert "各位代表：" in lines


@pytest.mark.parametrize("label", ["", "<span class=btn>展开</span>", " ▼ 点击展开/收起"])
def test_what_a_reader_unfolds_below_a_word(label: str) -> None:
    """A word of the report with what it means below it has its line, and all that is said of it the next one."""
    details = f"<details><summary>两清一改{label}</summary><p>清河道。</p><p>清路障，改造旧房。</p></details>"
    lines = page(
        f"<p>推进“两清一改”。</p>{details}<details><summary>更多</summary><p>上一篇</p><p>下一篇</p></details>"
    )
    assert lines[lines.index("两清一改") + 1] == "清河道。 清路障，改造旧房。"
    assert "上一篇" in lines


@pytest.mark.parametrize(
    ("link", "box"),
    [
        (
            '<a data-toggle=modal href="#m1">“两清一改”</a>',
            "<div class='modal fade' id=m1><button>×</button><h4>两清一改</h4><p>清河道、清路障，改造旧房。</p>"
            "<button>关闭</button></div>",
        ),
        (
            "三项任务<a href='#m1'>两清一改</a>",
            "<div class=popup id=m1><b>两清一改</b><p>清河道、清路障，改造旧房。</p></div>",
        ),
        (
            "“<a href='javascript:void(0)' onclick=\"show('m1')\">两清一改</a>”",
            "<div class=popup id=m1 style='display:none'><b>两清一改</b><span class=close>×</span>"
            "<p>清河道、清路障，改造旧房。</p></div>",
        ),
        (
            "<span data-pop='#m1'>“两清一改”</span>",
            "<div class=popover id=m1 style='display:none'>两清一改<p>清河道、清路障，改造旧房。</p></div>",
        ),
        ('“<a href=# data-bs-target="#m1">两清一改</a>”', "<dialog id=m1><p>清河道、清路障，改造旧房。</p></dialog>"),
    ],
)
def test_a_box_that_a_word_opens(link: str, box: str) -> None:
    """What a box says that a link on a quoted word opens is a note on it, without the box's title and buttons."""
    lines = page(f"<p>推进{link}，提出意见。</p>{box}")
    assert [line.strip("“").replace("”：", "：") for line in lines if "：清河道" in line] == [
        "两清一改：清河道、清路障，改造旧房。"
    ]


def test_a_box_that_explains_no_word() -> None:
    """Boxes that other links open are no notes."""
    lines = page("<p><a href='#m1'>登录</a></p><div class=modal id=m1><p>请先登录，再发表评论，谢谢配合。</p></div>")
    assert not any("：请先登录" in line for line in lines)
