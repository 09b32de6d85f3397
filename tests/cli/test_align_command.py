"""`glossary-api align`: a table, a queue, JSON, lines; what a person accepts is official after the next harvest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glossary_api.cli.main import main
from glossary_api.curation.decision_log import read_log
from glossary_api.curation.decisions import in_force
from glossary_api.harvesting.decided_renderings import rendered
from glossary_api.harvesting.equivalents import read_equivalents
from glossary_api.model.things import Harvest
from glossary_api.store.edition import Edition

PAIRS = """zh,en
我们坚守“六个不发生”底线。,We hold to the bottom line of “six zero-incident goals”.
今年探索数据得地。,This year we explore land by data.
今年探索新路。,This year we explore a new way.
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A translation as a table."""
    path = tmp_path / "both.csv"
    path.write_text(PAIRS, "utf-8")
    return path


def run(edition: Edition, *words: str | Path, keys: str = "") -> Result:
    """What the program does with the edition, in English; `keys` are pressed."""
    command = ["--language", "en", *map(str, words), "--edition", str(edition.path)]
    return CliRunner().invoke(main, command, input=keys)


def test_proposals_are_printed(edition: Edition, table: Path) -> None:
    """Each term stands with its proposals, each with reasons and place; a last line counts."""
    done = run(edition, "align", table)
    assert done.exit_code == 0
    assert "六个不发生 (passages: 1)\n  1. six zero-incident goals (quotation marks on both sides;" in done.output
    assert "both.csv:2)" in done.output
    assert "3 pairs of sentences, 0 sentences without a counterpart" in done.output


def test_proposals_are_written_as_a_table(edition: Edition, table: Path, tmp_path: Path) -> None:
    """The table is one of curated renderings, with the day, all of it proposed."""
    out = tmp_path / "proposed.csv"
    assert run(edition, "align", table, "-o", out, "--since", "2024").exit_code == 0
    assert {(row.status, row.since) for row in read_equivalents([out])} == {("proposed", "2024")}


def test_proposals_are_shown_as_json(edition: Edition, table: Path) -> None:
    """The JSON has both sides of every passage."""
    made = json.loads(run(edition, "align", table, "--json").stdout)
    assert made["pairs"] == 3
    assert made["terms"][0]["proposals"][0]["passages"][0]["place"] == "both.csv:2"


def test_an_accepted_proposal_is_official(edition: Edition, harvest: Harvest, table: Path, tmp_path: Path) -> None:
    """What is queued waits, twice queued waits once; accepted it is an official rendering with its place and day."""
    log = tmp_path / "decisions.jsonl"
    for _ in range(2):
        queued = run(edition, "align", table, "--queue", "--since", "2024-03-05", "--decisions", log)
        assert queued.exit_code == 0, queued.output
    waiting = len(read_log(log))
    passage = " → ".join(PAIRS.splitlines()[1].split(","))
    assert passage in run(edition, "review", "--decisions", log, keys="q\n").stdout
    assert run(edition, "review", "--decisions", log, keys="a\n" + "d\n" * (waiting - 1)).exit_code == 0
    (accepted,) = in_force(read_log(log))
    term = rendered(next(term for term in harvest.terms if term.name == "六个不发生"), accepted)
    assert term is not None
    (rendering,) = term.senses[0].equivalents
    assert (rendering.rendering, rendering.status) == ("six zero-incident goals", "official")
    assert (rendering.source, rendering.since) == ("both.csv:2", "2024-03-05")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--since", "March"), "--since:from: 'March' is not a year"),
        (("--lang", "fr"), "no segment is translated into fr"),
    ],
)
def test_a_bad_call_is_refused_in_one_line(edition: Edition, table: Path, words: tuple[str, ...], said: str) -> None:
    """What is no day, and a language that the file has not, are named."""
    done = run(edition, "align", table, *words)
    assert done.exit_code == 1
    assert said in done.output
    assert done.output.count("\n") == 1
