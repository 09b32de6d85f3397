"""The whole site: each page is a module that adds itself to the blueprint when it is imported here."""

from __future__ import annotations

from glossary_api.site import (
    annotate,
    check,
    contexts,
    crawlers,
    data,
    findings,
    home,
    manual,
    missing,
    report,
    report_glossary,
    reports,
    review,
    search,
    signing_in,
    term,
    terms,
    use_compared,
)
from glossary_api.site.page import blueprint

__all__ = ["PAGES", "blueprint"]
PAGES = (
    *(annotate, check, contexts, crawlers, data, findings, home, manual, missing, report, report_glossary, reports),
    *(review, search, signing_in, term, terms, use_compared),
)
