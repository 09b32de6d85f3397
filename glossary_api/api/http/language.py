"""Choose the language that a caller prefers, by Accept-Language (RFC 9110, 12.5.4)."""

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
