"""The rows about one term, of all tables that have any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import orjson

from glossary_api.model.things import Report, Term
from glossary_api.model.words import ALWAYS, VOUCHED
from glossary_api.store import documents
from glossary_api.store.schema import AppearanceRow, DefinitionRow, KeyRow, TermRow, TermYearRow, VariantRow
from glossary_api.store.sketches import sketches


class TermRows:
    """Makes the rows about terms, given their ranks; `uses` counts the usages of a term by the id of a report."""

    def __init__(self, titles: Mapping[str, Report], ranks: Mapping[str, int]) -> None:
        """Take all reports, their texts aside, and their ranks, by id."""
        self._titles, self._ranks = titles, ranks

    def term(self, rank: int, term: Term, uses: Mapping[str, int], sections: int, explained: int) -> TermRow:
        """Return the row of a term that stands in so many sections; so many of its uses have a sense."""
        document = documents.term(term, self._titles, uses, explained)
        return TermRow(
            rank=rank,
            id=term.id,
            name=term.name,
            key=term.key,
            kind=term.kind,
            status=term.status,
            defined=int(term.defined),
            pinyin=term.pinyin,
            senses=len(term.senses),
            usages=sum(uses.values()),
            sections=sections,
            definers=len(documents.defining(term)),
            summary=orjson.dumps(documents.term_summary(term, self._titles, uses)),
            document=orjson.dumps(document),
            sketches=sketches(term, document, self._titles),
        )

    @staticmethod
    def keys(rank: int, term: Term) -> Iterator[KeyRow]:
        """Yield its names."""
        for key in {term.key, *term.keys}:
            yield KeyRow(key, rank, VOUCHED if key in term.vouched else ALWAYS)

    def variants(self, rank: int, term: Term) -> Iterator[VariantRow]:
        """Yield its printed forms."""
        for position, form in enumerate(term.variants, 1):
            reports = sorted(self._ranks[id_] for id_ in form.reports if id_ in self._ranks)
            yield VariantRow(rank, position, form.form, form.type, orjson.dumps(reports))

    def definitions(self, rank: int, term: Term) -> Iterator[DefinitionRow]:
        """Yield its definitions."""
        numbered = enumerate(((sense, d) for sense in term.senses for d in sense.definitions), 1)
        for position, (sense, definition) in numbered:
            block = self._titles.get(definition.source.report or "")
            near = (block.place_code or block.place) if block else definition.source.place
            document = orjson.dumps(documents.definition(definition))
            report, year = (self._ranks[block.id], block.year) if block else (None, None)
            yield DefinitionRow(rank, sense.id, position, report, near, year, definition.text, document)

    def appearances(self, rank: int, term: Term, uses: Mapping[str, int]) -> Iterator[AppearanceRow]:
        """Yield the reports that use or define it."""
        defines = documents.defining(term) & self._ranks.keys()
        for report in sorted(uses.keys() | defines):
            yield AppearanceRow(rank, self._ranks[report], uses.get(report, 0), int(report in defines))

    def years(self, rank: int, term: Term, uses: Mapping[str, int]) -> Iterator[TermYearRow]:
        """Yield the years of these reports."""
        having = uses.keys() | (documents.defining(term) & self._ranks.keys())
        years = {year for report in having if (year := self._titles[report].year) is not None}
        return (TermYearRow(year, rank) for year in sorted(years))
