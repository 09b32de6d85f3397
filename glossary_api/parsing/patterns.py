"""Patterns as data: JSON files beside this one, each pattern with its reason and with examples that it matches.

All of them are matched against a whole line without white space in its plain form (`folding.plain`).
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Pattern:
    """One rule of a group: why it holds, what it matches, and what shows it."""

    reason: str
    expression: re.Pattern[str]
    examples: tuple[str, ...]


@functools.cache
def patterns(name: str) -> dict[str, tuple[Pattern, ...]]:
    """Return the groups of `<name>.json`, in the order of the file."""
    groups = json.loads(files(__package__).joinpath(f"{name}.json").read_text("utf-8"))
    return {
        group: tuple(Pattern(rule["reason"], re.compile(rule["pattern"]), tuple(rule["examples"])) for rule in rules)
        for group, rules in groups.items()
    }


@functools.cache
def any_of(name: str, *groups: str) -> str:
    """Return one regular expression for the patterns of some groups of `<name>.json`."""
    return "(?:" + "|".join(rule.expression.pattern for group in groups for rule in patterns(name)[group]) + ")"


@functools.lru_cache(maxsize=4096)
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a regular expression that is one of some hundreds, for which the cache of `re` is too small."""
    return re.compile(pattern)


def matches(name: str, group: str, line: str) -> bool:
    """Tell whether any pattern of the group matches the whole of a squeezed, plain line."""
    return _whole_line(name, group).fullmatch(line) is not None


def each(pattern: re.Pattern[str], first: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield what `finditer` does for a pattern all of whose matches begin with one of the signs that `first` finds.

    Where a pattern looks behind before anything else, `re` tries every offset, and this is several times as fast.
    """
    done = start
    for sign in first.finditer(text, start, end):
        if sign.start() >= done and (found := pattern.match(text, sign.start(), end)):
            yield found
            done = found.end()


@functools.cache
def _whole_line(name: str, group: str) -> re.Pattern[str]:
    return re.compile(any_of(name, group))
