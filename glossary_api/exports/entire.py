"""Formats that hold all of an edition, of which nothing can be left out: what they are; the queries write them."""

from __future__ import annotations

from typing import NamedTuple


class Entire(NamedTuple):
    """A format that is made of an edition as a whole."""

    MANUAL: str


SQLITE = Entire(
    """The file that `glossary-api serve` reads, byte for byte: reports with their texts, entries, slogans,
terms, usages, findings and doubts. Nothing is left out, so terms cannot be chosen. `glossary_api/store/schema.py`
describes its tables."""
)
DATASETTE = Entire(
    """`metadata.json` for Datasette: `datasette glossary.db -m metadata.json` shows the views of the edition with
titles, with the meaning of each column, and with facets. It holds no terms: all of them are left out, and stand in the
format sqlite."""
)
DATAPACKAGE = Entire(
    """A Frictionless Data Package: `datapackage.json`, which says of each column what it is, and beside it
`terms.csv`, `definitions.csv`, `members.csv`, `usages.csv`, `renderings.csv`, `reports.csv`, `timeline.csv`: one fact a
row, candidates included, ids to join them by. All of the edition is in it, so terms cannot be chosen. The texts of
the reports, their entries, slogans and findings are left out; the format sqlite holds them. A field that a spreadsheet
would take for a formula has an apostrophe before it."""
)
