"""The README promises nothing that does not exist, and leaves out nothing that does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from glossary_api.cli.main import main
from glossary_api.settings import Settings
from glossary_api.site.app import create_app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PREFIX = "/api/v1"


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


def test_every_command_and_option_is_in_the_readme_and_no_other() -> None:
    """The commands of the program and their options are those of the README's table."""
    table = re.findall(r"^\| `glossary-api (\w+)[^`]*` \| (.*) \|$", README, re.M)
    documented = {name: set(re.findall(r"`(--?[\w-]+)`", text)) for name, text in table}
    real = {
        name: {
            option for parameter in command.params if isinstance(parameter, click.Option) for option in parameter.opts
        }
        for name, command in main.commands.items()
    }
    assert documented == real


def test_every_setting_is_in_the_readme_and_no_other() -> None:
    """Variables, defaults and meanings of the README's table are those of the settings."""
    table = re.findall(r"^\| `(GLOSSARY_\w+)` \| `([^`]*)` \| (.*) \|$", README, re.M)
    assert table == Settings.described()


def test_every_setting_is_in_the_help() -> None:
    """`--help` names every setting."""
    text = CliRunner().invoke(main, ["--help"]).output
    assert [name for name, _, _ in Settings.described() if name not in text] == []


def test_every_route_is_in_the_readme_and_no_other(client: FlaskClient) -> None:
    """The routes of the README's table are those of the OpenAPI document, plus the document and its page."""
    cells = re.findall(r"^\| (`(?:GET|POST) [^|]*) \|", README, re.M)
    documented = {route for cell in cells for route in re.findall(rf"`((?:GET|POST) {PREFIX}/[^`]*)`", cell)}
    paths = client.get(f"{PREFIX}/openapi.json").get_json()["paths"]
    routes = {
        f"{method.upper()} {path}" for path, methods in paths.items() for method in methods if method != "parameters"
    }
    assert documented == routes | {f"GET {PREFIX}/openapi.json", f"GET {PREFIX}/docs"}


def test_every_page_is_in_the_readme_and_no_other(client: FlaskClient) -> None:
    """The pages of the README's table are those that the site has, less its files and what is not there."""
    rows = re.findall(r"^\| (`/[^|]*) \|", README, re.M)
    documented = {path.partition("?")[0] for row in rows for path in re.findall(r"`(/[^`]*)`", row)}
    rules = [rule for rule in client.application.url_map.iter_rules() if rule.endpoint.startswith("pages.")]
    paths = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) for rule in rules if rule.endpoint != "pages.elsewhere"}
    assert documented == {path for path in paths if not path.startswith("/static/")}


def test_every_file_the_readme_links_to_exists() -> None:
    """Relative links of the README lead somewhere."""
    links = [target for target in re.findall(r"\]\(([^)]+)\)", README) if "://" not in target]
    assert links
    assert [target for target in links if not (ROOT / target).exists()] == []


def test_the_changelog_speaks_of_every_command() -> None:
    """No command has come without a line in the changelog."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert [name for name in main.commands if f"`{name}`" not in text] == []
