"""The whole site: each page is a module that adds itself to the blueprint when it is imported here."""

from __future__ import annotations

from glossary_api.api.pages import (
    about,
    annotate,
    contexts,
    findings,
    glossary,
    home,
    missing,
    report,
    reports,
    search,
    term,
    terms,
)
from glossary_api.api.pages.page import blueprint

__all__ = [
    "about",
    "annotate",
    "blueprint",
    "contexts",
    "findings",
    "glossary",
    "home",
    "missing",
    "report",
    "reports",
    "search",
    "term",
    "terms",
]
