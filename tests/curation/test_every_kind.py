"""Every kind of decision from end to end: said by command or by program, seen in every answer, taken back again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossary_api.api.routes import decisions
from glossary_api.cli.main import main
from glossary_api.curation.decision_log import read_log
from glossary_api.curation.decisions import ABOUT_DECISIONS, KINDS
from glossary_api.curation.tokens import create_token, tokens_beside
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.store.edition import Edition
from tests.curation.every_kind import CASES, Served, written


def run(*words: str) -> str:
    """What a command prints."""
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an edition of the pile."""
    folder = tmp_path_factory.mktemp("made")
    written(folder)
    own = ("--renderings", str(folder / "own.csv"), "--jobs", "1")
    run("harvest", str(folder / "pile"), *own, "-o", str(folder / "glossary.db"))
    return folder


@pytest.fixture
def edition(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it that no server makes anew."""
    monkeypatch.setattr(decisions, "serve_decided", lambda: None)
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "glossary.db"


def served(edition: Path) -> Served:
    """What is answered about the edition as it is now."""
    return Served(create_app(Settings(edition=edition)).test_client())


def made_again(edition: Path) -> str:
    """Apply what was decided; the hash of the edition."""
    run("add", "-o", str(edition), "--jobs", "1")
    return Edition.open(edition).hash


def test_each_kind_has_a_case() -> None:
    """Nothing that can be decided about reports and terms is left out here."""
    assert set(CASES) == set(KINDS) - set(ABOUT_DECISIONS)


@pytest.mark.parametrize("kind", CASES)
def test_a_command_decides_and_takes_back(kind: str, edition: Path) -> None:
    """What is decided by a command is in every answer after the next harvest, and nothing of it once it is undone."""
    case, first = CASES[kind], Edition.open(edition).hash
    assert case.told(served(edition)) == case.before
    run("decide", kind, *case.words, "--edition", str(edition))
    made_again(edition)
    assert case.told(served(edition)) == case.after
    (decision,) = read_log(Settings(edition=edition).decision_log)
    run("decide", "undo", decision.id, "--edition", str(edition))
    assert made_again(edition) == first


@pytest.mark.parametrize("kind", CASES)
def test_a_program_proposes_and_another_accepts(kind: str, edition: Path) -> None:
    """A proposal changes nothing until it is accepted, then what the command changes; its history says who did what."""
    case, first = CASES[kind], Edition.open(edition).hash
    run(
        "decide", kind, *case.words, "--edition", str(edition), "--decisions", str(edition.with_name("elsewhere.jsonl"))
    )
    (decision,) = read_log(edition.with_name("elsewhere.jsonl"))
    draft = {name: value for name, value in decision.document().items() if name not in ("id", "time", "who")}
    log = Settings(edition=edition).decision_log
    client = create_app(Settings(edition=edition)).test_client()
    tokens = {scope: create_token(tokens_beside(log), scope, scope) for scope in ("propose", "decide")}
    sent = {scope: {"Authorization": f"Bearer {token}"} for scope, token in tokens.items()}
    proposed = client.post("/api/v1/decisions", json=draft, headers=sent["propose"]).get_json()
    assert made_again(edition) == first
    verdict = {"kind": "accept", "decision": proposed["id"]}
    assert client.post("/api/v1/decisions", json=verdict, headers=sent["propose"]).status_code == 403
    assert client.post("/api/v1/decisions", json=verdict, headers=sent["decide"]).status_code == 200
    made_again(edition)
    assert case.told(served(edition)) == case.after
    if decision.term:
        listed = client.get(f"/api/v1/terms/{decision.fields['term']}/history").get_json()["items"]
        assert [(one["kind"], one["who"]) for one in listed] == [(kind, "propose"), ("accept", "decide")]
