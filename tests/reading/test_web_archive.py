from __future__ import annotations

from email.message import EmailMessage

import pytest

from glossary_api.errors import ReadError
from glossary_api.model.things import Document
from glossary_api.reading.read import documents_of, read_bytes
from tests.makers import docx_of

LINES = ["政府工作报告", "各位代表：", "我们推进“三清一改”，方便群众办事。"]
PAGE = (
    f'<html><meta charset="gb2312"><body>{"".join(f"<p>{line}</p>" for line in LINES)}<img src="a.png"></body></html>'
)


def web_archive(charset: str) -> bytes:
    """A page with a picture, in one file."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["MIME-Version"] = "1.0"
    message.set_content(PAGE.encode("gb18030"), maintype="text", subtype="html")
    if charset:
        message.set_param("charset", charset)
    message.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<a>")
    return message.as_bytes()


@pytest.mark.parametrize("charset", ["gb2312", "utf-8", ""])
def test_a_page_in_one_file(charset: str) -> None:
    """A web archive is read as its page, as the header says or the page itself, and its pictures are counted."""
    document = read_bytes(web_archive(charset), "报告.mht")
    assert (document.format, document.text.split("\n")) == ("mht", LINES)
    assert "picture" in [one.reason for one in document.left_out]


def test_a_letter_with_files() -> None:
    """The files of a letter are documents of their own."""
    message = EmailMessage()
    message["Subject"], message["From"], message["MIME-Version"] = "报告", "a@example.cn", "1.0"
    message.set_content("现将报告发给你们。")
    word = "vnd.openxmlformats-officedocument.wordprocessingml.document"
    message.add_attachment(docx_of(LINES), maintype="application", subtype=word, filename="昆山2024.docx")
    letter, report = documents_of(message.as_bytes(), "信.eml")
    assert isinstance(letter, Document)
    assert isinstance(report, Document)
    assert (letter.name, letter.text.strip()) == ("信.eml!text", "现将报告发给你们。")
    assert (report.own_name, report.text.split("\n")) == ("昆山2024.docx", LINES)


def test_a_message_without_text() -> None:
    """A message that holds nothing is refused."""
    with pytest.raises(ReadError, match="holds no text"):
        read_bytes(b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x--\n", "a.eml")


def test_another_page_in_the_file() -> None:
    """The page of a frame is left out, and looked through for notes."""
    message = EmailMessage()
    message["MIME-Version"] = "1.0"
    message.set_content(PAGE.replace("gb2312", "utf-8"), subtype="html")
    message.add_related("<html><body><p>三清一改：清河道、清路障、清垃圾，改造旧房。</p></body></html>", subtype="html")
    document = read_bytes(message.as_bytes(), "报告.mht")
    assert "part" in [one.reason for one in document.left_out]
    assert document.unread == (("part", "三清一改：清河道、清路障、清垃圾，改造旧房。"),)
