"""Renderings from other tools, taken over into a curated file: all of them, or none if anything is wrong."""

from __future__ import annotations

import csv
import datetime
import functools
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson

from glossary_api.errors import EquivalentsError, GlossaryError
from glossary_api.exports.glossed import ONLY, note_apart
from glossary_api.harvesting.equivalents import (
    DEFINED,
    HELD,
    OPTIONAL,
    WRITTEN,
    as_equivalent,
    as_row,
    by_name,
    problems_with,
    read_equivalents,
    resolve,
)
from glossary_api.model.messages import Message
from glossary_api.model.things import Definition, Equivalent, Sense, Source, Term, Variant
from glossary_api.model.words import ANY_STATUS, EQUIVALENT_STATUSES, PROPOSED, TRANSLATION_STATUSES
from glossary_api.store import whole
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters
from glossary_api.store.saving import save
from glossary_api.text.cells import guarded
from glossary_api.text.folding import fold_name
from glossary_api.translation.foreign_rendering import WITHDRAWN, ForeignRendering
from glossary_api.translation.rendering_files import read_renderings

_WORDS = 12
"""How many characters of a definition name it where the number of its entry does not."""
_COMPARED = ("status", "source", "note")
_SAID = {name: name for name in ("gloss", "also", *DEFINED)} | HELD
"""Columns of which the note of an export may speak, and the fields of a foreign rendering for them."""
_REMEDY = "make-both-alike"


@dataclass(slots=True)
class Changes:
    """The changes that an import makes, or would make."""

    rows: list[Equivalent]
    """All rows of the curated file afterwards."""
    added: list[Equivalent] = field(default_factory=list)
    replaced: list[Equivalent] = field(default_factory=list)
    """What stands there afterwards."""
    before: list[Equivalent] = field(default_factory=list)
    """What stood in the curated file in their place."""
    unchanged: int = 0
    withdrawn: int = 0
    """How many terms the file says are not to be used; they are left out."""


def changes(
    path: Path, edition: Edition, curated: Path | None = None, *, language: str = "", prefer_file: bool = False
) -> Changes:
    """Return what it means to take the renderings of a file over into a curated file, or, without one, into the
    edition.

    Renderings whose language the file does not say are in `language`. Raises ReadError when a file cannot be read,
    EquivalentsError with everything that is wrong: rows that are not well formed, terms that the edition does not
    have, and, unless `prefer_file`, renderings that are there already with another status, source or note, and
    approved ones beside others that are.
    """
    terms = list(_terms(edition))
    there = read_equivalents([curated]) if curated is not None and curated.exists() else ()
    known = resolve((), terms, optional=there) if curated is not None else _rendered(terms)
    found, problems = read_renderings(path)
    importing = _Import(_Index(terms), known, Changes(list(there)), language, prefer_file)
    for rendering in found:
        problems += importing.take(rendering, path.name)
    if problems:
        raise EquivalentsError(problems)
    return importing.changes


def write(rows: Iterable[Equivalent], path: Path) -> None:
    """Write a curated file, complete before it gets its name. Raises ReadError when it cannot be written."""
    text, fields = io.StringIO(newline=""), [as_row(row) for row in rows]
    columns = [column for column in WRITTEN if column not in {*HELD, *DEFINED} or any(row[column] for row in fields)]
    table = csv.writer(text, lineterminator="\n")
    table.writerow(columns)
    table.writerows([guarded(row[column]) for column in columns] for row in fields)
    save([text.getvalue().encode()], path)


def keep(made: Changes, path: Path) -> None:
    """Append what an import replaces to the history beside a curated file, a row a line with the day.

    Raises ReadError when it cannot be written.
    """
    if not made.before:
        return
    history, day = path.with_name(f"{path.stem}.history.jsonl"), datetime.date.today().isoformat()
    there = history.read_bytes() if history.exists() else b""
    lines = (orjson.dumps({"replaced": day} | as_row(row)) + b"\n" for row in made.before)
    save([there, *lines], history)


class _Index:
    """The terms of an edition: by name, and their senses by id."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._by_name = by_name(terms)
        self.spelled = {fold_name(one.term): one.term for term in terms for one in _all(term)}
        """Names that are rendered, as they are spelled, by key."""
        self._by_name |= {fold_name(one.term): term for term in terms for one in _all(term) if one.term} | self._by_name
        self._by_id = {id_: term for term in terms for id_ in (term.id, *(sense.id for sense in term.senses))}

    def term(self, rendering: ForeignRendering) -> Term | None:
        """Return the term that a rendering is one of: by the id of its concept, else by any of its names."""
        keys = (fold_name(name) for name in rendering.names)
        named = (self._by_name.get(key) for key in keys if key)
        return self._by_id.get(rendering.id) or next(filter(None, named), None)


@dataclass(slots=True)
class _Import:
    """An import on its way: one rendering after another."""

    index: _Index
    known: Mapping[str, tuple[Equivalent, ...]]
    """What was there before, by the id of the sense or of the term without senses."""
    changes: Changes
    language: str
    prefer_file: bool
    places: dict[int, int] = field(init=False)
    """Where the rows that were there before stand among all rows, by identity."""
    taken: dict[tuple[str, tuple[str, str]], Equivalent] = field(init=False)
    """What was there before or has been added, by what it renders and what it says."""

    def __post_init__(self) -> None:
        self.taken = {(target, _said(one)): one for target, rows in self.known.items() for one in reversed(rows)}
        self.places = {id(row): place for place, row in enumerate(self.changes.rows)}

    def take(self, rendering: ForeignRendering, file: str) -> Iterator[GlossaryError]:
        """Note what becomes of a rendering; what keeps it from being taken over is yielded."""
        if rendering.status == WITHDRAWN:
            self.changes.withdrawn += 1
        else:
            yield from (_renamed(problem, rendering) for problem in self._take(rendering, file))

    def _take(self, rendering: ForeignRendering, file: str) -> Iterator[GlossaryError]:
        term = self.index.term(rendering)
        row = self._row(rendering, _rendered_name(rendering, term, self.index.spelled), file)
        wrong = problems_with(as_row(row), row.place)
        yield from wrong
        if term is None:
            remedy = "correct-or-remove-from-file"
            yield GlossaryError("none-of-reports-has-term", place=f"{row.place}:term", remedy=remedy, term=row.term)
        elif not wrong:
            bound = rendering.bound or note_apart(rendering.note)["only"] == ONLY
            named = rendering.id in (sense.id for sense in term.senses) and (bound or len(term.senses) > 1)
            try:
                targets = [rendering.id] if named else list(resolve([row], [term]))
            except EquivalentsError as error:
                yield from error.errors
            else:
                yield from self._lay(row, term, targets, named=named, silent=rendering.silent)

    def _row(self, rendering: ForeignRendering, name: str, file: str) -> Equivalent:
        said = note_apart(rendering.note)
        fields = {
            "term": said["name"] or name,
            "sense": rendering.sense,
            "language": _standard(rendering.language or self.language),
            "rendering": rendering.rendering,
            "status": rendering.status or PROPOSED,
            "source": rendering.source or file,
            "note": said["note"],
            **{column: getattr(rendering, field) or said[column] for column, field in _SAID.items()},
        }
        return as_equivalent(fields, rendering.place)

    def _lay(
        self, row: Equivalent, term: Term, targets: Sequence[str], *, named: bool, silent: Sequence[str]
    ) -> Iterator[GlossaryError]:
        """Lay a row to what it renders: once to all of it, or, where some of it is rendered so already, to the rest."""
        there = {target: self._same(row, target) for target in targets}
        for same in dict.fromkeys(same for same in there.values() if same is not None):
            yield from self._compare(row, same, silent)
        missing = [target for target, same in there.items() if same is None]
        # What has no place for a sense does not say that the rendering is one of all senses.
        if not missing or (silent and len(missing) < len(targets)):
            return
        yield from self._rivals(row, missing)
        if named or len(missing) < len(targets):
            rows = [replace(row, sense=_name_of(term, target)) for target in missing]
        else:
            rows = [row]
        self.changes.added += rows
        self.changes.rows += rows
        for target in missing:
            self.taken[target, _said(row)] = row

    def _same(self, row: Equivalent, target: str) -> Equivalent | None:
        return self.taken.get((target, _said(row)))

    def _compare(self, row: Equivalent, same: Equivalent, silent: Sequence[str]) -> Iterator[GlossaryError]:
        compared = [name for name in _COMPARED if name not in silent]
        different = [name for name in compared if getattr(row, name) != getattr(same, name)]
        optional = [HELD.get(name, name) for name in OPTIONAL]
        # Few formats have these: where a file does not say them, it does not take them away.
        different += [name for name in optional if getattr(row, name) and getattr(row, name) != getattr(same, name)]
        if not different:
            self.changes.unchanged += 1
        elif self.prefer_file and id(same) in self.places:
            given = {name: getattr(row, name) for name in {*compared, *different}}
            # What somebody has approved is not proposed again because a file does not know of it.
            given["status"] = max(row.status, same.status, key=EQUIVALENT_STATUSES.index)
            if given.get("definition", same.definition) == same.definition and same.definition:
                heard = (given.get("definition_status", ""), same.definition_status)
                given["definition_status"] = max(heard, key=("", *TRANSLATION_STATUSES).index)
            changed = replace(same, **given)
            if changed == same:
                self.changes.unchanged += 1
                return
            self.changes.before.append(same)
            self.changes.rows[self.places[id(same)]] = changed
            self.changes.replaced.append(changed)
        elif self.prefer_file:
            self.changes.replaced.append(row)
        else:
            name = different[0]
            message = Message(
                "rendering-differs",
                rendering=row.rendering,
                name=name,
                there=getattr(same, name),
                here=getattr(row, name),
                where=same.place or Message("the-edition"),
            )
            place = f"{row.place}:{name}"
            yield GlossaryError(message, place=place, remedy=_REMEDY)

    def _rivals(self, row: Equivalent, targets: Iterable[str]) -> Iterator[GlossaryError]:
        """Yield an error where an approved rendering would not be the only one."""
        if row.status == PROPOSED or self.prefer_file:
            return
        there = (one for target in targets for one in self.known.get(target, ()))
        rival = next((one for one in there if one.language == row.language and one.status != PROPOSED), None)
        if rival is not None:
            message = Message(
                "rendering-has-rival",
                term=row.term,
                rendering=rival.rendering,
                status=rival.status,
                where=rival.place or Message("the-edition"),
            )
            yield GlossaryError(message, place=f"{row.place}:status", remedy="make-one-proposed")


def _all(term: Term) -> list[Equivalent]:
    return [*term.equivalents, *(one for sense in term.senses for one in sense.equivalents)]


def _rendered_name(rendering: ForeignRendering, term: Term | None, spelled: Mapping[str, str]) -> str:
    """Return the term's own name if the file has it, however spelled, else the one that the file has."""
    keys = {fold_name(name) for name in rendering.names}
    if term and (not keys or term.key in keys):
        return term.name
    return next((spelled[key] for key in keys if key in spelled), "".join(rendering.names[:1]))


def _said(row: Equivalent) -> tuple[str, str]:
    return row.language, " ".join(row.rendering.casefold().split())


def _name_of(term: Term, target: str) -> str:
    """Return what a curated file calls a sense: by the first of its definitions that no other sense has as well.

    Empty for a term without senses, and for a sense that cannot be told from the others, which is laid to all of them.
    """
    sense = next((sense for sense in term.senses if sense.id == target), None)
    for definition in sense.definitions if sense else ():
        source = definition.source
        names = [definition.text[:_WORDS], definition.text]
        for part in [str(source.entry), *names] if source.entry is not None else names:
            name = f"{source.report}#{part.strip()}"
            try:
                if list(resolve([Equivalent(term.name, name, "en", "?", PROPOSED, "?", "", "")], [term])) == [target]:
                    return name
            except EquivalentsError:
                continue
    return ""


def _renamed(problem: GlossaryError, rendering: ForeignRendering) -> GlossaryError:
    """Return a problem with a curated column, told of the column of the file."""
    place, _, column = problem.place.rpartition(":")
    column = rendering.columns.get(column, column)
    return GlossaryError(problem.message, place=f"{place}:{column}", remedy=problem.remedy or "")


@functools.cache
def _standard(code: str) -> str:
    """Return the usual form of a language code; as it is if it is none."""
    from langcodes import standardize_tag, tag_is_valid  # its tables are large; only an import needs them

    return str(standardize_tag(code)) if code and tag_is_valid(code) else code


def _rendered(terms: Iterable[Term]) -> dict[str, tuple[Equivalent, ...]]:
    """Return the renderings of the edition itself."""
    found = {term.id: term.equivalents for term in terms}
    return found | {sense.id: sense.equivalents for term in terms for sense in term.senses}


def _terms(edition: Edition) -> Iterator[Term]:
    """Yield the terms of an edition, as far as renderings are laid to them."""
    keys: defaultdict[str, list[str]] = defaultdict(list)
    for key, id_, *_ in edition.key_owners():
        keys[id_].append(key)
    for document in whole.documents(edition, TermFilters(status=ANY_STATUS)):
        yield Term(
            id=document["id"],
            name=document["name"],
            key=fold_name(document["name"]),
            kind=document["kind"],
            pinyin=document["pinyin"],
            variants=tuple(Variant(one["form"], one["type"], ()) for one in document["variants"]),
            senses=tuple(map(_sense, document["senses"])),
            keys=tuple(keys[document["id"]]),
            equivalents=_equivalents(document),
        )


def _sense(document: Mapping[str, Any]) -> Sense:
    definitions = tuple(Definition(one["text"], Source(**one["source"])) for one in document["definitions"])
    return Sense(document["id"], definitions, _equivalents(document))


def _equivalents(document: Mapping[str, Any]) -> tuple[Equivalent, ...]:
    return tuple(map(_equivalent, document["equivalents"]))


def _equivalent(document: Mapping[str, Any]) -> Equivalent:
    said = {name: document[name] for name in ("language", "rendering", "status", "source", "note", "gloss")}
    held = {field: document[column] for column, field in HELD.items()} | {name: document[name] for name in DEFINED}
    return Equivalent(term=document["name"], sense="", place="", also=tuple(document["also"]), **said, **held)
