"""Put harvests, reports and terms into lines for people at a terminal: text, or messages in no language yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from glossary_api.model.files import HarvestedFile
from glossary_api.model.messages import Message
from glossary_api.model.things import Harvest, ParsedReport
from glossary_api.model.words import CANDIDATE, COPY, ESTABLISHED, PART, REFUSED
from glossary_api.queries.new import NewSlogan
from glossary_api.store.edition import Edition
from glossary_api.text.damage import severity_of
from glossary_api.translation.takeover import Changes

Line = str | Message


def summary(harvested: Harvest) -> Iterator[Line]:
    """Return how much was found, what stayed open, and which files were not understood and why."""
    appendices = entries = findings = 0
    lines: list[Line] = []
    for parsed in harvested.reports:  # once: each is read from the disk
        appendices += parsed.appendix is not None
        entries += len(parsed.entries)
        findings += len(parsed.findings)
        lines += _findings(parsed)
    established = [term for term in harvested.terms if term.status == ESTABLISHED]
    counts = {
        "counted-reports": len(harvested.reports),
        "counted-appendices": appendices,
        "counted-entries": entries,
        "counted-established": len(established),
        "counted-candidates": len(harvested.terms) - len(established),
        "counted-defined": sum(term.defined for term in established),
        "counted-usages": len(harvested.usages),
        "counted-findings": findings,
        "counted-doubts": len(harvested.doubts),
        "counted-further-sources": sum(file.outcome == COPY for file in harvested.files),
        "counted-failures": len(harvested.failures),
    }
    yield from (Message(code, count=number) for code, number in counts.items())
    yield from lines
    yield from (Message("line-doubt", message=doubt.message) for doubt in harvested.doubts)
    yield from (Message("line-failure", path=one.path, message=one.message) for one in harvested.failures)


def file_line(file: HarvestedFile) -> Message:
    """Return what became of a file in one line: what it was taken for, what was read and left out, what is doubtful."""
    taken = {
        PART: Message("file-is-part", name=file.part_of),
        COPY: Message("file-is-further-source", report=file.report, reason=file.reason),
        REFUSED: Message("file-is-refused", reason=file.reason),
    }
    known = ", ".join(str(one) for one in (file.genre, file.place, file.year) if one)
    parts: list[Line] = [taken.get(file.outcome, known)]
    parts += [Message("file-characters", count=file.chars)] if file.format else []
    parts += [one.message for one in file.left_out]
    line = parts[0]
    for part in [*parts[1:], *file.doubts]:
        line = Message("one-and-another", one=line, other=part)
    return Message("line-file", name=file.name, message=line)


def coined(slogans: Sequence[NewSlogan]) -> Iterator[Line]:
    """Yield one line for each new slogan: kind, name, and what the text itself says of it."""
    yield Message("counted-new-slogans", count=len(slogans))
    for slogan in slogans:
        yield f"  {slogan.kind:<8} {slogan.name}" + (f": {slogan.explanation}" if slogan.explanation else "")


def _findings(parsed: ParsedReport) -> Iterator[Line]:
    """Yield one line for each kind of finding: the first, and how many more there are."""
    for kind, number in Counter(finding.kind for finding in parsed.findings).items():
        first = next(finding.message for finding in parsed.findings if finding.kind == kind)
        if number > 1:
            yield Message("line-findings", report=parsed.report.id, message=first, count=number - 1)
        else:
            yield Message("line-finding", report=parsed.report.id, message=first)


@dataclass(frozen=True, slots=True)
class _Content:
    """The parts of an edition by which two are compared: names of terms, their definitions, numbers of usages."""

    name: str
    definitions: frozenset[str]
    usages: int


def differences(older: Edition, harvested: Harvest) -> Iterator[Line]:
    """Yield gains and losses of established terms against an older edition, term by term."""
    before, after = _contents(older), _harvested(harvested)
    gained, lost = sorted(set(after) - set(before)), sorted(set(before) - set(after))
    yield Message("terms-gained-and-lost", gained=len(gained), lost=len(lost))
    yield from (f"  + {after[identity].name}" for identity in gained)
    yield from (f"  - {before[identity].name}" for identity in lost)
    for identity in sorted(set(before) & set(after)):
        was, now = before[identity], after[identity]
        yield from (f"  + {now.name}: {text}" for text in sorted(now.definitions - was.definitions))
        yield from (f"  - {now.name}: {text}" for text in sorted(was.definitions - now.definitions))
        if was.usages != now.usages:
            yield Message("usages-before-and-now", name=now.name, before=was.usages, now=now.usages)


def _contents(edition: Edition) -> dict[str, _Content]:
    contents: dict[str, _Content] = {}
    cursor: str | None = None
    while True:
        page = edition.terms(limit=200, cursor=cursor)
        for item in page.items:
            said = "SELECT d.text FROM terms t JOIN definitions d ON d.term = t.rank WHERE t.id = ?"
            texts = frozenset(text for (text,) in edition.select(said, (item["id"],)))
            contents[item["id"]] = _Content(item["name"], texts, item["usages"])
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


def imported(made: Changes) -> Iterator[Line]:
    """Return what an import adds and replaces, rendering by rendering, and how much stays as it is."""
    for sign, rows in (("+", made.added), ("~", made.replaced)):
        for row in rows:
            sense = f" ({row.sense})" if row.sense else ""
            yield f"  {sign} {row.term}{sense} {row.language}: {row.rendering} [{row.status}]"
    added, replaced = len(made.added), len(made.replaced)
    yield Message("renderings-imported", added=added, replaced=replaced, unchanged=made.unchanged)
    if made.withdrawn:
        yield Message("renderings-left-out", count=made.withdrawn)


def checked(made: dict[str, Any]) -> Iterator[Line]:
    """Yield the findings of a checked translation, `file:unit: severity: message`, what is expected, and how many."""
    for finding in made["findings"]:
        where = {"file": made["file"], "unit": finding["source"][0]["unit"], "severity": finding["severity"]}
        if finding["expected"]:
            expected = " / ".join(finding["expected"])
            yield Message("checked-finding-expected", **where, message=finding["message"], expected=expected)
        else:
            yield Message("checked-finding", **where, message=finding["message"])
    counts = {f"{severity}s": number for severity, number in made["counts"].items()}
    yield Message("segments-checked", segments=made["segments"], **counts)


def outline(parsed: ParsedReport) -> Iterator[Line]:
    """Yield one report: its title block, its appendix, its slogans and what does not fit."""
    report, guessed = parsed.report, dict(parsed.report.guessed)
    for name in ("id", "title", "place", "place_code", "level", "year", "date", "meeting", "speaker", "genre", "chars"):
        value = _shown(getattr(report, name))
        if name in guessed:
            value = Message("from-its-origin", value=value, origin=guessed[name])
        yield Message("labelled", label=name, value=value)
    appendix = parsed.appendix
    found = Message("no-appendix")
    if appendix:
        found = Message("appendix-of-layout", count=len(parsed.entries), layout=appendix.layout)
    yield Message("labelled", label="appendix", value=found)
    for entry in parsed.entries:
        for term in entry.terms:
            check: str | Message = term.count_check.status
            if term.count_check.reason:
                check = Message("at-place", place=check, message=term.count_check.reason)
            line = {"name": term.name, "text": term.definition.text, "check": check}
            yield Message("entry-outlined", marker=entry.marker, **line)
    by_kind: dict[str, list[str]] = {}
    for slogan in parsed.slogans:
        by_kind.setdefault(slogan.kind, []).append(slogan.text)
    for kind, texts in sorted(by_kind.items()):
        names = "、".join(dict.fromkeys(texts))
        yield Message("labelled", label=kind, value=Message("slogans-listed", count=len(texts), names=names))
    yield f"{'marks':>10}  {len(parsed.marks)}"
    yield from (
        Message("labelled", label=severity_of(one.kind, parsed.report.text, one.start, one.end), value=one.message)
        for one in parsed.findings
    )
    yield from (Message("labelled", label="left out", value=one.message) for one in parsed.left_out)


def _shown(value: object) -> str | Message:
    return Message("not-given") if value is None else str(value)


def described(term: dict[str, Any]) -> Iterator[Line]:
    """Yield a term document in a few lines: name, definitions with their sources, where it is used."""
    head = {name: term[name] for name in ("name", "pinyin", "kind")}
    if term["status"] == CANDIDATE:
        yield Message("candidate-only", **head, reason=term["evidence"]["reason"])
    else:
        yield "{name}  {pinyin}  ({kind})".format(**head)
    for definition in (definition for sense in term["senses"] for definition in sense["definitions"]):
        source = definition["source"]
        number = source["entry"]
        yield f"  {definition['text']}"
        if source["report"] is None:
            yield Message("told-by-editor")
            continue
        yield Message(
            "source-told",
            place=source["place"] or source["report"],
            year=source["year"] or Message("no-year"),
            entry=source["type"] if number is None else Message("entry-of-number", number=number),
        )
    used = ", ".join(f"{report['id']} ({report['usages']})" for report in term["reports"] if report["usages"])
    yield Message("used-in", reports=used) if used else Message("used-in-no-body")
