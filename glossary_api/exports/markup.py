"""XML written as a stream: what has been written is taken away before the next is."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from glossary_api.exports.cleaning import in_xml

_XML = "http://www.w3.org/XML/1998/namespace"
LANG = f"{{{_XML}}}lang"
_NEEDLESS = f' xmlns:xml="{_XML}"'.encode()
"""What keeps lxml from giving the namespace of xml:lang a second, forbidden prefix; readers know it undeclared."""
_ENOUGH = 64 * 1024


class Markup:
    """A document that is written element by element, each on a line of its own; `with` ends it."""

    def __init__(self, namespaces: Mapping[str | None, str] | None = None) -> None:
        """Begin a document; `namespaces` are declared at its root: prefix, or None, to namespace."""
        from lxml import etree  # type: ignore[import-untyped]  # only who writes XML needs it

        self._buffer = io.BytesIO()
        self._namespaces = {**(namespaces or {}), "xml": _XML}
        self._begun = False
        self._file = etree.xmlfile(self._buffer, encoding="utf-8")
        self._depth = 0

    def __enter__(self) -> Markup:
        """Begin the document."""
        self._writer: Any = self._file.__enter__()
        self._writer.write_declaration()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self._file.__exit__(kind, error, trace)
        self._buffer.write(b"\n")

    @contextmanager
    def element(self, tag: str, attributes: Mapping[str, str] | None = None) -> Iterator[None]:
        """Open an element with elements in it; `tag` and attributes are named as in lxml, `{namespace}name`."""
        namespaces = {} if self._depth else {"nsmap": self._namespaces}
        self._break()
        with self._writer.element(tag, _clean(attributes), **namespaces):
            self._depth += 1
            yield
            self._depth -= 1
            self._break()

    def leaf(self, tag: str, text: str = "", attributes: Mapping[str, str] | None = None) -> None:
        """Write an element with nothing but text in it."""
        self._break()
        with self._writer.element(tag, _clean(attributes)):
            self._writer.write(in_xml(text))

    def taken(self, least: int = _ENOUGH) -> Iterator[bytes]:
        """Yield what has been written since it was last taken, if that is at least so many bytes."""
        self._writer.flush()
        if self._buffer.tell() >= least:
            yield self.rest()

    def rest(self) -> bytes:
        """Return what has been written since it was last taken."""
        written = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        if not self._begun:
            written = written.replace(_NEEDLESS, b"", 1)
            self._begun = True
        return written

    def _break(self) -> None:
        if self._depth:
            self._writer.write("\n" + " " * self._depth)


def _clean(attributes: Mapping[str, str] | None) -> dict[str, str]:
    return {name: in_xml(value) for name, value in (attributes or {}).items()}
