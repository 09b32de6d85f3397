"""Index the paragraphs of some reports of a copy of an edition anew, as far as they are found otherwise than before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from glossary_api.model.words import ESTABLISHED
from glossary_api.store.copying import EditionCopy
from glossary_api.store.fulltext import pairs_within
from glossary_api.store.index_parts import IndexRow
from glossary_api.store.passages import CONTEXT, INDEXES, kind_words, paragraphs_of, report_words, rows_of
from glossary_api.store.schema import PassageRow


class _Found(NamedTuple):
    """A paragraph, and the words by which it is found beside its text."""

    line: int
    start: int
    end: int
    facets: str


class CopiedParagraphs:
    """The paragraphs of a copy in which established terms stand; made before anything is changed."""

    def __init__(self, copy: EditionCopy, reports: Collection[int]) -> None:
        """Look at the reports, given by their ranks, that may change."""
        self._copy, self._run = copy, copy.run
        self._before = {report: set(self._of(report)) for report in reports}

    def change(self, new: Collection[int]) -> None:
        """Index what is otherwise now in these reports, and all of new ones."""
        places = self._run("SELECT rank FROM reports ORDER BY first_line").fetchall()
        now = {report: list(self._of(report)) for (report,) in places if report in self._before or report in new}
        gone = {report: sorted(before.difference(now[report])) for report, before in self._before.items()}
        come = {
            report: [one for one in those if one not in self._before.get(report, ())] for report, those in now.items()
        }
        # All of them first: what comes may have the number of what goes. By number, as an index is changed quickly.
        for report, those in sorted(gone.items(), key=lambda one: one[1][:1]):
            for one in those:
                self._copy.take_out("passages", "rank = ?", one.line)
            self._index(report, those, self._copy.unindex)
        for report, those in come.items():
            rows = (PassageRow(one.line, CONTEXT, None, None, report, one.start, one.end) for one in those)
            self._copy.put("passages", rows)
            self._index(report, those, self._copy.index)

    def _index(self, report: int, those: Sequence[_Found], change: Callable[[str, IndexRow], None]) -> None:
        if those:
            pairs = pairs_within(self._text(report))
            for one in those:
                rows = rows_of(one.line, pairs(one.start, one.end), one.facets)
                for index, row in zip(INDEXES, rows, strict=True):
                    change(index, row)

    def _text(self, report: int) -> str:
        text: str = self._run("SELECT unpacked(text) FROM reports WHERE rank = ?", (report,)).fetchone()[0]
        return text

    def _of(self, report: int) -> Iterator[_Found]:
        text = self._text(report)
        line, year = self._run("SELECT first_line, year FROM reports WHERE rank = ?", (report,)).fetchone()
        asked = """SELECT u.start, u."end", u.term, t.kind, t.defined FROM usages u JOIN terms t ON t.rank = u.term
                   WHERE u.report = ? AND t.status = ? ORDER BY u.start, u.term"""
        uses = self._run(asked, (report, ESTABLISHED)).fetchall()
        words = {term: kind_words(kind, bool(defined)) for _, _, term, kind, defined in uses}
        of_report, at = " ".join(report_words(report, year)), 0
        for paragraph in paragraphs_of([use[:3] for use in uses], text):
            line, at = line + text.count("\n", at, paragraph.start), paragraph.start
            of_terms = " ".join(dict.fromkeys(word for term in sorted(paragraph.terms) for word in words[term]))
            yield _Found(line, paragraph.start, paragraph.end, f"{of_terms} {of_report}")
