"""Explanations that a web page shows only when a pointer rests on the word: in title, data-tip, …, or in a tooltip.

They are printed as notes behind the article, since a reader of the page can see them and no line of it has them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Node = Any
"""A node of selectolax."""

_TAGS = frozenset((
    *("a", "abbr", "acronym", "b", "cite", "dfn", "em", "font", "i", "ins", "label", "mark", "q", "span", "strong"),
    *("sub", "sup", "u"),
))  # fmt: skip
_EXPLAINED = ("abbr", "acronym", "dfn")
"""Elements that are there for the sake of their explanation."""
_NAMED = ("title", "aria-label", "aria-description", "tip", "tooltip")
_QUOTES = '“”‘’"「」『』《》'
MARK = re.compile(r"[①-⑳㉑-㉟㊱-㊿]|[［\[〔【]\s*[0-9０-９]{1,3}\s*[］\]〕】]")
_SIGNS = re.compile(r"[\[［(（【]?(?:注释?|释义?|[?？!！iⅰ※*＊†•▲△●○■□◆◇★☆])[\]］)）】]?")
_CALLED = re.compile(r"\(\s*(?:'([^'\\]*)'|\"([^\"\\]*)\")")
"""The first words that a program is called with: layer.tips('……', this)."""
_LONGEST_NAME = 30
_LEAST, _LEAST_OF_MARK = 8, 4
"""Han characters of the shortest explanation, of a word and at a mark; what is shorter is the tip of a button."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HAN_SHARE = 0.4
_SENTENCE = re.compile("[，。；：、]")
_NO_NAME = re.compile(r"[，。；：！？\n]|https?:")
_TIP_NAMES = frozenset(("tip", "tips", "tooltip", "tooltiptext", "tiptext", "popover", "explain", "explanation"))
_WORD = re.compile("[a-z]+")
_QUOTED_BEFORE = re.compile(r"[“「]([^“”「」\n]{2,30})[”」]\s*$")
_BREAKS = re.compile(
    r"\s*[\r\n\t]+\s*|</?(?:br|p|div|span|b|strong|em|i|u|font|ul|ol|li|h[1-6])\b[^<>]*>", re.IGNORECASE
)
"""What a browser does not print of an attribute; a script makes a part of the page of some."""


def explained(tag: str, text: str, attributes: Mapping[str, str | None], before: str, *, links: bool) -> str | None:
    """Return the note of an element whose attribute explains its text, `“三清一改”：清河道、…`; None without one.

    The title of a link to another page (`links`) is the title of that page and explains nothing. A sign or a picture
    explains the quoted words `before` it.
    """
    if (not text.strip() or _SIGNS.fullmatch(text.strip())) and (quoted := _QUOTED_BEFORE.search(before)):
        text = quoted[0].strip()
    name = text.strip().strip(_QUOTES).strip()
    if links or tag not in _TAGS or not name or len(name) > _LONGEST_NAME or _NO_NAME.search(name):
        return None
    for attribute, value in attributes.items():
        called = _CALLED.search(value or "") if attribute.startswith("on") else None
        said = _BREAKS.sub("", (called[1] or called[2] or "") if called else value or "").strip()
        may_explain = called or attribute in _NAMED or attribute.startswith("data-")
        if may_explain and _explains(name, said, tag in _EXPLAINED):
            return _note(text.strip(), name, said)
    return None


def shown_on_touch(node: Node, attributes: Mapping[str, str | None], before: str) -> str | None:
    """Return the note of an element that is the tooltip of the quoted words `before` it; None for any other element."""
    names = _WORD.findall((attributes.get("class") or "").lower())
    if node.tag not in (*_TAGS, "div", "small") or not _TIP_NAMES.intersection(names) or _has_elements(node):
        return None
    quoted, said = _QUOTED_BEFORE.search(before), _BREAKS.sub("", node.text()).strip()
    return _note(quoted[0], quoted[1], said) if quoted and _explains(quoted[1], said) else None


def note_on(printed: str, said: str) -> str | None:
    """Return the note on a word as it is `printed`, quotation marks included; None for what is no explanation."""
    name, said = printed.strip().strip(_QUOTES).strip(), _BREAKS.sub("", said).strip()
    return _note(printed.strip(), name, said) if _explains(name, said, is_explained=True) else None


def _has_elements(node: Node) -> bool:
    return any(child.is_element_node and child.tag != "br" for child in node.iter(include_text=True))


def _explains(name: str, said: str, is_explained: bool = False) -> bool:
    han = len(_HAN.findall(said))
    least = _LEAST_OF_MARK if is_explained or MARK.fullmatch(name) else _LEAST
    is_text = han >= least and han >= _HAN_SHARE * len(said) and _SENTENCE.search(said)
    return bool(is_text) and len(said) > len(name) and "://" not in said and said[0] not in "{["


def _note(text: str, name: str, said: str) -> str:
    """Return the explanation behind its name or mark, once: many begin with the name that they explain."""
    if MARK.fullmatch(name):
        return name + said
    begins = said.lstrip(_QUOTES).startswith(name) and re.match(
        rf"[{_QUOTES}]*{re.escape(name)}[{_QUOTES}]*\s*(?:[：:，,—]|是|指|即)", said
    )
    return said if begins else f"{text}：{said}"
