"""Measure the parser against hand-made expectations.

A gold file is JSON: `report`, `entries`, `slogans`, `inline`, `usages`, each of them optional. Precision and recall
are over the things that a file states; a file that states nothing about a subject is not counted for it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from glossary_api.errors import ReadError
from glossary_api.harvesting.harvest import build, inspect
from glossary_api.model.things import Harvest, ParsedReport
from glossary_api.settings import seed_folder
from glossary_api.text.folding import fold_name

Fact = tuple[Any, ...]


@dataclass(slots=True)
class Score:
    """The agreement of two multisets of facts."""

    agreed: int = 0
    missed: list[Fact] = field(default_factory=list)
    surplus: list[Fact] = field(default_factory=list)

    def add(self, wanted: Iterable[Fact], found: Iterable[Fact]) -> None:
        """Count the facts that are wanted and found, only wanted, only found."""
        wanted_counts, found_counts = Counter(wanted), Counter(found)
        self.agreed += (wanted_counts & found_counts).total()
        self.missed += (wanted_counts - found_counts).elements()
        self.surplus += (found_counts - wanted_counts).elements()

    @property
    def precision(self) -> float:
        """Return the share of what was found that is wanted; 1 when nothing was found."""
        found = self.agreed + len(self.surplus)
        return self.agreed / found if found else 1.0

    @property
    def recall(self) -> float:
        """Return the share of what is wanted that was found; 1 when nothing is wanted."""
        wanted = self.agreed + len(self.missed)
        return self.agreed / wanted if wanted else 1.0


def evaluated(gold: Sequence[Path], reports: Path | None = None) -> Iterator[str]:
    """Yield a line for each subject with precision and recall, and one for each difference.

    `gold` are files or folders of them; the report of `x.json` is the file `x.*` in `reports` (the seed by
    default). Raises ReadError when a file is missing or no expectation.
    """
    for subject, score in scores(gold, reports).items():
        wanted = score.agreed + len(score.missed)
        yield f"{subject:<12} precision {score.precision:.3f}  recall {score.recall:.3f}  ({score.agreed} of {wanted})"
        yield from (f"  missed  {_shown(fact)}" for fact in score.missed)
        yield from (f"  surplus {_shown(fact)}" for fact in score.surplus)


def scores(gold: Sequence[Path], reports: Path | None = None) -> dict[str, Score]:
    """Return the score of each subject over all gold files."""
    expectations = {path.stem: _expectation(path) for path in _files(gold)}
    folder = reports or seed_folder() / "reports"
    parsed = {stem: inspect(_report_of(stem, folder)) for stem in expectations}
    harvested = build(list(parsed.values()))
    found: defaultdict[str, Score] = defaultdict(Score)
    for stem, expected in expectations.items():
        for subject, (wanted, seen) in _facts(expected, parsed[stem], harvested).items():
            if subject in _STATED_BY and _STATED_BY[subject] in expected:
                found[subject].add([(stem, *fact) for fact in wanted], [(stem, *fact) for fact in seen])
    return dict(found)


_STATED_BY = {
    "report": "report",
    "entries": "entries",
    "definitions": "entries",
    "members": "entries",
    "checks": "entries",
    "kinds": "slogans",
    "inline": "inline",
    "usages": "usages",
}


def _facts(
    expected: dict[str, Any], parsed: ParsedReport, harvested: Harvest
) -> dict[str, tuple[list[Fact], list[Fact]]]:
    entries = expected.get("entries", [])
    terms = [(entry["number"], term) for entry in entries for term in entry["terms"]]
    seen = [(entry.number, term) for entry in parsed.entries for term in entry.terms]
    quoted = [slogan for slogan in parsed.slogans if _in_quotes(parsed.report.text, slogan.start)]
    used = _used(parsed.report.id, harvested)
    return {
        "report": (
            [(name, value) for name, value in expected.get("report", {}).items()],
            [(name, getattr(parsed.report, name)) for name in expected.get("report", {})],
        ),
        "entries": (
            [(entry["number"], entry["page"], entry["head"]) for entry in entries],
            [(entry.number, entry.page, entry.head) for entry in parsed.entries],
        ),
        "definitions": (
            [(number, term["name"], term["definition"]) for number, term in terms],
            [(number, term.name, term.definition.text) for number, term in seen],
        ),
        "members": (
            [(term["name"], *term["members"]) for _, term in terms if term["members"]],
            [(term.name, *(member.text for member in term.members)) for _, term in seen if term.members],
        ),
        "checks": (
            [(term["name"], term["count_check"]) for _, term in terms],
            [(term.name, term.count_check.status) for _, term in seen],
        ),
        "kinds": (
            [(row["text"], row["kind"]) for row in expected.get("slogans", [])],
            list(dict.fromkeys((slogan.text, slogan.kind) for slogan in quoted)),
        ),
        "inline": (
            [(row["slogan"],) for row in expected.get("inline", [])],
            [(slogan.text,) for slogan in parsed.slogans if slogan.inline],
        ),
        "usages": (
            [(fold_name(name), number) for name, number in expected.get("usages", {}).items()],
            [(fold_name(name), used[fold_name(name)]) for name in expected.get("usages", {})],
        ),
    }


def _in_quotes(text: str, start: int) -> bool:
    return start > 0 and text[start - 1] in '“‘「『"＂'


def _used(report: str, harvested: Harvest) -> Counter[str]:
    keys = {term.id: term.keys for term in harvested.terms}
    used: Counter[str] = Counter()
    for usage in harvested.usages:
        if usage.report == report:
            used.update(keys[usage.match.term])
    return used


def _shown(fact: Fact) -> str:
    return " | ".join(str(part) for part in fact)


def _files(gold: Sequence[Path]) -> list[Path]:
    found = [file for path in gold for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
    if not found:
        raise ReadError(
            "no-expectation-was-named", place=", ".join(map(str, gold)), remedy="name-files-or-folders-of-json"
        )
    return found


def _expectation(path: Path) -> dict[str, Any]:
    try:
        expected = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError("unreadable-expectation", place=str(path), remedy="name-json-file", why=str(error)) from None
    if not isinstance(expected, dict):
        raise ReadError("this-is-no-expectation", place=str(path), remedy="its-top-level-must-be-object")
    return expected


def _report_of(stem: str, folder: Path) -> Path:
    found = sorted(path for path in folder.glob(f"{stem}.*") if path.suffix != ".json")
    if len(found) != 1:
        raise ReadError(
            "several-reports-of-name", place=str(folder / stem), remedy="name-folder-with-reports", count=len(found)
        )
    return found[0]
