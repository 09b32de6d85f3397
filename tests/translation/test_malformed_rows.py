from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from glossary_api.translation.rendering_files import read_renderings

EQUIVALENTS: list[Any] = [[1], {"a": 1}, 1, [None], [{"rendering": 1}], [{"rendering": "x", "also": [1]}], [{"x": "y"}]]


@pytest.mark.parametrize("equivalents", EQUIVALENTS, ids=str)
@pytest.mark.parametrize("inside", [True, False])
def test_a_row_that_is_no_term_document_is_listed(tmp_path: Path, equivalents: Any, inside: bool) -> None:
    """A line of JSON of another shape is a problem with its place, and the lines around it are read."""
    first = {"language": "en", "rendering": "first", "status": "proposed", "source": "", "note": ""}
    good = {"id": "t1", "name": "甲", "senses": [], "equivalents": [first]}
    sense = {"id": "t1-1", "equivalents": equivalents}
    bad = good | ({"senses": [sense]} if inside else {"equivalents": equivalents})
    path = tmp_path / "terms.jsonl"
    path.write_text("\n".join(map(json.dumps, (good, bad, good))), "utf-8")
    found, problems = read_renderings(path)
    assert [one.rendering for one in found] == ["first", "first"]
    assert [problem.place for problem in problems] == [f"{path}:2"]
