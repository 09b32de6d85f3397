"""Every kind of finding, one row each: how grave it is, who finds it, what it is called and what it means.

A new kind is a row here and the rule that finds it. Routes, schemas and pages take the rest from the table; how grave
the findings of the parser are, stands in `model/words.py`, since the store and the command line say it too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from glossary_api.model.words import FOUND_IN_REPORTS, INFO, QUESTION

PARSER, DRAFT, BETWEEN, MERGING, READING = FINDERS = ("parser", "draft", "between", "merging", "reading")
"""Who finds it: the parser in a text, the look at a draft, comparing definitions, merging them, reading files."""
CONTRADICTION, DOUBT, FAILURE = "contradicting-definition", "open-question", "file-not-understood"
UNDEFINED = "undefined-slogan"


@dataclass(frozen=True, slots=True)
class FindingKind:
    """A kind of finding."""

    name: str
    severity: str
    """One of SEVERITIES; of `undefined-slogan` that of a numeral abbreviation."""
    finder: str
    """One of FINDERS."""
    en: str
    """What it is called, in English."""
    zh: str
    """What it is called, in Chinese."""
    meaning: str
    """What it says, in a few English words, for the documentation of the API."""


ROWS = (
    FindingKind(
        "count-mismatch",
        FOUND_IN_REPORTS["count-mismatch"],
        PARSER,
        "Count mismatch",
        "数目不符",
        "a definition lists another number of things than its name counts",
    ),
    FindingKind(
        "orphan-mark",
        FOUND_IN_REPORTS["orphan-mark"],
        PARSER,
        "Mark without a note",
        "有标记无注释",
        "a mark without a note, where the list of notes is whole",
    ),
    FindingKind(
        "marks-without-notes",
        FOUND_IN_REPORTS["marks-without-notes"],
        PARSER,
        "Marks without notes",
        "标记没有找到注释",
        "marks that no note was found for",
    ),
    FindingKind(
        "lone-quotation-mark",
        FOUND_IN_REPORTS["lone-quotation-mark"],
        PARSER,
        "Lone quotation mark",
        "引号不成对",
        "a quotation mark without its partner",
    ),
    FindingKind(
        "unreferenced-entry",
        FOUND_IN_REPORTS["unreferenced-entry"],
        PARSER,
        "Note without a mark",
        "有注释无标记",
        "a note that no mark refers to",
    ),
    FindingKind(
        "entry-not-understood",
        FOUND_IN_REPORTS["entry-not-understood"],
        PARSER,
        "Note without a definition",
        "注释没有解释",
        "a note without a definition",
    ),
    FindingKind(
        "glossary-not-understood",
        FOUND_IN_REPORTS["glossary-not-understood"],
        PARSER,
        "Glossary not understood",
        "名词解释没有读懂",
        "a heading that says that words are explained, and nothing behind it that was understood",
    ),
    FindingKind(
        "reading-in-doubt",
        FOUND_IN_REPORTS["reading-in-doubt"],
        PARSER,
        "Reading in doubt",
        "可能没有读对",
        "what cannot be right as it was read: a note within another, beside the list or cut off, sentences cut in two",
    ),
    FindingKind(
        "bare-pages",
        FOUND_IN_REPORTS["bare-pages"],
        PARSER,
        "Pages without text",
        "没有文字的页",
        "pages of a file that are pictures and were not read",
    ),
    FindingKind(UNDEFINED, QUESTION, DRAFT, "Slogan without an explanation", "没有解释的提法", "a slogan unexplained"),
    FindingKind(
        CONTRADICTION,
        QUESTION,
        BETWEEN,
        "Contradiction",
        "前后说法不一",
        "one place defines a name with other members, or another number of them, than another of its reports",
    ),
    FindingKind(
        DOUBT,
        INFO,
        MERGING,
        "Open question",
        "合并时的疑问",
        "what the merging left open, such as a name with several senses",
    ),
    FindingKind(
        FAILURE,
        QUESTION,
        READING,
        "File not in the edition",
        "没有收入的文件",
        "a file that is not in the edition",
    ),
)


def _found_by(*finders: str) -> tuple[str, ...]:
    return tuple(row.name for row in ROWS if row.finder in finders)


OF_AN_EDITION = _found_by(PARSER, BETWEEN, MERGING, READING)
"""The kinds of what is found in an edition, in the order of the table."""
OF_A_DRAFT = _found_by(PARSER, DRAFT, BETWEEN)
"""The kinds of what is found in a draft, in the order of the table."""


def meanings(kinds: Iterable[str]) -> str:
    """Return what kinds mean, for the documentation of the API: `kind`: words; `kind`: words."""
    chosen = set(kinds)
    return "; ".join(f"`{row.name}`: {row.meaning}" for row in ROWS if row.name in chosen) + "."
