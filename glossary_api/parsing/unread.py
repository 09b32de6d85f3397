"""Look for notes in what a reader left out of the text: hidden parts of a page, footers, other sheets and columns.

Nothing of it is read as a note, since it may be anything; but where it explains words that the report quotes, or
stands below a heading of notes, that is said.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from glossary_api.model.files import named_left_out
from glossary_api.model.messages import Message
from glossary_api.model.things import Document, Entry, Finding, Slogan
from glossary_api.parsing.appendix import ATTACHED
from glossary_api.parsing.glossary_headings import is_heading
from glossary_api.parsing.markers import CIRCLED
from glossary_api.parsing.side_notes import QuotedNames
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES
from glossary_api.text.folding import plain as plain_form

_QUOTES = f"{OPENING_QUOTES}{CLOSING_QUOTES}\"'"
_EXPLAINED = re.compile(
    rf"(?:^|(?<=[{_QUOTES}.;、)\]】\s>{''.join(CIRCLED)}]))(?P<name>[^\s。;!?:,|<>{{}}{_QUOTES}【】]{{2,24}})[{_QUOTES}】]?[^\S\n]*+"
    rf"(?::|\||--+|,?是?指|,?即|[\"']\s*[,:]\s*(?:[\"']?\w{{1,20}}[\"']?\s*:\s*)?[\"']|\n(?:[^\w\n]{{1,3}}\n)?)\s*+[{_QUOTES}]?"
    r"(?=(?P<said>[^\n<>{}]{8,60}))",
    re.MULTILINE,
)
"""甲：……, 【甲】……, "term": "甲", "desc": "……", ['甲', '……'], a name above what it means, perhaps a × between."""
_MARKER = re.compile(rf"(?:\d{{1,3}}[.、)]|[{''.join(CIRCLED)}])")
_PARTING = re.compile(r"<[^<>\n]*>|\t")
_LINE = re.compile("[^\n]+")
_SENTENCE = re.compile("[,。;、]")
_HAN = re.compile("[\u4e00-\u9fff]")
_LEAST_HAN = 8
"""Han characters of the shortest explanation."""
_LEAST = 2
"""So many words are explained, or one in a sentence that is whole."""
_WHOLE = re.compile(r"。[\s\"'\]\)]*\Z")
_LEAST_SAID = 3
"""A name of so many signs may stand in the report without quotation marks, if a whole sentence is said of it."""
_MOST, _SHOWN = 200, 3


def left_unread(
    document: Document, plain: str, entries: Sequence[Entry], slogans: Sequence[Slogan]
) -> Iterator[Finding]:
    """Yield a finding for each kind of text left out that explains words of the report that nothing else explains,
    and for a link to a file with notes where none was read.
    """
    quoted = QuotedNames(plain)
    names = [term.name for entry in entries for term in entry.terms] + [one.text for one in slogans if one.inline]
    known = set(map(plain_form, names))
    lines = (line for _, text in document.unread for line in text.split("\n")) if not entries else ()
    if attached := next((line.strip() for line in lines if ATTACHED.search("".join(plain_form(line).split()))), None):
        yield Finding("glossary-not-understood", Message("its-notes-are-in-another-file", name=attached), 0, 0)
    for reason, text in document.unread:
        if spans := _explained(plain_form(text), plain, quoted, known):
            shown = "、".join([text[begin:end] for begin, end in spans[:_SHOWN]])
            message = Message("left-out-looks-like-notes", what=named_left_out(reason), names=shown)
            yield Finding("reading-in-doubt", message, 0, 0)


def _explained(left: str, plain: str, quoted: QuotedNames, known: Collection[str]) -> list[tuple[int, int]]:
    """Return the spans of the names that a text explains and the report does not, if they are several, or one in a
    sentence that is whole.
    """
    left = _PARTING.sub(lambda found: "\n" * len(found[0]), left)
    heading = next((found.end() for found in _LINE.finditer(left) if is_heading("".join(found[0].split()))), len(left))
    names: dict[str, tuple[int, int]] = {}
    is_whole = False
    for one in islice(_EXPLAINED.finditer(left), _MOST):
        name = one["name"] if quoted.has(one["name"]) else _MARKER.sub("", one["name"], count=1)
        says = len(_HAN.findall(one["said"])) >= _LEAST_HAN and _SENTENCE.search(one["said"])
        is_new = name not in known and one["said"][:_LEAST_HAN] not in plain
        is_said = quoted.has(name) or (len(name) >= _LEAST_SAID and name in plain and _WHOLE.search(one["said"]))
        if says and is_new and (one.start() > heading or is_said):
            begin = one.end("name") - len(name)
            if left[begin - 1 : begin] in tuple(CLOSING_QUOTES):  # “甲乙”丙丁
                begin = max(left.rfind(OPENING_QUOTES[CLOSING_QUOTES.index(left[begin - 1])], 0, begin), 0)
            names[name] = begin, one.end("name")
            is_whole = is_whole or _WHOLE.search(one["said"]) is not None
    return list(names.values()) if len(names) >= _LEAST or (is_whole and any(map(quoted.has, names))) else []
