"""The import directions of the house: no arrow points up, no circle, and what is offline loads no web library."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "glossary_api"

GROUND = {"model", "errors", "settings"}
STAGES = {"reading", "parsing", "matching", "store", "exports"}
"""They stand on `text` and the ground, and none of them knows another."""
ABOVE = ["curation", "queries", "harvesting", "translation", "api", "mcp", "site", "serving", "server", "cli"]
"""Rooms above the stages, each may look into those before it."""
APART = {"queries": {"harvesting"}, "harvesting": {"queries"}}
"""What a room may not look into although it stands below or beside it."""
OFFLINE = (
    *("text", "reading", "parsing", "matching", "store", "exports"),
    *("curation", "queries", "harvesting", "translation"),
)
"""Rooms that know no web library."""
WEB_LIBRARIES = {"flask", "flask_smorest", "marshmallow", "webargs", "werkzeug", "gunicorn"}
PARSER = {"parsing", "reading", "harvesting"}
"""What serving does without until the first draft or file comes."""


def modules() -> list[Path]:
    """Every Python file of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    """The part of the house a file belongs to: its top-level module or folder; empty for the package's face."""
    part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "" if part == "__init__" else part


def imported(path: Path) -> Iterator[str]:
    """Full names of what a file imports from the package, lazy imports included."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if node.module and node.module.split(".")[0] == "glossary_api":
                yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names if is_module(node.module, alias.name))
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "glossary_api")


def is_module(module: str, name: str) -> bool:
    """Whether `from module import name` names a module."""
    base = PACKAGE.parent.joinpath(*module.split("."), name)
    return base.with_suffix(".py").exists() or base.is_dir()


def allowed(part: str) -> set[str]:
    """The rooms that a room may look into, itself included."""
    if part in GROUND:
        return GROUND
    if part == "text":
        return GROUND | {"text"}
    if part in STAGES:
        return GROUND | {"text", part}
    below = set(ABOVE[: ABOVE.index(part)])
    return (GROUND | {"text"} | STAGES | below | {part}) - APART.get(part, set())


def loaded(*names: str) -> set[str]:
    """The modules that are loaded after importing those named."""
    program = "import sys, importlib\n"
    program += f"for name in {names!r}: importlib.import_module(name)\n"
    program += "print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=PACKAGE.parent
    )
    return set(ran.stdout.split())


def names_in(*rooms: str) -> list[str]:
    """The full names of every module in some rooms."""
    paths = [path for each in rooms for path in sorted((PACKAGE / each).rglob("*.py"))]
    names = [".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in paths]
    return [name.removesuffix(".__init__") for name in names if not name.endswith("__main__")]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_looks_only_into_the_rooms_below_it(path: Path) -> None:
    """No file imports from a room that is not below its own."""
    part = room(path)
    rooms = {name.split(".")[1] for name in imported(path) if name.count(".")}
    assert rooms <= (allowed(part) if part else set()), f"{path}: {sorted(rooms)}"


def test_serving_starts_without_the_parser() -> None:
    """Importing all of API and site loads neither the parser nor the readers nor the harvest."""
    parser = {f"glossary_api.{each}" for each in PARSER}
    assert parser & loaded(*names_in("api", "site")) == set()


@pytest.mark.parametrize("part", OFFLINE)
def test_a_room_below_the_server_loads_no_web_library(part: str) -> None:
    """Importing all of a room that works offline loads no web library."""
    assert WEB_LIBRARIES & {name.split(".")[0] for name in loaded(*names_in(part))} == set()


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nobody_imports_from_a_package_face(path: Path) -> None:
    """What is imported from a package is one of its modules, never a name in its `__init__.py`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("glossary_api"):
            folder = PACKAGE.parent.joinpath(*node.module.split("."))
            if folder.is_dir():
                assert all(is_module(node.module, alias.name) for alias in node.names), f"{path}:{node.lineno}"


def test_the_imports_make_no_circle() -> None:
    """Following imports, lazy ones included, never leads back to the file they began in."""
    names = {path: ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in modules()}
    graph = {names[path]: {name for name in imported(path) if name != names[path]} for path in modules()}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail, name))
        if name not in done:
            for following in graph.get(name, ()):
                visit(following, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_only_the_settings_read_the_environment() -> None:
    """No other file of the package names os.environ or os.getenv."""
    readers = {
        room(path) for path in modules() if "os.environ" in (text := path.read_text("utf-8")) or "getenv" in text
    }
    assert readers == {"settings"}
