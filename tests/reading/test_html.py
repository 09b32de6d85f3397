from __future__ import annotations

import html
import json

import pytest

from glossary_api.errors import ReadError
from glossary_api.reading.html import looks_like_html, read_html

SENTENCE = "坚守安全底线，推进高质量发展，奋力谱写现代化建设新篇章。"
ARTICLE = [f"第{number}段：{SENTENCE * 3}" for number in range(1, 9)]
NOTES = ["名词解释", "①“两重”：指重大战略实施和重点领域安全能力建设。", "②“两新”：指设备更新和消费品以旧换新。"]


def paragraphs(lines: list[str]) -> str:
    """One `p` for each line."""
    return "\n".join(f"<p>{line}</p>" for line in lines)


def page(inside: str, head: str = "") -> bytes:
    """A page with this inside its body."""
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{inside}</body></html>'.encode()


def lines_of(inside: str, head: str = "") -> list[str]:
    """The lines read from a page."""
    return read_html(page(inside, head)).split("\n")


@pytest.mark.parametrize(
    ("inside", "lines", "reason"),
    [
        ("<p>甲</p><p>乙</p>", ["甲", "乙"], "a line for each block"),
        ("甲<br>乙<br/><br>丙", ["甲", "乙", "丙"], "line breaks, and no empty lines"),
        ("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"], "a block ends the line before it"),
        ("<p>甲<b>乙</b><span>丙</span></p>", ["甲乙丙"], "inline elements part nothing"),
        ("<p>　　甲&nbsp;乙</p>", ["　　甲\xa0乙"], "ideographic and no-break spaces are characters"),
        ("<p>  Smart \n\t city  </p>", ["Smart city"], "white space is one space and none at the ends"),
        ("<p>坚守\n   底线，\r\n推进</p>", ["坚守底线，推进"], "a line end between Han characters is none"),
        ("<p>坚守 底线</p>", ["坚守 底线"], "a space between them is one"),
        ("<pre>甲\n乙</pre>", ["甲", "乙"], "preformatted lines"),
        ("<p>&ldquo;两重&rdquo;&#x2460;&amp;</p>", ["“两重”①&"], "character references"),
        ("<p>甲<script>x()</script><style>p{}</style><!-- c --><noscript>n</noscript></p>", ["甲"], "no scripts"),
        ('<p>甲</p><p style="display: none">乙</p><p hidden>丙</p>', ["甲"], "hidden elements"),
        ("<form><p>甲</p><input value=乙><button>丙</button><select><option>丁</select></form>", ["甲"], "controls"),
        ('<span style="display:block">甲</span>乙', ["甲", "乙"], "an inline element displayed as a block"),
        ("<ruby>音<rt>yin</rt></ruby>", ["音"], "the reading beside a character"),
    ],
)
def test_prints_what_a_browser_prints(inside: str, lines: list[str], reason: str) -> None:
    """The lines are those that a browser shows."""
    assert lines_of(inside) == lines, reason


@pytest.mark.parametrize(
    ("inside", "line", "reason"),
    [
        ("“两重”<sup>1</sup>。", "“两重”［1］。", "a raised number is a mark"),
        ("“两重”<sup><a href='#n1'>12</a></sup>", "“两重”［12］", "so is a raised link"),
        ("“两重”<a href='#_ftn1'>3</a>", "“两重”［3］", "and a link to a note"),
        ("“两重”<a href='report.html#n3'>3</a>", "“两重”［3］", "with the name of the page"),
        ("“两重”<sup>①</sup>", "“两重”①", "a circled mark stands"),
        ("“两重”<a href='#_ftn1' name='_ftnref1'><sup>[1]</sup></a>", "“两重”[1]", "a bracketed mark stands"),
        ("“两重”<span style='vertical-align: super;'>4</span>", "“两重”［4］", "raised by its style"),
        ("100万m<sup>2</sup>", "100万m²", "an exponent"),
        ("第<a href='page3.html'>3</a>页", "第3页", "a link to elsewhere is no mark"),
    ],
)
def test_marks(inside: str, line: str, reason: str) -> None:
    """Raised numbers and links to notes are kept as marks."""
    assert lines_of(f"<p>{inside}</p>") == [line], reason


@pytest.mark.parametrize(
    ("inside", "lines", "reason"),
    [
        ("<ol><li>两重：甲<li>两新：乙</ol>", ["1.两重：甲", "2.两新：乙"], "the numbers of a list"),
        ("<ol start=5><li>甲<li value=9>乙<li>丙</ol>", ["5.甲", "9.乙", "10.丙"], "given numbers"),
        ("<ol type=a><li>甲</ol><ol type=I><li>乙</ol>", ["a.甲", "I.乙"], "letters and Roman numbers"),
        ("<ol reversed><li>甲<li>乙</ol>", ["2.甲", "1.乙"], "backwards"),
        ("<ol><li>1.两重：甲<li>②两新：乙</ol>", ["1.两重：甲", "②两新：乙"], "numbers typed by hand"),
        ("<ol style='list-style-type: none'><li>甲</ol><ul><li>乙</ul>", ["甲", "乙"], "no numbers"),
        ("<ol><li>甲<ul><li>乙</ul><li>丙</ol>", ["1.甲", "乙", "2.丙"], "a list in a list"),
        ("<ol><li>2025年实事</ol>", ["1. 2025年实事"], "a number before a number"),
        (
            "<p>“两重”<sup><a href='#n1'>[1]</a></sup><ol><li id=n1>甲乙 <a href='#r1'>↩</a></ol>",
            ["“两重”[1]", "［1］甲乙"],
            "the number of a note as its mark, without the way back",
        ),
    ],
)
def test_ordered_lists(inside: str, lines: list[str], reason: str) -> None:
    """The numbers that a browser prints before list items are printed."""
    assert lines_of(inside) == lines, reason


def test_tables_side_by_side() -> None:
    """A row of nothing but tables is there for the layout."""
    one, other = (f"<table><tr><td>{a}<td>甲<tr><td>{b}<td>乙</table>" for a, b in [("两重", "两新"), ("双减", "双控")])
    lines = ["两重\t甲", "两新\t乙", "双减\t甲", "双控\t乙"]
    assert lines_of(f"<table><tr><td>{one}<td>{other}</table>") == lines


def test_lists_of_terms() -> None:
    """The paragraphs that explain one term are one line."""
    assert lines_of("<dl><dt>两重<dd><p>甲</p><p>乙</p><dt>两新<dd>丙</dl>") == ["两重", "甲 乙", "两新", "丙"]


def test_tables() -> None:
    """A row of a table is one line, a table for the layout is as many lines as it has."""
    row = "<table><tr><th>名词<th>解释<tr><td>两重<td><p>甲</p><p>乙</p></table>"
    assert lines_of(row) == ["名词\t解释", "两重\t甲 乙"]
    layout = f"<table><tr><td><a href=x>首页</a><td>{paragraphs(ARTICLE)}</table>"
    assert lines_of(layout) == ARTICLE


FRAMES = [
    '<div id="UCAP-CONTENT"><div class="trs_editor_view">{}</div></div>',
    '<div class="TRS_Editor"><div class=Custom_UnionStyle><style>p{{}}</style>{}</div></div>',
    '<table width=900><tr><td class="left"><a href=1>栏目</a></td><td id="zoom">{}</td></tr></table>',
    "<form id=form1><main><article>{}</article></main></form>",
    "<div class=container><div class=content-print>{}</div></div>",
    "<ucapcontent>{}</ucapcontent>",
]


@pytest.mark.parametrize("frame", FRAMES)
def test_article_of_a_page(frame: str) -> None:
    """The article is read with its title and notes, and nothing of the frame of the page."""
    inside = f"""
    <div class="header"><div class="nav"><a href="/">首页</a><a href="/zw">政务</a><a href="/hd">互动</a></div></div>
    <div class="BreadcrumbNav">当前位置：<a href="/">首页</a> &gt; <a href="/bg">政府工作报告</a></div>
    <div class="article"><h1>政府工作报告</h1>
    <div class="pages-date">发布时间：2024-01-20 来源：办公室 【字体：<a href="javascript:f()">大</a>】</div>
    {frame.format(paragraphs(ARTICLE + NOTES))}
    <div class="share">分享到：<a href="x">微信</a></div></div>
    <div class="related"><h3>相关报道</h3><ul><li><a href="a">解读：今年的报告，看点在这里。</a></li>
    <li><a href="b">一图读懂</a></li><li><a href="c">代表热议</a></li></ul></div>
    <div class="footer"><p>主办：某市人民政府办公室，未经授权，不得转载。</p><p>备案号 000</p></div>"""
    read = lines_of(inside)
    assert read == ["政府工作报告", *ARTICLE, *NOTES]


def test_notes_outside_the_article() -> None:
    """Notes in a container of their own, however short, belong to the article."""
    inside = (
        f"<div class=main><div class=text>{paragraphs(ARTICLE)}</div><div class=annex>{paragraphs(NOTES)}</div></div>"
    )
    assert lines_of(inside + "<div class=foot>版权所有，请勿转载，谢谢合作。</div>") == ARTICLE + NOTES


def test_misnamed_container() -> None:
    """An element named like furniture is kept when it holds the article or its notes."""
    inside = f'<div class="side-main">{paragraphs(ARTICLE)}<div class="bottom">{paragraphs(NOTES)}</div></div>'
    assert lines_of(inside) == ARTICLE + NOTES


@pytest.mark.parametrize(
    ("before", "head", "title"),
    [
        ("<h1>2024年政府工作报告</h1>", "", ["2024年政府工作报告"]),
        ('<div class="artTitle">政府工作报告</div>', "", ["政府工作报告"]),
        ("", '<meta name="ArticleTitle" content="政府工作报告">', ["政府工作报告"]),
        ("<header><h1>某市人民政府</h1></header>", "", []),
        ("<h1>2025 年 报告</h1>", "", []),
    ],
)
def test_title_above_the_article(before: str, head: str, title: list[str]) -> None:
    """The nearest heading above the article is its title, unless it is the site's or the article begins with it."""
    article = ["某省2025年报告", *ARTICLE]
    assert lines_of(f"{before}<div class=text>{paragraphs(article)}</div>", head) == title + article


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("utf-8", "utf-8"),
        ("gb2312", "utf-8"),
        ("utf-8", "gb18030"),
        ("big5", "big5hkscs"),
        ("", "gb18030"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
    ],
)
def test_encodings(declared: str, encoding: str) -> None:
    """A page is decoded as it declares, or as it is if the declaration is wrong or missing."""
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    text = "堅守底線" if encoding == "big5hkscs" else "坚守底线①镕"
    data = f"<html><head>{meta}</head><body><p>{text}</p></body></html>".encode(encoding)
    assert looks_like_html(data)
    assert read_html(data) == text


def test_few_damaged_characters() -> None:
    """A page that declares its encoding may have a damaged character, but not many."""
    data = page(paragraphs(ARTICLE * 3)).replace(b"utf-8", b"gb2312").decode().encode("gb18030")
    place = data.index("段".encode("gb18030"))
    assert read_html(data[:place] + b"\xff" + data[place:]).count("\ufffd") == 1
    with pytest.raises(ReadError, match="neither UTF-8"):
        read_html(data.replace("段".encode("gb18030"), b"\xff\xff\xff"))


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (b"<!DOCTYPE html><p>a", True),
        (b"\n<!-- a --><?xml version='1.0'?>\n<html>", True),
        (b"\xef\xbb\xbf<HTML>", True),
        ("<html>".encode("utf-16"), True),
        (b"text<br>text<br>text<br>", True),
        (b"<report>text</report>", False),
        (b"if a <b> c", False),
        ("1 < 2，<两重>".encode(), False),
        (b"", False),
    ],
)
def test_known_by_its_tags(data: bytes, answer: bool) -> None:
    """A page begins with a tag of HTML, or has several of them."""
    assert looks_like_html(data) is answer


EXPLAINING_PAGE = (
    "<html><body><div><p>政府工作报告</p><p>各位代表：</p><p>现在，我代表县人民政府报告工作，请予审议，提出意见。</p>"
    "<p>推进{}，各项工作取得新的成效。</p></div></body></html>"
)


@pytest.mark.parametrize(
    ("word", "note"),
    [
        ('<a class="tip" title="双清：清理河道、清理道路。">“双清”</a>', "双清：清理河道、清理道路。"),
        ('<span data-tip="清理河道、清理道路的行动">“双清”</span>', "“双清”：清理河道、清理道路的行动"),
        ("“双清”<a onclick=\"show('清理河道、清理道路的行动', this)\">[注]</a>", "“双清”：清理河道、清理道路的行动"),
        (
            "<b aria-describedby=t>“双清”</b><i role=tooltip id=t hidden>清理河道、清理道路的行动</i>",
            "“双清”：清理河道、清理道路的行动",
        ),
        ('<abbr data-content="双清，即清理河道、清理道路">双清</abbr>', "双清，即清理河道、清理道路"),
        (
            '<a data-content="&lt;p class=x&gt;清理河道、&lt;b&gt;清理&lt;/b&gt;道路&lt;/p&gt;">“双清”</a>',
            "“双清”：清理河道、清理道路",
        ),
        ('“双清”<sup title="清理河道、清理道路的行动">①</sup>', "①清理河道、清理道路的行动"),
        ('“双清”<sup title="清理河道、清理道路的行动">注</sup>', "“双清”：清理河道、清理道路的行动"),
        ('“双清”<i class="icon" data-content="清理河道、清理道路的行动"></i>', "“双清”：清理河道、清理道路的行动"),
    ],
)
def test_explanations_in_attributes(word: str, note: str) -> None:
    """What an attribute explains is printed once, below a heading behind the article."""
    page = EXPLAINING_PAGE.format(word + "、" + word).encode()
    assert read_html(page).endswith(f"\n注释\n{note}")
    assert read_html(page).count("清理道路") == 1


@pytest.mark.parametrize(
    "word",
    [
        '<a href="/b.html" title="青禾县全力推进双清行动，改善环境">双清</a>',
        '<span title="点击查看">双清</span>',
        '<span data-id="a1b2" data-url="http://x/清理河道、清理道路">双清</span>',
        '<span title="双清">双清</span>',
    ],
)
def test_attributes_that_explain_nothing(word: str) -> None:
    """Titles of links, tips of buttons and data are no explanations."""
    assert "注释" not in read_html(EXPLAINING_PAGE.format(word).encode())


def test_tags_that_were_escaped() -> None:
    """A page whose tags a database escaped is read as the page that it was."""
    source = html.escape("<p>政府工作报告</p><p>各位代表：</p><p>甲&lt;乙</p>").encode()
    assert looks_like_html(source)
    assert read_html(source).splitlines() == ["政府工作报告", "各位代表：", "甲<乙"]


@pytest.mark.parametrize("sign", ["", "\ufeff", " \n"])
def test_lists_that_a_program_wrote(sign: str) -> None:
    """The brackets and commas of a list of paragraphs, as programs that collect pages write it, are no text."""
    data = f"{sign}[<p>政府工作报告</p>, <p>各位代表：</p>,\n<p>推进“三清一改”, 方便群众。</p>]\n".encode()
    assert looks_like_html(data)
    assert read_html(data).split("\n") == ["政府工作报告", "各位代表：", "推进“三清一改”, 方便群众。"]


@pytest.mark.parametrize("address", ["/a/P02.docx", "x.pdf?id=1", "https://www.example.cn/2025.wps", "a.ofd#1"])
def test_pages_that_only_link_to_a_file(address: str) -> None:
    """A page with a link to a file and no report is refused, and names the file."""
    page = (
        f'<html><body><h1>政府工作报告</h1><p>发布时间：2025-01-20</p><a href="{address}">政府工作报告全文</a></body>'
    )
    with pytest.raises(ReadError, match="only links to a file \\(政府工作报告全文\\)") as refused:
        read_html(page.encode())
    assert address in str(refused.value.remedy)


def test_a_report_with_a_link_to_a_file() -> None:
    """A page that has the report, and links to it as a file too, is read."""
    text = "".join(f"<p>第{number}项，推进各项工作，取得新的成效，方便群众办事。</p>" for number in range(40))
    assert "第39项" in read_html(f'<html><body>{text}<p><a href="a.docx">附件</a></p>'.encode())


def test_cells_merged_downwards() -> None:
    """A cell over several rows leaves an empty cell in those below it, so that every column stays one."""
    rows = '<tr><td rowspan="2">民生</td><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr>'
    below = "<tr><td>治理</td><td>戊</td><td>己</td></tr>"
    assert lines_of(f"<table>{rows}{below}</table>") == ["民生\t甲\t乙", "\t丙\t丁", "治理\t戊\t己"]


@pytest.mark.parametrize(
    "tip",
    [
        '<span class="tooltiptext">{0}</span>',
        '<span class="tip" style="display:none">{0}</span>',
        '<span class="tip">“两重”：{0}</span>',
    ],
)
def test_tooltips(tip: str) -> None:
    """What a page shows when a pointer rests on a word is a note behind the article, and no part of the sentence."""
    said = "重大战略实施和重点领域安全能力建设，共两项。"
    lines = lines_of(paragraphs([*ARTICLE, f"加快“两重”{tip.format(said)}建设，{SENTENCE}"]))
    assert lines[-3:] == [f"加快“两重”建设，{SENTENCE}", "注释", f"“两重”：{said}"]


def test_links_to_programs_explain() -> None:
    """The title of a link that leads nowhere but to a program of the page explains its words."""
    link = '<a href="javascript:;" title="“两重”是指重大战略实施和重点领域安全能力建设。">“两重”</a>'
    assert lines_of(paragraphs([*ARTICLE, f"加快{link}建设。"]))[-1].startswith("“两重”是指")


def test_a_box_with_explanations_belongs_to_the_article() -> None:
    """A box beside the text that says that it explains words is read, other boxes are not."""
    box = f"<aside><h4>名词解释</h4><p>两重：{SENTENCE}</p></aside><aside><h4>热门推荐</h4><p>{SENTENCE}</p></aside>"
    lines = lines_of(f"<div>{paragraphs(ARTICLE)}{box}{paragraphs(ARTICLE)}</div>")
    assert f"两重：{SENTENCE}" in lines
    assert "热门推荐" not in lines


def test_explanations_merged_downwards() -> None:
    """A cell into which an explanation is merged from above says so."""
    said = "清河道、清路障，改造旧房。"
    rows = f"<tr><td>名词<td>解释<tr><td>两清<td rowspan=2>{said}<tr><td>一改<tr><td>到户<td>宣讲到户、指导到户。"
    lines = read_html(f"<table>{rows}</table>".encode()).split("\n")
    assert lines == ["名词\t解释", f"两清\t{said}", "一改\t〃", "到户\t宣讲到户、指导到户。"]


def test_names_in_one_cell_and_explanations_in_the_next() -> None:
    """Lines of two cells that belong together one by one are rows."""
    pairs = [
        ("两清", "清理河道、清理道路。"),
        ("三到", "宣讲到户、指导到户、回访到户。"),
        ("四化", "绿化、美化、亮化、净化。"),
    ]
    cells = "".join(f"<td>{'<br>'.join(pair[at] for pair in pairs)}</td>" for at in (0, 1))
    page = f"<html><body><p>名词解释</p><table><tr>{cells}</tr></table></body></html>"
    assert read_html(page.encode()).split("\n")[-3:] == ["\t".join(pair) for pair in pairs]


def test_headers_of_boxes_that_open() -> None:
    """What is called the header of a card or an accordion has a name and frames nothing."""
    cards = "".join(
        f'<div class="card"><div class="card-header">{name}</div><div class="card-body">{SENTENCE}</div></div>'
        for name in ("两清", "三到")
    )
    lines = lines_of(f"<div>{paragraphs(ARTICLE)}<h3>名词解释</h3>{cards}</div>")
    assert lines[-5:] == ["名词解释", "两清", SENTENCE, "三到", SENTENCE]


def test_a_short_report_with_a_link_to_its_file() -> None:
    """A page that has the speech is read however short it is, and so is a note without the link back to the top."""
    note = "<p>甲：乙丙丁，戊己庚。<a href='#a'>返回顶部</a></p>"
    page = f"<html><p>各位代表：</p><p>现在报告工作，请审议。</p>{note}<a href='a.pdf'>报告.pdf</a></html>"
    lines = read_html(page.encode()).split("\n")
    assert lines[-1] == "甲：乙丙丁，戊己庚。"


def test_a_speech_that_a_program_prints() -> None:
    """A report that stands only in the data of a page's program is read from there."""
    speech = "<p>政府工作报告</p><p>各位代表：</p>" + "<p>我们推进“两清一改”，办好各项工作。</p>" * 40
    state = json.dumps({"detail": {"id": 1, "title": "工作报告", "content": speech}})
    page = f"<html><body><div id=app></div><script>window.__STATE__={state};</script></body></html>"
    assert read_html(page.encode()).split("\n")[:2] == ["政府工作报告", "各位代表："]
