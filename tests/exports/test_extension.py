"""The extension packed: by the command into a folder or an archive, by the server for whoever asks."""

from __future__ import annotations

import importlib.metadata
import io
import json
import posixpath
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

import glossary_api
from glossary_api.cli.main import main
from glossary_api.exports.extension import archive
from glossary_api.settings import Settings
from glossary_api.site.app import create_app

SERVER = "https://glossary.example/words/"
WEB = Path(glossary_api.__file__).parent / "web"


def members(data: bytes) -> dict[str, bytes]:
    """The files of an archive by name."""
    packed = zipfile.ZipFile(io.BytesIO(data))
    assert packed.testzip() is None
    return {name: packed.read(name) for name in packed.namelist()}


def laid_out(folder: Path) -> dict[str, bytes]:
    """The files of a folder by name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def pack(*words: str | Path, **environment: str) -> Result:
    """What `glossary-api extension` does."""
    return CliRunner().invoke(main, ["extension", *map(str, words)], env=environment)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The files of the packed extension by name."""
    return members(archive(SERVER))


@pytest.fixture
def client(edition_path: Path) -> FlaskClient:
    """Asks a server."""
    return create_app(Settings(edition=edition_path)).test_client()


def test_it_has_what_is_its_own_and_what_it_shares(files: dict[str, bytes]) -> None:
    """The manifest is at its root, as browsers want it, the matcher and the files of the site in folders of theirs."""
    assert {"manifest.json", "server.json", "matching/pack.js", "shared/tooltip.js", "shared/card.js"} <= files.keys()
    assert files["shared/tooltip.js"] == (WEB / "shared" / "tooltip.js").read_bytes()
    assert files["matching/pack.js"] == (WEB / "extension" / "matching" / "pack.js").read_bytes()
    assert not any(part.startswith(".") for name in files for part in name.split("/"))


def test_it_knows_its_server(files: dict[str, bytes]) -> None:
    """The address that it is packed for is the one that it asks."""
    assert json.loads(files["server.json"]) == {"server": SERVER}


def test_its_version_is_that_of_the_program(files: dict[str, bytes]) -> None:
    """In up to four numbers, which is what browsers take; the rest of the manifest stays as it is."""
    manifest = json.loads(files["manifest.json"])
    assert importlib.metadata.version("glossary-api").startswith(manifest["version"])
    assert re.fullmatch(r"\d+(\.\d+){0,3}", manifest["version"])
    assert manifest == json.loads((WEB / "extension" / "manifest.json").read_bytes()) | {"version": manifest["version"]}


def test_what_its_files_name_is_there(files: dict[str, bytes]) -> None:
    """No module imports a file, and no manifest and no page names one, that is not packed."""
    named = {("manifest.json", name) for name in _named(json.loads(files["manifest.json"]))}
    for name in (name for name in files if name.endswith((".js", ".html"))):
        found = re.findall(
            r'(?:from|import|src=|href=)\s*\(?"(\.{1,2}/[^"]+|[\w-]+\.(?:js|css))"', files[name].decode()
        )
        named |= {(name, posixpath.normpath(posixpath.join(posixpath.dirname(name), other))) for other in found}
    assert ("background/finding.js", "shared/card.js") in named
    assert [(name, other) for name, other in sorted(named) if other not in files] == []


def _named(manifest: Any) -> set[str]:
    """The files that a manifest names."""
    if isinstance(manifest, str):
        return {manifest} if re.fullmatch(r"[\w/-]+\.(js|html|png|css|json)", manifest) else set()
    values = manifest.values() if isinstance(manifest, dict) else manifest if isinstance(manifest, list) else ()
    return {name for value in values for name in _named(value)}


def test_the_stores_take_it(files: dict[str, bytes]) -> None:
    """Names and descriptions are as short as the stores ask, icons as large as named, no code is from elsewhere."""
    for folder in ("en", "zh_CN"):
        words = json.loads(files[f"_locales/{folder}/messages.json"])
        assert len(words["name"]["message"]) <= 45
        assert len(words["description"]["message"]) <= 132
    for size, name in json.loads(files["manifest.json"])["icons"].items():
        assert files[name][16:24] == int(size).to_bytes(4, "big") * 2  # width and height of a PNG
    scripts = "".join(files[name].decode() for name in files if name.endswith((".js", ".html")))
    assert not re.search(r"\beval\(|new Function\(|importScripts\(|(?:src=|from |import\()\"https?:", scripts)
    assert {name.rpartition(".")[2] for name in files} == {"js", "json", "html", "css", "png"}


def test_the_manual_says_why_each_permission_is_asked_for(files: dict[str, bytes]) -> None:
    """The words for the stores are those of the extension, and have a reason for every permission."""
    said = (WEB / "manual" / "stores.md").read_text("utf-8")
    manifest = json.loads(files["manifest.json"])
    assert all(f"`{permission}`" in said for permission in manifest["permissions"])
    for folder in ("en", "zh_CN"):
        words = json.loads(files[f"_locales/{folder}/messages.json"])
        assert {words["name"]["message"], words["description"]["message"]} <= set(re.split(r" ?\| ?|\n", said))


def test_the_same_server_gives_the_same_bytes(files: dict[str, bytes]) -> None:
    """No date and no order of a folder shows in the archive; another server gives another one."""
    assert archive(SERVER) == archive(SERVER)
    other = members(archive("http://127.0.0.1:8000/"))
    assert {name for name in files if files[name] != other[name]} == {"server.json"}
    assert [*files] == sorted(files)


def test_the_command_makes_an_archive_or_a_folder(tmp_path: Path, files: dict[str, bytes]) -> None:
    """By the end of the name; the same files are in both."""
    file, folder = tmp_path / "extension.zip", tmp_path / "new" / "extension"
    for output in (file, folder):
        ran = pack("-o", output, "--server", SERVER)
        assert (ran.exit_code, ran.output) == (0, f"the extension for {SERVER} is in {output}\n")
    assert file.read_bytes() == archive(SERVER)
    assert laid_out(folder) == files


def test_an_extension_is_replaced(tmp_path: Path, files: dict[str, bytes]) -> None:
    """Who loads it from a folder packs it there again."""
    assert pack("-o", tmp_path).exit_code == 0
    (tmp_path / "matching" / "pack.js").write_text("of another version", "utf-8")
    assert pack("-o", tmp_path, "--server", SERVER).exit_code == 0
    assert laid_out(tmp_path) == files


@pytest.mark.parametrize(
    ("words", "environment", "server"),
    [
        ([], {}, "http://127.0.0.1:8000/"),
        ([], {"GLOSSARY_HOST": "10.0.0.7", "GLOSSARY_PORT": "81"}, "http://10.0.0.7:81/"),
        ([], {"GLOSSARY_ADDRESS": "https://g.example/a"}, "https://g.example/a/"),
        (["--server", "https://g.example"], {"GLOSSARY_ADDRESS": "https://h.example/"}, "https://g.example/"),
    ],
)
def test_the_server_is_the_one_of_the_settings(
    tmp_path: Path, words: list[str], environment: dict[str, str], server: str
) -> None:
    """Unless the command names another one."""
    assert pack("-o", tmp_path / "x", *words, **environment).exit_code == 0
    assert json.loads((tmp_path / "x" / "server.json").read_bytes()) == {"server": server}


@pytest.mark.parametrize(
    ("output", "words", "complaint"),
    [
        ("file/below", [], "file/below: it cannot be written: Not a directory; name a folder that can be written"),
        ("file", [], "file: it cannot be written: Not a directory; name a folder that can be written"),
        ("missing/x.zip", [], "missing/x.zip: it cannot be written: No such file or directory"),
        (".", [], "there is something else in it; name another folder"),
        ("x", ["--server", "glossary.example"], "GLOSSARY_ADDRESS: 'glossary.example' is not an address"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(tmp_path: Path, output: str, words: list[str], complaint: str) -> None:
    """With its place and its remedy, and nothing is written."""
    (tmp_path / "file").write_text("something else", "utf-8")
    ran = pack("-o", tmp_path / output, *words)
    assert ran.exit_code == 1
    assert len(ran.stderr.splitlines()) == 1
    assert complaint in ran.stderr
    assert laid_out(tmp_path) == {"file": b"something else"}


def test_a_server_hands_out_an_extension_that_asks_it(client: FlaskClient) -> None:
    """Its own address is in it, and a name to keep it by."""
    answer = client.get("/extension.zip", base_url="https://glossary.example/words/")
    assert answer.status_code == 200
    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="glossary-extension.zip"'
    assert answer.data == archive(SERVER)


def test_a_server_behind_a_proxy_gives_the_address_of_the_setting(edition_path: Path) -> None:
    """It is also asked by it: at another one there is nothing."""
    client = create_app(Settings(edition=edition_path, address=SERVER)).test_client()
    assert client.get("/extension.zip", base_url=SERVER).data == archive(SERVER)
    assert client.get("/extension.zip", base_url="http://10.0.0.7:8000").status_code == 421


def test_an_extension_that_is_there_already_is_not_sent_again(client: FlaskClient) -> None:
    """Its tag is asked for first; that of another address is another one."""
    tag = client.get("/extension.zip").headers["ETag"]
    again = client.get("/extension.zip", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get("/extension.zip", base_url=SERVER, headers={"If-None-Match": tag})
    assert other.status_code == 200
