"""The browser extension, packed for whoever wants to install it, with this server's address in it."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from glossary_api.exports.extension import archive

ZIP = "application/zip"

blueprint = Blueprint("extension", __name__)


@blueprint.get("/extension.zip")
def show_extension() -> BaseResponse:
    """Return the extension; it asks the server that it was got from."""
    answer = Response(archive(request.url_root), mimetype=ZIP)
    answer.headers["Content-Disposition"] = 'attachment; filename="glossary-extension.zip"'
    answer.add_etag()
    answer.cache_control.no_cache = True
    return answer.make_conditional(request)
