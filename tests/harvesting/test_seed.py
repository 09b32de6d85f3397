"""The seed is what was received, and it is on board wherever the package is."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]
DIGESTS = {
    "huqiu-2025.txt": "e3cf624b20dc50c7387b02fd3737d6fb36f2cac8932d0dc33541d73ea777ab73",
    "kunshan-2024.txt": "7eb5416c62cbc198b26a496627adaefd85797f296b81b051d963360e93d45ea0",
    "taicang-2024.txt": "8d1d5da269f3654f633ac891e71e44e9282962ba4f584c9e7283be43d8783654",
    "wujiang-2025.txt": "8753cf1855e74daf28539ce904984ddc96fa60cf3b9bbe7a25ad74b5d38ed91b",
    "zhangjiagang-2025.txt": "c8f0320a128e4e3fd4fd10be432f0a1214d5366a1d70374d0dd1302793547354",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built from the clone."""
    folder = tmp_path_factory.mktemp("wheel")
    built = next(iter(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])))
    return zipfile.ZipFile(built)


@pytest.mark.parametrize("name", DIGESTS)
def test_a_seed_report_is_as_received(name: str) -> None:
    """The bytes of a seed report are those that were received."""
    assert hashlib.sha256((ROOT / "seed" / "reports" / name).read_bytes()).hexdigest() == DIGESTS[name]


def test_every_seed_report_is_accounted_for() -> None:
    """SOURCES.md tells where each report of the folder is from."""
    sources = (ROOT / "seed" / "SOURCES.md").read_text("utf-8")
    assert {path.name for path in (ROOT / "seed" / "reports").iterdir()} == set(DIGESTS)
    assert [name for name in DIGESTS if name not in sources] == []


def test_the_wheel_carries_the_seed(wheel: zipfile.ZipFile) -> None:
    """A wheel can harvest the seed without the clone: the reports are in it, byte for byte."""
    for name, digest in DIGESTS.items():
        assert hashlib.sha256(wheel.read(f"glossary_api/seed/reports/{name}")).hexdigest() == digest


def test_the_wheel_carries_the_equivalents(wheel: zipfile.ZipFile) -> None:
    """The curated renderings are in the wheel, beside the reports they belong to."""
    files = {
        f"glossary_api/{path.relative_to(ROOT)}"
        for path in (ROOT / "seed" / "equivalents").rglob("*")
        if path.is_file()
    }
    assert files
    assert files - set(wheel.namelist()) == set()


def test_the_wheel_carries_every_file_of_the_package(wheel: zipfile.ZipFile) -> None:
    """Templates, styles, pattern data and scripts are in the wheel, not only the Python files."""
    files = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "glossary_api").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert files - set(wheel.namelist()) == set()
