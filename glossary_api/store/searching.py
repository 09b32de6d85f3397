"""Full-text search without word boundaries: texts and questions as overlapping pairs of characters.

A run of letters, digits and signs such as + is cut into all its pairs, and its last character once more alone:
六个不 becomes `六个 个不 不`. A question of two or more characters is the phrase of its pairs, a question of one
character the prefix of a pair. Runs end at punctuation, so that nothing is found across it. Texts and questions
are taken both folded and as written: folding alone would hide 十四 in 十四五, since 十四 folds to 14.
"""

from __future__ import annotations

import re

from glossary_api.folding import fold

# Letters, digits and the signs that names are written with: 1+22+3, 24·365, 10%, A/B.
_RUN = re.compile(r"[^\W_]+(?:[+\-·~%&/#@]+[^\W_]+)*[+%]?")


def pairs(text: str) -> str:
    """The tokens of a text for the index, separated by spaces."""
    return " ".join(run[i : i + 2] for form in _forms(text) for run in _RUN.findall(form) for i in range(len(run)))


def question(text: str) -> str | None:
    """The FTS5 expression that finds what contains every word of `text`; None if it has nothing to search for."""
    words = [" OR ".join(filter(None, map(_phrase, _forms(word)))) for word in text.split()]
    return " AND ".join(f"({word})" for word in words if word) or None


def _forms(text: str) -> list[str]:
    return list(dict.fromkeys((fold(text).text, text.lower())))


def _phrase(form: str) -> str:
    return " AND ".join(map(_run_phrase, _RUN.findall(form)))


def _run_phrase(run: str) -> str:
    if len(run) == 1:
        return f'"{run}" *'
    return '"' + " ".join(run[i : i + 2] for i in range(len(run) - 1)) + '"'
