"""The check page: two texts or a file, what is found, and what is refused; without a script."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from selectolax.lexbor import LexborHTMLParser
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

SOURCE = "过去一年，国内生产总值增长6.8%，新增就业1361万人。\n共建“一带一路”。\n经济运行平稳。"
TARGET = "GDP grew by 8.6 percent and 13.61 million jobs were created.\nWe shared <b>roads</b>.\nThe economy ran well."
TMX = """<tmx version="1.4"><header srclang="zh"/><body><tu><tuv xml:lang="zh"><seg>增长6.8%</seg></tuv>
<tuv xml:lang="{}"><seg>growth of 8.6 percent</seg></tuv></tu></body></tmx>"""


def sent(app: Flask, address: str = "/check?lang=en", **fields: Any) -> TestResponse:
    """The answer to the form."""
    boundary, body = encode_multipart(fields)
    return app.test_client().post(address, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def page(response: TestResponse, status: int = 200) -> LexborHTMLParser:
    """The page of an answer, in which no identifier stands twice."""
    assert response.status_code == status, response.text
    found = LexborHTMLParser(response.text)
    ids = [node.attributes["id"] for node in found.css("[id]")]
    assert len(ids) == len(set(ids))
    return found


def words(found: LexborHTMLParser, selector: str) -> list[str]:
    """The words of what a selector finds."""
    return [" ".join(node.text().split()) for node in found.css(selector)]


def test_the_form(seed_app: Flask) -> None:
    """The form asks for two texts or a file, in both languages, without a script of its own."""
    found = page(seed_app.test_client().get("/check"))
    assert [node.attributes["name"] for node in found.css("form.asked [name]")] == [
        *("source", "target", "file", "language", "place", "date")
    ]
    assert words(found, "h1") == ["检查一份译文"]
    assert 'href="/check' in seed_app.test_client().get("/annotate").text


def test_two_texts_are_checked(seed_app: Flask) -> None:
    """What is wrong stands with both sentences, the words at fault marked; markup in a text stays text."""
    response = sent(seed_app, source=SOURCE, target=TARGET, language="en", date="2019-03-05")
    found = page(response)
    assert words(found, "ol.found .what b") == ["Numbers differ", "Rendering missing"]
    assert words(found, "mark") == ["6.8%", "8.6 percent", "一带一路"]
    assert "Belt and Road Initiative" in words(found, "ol.found")[0]
    assert "<b>roads" not in response.text
    assert words(found, "main > p.quiet") == ["3 segments; errors: 2, warnings: 0"]
    assert response.headers["Cache-Control"] == "no-store"


def test_a_file_is_checked(seed_app: Flask) -> None:
    """A file with both sides goes before the texts."""
    file = FileStorage(io.BytesIO(TMX.format("en-US").encode()), "memory.tmx")
    assert words(page(sent(seed_app, file=file, language="en")), "mark") == ["6.8%", "8.6 percent"]


def test_a_right_translation_has_nothing(seed_app: Flask) -> None:
    """Where nothing is wrong the page says so."""
    found = page(sent(seed_app, source="增长6.8%。", target="Growth was 6.8 percent."))
    assert "Nothing was found." in words(found, "main p")


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"source": "增长", "target": ""}, 422, "Both are needed"),
        ({"source": "长" * 30_001, "target": "x"}, 413, "up to 30,000 are taken"),
        ({"source": "增长", "target": "x", "place": "亚特兰蒂斯"}, 422, "Place"),
        ({"source": "增长", "target": "x", "date": "someday"}, 422, "date"),
        ({"file": ("a.tmx", "no xml")}, 422, "a.tmx"),
        ({"file": ("a.tmx", TMX.format("fr"))}, 422, "Nothing in the file is translated into English."),
    ],
)
def test_what_cannot_be_checked_is_refused(seed_app: Flask, fields: dict[str, Any], status: int, said: str) -> None:
    """The form comes again with what is wrong and the texts that were sent."""
    if "file" in fields:
        name, content = fields["file"]
        fields = {"file": FileStorage(io.BytesIO(content.encode()), name)}
    found = page(sent(seed_app, **fields), status)
    (alert,) = words(found, "[role=alert]")
    assert said in alert
    if fields.get("source") == "增长":
        assert words(found, "#source") == ["增长"]
