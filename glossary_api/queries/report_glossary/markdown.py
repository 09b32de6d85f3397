"""A glossary in Markdown (CommonMark): parts are headings, entries a numbered list, definitions block quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary_api.queries.report_glossary.wording import Item, Quote, Sheet

_MEANT = re.compile(r"[\\`*_\[\]<>&#|~$]")
# What makes a list, a heading or a rule of a line that begins with it.
_SIGN = re.compile(r"^[-+=]")
_NUMBER = re.compile(r"^(\d+)([.)])")


def markdown(sheet: Sheet) -> str:
    """Return the glossary as a Markdown text that ends with a line break."""
    return "\n".join(_blocks(sheet))


def _blocks(sheet: Sheet) -> Iterator[str]:
    yield f"# {_plain(sheet.title)}\n"
    yield f"{_plain(sheet.note)}\n"
    for part in sheet.parts:
        yield f"## {_plain(part.heading)}\n"
        yield f"{_plain(part.note)}\n"
        for number, item in enumerate(part.items, 1):
            yield from _item(number, item)


def _item(number: int, item: Item) -> Iterator[str]:
    """Yield an entry; its name stands alone in its line, where emphasis needs no white space around Chinese quotes."""
    marker = f"{number}. "
    indent = " " * len(marker)
    yield f"{marker}**{_plain(_joined(item.name))}**\n"
    for quote in item.quotes:
        yield from (f"{indent}{line}".rstrip() for line in _quote(quote))
        yield ""
    yield f"{indent}{_plain(_joined(item.note))}\n"


def _quote(quote: Quote) -> Iterator[str]:
    lines = [line.strip() for line in quote.text.splitlines() if line.strip()]
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        yield f"> {_plain(line)}" + ("\\" if following else "")
    yield ">"
    yield f"> ——〔{_plain(quote.label)}〕{_plain(_joined(quote.source))}"


def _joined(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    """Return the text, of one line, with a backslash before everything that Markdown would not print as it stands."""
    return _NUMBER.sub(r"\1\\\2", _SIGN.sub(r"\\\g<0>", _MEANT.sub(r"\\\g<0>", text)))
