"""Examine an installation: each function looks at one thing and says what is right, odd or wrong with it."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import stat
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from itertools import chain
from pathlib import Path

from glossary_api.curation.decision_log import read_log
from glossary_api.curation.tokens import read_tokens, tokens_beside
from glossary_api.errors import GlossaryError
from glossary_api.model.messages import Message
from glossary_api.reading.office import program
from glossary_api.server import check_port
from glossary_api.settings import Settings, unknown_variables
from glossary_api.store.saving import unfinished_of
from glossary_api.store.verifying import verify

OK, NOTE, WRONG = "doctor-ok", "doctor-note", "doctor-wrong"
Finding = tuple[str, Message]
_REQUIREMENT = re.compile(r"([\w.-]+)>=([\d.]+)(?:;\s*extra\s*==\s*[\"'](\w+)[\"'])?")
_EXTRAS = ("mcp", "parquet", "cluster", "ocr", "metrics")
_TIMES = 3
"""How often the edition has to fit into what is free on its disk: once for the new one, and some room."""
_LEAST = 100 * 2**20


def findings() -> Iterator[Finding]:
    """Yield what there is to say, one thing after the other, whatever is wrong with those before."""
    yield from _versions()
    yield from _variables()
    try:
        settings = Settings.from_environment()
    except GlossaryError as error:
        yield WRONG, _said(error)
        return
    yield from chain(_edition(settings), _folder(settings.edition), _decided(settings), _named(settings))
    yield from _port(settings)


def _said(error: GlossaryError) -> Message:
    return Message("at-place", place=error.place, message=error.advice) if error.place else error.advice


def _versions() -> Iterator[Finding]:
    yield OK, Message("doctor-versions", python=sys.version.split()[0], sqlite=sqlite3.sqlite_version)
    if not sqlite3.connect(":memory:").execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0]:
        yield WRONG, Message("doctor-no-fts5")
    missing = set()
    for name, least, extra in _required():
        try:
            there = version(name)
        except PackageNotFoundError:
            if extra:
                missing.add(extra)
            else:
                yield WRONG, Message("doctor-package-missing", name=name)
            continue
        if _numbers(there) < _numbers(least):
            yield WRONG, Message("doctor-package-old", name=name, there=there, least=least)
    for extra in (one for one in _EXTRAS if one in missing):
        yield NOTE, Message("doctor-extra-missing", extra=extra)
    if program() is None:
        yield NOTE, Message("doctor-no-libreoffice")


def _required() -> Iterator[tuple[str, str, str]]:
    """Yield package, least version, and the extra that wants it, empty for what is always wanted."""
    for line in requires("glossary-api") or ():
        found = _REQUIREMENT.match(line)
        if found and found[3] in (None, *_EXTRAS):
            yield found[1], found[2], found[3] or ""


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text)[:3])


def _variables() -> Iterator[Finding]:
    for name in unknown_variables():
        yield NOTE, Message("doctor-unknown-variable", name=name)
    if os.geteuid() == 0:
        yield NOTE, Message("doctor-is-root")


def _edition(settings: Settings) -> Iterator[Finding]:
    try:
        yield OK, Message("edition-verified", path=settings.edition, hash=verify(settings.edition)[:12])
    except GlossaryError as error:
        yield WRONG, _said(error)


def _folder(edition: Path) -> Iterator[Finding]:
    """Yield what keeps a new edition from being written beside the one that is there."""
    target = Path(os.path.realpath(edition))
    folder = target.parent
    if not folder.is_dir():
        yield WRONG, Message("doctor-no-folder", path=folder)
        return
    if not os.access(folder, os.W_OK | os.X_OK):
        yield NOTE, Message("doctor-folder-is-not-writable", path=folder)
    free = shutil.disk_usage(folder).free
    wanted = max(_LEAST, _TIMES * (target.stat().st_size if target.is_file() else 0))
    level = OK if free >= wanted else WRONG
    code = "doctor-disk" if free >= wanted else "doctor-disk-full"
    yield level, Message(code, path=folder, free=free // 2**20, wanted=wanted // 2**20)
    for path in unfinished_of(target):
        yield NOTE, Message("doctor-unfinished", path=path)


def _decided(settings: Settings) -> Iterator[Finding]:
    log = settings.decision_log
    tokens = tokens_beside(log)
    try:
        yield OK, Message("doctor-decisions", count=len(read_log(log)), path=log)
        valid = sum(one.is_valid for one in read_tokens(tokens))
        yield OK, Message("doctor-tokens", count=valid)
    except GlossaryError as error:
        yield WRONG, _said(error)
    if tokens.exists() and stat.S_IMODE(tokens.stat().st_mode) & 0o077:
        yield WRONG, Message("doctor-tokens-are-readable", path=tokens)


def _named(settings: Settings) -> Iterator[Finding]:
    """Yield the files that settings name and that are not there."""
    for path in (*map(Path, settings.reports_named), *settings.curated):
        if not os.access(path, os.R_OK):
            yield WRONG, Message("doctor-path-is-not-there", path=path)


def _port(settings: Settings) -> Iterator[Finding]:
    try:
        check_port(settings)
        yield OK, Message("doctor-port-is-free", address=settings.bind)
    except GlossaryError as error:
        yield NOTE, Message("doctor-port-is-taken", message=_said(error))
