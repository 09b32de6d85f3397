from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from glossary_api.cli.main import main


def test_new_prints_what_no_report_has(edition_path: Path, tmp_path: Path) -> None:
    """The command prints what the edition has never seen, and nothing that it has."""
    draft = tmp_path / "甲县2025.txt"
    draft.write_text("甲县2025年政府工作报告\n各位代表：\n推行“七网三环”，坚守“六个不发生”。\n", "utf-8")
    ran = CliRunner().invoke(main, ["new", str(draft), "--edition", str(edition_path), "--json"])
    assert ran.exit_code == 0
    assert [item["name"] for item in json.loads(ran.stdout)["items"]] == ["七网三环"]
