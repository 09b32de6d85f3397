"""Count the content of a Word file that its text does not have."""

from __future__ import annotations

import re
from collections.abc import Collection

from glossary_api.errors import ReadError
from glossary_api.reading.tally import Tally
from glossary_api.reading.word.package import Element, Package, W

PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
    "{urn:schemas-microsoft-com:vml}imagedata",
    "{urn:schemas-microsoft-com:office:office}OLEObject",
)
"""Elements that stand for a picture, a chart, a diagram or a file of another program."""

UNPRINTED_TEXTS = {
    W + name: reason
    for name, reason in (("del", "deleted"), ("delText", "deleted"), ("instrText", "field"), ("rt", "ruby"))
}
"""Elements whose texts are not printed, and why. What was moved away is printed where it was moved to."""

_TEXTS = (f"{W}t", f"{W}delText", "{http://schemas.openxmlformats.org/drawingml/2006/main}t")
_PARAGRAPHS = (f"{W}p", "{http://schemas.openxmlformats.org/drawingml/2006/main}p")
_PARTS = (
    (re.compile(r"word/comments\.xml"), "comment"),
    (re.compile(r"word/header\d*\.xml"), "header"),
    (re.compile(r"word/footer\d*\.xml"), "footer"),
    (re.compile(r"word/(?:diagrams/data\d*|charts/chart\d*)\.xml"), "picture"),
)


def text_below(element: Element) -> str:
    """Return every text in an element, printed or not."""
    if element.tag == f"{W}instrText":
        return element.text or ""
    pieces = ("\n" if text.tag in _PARAGRAPHS else text.text or "" for text in element.iter(*_TEXTS, *_PARAGRAPHS))
    return "".join(pieces).lstrip("\n")


def leave_other_parts(package: Package, tally: Tally, counted: Collection[str] = ()) -> None:
    """Count the texts of headers, footers, comments and diagrams, which stand in parts of their own."""
    for name in set(package.names()).difference(counted):
        for pattern, reason in _PARTS:
            if pattern.fullmatch(name):
                tally.leave(reason, _text_of(package, name))


def _text_of(package: Package, name: str) -> str:
    """Return the text of a part, a space for one without text: what is damaged beside the text keeps nobody from it."""
    try:
        root = package.part(name)
    except ReadError:
        root = None
    return (text_below(root) if root is not None else "") or " "
