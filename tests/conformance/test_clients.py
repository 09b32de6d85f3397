"""Clients that six generators make of the OpenAPI document, each asking a server five things.

Each program in `clients/` is written against what its generator makes, passes the strictest checks of its language,
and prints what it read from the typed answers. Generators of npm are those of `.ci/package.json`, found on the PATH.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import serving

CLIENTS = Path(__file__).parent / "clients"
ASKED = {
    "name": "6個不發生",
    "text": "坚守“六个不发生”底线",
    "term": "六个不发生",
    "queries": json.dumps({"q0": {"query": "6個不發生", "limit": 3}}),
    "source": "坚守“六个不发生”底线。",
    "target": "We will hold to the Four No-Occurrences.",
    "place": "虎丘区",
}
ANSWERS = {
    "looked_up": ["六个不发生", "folded", 3],
    "annotated": ["六个不发生", 3, 8, "numeral"],
    "usages": ["kunshan-2024", "taicang-2024", "wujiang-2025"],
    "reconciled": ["六个不发生", True],
    "checked": [["missing-rendering", "No-Occurrences."], ["number", "Four"]],
}
ORVAL = """export default {glossary: {input: 'openapi.json', output: {
    target: 'generated.ts', client: 'fetch', baseUrl: {getBaseUrlFromSpecification: true}}}};"""
GENERATORS = {
    "openapi_python_client": "openapi-python-client generate --path openapi.json --meta none --output-path generated",
    "openapi_generator_python": "openapi-generator-cli generate -i openapi.json -g python -o . --package-name generated"
    " --name-mappings str=text",
    "openapi_generator_typescript": "openapi-generator-cli generate -i openapi.json -g typescript-fetch -o generated",
    "hey_api": "openapi-ts -i openapi.json -o generated",
    "orval": "orval --config orval.config.mjs",
    "openapi_typescript": "openapi-typescript openapi.json -o generated.d.ts --default-non-nullable false",
}
"""The command of each, in a folder with the document."""
LENIENT = """[mypy]
[mypy-generated.client]
ignore_errors = True
[mypy-dateutil.*]
ignore_missing_imports = True
"""
"""How Python is checked: but for what openapi-python-client has from no document, and a library without types."""
STRICT = {"strict": True, "target": "ES2022", "module": "commonjs", "moduleResolution": "node10", "types": []}
"""How TypeScript is checked; without `types`, of what else lies beside the compiler."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


@pytest.fixture(scope="module")
def server(seed_path: Path) -> Iterator[str]:
    """The address of a server over the seed."""
    with serving(seed_path.parent) as address:
        yield address.rstrip("/")


def found(program: str) -> str:
    """Where a program is; skips the test where it is not."""
    beside = Path(sys.executable).with_name(program)
    where = str(beside) if beside.exists() else shutil.which(program)
    if where is None:
        pytest.skip(f"{program} is missing: see pyproject.toml and .ci/package.json")
    return where


def run(folder: Path, command: str, *more: str) -> str:
    """What a command prints."""
    program, *given = command.split()
    done = subprocess.run([found(program), *given, *more], cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


@pytest.mark.parametrize("generator", GENERATORS)
def test_generated_clients_ask_and_understand(generator: str, server: str, tmp_path: Path) -> None:
    """A generated client passes the checks of its language, and has the right values in its typed answers."""
    with urllib.request.urlopen(f"{server}/api/v1/openapi.json") as answer:
        (tmp_path / "openapi.json").write_bytes(answer.read())
    (tmp_path / "orval.config.mjs").write_text(ORVAL)
    run(tmp_path, GENERATORS[generator])
    asking = server, json.dumps(ASKED)
    if (CLIENTS / f"{generator}.py").exists():
        shutil.copy(CLIENTS / f"{generator}.py", tmp_path / "client.py")
        (tmp_path / "mypy.ini").write_text(LENIENT)
        run(tmp_path, "mypy client.py")
        printed = run(tmp_path, "python client.py", *asking)
    else:
        shutil.copy(CLIENTS / f"{generator}.ts", tmp_path / "client.ts")
        modules = Path(found("tsc")).parents[1]
        (tmp_path / "node_modules").symlink_to(modules if modules.name == "node_modules" else modules / "node_modules")
        (tmp_path / "tsconfig.json").write_text(json.dumps({"compilerOptions": STRICT, "files": ["client.ts"]}))
        run(tmp_path, "tsc --project .")
        printed = run(tmp_path, "node client.js", *asking)
    assert json.loads(printed) == ANSWERS
