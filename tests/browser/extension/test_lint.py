"""The extension as those who publish extensions see it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

INEVITABLE = {"BACKGROUND_SERVICE_WORKER_IGNORED"}
"""Chromium wants a service worker, Firefox scripts; a manifest for both has both, and web-ext says so."""


def test_web_ext_finds_nothing(unpacked: dict[str, Path]) -> None:
    """web-ext's linter has no errors, and no warnings but the inevitable one."""
    program = os.environ.get("GLOSSARY_WEB_EXT") or shutil.which("web-ext")
    if program is None:
        pytest.skip("web-ext is missing: npm install --global web-ext@10.6.0, or name it in GLOSSARY_WEB_EXT")
    command = [program, "lint", "--source-dir", str(unpacked["en"]), "--output", "json", "--no-config-discovery"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    found = json.loads(done.stdout)
    assert found["errors"] == []
    assert {one["code"] for one in found["warnings"]} <= INEVITABLE


def test_it_asks_for_no_more_than_it_needs(unpacked: dict[str, Path]) -> None:
    """The extension asks for no permission that a reader would be warned of, besides that to mark pages."""
    manifest = json.loads((unpacked["en"] / "manifest.json").read_text("utf-8"))
    assert manifest["permissions"] == ["storage", "contextMenus"]
    assert not {"host_permissions", "optional_permissions", "externally_connectable"} & manifest.keys()
