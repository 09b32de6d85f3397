"""The endpoints of LanguageTool, as its clients ask them."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Thread

import pytest
from flask.testing import FlaskClient
from language_tool_python import LanguageTool
from werkzeug.serving import make_server

from glossary_api.settings import Settings
from glossary_api.site.app import create_app

ROOT = "/languagetool/v2"


@pytest.fixture
def seed_client(seed_path: Path) -> FlaskClient:
    """A client of the server of the seed."""
    return create_app(Settings(edition=seed_path)).test_client()


def test_the_languages_are_listed(seed_client: FlaskClient) -> None:
    """Each with its name and its codes."""
    rows = seed_client.get(f"{ROOT}/languages").get_json()
    assert {"name": "English", "code": "en", "longCode": "en-US"} in rows


@pytest.mark.parametrize("language", ["zh-CN", "auto"])
def test_a_chinese_text_has_its_terms_with_their_renderings(seed_client: FlaskClient, language: str) -> None:
    """Offsets count UTF-16 units; what nothing decides is said with a question mark."""
    text = "𠀀推动“两新”，三网融合。"
    answer = seed_client.post(f"{ROOT}/check", data={"text": text, "language": language}).get_json()
    found = {(one["offset"], one["length"]): one["message"] for one in answer["matches"]}
    assert found[5, 2].startswith("两新: Two New (")
    assert found[9, 4].endswith(" (?)")
    assert set(answer) == {"software", "language", "matches"}


def test_a_translation_is_held_against_its_source(seed_client: FlaskClient) -> None:
    """Numbers that differ are marked where they stand."""
    form = {"text": "We built 6,000 schools.", "sourceText": "建成学校5000所。", "language": "en-US"}
    (match,) = seed_client.post(f"{ROOT}/check", data=form).get_json()["matches"]
    assert form["text"][match["offset"] : match["offset"] + match["length"]] == "6,000"
    assert match["rule"]["id"] == "GLOSSARY_NUMBER"


def test_marked_up_text_counts_its_mark_up(seed_client: FlaskClient) -> None:
    """As browsers and editors send it."""
    data = json.dumps({"annotation": [{"markup": "<b>"}, {"text": "推动“两新”"}]})
    (match,) = seed_client.post(f"{ROOT}/check", data={"data": data, "language": "zh-CN"}).get_json()["matches"]
    assert match["offset"] == 6


@pytest.mark.parametrize(
    "form", [{}, {"data": "3"}, {"data": "{"}, {"text": "两新", "language": "zh", "place": "无此地"}]
)
def test_a_form_that_cannot_be_is_refused(seed_client: FlaskClient, form: dict[str, str]) -> None:
    """In a line of plain text, as LanguageTool refuses."""
    answer = seed_client.post(f"{ROOT}/check", data=form)
    assert answer.status_code == 422
    assert answer.text.startswith("422 ")


def test_the_python_client_of_languagetool_understands_the_answers(seed_path: Path) -> None:
    """It lists the languages, sends a text and shows what comes back."""
    server = make_server("127.0.0.1", 0, create_app(Settings(edition=seed_path)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        tool = LanguageTool("zh-CN", remote_server=f"http://127.0.0.1:{server.port}/languagetool/")
        (match,) = tool.check("推动“两新”政策。")
        assert (match.offset, match.error_length) == (3, 2)
        assert match.message.startswith("两新: Two New")
    finally:
        server.shutdown()
        server.server_close()
