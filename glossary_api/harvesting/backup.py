"""Back up what an edition is made of, with what people decided and who may, in one archive; and restore it.

The archive is a tar file, compressed with gzip. Its last member, `backup.json`, has the SHA-256 of every other one, so
that an archive that was cut short or changed is known as such before anything is restored.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from glossary_api.curation.tokens import tokens_beside
from glossary_api.errors import ReadError
from glossary_api.harvesting.cache import cache_of, opened
from glossary_api.harvesting.harvest import beside, remembered, seed_reports, tables_of
from glossary_api.harvesting.pile import files_of
from glossary_api.settings import Settings
from glossary_api.store.edition import Edition
from glossary_api.store.saving import alone, complete

LAST = "backup.json"
LOG, TOKENS, EDITION = "decisions.jsonl", "tokens.json", "glossary.db"
"""What the log, the tokens and the edition are called in a restored folder."""
_REPORTS, _RENDERINGS = "reports", "renderings"
_VERSION = 1
_PIECE = 1 << 20
_Digests = dict[str, str]


def back_up(settings: Settings, target: Path) -> int:
    """Write an archive of what the edition of the settings is made of; return how many files are in it.

    Raises ReadError if it is not known what the edition was made of, or a file cannot be read or written.
    """
    pile = _pile(settings)
    said = {"version": _VERSION, "edition": Edition.open(settings.edition).hash, **_inside(pile)}
    place = target
    try:
        with complete(target) as unfinished:
            unfinished.chmod(0o600)
            with tarfile.open(unfinished, "w:gz") as archive:
                digests: _Digests = {}
                for name, place in _files(pile):
                    _put(archive, name, place.read_bytes(), digests)
                for name, place in _kept(settings.decision_log):
                    with alone(place):
                        _put(archive, name, place.read_bytes(), digests)
                _put(archive, LAST, json.dumps(said | {"files": digests}, ensure_ascii=True, indent=1).encode(), {})
    except OSError as error:
        raise ReadError(
            "cannot-be-copied", place=str(place), remedy="check-path", why=error.strerror or error
        ) from error
    return len(digests)


def _kept(log: Path) -> list[tuple[str, Path]]:
    """Return the log and the tokens beside it, those that there are."""
    return [(name, path) for name, path in ((LOG, log), (TOKENS, tokens_beside(log))) if path.exists()]


def _pile(settings: Settings) -> dict[str, Any]:
    """Return what the edition was made of, the renderings that a harvest would find by itself among it."""
    said = remembered(settings.edition)
    paths = [Path(path) for path in said["paths"]]
    renderings = [Path(path) for path in said["renderings"]] or [*(settings.curated or beside(paths))]
    is_seed = not paths or files_of(paths) == seed_reports()
    return {**said, "paths": [] if is_seed else paths, "renderings": [path.absolute() for path in renderings]}


def _inside(pile: Mapping[str, Any]) -> dict[str, Any]:
    """Return the pile with the names that its paths have in the archive."""
    return {
        "paths": [_name(_REPORTS, path) for path in pile["paths"]],
        "manifest": _name(_REPORTS, Path(pile["manifest"])) if pile["manifest"] else None,
        "renderings": [_name(_RENDERINGS, path) for path in pile["renderings"]],
        "columns": pile["columns"],
    }


def _files(pile: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    reports = files_of(pile["paths"]) if pile["paths"] else []
    manifest = [Path(pile["manifest"])] if pile["manifest"] else []
    for path in dict.fromkeys([*reports, *manifest]):
        yield _name(_REPORTS, path), path
    for path in dict.fromkeys(tables_of(pile["renderings"])):
        yield _name(_RENDERINGS, path), path


def _name(room: str, path: Path) -> str:
    """Return the name of a file in the archive: its folders, which may say whose report it is, stay."""
    return f"{room}{path.absolute().as_posix()}"


def _put(archive: tarfile.TarFile, name: str, content: bytes, digests: _Digests) -> None:
    about = tarfile.TarInfo(name)
    about.size, about.mode = len(content), 0o600
    archive.addfile(about, io.BytesIO(content))
    digests[name] = hashlib.sha256(content).hexdigest()


def restore(source: Path, folder: Path) -> str:
    """Restore an archive into an empty folder, or a new one; return the hash of the edition that it was made beside.

    `add` makes that edition there. Raises ReadError, before anything is written, if the archive is none or not whole,
    or the folder is not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ReadError("is-no-empty-folder", place=str(folder), remedy="name-empty-or-new-folder")
    said = _verified(source)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _members(source) as members:
            for name, content in members:
                if name != LAST:
                    _write(folder.joinpath(*PurePosixPath(name).parts), content)
    except OSError as error:
        raise ReadError(
            "cannot-be-written", place=str(folder), remedy="name-writable-file", why=error.strerror
        ) from error
    with opened(cache_of(folder / EDITION)) as kept:
        kept.remember(_outside(said, folder.absolute()), "")
    edition: str = said["edition"]
    return edition


def _outside(said: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return the pile with the paths that it has in the restored folder."""
    at = {name: [str(folder / one) for one in said[name]] for name in ("paths", "renderings")}
    at["paths"] = at["paths"] or [str(path) for path in seed_reports()]
    manifest = str(folder / said["manifest"]) if said["manifest"] else None
    return {**at, "manifest": manifest, "columns": said["columns"], "decisions": str(folder / LOG)}


def _verified(source: Path) -> dict[str, Any]:
    """Return what an archive says of itself, every file of it held against its digest."""
    _read_to_its_end(source)
    found: _Digests = {}
    said: dict[str, Any] | None = None
    with _members(source) as members:
        for name, content in members:
            if name in found or not _is_ours(name):
                raise ReadError("backup-has-foreign-file", place=str(source), remedy="take-another-backup", name=name)
            found[name] = _digest(content)
            if name == LAST:
                content.seek(0)
                said = json.load(content)
    if said is None or said.get("version") != _VERSION:
        raise ReadError("is-no-whole-backup", place=str(source), remedy="take-another-backup")
    del found[LAST]
    wrong = sorted(name for name in {*found, *said["files"]} if found.get(name) != said["files"].get(name))
    if wrong:
        raise ReadError("backup-is-damaged", place=str(source), remedy="take-another-backup", name=wrong[0])
    return said


def _read_to_its_end(source: Path) -> None:
    """Read what the checksum at the end of an archive holds for. Raises ReadError if it is another."""
    with _said_so(source), gzip.open(source) as whole:
        while whole.read(_PIECE):
            pass


@contextmanager
def _members(source: Path) -> Iterator[Iterable[tuple[str, IO[bytes]]]]:
    """Yield the files of an archive, by name. Raises ReadError if it is none, or is cut short."""
    with _said_so(source), tarfile.open(source, "r:gz") as archive:
        yield ((one.name, _content(archive, one)) for one in archive)


@contextmanager
def _said_so(source: Path) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError, zlib.error, ValueError, KeyError) as error:
        raise ReadError("is-no-whole-backup", place=str(source), remedy="take-another-backup") from error
    except OSError as error:
        if error.filename:
            raise ReadError("cannot-be-read", place=str(source), remedy="check-path", why=error.strerror) from error
        raise ReadError("is-no-whole-backup", place=str(source), remedy="take-another-backup") from error


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    """Return the content of a file. Raises TarError for a link, a folder or what else `back_up` never writes."""
    content = archive.extractfile(member) if member.isreg() else None
    if content is None:
        raise tarfile.TarError(member.name)
    return content


def _is_ours(name: str) -> bool:
    """Return whether a name is one that `back_up` gives, and leads nowhere else."""
    parts = PurePosixPath(name).parts
    inside = len(parts) > 1 and parts[0] in (_REPORTS, _RENDERINGS) and ".." not in parts
    return name in (LOG, TOKENS, LAST) or (inside and "\0" not in name)


def _digest(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := content.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _write(path: Path, content: IO[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if path.name == TOKENS else 0o644)
    with open(descriptor, "wb") as file:
        while piece := content.read(_PIECE):
            file.write(piece)
        file.flush()
        os.fsync(descriptor)
