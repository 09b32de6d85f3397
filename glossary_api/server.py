"""The application behind a server: gunicorn started by `serve`, or any WSGI server through `wsgi:app`."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import gc
import importlib
import os
import socket
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask

from glossary_api.api.http.answers import EDITABLE, EDITION, SHELF
from glossary_api.curation.rebuild import rebuild_if_behind
from glossary_api.errors import GlossaryError, ServerError
from glossary_api.harvesting.harvest import ensure_edition
from glossary_api.settings import JSON, ON, Settings, language_tag, variable
from glossary_api.site.app import create_app
from glossary_api.store.edition import Edition

_APP_LOAD_ERROR = 4
"""The exit code by which a gunicorn worker tells its master not to try again."""
_THREADS = 4
_CONNECTIONS = 4000
"""How many clients each process has at most at a time; one that is waited for longest gives way to a new one."""
_LONGEST_LINE = 8190
"""Bytes, the most that gunicorn has: a Chinese character takes nine of them in an address."""
_LATER = ("numpy", "rapidfuzz.process")
"""What some request imports sooner or later."""
_COMMON = ("/api/v1/lookup?name=", "/api/v1/terms/", "/api/v1/search?q=", "/api/v1/suggest?q=", "/terms/")
"""Addresses that a name is put behind."""
_REQUEST_LINE = '%(t)s %(h)s "%(r)s" %(s)s %(B)s %(D)s %({x-request-id}o)s'
"""When, who, what, status, bytes, microseconds, request id."""


def application() -> Flask:
    """Return the application for the settings in the environment; without an edition the seed is harvested first.

    What goes wrong is printed in one line, and the process exits.
    """
    settings = Settings()
    try:
        settings = Settings.from_environment()
        ensure_edition(settings)
        app = _shared(create_app(settings))
        rebuild_if_behind(settings)
        return app
    except GlossaryError as error:
        print(f"glossary-api: {error.said(language_tag(None))}", file=sys.stderr, flush=True)  # noqa: T201  # a server has no other place for it
        sys.exit(_APP_LOAD_ERROR)


def check(settings: Settings) -> None:
    """Raise EditionError or ServerError if `run` would fail at once: a server says so in a traceback."""
    Edition.open(settings.edition).close()
    check_port(settings)


def run(settings: Settings) -> None:
    """Serve until interrupted."""
    rebuild_if_behind(settings)
    _server(settings).run()


def _shared(app: Flask) -> Flask:
    """Return the application, before the server forks: what is there now stays in pages that all processes share.

    The collector of garbage would write to each object that it looks at, and with that copy its page; and each process
    would fill its own copies of pages that are free, so they are given back.
    """
    app.extensions[SHELF].verifies = True
    for name in _LATER:
        importlib.import_module(name)
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)
    _warm(app)
    gc.collect()
    with contextlib.suppress(AttributeError, OSError):  # where the C library has no such thing
        ctypes.CDLL(None).malloc_trim(0)
    gc.freeze()
    return app


def _warm(app: Flask) -> None:
    """Answer a request of each common kind: what the first one makes is then there for all processes."""
    edition = app.extensions[SHELF].current()
    names = [quote(term["name"]) for term in edition.terms(limit=1).items]
    addresses = [address + name for name in names for address in _COMMON]
    addresses += [f"/reports/{quote(report['id'])}" for report in edition.reports(limit=1).items]
    for address in addresses:
        with app.test_request_context(address, environ_overrides={EDITION: edition, EDITABLE: False}):
            app.full_dispatch_request().get_data()


def check_port(settings: Settings) -> None:
    """Raise ServerError if the program could not listen where the settings say."""
    if settings.socket_path:
        _check_socket(settings.socket_path)
        return
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((settings.host, settings.port))
    except OSError as error:
        raise ServerError(
            "cannot-listen-there",
            place=settings.bind,
            remedy="choose-another-port",
            why=error.strerror,
            variable=variable("port"),
        ) from None


def _check_socket(path: Path) -> None:
    """Raise ServerError if gunicorn could not make a socket at a path, where an older socket may be."""
    if path.exists() and not path.is_socket():
        raise ServerError("cannot-make-socket", place=str(path), why=os.strerror(errno.EEXIST))
    if not os.access(path.absolute().parent, os.W_OK | os.X_OK):
        raise ServerError("cannot-make-socket", place=str(path), why=os.strerror(errno.EACCES))


def _server(settings: Settings) -> Any:
    from gunicorn.app.base import BaseApplication

    from glossary_api.serving.log import JsonLog, PlainLog
    from glossary_api.serving.patient_worker import PatientWorker

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
        """gunicorn with the settings of the program instead of a command line of its own."""

        def load_config(self) -> None:
            self.cfg.set("bind", settings.bind)
            self.cfg.set("workers", settings.workers)
            self.cfg.set("threads", _THREADS)
            self.cfg.set("worker_class", PatientWorker)
            self.cfg.set("worker_connections", _CONNECTIONS)
            self.cfg.set("preload_app", True)  # so that all processes share what one has read
            self.cfg.set("loglevel", "warning")
            self.cfg.set("control_socket_disable", True)  # it would be made in the home folder
            self.cfg.set("limit_request_line", _LONGEST_LINE)
            self.cfg.set("logger_class", JsonLog if settings.log_format == JSON else PlainLog)
            if settings.log_requests == ON:
                self.cfg.set("accesslog", "-")
                self.cfg.set("access_log_format", _REQUEST_LINE)

        def load(self) -> Flask:
            return _shared(create_app(settings))

    return Server()
