"""The source of pages of a wiki: bold type, headings, links and references as signs between the words.

References, `<ref>…</ref>`, are printed as every reader prints notes: ［1］ where they stand, the notes at the end.
Templates, `{{…}}`, are no text and are counted.
"""

from __future__ import annotations

import re

from glossary_api.reading.joining import NOTES_HEADING, mark
from glossary_api.reading.line_ends import mended
from glossary_api.reading.plain_text import declared_by_mark, read_text
from glossary_api.reading.tally import Tally

_HEAD_BYTES = 200_000
_SIGNS = (
    re.compile(r"(?m)^={2,5}[^=\n]{1,60}={2,5}[ \t]*$"),
    re.compile(r"'''[^'\n]{1,60}'''"),
    re.compile(r"(?i)<ref[ >/]|<references"),
    re.compile(r"(?m)^\{\{[^{}\n]{1,60}(?:\||\}\}|$)"),
    re.compile(r"\[\[[^\[\]\n]{1,80}\]\]"),
)
_LEAST_KINDS = 2
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}")
_MOST_NESTED = 8
_REFERENCE = re.compile(r"(?is)<ref(?:\s[^<>/]*)?>([^<]*)</ref>")
_NAMED = re.compile(r"(?i)<ref\s+name\s*=\s*[\"']?[^\"'/<>]{1,80}[\"']?\s*/>")
_TAG = re.compile(r"(?i)</?(?:references|ref|noinclude|onlyinclude|poem|center|div|span|br|nowiki|small|big)\b[^<>]*>")
_COMMENT = re.compile(r"<!--((?:(?!-->|<!--)[\s\S])*)-->")
_FILE = re.compile(r"(?i)\[\[(?:file|image|category|文件|档案|分类)\s*:[^\[\]]*\]\]")
_LINK = re.compile(r"\[\[(?:[^\[\]|\n]*\|)?([^\[\]|\n]*)\]\]")
_HEADING = re.compile(r"(?m)^={2,5}[ \t]*([^=\n]+?)[ \t]*={2,5}[ \t]*$")
_ITEM = re.compile(r"(?m)^[*#:;]+[ \t]*")


def looks_like_wikitext(data: bytes) -> bool:
    """Return whether the head of a text has two of the signs that only pages of a wiki have."""
    head = data[:_HEAD_BYTES]
    if b"==" not in head and b"<ref" not in head and b"[[" not in head:
        return False
    text = head.decode(declared_by_mark(data) or "utf-8", "ignore")
    return sum(sign.search(text) is not None for sign in _SIGNS) >= _LEAST_KINDS


def read_wikitext(data: bytes, tally: Tally) -> str:
    """Return the text of a page of a wiki, its lines parted by `\\n`; what it does not print is counted in the tally.

    Raises ReadError as `read_text` does.
    """
    text = read_text(data)
    for pattern, reason in ((_COMMENT, "comment"), (_FILE, "picture"), *[(_TEMPLATE, "part")] * _MOST_NESTED):
        for found in pattern.finditer(text):
            tally.leave(reason, found[0])
        text = pattern.sub("", text)
    notes: list[str] = []

    def marked(found: re.Match[str]) -> str:
        notes.append(_words(found[1]))
        return mark(len(notes))

    text = _words(_REFERENCE.sub(marked, text))
    lines = [text.rstrip(), *([NOTES_HEADING] if notes and not text.rstrip().endswith(NOTES_HEADING) else ())]
    return mended("\n".join([*lines, *(mark(number) + note for number, note in enumerate(notes, 1))]))


def _words(text: str) -> str:
    """Return a text without the signs that set it."""
    text = _LINK.sub(r"\1", _TAG.sub("", _NAMED.sub("", text)))
    return _ITEM.sub("", _HEADING.sub(r"\1", text.replace("'''''", "").replace("'''", "").replace("''", "")))
