"""A whole document made ready for translation, as `/pretranslate` does with a text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from glossary_api.queries.served import annotator_of
from glossary_api.queries.standpoint import standing_at
from glossary_api.reading.read import read
from glossary_api.store.edition import Edition
from glossary_api.translation.pretranslate import pretranslate
from glossary_api.translation.renderings import TermUse, binding
from glossary_api.translation.uses import uses_in


def pretranslate_file(
    path: Path, edition: Edition, language: str, place: str | None, day: str | None
) -> dict[str, Any]:
    """Return `{"file","glossary","ambiguous": [{"term","candidates"}],"unrendered","prompt","edition"}`.

    Raises ReadError, and BadParameter for a place or a day that is none.
    """
    asked = standing_at(edition, place, day)
    text = read(path).text
    made = pretranslate(text, uses_in(text, annotator_of(edition), asked, language), language)
    return {
        "file": str(path),
        "glossary": made.glossary,
        "ambiguous": [{"term": use.name, "candidates": _candidates(use)} for use in made.ambiguous],
        "unrendered": [use.name for use in made.unrendered],
        "prompt": made.prompt,
        "edition": edition.hash,
    }


def _candidates(use: TermUse) -> list[str]:
    return list(dict.fromkeys(rendering.full for rendering in binding(use.renderings)))
