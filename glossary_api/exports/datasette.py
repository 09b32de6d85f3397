"""Metadata with which Datasette shows the file of an edition."""

from __future__ import annotations

MANUAL = """`metadata.json` for Datasette: `datasette glossary.db -m metadata.json` shows the views of the edition with
titles, with the meaning of each column, and with facets. It holds no terms: all of them are left out, and stand in the
format sqlite."""
