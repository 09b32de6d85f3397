"""Commands that a build runs load what they need and no more; each is really run, and Python says what it imports."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

FOREIGN = {"flask", "marshmallow", "werkzeug", "flask_smorest", "gunicorn", "markdown_it"}
"""What serving needs and nothing else."""
TMX = """<?xml version="1.0"?><tmx version="1.4"><header srclang="zh" segtype="sentence" adminlang="en" o-tmf="x"
 datatype="plaintext" creationtool="x" creationtoolversion="1"/><body>
<tu><tuv xml:lang="zh"><seg>实施三名工程。</seg></tuv>
<tuv xml:lang="en"><seg>Carry out the project.</seg></tuv></tu></body></tmx>"""


def imported_by(*words: str | Path) -> set[str]:
    """The top-level names of all modules that a command imports."""
    command = [sys.executable, "-X", "importtime", "-m", "glossary_api.cli", *map(str, words)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode in (0, 1), result.stderr[-2000:]  # 1: the check found errors
    return {name.split(".")[0] for name in re.findall(r"^import time:.*\| +(\S+)$", result.stderr, re.M)}


@pytest.mark.parametrize("format_", ["csv", "tbx", "omegat", "yomitan"])
def test_export_loads_no_web_library(format_: str, seed_path: Path, tmp_path: Path) -> None:
    """`export` runs without Flask and marshmallow."""
    imported = imported_by("export", format_, "-o", tmp_path / "file", "--edition", seed_path)
    assert {"glossary_api", "click"} <= imported
    assert imported & FOREIGN == set()


def test_check_loads_no_web_library(seed_path: Path, tmp_path: Path) -> None:
    """`check` runs without Flask and marshmallow."""
    file = tmp_path / "file.tmx"
    file.write_text(TMX, "utf-8")
    imported = imported_by("check", file, "--edition", seed_path)
    assert {"glossary_api", "click"} <= imported
    assert imported & FOREIGN == set()
