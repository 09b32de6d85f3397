from __future__ import annotations

import ast
from pathlib import Path

import glossary_api
from glossary_api.model.words import FOUND_IN_REPORTS, SEVERITIES
from glossary_api.queries.finding_kinds import FINDERS, PARSER, ROWS

PARSING = Path(glossary_api.__file__).parent / "parsing"


def test_each_kind_is_one_row() -> None:
    """No kind stands twice, and each has a severity, a finder and words in both languages."""
    assert len({row.name for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert row.severity in SEVERITIES
        assert row.finder in FINDERS
        assert all((row.en, row.zh, row.meaning))


def test_the_parser_finds_what_the_table_says() -> None:
    """The kinds that the parser gives its findings are those of its rows, and of the model's list of severities."""
    kinds = set()
    for path in PARSING.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding":
                kinds |= {part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)}
    assert kinds == set(FOUND_IN_REPORTS)
    assert {row.name: row.severity for row in ROWS if row.finder == PARSER} == FOUND_IN_REPORTS
