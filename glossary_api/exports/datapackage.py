"""All tables of an edition as CSV with a data dictionary."""

from __future__ import annotations

MANUAL = """A Frictionless Data Package: `datapackage.json`, which says of each column what it is, and beside it
`terms.csv`, `definitions.csv`, `members.csv`, `usages.csv`, `renderings.csv`, `reports.csv`, `timeline.csv`: one fact a
row, candidates included, ids to join them by. All of the edition is in it, so terms cannot be chosen. The texts of
the reports, their entries, slogans and findings are left out; the format sqlite holds them. A field that a spreadsheet
would take for a formula has an apostrophe before it."""
