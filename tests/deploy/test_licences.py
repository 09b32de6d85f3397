"""The list of licences in the manual is complete."""

from __future__ import annotations

import re
from importlib.metadata import PackageMetadata, PackageNotFoundError, distribution, metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

MANUAL = Path(__file__).parent.parent.parent / "glossary_api" / "web" / "manual" / "licences.md"
PYPROJECT = Path(__file__).parent.parent.parent / "pyproject.toml"


def needed_at_run_time() -> set[str]:
    """The names of all packages that the program is installed with, and of those that they want, `metrics` included."""
    import tomllib

    project = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]
    open_ = [Requirement(line) for line in project["dependencies"] + project["optional-dependencies"]["metrics"]]
    found: set[str] = set()
    while open_:
        name = canonicalize_name(open_.pop().name)
        if name in found:
            continue
        try:
            wanted = distribution(name).requires or []
        except PackageNotFoundError:  # for another platform
            continue
        found.add(name)
        requirements = [Requirement(line) for line in wanted]
        open_ += [each for each in requirements if each.marker is None or each.marker.evaluate({"extra": ""})]
    return found


def licence_of(name: str) -> str:
    """The licence that a package names: its expression, its classifier, or the first line of its text."""
    said = metadata(name)
    classifiers = [line.split(" :: ")[-1] for line in said.get_all("Classifier", []) if line.startswith("License :: ")]
    text = _first(said, "License-Expression") or ", ".join(classifiers) or _first(said, "License")
    return text or "not named"


def _first(said: PackageMetadata, field: str) -> str:
    return str((said.get_all(field) or [""])[0]).split("\n")[0]


def test_every_package_is_listed() -> None:
    """The manual lists each package that is installed with the program, and every one with a licence."""
    rows = dict(re.findall(r"^\| ([\w.-]+) \| (.+) \|$", MANUAL.read_text("utf-8"), re.M))
    assert needed_at_run_time() <= set(rows)
    assert [name for name, licence in rows.items() if licence == "not named"] == []
