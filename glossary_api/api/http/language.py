"""Choose the language that a caller prefers, by Accept-Language (RFC 9110, 12.5.4); a page's by `?lang=` before it."""

from __future__ import annotations

from flask import request
from werkzeug.datastructures import LanguageAccept

from glossary_api.model.messages import CHINESE, ENGLISH


def preferred_language() -> str:
    """Return the language tag that the request's Accept-Language prefers; English if it says nothing or neither."""
    return preferred_of(request.accept_languages)


def preferred_of(accepted: LanguageAccept) -> str:
    """Return the preferred language of an Accept-Language that is parsed already."""
    return CHINESE if accepted.best_match(["en", "zh"], "en") == "zh" else ENGLISH


PAGES = ("zh", "en")
"""What `?lang=` may be, the first language first."""


def kept_language() -> str | None:
    """Return the language that the address of a page names, which its links keep; None if it names none of PAGES."""
    asked = request.args.get("lang")
    return asked if asked in PAGES else None


def page_language() -> str:
    """Return the one of PAGES that a request asks for: by its address, or by what its browser prefers.

    Who prefers other languages gets English; who names none, as crawlers do, the first one.
    """
    accepted = request.accept_languages
    return kept_language() or accepted.best_match(PAGES, "en" if accepted else PAGES[0])
