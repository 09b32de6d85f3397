from __future__ import annotations

import json
from typing import Any

from glossary_api.store.edition import Edition


def test_list_reports(ask: Any) -> None:
    """Reports come by id, filtered by place, year and level."""

    def listed(query: str) -> list[str]:
        return [item["id"] for item in json.loads(ask(f"/reports{query}").data)["items"]]

    assert listed("") == ["linjiang-2025", "shiqiao-2025", "yunxi-2024"]
    assert listed("?place=石桥县&year=2025") == ["shiqiao-2025"]
    assert listed("?level=prefecture") == ["yunxi-2024"]


def test_show_report(ask: Any, edition: Edition) -> None:
    """A report is its stored document byte for byte, with or without an appendix."""
    for report_id in ("linjiang-2025", "yunxi-2024"):
        assert ask(f"/reports/{report_id}").data == edition.report_document(report_id)


def test_list_report_terms(ask: Any, edition: Edition) -> None:
    """The terms of a report come in their three lists."""
    found = json.loads(ask("/reports/linjiang-2025/terms").data)
    assert found == edition.report_terms("linjiang-2025")
    assert [term["name"] for term in found["defined_elsewhere"]] == ["六个不发生", "数据得地"]
