"""A rendering and its gloss: what stands in running text, and the parentheses at its end that explain it."""

from __future__ import annotations

_BRACKETS = {")": "(", "）": "（"}


def gloss_apart(rendering: str) -> tuple[str, str]:
    """Return a rendering without its final parentheses, and what stands in them; nothing if it has none.

    >>> gloss_apart("Six No-Occurrences (zero-incident commitments)")
    ('Six No-Occurrences', 'zero-incident commitments')
    """
    text = rendering.rstrip()
    if not text or text[-1] not in _BRACKETS:
        return text, ""
    closing, opening, depth = text[-1], _BRACKETS[text[-1]], 0
    for place in range(len(text) - 1, 0, -1):
        depth += (text[place] == closing) - (text[place] == opening)
        if depth == 0:
            short = text[:place].rstrip()
            return (short, text[place + 1 : -1].strip()) if short else (text, "")
    return text, ""


def with_gloss(rendering: str, gloss: str) -> str:
    """Return a rendering with its gloss in parentheses behind it."""
    return f"{rendering} ({gloss})" if gloss else rendering
