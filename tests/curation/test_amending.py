"""An edition is amended by decisions without a harvest, and answers as one that was harvested with them."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from glossary_api.cli.main import main
from glossary_api.curation.decision_log import read_log, record
from glossary_api.curation.tokens import create_token, tokens_beside
from glossary_api.errors import EditionError
from glossary_api.harvesting.amending import amend
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.store.edition import Edition
from glossary_api.store.verifying import verify
from tests.curation.every_kind import CASES, Served, written

EDITION, LOG = "glossary.db", "decisions.jsonl"


def run(*words: str) -> None:
    """Run a command."""
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an edition of the pile, where somebody may decide."""
    folder = tmp_path_factory.mktemp("made")
    written(folder)
    create_token(tokens_beside(folder / LOG), "li", "decide")
    run("harvest", str(folder / "pile"), "--renderings", str(folder / "own.csv"), "-o", str(folder / EDITION))
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


def amended(folder: Path) -> bool:
    """Amend by the log; whether that could be done."""
    return amend(folder / EDITION, read_log(folder / LOG))


def told(kind: str, folder: Path) -> tuple[Any, ...]:
    """What is answered about the edition as it is now."""
    return CASES[kind].told(Served(create_app(Settings(edition=folder / EDITION)).test_client()))


@pytest.mark.parametrize("kind", CASES)
def test_a_decision_is_in_every_answer_without_a_harvest(kind: str, folder: Path) -> None:
    """What was decided is answered as after a harvest, and no more when it is undone."""
    run("decide", kind, *CASES[kind].words, "--edition", str(folder / EDITION))
    assert amended(folder)
    assert told(kind, folder) == CASES[kind].after
    (decision,) = read_log(folder / LOG)
    run("decide", "undo", decision.id, "--edition", str(folder / EDITION))
    assert amended(folder)
    assert told(kind, folder) == CASES[kind].before


def documents(edition: Path) -> dict[str, bytes]:
    """The documents of all terms, by name."""
    return dict(Edition.open(edition).select("SELECT name, document FROM terms"))


def drafts(chance: random.Random, names: list[str]) -> Iterable[dict[str, Any]]:
    """Decisions about names."""
    for _ in range(6):
        kind = chance.choice(["establish", "reject", "join-names", "keep-apart", "add-definition"])
        draft = {"kind": kind, "term": chance.choice(names), "why": ""}
        if kind in ("join-names", "keep-apart"):
            draft["other"] = chance.choice([name for name in names if name != draft["term"]])
        if kind == "add-definition":
            draft["text"] = "早谋划、早动手、早见效"
        yield draft


@pytest.mark.parametrize("seed", range(8))
def test_amended_and_harvested_terms_are_the_same(seed: int, folder: Path) -> None:
    """After any decisions about names, one after the other, each term has the document that a harvest gives it."""
    names = sorted(documents(folder / EDITION))
    for draft in drafts(random.Random(seed), names):
        record(folder / LOG, draft, "li")
        assert amended(folder)
    found = documents(folder / EDITION)
    run("add", "-o", str(folder / EDITION))
    assert found == documents(folder / EDITION)


def test_an_amended_edition_is_whole(folder: Path) -> None:
    """Its content hash is that of its rows, and another than before."""
    before = Edition.open(folder / EDITION).hash
    record(folder / LOG, {"kind": "reject", "term": "三个早", "why": ""}, "li")
    assert amended(folder)
    assert verify(folder / EDITION) == Edition.open(folder / EDITION).hash != before


def test_what_a_term_is_found_by_is_amended(folder: Path) -> None:
    """A search finds a definition that an editor added, and none that was withdrawn."""
    said = {"kind": "add-definition", "term": "一网一图", "text": "网格一张网、作战一张图", "why": ""}
    passage = {"report": "kunshan-2031", "quote": "底数清、责任清、时限清、措施清、结果清"}
    record(folder / LOG, said, "li")
    record(folder / LOG, {"kind": "withdraw-definition", "term": "五个清", "passage": passage, "why": ""}, "li")
    assert amended(folder)
    client = create_app(Settings(edition=folder / EDITION)).test_client()

    def found(asked: str) -> list[str]:
        items = client.get("/api/v1/search", query_string={"q": asked}).get_json()["items"]
        return [one["text"] for one in items if one["field"] == "definition"]

    assert found("作战一张图") == ["网格一张网、作战一张图"]
    assert found("底数清") == []


def test_a_name_that_becomes_a_term_is_suggested(folder: Path) -> None:
    """Somebody who types a new term is offered it, and one who types a rejected one is not."""
    for kind, term in (("establish", "沃土"), ("reject", "四个查")):
        record(folder / LOG, {"kind": kind, "term": term, "why": ""}, "li")
    assert amended(folder)
    client = create_app(Settings(edition=folder / EDITION)).test_client()

    def suggested(typed: str) -> str:
        return client.get("/api/v1/suggest", query_string={"q": typed}).get_data(as_text=True)

    assert "沃土" in json.dumps(json.loads(suggested("wotu")), ensure_ascii=False)
    assert "四个查" not in json.dumps(json.loads(suggested("四个")), ensure_ascii=False)


def test_an_edition_that_came_meanwhile_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was worked out for one edition is not put into another one that a harvest has put in its place."""
    other = folder / "other.db"
    run("harvest", str(folder / "pile" / "kunshan-2031.txt"), "-o", str(other))
    kept_open = Edition.open(folder / EDITION)
    monkeypatch.setattr(Edition, "open", lambda _: kept_open)
    present = other.read_bytes()
    other.replace(folder / EDITION)
    record(folder / LOG, {"kind": "reject", "term": "三个早", "why": ""}, "li")
    with pytest.raises(EditionError, match="meanwhile"):
        amended(folder)
    assert (folder / EDITION).read_bytes() == present


def test_without_the_reports_of_the_harvest_nothing_is_amended(folder: Path) -> None:
    """An edition whose cache is gone, or is another's, waits for a harvest."""
    (folder / "glossary.cache.db").unlink()
    before = (folder / EDITION).read_bytes()
    record(folder / LOG, {"kind": "reject", "term": "三个早", "why": ""}, "li")
    assert not amended(folder)
    assert (folder / EDITION).read_bytes() == before


def test_a_log_that_lost_decisions_is_not_amended_by(folder: Path) -> None:
    """Where the last decision of an edition is not in the log any more, only a harvest knows what holds."""
    record(folder / LOG, {"kind": "reject", "term": "三个早", "why": ""}, "li")
    assert amended(folder)
    (folder / LOG).unlink()
    assert not amended(folder)
