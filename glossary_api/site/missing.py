"""The pages for addresses that name nothing, and for errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, current_app, g, make_response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from glossary_api.api.http.middleware import in_api
from glossary_api.api.http.problems import problem
from glossary_api.errors import BadParameter, EditionError, NotFound, ReportNotFound, TermNotFound
from glossary_api.site.page import begin, blueprint, finish, surroundings, to

LONGEST_NAME = 200


@blueprint.get("/<elsewhere:page>")
def elsewhere(page: str) -> str:
    """Refuse an address that no page has; perhaps it names a term. Raises NotFound with the nearest names."""
    try:
        nearest = [g.edition.term(page.strip("/").rpartition("/")[2][:LONGEST_NAME])["name"]]
    except TermNotFound as error:
        nearest = list(error.nearest)
    raise NotFound("page", page, nearest)


@blueprint.errorhandler(NotFound)
def _not_found(error: NotFound) -> Response:
    of_report = isinstance(error, ReportNotFound)
    endpoint, key = ("pages.report", "report_id") if of_report else ("pages.term", "name")
    nearest = [{"name": name, "href": to(endpoint, **{key: name})} for name in error.nearest]
    what = "report" if of_report else "term" if isinstance(error, TermNotFound) else "404"
    return _error_page(404, what, error.name, nearest)


@blueprint.errorhandler(404)
def _nothing_there(error: HTTPException) -> Response:
    return _error_page(404, "404", request.path)


@blueprint.app_errorhandler(MethodNotAllowed)
def _not_allowed(error: MethodNotAllowed) -> Response:
    """Return what no route takes belongs to no page yet, so that a page's surroundings have to be made here."""
    if in_api(request.path):
        return problem(error)
    begin()
    response = _error_page(405, "405", request.method, **surroundings())
    response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return finish(response)


@blueprint.errorhandler(BadParameter)
def _bad_parameter(error: BadParameter) -> Response:
    return _error_page(400, "400", error.name)


@blueprint.errorhandler(EditionError)
def _edition_unusable(error: EditionError) -> Response:
    current_app.logger.error("%s: %s", request.path, error)
    return _error_page(503, "503", request.path)


@blueprint.errorhandler(500)
def _broken(error: HTTPException) -> Response:
    return _error_page(500, "500", request.path)


def _error_page(status: int, what: str, name: str, nearest: Sequence[dict[str, str]] = (), **around: Any) -> Response:
    return make_response(render_template("error.html", what=what, name=name, nearest=nearest, **around), status)
