"""The dictionary of Rime as librime's own tools compile it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCHEMA = """schema: {schema_id: glossary, name: glossary, version: "1"}
engine:
  segmentors: [abc_segmentor, fallback_segmentor]
  translators: [script_translator]
speller: {alphabet: zyxwvutsrqponmlkjihgfedcba}
translator: {dictionary: glossary_api}
"""


def test_rime_compiles_the_dictionary(files: dict[str, Path], tmp_path: Path) -> None:
    """`rime_deployer` makes table and prism of the dictionary."""
    program = shutil.which("rime_deployer")
    if program is None:
        if os.environ.get("GLOSSARY_REQUIRE_TOOLS"):
            pytest.fail("rime_deployer is missing: apt-get install librime-bin")
        pytest.skip("rime_deployer is missing: apt-get install librime-bin")
    shutil.copy(files["rime"], tmp_path / "glossary_api.dict.yaml")
    schema = tmp_path / "glossary.schema.yaml"
    schema.write_text(SCHEMA, "utf-8")
    command = [program, "--compile", str(schema), str(tmp_path), str(tmp_path), str(tmp_path / "build")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    table = (tmp_path / "build" / "glossary_api.table.bin").read_bytes()
    assert len(table) > 1000
    assert list((tmp_path / "build").glob("*.prism.bin"))
