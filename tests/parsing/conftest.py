"""The samples of `fixtures/`, and the parser as a function of a text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from glossary_api.model.things import Document, ParsedReport
from glossary_api.parsing.parse import parse
from glossary_api.settings import seed_folder

Parse = Callable[[str], ParsedReport]

_SAMPLE_FILES = {"appendix_sample": "appendices.md", "note_sample": "notes.md", "title_sample": "titles.md"}
_ESCAPES = {"\\n": "\n", "\\r": "\r", "\\t": "\t"}
_ESCAPE = re.compile(r"\\[nrt]|\\u([0-9A-Fa-f]{4})")


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample of a fixture file, in the layout that the head of the file describes."""

    line: int
    """Where its title stands, counted from 1."""
    title: str
    text: str
    expected: str


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for a sample gets every sample of the file, named by line number and title."""
    for fixture, file in _SAMPLE_FILES.items():
        if fixture in metafunc.fixturenames:
            found = samples(Path(__file__).parent / "fixtures" / file)
            metafunc.parametrize(fixture, found, ids=[f"{sample.line}-{sample.title}" for sample in found])


def samples(path: Path) -> list[Sample]:
    """All samples of a fixture file, in order; a file that is not laid out in threes is an error."""
    lines = path.read_text("utf-8").split("\n")
    stops = [i for i, line in enumerate(lines) if line == "."]
    assert len(stops) % 3 == 0, f"{path.name}: {len(stops)} lines with a full stop are not three for each sample"
    return [_sample(lines, *stops[i : i + 3]) for i in range(0, len(stops), 3)]


def _sample(lines: list[str], first: int, second: int, third: int) -> Sample:
    text, expected = ("\n".join(lines[a + 1 : b]) for a, b in ((first, second), (second, third)))
    return Sample(first, lines[first - 1], _unescaped(text), _unescaped(expected))


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else _ESCAPES[found[0]], text)


@pytest.fixture(scope="session")
def parse_text() -> Parse:
    """The parser, for a text as a reader would hand it over."""

    def parsed(text: str) -> ParsedReport:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return parse(Document("sample.txt", text, digest, "text"))

    return parsed


@pytest.fixture(scope="session")
def seed_texts() -> dict[str, str]:
    """The seed reports by name, line ends as in the files."""
    folder = seed_folder() / "reports"
    return {path.stem: path.read_bytes().decode() for path in sorted(folder.glob("*.txt"))}
