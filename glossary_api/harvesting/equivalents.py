"""Curated renderings: read from CSV files, checked row by row, laid to the terms and senses that they render.

A file is CSV (RFC 4180) in UTF-8, one row a line, with the columns of COLUMNS in any order. Whatever is wrong in it is
reported at once, each problem with file, line, column and remedy.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from glossary_api.errors import BadParameter, EquivalentsError, GlossaryError
from glossary_api.model.messages import Message
from glossary_api.model.things import Definition, Equivalent, Term
from glossary_api.model.words import EQUIVALENT_STATUSES, MACHINE, TRANSLATION_STATUSES
from glossary_api.text.cells import unguarded
from glossary_api.text.folding import core_of, fold_name
from glossary_api.text.parentheses import gloss_apart
from glossary_api.text.places import Places

COLUMNS = ("term", "sense", "language", "rendering", "status", "source", "note")
HELD = {"place": "region", "from": "since", "until": "until"}
"""Columns that say where and when a rendering is used, and the fields that hold them."""
DEFINED = ("definition", "definition_status")
"""Columns of the definition in the language of the rendering."""
OPTIONAL = ("gloss", "also", *HELD, *DEFINED)
"""Columns that a file may leave out."""
WRITTEN = (*COLUMNS[:4], "gloss", "also", *COLUMNS[4:], *HELD, *DEFINED)
"""All columns in the order in which they are written."""
MAY_BE_EMPTY = {"sense", "note", *OPTIONAL}
BETWEEN = "|"
"""Stands between the further wordings of a rendering."""

_FIELD = re.compile(r'(?:"((?:[^"]|"")*)"|([^",\n]*))(?:,|$)')
_OVER_LINES = re.compile(r'"(?:[^"]|"")*"(?=,|\n|$)')
_SENSE = re.compile(r"[^\s#]+#[^#]*\S")
_PAIRS = (("“", "”"), ("「", "」"), ("『", "』"))
_BREAKING = {"Cc", "Zl", "Zp"}
"""Unicode categories of tabs, line breaks and other control characters."""
_LONGEST = 50
"""Over how many lines a field with line breaks is followed."""
_DAY = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
_WORDS = 12
"""How many characters of a definition a remedy proposes as its name."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as it stands in its file: stripped fields by column."""

    place: str
    """`file:line`."""
    fields: Mapping[str, str]

    def problem(self, column: str, message: Message, remedy: Message) -> GlossaryError:
        return GlossaryError(message, place=f"{self.place}:{column}", remedy=remedy)


def read_equivalents(paths: Iterable[Path]) -> tuple[Equivalent, ...]:
    """Return the rows of all files, in their order. Raises EquivalentsError with every problem of every file."""
    problems: list[GlossaryError] = []
    found: list[Equivalent] = []
    for path in paths:
        for row in _rows(path, problems):
            problems += _problems_of(row)
            problems += _problem_of_span(row)
            found.append(as_equivalent(row.fields, row.place))
    problems += _repeated((equivalent, _name(equivalent)) for equivalent in found)
    if problems:
        raise EquivalentsError(problems)
    return tuple(found)


def resolve(
    equivalents: Iterable[Equivalent], terms: Sequence[Term], optional: Iterable[Equivalent] = ()
) -> dict[str, tuple[Equivalent, ...]]:
    """Return what is rendered how: from the id of a sense, or of a term without senses, to its equivalents.

    A row without a sense belongs to every sense of its term. Of `optional` is taken what fits these terms. Raises
    EquivalentsError when a row of `equivalents` names a term or a sense that is not there, or repeats another.
    """
    by_key = by_name(terms)
    problems: list[GlossaryError] = []
    laid = [(row, target) for row in equivalents for target in _targets(row, by_key, problems)]
    problems += _repeated(laid)
    if problems:
        raise EquivalentsError(problems)
    offered = [(row, target) for row in optional for target in _targets(row, by_key, [])]
    first = {_rendered(row, target): row for row, target in reversed([*laid, *offered])}
    laid += [(row, target) for row, target in offered if first[_rendered(row, target)] is row]
    found: defaultdict[str, list[Equivalent]] = defaultdict(list)
    for row, target in sorted(laid, key=lambda pair: _rank(pair[0])):
        found[target].append(row)
    whole = _everywhere(laid, terms)
    return {target: tuple(whole.get(id(row), row) for row in rows) for target, rows in found.items()}


def _everywhere(laid: Iterable[tuple[Equivalent, str]], terms: Iterable[Term]) -> dict[int, Equivalent]:
    """Return, by identity, the rows without their sense that render alike what all of several senses mean."""
    counts = {sense.id: (term.id, len(term.senses)) for term in terms for sense in term.senses}
    alike: defaultdict[tuple[str, str, str], dict[str, Equivalent]] = defaultdict(dict)
    for row, target in laid:
        if counts.get(target, ("", 0))[1] > 1:
            alike[_rendered(row, counts[target][0])][target] = row
    everywhere = (rows for rows in alike.values() if len(rows) == counts[next(iter(rows))][1])
    return {id(row): replace(row, sense="") for rows in everywhere for row in rows.values()}


def by_name(terms: Sequence[Term]) -> dict[str, Term]:
    """Return the terms by their keys and, where those are none's, by their printed forms, such as longer names."""
    printed = {fold_name(variant.form): term for term in terms for variant in term.variants}
    return printed | {key: term for term in terms for key in term.keys}


def fitting(rows: Iterable[Equivalent], terms: Sequence[Term]) -> tuple[list[Equivalent], list[GlossaryError]]:
    """Return the rows that name a term and a sense that are there, and what is wrong with each of the others."""
    by_key = by_name(terms)
    problems: list[GlossaryError] = []
    return [row for row in rows if _targets(row, by_key, problems)], problems


def with_equivalents(terms: Iterable[Term], resolved: Mapping[str, tuple[Equivalent, ...]]) -> tuple[Term, ...]:
    """Return the terms, each sense (or term without senses) with what `resolve` found for it."""
    return tuple(_rendered_by(term, resolved) if _concerns(term, resolved) else term for term in terms)


def _concerns(term: Term, resolved: Mapping[str, tuple[Equivalent, ...]]) -> bool:
    """Tell whether a term has renderings, or `resolve` found some for it; most have none."""
    of_senses = any(sense.equivalents or sense.id in resolved for sense in term.senses)
    return bool(of_senses or term.equivalents or term.id in resolved)


def _rendered_by(term: Term, resolved: Mapping[str, tuple[Equivalent, ...]]) -> Term:
    return replace(
        term,
        senses=tuple(replace(sense, equivalents=_of(term, resolved.get(sense.id, ()))) for sense in term.senses),
        equivalents=_of(term, resolved.get(term.id, ())),
    )


def _of(term: Term, rows: Iterable[Equivalent]) -> tuple[Equivalent, ...]:
    """Return the rows, those of the term's own name in its own spelling; others render a part or a longer name."""
    return tuple(replace(row, term=term.name) if fold_name(row.term) in ("", term.key) else row for row in rows)


def as_equivalent(fields: Mapping[str, str], place: str) -> Equivalent:
    """Return the rendering of a row, by column; final parentheses are its gloss if it has no other."""
    rendering, gloss = fields["rendering"], fields.get("gloss", "")
    short, apart = gloss_apart(rendering)
    named = {column: fields[column] for column in COLUMNS}
    wordings = tuple(filter(None, (one.strip() for one in fields.get("also", "").split(BETWEEN))))
    held = {name: fields.get(column, "") for column, name in HELD.items()}
    defined = {column: fields.get(column, "") for column in DEFINED}
    if defined["definition"] and not defined["definition_status"]:
        defined["definition_status"] = MACHINE
    said = {**named, **held, **defined, "rendering": rendering if gloss else short}
    return Equivalent(**said, place=place, gloss=gloss or apart, also=wordings)


def as_row(row: Equivalent) -> dict[str, str]:
    """Return the fields of a rendering, by column."""
    fields = {column: getattr(row, HELD.get(column, column)) for column in WRITTEN}
    return fields | {"also": f" {BETWEEN} ".join(row.also)}


def problems_with(fields: Mapping[str, str], place: str) -> list[GlossaryError]:
    """Return what is wrong with a row that stands at `place`, which is `file:line`; one problem for each field at
    most.
    """
    row = _Row(place, fields)
    return [*_problems_of(row), *_problem_of_span(row)]


def _rows(path: Path, problems: list[GlossaryError]) -> Iterator[_Row]:
    """Yield the rows of a file that have a field for each column; what keeps others from it goes to `problems`."""
    lines = _lines(path, problems)
    if not lines:
        return
    records = _records(str(path), lines, problems)
    sound = len(problems)
    line, header = next(records, (1, []))
    if len(problems) > sound:
        return  # of a file whose header is not well formed the columns are not known
    wrong = list(_problems_of_header(f"{path}:{line}", header))
    problems += wrong
    for line, fields in () if wrong else records:
        if len(fields) == len(header):
            yield _Row(
                f"{path}:{line}", dict(zip(header, (unguarded(field.strip(" ")) for field in fields), strict=True))
            )
            continue
        column = header[len(fields)] if len(fields) < len(header) else str(len(header) + 1)
        message = Message("row-and-header-differ", fields=len(fields), header=len(header))
        remedy = Message("give-each-column-a-field")
        problems.append(GlossaryError(message, place=f"{path}:{line}:{column}", remedy=remedy))


def _lines(path: Path, problems: list[GlossaryError]) -> list[str]:
    """Return the lines of a file without their ends, and without a byte order mark."""
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except OSError as error:
        reason, place, remedy = Message("cannot-be-read", why=error.strerror), str(path), "check-path"
    except UnicodeDecodeError as error:
        before = error.object[: error.start].rpartition(b"\n")
        line, column = before[0].count(b"\n") + bool(before[1]) + 1, len(before[2].decode("utf-8", "replace")) + 1
        reason, place, remedy = Message("file-is-not-utf-8"), f"{path}:{line}:{column}", "save-it-as-utf-8"
    problems.append(GlossaryError(reason, place=place, remedy=remedy))
    return []


def _records(file: str, lines: Sequence[str], problems: list[GlossaryError]) -> Iterator[tuple[int, list[str]]]:
    """Number and fields of each line that is not empty; lines whose quotation marks do not close are left out.

    The standard library's reader would do, if it said in which line and column a quotation mark stays open.
    """
    columns: list[str] = []
    open_until = 0
    for number, line in enumerate(lines, 1):
        if number <= open_until or not line:
            continue
        fields, rest = _fields(line)
        if rest is None:
            columns = columns or fields
            yield number, fields
            continue
        column = columns[len(fields)] if len(fields) < len(columns) else str(len(fields) + 1)
        closed = _OVER_LINES.match("\n".join([rest, *lines[number : number + _LONGEST]]))
        open_until = number + closed[0].count("\n") if closed else 0
        message, remedy = (
            ("field-has-line-break", "put-it-on-one-line")
            if open_until > number
            else (
                "quotation-mark-is-not-closed",
                "double-quotation-marks",
            )
        )
        problems.append(GlossaryError(message, place=f"{file}:{number}:{column}", remedy=remedy))


def _fields(line: str) -> tuple[list[str], str | None]:
    """Return the fields of a line, and the rest of it from the field on that is not well formed; None if all are."""
    fields: list[str] = []
    at = 0
    while field := _FIELD.match(line, at):
        fields.append(field[2] if field[1] is None else field[1].replace('""', '"'))
        at = field.end()
        if not field[0].endswith(","):
            return fields, None
    return fields, line[at:]


def _problems_of_header(place: str, header: Sequence[str]) -> Iterator[GlossaryError]:
    remedy = Message("columns-are-and-may-be", columns=", ".join(COLUMNS), optional=", ".join(OPTIONAL))
    for column in COLUMNS:
        if header.count(column) != 1:
            message = (
                Message("column-is-there-twice", column=column)
                if column in header
                else Message("column-is-missing", column=column)
            )
            yield GlossaryError(message, place=f"{place}:{column}", remedy=remedy)
    for column in header:
        if column in OPTIONAL and header.count(column) > 1:
            yield GlossaryError("column-is-there-twice", place=f"{place}:{column}", remedy=remedy, column=column)
        if column not in (*COLUMNS, *OPTIONAL):
            yield GlossaryError("there-is-no-column", place=f"{place}:{column}", remedy=remedy, column=column)


def _problems_of(row: _Row) -> Iterator[GlossaryError]:
    """Return what is wrong with the fields of a row, one problem for each field at most."""
    for column, text in row.fields.items():
        wrong = _wrong_with(column, text)
        if wrong:
            yield row.problem(column, *wrong)


def _wrong_with(column: str, text: str) -> tuple[Message, Message] | None:
    """Return message and remedy if a field cannot be as it is."""
    control = next((c for c in text if unicodedata.category(c) in _BREAKING), None)
    if control:
        number = f"U+{ord(control):04X}"
        found = Message("field-has-tab") if control == "\t" else Message("field-has-control-character", number=number)
        return found, Message("put-space-or-nothing")
    if not text:
        return None if column in MAY_BE_EMPTY else (Message("field-is-empty"), Message("fill-in-or-remove-row"))
    if text.count('"') % 2 or any(text.count(opening) != text.count(closing) for opening, closing in _PAIRS):
        return Message("quotation-marks-are-not-balanced"), Message("close-each-mark")
    if column == "language":
        return _wrong_with_language(text)
    if column == "status" and text not in EQUIVALENT_STATUSES:
        return Message("there-is-no-status", status=text), Message("use-given", choices=", ".join(EQUIVALENT_STATUSES))
    if column == "definition_status" and text not in TRANSLATION_STATUSES:
        choices = ", ".join(TRANSLATION_STATUSES)
        return Message("there-is-no-status", status=text), Message("use-given", choices=choices)
    if column in ("from", "until") and not _DAY.fullmatch(text):
        return Message("is-no-year-month-or-day", value=text), Message("write-year-month-or-day")
    if column == "place":
        return _wrong_with_place(text)
    if column == "sense" and not _SENSE.fullmatch(text):
        return Message("names-no-definition", name=text), Message("write-name-of-definition")
    return None


def _problem_of_span(row: _Row) -> Iterator[GlossaryError]:
    since, until = row.fields.get("from", ""), row.fields.get("until", "")
    if until and since[: len(until)] > until:
        yield row.problem("until", Message("ends-before-it-begins", since=since, until=until), Message("correct-days"))


@functools.cache
def _wrong_with_place(name: str) -> tuple[Message, Message] | None:
    try:
        Places(()).find(name)
    except BadParameter as error:
        return error.message, Message("write-place-in-full-or-its-code")
    return None


@functools.cache
def _wrong_with_language(code: str) -> tuple[Message, Message] | None:
    from langcodes import standardize_tag, tag_is_valid  # its tables are large; only a harvest needs them

    if not tag_is_valid(code):
        return Message("is-no-language-code", language=code), Message("use-one-of-bcp-47")
    standard = standardize_tag(code)
    if code == standard:
        return None
    return Message("is-not-usual-language-code", language=code), Message("write-standard", standard=standard)


def _repeated(rows: Iterable[tuple[Equivalent, str]]) -> Iterator[GlossaryError]:
    """Yield the rows that render in the same words what an earlier one renders; each row comes with what it renders."""
    first: dict[tuple[str, str, str], Equivalent] = {}
    for row, target in rows:
        earlier = first.setdefault(_rendered(row, target), row)
        if earlier is not row:
            message = Message("rendering-repeated", rendering=row.rendering, where=earlier.place)
            yield GlossaryError(message, place=f"{row.place}:rendering", remedy="remove-one-of-two-rows")


def _rendered(row: Equivalent, target: str) -> tuple[str, str, str]:
    return target, row.language, " ".join(row.rendering.casefold().split())


def _name(row: Equivalent) -> str:
    """Return what a row says that it renders."""
    return f"{fold_name(row.term)}\n{row.sense}"


def _rank(row: Equivalent) -> tuple[str, int, bool, int]:
    """Return what orders renderings: the most official first, those still in use, those that came last."""
    since = int(row.since.replace("-", "").ljust(8, "0")) if row.since else 0
    return row.language, -EQUIVALENT_STATUSES.index(row.status), bool(row.until), -since


def _targets(row: Equivalent, by_key: Mapping[str, Term], problems: list[GlossaryError]) -> list[str]:
    """Return ids of the senses that a row renders, or of its term if that has none; none if they are not there."""
    term = by_key.get(fold_name(row.term)) or by_key.get(fold_name(core_of(row.term) or ""))
    if term is None:
        message = Message("none-of-reports-has-term", term=row.term)
        problems.append(GlossaryError(message, place=f"{row.place}:term", remedy="correct-term-or-remove-row"))
        return []
    if not row.sense:
        return [sense.id for sense in term.senses] or [term.id]
    meant = [sense.id for sense in term.senses if any(_is_named(d, row.sense) for d in sense.definitions)]
    if len(meant) == 1:
        return meant
    names = ", ".join(_name_of(sense.definitions[0]) for sense in term.senses)
    message = (
        Message("several-senses-have-definition", count=len(meant), term=row.term, sense=row.sense)
        if meant
        else Message("no-sense-has-definition", term=row.term, sense=row.sense)
    )
    remedy = Message("write-or-nothing", names=names) if names else Message("leave-field-empty")
    problems.append(GlossaryError(message, place=f"{row.place}:sense", remedy=remedy))
    return []


def _is_named(definition: Definition, name: str) -> bool:
    """Tell whether `report#entry` or `report#words` means this definition."""
    report, _, part = name.partition("#")
    if definition.source.report != report:
        return False
    if part.isdecimal() and definition.source.entry is not None:
        return definition.source.entry == int(part)
    return bool(fold_name(part)) and fold_name(part) in fold_name(definition.text)


def _name_of(definition: Definition) -> str:
    source = definition.source
    return f"{source.report}#{definition.text[:_WORDS] if source.entry is None else source.entry}"
