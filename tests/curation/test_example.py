"""The worked example of the manual: its commands run as they stand there, and print what it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from glossary_api.harvesting.harvest import seed_reports
from glossary_api.site.web_files import MANUAL
from tests.running import ROOT

PAGE = (MANUAL / "curation.md").read_text("utf-8")


@pytest.mark.timeout(400)
def test_the_example_of_the_manual_can_be_followed(tmp_path: Path) -> None:
    """All blocks of commands run one after the other in one folder, and each prints the lines that are shown behind."""
    program = tmp_path / "bin" / "glossary-api"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m glossary_api.cli "$@"\n', "utf-8")
    program.chmod(0o755)
    own = {name: value for name, value in os.environ.items() if not name.startswith("GLOSSARY_")}
    path = os.pathsep.join([str(program.parent), own["PATH"]])
    environment = {**own, "PATH": path, "PYTHONPATH": str(ROOT), "GLOSSARY_LANGUAGE": "en"}
    environment["SEED"] = str(seed_reports()[0].parent)
    blocks = re.findall(r"```sh\n(.*?)```(?:\s+```text\n(.*?)```)?", PAGE, re.S)
    assert sum(bool(shown) for _, shown in blocks) == 3
    for commands, shown in blocks:
        ran = subprocess.run(
            ["bash", "-e"], input=commands, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, f"{commands}\n{ran.stderr}"
        printed = iter(ran.stdout.splitlines())
        for line in shown.splitlines():
            assert any(line in one for one in printed), f"{line} is not printed, or not in this order:\n{ran.stdout}"
