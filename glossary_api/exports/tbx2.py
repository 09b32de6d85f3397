"""TBX version 2 (ISO 30042:2008), which OmegaT, the Translate Toolkit and many others read instead of version 3.

There is no document type: readers of TBX do without the DTD, and one that is named but not there makes some fail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from glossary_api.exports import termbase
from glossary_api.exports.concepts import JsonObject
from glossary_api.exports.header import Header

MANUAL = f"""For tools that do not read version 3, such as OmegaT and the Translate Toolkit. A form with quotation
marks is there a second time without them, because OmegaT finds it only so. {termbase.MANUAL}"""
DIALECT = termbase.Dialect(
    namespace="",
    root="martif",
    attributes=(("type", "TBX-Basic"),),
    header="martifHeader",
    entry="termEntry",
    language="langSet",
    term="tig",
    by_tag=False,
    unquoted=True,
)


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the document in pieces."""
    return termbase.Writer(DIALECT).write(header, terms)
