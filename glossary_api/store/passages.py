"""The passages that a search can find, in the order of its answers: names, definitions, paragraphs that use a term.

Names and definitions of much used terms come first, paragraphs of late reports. Because the order is that of the row
ids, the best twenty are found without looking at the rest. The ids have room between them, for what comes with further
reports: that of a name or a definition says how often its term is used, and the paragraphs of a report are numbered by
their lines, with so many numbers left over before the next report that others fit between.
"""

from __future__ import annotations

import functools
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from glossary_api.model.things import ParsedReport, Report, Term
from glossary_api.model.words import ESTABLISHED
from glossary_api.store.fulltext import pairs_within, signs
from glossary_api.store.index_parts import IndexRow, make_part
from glossary_api.store.schema import PassageRow

if TYPE_CHECKING:
    from glossary_api.store.use_columns import UseColumns  # loads numpy, which nobody who only asks needs

NAME, DEFINITION, CONTEXT = range(3)
FIELDS = ("name", "definition", "context")
"""What each number in the column `field` stands for."""


INDEXES = ("passage_search", "sign_search")
MOST_USED = (1 << 18) - 1
"""What is used more often comes no earlier than what is used so often."""
_POSITIONS, _OF_TERMS = 16, 27
"""How many bits there are for the position of a definition, and for the rank of a term."""
FIRST_NAME, _FIRST_DEFINITION = -(1 << 62), -(1 << 61)
"""Names and definitions have numbers below 0, so that those of paragraphs are short: an index has many of them."""
_BEFORE = 1 << 27
"""So many numbers are left before all paragraphs for those of reports that come later and are later."""
STRIDE = 2
"""How many numbers a report has for each of its lines."""
_MOST_PARTS, _PART = 8, 8192
"""How many parts the index of paragraphs is made in at most, and of how many paragraphs at least."""


class SearchPassage(NamedTuple):
    """A passage, its text and the words that it can be filtered by."""

    row: PassageRow
    text: str
    facets: Iterable[str]


class Numbers(NamedTuple):
    """The ranks of reports and of terms, and those of the first lines of reports, all from 1."""

    reports: Sequence[int]
    terms: Sequence[int]
    first_lines: Sequence[int]


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Hold paragraphs of the reports, in the order of their ranks."""

    rank: array[int]
    report: array[int]
    start: array[int]
    end: array[int]
    facets: array[int]
    """By number, those that come of its terms."""

    def __len__(self) -> int:
        return len(self.report)

    def add(self, *values: int) -> None:
        """Add a paragraph."""
        for column, value in zip(self._columns(), values, strict=True):
            column.append(value)

    def __iter__(self) -> Iterator[tuple[int, int, int, int, int]]:
        return zip(*self._columns(), strict=True)

    def _columns(self) -> tuple[array[int], ...]:
        return self.rank, self.report, self.start, self.end, self.facets

    def parts(self) -> list[Paragraphs]:
        """Return them in parts of about one size; none if they are too few to be worth it."""
        number = min(_MOST_PARTS, len(self) // _PART)
        bounds = [len(self) * part // number for part in range(number + 1)] if number > 1 else []
        return [self._part(slice(*bound)) for bound in pairwise(bounds)]

    def _part(self, at: slice) -> Paragraphs:
        return Paragraphs(*(column[at] for column in self._columns()))


@dataclass(frozen=True, slots=True)
class ParagraphIndexer:
    """Makes the part of the indexes in which paragraphs are."""

    folder: Path
    reports: Sequence[ParsedReport]
    report_facets: Sequence[str]
    """Of each report, from 1."""
    term_facets: Sequence[str]

    def __call__(self, paragraphs: Paragraphs) -> Path:
        """Return the file of the part."""
        return make_part(self.folder / f"passages-{paragraphs.rank[0]}.db", INDEXES, self.words(paragraphs))

    def words(self, those: Paragraphs) -> Iterator[tuple[IndexRow, IndexRow]]:
        """Return the rows of both indexes for each paragraph."""
        last, pairs = 0, pairs_within("")
        for rank, report, start, end, facets in those:
            if report != last:
                last, pairs = report, pairs_within(self.reports[report - 1].report.text)
            yield rows_of(rank, pairs(start, end), f"{self.term_facets[facets]} {self.report_facets[report]}")


@dataclass(slots=True)
class Paragraph:
    """A line in which terms stand."""

    start: int
    end: int
    terms: set[int] = field(default_factory=set)


class Passages:
    """All passages of a harvest but those of candidates.

    Terms and reports are counted from 1 in the order in which they are given.
    """

    def __init__(
        self,
        terms: Sequence[Term],
        reports: Sequence[ParsedReport],
        titles: Sequence[Report],
        uses: UseColumns,
        numbers: Numbers,
    ) -> None:
        """`titles` are the reports without their texts."""
        self._terms, self._reports, self._titles, self._uses = terms, reports, titles, uses
        self._report_ranks, self._term_ranks, self._first_lines = numbers
        self._report_rank = {report.id: rank for rank, report in enumerate(titles, 1)}
        self._used = uses.times(len(terms))
        established = [rank for rank, term in enumerate(terms, 1) if term.status == ESTABLISHED]
        self._by_use = sorted(established, key=lambda rank: (-min(self._used[rank], MOST_USED), rank))
        self._facets: dict[str, int] = {}

    def rows(self) -> Iterator[PassageRow]:
        """Return the row of every passage."""
        yield from (row for row, _, _ in self.named())
        for rank, report, start, end, _ in self.paragraphs:
            yield PassageRow(rank, CONTEXT, None, None, self._report_ranks[report], start, end)

    def named(self) -> Iterator[SearchPassage]:
        """Return the names and the definitions, which stand before all paragraphs."""
        return chain(self._names(), self._definitions())

    def indexer(self, folder: Path) -> ParagraphIndexer:
        """Return what makes the parts of the index of the paragraphs, files in a folder."""
        facets = ["", *(" ".join(self._report_words([rank])) for rank in range(1, len(self._titles) + 1))]
        return ParagraphIndexer(folder, self._reports, facets, list(self._facets))

    def by_use(self) -> Iterator[tuple[int, Term]]:
        """Return every established term with the rank of the passage of its name."""
        return ((self._rank(term), self._terms[term - 1]) for term in self._by_use)

    def _rank(self, term: int) -> int:
        return name_rank(self._used[term], self._term_ranks[term])

    def _names(self) -> Iterator[SearchPassage]:
        appearances = self._appearances()
        for number in self._by_use:
            words = self._report_words(appearances[number])
            yield name_passage(self._terms[number - 1], self._term_ranks[number], self._used[number], words)

    def _definitions(self) -> Iterator[SearchPassage]:
        for number in self._by_use:
            rank, used = self._term_ranks[number], self._used[number]
            yield from definition_passages(self._terms[number - 1], rank, used, self._found)

    def _found(self, report: str) -> tuple[int, Iterable[str]] | None:
        number = self._report_rank.get(report)
        return (self._report_ranks[number], self._report_words([number])) if number else None

    @functools.cached_property
    def paragraphs(self) -> Paragraphs:
        """The paragraphs in which an established term stands, those of the latest reports first."""
        made = Paragraphs(array("q"), array("i"), array("i"), array("i"), array("i"))
        uses = self._uses.by_report(self._by_use)
        words = [()] + [kind_words(term.kind, term.defined) for term in self._terms]
        for report in sorted(range(1, len(self._titles) + 1), key=lambda report: self._first_lines[report]):
            text, line, at = self._reports[report - 1].report.text, self._first_lines[report], 0
            for paragraph in paragraphs_of(uses(report), text):
                facets = " ".join(dict.fromkeys(chain.from_iterable(words[term] for term in sorted(paragraph.terms))))
                number = self._facets.setdefault(facets, len(self._facets))
                line, at = line + text.count("\n", at, paragraph.start), paragraph.start
                made.add(line, report, paragraph.start, paragraph.end, number)
        return made

    def _appearances(self) -> Mapping[int, Sequence[int]]:
        """Return the reports that use or define each established term."""
        terms, having, _ = self._uses.in_reports()
        reports: defaultdict[int, set[int]] = defaultdict(set)
        for rank, report in zip(terms.tolist(), having.tolist(), strict=True):
            reports[rank].add(report)
        for rank in self._by_use:
            sources = (one.source.report for sense in self._terms[rank - 1].senses for one in sense.definitions)
            reports[rank].update(self._report_rank[source] for source in sources if source in self._report_rank)
        return {rank: sorted(reports[rank]) for rank in self._by_use}

    def _report_words(self, numbers: Iterable[int]) -> Iterator[str]:
        for number in numbers:
            yield from report_words(self._report_ranks[number], self._titles[number - 1].year)


def name_rank(used: int, rank: int) -> int:
    """Return the rank of the passage with the name of a term that is used so often, given its own rank."""
    return FIRST_NAME + _place(used, rank)


def _place(used: int, rank: int) -> int:
    return (MOST_USED - min(used, MOST_USED)) << _OF_TERMS | rank


def name_passage(term: Term, rank: int, used: int, words: Iterable[str]) -> SearchPassage:
    """Return the passage with the names of a term; `words` are those of the reports that have it."""
    row = PassageRow(name_rank(used, rank), NAME, rank, None, None, None, None)
    facets = dict.fromkeys([*kind_words(term.kind, term.defined), *words])
    return SearchPassage(row, "\n".join(forms_of(term)), tuple(facets))


def definition_passages(
    term: Term, rank: int, used: int, found: Callable[[str], tuple[int, Iterable[str]] | None]
) -> Iterator[SearchPassage]:
    """Yield the passages with its definitions; `found` returns rank and words of a report that is there, by its id."""
    definitions = [definition for sense in term.senses for definition in sense.definitions]
    first = _FIRST_DEFINITION + (_place(used, rank) << _POSITIONS)
    for position, definition in enumerate(definitions[: (1 << _POSITIONS) - 1], 1):
        source = definition.source
        report, words = found(source.report or "") or (None, ())
        row = PassageRow(first + position, DEFINITION, rank, position, report, source.start, source.end)
        yield SearchPassage(row, definition.text, (*kind_words(term.kind, True), *words))


def report_words(rank: int, year: int | None) -> Iterator[str]:
    """Yield the words by which a passage is found that has to do with a report."""
    yield report_word(rank)
    if year is not None:
        yield year_word(year)


def paragraphs_of(uses: Iterable[tuple[int, int, int]], text: str) -> Iterator[Paragraph]:
    """Yield the lines in which a term stands, without the white space at their ends.

    More than one if a term does. `uses` are start, end and term, by start.
    """
    paragraph: Paragraph | None = None
    for start, end, term in uses:
        if paragraph is None or start >= paragraph.end:
            if paragraph:
                yield paragraph
            paragraph = Paragraph(_line_start(text, start), end)
        paragraph.end = max(paragraph.end, _line_end(text, end))
        paragraph.terms.add(term)
    if paragraph:
        yield paragraph


def rows_of(rank: int, pairs: str, facets: str) -> tuple[IndexRow, IndexRow]:
    """Return what both indexes have of a passage."""
    return (rank, pairs, facets), (rank, f"{signs(pairs)} {facets}")


def forms_of(term: Term) -> list[str]:
    """Return the name of a term and every other form that is printed."""
    return list(dict.fromkeys((term.name, *(variant.form for variant in term.variants))))


def day_of(report: Report) -> int:
    """Return the day of delivery as a number that sorts, 20240108.

    With the year alone its first; 0 if nothing is known.
    """
    return int(report.date.replace("-", "")) if report.date else (report.year or 0) * 10000


def kind_words(kind: str | None, defined: bool | None) -> tuple[str, ...]:
    """Return the words by which a passage is found that has to do with a term of a kind, a defined one, or both."""
    both = "" if defined is None else str(int(defined))
    return tuple(f"k{word}" for word in dict.fromkeys((kind or "", both, (kind or "") + both)) if word)


def report_word(rank: int) -> str:
    """Return the word by which a passage is found that has to do with a report."""
    return f"r{rank}"


def year_word(year: int) -> str:
    """Return the word by which a passage is found that has to do with a report of a year."""
    return f"y{year}"


def first_lines(titles: Sequence[Report], lines: Sequence[int]) -> list[int]:
    """Return for reports, from 1, the ranks of passages on their first lines: the latest report comes first.

    `lines` says how many lines each has.
    """
    found, first = [0] * (len(titles) + 1), _BEFORE
    for at in sorted(range(len(titles)), key=lambda at: (-day_of(titles[at]), at)):
        found[at + 1] = first
        first += lines[at] * STRIDE
    return found


def lines_of(text: str) -> int:
    """Return how many lines a text has."""
    return text.count("\n") + 1


def _line_start(text: str, offset: int) -> int:
    start = text.rfind("\n", 0, offset) + 1
    return start + len(text[start:offset]) - len(text[start:offset].lstrip())


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    return offset + len(text[offset:end].rstrip())
