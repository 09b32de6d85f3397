"""The route of the glossary that a report lacks, in four formats."""

from __future__ import annotations

from urllib.parse import quote

import orjson
from flask import Response

from glossary_api.api.http.answers import json_answer, served_edition
from glossary_api.api.http.routing import get, resource
from glossary_api.api.http.standalone import standalone
from glossary_api.api.schemas.derived import schema_of
from glossary_api.queries.report_glossary.compile import GlossaryDocument, compile_glossary
from glossary_api.queries.report_glossary.markdown import markdown
from glossary_api.queries.report_glossary.word import word
from glossary_api.queries.report_glossary.wording import worded

MARKDOWN = "text/markdown"
HTML = "text/html"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = {MARKDOWN: "markdown", HTML: "html", WORD: "docx"}
"""Media types besides JSON, and what `format` calls them."""

blueprint = resource("glossaries", "Glossaries that reports lack")


@get(blueprint, "/reports/<report_id>/glossary", schema_of(GlossaryDocument), missing=True, also=FORMATS)
def show_glossary(report_id: str, media_type: str) -> Response:
    """Show the glossary that a report lacks: its own definitions, then borrowed ones, then the names without any."""
    glossary = compile_glossary(served_edition(), report_id)
    if media_type == MARKDOWN:
        return _in_chinese(Response(markdown(worded(glossary)), mimetype=MARKDOWN))
    if media_type == HTML:
        return standalone("glossary/glossary", sheet=worded(glossary))
    if media_type == WORD:
        answer = Response(word(worded(glossary)), mimetype=WORD)
        name = quote(f"{report_id}-glossary.docx")
        answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        return _in_chinese(answer)
    return json_answer(orjson.dumps(glossary))


def _in_chinese(answer: Response) -> Response:
    answer.headers["Content-Language"] = "zh-Hans"
    return answer
