"""Make a harvest of a generated corpus without parsing, merging and matching: what serving is measured on.

It has what the texts say: quoted names are usages, notes are definitions, definitions that begin alike one sense.
A name is established where a note explains it or two reports quote it.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable

from glossary_api.model.things import (
    NOT_CHECKED,
    Definition,
    Harvest,
    Heading,
    Match,
    ParsedReport,
    Report,
    Sense,
    Slogan,
    Source,
    Term,
    Usage,
    Variant,
)
from glossary_api.model.words import CANDIDATE, ESTABLISHED, PREFERRED
from glossary_api.text.folding import fold_name
from glossary_api.text.pinyin import pinyin_of
from glossary_api.text.places import divisions
from tests.benchmarks.corpus import APPENDIX, QUOTED, Written

_HEADING = re.compile("^[一二三四五六七八九十]、.*$", re.MULTILINE)
_NOTE = re.compile("^([0-9]+)．“(.+)”：指(.+)。$", re.MULTILINE)
_COUNTED = re.compile("[一二三四五六七八九十]")
_ALIKE = 12


def harvest_of(corpus: Iterable[Written]) -> Harvest:
    """Return the harvest of a corpus; offsets count code points of the texts."""
    gathered = _Gathered()
    for written in corpus:
        gathered.take(written)
    return Harvest(tuple(gathered.reports), tuple(gathered.terms()), tuple(gathered.usages), ())


class _Gathered:
    """What the reports that were taken so far have of names."""

    def __init__(self) -> None:
        self.reports: list[ParsedReport] = []
        self.usages: list[Usage] = []
        self._names: dict[str, tuple[str, str]] = {}
        """Name and folded name by the id of the term."""
        self._users: defaultdict[str, set[str]] = defaultdict(set)
        self._said: defaultdict[str, defaultdict[str, list[Definition]]] = defaultdict(lambda: defaultdict(list))

    def take(self, written: Written) -> None:
        """Take a report."""
        code, year = written.name[:6], int(written.name[7:11])
        place, text = divisions()[code], written.text
        end = text.find(APPENDIX)
        body = (0, end if end >= 0 else len(text))
        headings = tuple(Heading(m[0], *m.span(), 1) for m in _HEADING.finditer(text, *body))
        digest = hashlib.sha256(text.encode()).hexdigest()
        report = Report(
            written.name, "政府工作报告", place, code, "county", year, f"{year}-01-08", None, None, digest, text
        )
        slogans: list[Slogan] = []
        for match in QUOTED.finditer(text, *body):
            heading = next((one.text for one in reversed(headings) if one.start < match.start()), None)
            term = self._term(match[1])
            self._users[term].add(written.name)
            found = Match(term, *match.span(1), match[1], "exact", True)
            self.usages.append(Usage(written.name, found, heading, None))
            slogans.append(Slogan(match[1], _kind(match[1]), *match.span(1)))
        self.reports.append(ParsedReport(report, headings, None, (), tuple(slogans), (), (), (body,)))
        for note in _NOTE.finditer(text, body[1]):
            source = Source("appendix", written.name, place, year, int(note[1]), None, *note.span(3))
            definition = Definition(note[3], source, (), NOT_CHECKED, note[2])
            self._said[self._term(note[2])][note[3][:_ALIKE]].append(definition)

    def _term(self, name: str) -> str:
        identity = _identity(name)
        self._names.setdefault(identity, (name, fold_name(name)))
        return identity

    def terms(self) -> Iterable[Term]:
        """Every name as a term."""
        for identity, (name, key) in self._names.items():
            alike = self._said.get(identity, {}).values()
            senses = tuple(Sense(f"{identity}-{number}", tuple(said)) for number, said in enumerate(alike, 1))
            status = ESTABLISHED if senses or len(self._users[identity]) > 1 else CANDIDATE
            variants = (Variant(name, PREFERRED, tuple(sorted(self._users[identity]))),)
            yield Term(identity, name, key, _kind(name), pinyin_of(name), variants, senses, (key,), status=status)


def _kind(name: str) -> str:
    return "numeral" if _COUNTED.match(name) else "quoted"


@functools.cache
def _identity(name: str) -> str:
    return "t" + hashlib.sha256(fold_name(name).encode()).hexdigest()[:10]
