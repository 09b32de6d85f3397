"""Lists of files and the fate of each, for people and programs: as CSV, as JSON, as the rows of a manifest."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import orjson

from glossary_api.errors import ReadError
from glossary_api.harvesting.manifest import ALONE, NAMES, ManifestRow
from glossary_api.model.things import Harvest
from glossary_api.model.words import NO_REPORT
from glossary_api.text.cells import guarded

_COLUMNS = (
    *("file", "outcome", "report", "genre", "place", "year", "format", "chars"),
    *("left_out", "why", "doubts", "reason"),
)
_ELSEWHERE = "name-another-file-with-report"
_HEAD_BYTES = 2000
_OWN = re.compile(
    rb"\Z|\xef\xbb\xbffile,outcome,report,|\[\s*(?:\]|\{\s*\"file\": \"(?:[^\"\\]|\\.)*\",\s*\"outcome\":)"
)
"""How an account begins that was written before; an empty file has nothing to lose."""


def account(harvested: Harvest, language: str) -> Iterator[dict[str, object]]:
    """Yield for each file what it was taken for, what was read and left out and why, and what is doubtful in the words
    of a language.
    """
    for file in harvested.files:
        yield {
            "file": file.name,
            "outcome": file.outcome,
            "report": file.report,
            "genre": file.genre,
            "place": file.place,
            "year": file.year,
            "format": file.format,
            "chars": file.chars,
            "left_out": [
                {"reason": one.reason, "characters": one.characters, "pieces": one.pieces} for one in file.left_out
            ],
            "doubts": [doubt.said(language) for doubt in file.doubts],
            "reason": file.reason.said(language) if file.reason else "",
        }


def check_account(path: Path) -> None:
    """Raise ReadError if an account written to `path` would replace anything else, or be taken for a manifest."""
    if path.suffix not in WRITERS:
        raise ReadError("is-neither-csv-nor-json", place=str(path), remedy="name-such-file-with-report")
    if path.name in NAMES:
        raise ReadError("is-called-as-manifests-are", place=str(path), remedy=_ELSEWHERE)
    if path.exists() and not (path.is_file() and _OWN.match(_head_of(path))):
        raise ReadError("is-there-already-and-no-account", place=str(path), remedy=_ELSEWHERE)


def _head_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD_BYTES)


def as_json(harvested: Harvest, language: str) -> bytes:
    """Return the account of a harvest as a JSON list."""
    return orjson.dumps(list(account(harvested, language)), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def as_csv(harvested: Harvest, language: str) -> bytes:
    """Return the account of a harvest as CSV in UTF-8 with a byte order mark, a row for each file."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    table.writeheader()
    for row, file in zip(account(harvested, language), harvested.files, strict=True):
        row |= {
            "left_out": sum(one.characters for one in file.left_out),
            "why": "; ".join(one.message.said(language) for one in file.left_out),
            "doubts": "; ".join(doubt.said(language) for doubt in file.doubts),
        }
        table.writerow({name: "" if value is None else guarded(str(value)) for name, value in row.items()})
    return b"\xef\xbb\xbf" + text.getvalue().encode()


WRITERS: Mapping[str, Callable[[Harvest, str], bytes]] = {".csv": as_csv, ".json": as_json}
"""How an account is written, by the suffix of its file."""


def manifest_rows(harvested: Harvest, rows: Mapping[str, ManifestRow]) -> Iterator[dict[str, object]]:
    """Yield a row of a manifest for each file, with what was understood; harvested with it, the files give the same.

    `rows` are those of the manifest before it, by file.
    """
    for file in harvested.files:
        said = {name: getattr(file, name) for name in ("place", "year", "date", "title", "address", "genre")}
        before = rows.get(file.name)
        if before and before.genre == NO_REPORT:
            said["genre"] = NO_REPORT
        belongs_to = ALONE if before and before.alone else file.part_of
        note = "; ".join(map(str, filter(None, (file.reason, *file.doubts))))
        yield {"file": file.name, **said, "belongs_to": belongs_to, "note": note}
