"""The language of a page: its words, and links that keep it.

Chinese is the first language, `?lang=en` gives the other one and every link of such a page keeps it.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from typing import Any

from flask import g, request, url_for

from glossary_api.model.messages import CHINESE, ENGLISH, Message
from glossary_api.queries.finding_kinds import ROWS as FINDING_KINDS
from glossary_api.site.web_files import WORDS
from glossary_api.text.captions import all_captions

LANGUAGES = {"zh": (CHINESE, "中文"), "en": (ENGLISH, "English")}
"""The languages of the pages, the first one first: parameter value, language tag and own name."""
PARAMETERS = (
    "q",
    "show",
    "kind",
    "report",
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


def asked_language() -> str:
    """Return the language that a request asks for; the first one if it asks for none that there is."""
    asked = request.args.get("lang")
    return asked if asked in LANGUAGES else next(iter(LANGUAGES))


def say(key: str, **values: object) -> str:
    """Return the words of the page's language for `key`, with the values in place; `n` chooses between one and many."""
    words = all_words()[key][g.lang]
    if isinstance(words, dict):
        words = words["one" if values.get("n") == 1 else "other"]
    return words.format(**values)


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
    """Return a link to another page in the language of this one."""
    return url_for(endpoint, lang=_shown(g.lang), **values)  # type: ignore[arg-type]  # any value


def here(lang: str) -> str:
    """Return the address of this page in another language; the first page where there is none at this address."""
    if request.endpoint is None:
        return url_for("pages.home", lang=_shown(lang))
    kept: dict[str, Any] = {name: request.args[name] for name in PARAMETERS if name in request.args}
    return url_for(request.endpoint, **(request.view_args or {}), **kept, lang=_shown(lang))


def _shown(lang: str) -> str | None:
    """Return the language as addresses show it: the first one needs no parameter."""
    return None if lang == next(iter(LANGUAGES)) else lang


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
