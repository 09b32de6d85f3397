"""List the places where a term is used: reports by province, prefecture and place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from glossary_api.model.words import NATIONAL, PROVINCE
from glossary_api.store.edition import Edition
from glossary_api.store.shapes import AppearanceDocument
from glossary_api.text.places import divisions, within

MOST_REPORTS = 200
"""How many reports the list of places names; `/terms/{name}/reports` of the API has all of them."""


@dataclass(frozen=True, slots=True)
class MapSpot:
    """A place with its reports that have the term, earliest first."""

    name: str | None
    reports: tuple[AppearanceDocument, ...]
    """`{"id","place","year","usages","defines"}`."""


@dataclass(frozen=True, slots=True)
class Prefecture:
    """The places of a prefecture; without a name those that lie right below their province, or are it."""

    name: str | None
    spots: tuple[MapSpot, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A province, the nation, or what no code says where it is."""

    kind: str
    """`national`, `province` or `unknown`."""
    name: str | None
    prefectures: tuple[Prefecture, ...]
    reports: int
    usages: int


def by_place(edition: Edition, document: Mapping[str, Any]) -> list[Area]:
    """Return the first reports of a term by where they are from: the nation first, then provinces by code."""
    blocks = edition.title_blocks
    areas: defaultdict[tuple[int, str], defaultdict[str, list[AppearanceDocument]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for report in edition.appearances(document["name"], MOST_REPORTS).items:
        code = blocks[report["id"]]["place_code"] or ""
        national = blocks[report["id"]]["level"] == NATIONAL
        area = (0, NATIONAL) if national else (1, within(code)[0]) if code else (2, "")
        areas[area][(within(code)[1] or "") if code else ""].append(report)
    return [_area(key, areas[key]) for key in sorted(areas)]


def _area(key: tuple[int, str], groups: dict[str, list[AppearanceDocument]]) -> Area:
    order, code = key
    kind = (NATIONAL, PROVINCE, "unknown")[order]
    prefectures = tuple(
        Prefecture(divisions().get(prefecture), _spots(groups[prefecture])) for prefecture in sorted(groups)
    )
    reports = [report for group in groups.values() for report in group]
    usages = sum(report["usages"] for report in reports)
    return Area(kind, divisions().get(code), prefectures, len(reports), usages)


def _spots(reports: Sequence[AppearanceDocument]) -> tuple[MapSpot, ...]:
    spots: defaultdict[str | None, list[AppearanceDocument]] = defaultdict(list)
    for report in reports:
        spots[report["place"]].append(report)
    return tuple(MapSpot(name, tuple(sorted(spots[name], key=lambda r: r["year"] or 0))) for name in spots)
