"""Places as reports print them: the division of the code list that a name stands for, or none."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from glossary_api.model.words import COUNTY, NATIONAL, PREFECTURE, PROVINCE, TOWNSHIP
from glossary_api.text.places import NATION_NAMES, RANKS, TOWNSHIP_RANKS, divisions, without_nations_but_rank

_SUFFIX = re.compile(f"({RANKS})$")
_LEVEL_OF_SUFFIX = {
    **dict.fromkeys(("省", "自治区", "特别行政区"), PROVINCE),
    **dict.fromkeys(("自治州", "地区", "盟"), PREFECTURE),
    **dict.fromkeys(("县", "自治县", "旗", "自治旗", "区", "新区", "林区", "矿区"), COUNTY),
}
_TOWNSHIP = re.compile(f"({TOWNSHIP_RANKS})$")
_SHORTEST = 2
"""Characters of the shortest name, 沙县."""
_BEGINNING = re.compile(
    r"(?![在于我向为对是的和与及至到代本])[\u4e00-\u9fff]{1,2}(?<![在于我向为对是的和与及至到表本年日上])"
)
"""One or two characters that a name may begin with, and no word before one."""
_OF_NO_PLACE = ("", "全", "我", "本", "各", "该", "这个", "民族")
"""What stands before 自治区, 县 and the like where they are no name: 我自治区, 全自治县."""


@dataclass(frozen=True, slots=True)
class Division:
    """A division as a report names it."""

    name: str
    code: str | None
    """None when the list does not have the name, or has it several times and the text does not decide."""
    level: str | None


@dataclass(frozen=True, slots=True)
class Divisions:
    """The code list, by code and by name."""

    names: Mapping[str, str]
    codes: dict[str, tuple[str, ...]]
    stems: dict[str, tuple[str, ...]]
    """Codes by names without 省, 市, 县 and the like: 昆山, and 朝阳, which several have."""

    @classmethod
    @functools.cache
    def published(cls) -> Divisions:
        """Return the list that comes with the package."""
        names = divisions()
        codes: defaultdict[str, list[str]] = defaultdict(list)
        for code, name in names.items():
            codes[name].append(code)
            if short := _province_short(code, name) or without_nations_but_rank(name):
                codes[short].append(code)
        stems: defaultdict[str, list[str]] = defaultdict(list)
        for code, name in names.items():
            stems[_stem(name)].append(code)
        return cls(names, *({name: tuple(found) for name, found in of.items()} for of in (codes, stems)))

    def called(self, name: str, context: str = "") -> Division | None:
        """Return the division that a whole name such as 江苏 or 苏州昆山 stands for; None if none or several have it.

        This is for short labels, such as names of files. `context` may name the divisions above it.
        """
        if name in NATION_NAMES:
            return self.find(name)
        for start in range(len(name)):
            codes = self.codes.get(name[start:]) or self.stems.get(name[start:]) or ()
            if codes and self._are_divisions(name[:start]):
                code = self._decide(codes, name[:start], context)
                return Division(self.names[code], code, level_of(code)) if code else None
        return None

    def _are_divisions(self, printed: str) -> bool:
        """Return whether a text is nothing but names of divisions, or empty: 江苏省苏州."""
        return not printed or any(
            (printed[:end] in self.codes or printed[:end] in self.stems) and self._are_divisions(printed[end:])
            for end in range(len(printed), 1, -1)
        )

    def find(self, printed: str, context: str = "") -> Division | None:
        """Return the division that a printed name such as 苏州市吴江区 ends with; None if it is no name of a place.

        A name that several divisions have is decided by a parent printed before it, else by the only
        candidate whose parents the context names; otherwise the code stays open.
        """
        if printed in NATION_NAMES:
            return Division("中国", None, NATIONAL)
        for start in range(len(printed)):
            name = printed[start:]
            if name in self.codes and not self._is_cut_off(printed[:start], name):
                code = self._decide(self.codes[name], printed[:start], context)
                return Division(self.names[self.codes[name][0]], code, self._level(self.codes[name]))
        if _TOWNSHIP.search(printed):
            return Division(self._without_parents(printed), None, TOWNSHIP)
        suffix = _SUFFIX.search(printed)
        if suffix is None or len(printed) < 3 or printed[: suffix.start()] in _OF_NO_PLACE:
            return None
        return Division(printed, None, _LEVEL_OF_SUFFIX.get(suffix.group()))

    def _is_cut_off(self, before: str, name: str) -> bool:
        """Tell whether a name is but the end of another, 沙县 in 白沙县: what stands before it ends as no parent does.

        Before longer names words may stand that are no part of any.
        """
        if not before or _SUFFIX.search(before):
            return False
        if any(before[start:] in self.codes or before[start:] in self.stems for start in range(len(before))):
            return False
        return len(name) == _SHORTEST or _BEGINNING.fullmatch(before) is not None

    def _without_parents(self, printed: str) -> str:
        for end in range(len(printed) - 2, 1, -1):
            if printed[:end] in self.codes:
                return self._without_parents(printed[end:])
        return printed

    def _decide(self, codes: tuple[str, ...], before: str, context: str) -> str | None:
        for text in (before, context):
            if len(codes) == 1:
                return codes[0]
            codes = tuple(code for code in codes if self._named(code, text)) or codes
        return codes[0] if len(codes) == 1 else None

    def _named(self, code: str, text: str) -> bool:
        parents = (code[:4] + "00", code[:2] + "0000")
        return any(_stem(self.names[parent]) in text for parent in parents if parent in self.names and parent != code)

    def _level(self, codes: tuple[str, ...]) -> str | None:
        levels = {level_of(code) for code in codes}
        return levels.pop() if len(levels) == 1 else None


def level_of(code: str) -> str:
    """Return `province`, `prefecture` or `county`, by the zeros at the end of the code."""
    if code.endswith("0000"):
        return PROVINCE
    return PREFECTURE if code.endswith("00") else COUNTY


def _stem(name: str) -> str:
    stem = _SUFFIX.sub("", name)
    return stem if len(stem) > 1 else name


def _province_short(code: str, name: str) -> str | None:
    """Return 新疆 for 新疆维吾尔自治区, 北京 for 北京市: provinces are called so, without suffix and nation."""
    if not code.endswith("0000"):
        return None
    return name[:3] if name[:3] in ("内蒙古", "黑龙江") else name[:2]
