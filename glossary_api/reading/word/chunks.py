"""Documents that a Word file holds whole (altChunk): Word shows a web page or another .docx at its place."""

from __future__ import annotations

from collections.abc import Callable
from posixpath import join, normpath

from glossary_api.reading.html import looks_like_html, read_html
from glossary_api.reading.plain_text import read_text
from glossary_api.reading.tally import Tally
from glossary_api.reading.web_archive import is_mime, read_mime
from glossary_api.reading.word.package import Element, Package, is_docx

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RTF = b"{\\rtf"


class Chunks:
    """The documents in a Word file. One in another one is read; one in that one is only counted."""

    def __init__(self, package: Package, tally: Tally, inside: bool) -> None:
        self._package, self._tally, self._inside = package, tally, inside

    def lines(self, chunk: Element, of_docx: Callable[[Package], list[str]]) -> list[str]:
        """Return the lines of the document that an altChunk names; none, but counted, where it cannot be read."""
        data = self._package.content(self._target(chunk.get(_ID, ""))) or b""
        if not data or data.startswith(_RTF) or self._inside:
            self._tally.leave("part")
            return []
        if is_docx(data):
            return of_docx(Package(data))
        reader = read_mime if is_mime(data) else read_html if looks_like_html(data) else None
        return (reader(data, self._tally) if reader else read_text(data)).split("\n")

    def _target(self, identifier: str) -> str:
        relations = self._package.part("word/_rels/document.xml.rels")
        for relation in () if relations is None else relations:
            if relation.get("Id") == identifier:
                return normpath(join("/word", relation.get("Target", ""))).lstrip("/")
        return ""
