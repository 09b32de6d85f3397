"""The manual names nothing that does not exist, and leaves out nothing that does."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from glossary_api.cli.main import main
from glossary_api.exports.formats import FORMATS
from glossary_api.queries.data import TABLES
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.site.manual import anchor
from glossary_api.site.web_files import MANUAL
from glossary_api.store.view_columns import COLUMNS
from tests.site.reading import read

PREFIX = "/api/v1"
FILES = sorted(MANUAL.glob("*.md"))
TEXTS = {path.name: path.read_text("utf-8") for path in FILES}
ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def client(seed_path: Path) -> FlaskClient:
    """The application over the seed edition."""
    return create_app(Settings(edition=seed_path)).test_client()


def options_of(command: click.Command) -> set[str]:
    """The long and short options of a command."""
    return {option for parameter in command.params if isinstance(parameter, click.Option) for option in parameter.opts}


def headings(text: str) -> set[str]:
    """The anchors of a file, as code hosts and this program make them."""
    return {anchor(words) for words in re.findall(r"^#+ (.+)$", text, re.M)}


def test_every_command_and_option_is_in_the_manual_and_no_other() -> None:
    """The commands of the program and their options are those of the manual's table."""
    table = re.findall(r"^\| `glossary-api (\w+)[^`]*` \| (.*) \|$", TEXTS["commands.md"], re.M)
    documented = {name: set(re.findall(r"`(--?[\w-]+)`", text)) for name, text in table}
    assert documented == {name: options_of(command) for name, command in main.commands.items()}


@pytest.mark.parametrize("text", [README, *TEXTS.values()], ids=["README", *TEXTS])
def test_every_command_line_can_be_given(text: str) -> None:
    """Each command line that README and manual show names a command with options that it has."""
    for name, rest in re.findall(r"(?<!\w)glossary-api ([a-z]\w*)([^`\n|]*)", text):
        assert name in main.commands
        assert set(re.findall(r"(?<=\s)--?[a-z][\w-]*", rest)) <= options_of(main.commands[name]) | {"--help"}, rest


def test_every_setting_is_in_the_manual_and_no_other() -> None:
    """Variables, defaults and meanings of the manual's table are those of the settings."""
    table = re.findall(r"^\| `(GLOSSARY_\w+)` \| `([^`]*)` \| (.*) \|$", TEXTS["commands.md"], re.M)
    assert table == Settings.described()
    known = {name for name, _, _ in Settings.described()}
    assert set(re.findall(r"GLOSSARY_[A-Z_]+", "".join([README, *TEXTS.values()]))) <= known


def test_every_setting_is_in_the_help() -> None:
    """`--help` names every setting."""
    text = CliRunner().invoke(main, ["--help"]).output
    assert [name for name, _, _ in Settings.described() if name not in text] == []


def test_every_route_is_in_the_manual_and_no_other(client: FlaskClient) -> None:
    """The routes of the manual's table are those of the OpenAPI document, plus the document and its page."""
    cells = re.findall(r"^\| (`(?:GET|POST) [^|]*) \|", TEXTS["api.md"], re.M)
    documented = {route for cell in cells for route in re.findall(rf"`((?:GET|POST) {PREFIX}(?:/[^`]*)?)`", cell)}
    paths = client.get(f"{PREFIX}/openapi.json").get_json()["paths"]
    routes = {
        f"{method.upper()} {path}" for path, methods in paths.items() for method in methods if method != "parameters"
    }
    assert documented == routes | {f"GET {PREFIX}/openapi.json", f"GET {PREFIX}/docs"}


def test_every_page_is_in_the_manual_and_no_other(client: FlaskClient) -> None:
    """The pages of the manual's table are those that the site has, less its files and what is not there."""
    rows = re.findall(r"^\| (`/[^|]*) \|", TEXTS["pages.md"], re.M)
    documented = {path.partition("?")[0] for row in rows for path in re.findall(r"`(/[^`]*)`", row)}
    rules = [rule for rule in client.application.url_map.iter_rules() if rule.endpoint.startswith("pages.")]
    paths = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) for rule in rules if rule.endpoint != "pages.elsewhere"}
    assert documented == {path for path in paths if not path.startswith("/static/")}


def test_every_export_is_in_the_manual_and_no_other() -> None:
    """Names, suffixes and summaries of the manual's table are those of the formats."""
    rows = re.findall(r"^\| `([\w-]+)` \| `(\.[\w.]+)` \| (.*?) \| .* \|$", TEXTS["exports.md"], re.M)
    assert rows == [(one.name, one.suffix, one.summary) for one in FORMATS.values()]


def test_every_column_is_in_the_manual_and_no_other() -> None:
    """The columns of the manual's tables are those of the views, with their types and meanings."""
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.*) \|$", TEXTS["data.md"], re.M)
    assert rows == [(name, *column) for table in TABLES.values() for name, column in COLUMNS[table.view].items()]


@pytest.mark.parametrize("name", TEXTS)
def test_no_link_of_the_manual_is_dead(name: str, client: FlaskClient) -> None:
    """Links to files lead to files of the manual and headings in them, others to addresses that the server answers.

    No link leads to another host.
    """
    for target in re.findall(r"\]\(([^)]+)\)", TEXTS[name]):
        file, _, fragment = target.partition("#")
        if file.startswith("/"):
            assert client.get(file).status_code == 200, target
        elif file.endswith(".md"):
            assert file in TEXTS, target
            assert not fragment or fragment in headings(TEXTS[file]), target
        else:
            assert (MANUAL / file).is_file(), target


def test_every_file_can_be_reached_from_the_first() -> None:
    """The first page of the manual links to every other page."""
    assert set(re.findall(r"\(([\w-]+\.md)\)", TEXTS["README.md"])) == set(TEXTS) - {"README.md"}


@pytest.mark.parametrize("name", TEXTS)
def test_a_page_shows_the_whole_file(name: str, client: FlaskClient) -> None:
    """The server shows each file with all its headings, tables and pictures, and answers with the pictures."""
    address = "/manual" if name == "README.md" else f"/manual/{name.removesuffix('.md')}"
    page = read(client.get(f"{address}?lang=en")).find("div", class_="prose manual")[0]
    source = TEXTS[name]
    found = [element.text for element in page.find("h1", "h2", "h3")]
    assert found == [words.replace("`", "") for words in re.findall(r"^#+ (.+)$", source, re.M)]
    assert len(page.find("tr")) == len(re.findall(r"^\|(?!---)", source, re.M))
    assert len(page.find("img")) == source.count("![")
    for picture in page.find("img"):
        with client.get(picture.attributes["src"]) as answer:
            assert answer.status_code == 200
            assert str(answer.mimetype).startswith("image/")


def test_the_first_page_speaks_chinese_too(client: FlaskClient) -> None:
    """The first page says in Chinese what the program is, and marks that paragraph as Chinese."""
    page = read(client.get("/manual")).find("div", class_="prose manual")[0]
    assert (page.attributes["lang"], len(page.find("p", lang="zh-Hans"))) == ("en", 1)


@pytest.mark.parametrize("name", ["README", "nothing", "rooms.svg"])
def test_the_manual_has_no_other_page(name: str, client: FlaskClient) -> None:
    """Each file has one address, and what is no page of the manual is not found."""
    assert client.get(f"/manual/{name}").status_code == 404


def test_links_hold_below_a_path(seed_path: Path) -> None:
    """Behind a proxy that takes off a path, links of the manual lead below that path."""
    app = create_app(Settings(edition=seed_path, address="https://glossary.example/below/"))
    page = read(app.test_client().get("/manual/extension")).find("div", class_="prose manual")[0]
    assert [link.attributes["href"] for link in page.find("a")] == [
        "/below/extension.zip",
        "/below/manual/stores",
    ]


def test_the_picture_names_the_rooms() -> None:
    """The picture of the architecture page names every folder and module of the package."""
    package = MANUAL.parent.parent
    rooms = {path.stem for path in package.iterdir() if not path.stem.startswith(("_", "py")) and path.stem != "seed"}
    words = set(re.findall(r"\w+", " ".join(re.findall(r">([^<]+)<", (MANUAL / "rooms.svg").read_text("utf-8")))))
    assert rooms <= words
