"""Notes that a page shows only when somebody opens them: panels of an accordion, tabs, boxes behind a link.

A page hides much else: menus, copies of its text for telephones, what a program fills in later. So a hidden part counts
only if it begins with the heading of notes, or stands below one, right behind the name that it explains.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from glossary_api.reading.joining import SAYS_NOTES
from glossary_api.reading.web.attributes import note_on

Node = Any
"""A node of selectolax."""

_HAN = re.compile(r"[\u4e00-\u9fff]")
_LEAST = 8
"""Han characters of the shortest explanation."""
_LEAST_BEFORE = 4
"""So many Han characters stand on its line before a word of a sentence; before the link of a menu hardly any do."""
_LONGEST_NAME, _LONGEST_LINE = 30, 60
_NO_NAME = re.compile("[，。；：！？]")
_SPOKEN = "各位代表"
"""A report says this, and no note does."""
_OPENER = re.compile(r"\W*(?:点击)?(?:展开|查看|阅读|显示)(?:全文|全部|更多|剩余.{0,6})\W*")
_OPENS = (
    *("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle", "data-target", "data-bs-target"),
    *("aria-describedby", "aria-details"),
)
"""The attributes of a button or word that opens a part of the page, or is explained by it."""
_CALLED_WITH = re.compile(r"['\"]#?([\w-]+)['\"]")
"""What a program is called with when a word is touched: showNote('note1')."""
_QUOTED = re.compile(r"[“「]([^“”「」\n]{2,30})[”」]")
_LABEL = re.compile(
    r"[\s▼▲▾▸▶►∨∧>»+＋-]*[（(\[]?(?:点击)?(?:展开|收起|查看)(?:详情|解释|释义|全文)?(?:\s*[/|／]?\s*(?:收起|展开))?[)）\]]?"
    r"[\s▼▲▾▸▶►∨∧>»+＋-]*$"
)
_BOXES = frozenset(("modal", "popup", "popover", "dialog", "layer", "tooltip", "tip", "tips", "explain"))
_CLOSING = "button, .close, .btn, [aria-label=Close]"
_TABS = "[aria-controls], a[href^='#'], [data-target], [data-bs-target]"
_WORD = re.compile("[a-z]+")


def without_label(text: str) -> str:
    """Return the name that a reader touches to see what it means, without the words that tell him to."""
    return _LABEL.sub("", text) or text


def _bare(name: str) -> str:
    return name.strip(" \t\r\n“”「」\u3000")


def _is_box(node: Node) -> bool:
    """Tell whether an element is a box that lies over the page when it is opened."""
    names = _WORD.findall((node.attributes.get("class") or "").lower())
    is_tip = node.attributes.get("role") in ("tooltip", "dialog")
    return bool(node.tag == "dialog" or "hidden" in node.attributes or is_tip or _BOXES.intersection(names))


def _target(tab: Node) -> str:
    """Return the id of the part of the page that a tab shows."""
    named = (tab.attributes.get(name) for name in ("aria-controls", "href", "data-target", "data-bs-target"))
    return next(filter(None, named), "").lstrip("#")


def _has_opener(node: Node) -> bool:
    """Return whether a link right beside a hidden part says that the rest of the text is in it."""
    beside = (node.prev, node.next, node.next.next if node.next is not None else None)
    return any(one is not None and _OPENER.fullmatch(" ".join(one.text().split())) is not None for one in beside)


class Unfolding:
    """Follows the lines of a page and knows whether notes are being listed."""

    def __init__(self, root: Node) -> None:
        text = root.text()
        self._spoken = text.count(_SPOKEN)
        self._quoted = frozenset(found[1] for found in _QUOTED.finditer(text))
        self._boxes = {node.attributes["id"]: node for node in root.css("[id]") if _is_box(node)}
        self._tabs = {_target(tab): tab.text().strip() for tab in root.css(_TABS) if SAYS_NOTES.fullmatch(tab.text())}
        self._listing = False
        self._last = ""

    def meet(self, line: str, *, hidden: bool) -> None:
        """Take a printed line into account: a heading of notes begins their list, a long line in sight ends it."""
        if SAYS_NOTES.fullmatch(line):
            self._listing = True
        elif len(line) > _LONGEST_LINE and not hidden:
            self._listing = False
        self._last = line

    def is_read(self, node: Node, begun: str) -> bool:
        """Tell whether a hidden element holds notes, or the speech; `begun` is what stands before it on its line."""
        text = node.text(separator="\n").strip()
        if self.is_speech(node) or self.heading_of(node) or _has_opener(node):
            return True
        if len(_HAN.findall(text)) < _LEAST or _SPOKEN in text:
            return False
        if SAYS_NOTES.fullmatch(text.partition("\n")[0].strip()):
            return True
        before = begun.strip() or self._last
        if SAYS_NOTES.fullmatch(before):
            return True
        is_behind_name = len(before) <= _LONGEST_NAME and not _NO_NAME.search(before)
        return self._listing and is_behind_name and _NO_NAME.search(text) is not None

    def heading_of(self, node: Node) -> str | None:
        """Return what the tab that shows a part of the page says, if it says that words are explained there."""
        return self._tabs.get(node.attributes.get("id") or "")

    def opened_by(self, node: Node, attributes: Mapping[str, str | None], before: str) -> str | None:
        """Return the note in the box that a link on a word opens: the word and what the box says of it.

        The page quotes the word, or it is the title of the box and stands in a sentence, behind what is `before` it.
        """
        href = attributes.get("href") or ""
        targets = [href[1:] if href[:1] == "#" else "", *((attributes.get(one) or "").lstrip("#") for one in _OPENS)]
        targets += _CALLED_WITH.findall(attributes.get("onclick") or "")
        targets += [
            (said or "")[1:]
            for name, said in attributes.items()
            if name.startswith("data-") and (said or "")[:1] == "#"
        ]
        box = next((self._boxes[to] for to in targets if to in self._boxes), None)
        name = node.text().strip()
        if box is None:
            return None
        closing = {one.text().strip() for one in box.css(_CLOSING)}
        pieces = [piece.strip() for piece in box.text(separator="\n").split("\n")]
        said = [piece for piece in pieces if piece and piece not in closing and not SAYS_NOTES.fullmatch(piece)]
        begins = bool(said) and _bare(said[0]) == _bare(name)
        is_word = self.is_quoted(name) or (begins and len(_HAN.findall(before)) >= _LEAST_BEFORE)
        return note_on(name, "".join(said[begins:])) if is_word else None

    def is_quoted(self, name: str) -> bool:
        """Tell whether the page has a name in quotation marks."""
        return _bare(name) in self._quoted

    def is_speech(self, node: Node) -> bool:
        """Tell whether a part that is not shown, or shown for editing, has the report itself, and nothing else has.

        Pages for telephones hide their article until a program shows it.
        """
        return bool(self._spoken) and bool(node.text().count(_SPOKEN) == self._spoken)

    def is_name(self, button: Node) -> bool:
        """Tell whether a button bears the name that the part of the page explains which it opens, or their heading."""
        text = button.text().strip()
        if not any(name in button.attributes for name in _OPENS) or not 1 < len(text) <= _LONGEST_NAME:
            return False
        return bool(SAYS_NOTES.fullmatch(text)) or (self._listing and not _NO_NAME.search(text))
