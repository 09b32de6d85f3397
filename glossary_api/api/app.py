"""The application: an edition, opened once, behind the API and the pages."""

from __future__ import annotations

import importlib
import importlib.util

from flask import Flask
from flask_cors import CORS

from glossary_api.api import docs, lookup, reports, status, terms
from glossary_api.api.docs import SETTINGS, described_api
from glossary_api.api.problems import problem
from glossary_api.api.routing import NameConverter
from glossary_api.errors import GlossaryError
from glossary_api.settings import Settings
from glossary_api.store.lookup import Edition

PREFIX = "/api/v1"
_PAGES = "glossary_api.api.pages"


def create_app(settings: Settings) -> Flask:
    """The WSGI application that serves the edition which the settings name.

    `app.extensions["glossary_edition"]` is the edition. Raises EditionError when it cannot be opened.
    """
    edition = Edition.open(settings.edition)
    app = Flask("glossary_api", static_folder=None)
    app.config.update(SETTINGS)
    app.extensions["glossary_edition"] = edition
    app.url_map.converters["name"] = NameConverter
    app.url_map.merge_slashes = False  # a name may have two of them
    _register_api(app)
    if importlib.util.find_spec(_PAGES):
        app.register_blueprint(importlib.import_module(_PAGES).blueprint)
    return app


def _register_api(app: Flask) -> None:
    api = described_api()
    api.init_app(app)
    for resource in (terms, lookup, reports, status):
        api.register_blueprint(resource.blueprint, url_prefix=PREFIX)
    app.register_blueprint(docs.blueprint, url_prefix=PREFIX)
    app.register_error_handler(GlossaryError, problem)
    # Without send_wildcard the origin is echoed, and a shared cache would keep one answer for each.
    CORS(
        app,
        resources={r"/api/.*": {"origins": "*"}},
        send_wildcard=True,
        methods=["GET", "HEAD", "OPTIONS"],
        expose_headers=["ETag", "Link", "X-Total-Count"],
    )
