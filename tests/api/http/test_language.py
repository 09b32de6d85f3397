from __future__ import annotations

import json
import re
from typing import Any

import pytest

CHINESE = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, "en"),
        ("en-GB", "en"),
        ("zh", "zh-Hans"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("zh-TW", "zh-Hans"),
        ("en,zh;q=0.5", "en"),
        ("de, zh;q=0.5", "zh-Hans"),
        ("de", "en"),
        ("*", "en"),
        ("nonsense;;q", "en"),
    ],
)
def test_language(ask: Any, accepted: str | None, language: str) -> None:
    """A problem is in the language that the caller prefers, English if it says nothing of use, and says which."""
    answer = ask("/terms/四边", headers={"Accept-Language": accepted} if accepted else {})
    document = json.loads(answer.data)
    assert answer.headers["Content-Language"] == language
    assert "Accept-Language" in answer.headers["Vary"]
    assert bool(HAN.search(document["title"])) == (language == "zh-Hans")


@pytest.mark.parametrize(
    ("path", "method", "sent"),
    [
        ("/nothing", "GET", {}),
        ("/terms", "PUT", {}),
        ("/terms/四边", "GET", {}),
        ("/reports/x", "GET", {}),
        ("/terms?limit=0&x=1&kind=x&defined=x&q=&cursor=x&fields=x", "GET", {}),
        ("/healthz?x=1", "GET", {}),
        ("/lookup", "GET", {}),
        ("/lookup?name=1&name=2", "GET", {}),
        ("/terms", "GET", {"headers": {"Accept": "image/png"}}),
        ("/lookup", "POST", {"data": b"{", "content_type": "application/json"}),
        ("/lookup", "POST", {"data": b"{}", "content_type": "text/plain"}),
        ("/lookup", "POST", {"data": b"{}", "content_type": "application/json", "headers": {"Content-Encoding": "br"}}),
        ("/lookup", "POST", {"data": b" " * 20_000_000, "content_type": "application/json"}),
        ("/lookup", "POST", {"json": []}),
        ("/lookup", "POST", {"json": {"names": 1, "x": 2}}),
        ("/lookup", "POST", {"json": {"names": [None]}}),
    ],
)
def test_everything_is_said_in_chinese(ask: Any, path: str, method: str, sent: dict[str, Any]) -> None:
    """Title and details of a problem are Chinese to who prefers it, but for the words that were sent."""
    headers = CHINESE | sent.pop("headers", {})
    document = json.loads(ask(path, method, headers, **sent).data)
    said_of_it = [document["title"], document["detail"], *(error["detail"] for error in document.get("errors", []))]
    assert [words for words in said_of_it if not HAN.search(words)] == []
