"""Cite a page: as text, as BibTeX, and as CSL-JSON for reference managers."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import current_app, g, request

from glossary_api.api.http.answers import KEPT
from glossary_api.api.http.authorization import EDITING
from glossary_api.site.words import say, tag

_SPECIAL = re.compile(r"[\\{}$&#^_%~]")


@dataclass(frozen=True, slots=True)
class Citation:
    """The same reference in three forms."""

    text: str
    bibtex: str
    csl: str


def citation(title: str, address: str | None = None) -> Citation:
    """Return how something is cited: what it is, in which edition of the glossary, at which address, else this page."""
    edition = g.edition.hash[:12]
    address = address or request.base_url
    if current_app.extensions[EDITING].settings.keep:
        address = _permanent(address)
    key = f"glossary-{edition}-{hashlib.sha256(address.encode()).hexdigest()[:6]}"  # one for each thing that is cited
    made = datetime.fromtimestamp(g.edition.modified, UTC).date()
    values = {"title": title, "site": say("site"), "edition": edition, "date": made.isoformat(), "address": address}
    fields = {
        "title": f"{{{_escaped(title)}}}",
        "booktitle": say("site"),
        "edition": edition,
        "year": str(made.year),
        "url": address,
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    csl = {
        "type": "entry-dictionary",
        "id": key,
        "title": title,
        "container-title": say("site"),
        "edition": edition,
        "language": tag(),
        "issued": {"date-parts": [[made.year, made.month, made.day]]},
        "URL": address,
    }
    return Citation(
        say("cite_text", **values),
        f"@incollection{{{key},\n{body}\n}}",
        json.dumps([csl], ensure_ascii=False, indent=2),
    )


def _permanent(address: str) -> str:
    """Return the address of a page in its edition, which stays when another edition is served."""
    if KEPT in request.environ:
        return address
    return f"{request.url_root}editions/{g.edition.hash[:12]}/{address.removeprefix(request.url_root)}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda sign: "\\textbackslash{}" if sign[0] == "\\" else f"\\{sign[0]}", text)
