"""The files of a harvest: which there are, what they are called, and the manifests beside them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from glossary_api.errors import ReadError
from glossary_api.harvesting.manifest import ManifestRow, is_manifest, read_manifest
from glossary_api.harvesting.taking import printable


@dataclass(frozen=True, slots=True)
class Pile:
    """The files of a harvest by name, and what manifests say of them, by the same names."""

    files: Mapping[str, Path]
    rows: Mapping[str, ManifestRow]


def pile_of(paths: Iterable[Path], manifest: Path | None = None) -> Pile:
    """Name the files that the paths name and read their manifests: the one given, or those found in the folders.

    A file goes by its path from the folder that was named on, with that folder before it if another path was named
    first: so none of an edition is called otherwise when further ones are added. Raises ReadError when a path does not
    exist or a folder has no files, ManifestError when a row is wrong.
    """
    found: dict[Path, str] = {}
    for number, path in enumerate(paths):
        for file in files_of([path]):
            name = str(file.relative_to(path.parent if number else path)) if path.is_dir() else file.name
            found.setdefault(file, name)
    taken: dict[str, Path] = {}
    for file, name in found.items():
        taken[next(one for one in (name, *_longer(file)) if one not in taken)] = file
    if manifest is not None:
        files = {name: file for name, file in taken.items() if not _is(file, manifest)}
        return Pile(files, read_manifest(manifest, files))
    manifests = [file for file in found if is_manifest(file)]
    files = {name: file for name, file in taken.items() if file not in manifests}
    rows: dict[str, ManifestRow] = {}
    for one in manifests:
        rows |= read_manifest(one, files)
    return Pile(files, rows)


def _longer(file: Path) -> Iterator[str]:
    """Yield names for a file whose own name another has: with ever more of its folders; where it stands is said
    last.
    """
    yield from ("/".join(file.parts[-number:]) for number in range(2, len(file.parts)))
    yield str(file)


def _is(file: Path, other: Path) -> bool:
    return file.exists() and other.exists() and file.samefile(other)


def files_of(paths: Iterable[Path]) -> list[Path]:
    """Return the files that the paths name, those in folders included, in a stable order; hidden files are left out.

    Raises ReadError when a path does not exist or a folder has no files.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = _inside(path)
            if not inside:
                raise ReadError("folder-has-no-files", place=printable(path), remedy="name-a-folder-with-reports")
            found += inside
        elif path.exists() or path.is_symlink():  # a link that leads nowhere is listed when it is read
            found.append(path)
        else:
            raise ReadError("there-is-no-such-file", place=printable(path), remedy="check-path")
    return list(dict.fromkeys(found))


def _inside(folder: Path) -> list[Path]:
    """Return the files in a folder at any depth, in a stable order; a folder that cannot be listed stands for its
    files.
    """
    closed: list[Path] = []
    walk = os.walk(folder, onerror=lambda error: closed.append(Path(error.filename)))
    return sorted([Path(at, name) for at, _, names in walk for name in names if not name.startswith(".")] + closed)
