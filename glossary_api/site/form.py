"""The fields of the form of the annotate page: a text or a file, where and when it stands, which names are wanted.

All of it stays in memory and goes with the request.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import IO, Any

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import parse_form_data

from glossary_api.api.http.problems import RETRY_AFTER
from glossary_api.api.routes.lint import LONGEST_TEXT
from glossary_api.errors import BadParameter, ReadError, WrongFormat
from glossary_api.matching.spotting import Wanted
from glossary_api.model.words import KINDS
from glossary_api.queries.standpoint import day_of
from glossary_api.site.uploads import Busy, text_of
from glossary_api.text.places import NamedPlace, Places

LARGEST_FILE = 10_000_000
"""Bytes; real reports with pictures stay below half of it."""
LARGEST_FORM = LARGEST_FILE + 9 * LONGEST_TEXT + 100_000
"""Bytes of a body: such a file, and beside it the longest text, each of its characters percent-encoded."""
_MOST_FIELDS = 30
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


@dataclass(frozen=True, slots=True)
class Fault:
    """A reason why a form is not answered."""

    status: int
    """The HTTP status that says so."""
    name: str
    """That of the field at fault, empty for the form as a whole."""
    key: str
    """What is wrong, as the words that begin with `refused_` name it."""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SentForm:
    """The fields as they came."""

    text: str = ""
    file: str = ""
    """Name of the file without its folders; empty if none was sent."""
    data: bytes = b""
    """What is in it."""
    place: str = ""
    date: str = ""
    kinds: tuple[str, ...] = KINDS
    short: bool = False
    rest: bool = False
    """Whether terms are marked, too, of which nothing says what they mean."""
    saved: bool = False
    """Whether a file to keep is wanted, and not a page."""
    noted: bool = False
    """Whether it is the glossary that the text lacks, as a Word file, and not the marked text."""
    footnoted: bool = False
    """Whether it is the Word file that was sent, with that glossary as footnotes."""

    @property
    def wanted(self) -> Wanted:
        """Return which names are to be found."""
        return Wanted(False, None if set(self.kinds) == set(KINDS) else frozenset(self.kinds), self.short)


@dataclass(frozen=True, slots=True)
class SentText:
    """A form, understood."""

    text: str
    place: NamedPlace | None
    date: str | None


@dataclass(frozen=True, slots=True)
class SentFields:
    """Hold what a form sends, as it came."""

    fields: MultiDict[str, str]
    file: str
    """Name of the file without its folders; empty if none was sent."""
    data: bytes
    """What is in it."""


def read_fields() -> SentFields | Fault:
    """Return the fields of the request, and its file."""
    if request.mimetype not in _FORMS:
        return Fault(415, "", "form")
    limit = LARGEST_FORM
    try:
        _, fields, files = parse_form_data(
            request.environ, _in_memory, limit, limit, silent=False, max_form_parts=_MOST_FIELDS
        )
    except RequestEntityTooLarge:
        return Fault(413, "file", "size", {"limit": LARGEST_FILE // 1_000_000})
    except ValueError:
        return Fault(400, "", "form")
    sent = files.get("file")
    if sent is None or not sent.filename:
        return SentFields(fields, "", b"")
    return SentFields(fields, PurePath(sent.filename.replace("\\", "/")).name, sent.read())


def read_form() -> SentForm | Fault:
    """Return the fields of the request."""
    sent = read_fields()
    if isinstance(sent, Fault):
        return sent
    fields = sent.fields
    return SentForm(
        file=sent.file,
        data=sent.data,
        text=fields.get("text", "").replace("\r\n", "\n"),
        place=fields.get("place", "").strip(),
        date=fields.get("date", "").strip(),
        kinds=tuple(kind for kind in KINDS if kind in fields.getlist("kind")) or KINDS,
        short="short" in fields,
        rest="rest" in fields and "only" not in fields,
        saved="save" in fields,
        noted=fields.get("save") == "notes",
        footnoted=fields.get("save") == "footnotes",
    )


def _in_memory(*_: Any, **__: Any) -> IO[bytes]:
    """Return where a file is put while it comes in: werkzeug would take a temporary file for a larger one."""
    return io.BytesIO()


def understood(form: SentForm, places: Places, language: str) -> SentText | list[Fault]:
    """Return the text of a form, its place and its day; or all that is wrong with it, in the language of this tag."""
    faults: list[Fault] = []
    place = standpoint(form.place, form.date, places, language, faults)
    text = _text(form, language)
    if isinstance(text, Fault):
        faults.insert(0, text)
    elif not faults:
        return SentText(text, place, day_of(form.date))
    return faults


def standpoint(place: str, date: str, places: Places, language: str, faults: list[Fault]) -> NamedPlace | None:
    """Return the place that a form names, None if none; what is wrong with it and with the day goes to `faults`."""
    if date and day_of(date) is None:
        faults.append(Fault(422, "date", "date"))
    try:
        return places.find(place) if place else None
    except BadParameter as error:
        faults.append(Fault(422, "place", "place", {"why": error.advice.said(language)}))
        return None


def _text(form: SentForm, language: str) -> str | Fault:
    """Return the text, that of the file if there is one."""
    text = _text_of_file(form, language) if form.file else form.text
    if isinstance(text, Fault):
        return text
    if not text.strip():
        return Fault(422, "text", "empty")
    if len(text) > LONGEST_TEXT:
        values = {"n": f"{len(text):,}", "limit": f"{LONGEST_TEXT:,}"}
        return Fault(413, "file" if form.file else "text", "length", values)
    return text


def _text_of_file(form: SentForm, language: str) -> str | Fault:
    if len(form.data) > LARGEST_FILE:
        return Fault(413, "file", "size", {"limit": LARGEST_FILE // 1_000_000})
    try:
        return text_of(form.data, form.file)
    except Busy:
        return Fault(503, "file", "busy", {"n": RETRY_AFTER})
    except ReadError as error:
        return unread(form.file, error, language)


def unread(name: str, error: ReadError, language: str) -> Fault:
    """Return what is wrong with a file that cannot be read."""
    remedy = error.remedy.said(language) if error.remedy else ""
    values = {"name": name, "why": error.message.said(language), "remedy": remedy}
    return Fault(415 if isinstance(error, WrongFormat) else 422, "file", "file", values)
