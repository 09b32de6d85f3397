"""Texts that explain and are no reports: 政策解读, pages with 名词解释, word lists, papers that define their words.

They are sources of definitions and no more: nothing in them counts as use of a term.
"""

from __future__ import annotations

from collections.abc import Sequence

from glossary_api.model.things import Document, Entry
from glossary_api.parsing import patterns
from glossary_api.parsing.lines import lines_of
from glossary_api.parsing.statements import read_statements
from glossary_api.parsing.word_lists import read_word_list
from glossary_api.text.folding import plain as plain_form

_HEAD_LINES = 6
"""Lines in which the title is looked for."""
_LONGEST_TITLE = 60
_LEAST_TITLED, _LEAST_UNTITLED = 1, 3
"""So many statements of definition make a text an explainer, with a title that says so and without."""


def title_of(document: Document, plain: str) -> str | None:
    """Return the title that says that a text explains, from its first lines or its record; None without one."""
    for n, line in enumerate(lines_of(plain)):
        if n == _HEAD_LINES:
            break
        if len(line.text) <= _LONGEST_TITLE and patterns.matches("explainers", "title", line.squeezed):
            return document.text[line.start : line.end]
    said = dict(document.record).get("title", "")
    return said if said and patterns.matches("explainers", "title", "".join(plain_form(said).split())) else None


def read_explanations(text: str, plain: str, spans: Sequence[tuple[int, int]], *, titled: bool) -> tuple[Entry, ...]:
    """Read word lists and statements of definition in the spans of a text that has no sign of a report.

    Without a word list or a title that says that it explains, fewer than three statements explain nothing.
    """
    words = [entry for span in spans for entry in read_word_list(text, plain, *span)]
    stated = [
        one
        for span in spans
        for one in read_statements(text, plain, *span)
        if not any(word.start < one.end and one.start < word.end for word in words)
    ]
    if not words and len(stated) < (_LEAST_TITLED if titled else _LEAST_UNTITLED):
        return ()
    return tuple(sorted([*words, *stated], key=lambda entry: entry.start))
