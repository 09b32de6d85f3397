"""Read a file and parse every document in it: what is done for each file by itself, wherever that is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from glossary_api.errors import GlossaryError, NotAReport
from glossary_api.model.messages import Message
from glossary_api.model.things import Document, Failure, ParsedReport
from glossary_api.parsing.compilations import reports_in
from glossary_api.parsing.parse import parse
from glossary_api.reading.datasets import numbered
from glossary_api.reading.read import Request, read_all, with_ready
from glossary_api.text.folding import plain


@dataclass(frozen=True, slots=True)
class Taken:
    """A document and what the parser sees in it by itself."""

    document: Document
    parsed: ParsedReport | None = None
    refusal: Message | None = None
    """Why there is nothing parsed."""
    no_report: bool = False
    """Whether that is because it shows no sign of a report."""


@dataclass(frozen=True, slots=True)
class TakenFile:
    """All documents of a file, or why it could not be read to its end."""

    found: tuple[Taken | Failure, ...]
    refusal: Message | None = None
    key: bytes | None = None
    """What it is known by in the cache, if it is there."""

    @property
    def lasting(self) -> bool:
        """Tell whether it is worth keeping: something is a report, and no other program at hand would read more."""
        taken = [one for one in self.found if isinstance(one, Taken)]
        whole = self.refusal is None and len(taken) == len(self.found) and not any(t.document.bare_pages for t in taken)
        return whole and any(one.parsed for one in taken)


def take_files(request: Request, paths: Sequence[Path]) -> list[TakenFile]:
    """Read and parse files; whatever one of them does to the program, the others are taken."""
    request = with_ready(request, paths)
    return [_take(path, request) for path in paths]


def _take(path: Path, request: Request) -> TakenFile:
    found: list[Taken | Failure] = []
    try:
        for whole in read_all(path, request):
            found += [one if isinstance(one, Failure) else take(one) for one in reports_of(whole)]
    except GlossaryError as error:
        return TakenFile(tuple(found), error.advice)
    except Exception as error:
        return TakenFile(tuple(found), failed(error))
    return TakenFile(tuple(found))


def take(document: Document, *, draft: bool = False) -> Taken:
    """Parse a document."""
    try:
        return Taken(document, parse(document, draft=draft))
    except GlossaryError as error:
        return Taken(document, refusal=error.advice, no_report=isinstance(error, NotAReport))
    except Exception as error:
        return Taken(document, refusal=failed(error))


def failed(error: Exception) -> Message:
    """Return what to say of an error that nobody foresaw."""
    return Message("program-failed", what=printable(f"{type(error).__name__}: {error}"))


def reports_of(document: Document | Failure) -> tuple[Document | Failure, ...]:
    """Return the document, or each of the reports that stand in it one behind the other as a document of its own."""
    begins = reports_in(plain(document.text)) if isinstance(document, Document) else ()
    if isinstance(document, Failure) or len(begins) < 2:
        return (document,)
    parts = [document.text[a:b] for a, b in pairwise((*begins, len(document.text)))]
    digests = [hashlib.sha256(part.encode("utf-8", "surrogatepass")).hexdigest() for part in parts]
    names = numbered(document.name, len(parts))
    return tuple(
        replace(document, name=name, text=part, sha256=digest)
        for name, part, digest in zip(names, parts, digests, strict=True)
    )


def printable(text: object) -> str:
    """Return a text in characters that can be written anywhere: the name of a file need not be UTF-8."""
    return str(text).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
