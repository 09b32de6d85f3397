"""The commands of editors: what they decide stands in the log, and whatever is wrong is said in one line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner, Result

from glossary_api.cli.main import main
from glossary_api.curation.decision_log import read_log
from glossary_api.curation.decisions import Decision, waiting
from glossary_api.curation.tokens import read_tokens, token_of
from glossary_api.model.words import REVIEWED


@pytest.fixture
def edition(rendered_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An edition with a log of its own beside it, the one that the commands use."""
    path = tmp_path / "glossary.db"
    shutil.copy(rendered_path, path)
    monkeypatch.setenv("GLOSSARY_EDITION", str(path))
    return path


def run(*words: str, keys: str = "") -> Result:
    """A command, run in this process; `keys` is what is typed."""
    return CliRunner().invoke(main, ["--language", "en", *words], input=keys)


def log_of(edition: Path) -> tuple[Decision, ...]:
    """What was decided beside an edition."""
    return read_log(edition.with_name("decisions.jsonl"))


DECIDED = (
    ("establish", "三边"),
    ("reject", "三边"),
    ("join-names", "三边", "数据得地"),
    ("keep-apart", "三边", "数据得地"),
    ("join-senses", "135", "--passage", "yunxi-2024:1个中心", "--other-passage", "shiqiao-2025:一个品牌"),
    ("split-senses", "135", "--passage", "yunxi-2024:1个中心", "--other-passage", "shiqiao-2025:一个品牌"),
    ("correct-definition", "135", "中心、平台、机制", "--passage", "yunxi-2024:1个中心"),
    ("add-definition", "三边", "山边、水边、路边"),
    ("withdraw-definition", "135", "--passage", "yunxi-2024:1个中心"),
    ("set-sense", "135", "--use", "shiqiao-2025:完善“135”", "--passage", "yunxi-2024:1个中心"),
    ("not-a-use", "三边", "--use", "linjiang-2025:路边“三边”"),
    ("prefer-name", "六个不发生", "6个不发生"),
    ("add-rendering", "三边", "en", "three sides", "--gloss", "hills, waters, roads", "--note", "short"),
    ("prefer-rendering", "135", "en", "135 System"),
    ("approve-rendering", "数据得地", "en", "Land by Data"),
    ("withdraw-rendering", "数据得地", "en", "Land by Data"),
    ("translate-definition", "数据得地", "en", "land for those whose data are good", "--definition-status", "proposed"),
    ("note", "三边", "问过作者"),
    ("not-an-error", "count-mismatch", "--use", "yunxi-2024:1个中心"),
    ("correct-report", "yunxi-2024", "year", "2023"),
)


@pytest.mark.parametrize("words", DECIDED, ids=lambda words: words[0])
def test_each_kind_can_be_decided_and_undone(words: tuple[str, ...], edition: Path) -> None:
    """A command line of each kind adds a line that the schema takes, with who and why, and its undoing another."""
    assert run("decide", *words, "--who", "li", "--why", "常用").exit_code == 0
    (made,) = log_of(edition)
    assert (made.kind, made.who, made.why) == (words[0], "li", "常用")
    assert run("decide", "undo", made.id).exit_code == 0
    taker = jsonschema.Draft202012Validator(json.loads(run("decide", "--schema").stdout))
    lines = edition.with_name("decisions.jsonl").read_text("utf-8").splitlines()
    assert [taker.is_valid(json.loads(line)) for line in lines] == [True, True]
    assert made.id in run("decide", "--log").stdout


def test_all_kinds_are_listed() -> None:
    """Without a kind, `decide` says what can be decided."""
    listed = run("decide").stdout
    assert [words[0] for words in DECIDED if words[0] not in listed] == []


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("rename", "三边"), "rename"),
        (("reject",), "TERM"),
        (("reject", "三边", "more"), "TERM"),
        (("reject", "“”"), "term"),
        (("undo", "d0000000000000000"), "d0000000000000000"),
        (("withdraw-definition", "135"), "passage"),
        (("withdraw-definition", "135", "--passage", "yunxi-2024"), "yunxi-2024"),
        (("withdraw-definition", "135", "--passage", "yunxi-2024:五项能力"), "五项能力"),
        (("not-a-use", "135", "--use", "yunxi-2024:不发生"), "不发生"),
        (("not-a-use", "135", "--use", "nowhere-2024:不发生"), "nowhere-2024"),
        (("correct-report", "yunxi-2024", "year", "last"), "year"),
        (("add-rendering", "三边", "English!", "x"), "language"),
    ],
)
def test_what_is_no_decision_is_refused(words: tuple[str, ...], named: str, edition: Path) -> None:
    """One line names what is wrong, and nothing is taken down."""
    result = run("decide", *words)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert named in result.stderr
    assert log_of(edition) == ()


@pytest.mark.parametrize(
    ("kind", "key", "made"),
    [
        ("findings", "n", "not-an-error"),
        ("renderings", "a", "approve-rendering"),
        ("renderings", "w", "withdraw-rendering"),
    ],
)
def test_one_key_answers(kind: str, key: str, made: str, edition: Path) -> None:
    """A key takes the decision down, and what is answered is not asked again."""
    before = run("review", "--kind", kind, keys="s\n" * 20).stdout
    assert run("review", "--kind", kind, "--who", "li", keys=f"{key}\nq\n").exit_code == 0
    assert [(one.kind, one.who) for one in log_of(edition)] == [(made, "li")]
    after = run("review", "--kind", kind, keys="s\n" * 20).stdout
    assert after.count(f"{key}: {made}") == before.count(f"{key}: {made}") - 1


@pytest.mark.parametrize("kind", REVIEWED)
def test_every_queue_can_be_walked(kind: str, troubled_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each queue ends, whatever waits in it, and skipping decides nothing."""
    monkeypatch.setenv("GLOSSARY_EDITION", str(troubled_path))
    assert run("review", "--kind", kind, keys="s\n" * 100).exit_code == 0
    assert log_of(troubled_path) == ()


def test_a_rendering_is_asked_about_with_what_it_renders(edition: Path) -> None:
    """Beside it stand the definition, its gloss and whose it is: without them nobody can say yes."""
    shown = run("review", "--kind", "renderings", keys="s\n" * 20).stdout
    (line,) = [line for line in shown.splitlines() if "rendered as Land by Data (en)" in line]
    assert line.endswith("project")
    assert len(line) > len("数据得地: rendered as Land by Data (en) — project")


def test_a_machine_s_definition_is_approved_by_a_key(edition: Path) -> None:
    """It waits among the renderings until somebody has read it."""
    questions = run("review", "--kind", "renderings", keys="s\n" * 20).stdout
    before = questions.partition(" — in en (machine): land by data")[0]
    assert before != questions
    keys = "s\n" * before.count("a: ") + "a\nq\n"
    assert run("review", "--kind", "renderings", keys=keys).exit_code == 0
    (made,) = log_of(edition)
    assert made.fields["definition_status"] == "approved"


def test_a_token_is_shown_once_listed_and_revoked(edition: Path) -> None:
    """A token is printed when it is made; the file has a digest only, the list names who has it, revoking ends it."""
    secret = run("token", "create", "li", "--scope", "decide", "--days", "7").stdout.strip()
    kept = edition.with_name("tokens.json")
    assert secret not in kept.read_text("utf-8")
    assert kept.stat().st_mode & 0o077 == 0
    found = token_of(kept, secret)
    assert found is not None
    assert (found.name, found.scope, found.is_valid) == ("li", "decide", True)
    assert "li" in run("token", "list").stdout
    assert run("token", "create", "li").exit_code == 1
    assert run("token", "revoke", "li").exit_code == 0
    assert [one.is_valid for one in read_tokens(kept)] == [False]
    assert run("token", "revoke", "li").exit_code == 1
    assert run("token", "create").exit_code == 2


def test_a_proposal_is_accepted_from_the_queue(edition: Path) -> None:
    """A proposal in the log waits in the queue until a key accepts it."""
    assert run("decide", "reject", "三边").exit_code == 0
    path = edition.with_name("decisions.jsonl")
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "proposed": True}) + "\n", "utf-8")
    assert len(waiting(log_of(edition))) == 1
    assert run("review", keys="a\n").exit_code == 0
    assert waiting(log_of(edition)) == ()
    assert "nothing waits" in run("review").stdout
