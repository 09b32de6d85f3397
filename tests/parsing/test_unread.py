"""Notes in what a reader left out are said, and whatever else it left out is not."""

from __future__ import annotations

import json

import pytest

from glossary_api.model.things import Document
from glossary_api.parsing.parse import parse
from glossary_api.reading.read import read_bytes
from tests.makers import workbook_of
from tests.reading.conftest import word_file, word_paragraphs

LINES = [
    *("政府工作报告", "——2031年1月8日在青禾县第十八届人民代表大会第四次会议上", "各位代表："),
    "现在，我代表县人民政府报告工作，请予审议，并请提出意见。推进“两清一改”，落实“三个到户”。",
]
NOTES = {"两清一改": "清河道、清路障，改造旧房。", "三个到户": "宣讲到户、指导到户、回访到户。"}
SPEECH = "".join(f"<p>{line}</p>" for line in LINES)
LIST = "".join(f"<p>{n}.{name}：{said}</p>" for n, (name, said) in enumerate(NOTES.items(), 1))
DATA = json.dumps([{"term": name, "desc": said} for name, said in NOTES.items()], ensure_ascii=False)


def said_of(document: Document) -> list[str]:
    """The names of the notes that a document is said to have left out."""
    found = (one.message for one in parse(document).findings if one.message.code == "left-out-looks-like-notes")
    return [name for message in found for name in message.values["names"].split("、")]


@pytest.mark.parametrize(
    "behind",
    [
        f"<div style='display:none'>{LIST}</div>",
        "".join(f"<div style='display:none'><b>{name}</b><i>×</i><p>{said}</p></div>" for name, said in NOTES.items()),
        f"<footer>{''.join(f'<i>{name}</i><p>{said}</p>' for name, said in NOTES.items())}</footer>",
        f"<noscript>{LIST}</noscript>",
        f"<script>var notes = {DATA}</script>",
        f"<script>var notes = {json.dumps(json.loads(DATA))}</script>",
        f"<div data-items='{DATA}'></div>",
        f"<!-- {LIST} -->",
        "<script>data=[" + ",".join(f'{{k:"{name}",v:"{said}"}}' for name, said in NOTES.items()) + "]</script>",
        f"<button title='{'；'.join(f'{name}：{said}' for name, said in NOTES.items())}'>注</button>",
    ],
    ids=["hidden", "boxes", "footer", "noscript", "program", "escaped", "attribute", "comment", "state", "button"],
)
def test_pages(behind: str) -> None:
    """What a page does not show and explains words of the report is said."""
    page = f"<html><body><div class=article>{SPEECH}</div>{behind}</body></html>"
    assert said_of(read_bytes(page.encode(), "报告.html")) == list(NOTES)


@pytest.mark.parametrize(
    "behind",
    [
        f"<div class=mobile style='display:none'>{SPEECH}</div>",
        "<div hidden><p>办件须知：请先登录，再上传材料，最后提交。</p></div>",
        "<nav><a>名词解释</a><a>图解：“两清一改”</a><a>视频：“三个到户”</a></nav>",
        "<script>var words = ['两清一改', '三个到户']</script>",
    ],
    ids=["copy", "something else", "links", "names alone"],
)
def test_what_explains_nothing(behind: str) -> None:
    """Copies of the text, menus and words without an explanation are no notes."""
    page = f"<html><body><div class=article>{SPEECH}</div>{behind}</body></html>"
    assert said_of(read_bytes(page.encode(), "报告.html")) == []


def test_what_is_explained_in_the_text() -> None:
    """Nothing is said of words that the report explains itself."""
    page = f"<html><body><div class=article>{SPEECH}<p>名词解释</p>{LIST}</div><div hidden>{LIST}</div></body></html>"
    assert said_of(read_bytes(page.encode(), "报告.html")) == []


def test_other_files() -> None:
    """Footers of a Word file, other columns of a table and hidden sheets are looked through as well."""
    footer = word_paragraphs(f"①{name}：{said}" for name, said in NOTES.items())
    word = word_file(word_paragraphs(LINES), footer1=footer)
    assert said_of(read_bytes(word, "报告.docx")) == list(NOTES)
    record = {"正文": "\n".join(LINES * 3), "要点": [list(note) for note in NOTES.items()]}
    assert said_of(read_bytes(json.dumps(record).encode(), "报告.json")) == list(NOTES)
    sheets = {
        "报告": [["地区", "正文"], ["青禾县", "\n".join(LINES * 3)]],
        "备查": [list(one) for one in NOTES.items()],
    }
    assert said_of(read_bytes(workbook_of(sheets, ["备查"]), "报告.xlsx")) == list(NOTES)


def test_names_without_quotation_marks() -> None:
    """Words that the report merely says count as well, where whole sentences are said of several."""
    speech = SPEECH.replace("“", "").replace("”", "")
    page = f"<html><body><div class=article>{speech}</div><div hidden>{LIST}</div></body></html>"
    assert said_of(read_bytes(page.encode(), "报告.html")) == list(NOTES)


def test_a_link_to_a_file_with_notes() -> None:
    """That the notes are in another file is said though the link is no line of the report."""
    page = f"<html><body><div class=article>{SPEECH}<p>附件：<a href='/a.doc'>名词解释.doc</a></p></div></body></html>"
    found = [one.message for one in parse(read_bytes(page.encode(), "报告.html")).findings]
    assert [(one.code, one.values["name"]) for one in found if one.code == "its-notes-are-in-another-file"] == [
        ("its-notes-are-in-another-file", "附件：名词解释.doc")
    ]
