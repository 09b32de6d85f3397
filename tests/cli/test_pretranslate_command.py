"""The command `pretranslate`."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from glossary_api.cli.main import main


def test_a_document_is_made_ready_for_translation(seed_path: Path, tmp_path: Path) -> None:
    """What has a rendering is listed with it, what nothing decides with what it may be; the place decides."""
    file = tmp_path / "text.txt"
    file.write_text("政府工作报告\n\n推动“两新”政策落地，加快三网融合，建设美好家园。\n", "utf-8")
    command = ["pretranslate", str(file), "--edition", str(seed_path)]
    ran = CliRunner().invoke(main, [*command, "--json"])
    made = json.loads(ran.stdout)
    assert made["glossary"] == {"两新": "Two New"}
    assert [one["term"] for one in made["ambiguous"]] == ["三网融合"]
    assert "三网融合 = Three-Network Integration" in CliRunner().invoke(main, [*command, "--place", "太仓市"]).stdout


def test_a_day_that_is_none_is_refused(seed_path: Path, tmp_path: Path) -> None:
    """In one line that names the remedy."""
    (tmp_path / "text.txt").write_text("推动“两新”政策落地。", "utf-8")
    command = ["pretranslate", str(tmp_path / "text.txt"), "--edition", str(seed_path), "--date", "soon"]
    ran = CliRunner().invoke(main, command)
    assert ran.exit_code == 1
    assert "'soon' is not a year, month or day; write it as" in ran.stderr
