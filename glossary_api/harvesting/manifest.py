"""Manifests: files (`reports.csv`, `reports.jsonl`) in which a person describes the files of a pile.

A row names a file and says what is to be taken for true of it, whatever its text, its record or its name says. An empty
cell says nothing. `glossary-api manifest` writes one that is filled with what was understood.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from glossary_api.errors import GlossaryError, ManifestError, ReadError
from glossary_api.model.messages import Message
from glossary_api.model.things import Report
from glossary_api.model.words import GENRES, MANIFEST, NO_REPORT
from glossary_api.reading.plain_text import read_text
from glossary_api.text.cells import guarded, unguarded
from glossary_api.text.printed_places import Division, Divisions

NAMES = ("reports.csv", "reports.jsonl")
"""What a manifest is called that is found without being named."""
COLUMNS = ("file", "place", "year", "date", "title", "address", "genre", "belongs_to", "note")
"""`note` is for people and says nothing to the program."""
ALONE = "-"
"""In `belongs_to`: the file is a report of its own, whatever it looks like."""
_ADDRESS = re.compile(r"https?://[^\s/]+\S*")
_YEARS = range(1900, 2101)
_GENRES = Message("use-one-of-genres", genres=", ".join(GENRES), none=NO_REPORT)
_QUOTED = "enclose-cell-in-quotation-marks"

Naming = Callable[[str], str | None]
"""From a file as a manifest names it to its name in the harvest."""
Check = Callable[[str], object]
"""From a printed value to what it says; None if it cannot be one."""


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """The row of a manifest for one file; None, or empty, for fields that it does not have."""

    file: str
    """As in `HarvestedFile.name`."""
    place: Division | None = None
    year: int | None = None
    date: str | None = None
    title: str | None = None
    address: str | None = None
    genre: str | None = None
    """One of GENRES, or NO_REPORT."""
    belongs_to: str = ""
    """The file whose report it is a part of."""
    alone: bool = False
    """Whether it is a report of its own for certain."""

    def corrected(self, report: Report) -> Report:
        """Return the report with what the row says otherwise, and says so of it."""
        said = {name: getattr(self, name) for name in ("year", "date", "title", "address", "genre")}
        if self.date and not self.year:
            said["year"] = int(self.date[:4])
        place = self.place
        if place and (place.name != report.place or (place.code and place.code != report.place_code)):
            said |= {"place": place.name, "place_code": place.code, "level": place.level}
        changed = {name: value for name, value in said.items() if value not in (None, getattr(report, name))}
        if place and "place" in said:
            changed |= {"place_code": place.code, "level": place.level}
        guessed = dict(report.guessed) | dict.fromkeys(changed.keys() - {"place_code", "level"}, MANIFEST)
        return replace(report, **changed, guessed=tuple(sorted(guessed.items())))


def is_manifest(path: Path) -> bool:
    """Tell whether a file is called as a manifest is and its first record names a file, and holds no text."""
    if path.name not in NAMES:
        return False
    try:
        _, fields = next(_records(path), (1, {}))
    except GlossaryError:
        return False
    return "file" in fields and not {"text", "content", "正文"} & fields.keys()


def read_manifest(path: Path, known: Mapping[str, Path]) -> dict[str, ManifestRow]:
    """Read a manifest: its rows by file. `known` are the files of the harvest by name.

    A row names a file by its path from the folder of the manifest on, or as `known` does, with `#n` behind it for a
    record. Raises ManifestError with a line for each thing that is wrong.
    """
    problems: list[GlossaryError] = []
    rows: dict[str, ManifestRow] = {}
    names = {place.resolve(): name for name, place in known.items()}
    columns: set[str] = set()
    for line, fields in _records(path):
        place = f"{path}:{line}"
        problems += _unknown_columns(place, fields.keys() - columns)
        columns |= fields.keys()
        name = _named(fields.get("file", ""), path.parent, known, names)
        if name is None:
            problems.append(
                _problem(place, "file", Message("there-is-no-file", name=fields.get("file", "")), "check-path")
            )
        elif name in rows:
            problems.append(_problem(place, "file", Message("has-row-already", name=name), "leave-one-of-two"))
        else:
            rows[name], wrong = _row(name, fields, place, lambda to: _named(to, path.parent, known, names))
            problems += wrong
    problems += _chains(path, rows)
    if problems:
        raise ManifestError(problems)
    return rows


def write_manifest(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Return the CSV file of rows with the columns of COLUMNS, in UTF-8 with a byte order mark, as Excel wants it."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows({name: "" if value is None else guarded(str(value)) for name, value in row.items()} for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def _records(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line and fields of each row; raises ManifestError for what is no table or no JSON."""
    try:
        text = read_text(path.read_bytes())
    except (OSError, ReadError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ManifestError([ReadError("cannot-be-read", place=str(path), why=reason)]) from error
    if path.suffix == ".jsonl":
        yield from _json_rows(path, text)
        return
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    try:
        for row in rows:
            if not header:
                header = [name.strip().lower() for name in row]
            elif any(unguarded(cell.strip()) for cell in row):
                if len(row) > len(header):
                    raise ManifestError(
                        [_problem(f"{path}:{rows.line_num}", "", Message("more-cells-than-columns"), _QUOTED)]
                    )
                yield rows.line_num, dict(zip(header, (cell.strip() for cell in row), strict=False))
    except csv.Error as error:
        raise ManifestError(
            [_problem(f"{path}:{rows.line_num}", "", Message("is-no-csv", why=str(error)), _QUOTED)]
        ) from error


def _json_rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise ManifestError(
                [_problem(f"{path}:{number}", "", Message("is-no-json-object"), "write-one-object-a-line")]
            )
        yield number, {str(name).lower(): "" if value is None else str(value).strip() for name, value in found.items()}


def _problem(place: str, column: str, message: Message, remedy: str | Message) -> GlossaryError:
    return GlossaryError(message, place=f"{place}:{column}" if column else place, remedy=remedy)


def _unknown_columns(place: str, fields: Collection[str]) -> Iterator[GlossaryError]:
    for name in sorted(fields):
        if name not in COLUMNS:
            yield _problem(place, name, Message("is-unknown-column"), Message("use-columns", names=", ".join(COLUMNS)))


def _named(printed: str, folder: Path, known: Mapping[str, Path], names: Mapping[Path, str]) -> str | None:
    """Return the name in the harvest of a file that a manifest in a folder names; None if there is none."""
    parts = re.fullmatch(r"(.*?)([#!].*)?", printed, re.S)
    for file, rest in ((printed, ""), (parts[1] or "", parts[2] or "") if parts else (printed, "")):
        if not file:
            continue
        if file in known:
            return file + rest
        if name := names.get((folder / file).resolve()):
            return name + rest
    return None


def _row(name: str, fields: Mapping[str, str], place: str, to: Naming) -> tuple[ManifestRow, list[GlossaryError]]:
    """Return a row, and what is wrong in it."""
    problems: list[GlossaryError] = []
    checks: Sequence[tuple[str, Check, str, str | Message]] = (
        ("place", _division, "is-no-place", "write-whole-name-of-division"),
        ("year", _year, "is-no-year", "write-such-as-year"),
        ("date", _date, "is-no-day", "write-such-as-day"),
        ("address", lambda v: v if _ADDRESS.fullmatch(v) else None, "is-no-web-address", "write-such-as-web-address"),
        ("genre", lambda v: v if v in (*GENRES, NO_REPORT) else None, "is-no-genre", _GENRES),
        (
            "belongs_to",
            lambda v: ALONE if v == ALONE else to(v),
            "is-no-file-of-harvest",
            "name-file-as-in-column-file",
        ),
    )
    values: dict[str, object] = {"title": fields.get("title") or None}
    for column, check, wrong, remedy in checks:
        printed = fields.get(column, "")
        values[column] = check(printed) if printed else None
        if printed and values[column] is None:
            problems.append(_problem(place, column, Message(wrong, printed=printed), remedy))
    belongs = values.pop("belongs_to")
    row = ManifestRow(name, belongs_to=str(belongs or "").removeprefix(ALONE), alone=belongs == ALONE)
    return replace(row, **values), problems  # type: ignore[arg-type]


def _chains(path: Path, rows: Mapping[str, ManifestRow]) -> Iterator[GlossaryError]:
    """Return what belongs to itself, or to a file that belongs to another."""
    for row in rows.values():
        other = rows.get(row.belongs_to)
        if row.belongs_to == row.file or (other and other.belongs_to):
            message = Message("belongs-to-a-part", name=row.file)
            yield _problem(str(path), "belongs_to", message, "name-first-file-of-report")


def _division(printed: str) -> Division | None:
    """Return the division that a person names; one that is in no table is taken as it is written."""
    divisions = Divisions.published()
    if known := divisions.called(printed):
        return known
    found = divisions.find(printed)
    return found if found is None or found.name == printed else Division(printed, None, found.level)


def _year(printed: str) -> int | None:
    return int(printed) if re.fullmatch(r"\d{4}", printed) and int(printed) in _YEARS else None


def _date(printed: str) -> str | None:
    try:
        return date.fromisoformat(printed).isoformat()
    except ValueError:
        return None
