"""The measures of the house: few loose modules, no name twice, short files, short bodies."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest

from tests import slow

PACKAGE = Path(__file__).parent.parent / "glossary_api"
MIRRORED = ("queries", "api/routes", "api/schemas", "site", "translation")
"""Where one question has one stem: what is asked, the route, the shapes, the page, and its part in translation."""
MOST_LOOSE = 5
LONGEST_FILE = 450
LONGEST_BODY = 60


def test_the_list_of_slow_tests_is_true() -> None:
    """Everything that the list of slow tests names is there."""
    assert slow.missing() == []


def modules() -> list[Path]:
    """Every Python file of the package, package faces and entry points left out."""
    return sorted(path for path in PACKAGE.rglob("*.py") if not path.stem.startswith("__"))


def test_few_modules_stand_loose() -> None:
    """At most five modules stand at the root of the package."""
    assert len(list(PACKAGE.glob("*.py"))) <= MOST_LOOSE


def test_a_stem_names_one_module() -> None:
    """No module stem occurs twice outside the folders where one question has one stem."""
    stems: defaultdict[str, list[str]] = defaultdict(list)
    for path in modules():
        inside = str(path.relative_to(PACKAGE))
        if not inside.startswith(MIRRORED):
            stems[path.stem].append(inside)
    assert {stem: paths for stem, paths in stems.items() if len(paths) > 1} == {}


def test_a_public_class_has_one_home() -> None:
    """No public class name is defined twice."""
    classes: defaultdict[str, list[str]] = defaultdict(list)
    for path in modules():
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                classes[node.name].append(str(path.relative_to(PACKAGE)))
    assert {name: paths for name, paths in classes.items() if len(paths) > 1} == {}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_and_its_bodies_are_short(path: Path) -> None:
    """No file has more than 450 lines, no function more than 60."""
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= LONGEST_BODY, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_docstrings_are_no_riddles(path: Path) -> None:
    """No docstring begins with What, Which or Whether: it says what a thing is, or what a function does."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            begin = (ast.get_docstring(node) or "").partition(" ")[0]
            assert begin not in {"What", "Which", "Whether"}, f"line {getattr(node, 'lineno', 1)}"
