"""Web pages (.html): the article of the page as a browser prints it, one block per line.

What the page hides is left out, and so is what frames the article. Raised numbers and links to footnotes are kept
as marks, and the numbers of an ordered list are printed.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from glossary_api.errors import ReadError
from glossary_api.model.messages import Message
from glossary_api.reading.plain_text import declared_by_mark, read_text
from glossary_api.reading.tally import Tally
from glossary_api.reading.web.article import article
from glossary_api.reading.web.printed import printed

MAX_TAGS = 500_000
"""The most tags of a page; real ones have fewer than 20,000."""

MAX_DEPTH = 300
"""The most elements that may be open at one place of a page; real ones have fewer than 60."""

MAX_REPEATED = 5_000_000
"""The most elements that unclosed formatting may make the HTML rules repeat: open ones times tags of the page."""

DAMAGED_SHARE = 0.001
"""The greatest share of characters that may be damaged in a page whose encoding is declared."""

LINK_PAGE_CHARACTERS = 600
"""The most text of a page that only links to a report; the shortest report is longer."""

_SPOKEN = "各位代表"
"""Every report says this, and no page about one."""
_HEAD_BYTES = 65536
_META_BYTES = 8192  # browsers look at 1,024, and pages with long comments above the declaration go wrong there
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Possessive and atomic throughout: a thousand comments before a missing tag must not be tried in every combination.
_OPENING = re.compile(
    r"\s*+(?:(?><\?xml[^>]*>|<!--.*?-->)\s*+)*+<(?:!doctype\s+html|(?:html|head|body|title|meta|link|style|script|div|p"
    r"|table|article|section|main|span|h[1-6]|font|center|ul|ol|br)\b)",
    re.IGNORECASE | re.DOTALL,
)
_XML, _ROOT = re.compile(r"\s*<\?xml\s"), re.compile(r"<(?:html|!doctype\s+html)\b", re.IGNORECASE)
_CLOSING = re.compile(r"</(?:p|div|td|span|li|h[1-6]|table|body|html)\s*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ESCAPED = re.compile(r"&lt;/(?:p|div|td|span|li|h[1-6]|table|body|html)&gt;|&lt;br\s*/?&gt;", re.IGNORECASE)
_DUMP = re.compile(r"\s*+\[\s*<[a-zA-Z].*>\s*\]\s*", re.DOTALL)
_LIST = re.compile(r"\[\s*<[a-zA-Z]")
_BETWEEN = re.compile(r"(?<=>)\s*,\s*(?=<[a-zA-Z])")
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*+"')
_ATTACHMENT = re.compile(r"\.(?:docx?|wps|pdf|ofd|rtf|odt|zip|rar|7z)(?:[?#&].*)?$", re.IGNORECASE)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_ENCODINGS = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs"}

# Tags that never stay open, being empty or closed by the next of their kind, and those that HTML opens again in
# every block until they are closed.
_NEVER_OPEN = frozenset((
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"),
    *("a", "nobr", "p", "li", "dd", "dt", "td", "th", "tr", "tbody", "thead", "tfoot", "option"),
    *("optgroup", "rt", "rp", "colgroup"),
))  # fmt: skip
_FORMATTING = frozenset(("b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"))


def looks_like_html(data: bytes) -> bool:
    """Return whether bytes begin with a tag of HTML, or have three of them, perhaps escaped, near their head.

    Other XML may begin with <article> or <title>, and its paragraphs are of tags that no page has. Markdown and cells
    of tables have <br> in a few of their lines, which would run together as those of a page do.
    """
    head = data[:_HEAD_BYTES].decode(declared_by_mark(data) or "latin-1", "ignore").lstrip("\ufeff")
    if "<" not in head and "&" not in head:
        return False  # nearly every other file
    head = head[1:] if _LIST.match(head) else head
    of_its_own = _XML.match(head) and not _ROOT.search(head)
    closings, breaks = len(_CLOSING.findall(head)), len(_BREAK.findall(head))
    tags = closings + (breaks if closings or 2 * breaks >= head.count("\n") else 0)
    return bool(_OPENING.match(head) and not of_its_own) or max(tags, len(_ESCAPED.findall(head))) >= 3


def read_html(data: bytes, tally: Tally | None = None) -> str:
    """Return the article of a page, its lines parted by `\\n`; what is left out of it is counted in the tally.

    Raises ReadError when the page is over a limit, in no known encoding, or no more than a link to a file.
    """
    from selectolax.lexbor import LexborHTMLParser  # heavy: only when a page is read

    source = _without_list_signs(_unescaped(decoded(data)))
    _check_extent(source)
    tally = tally or Tally()
    try:
        root = LexborHTMLParser(source).root
        lines = article(printed(root, tally), tally)
    except RecursionError as error:
        raise ReadError("is-nested-too-deeply", remedy="save-article-alone") from error
    if not any(_SPOKEN in line for line in lines) and (kept := _in_program(root)):
        return read_html(kept.encode(), tally)
    _refuse_frames(root, lines)
    _refuse_link_alone(root, lines)
    return "\n".join(lines)


def _in_program(root: Any) -> str:
    """Return the speech that a page has only in the data of its program, which prints it in a browser."""
    scripts = (script.text() for script in root.css("script")) if root is not None else ()
    texts = (found[0] for script in scripts for found in _STRING.finditer(script))
    spoken: list[str] = []
    for text in texts:
        with suppress(ValueError):
            spoken += [said] if len(text) >= LINK_PAGE_CHARACTERS and _SPOKEN in (said := json.loads(text)) else []
    return max(spoken, key=len, default="")


def _unescaped(source: str) -> str:
    """Return the source of a page that a database keeps with its tags escaped, `&lt;p&gt;…&lt;/p&gt;`, as it was."""
    return (
        html.unescape(source)
        if _ESCAPED.search(source) and not (_CLOSING.search(source) or _BREAK.search(source))
        else source
    )


def _without_list_signs(source: str) -> str:
    """Return the pieces of a page without the brackets and commas of a program's list: `[<p>…</p>, <p>…</p>]`."""
    return _BETWEEN.sub("", source.strip()[1:-1]) if _DUMP.fullmatch(source) else source


def _refuse_frames(root: Any, lines: Sequence[str]) -> None:
    """Raise ReadError for a page that shows other pages in frames, and has hardly any text."""
    few = not any(lines) or not any("。" in line for line in lines)
    frames = root.css("frame[src], iframe[src], iframe[srcdoc]" if few else "frame[src]") if root is not None else ()
    if frames and sum(map(len, lines)) <= LINK_PAGE_CHARACTERS:
        names = ", ".join(frame.attributes.get("src") or "srcdoc" for frame in frames)
        raise ReadError("page-of-frames", remedy=Message("save-pages-in-frames", names=names))


def _refuse_link_alone(root: Any, lines: Sequence[str]) -> None:
    """Raise ReadError for a page with little text and a link to a file of the kinds in which reports are published."""
    if root is None or sum(map(len, lines)) > LINK_PAGE_CHARACTERS or any(_SPOKEN in line for line in lines):
        return
    for link in root.css("a[href]"):
        address = link.attributes.get("href") or ""
        if _ATTACHMENT.search(address):
            name = " ".join((link.text() or "").split()) or address
            raise ReadError("links-only-to-file", remedy="download-and-harvest-that", name=name, address=address)


def decoded(data: bytes) -> str:
    """Return the source of a page: UTF-8 if it is that, else as its byte order mark or `meta` says, else GB18030.

    A page that declares its encoding may have a few damaged characters, as pages put together from parts do.
    """
    found = None if declared_by_mark(data) else _CHARSET.search(data[:_META_BYTES])
    declared = _ENCODINGS.get(found.group(1).decode().lower(), "utf-8") if found else ""
    for encoding in ("utf-8", declared) if declared else ():
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return _damaged(data, declared) if declared else read_text(data)


def _damaged(data: bytes, declared: str) -> str:
    source = data.decode(declared, "replace")
    if source.count("\ufffd") <= len(source) * DAMAGED_SHARE:
        return source
    return read_text(data)  # the declaration may be wrong; else this says what is the matter


def _check_extent(source: str) -> None:
    """Raise ReadError for pages that would take the parser more than linear time: too deep, or with formatting
    that is opened again and again and never closed."""
    tags, still_open, depth, formatting = 0, Counter[str](), 0, 0
    deepest = most_formatting = 0
    for tag in _TAG.finditer(source):
        tags += 1
        name = tag.group(2).lower()
        if name in _NEVER_OPEN or (tag.group(1) and not still_open[name]):
            continue
        step = -1 if tag.group(1) else 1
        still_open[name] += step
        depth += step
        formatting += step * (name in _FORMATTING)
        deepest, most_formatting = max(deepest, depth), max(most_formatting, formatting)
    remedy = Message("save-article-alone")
    if tags > MAX_TAGS:
        raise ReadError("has-more-than-tags", remedy=remedy, count=MAX_TAGS)
    if deepest > MAX_DEPTH or most_formatting * tags > MAX_REPEATED:
        raise ReadError("is-nested-more-than-elements-deep", remedy=remedy, count=MAX_DEPTH)
