"""The suffixes of the files that are read without another program; a file itself is known by what it holds."""

from __future__ import annotations

DOCUMENTS = (".txt", ".md", ".docx", ".html", ".htm", ".mht", ".pdf", ".ofd")
"""Files that are one text."""
RECORDS = (".csv", ".tsv", ".json", ".jsonl", ".xlsx")
"""Data sets, a text in each record."""
PACKED = (".zip", ".tar", ".gz", ".bz2", ".xz", ".eml")
"""Files that hold other ones."""
