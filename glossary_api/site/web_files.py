"""The files that pages are made of and load: where they lie, and the digest that their addresses carry."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from glossary_api.queries.finding_kinds import ROWS
from glossary_api.text.captions import TABLE

WEB = Path(__file__).parent.parent / "web"
FOLDER = WEB / "page"
TEMPLATES = FOLDER / "templates"
WORDS = FOLDER / "words"
STATIC = FOLDER / "static"
SHARED = WEB / "shared"
"""What the pages have in common with the extension; served below `/static/shared/`."""
MANUAL = WEB / "manual"
"""The manual in Markdown, and its pictures."""


@functools.cache
def look() -> str:
    """Return digest of everything that the pages are made of besides the edition."""
    folders = ((WORDS, "*.json"), (TEMPLATES, "**/*.html"), (STATIC, "*.*"), (SHARED, "*.*"), (MANUAL, "*.*"))
    files = [TABLE]
    files += [path for folder, pattern in folders for path in sorted(folder.glob(pattern))]
    return hashlib.sha256(b"".join([*(path.read_bytes() for path in files), repr(ROWS).encode()])).hexdigest()[:12]
