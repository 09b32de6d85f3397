"""Expansions as they are quoted: in one piece, or abridged where their members stand far apart."""

from __future__ import annotations

from itertools import pairwise

from glossary_api.model.things import Inline

_FAR_APART = 24
"""Members with more characters between them have sentences of their own behind them."""
LEFT_OUT = "……"


def quoted(text: str, inline: Inline) -> str:
    """Return an expansion as the report's `text` prints it, with …… for what parts members that stand far apart."""
    pieces, at = [], inline.start
    for before, member in pairwise(inline.members):
        if member.start - before.end > _FAR_APART:
            pieces.append(text[at : before.end])
            at = member.start
    return LEFT_OUT.join([*pieces, text[at : inline.end]])
