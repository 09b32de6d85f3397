"""The passages that a search can find, in the order of its answers: names, definitions, paragraphs that use a term.

Names and definitions of much used terms come first, paragraphs of late reports. Because the order is that of the row
ids, the best twenty are found without looking at the rest.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
_MOST_PARTS, _PART = 8, 8192
"""How many parts the index of paragraphs is made in at most, and of how many paragraphs at least."""


class SearchPassage(NamedTuple):
    """A passage, its text and the words that it can be filtered by."""

    row: PassageRow
    text: str
    facets: Iterable[str]


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Hold paragraphs of the reports, numbered one after another."""

    first: int
    """The rank of the first."""
    report: array[int]
    start: array[int]
    end: array[int]
    facets: array[int]
    """By number, those that come of its terms."""

    def __len__(self) -> int:
        return len(self.report)

    def add(self, report: int, start: int, end: int, facets: int) -> None:
        """Add a paragraph."""
        for column, value in zip(
            (self.report, self.start, self.end, self.facets), (report, start, end, facets), strict=True
        ):
            column.append(value)

    def parts(self) -> list[Paragraphs]:
        """Return them in parts of about one size; none if they are too few to be worth it."""
        number = min(_MOST_PARTS, len(self) // _PART)
        bounds = [len(self) * part // number for part in range(number + 1)] if number > 1 else []
        return [self._part(slice(*bound)) for bound in pairwise(bounds)]

    def _part(self, at: slice) -> Paragraphs:
        return Paragraphs(self.first + at.start, self.report[at], self.start[at], self.end[at], self.facets[at])


@dataclass(frozen=True, slots=True)
class ParagraphIndexer:
    """Makes the part of the indexes in which paragraphs are."""

    folder: Path
    reports: Sequence[ParsedReport]
    report_facets: Sequence[str]
    """Of each report, by rank, from 1."""
    term_facets: Sequence[str]

    def __call__(self, paragraphs: Paragraphs) -> Path:
        """Return the file of the part."""
        return make_part(self.folder / f"passages-{paragraphs.first}.db", INDEXES, self.words(paragraphs))

    def words(self, those: Paragraphs) -> Iterator[tuple[IndexRow, IndexRow]]:
        """Return the rows of both indexes for each paragraph."""
        last, pairs = 0, pairs_within("")
        columns = zip(those.report, those.start, those.end, those.facets, strict=True)
        for rank, (report, start, end, facets) in enumerate(columns, those.first):
            if report != last:
                last, pairs = report, pairs_within(self.reports[report - 1].report.text)
            yield rows_of(rank, pairs(start, end), f"{self.term_facets[facets]} {self.report_facets[report]}")


@dataclass(slots=True)
class _Paragraph:
    start: int
    end: int
    terms: set[int] = field(default_factory=set)


class Passages:
    """All passages of a harvest but those of candidates.

    Terms and reports are numbered from 1 in the order in which they are given.
    """

    def __init__(
        self, terms: Sequence[Term], reports: Sequence[ParsedReport], titles: Sequence[Report], uses: UseColumns
    ) -> None:
        """`titles` are the reports without their texts."""
        self._terms, self._reports, self._titles, self._uses = terms, reports, titles, uses
        self._report_rank = {report.id: rank for rank, report in enumerate(titles, 1)}
        used = uses.times(len(terms))
        established = [rank for rank, term in enumerate(terms, 1) if term.status == ESTABLISHED]
        self._by_use = sorted(established, key=lambda rank: (-used[rank], rank))
        self._facets: dict[str, int] = {}
        before = len(self._by_use) + sum(len(s.definitions) for rank in self._by_use for s in terms[rank - 1].senses)
        self.paragraphs = Paragraphs(before + 1, array("i"), array("i"), array("i"), array("i"))
        self._find_paragraphs()

    def rows(self) -> Iterator[PassageRow]:
        """Return the row of every passage."""
        yield from (row for row, _, _ in self.named())
        found = self.paragraphs
        columns = zip(found.report, found.start, found.end, strict=True)
        for rank, (report, start, end) in enumerate(columns, found.first):
            yield PassageRow(rank, CONTEXT, None, None, report, start, end)

    def named(self) -> Iterator[SearchPassage]:
        """Return the names and the definitions, which stand before all paragraphs."""
        for rank, (row, text, facets) in enumerate(chain(self._names(), self._definitions()), 1):
            yield SearchPassage(row._replace(rank=rank), text, facets)

    def indexer(self, folder: Path) -> ParagraphIndexer:
        """Return what makes the parts of the index of the paragraphs, files in a folder."""
        facets = ["", *(" ".join(self._report_words([rank])) for rank in range(1, len(self._titles) + 1))]
        return ParagraphIndexer(folder, self._reports, facets, list(self._facets))

    def by_use(self) -> Iterator[tuple[int, Term]]:
        """Return every established term with the rank of the passage of its name."""
        return ((rank, self._terms[term - 1]) for rank, term in enumerate(self._by_use, 1))

    def _names(self) -> Iterator[SearchPassage]:
        appearances = self._appearances()
        for rank in self._by_use:
            term = self._terms[rank - 1]
            facets = [*kind_words(term.kind, term.defined), *self._report_words(appearances[rank])]
            yield SearchPassage(_row(NAME, term=rank), "\n".join(forms_of(term)), tuple(dict.fromkeys(facets)))

    def _definitions(self) -> Iterator[SearchPassage]:
        for rank in self._by_use:
            term = self._terms[rank - 1]
            for position, definition in enumerate((d for sense in term.senses for d in sense.definitions), 1):
                source = definition.source
                report = self._report_rank.get(source.report or "")
                row = _row(DEFINITION, rank, position, report, source.start, source.end)
                facets = [*kind_words(term.kind, True), *self._report_words([report] if report else [])]
                yield SearchPassage(row, definition.text, tuple(facets))

    def _find_paragraphs(self) -> None:
        uses = self._uses.by_report(self._by_use)
        words = [()] + [kind_words(term.kind, term.defined) for term in self._terms]
        latest = sorted(range(1, len(self._titles) + 1), key=lambda rank: (-day_of(self._titles[rank - 1]), rank))
        for report in latest:
            text = self._reports[report - 1].report.text
            for paragraph in _paragraphs(uses(report), text):
                facets = " ".join(dict.fromkeys(chain.from_iterable(words[term] for term in sorted(paragraph.terms))))
                number = self._facets.setdefault(facets, len(self._facets))
                self.paragraphs.add(report, paragraph.start, paragraph.end, number)

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

    def _report_words(self, ranks: Sequence[int]) -> Iterator[str]:
        for rank in ranks:
            yield report_word(rank)
            if (year := self._titles[rank - 1].year) is not None:
                yield year_word(year)


def _paragraphs(uses: Iterable[tuple[int, int, int]], text: str) -> Iterator[_Paragraph]:
    """Yield the lines in which a term stands, without the white space at their ends.

    More than one if a term does. `uses` are start, end and term, by start.
    """
    paragraph: _Paragraph | None = None
    for start, end, term in uses:
        if paragraph is None or start >= paragraph.end:
            if paragraph:
                yield paragraph
            paragraph = _Paragraph(_line_start(text, start), end)
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


def _row(
    kind: int,
    term: int | None = None,
    position: int | None = None,
    report: int | None = None,
    start: int | None = None,
    end: int | None = None,
) -> PassageRow:
    return PassageRow(0, kind, term, position, report, start, end)


def _line_start(text: str, offset: int) -> int:
    start = text.rfind("\n", 0, offset) + 1
    return start + len(text[start:offset]) - len(text[start:offset].lstrip())


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    return offset + len(text[offset:end].rstrip())
