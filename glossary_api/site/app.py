"""The application: the edition at a path behind the API and the pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from glossary_api.api import languagetool
from glossary_api.api.annotate.answer import answered_directly
from glossary_api.api.http import openapi
from glossary_api.api.http.answers import SHELF
from glossary_api.api.http.authorization import EDITING, Editing
from glossary_api.api.http.cors import Origins
from glossary_api.api.http.metrics import Metrics
from glossary_api.api.http.middleware import Direction, Middleware
from glossary_api.api.http.openapi import SETTINGS, described_api
from glossary_api.api.http.problems import problem
from glossary_api.api.http.public_address import PublicAddress
from glossary_api.api.http.rate_limit import limiter
from glossary_api.api.http.routing import NameConverter
from glossary_api.api.reconcile import version_0_2
from glossary_api.api.routes import annotate as annotating
from glossary_api.api.routes import (
    changes,
    check,
    compare,
    data,
    decisions,
    embed,
    entry,
    export,
    extension,
    findings,
    lint,
    lookup,
    new,
    pretranslate,
    related,
    reports,
    search,
    status,
    suggest,
    terms,
    timeline,
)
from glossary_api.api.routes import report_glossary as glossary
from glossary_api.errors import GlossaryError
from glossary_api.mcp import streamable
from glossary_api.queries.served import Shelf
from glossary_api.settings import AS_ASKED, ON, Settings
from glossary_api.site.blueprint import blueprint

PREFIX = "/api/v1"
DIRECT: Mapping[tuple[str, str], Direction] = {
    ("GET", f"{PREFIX}/terms/"): terms.show_term_directly,
    ("GET", f"{PREFIX}/lookup"): lookup.look_up_directly,
    ("POST", f"{PREFIX}/annotate"): answered_directly,
}
"""What the most frequent requests are answered by, without Flask, if they are plain."""


def create_app(settings: Settings) -> Flask:
    """Return the WSGI application that serves the edition which the settings name.

    An edition that is renamed into its place is taken up as it comes. Raises EditionError when the one that is there
    cannot be opened.
    """
    shelf = Shelf(settings.edition)
    app = Flask("glossary_api", static_folder=None)
    app.config.update(SETTINGS)
    app.extensions[SHELF] = shelf
    app.extensions[EDITING] = Editing(settings)
    app.url_map.converters["name"] = NameConverter
    app.url_map.merge_slashes = False  # a name may have two of them
    _register_api(app)
    _wrap(app, settings)
    app.register_blueprint(blueprint)
    return app


def _register_api(app: Flask) -> None:
    api = described_api()
    api.init_app(app)
    for resource in (
        *(entry, terms, timeline, compare, related, lookup, new, suggest, search, annotating, reports, glossary),
        *(findings, export, data, lint, check, pretranslate, changes, decisions, version_0_2, status),
    ):
        api.register_blueprint(resource.blueprint, url_prefix=PREFIX)
    app.register_blueprint(openapi.blueprint, url_prefix=PREFIX)
    app.register_blueprint(suggest.description)
    app.register_blueprint(extension.blueprint)
    app.register_blueprint(languagetool.blueprint)
    app.register_blueprint(embed.blueprint)
    streamable.register(app)
    app.register_error_handler(GlossaryError, problem)


def _wrap(app: Flask, settings: Settings) -> None:
    """Put around the application what every request passes on its way in and out."""
    app.wsgi_app = Middleware(app, problem, DIRECT, limiter(settings), Origins(settings), settings)  # type: ignore[method-assign]  # see Flask's documentation
    if settings.metrics == ON:
        app.wsgi_app = Metrics(app)  # type: ignore[method-assign]  # see Flask's documentation
    if settings.address != AS_ASKED:
        app.wsgi_app = PublicAddress(app.wsgi_app, settings.root)  # type: ignore[method-assign]  # see Flask's documentation
    if settings.proxies or settings.proxy_prefix == ON:
        app.wsgi_app = _fixed(app.wsgi_app, settings)  # type: ignore[method-assign]  # see Flask's documentation


def _fixed(application: Any, settings: Settings) -> ProxyFix:
    """Return an application that believes the proxies in front what the settings say that they say truly."""
    return ProxyFix(application, x_for=settings.proxies, x_proto=0, x_prefix=int(settings.proxy_prefix == ON))
