from __future__ import annotations

import json
from typing import Any


def test_new_slogans_of_a_report(ask: Any) -> None:
    """The route says what the report coins, with year and span."""
    found = json.loads(ask("/reports/linjiang-2025/new").data)
    assert (found["report"], found["year"]) == ("linjiang-2025", 2025)
    assert [(item["name"], item["explanation"]) for item in found["items"]] == [("三边", "山边、水边、路边")]


def test_new_slogans_of_a_missing_report(ask: Any) -> None:
    """A report that the edition does not have is a 404."""
    assert ask("/reports/nowhere/new").status_code == 404
