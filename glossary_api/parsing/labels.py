"""The names of a document: that of its file, those of its folders, and the record of a data set that it comes from.

All of it speaks only where the text is silent: 江苏2025.txt, 2019年政府工作报告.txt, 海拉尔区/2012.txt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from glossary_api.model.things import Document
from glossary_api.model.words import COUNTY, NAME, NATIONAL, RECORD
from glossary_api.parsing.genre import genre_by, is_resolution
from glossary_api.parsing.patterns import any_of
from glossary_api.parsing.speaker import looks_like_name
from glossary_api.text.folding import plain
from glossary_api.text.printed_places import Division, Divisions

_SUFFIX = re.compile(r"\.[a-z]{2,5}(?:#\d+)?$")
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|-|\.|/)(1[0-2]|0?[1-9])(?:月|-|\.|/)(3[01]|[12]\d|0?[1-9])(?!\d)日?")
_YEAR = re.compile(r"(?<!\d)(?:19[4-9]\d|20\d\d)(?!\d|年远景)")
_HAN_YEAR = re.compile(r"[一二][九〇零○][〇零○一二三四五六七八九]{2}(?=年)")
_MEETING = re.compile(any_of("wordings", "meeting-in-name"))
_TITLE = re.compile(any_of("wordings", "title-in-name"))
_CUT = re.compile(any_of("wordings", "between-names"))
_GOVERNED = re.compile(any_of("wordings", "governed"))
_WORDS = re.compile(any_of("wordings", "words-of-files"))
_VERSIONS = re.compile(any_of("wordings", "versions-of-files"))


@dataclass(frozen=True, slots=True)
class Label:
    """The facts that one of the names or the record of a document states; None for those it does not."""

    title: str | None = None
    place: Division | None = None
    year: int | None = None
    date: str | None = None
    meeting: str | None = None
    speaker: str | None = None
    genre: str | None = None
    resolution: bool = False
    """Whether it names a resolution about a report."""


def labels_of(document: Document) -> tuple[tuple[str, Label], ...]:
    """Return the labels of a document, each with the one of ORIGINS that it comes from, the nearest to the text
    first.
    """
    said = dict(document.record)
    folders = [folder for folder in reversed(document.folder.split("/")) if folder]
    own = _of_name(_SUFFIX.sub("", plain(document.own_name)), "".join(folders))
    found = [(RECORD, _of_record(said))] if said else []
    found.append((NAME, own))
    found += ((NAME, _of_folder(plain(folder), "".join(folders[n + 1 :]))) for n, folder in enumerate(folders))
    return tuple(found)


def filled(label: Label, others: tuple[tuple[str, Label], ...]) -> tuple[Label, tuple[tuple[str, str], ...]]:
    """Return a label with what it does not say taken from others in their order, and who said each of these fields."""
    values = {one.name: getattr(label, one.name) for one in fields(Label)}
    guessed: dict[str, str] = {}
    for origin, other in others:
        for name, value in values.items():
            if value is None and (said := getattr(other, name)) is not None:
                guessed.setdefault(name, origin)
                values[name] = said
    return Label(**values), tuple(sorted(guessed.items()))


def place_named(document: Document) -> Division | None:
    """Return the place that the name of a document states, else the nearest of its folders that states one."""
    return next((label.place for origin, label in labels_of(document) if origin == NAME and label.place), None)


def _of_record(said: Mapping[str, str]) -> Label:
    title = "".join(said.get("title", "").split())
    own = _of_name(plain(title), "")
    place = Divisions.published().called(plain(said.get("place", "").strip())) or own.place
    day = _day(said.get("date", "")) or own.date
    years = [_year(said.get(field, "")) for field in ("year", "date")]
    year = next((found for found in (*years, own.year, _year(said.get("published", ""))) if found), None)
    return Label(
        title=title or None,
        place=place,
        year=int(day[:4]) if day else year,
        date=day,
        meeting=own.meeting,
        speaker=said.get("speaker", "").strip() or own.speaker,
        genre=own.genre,
        resolution=own.resolution,
    )


def _of_name(name: str, context: str) -> Label:
    """Return what a name in plain form says; `context` may name the divisions above a place of several."""
    meeting, day = _MEETING.search(name), _day(name)
    without = _MEETING.sub(" ", _DAY.sub(" ", name))
    pieces = [piece for piece in _CUT.sub(" ", without).split() if piece]
    title = _TITLE.search(name)
    squeezed = re.sub(r"[\s_\-]+", "", name)
    return Label(
        title=title.group() if title and genre_by([title.group()]) else None,
        place=_place(pieces, name, context),
        year=int(day[:4]) if day else _year(name),
        date=day,
        meeting=meeting.group().rpartition("在")[2] if meeting else None,  # 某市长在|某市第…届…会议
        speaker=_speaker(pieces) if title else None,
        genre=genre_by([title.group()] if title else [squeezed]),
        resolution=is_resolution(squeezed),
    )


def _of_folder(folder: str, context: str) -> Label:
    """Return the place or the year that the name of a folder states by itself: 海拉尔区, 江苏2025; not the nation, nor
    a county without 县 or 区.

    全国 and 中国 are names of collections, and 合作, 平安 and 解放 are ordinary words.
    """
    place = _place(_CUT.sub(" ", folder).split(), folder, context)
    if place and (place.level == NATIONAL or (place.level == COUNTY and place.name not in folder)):
        place = None
    return Label(place=place, year=_year(folder))


def _place(pieces: list[str], name: str, context: str) -> Division | None:
    """Return the one division that a piece names, of several the last; a council's report is the nation's."""
    if "国务院" in name:
        return Divisions.published().called("国务院")
    found = [
        place
        for n, piece in enumerate(pieces)
        if (place := Divisions.published().called(_WORDS.sub("", piece), "".join(pieces[:n]) + context))
    ]
    if not found and (governed := _GOVERNED.search(name)):
        return Divisions.published().find(governed[1], context)
    return found[-1] if found else None


def _speaker(pieces: list[str]) -> str | None:
    """Return the only piece beside the title that looks like the name of a person."""
    found = [piece for piece in pieces if looks_like_name(piece) and not _VERSIONS.search(piece)]
    return found[0] if len(found) == 1 else None


def _day(printed: str) -> str | None:
    found = _DAY.search(printed)
    try:
        return date(*map(int, found.groups())).isoformat() if found else None
    except ValueError:
        return None


def _year(printed: str) -> int | None:
    """Return the only year that a name says; None for 2021-2025."""
    years = {int(year) for year in _YEAR.findall(printed)}
    for found in _HAN_YEAR.findall(printed):
        years.add(
            int("".join(str("〇一二三四五六七八九".index(c.replace("零", "〇").replace("○", "〇"))) for c in found))
        )
    return years.pop() if len(years) == 1 else None
