"""The import directions of the house: ground ← stages ← harvest | api ← serving ← cli, wsgi."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "glossary_api"

GROUND = {"archive", "model", "errors", "folding", "geography", "readings", "renderings", "settings"}
STAGES = {"reading", "parsing", "merging", "resolving", "matching", "equivalents", "ranking", "store", "exports"}
STAGES |= {"bilingual", "checking", "packing", "pretranslating"}
ABOVE_STAGES = {
    "harvest": GROUND | STAGES,
    "linting": GROUND | STAGES,
    "evaluation": GROUND | STAGES | {"harvest"},
    "importing": GROUND | STAGES,
    "printing": GROUND | {"store", "importing"},
}
API = GROUND | {"matching", "ranking", "store", "exports", "bilingual", "checking", "packing", "pretranslating"}
TOP = {"serving", "cli", "mcp"}
LAZY = {
    Path("api/lint.py"): {"linting"},
    Path("api/pages/annotate.py"): {"linting"},
    Path("api/pages/uploads.py"): {"reading"},
}
"""What one file may import inside a function: a draft has to be read and parsed, but serving must start without."""


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
    if part in STAGES:
        return GROUND | {part}
    if part == "api":
        return API | {part}
    if part in TOP:
        return GROUND | STAGES | set(ABOVE_STAGES) | {"api"} | TOP
    return ABOVE_STAGES[part] | {part}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_looks_only_into_the_rooms_below_it(path: Path) -> None:
    """No file imports from a room that is not below its own."""
    part = room(path)
    rooms = {name.split(".")[1] for name in imported(path) if name.count(".")}
    rooms -= LAZY.get(path.relative_to(PACKAGE), set())
    assert rooms <= (allowed(part) if part else set()), f"{path}: {sorted(rooms)}"


@pytest.mark.parametrize("path", LAZY, ids=str)
def test_a_lazy_import_is_lazy(path: Path) -> None:
    """What only one file may import is imported there inside a function, or for the type checker alone."""
    tree = ast.parse((PACKAGE / path).read_text("utf-8"))
    eager = [node.module or "" for node in tree.body if isinstance(node, ast.ImportFrom)]
    assert not any(name == f"glossary_api.{room}" for name in eager for room in LAZY[path])


def test_serving_starts_without_the_parser() -> None:
    """Importing all of the API imports neither the parser nor the readers."""
    names = [
        ".".join(p.relative_to(PACKAGE.parent).with_suffix("").parts) for p in sorted((PACKAGE / "api").rglob("*.py"))
    ]
    program = "import sys, importlib\n"
    program += f"for name in {names!r}: importlib.import_module(name.removesuffix('.__init__'))\n"
    program += "print(*(name for name in sys.modules if name.split('.')[:2] == ['glossary_api', 'parsing'] or"
    program += " name.split('.')[:2] == ['glossary_api', 'reading']))"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=PACKAGE.parent
    )
    assert ran.stdout.strip() == ""


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


def test_every_file_is_short() -> None:
    """No file of the package has more than 450 lines."""
    lengths = {str(path.relative_to(PACKAGE)): len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert {name: length for name, length in lengths.items() if length > 450} == {}
