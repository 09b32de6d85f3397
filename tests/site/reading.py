"""Pages read strictly: what is not well formed does not pass."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from html.parser import HTMLParser

from werkzeug.test import TestResponse

VOID = {"meta", "link", "input", "br", "hr", "img"}


@dataclasses.dataclass
class Element:
    """An element of a page: its tag, its attributes and what stands in it."""

    tag: str
    attributes: dict[str, str]
    inside: list[Element | str] = dataclasses.field(default_factory=list)

    @property
    def text(self) -> str:
        """All text in the element."""
        return "".join(part if isinstance(part, str) else part.text for part in self.inside)

    def find(self, *tags: str, **attributes: str) -> list[Element]:
        """All elements inside of one of the tags (of any, if none is given) that have these attributes."""
        return [
            element
            for element in self._all()
            if (not tags or element.tag in tags)
            and all(element.attributes.get(name.rstrip("_")) == value for name, value in attributes.items())
        ]

    def _all(self) -> Iterator[Element]:
        for part in self.inside:
            if isinstance(part, Element):
                yield part
                yield from part._all()


class Reader(HTMLParser):
    """Reads a page and insists that every element is closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element in the one that is open."""
        element = Element(tag, {name: value or "" for name, value in attrs})
        assert len(element.attributes) == len(attrs), f"an attribute stands twice in {tag}"
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Close the element, which must be the one opened last."""
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        """Put text into the open element."""
        self.open[-1].inside.append(data)


def read(response: TestResponse) -> Element:
    """The page of an answer."""
    assert response.mimetype == "text/html"
    reader = Reader()
    reader.feed(response.text)
    reader.close()
    assert len(reader.open) == 1, "an element is left open"
    return reader.open[0]


def links(page: Element) -> list[str]:
    """Where the links of a page lead."""
    return [element.attributes["href"] for element in page.find("a")]
