"""The language of a page: its words, and links that keep it.

`?lang=` says which, and every link of such a page keeps it; where an address says none, the browser's languages decide.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from typing import Any

from flask import g, request, url_for

from glossary_api.api.http.language import PAGES, kept_language
from glossary_api.model.messages import CHINESE, ENGLISH, Message, filled
from glossary_api.queries.finding_kinds import ROWS as FINDING_KINDS
from glossary_api.site.web_files import WORDS
from glossary_api.text.captions import all_captions

LANGUAGES = dict(zip(PAGES, ((CHINESE, "中文"), (ENGLISH, "English")), strict=True))
"""The languages of the pages, the first one first: parameter value, language tag and own name."""
GLOSS = 120
"""How many characters of a definition the title of a link has."""
PARAMETERS = (
    "q",
    "show",
    "kind",
    "report",
    "at",
    "place",
    "year",
    "genre",
    "sort",
    "letter",
    "names",
    "marks",
    "cursor",
    "skip",
    "page",
)
"""Every query parameter of a page besides `lang`; links repeat only these, whatever else a caller sent."""
SCRIPT = "script.json"

Words = dict[str, dict[str, str | dict[str, str]]]


def say(key: str, **values: object) -> str:
    """Return the words of the page's language for `key`, with the values in place; `n` chooses between one and many."""
    return worded(g.lang, key, **values)


def worded(lang: str, key: str, /, **values: object) -> str:
    """Return what `say` returns in a language: a page says some hundred things, and its language is one."""
    words = all_words()[key][lang]
    if isinstance(words, dict):
        words = words["one" if values.get("n") == 1 else "other"]
    return filled(words, values)


def tag() -> str:
    """Return the language tag of the page."""
    return LANGUAGES[g.lang][0]


def in_words(message: Message) -> str:
    """Return a message in the page's language."""
    return message.said(tag())


def reason_of(check: Mapping[str, Any]) -> str:
    """Return why a count fails or does not apply, in the page's language; empty for a pass."""
    return in_words(Message.of(check["message"])) if check["message"] else ""


def to(endpoint: str, **values: object) -> str:
    """Return a link to another page, which keeps the language if the address of this one names it."""
    return url_for(endpoint, lang=kept_language(), **values)  # type: ignore[arg-type]  # any value


def here(lang: str | None) -> str:
    """Return the address of this page in a language, or in the reader's own; that of the first page where none is."""
    if request.endpoint is None:
        return url_for("pages.home", lang=lang)
    kept: dict[str, Any] = {name: request.args[name] for name in PARAMETERS if name in request.args}
    return url_for(request.endpoint, **(request.view_args or {}), **kept, lang=lang)


def script_words() -> dict[str, str | dict[str, str]]:
    """Return the words that the scripts of a page say, in its language: those of `script.json`, their values still
    open.
    """
    return {key: words[g.lang] for key, words in _listed(SCRIPT).items()}


@functools.cache
def all_words() -> Words:
    """Return each key's words in each language: a format string, or one for `one` and another for `other`.

    One file for each page, and `site.json` for what stands on all of them; `kind_numeral` and the like come from the
    tables of captions and of kinds of findings.
    """
    words: Words = {
        f"{group}_{value}": dict(words) for group, values in all_captions().items() for value, words in values.items()
    }
    words |= {f"found_kind_{row.name}": {"zh": row.zh, "en": row.en} for row in FINDING_KINDS}
    for path in WORDS.glob("*.json"):
        words |= _listed(path.name)
    return words


@functools.cache
def _listed(name: str) -> Words:
    words: Words = json.loads((WORDS / name).read_text("utf-8"))
    return words


def short(text: str) -> str:
    """Return the beginning of a definition, up to GLOSS characters."""
    return text if len(text) <= GLOSS else text[: GLOSS - 1] + "…"
