from __future__ import annotations

import io
import logging
import re
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import docx
import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from glossary_api.api.http.answers import edition_of
from glossary_api.queries.served import annotator_of
from glossary_api.settings import Settings
from glossary_api.site import form, uploads
from glossary_api.site.app import create_app
from glossary_api.site.web_files import MANUAL
from tests.makers import ofd_of, zip_of
from tests.reading.conftest import pdf_file, word_file, word_paragraphs

DRAFT = """2031年虎丘区政府工作报告
各位代表：
一、过去一年
落实“三名工程”①，打造“新名片。坚守“六个不发生”底线，统筹“两重”项目和“两新”政策③，推进“三大工程”，培育“五星三强”企业。
名词解释
①“三名工程”：指名师、名校、名医。
②“两重”：重大战略、重点领域、重大项目。
"""
HTML_FILE = f"<!doctype html><meta charset=utf-8><title>报告</title><body>{DRAFT.replace(chr(10), '<p>')}"

SIGNS = st.sampled_from(list("三名工程两重新“”①②③：、。\n\r <>&\"'１1a😀\u3000\u200c{}%"))


def _sent(app: Flask, address: str = "/annotate", **fields: Any) -> TestResponse:
    boundary, body = encode_multipart(fields)  # the client by itself would put a large one into a file
    return app.test_client().post(address, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def _page(response: TestResponse, status: int = 200) -> LexborHTMLParser:
    assert response.status_code == status, response.status
    assert response.mimetype == "text/html"
    page = LexborHTMLParser(response.text)
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids)), "an identifier stands twice"
    places = {f"#{id_}" for id_ in ids} | {"#main"}
    inside = {node.attributes["href"] for node in page.css('a[href^="#"]')}
    assert inside <= places, f"links to nothing: {inside - places}"
    return page


def _file(data: bytes | str, name: str = "稿.txt") -> FileStorage:
    return FileStorage(io.BytesIO(data if isinstance(data, bytes) else data.encode()), name)


def _alert(page: LexborHTMLParser) -> str:
    alert = page.css_first("[role=alert]")
    assert alert is not None
    return alert.text()


def _marked(page: LexborHTMLParser) -> list[tuple[str, str]]:
    """What is marked in the text: the words and the term that they are a link to."""
    return [(link.text(), link.attributes["data-term"] or "") for link in page.css("section.text a.term")]


def _shown(page: LexborHTMLParser) -> list[str]:
    return [line.text() for line in page.css("section.text > :not(.switch)")[1:]]


def test_the_form(seed_app: Flask) -> None:
    """The form asks for a text or a file, works without a script, and says that nothing is kept."""
    page = _page(seed_app.test_client().get("/annotate"))
    (form,) = page.css("form.asked")
    assert (form.attributes["method"], form.attributes["enctype"]) == ("post", "multipart/form-data")
    names = {field.attributes["name"] for field in form.css("input, textarea")}
    assert names == {"text", "file", "place", "date", "kind", "short", "rest"}
    assert "不保存，不记入日志" in form.text()


def test_terms_are_marked(seed_app: Flask) -> None:
    """Every term that the annotator finds is a link to its page, with its name for scripts and its meaning for all."""
    page = _page(_sent(seed_app, text=DRAFT, rest="1"))
    found = annotator_of(edition_of(seed_app)).matches(DRAFT)
    assert _marked(page) == [(match["text"], match["term"]["name"]) for match in found]
    for link in page.css("section.text a.term"):
        assert unquote(link.attributes["href"] or "") == f"/terms/{link.attributes['data-term']}"
        assert link.attributes["title"]


def test_only_explained_terms_are_marked(seed_app: Flask) -> None:
    """Without the switch only places that somebody explains are links; the others keep their anchors."""
    page, every = (_page(_sent(seed_app, text=DRAFT, **more)) for more in ({}, {"rest": "1"}))
    marks = every.css("section.text a.term")
    explained = [mark for mark in marks if "bare" not in (mark.attributes["class"] or "").split()]
    assert 0 < len(explained) < len(marks)
    assert [mark.id for mark in page.css("section.text a.term")] == [mark.id for mark in explained]
    assert [mark.id for mark in marks if page.css_first(f"#{mark.id}") is None] == []
    (switch,) = page.css(".switch button")
    assert (switch.attributes["form"], switch.attributes["name"]) == (page.css("form.asked")[0].id, "rest")
    assert _marked(_page(_sent(seed_app, text=DRAFT, rest="1", only="1"))) == _marked(page)


def test_the_text_is_all_there(seed_app: Flask) -> None:
    """The text is shown line by line as it was sent."""
    assert _shown(_page(_sent(seed_app, text=DRAFT))) == [line for line in DRAFT.split("\n") if line]


@example("<script>alert(1)</script>“三名工程”&amp;'\"")
@example("\r\n \r\r\n“六个不发生”①")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(SIGNS | st.characters(), max_size=80))
def test_any_text_is_shown_as_it_is(seed_app: Flask, text: str) -> None:
    """Whatever is pasted comes back whole, with nothing in it taken for markup; where it is nothing, that is said."""
    sent_text = text.encode("utf-8", "replace").decode()
    response = _sent(seed_app, text=sent_text)
    if not sent_text.strip():
        _page(response, 422)
        return
    page = _page(response)
    words = "".join("".join(line.split()) for line in _shown(page))
    assert words == "".join(sent_text.replace("\0", "").split())
    assert not page.css("section.text script, section.text img")


def test_terms_are_explained_beside_the_text(seed_app: Flask) -> None:
    """Each term is listed once, with how often it stands there, the meaning nearest to the place, and renderings."""
    page = _page(_sent(seed_app, text="“两重”、“两重”和“三大工程”。\n统筹“两重”。", place="太仓"))
    terms = {name.text(): name.parent.parent.text() for name in page.css(".terms .rows .entry") if name.parent}  # type: ignore[union-attr]  # list items
    assert list(terms) == ["两重", "三大工程"]
    assert "3 处" in terms["两重"]
    assert "国家重大战略" in terms["两重"]
    assert "Two Major" in terms["两重"]
    assert "太仓市" in terms["三大工程"]


def test_what_is_not_known_is_not_said(seed_app: Flask) -> None:
    """Where nothing shows what a name means, none of the meanings that it has elsewhere is given."""
    page = _page(_sent(seed_app, text="推进“三大工程”。", place="虎丘区"))
    assert not page.css(".terms ol.meanings > li")
    assert [link.text() for link in page.css("ul[aria-labelledby=undefined] a[lang]")] == ["三大工程"]


def test_a_draft_is_checked(seed_app: Flask) -> None:
    """What the check finds is listed in the language of the page, each with a link to exactly that place."""
    for language, word in (("zh", "没有对应的注释"), ("en", "has no entry")):
        page = _page(_sent(seed_app, f"/annotate?lang={language}", text=DRAFT))
        assert word in page.css_first(".checks").text()  # type: ignore[union-attr]  # it is there
        links = page.css(".found a[href^='#f']")
        assert len(links) == 3
        for link in links:
            target = page.css_first(f"[id='{(link.attributes['href'] or '')[1:]}']")
            words = link.next.next.text() if link.next and link.next.next else ""
            assert target is not None
            assert words.startswith(target.text()[:2])


def test_what_the_draft_does_not_explain(seed_app: Flask) -> None:
    """Slogans without an explanation are listed apart: those that others explain and those that nobody does."""
    page = _page(_sent(seed_app, text=DRAFT))
    listed = {
        id_: [link.text() for link in page.css(f"ul[aria-labelledby={id_}] a")] for id_ in ("elsewhere", "nowhere")
    }
    assert listed == {"elsewhere": ["六个不发生", "两新"], "nowhere": ["三大工程", "五星三强"]}


def test_the_title_says_where_a_text_stands(seed_app: Flask) -> None:
    """Without a place, that of the title block counts, and the marks carry it on for the tooltips."""
    page = _page(_sent(seed_app, text=DRAFT))
    (text,) = page.css("section.text")
    assert (text.attributes["data-place"], text.attributes["data-place-code"]) == ("虎丘区", "320505")


def test_kinds_can_be_chosen(seed_app: Flask) -> None:
    """Only names of the kinds that are ticked are marked, and short ones without quotation marks where that is."""
    text = "“十四五”时期统筹两重，坚守“六个不发生”。四上企业。"
    assert [term for _, term in _marked(_page(_sent(seed_app, text=text, kind="plan", rest="1")))] == ["十四五"]
    plain = _marked(_page(_sent(seed_app, text="统筹两重")))
    assert len(_marked(_page(_sent(seed_app, text="统筹两重", short="1")))) >= len(plain)
    form = _page(_sent(seed_app, text=text, kind="plan"))
    assert [box.attributes["value"] for box in form.css("input[name=kind][checked]")] == ["plan"]


def test_a_glossary_can_be_copied(seed_app: Flask) -> None:
    """What can be copied has a line for each meaning of each term that is explained: name, definition, source."""
    page = _page(_sent(seed_app, text="“两重”和“三大工程”", place="昆山"))
    (field,) = page.css(".copied textarea")
    rows = [line.split("\t") for line in field.text().strip().split("\n")]
    assert [row[0] for row in rows] == ["两重", "三大工程", "三大工程"]
    assert {len(row) for row in rows} == {3}


def test_a_marked_text_can_be_saved(seed_app: Flask) -> None:
    """The file that is saved needs no other: its style is in it, its marks lead to its glossary, that to the site."""
    response = _sent(seed_app, "/annotate?lang=en", text=DRAFT, save="1")
    assert response.headers["Content-Disposition"] == 'attachment; filename="annotated.html"'
    page = LexborHTMLParser(response.text)
    assert not page.css("link, script, img")
    assert [line.text() for line in page.css("article > *")] == [line for line in DRAFT.split("\n") if line]
    ids = {node.attributes["id"] for node in page.css("dt")}
    assert {(mark.attributes["href"] or "")[1:] for mark in page.css("article a")} == ids
    outside = [link.attributes["href"] or "" for link in page.css("dt a")]
    assert all(seed_app.test_client().get(address).status_code == 200 for address in outside)
    assert all(address.startswith("http://localhost/terms/") for address in outside)


def test_the_glossary_of_a_draft_can_be_saved(seed_app: Flask) -> None:
    """The file has the glossary that the draft lacks, ready to be pasted."""
    response = _sent(seed_app, "/annotate", text=DRAFT, save="notes")
    assert response.headers["Content-Disposition"] == 'attachment; filename="glossary.docx"'
    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(response.data)).paragraphs]
    assert texts[0] == "名词解释"
    assert any("两重" in text for text in texts[1:])


def test_a_draft_can_be_saved_with_footnotes(seed_app: Flask) -> None:
    """A Word file comes back with what it does not explain in footnotes."""
    draft = word_file(word_paragraphs(DRAFT.split("\n")))
    response = _sent(seed_app, "/annotate", file=_file(draft, "a.docx"), save="footnotes")
    assert response.headers["Content-Disposition"] == 'attachment; filename="footnotes.docx"'
    assert "［1］" in uploads.text_of(response.data, "a.docx")


def test_only_a_word_file_takes_footnotes(seed_app: Flask) -> None:
    """What is pasted has no file that footnotes could be put into."""
    page = _page(_sent(seed_app, text=DRAFT, save="footnotes"), 422)
    assert ".docx" in _alert(page)


def test_the_text_stays_in_the_form(seed_app: Flask) -> None:
    """The form below a result has the text again, to be changed, and leads to the other language with it."""
    page = _page(_sent(seed_app, text=DRAFT, place="虎丘区", date="2031-01-08"))
    (field,) = page.css("form.asked textarea")
    assert field.text() == DRAFT
    assert [box.attributes["value"] for box in page.css("input[name=place], input[name=date]")] == [
        "虎丘区",
        "2031-01-08",
    ]
    assert [button.attributes["formaction"] for button in page.css("button[formaction]")] == ["/annotate?lang=en"]


def test_every_file_that_needs_no_other_program_may_be_chosen(seed_app: Flask) -> None:
    """The field for a file offers what the manual says is read without LibreOffice or an extra."""
    field = _page(seed_app.test_client().get("/annotate")).css_first("input[type=file]")
    assert field is not None
    rows = [line.split("|") for line in (MANUAL / "own-reports.md").read_text("utf-8").splitlines() if "`." in line]
    read = {
        suffix
        for _, _, kinds, needs, _ in (row for row in rows if len(row) == 5 and not row[3].strip())
        for suffix in re.findall(r"`\.(?:tar\.)?(\w+)`", kinds)
    }
    assert {one.lstrip(".") for one in (field.attributes["accept"] or "").split(",")} == read | {"htm"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", DRAFT.encode()),
        ("a.txt", DRAFT.encode("gb18030")),
        ("a.txt", DRAFT.encode("utf-16")),
        ("a.docx", word_file(word_paragraphs(DRAFT.split("\n")))),
        ("a.html", HTML_FILE.encode()),
        ("folder/a.pdf", pdf_file(DRAFT.split("\n"))),
        ("a.ofd", ofd_of(DRAFT.split("\n"))),
        ("a.zip", zip_of({"b.txt": DRAFT})),
    ],
    ids=["utf-8", "gb18030", "utf-16", "docx", "html", "pdf", "ofd", "zip"],
)
def test_files_are_read(seed_app: Flask, name: str, data: bytes) -> None:
    """A file of any kind that is taken has the same terms marked as its text, and goes by its name without folders."""
    page = _page(_sent(seed_app, file=_file(data, name), text="不看这里"))
    assert {term for _, term in _marked(page)} == {term for _, term in _marked(_page(_sent(seed_app, text=DRAFT)))}
    summary = page.css_first("main > p")
    assert summary is not None
    assert summary.text().strip().startswith(f"a.{name[-4:].lstrip('.')} · ")


REFUSED = [
    ({"text": " \n"}, 422, "没有文字", "There is no text"),
    ({}, 422, "没有文字", "There is no text"),
    ({"text": "字" * 1_000_001}, 413, "最多 1,000,000 字", "up to 1,000,000"),
    ({"file": ("x" * 10_000_001, "a.txt")}, 413, "最多 10 MB", "up to 10 MB"),
    ({"file": ("字" * 1_000_001, "a.txt")}, 413, "最多 1,000,000 字", "up to 1,000,000"),
    ({"file": ("", "a.txt")}, 422, "是空的：请重新下载", "is empty: fetch"),
    ({"file": (" \n", "a.txt")}, 422, "里面没有文字", "holds no text"),
    ({"file": (b"\x89PNG\r\n\x1a\n\0\0", "a.txt")}, 415, "是图片", "is a picture"),
    ({"file": (b"{\\rtf1 x}", "a.docx")}, 415, "请另存为 .docx", "save it as .docx"),
    ({"file": (b"\0\1\2\3" * 9, "a.txt")}, 415, "不是文本", "binary file"),
    ({"file": ("两重".encode() * 9 + b"\xff", "a.txt")}, 422, "请存成 UTF-8", "save it as UTF-8"),
    ({"file": (b"PK\3\4 damaged", "a.docx")}, 422, "是损坏的", "damaged"),
    ({"file": (b"%PDF-1.4\n%%EOF", "a.pdf")}, 422, "是损坏的 PDF", "is a damaged PDF"),
    ({"text": "两重", "date": "2031-02-30"}, 422, "如 2025-01-06", "such as 2025-01-06"),
    ({"text": "两重", "place": "x" * 101}, 422, "地方：应有 1 到 100 个字符", "Place: must have 1 to 100 characters"),
]


@pytest.mark.parametrize(("fields", "status", "chinese", "english"), REFUSED)
def test_refusals(seed_app: Flask, fields: dict[str, Any], status: int, chinese: str, english: str) -> None:
    """Whatever cannot be annotated is refused with the reason and the remedy in the language of the page."""
    for language, words in (("zh", chinese), ("en", english)):
        given_fields = {n: _file(*value) if isinstance(value, tuple) else value for n, value in fields.items()}
        page = _page(_sent(seed_app, f"/annotate?lang={language}", **given_fields), status)
        assert words in _alert(page)
        assert page.css("form.asked")


def test_an_encrypted_file_is_refused(seed_app: Flask) -> None:
    """An encrypted PDF is refused with what to do about it."""
    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt="secret")
    canvas.drawString(80, 700, "secret")
    canvas.save()
    page = _page(_sent(seed_app, file=_file(stream.getvalue(), "a.pdf")), 422)
    assert "已加密：请去掉密码后另存" in _alert(page)


def test_a_fault_is_tied_to_its_field(seed_app: Flask) -> None:
    """A field at fault is marked as such, and refers to what is wrong with it."""
    page = _page(_sent(seed_app, text="两重", date="gestern"), 422)
    field = page.css_first("input[name=date]")
    assert field is not None
    assert field.attributes["aria-invalid"] == "true"
    assert page.css_first(f"#{field.attributes['aria-describedby']}") is not None
    assert [box.text() for box in page.css("form.asked textarea")] == ["两重"]


@pytest.mark.parametrize(
    ("data", "content_type", "status"),
    [
        (b'{"text": "x"}', "application/json", 415),
        (b"text=x", None, 415),
        (b"text=%E4%B8%A4%E9%87%8D", "application/x-www-form-urlencoded", 200),
        (b"no form at all", "multipart/form-data", 400),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x", 400),
    ],
)
def test_only_forms_are_taken(seed_app: Flask, data: bytes, content_type: str | None, status: int) -> None:
    """A form is taken in both of its codings; anything else is refused on a page."""
    _page(seed_app.test_client().post("/annotate", data=data, content_type=content_type), status)


def test_a_body_without_end_is_not_read(seed_app: Flask) -> None:
    """A body that announces more than the form may have is refused before it is read."""

    class Endless(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise AssertionError("the body is read")

    announced = {"CONTENT_LENGTH": str(form.LARGEST_FORM + 1), "wsgi.input": Endless()}
    response = seed_app.test_client().post(
        "/annotate", content_type="multipart/form-data; boundary=x", environ_overrides=announced
    )
    assert "最多 10 MB" in _alert(_page(response, 413))


def test_many_parts_are_refused(seed_app: Flask) -> None:
    """A form of very many parts is refused."""
    response = _sent(seed_app, **{f"field{n}": "x" for n in range(40)})
    _page(response, 413)


def test_a_long_text_is_taken(seed_app: Flask) -> None:
    """A text of exactly a million characters is annotated, and all of it is shown."""
    text = (DRAFT * (1_000_000 // len(DRAFT) + 1))[:1_000_000].rstrip("\n").ljust(1_000_000, "长")
    response = _sent(seed_app, text=text)
    assert response.status_code == 200
    assert response.text.count('data-term="六个不发生"') == text.count("六个不发生")


@pytest.fixture
def watched_disk(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the functions that put something into a temporary file while the test runs."""
    used: list[str] = []
    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, lambda *_, _name=name, **__: used.append(_name))
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", lambda *_, **__: used.append("werkzeug"))
    return used


def test_nothing_is_kept(seed_app: Flask, watched_disk: list[str], caplog: pytest.LogCaptureFixture) -> None:
    """A large file touches no disk, nothing of it is logged, and no cache may keep the answer."""
    text = "机密提法" * 200_000
    with caplog.at_level(logging.DEBUG):
        response = _sent(seed_app, file=_file(text, "机密.txt"))
        _sent(seed_app, file=_file(b"\0\0\0", "机密.txt"))
    assert response.status_code == 200
    assert watched_disk == []
    assert "机密" not in caplog.text
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    assert "form-action 'self'" in response.headers["Content-Security-Policy"]


def test_files_wait_for_each_other(seed_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a file is being read another one waits, and after some time is told to come again."""
    monkeypatch.setattr(uploads, "PATIENCE_SECONDS", 0.01)
    with uploads._turn:
        response = _sent(seed_app, file=_file("两重"))
        assert response.headers["Retry-After"] == "10"
        assert "请过 10 秒再送一次" in _alert(_page(response, 503))
        _page(_sent(seed_app, text="两重"))
    _page(_sent(seed_app, file=_file("两重")))


def test_who_sends_too_often_waits(edition_path: Path) -> None:
    """What is sent counts against the limit of the API; who is over it is told when to come again, on a page."""
    app = create_app(Settings(edition=edition_path, rate_limit="2/hour"))
    assert [_sent(app, text="数据得地").status_code for _ in range(2)] == [200, 200]
    response = _sent(app, text="数据得地")
    assert 0 < int(response.headers["Retry-After"]) <= 3600
    assert f"请过 {response.headers['Retry-After']} 秒再送一次" in _alert(_page(response, 429))
    assert app.test_client().get("/annotate").status_code == 200
    assert app.test_client().get("/api/v1/terms").status_code == 429


def test_too_many_signs_are_annotated_but_not_checked(seed_app: Flask) -> None:
    """A text with more quotation marks than any report has is annotated, and it is said that it was not checked."""
    page = _page(_sent(seed_app, text="“两重”" * 26_000, rest="1"))
    assert "没有检查" in page.css_first(".checks").text()  # type: ignore[union-attr]  # it is there
    assert len(_marked(page)) == 26_000


def test_a_text_without_terms(seed_app: Flask) -> None:
    """Where no term is found and nothing is wrong, the page says both."""
    page = _page(_sent(seed_app, "/annotate?lang=en", text="天气很好。"))
    assert "No term of this glossary stands in the text." in page.body.text()  # type: ignore[union-attr]  # every page has one
    assert "Nothing was found." in page.body.text()  # type: ignore[union-attr]  # every page has one
    assert not re.search(r"\bNone\b", page.body.text())  # type: ignore[union-attr]  # every page has one
