"""Harvests, reports and terms in lines of text, for people at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from glossary_api.model.files import HarvestedFile
from glossary_api.model.things import Harvest, ParsedReport
from glossary_api.model.words import CANDIDATE, COPY, ESTABLISHED, FOUND_IN_REPORTS, PART, REFUSED
from glossary_api.queries.new import NewSlogan
from glossary_api.store.edition import Edition
from glossary_api.translation.takeover import Changes


def summary(harvested: Harvest) -> Iterator[str]:
    """How much was found, what stayed open, and which files were not understood and why."""
    reports = harvested.reports
    established = [term for term in harvested.terms if term.status == ESTABLISHED]
    counts = {
        "reports": len(reports),
        "with an appendix": sum(parsed.appendix is not None for parsed in reports),
        "entries": sum(len(parsed.entries) for parsed in reports),
        "established terms": len(established),
        "candidates": len(harvested.terms) - len(established),
        "defined terms": sum(term.defined for term in established),
        "usages": len(harvested.usages),
        "findings": sum(len(parsed.findings) for parsed in reports),
        "doubts": len(harvested.doubts),
        "further sources": sum(file.outcome == COPY for file in harvested.files),
        "files not understood": len(harvested.failures),
    }
    yield from (f"{number:>8} {name}" for name, number in counts.items())
    yield from (line for parsed in reports for line in _findings(parsed))
    yield from (f"  doubt: {doubt.message}" for doubt in harvested.doubts)
    yield from (f"  not understood: {failure.message}" for failure in harvested.failures)


def file_line(file: HarvestedFile) -> str:
    """Return what became of a file in one line: what it was taken for, what was read and left out, what is doubtful."""
    taken = {PART: f"part of {file.part_of}", COPY: f"further source of {file.report}: {file.reason}"}.get(file.outcome)
    known = ", ".join(str(one) for one in (file.genre, file.place, file.year) if one)
    parts = [taken or (f"refused: {file.reason}" if file.outcome == REFUSED else known)]
    parts += [f"{file.chars:,} characters"] if file.format else []
    parts += [f"{one.reason} left out ({one.characters})" for one in file.left_out]
    return f"  {file.name}: " + "; ".join([*parts, *file.doubts])


def coined(slogans: Sequence[NewSlogan]) -> Iterator[str]:
    """Yield one line for each new slogan: kind, name, and what the text itself says of it."""
    yield f"{len(slogans):>8} new slogans"
    for slogan in slogans:
        yield f"  {slogan.kind:<8} {slogan.name}" + (f": {slogan.explanation}" if slogan.explanation else "")


def _findings(parsed: ParsedReport) -> Iterator[str]:
    """One line for each kind of finding: the first, and how many more there are."""
    for kind, number in Counter(finding.kind for finding in parsed.findings).items():
        first = next(finding.message for finding in parsed.findings if finding.kind == kind)
        more = f", and {number - 1} more of the kind" if number > 1 else ""
        yield f"  finding: {parsed.report.id}: {first}{more}"


@dataclass(frozen=True, slots=True)
class _Content:
    """What two editions are compared by: a term's name, its definitions and how often it is used."""

    name: str
    definitions: frozenset[str]
    usages: int


def differences(older: Edition, harvested: Harvest) -> Iterator[str]:
    """Gains and losses of established terms against an older edition, term by term."""
    before, after = _contents(older), _harvested(harvested)
    gained, lost = sorted(set(after) - set(before)), sorted(set(before) - set(after))
    yield f"{len(gained):>8} terms gained, {len(lost)} lost"
    yield from (f"  + {after[identity].name}" for identity in gained)
    yield from (f"  - {before[identity].name}" for identity in lost)
    for identity in sorted(set(before) & set(after)):
        was, now = before[identity], after[identity]
        yield from (f"  + {now.name}: {text}" for text in sorted(now.definitions - was.definitions))
        yield from (f"  - {now.name}: {text}" for text in sorted(was.definitions - now.definitions))
        if was.usages != now.usages:
            yield f"  {now.name}: {was.usages} usages before, {now.usages} now"


def _contents(edition: Edition) -> dict[str, _Content]:
    contents: dict[str, _Content] = {}
    cursor: str | None = None
    while True:
        page = edition.terms(limit=200, cursor=cursor)
        for item in page.items:
            term = edition.term(item["name"])
            texts = frozenset(definition["text"] for sense in term["senses"] for definition in sense["definitions"])
            contents[term["id"]] = _Content(term["name"], texts, sum(report["usages"] for report in term["reports"]))
        cursor = page.next
        if cursor is None:
            return contents


def _harvested(harvested: Harvest) -> dict[str, _Content]:
    used = Counter(usage.match.term for usage in harvested.usages)
    return {
        term.id: _Content(
            term.name,
            frozenset(definition.text for sense in term.senses for definition in sense.definitions),
            used[term.id],
        )
        for term in harvested.terms
        if term.status == ESTABLISHED
    }


def imported(made: Changes) -> Iterator[str]:
    """What an import adds and replaces, rendering by rendering, and how much stays as it is."""
    for sign, rows in (("+", made.added), ("~", made.replaced)):
        for row in rows:
            sense = f" ({row.sense})" if row.sense else ""
            yield f"  {sign} {row.term}{sense} {row.language}: {row.rendering} [{row.status}]"
    yield f"{len(made.added):>8} renderings added, {len(made.replaced)} replaced, {made.unchanged} there already"
    if made.withdrawn:
        yield f"{made.withdrawn:>8} left out, because the file says that they are not to be used"


def checked(made: dict[str, Any]) -> Iterator[str]:
    """The findings of a checked translation, `file:unit: severity: message` and what is expected, and how many."""
    for finding in made["findings"]:
        expected = f"; use {' or '.join(finding['expected'])}" if finding["expected"] else ""
        yield f"{made['file']}:{finding['source'][0]['unit']}: {finding['severity']}: {finding['message']}{expected}"
    counts = ", ".join(f"{number} {severity}s" for severity, number in made["counts"].items())
    yield f"{made['segments']:>8} segments checked: {counts}"


def outline(parsed: ParsedReport) -> Iterator[str]:
    """One report: its title block, its appendix, its slogans and what does not fit."""
    report, guessed = parsed.report, dict(parsed.report.guessed)
    for name in ("id", "title", "place", "place_code", "level", "year", "date", "meeting", "speaker", "genre", "chars"):
        origin = f"  (from its {guessed[name]})" if name in guessed else ""
        yield f"{name:>10}  {_shown(getattr(report, name))}{origin}"
    appendix = parsed.appendix
    yield f"{'appendix':>10}  {f'{len(parsed.entries)} entries, layout {appendix.layout}' if appendix else 'none'}"
    for entry in parsed.entries:
        for term in entry.terms:
            reason = f": {term.count_check.reason}" if term.count_check.reason else ""
            yield f"{entry.marker:>10}  {term.name}: {term.definition.text}  [{term.count_check.status}{reason}]"
    by_kind: dict[str, list[str]] = {}
    for slogan in parsed.slogans:
        by_kind.setdefault(slogan.kind, []).append(slogan.text)
    for kind, texts in sorted(by_kind.items()):
        yield f"{kind:>10}  {len(texts)} slogans: {'、'.join(dict.fromkeys(texts))}"
    yield f"{'marks':>10}  {len(parsed.marks)}"
    yield from (f"{FOUND_IN_REPORTS[finding.kind]:>10}  {finding.message}" for finding in parsed.findings)


def _shown(value: object) -> str:
    return "not given" if value is None else str(value)


def described(term: dict[str, Any]) -> Iterator[str]:
    """A term document in a few lines: name, definitions with their sources, where it is used."""
    candidate = f", a candidate only: {term['evidence']['reason']}" if term["status"] == CANDIDATE else ""
    yield f"{term['name']}  {term['pinyin']}  ({term['kind']}{candidate})"
    for definition in (definition for sense in term["senses"] for definition in sense["definitions"]):
        source = definition["source"]
        entry = f"entry {source['entry']}" if source["entry"] is not None else source["type"]
        yield f"  {definition['text']}"
        yield f"    — {source['place'] or source['report']}, {source['year'] or 'no year'}, {entry}"
    used = ", ".join(f"{report['id']} ({report['usages']})" for report in term["reports"] if report["usages"])
    yield f"  used in {used}" if used else "  used in no body"
