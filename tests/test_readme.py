"""The README shows real answers and leads to files that exist; what it leaves out stands in the manual."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from glossary_api.cli.main import main
from glossary_api.settings import Settings
from glossary_api.site.app import create_app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def settings(seed_path: Path) -> Settings:
    """Settings whose edition is the harvested seed."""
    return Settings(edition=seed_path)


@pytest.fixture(scope="module")
def client(settings: Settings) -> FlaskClient:
    """The application over the seed edition."""
    return create_app(settings).test_client()


def shown_calls() -> Iterator[tuple[str, str]]:
    """Each `$ command` of the README with the answer printed below it."""
    for block in re.findall(r"```console\n(\$ .*?)```", README, re.S):
        command, _, answer = block.partition("\n")
        yield command[2:], answer.strip()


CALLS = list(shown_calls())


def test_the_readme_shows_three_calls() -> None:
    """A newcomer sees three calls with their answers."""
    assert len(CALLS) == 3


@pytest.mark.parametrize(("command", "answer"), CALLS, ids=[command for command, _ in CALLS])
def test_a_shown_answer_is_the_real_one(command: str, answer: str, settings: Settings, client: FlaskClient) -> None:
    """What the README prints below a call is what the seed edition answers."""
    if command.startswith("curl "):
        path = re.sub(r"^curl '?http://[^/]+|'$", "", command)
        assert client.get(path).get_json() == json.loads(answer)
    else:
        words = command.split()[1:]
        result = CliRunner().invoke(main, [*words, "--edition", str(settings.edition)])
        assert result.output.strip() == answer


def test_every_file_the_readme_links_to_exists() -> None:
    """Relative links of the README lead somewhere."""
    links = [target for target in re.findall(r"\]\(([^)]+)\)", README) if "://" not in target]
    assert links
    assert [target for target in links if not (ROOT / target).exists()] == []


def test_the_picture_is_small() -> None:
    """The picture of the site is no burden on a clone."""
    (picture,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert (ROOT / picture).stat().st_size < 150_000


def test_the_changelog_speaks_of_every_command() -> None:
    """No command has come without a line in the changelog."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert [name for name in main.commands if f"`{name}`" not in text] == []


def test_every_file_that_contributing_names_exists() -> None:
    """The recipes of CONTRIBUTING lead to files that are there."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = {path for path in re.findall(r"`((?:glossary_api|tests)/[\w/.-]+)`", text) if "<" not in path}
    linked = {target for target in re.findall(r"\]\(([^)]+)\)", text) if "://" not in target}
    assert named
    assert [path for path in sorted(named | linked) if not (ROOT / path).exists()] == []


def test_every_task_that_contributing_names_exists() -> None:
    """The tasks of CONTRIBUTING are those of the project file."""
    tasks = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["poe"]["tasks"]
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert set(re.findall(r"`poe (\w+)`", text)) <= set(tasks)


def test_every_row_of_the_threat_model_has_its_test() -> None:
    """Each test that SECURITY.md names is there."""
    rows = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (ROOT / "SECURITY.md").read_text("utf-8"))
    assert rows
    for file, name in rows:
        assert f"def {name or 'test_'}" in (ROOT / file).read_text("utf-8"), (file, name)
