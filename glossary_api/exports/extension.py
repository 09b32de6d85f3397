"""The browser extension, packed: its files, those that it shares with the site, and the address of a server in them."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterator
from pathlib import Path

import orjson

from glossary_api.errors import GlossaryError
from glossary_api.exports.archive import Archive

_WEB = Path(__file__).parent.parent / "web"
_MANIFEST, _SERVER = "manifest.json", "server.json"
_FOLDERS = (("extension", ""), ("shared", "shared/"))
"""Folders below `_WEB`, each with what the names of its files begin with in the extension."""


def files(server: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file of the extension, by name; `server` is the root of the server that it asks."""
    found = {name: path for folder, prefix in _FOLDERS for name, path in _below(_WEB / folder, prefix)}
    for name, path in sorted(found.items()):
        content = path.read_bytes()
        if name == _MANIFEST:
            content = _with(content, version=_version())
        elif name == _SERVER:
            content = _with(content, server=server)
        yield name, content


def archive(server: str) -> bytes:
    """Return the extension as a zip archive; the same files and server give the same bytes."""
    packed = Archive()
    for name, content in files(server):
        packed.add(name, content)
    return packed.end()


def unpack(server: str, folder: Path) -> None:
    """Unpack the extension into a folder that is new or empty, or replace the extension in it.

    Raises GlossaryError when there is something else in it, or when it cannot be written.
    """
    try:
        if folder.is_dir() and any(folder.iterdir()) and not (folder / _SERVER).exists():
            raise GlossaryError("folder-has-something-else", place=str(folder), remedy="name-another-folder")
        for name, content in files(server):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        raise GlossaryError(
            "cannot-be-written", place=str(folder), remedy="name-writable-folder", why=error.strerror
        ) from error


def _below(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in name.parts):
            yield prefix + name.as_posix(), path


def _with(content: bytes, **values: str) -> bytes:
    return orjson.dumps(orjson.loads(content) | values, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _version() -> str:
    """Return the package's version as browsers take it: one to four numbers."""
    found = re.match(r"\d+(\.\d+){0,3}", importlib.metadata.version("glossary-api"))
    return found[0] if found else "0"
