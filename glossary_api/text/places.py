"""Divisions of China by their GB/T 2260 codes, and places as callers write them.

Six digits: two for the province, two for the prefecture, two for the county. The names are a published list
(`divisions.json`, its source is named in it), not typed in. Every parameter, field, form and option that names a place
goes by one rule: it may be named by its code, by its full name (昆山市), by its name without rank or nations (昆山,
恩施), or by either behind those of what it lies in (苏州市昆山市, 江苏省苏州市昆山市, 江苏昆山). `standing` says
whether a rendering is used at a place and on a day.
"""

from __future__ import annotations

import functools
import json
import re
import types
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any, NamedTuple

from glossary_api.errors import BadParameter
from glossary_api.model.messages import Message

SAME_PLACE, SAME_PREFECTURE, SAME_PROVINCE, ELSEWHERE = range(4)

MUNICIPALITIES = ("11", "12", "31", "50")
RANKS = "特别行政区|自治区|自治州|自治县|自治旗|地区|新区|园区|林区|矿区|省|市|县|区|州|盟|旗"
"""Words that the names of divisions down to counties end with."""
TOWNSHIP_RANKS = "街道|苏木|镇|乡"
"""The same for townships."""
_RANK = re.compile(f"({RANKS}|{TOWNSHIP_RANKS})$")
_NATIONS = re.compile(
    "(蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇"
    "|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固"
    "|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各)族|(?<=新疆)维吾尔|(?<=..)(蒙古|柯尔克孜|哈萨克|锡伯|塔吉克)$"
)
"""The nations that the name of an autonomous division goes on with: 恩施土家族苗族自治州."""
NATION_NAMES = {"中国", "全国", "国务院", "中央人民政府", "中华人民共和国", "中华人民共和国国务院"}
"""What the nation is called where a place is named."""
HELD, UNDECIDED, NOT_HELD = STANDINGS = ("held", "undecided", "not-held")
"""Of a rendering, best first: it is used there and then, nobody can say whether it is, it is not."""
LONGEST_PLACE = 100
"""Code points that the name of a place may have."""
SUGGESTIONS = 5
"""How many places an error names at most."""

_CODE = re.compile(r"[0-9]{6}")
_ALIKE = 50.0  # ratio of equal characters in per cent, below which two names have nothing to do with each other


@functools.cache
def divisions() -> Mapping[str, str]:
    """Return the names of all divisions down to the county, by code."""
    listed: dict[str, str] = json.loads(files(__package__).joinpath("divisions.json").read_text("utf-8"))["divisions"]
    return types.MappingProxyType(listed)


def without_rank(name: str) -> str:
    """Return the name of a division without the rank at its end: 昆山 for 昆山市.

    Unchanged if less than two signs remain.
    """
    stem = _RANK.sub("", name)
    return stem if len(stem) > 1 else name


def without_nations(name: str) -> str:
    """Return the name of an autonomous division without its nations and rank: 恩施 for 恩施土家族苗族自治州."""
    if "自治" not in name:
        return name
    stem = _NATIONS.split(without_rank(name), maxsplit=1)[0]
    return stem if len(stem) > 1 else name


def without_nations_but_rank(name: str) -> str | None:
    """Return how people call an autonomous division, 恩施州 for 恩施土家族苗族自治州; None for any other."""
    bare = without_nations(name)
    return bare + name[-1] if bare != name else None


def within(code: str) -> tuple[str, str | None]:
    """Return codes of the province and the prefecture that a division lies in or is.

    None for the prefecture of a province, of a district of a municipality and of a county right below its province.
    """
    province, prefecture = code[:2] + "0000", code[:4] + "00"
    return province, None if prefecture == province or prefecture not in divisions() else prefecture


def lies_in(code: str, other: str) -> bool:
    """Tell whether a division is another one or lies in it."""
    return code.startswith(other.removesuffix("00").removesuffix("00"))


def distance(code: str | None, other: str | None) -> int:
    """Return 0 for the same place, 1 same prefecture, 2 same province, 3 elsewhere or unknown.

    A division and the one above it are as far apart as the level they share says: a county and its own
    prefecture 1, a county and its own province 2. Districts of one municipality share a prefecture.
    """
    if code is None or other is None or code[:2] != other[:2]:
        return ELSEWHERE
    if code == other:
        return SAME_PLACE
    same_prefecture = code[:4] == other[:4] and code[2:4] != "00"
    return SAME_PREFECTURE if same_prefecture or code[:2] in MUNICIPALITIES else SAME_PROVINCE


class NamedPlace(NamedTuple):
    """A division by name and code, as far as known."""

    name: str | None
    code: str | None

    def is_of(self, name: str | None, code: str | None) -> bool:
        """Tell whether a report with this place in its title block is of this one: by code, or else by name."""
        return code == self.code if code and self.code else name is not None and name == self.name


NATION = NamedPlace("中国", None)
_ABOVE_ALL = ("中国", "全国", "中华人民共和国")
"""What may stand before a province: not every name of the nation, some of which are of its government."""


class _Directory:
    """Some places by code and by every name that they may be called."""

    def __init__(self, places: Iterable[NamedPlace]) -> None:
        self.codes: dict[str, NamedPlace] = {}
        self._tiers: tuple[dict[str, list[NamedPlace]], ...] = ({}, {}, {})
        for place in places:
            if place.code:
                self.codes[place.code] = place
            for tier, forms in zip(self._tiers, _forms(place), strict=True):
                for form in forms:
                    tier.setdefault(form, []).append(place)

    def called(self, name: str) -> list[NamedPlace]:
        """Return the places with the full name.

        If there are none, those with the name without rank, then without nations.
        """
        return next((tier[name] for tier in self._tiers if name in tier), [])

    @property
    def full(self) -> Mapping[str, list[NamedPlace]]:
        """Return the places by full name; provinces by their short names too, which mean nothing else: 海南, 吉林."""
        return self._tiers[0]


class Places:
    """The places that callers may name: those whose governments report in one edition, and the published divisions."""

    def __init__(self, known: Iterable[tuple[str | None, str | None]]) -> None:
        """Index the places; `known` has name and code of the place of each report."""
        named = sorted({NamedPlace(name, code) for name, code in known if name}, key=repr)
        coded = {place.name for place in named if place.code}
        self._own = _Directory(place for place in named if place.code or place.name not in coded)
        self._published = _published()

    def find(self, asked: str) -> NamedPlace:
        """Return the place that a caller means, of those that report before those that are only published.

        Raises BadParameter for a name that is too long, that several different places have, or that none has; the
        message names the places that may have been meant.
        """
        if not 1 <= len(asked) <= LONGEST_PLACE:
            raise BadParameter("place", "must-have-characters", min=1, max=LONGEST_PLACE)
        found = self._found(asked)
        if not found:
            near = ", ".join(self._nearest(asked))
            raise BadParameter(
                "place", "no-such-place", remedy=Message("did-you-mean", names=near) if near else "", name=asked
            )
        if len(found) > 1:
            named = ", ".join(sorted(f"{place.code or ''} {self._path(place)}".strip() for place in found))
            raise BadParameter("place", "several-places-have-this-name", remedy="give-code", codes=named)
        return found[0]

    def _found(self, asked: str) -> list[NamedPlace]:
        if _CODE.fullmatch(asked):
            place = self._named(asked)
            return [place] if place else []
        exact = self._own.full.get(asked) or self._published.full.get(asked)
        return exact or self._called_in(self._own, asked) or self._called_in(self._published, asked)

    def _named(self, code: str) -> NamedPlace | None:
        return self._own.codes.get(code) or self._published.codes.get(code)

    def _called_in(self, directory: _Directory, asked: str) -> list[NamedPlace]:
        """Return the places of a name, or of the longest name that it ends with behind those of what they lie in."""
        if found := directory.called(asked):
            return found
        for start in range(1, len(asked) - 1):
            found = [place for place in directory.called(asked[start:]) if self._leads_to(asked[:start], place)]
            if found:
                return found
        return []

    def _leads_to(self, path: str, place: NamedPlace) -> bool:
        """Return whether a path names divisions that a place lies in, each at most once and the widest first.

        What a place lies in is not known without a code: any path will do then, if the published list lacks the place.
        """
        if place.code is None:
            listed = place == NATION or place.name in self._published.full
            return not listed and len(self._called_in(self._published, path)) == 1
        steps = [_ABOVE_ALL, *(set().union(*_forms(above)) for above in self._above(place))]
        return bool(re.fullmatch("".join(f"({'|'.join(map(re.escape, forms))})?" for forms in steps), path))

    def _above(self, place: NamedPlace) -> list[NamedPlace]:
        """Return province and prefecture of a place with a code, as far as they are known by name and not itself."""
        if place.code is None:
            return []
        codes = (place.code[:2] + "0000", place.code[:4] + "00")
        above = [self._named(code) for code in dict.fromkeys(codes) if code != place.code]
        return [found for found in above if found]

    def _path(self, place: NamedPlace) -> str:
        """Return the full name of a place behind that of the nearest division around it."""
        return "".join(found.name or "" for found in [*self._above(place)[-1:], place])

    def _nearest(self, asked: str) -> list[str]:
        """Return up to SUGGESTIONS ways to name a place that may have been meant, each of which finds one place; best
        first.

        A code has those near that lie in the same prefecture, a name those that it ends with, then places of
        reports and others that share characters with it.
        """
        if _CODE.fullmatch(asked):
            near = (code for code in {*self._published.codes, *self._own.codes} if code[:4] == asked[:4])
            return sorted(near, key=lambda code: (abs(int(code) - int(asked)), code))[:SUGGESTIONS]
        from rapidfuzz import fuzz, process  # only the unlucky caller needs it

        names = self._suggestible()
        alike = process.extract(asked, names.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None)
        ranked = sorted(alike, key=lambda found: (not asked.endswith(found[0]), not names[found[0]], -found[1]))
        return [name for name, _, _ in ranked[:SUGGESTIONS]]

    def _suggestible(self) -> Mapping[str, bool]:
        """Return names that find one place, with parents where only they do, and whether it is one of a report."""
        own, published = self._own.full, self._published.full
        names: dict[str, bool] = {}
        for name in {**own, **published}:
            meant = own.get(name) or published[name]
            for place in {*own.get(name, ()), *published.get(name, ())}:
                told = name if [place] == meant else self._path(place)
                if told != name or [place] == meant:
                    names[told] = name in own and place in own[name]
        return names


def _forms(place: NamedPlace) -> tuple[set[str], set[str], set[str]]:
    """Return what a place is called: in full, without rank, without nations."""
    if place == NATION:
        return {*NATION_NAMES}, set(), set()
    name = place.name or ""
    short, bare, called = without_rank(name), without_nations(name), without_nations_but_rank(name)
    if place.code and place.code.endswith("0000"):
        return {name, short, bare}, set(), set()
    return {name}, {short}, {bare, called} if called else set()


@functools.cache
def _published() -> _Directory:
    return _Directory([NATION, *(NamedPlace(name, code) for code, name in divisions().items())])


def standing(rendering: Mapping[str, Any], name: str | None, code: str | None, day: str | None) -> str:
    """Return one of STANDINGS for a rendering of a term document, seen from a place and a day (None: not known).

    A text without a day is taken for one of today: nobody can say whether it uses what has gone out of use.
    """
    known = name is not None or code is not None
    region, until = rendering.get("place", ""), rendering.get("until", "")
    if region and known and not _lies_in(region, name, code):
        return NOT_HELD
    if day is not None and not _spans(rendering.get("from", ""), until, day):
        return NOT_HELD
    return UNDECIDED if (region and not known) or (until and day is None) else HELD


def order(rendering: Mapping[str, Any], *where: str | None) -> tuple[int, bool, str]:
    """Return what sorts renderings of one status: those that are used first, of them the one of a place, the latest."""
    return (
        STANDINGS.index(standing(rendering, *where)),
        not rendering.get("place"),
        "".join(chr(0x10FFFF - ord(sign)) for sign in rendering.get("from", "")) or "\U0010ffff",
    )


def _spans(since: str, until: str, day: str) -> bool:
    known = day[: len(since)]
    return known >= since[: len(known)] and (not until or day[: len(until)] <= until)


def _lies_in(region: str, name: str | None, code: str | None) -> bool:
    place = _place(region)
    if place.code is None or code is None:
        return place.name == name or region == "中国"
    above = place.code.removesuffix("00").removesuffix("00")
    return code.startswith(above)


@functools.lru_cache(maxsize=4096)
def _place(region: str) -> NamedPlace:
    try:
        return Places(()).find(region)
    except BadParameter:  # a township that no list has
        return NamedPlace(region, None)
