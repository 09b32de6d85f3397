"""The edition itself: an SQLite database with everything in it."""

from __future__ import annotations

MANUAL = """The file that `glossary-api serve` reads, byte for byte: reports with their texts, entries, slogans,
terms, usages, findings and doubts. Nothing is left out, so terms cannot be chosen. `glossary_api/store/schema.py`
describes its tables."""
