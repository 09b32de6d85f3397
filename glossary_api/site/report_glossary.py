"""The glossary that a report lacks, as a page to read and to print."""

from __future__ import annotations

from itertools import groupby

from flask import g, render_template

from glossary_api.queries.report_glossary.compile import LABELS, compile_glossary
from glossary_api.site.page import blueprint, reason_of, tag
from glossary_api.store.documents import JsonObject

FILES = {"docx": "Word", "markdown": "Markdown", "html": "HTML", "json": "JSON"}
"""What the same glossary can be had as, by the value of `format`; JSON needs none."""


@blueprint.get("/reports/<report_id>/glossary")
def glossary(report_id: str) -> str:
    """Return the definitions of a report, those it can borrow (whose, and why), and the names nobody explains."""
    compiled = compile_glossary(g.edition, report_id, tag())
    for entry in (*compiled["own"], *compiled["borrowed"]):
        _put_in_words(entry)
        for sense in entry["senses"]:
            sense["quotes"] = [
                {"text": text, "definitions": list(alike)}
                for text, alike in groupby(sense["definitions"], key=lambda definition: definition["text"])
            ]
    return render_template("glossary.html", glossary=compiled, report=compiled["report"], labels=LABELS, files=FILES)


def _put_in_words(entry: JsonObject) -> None:
    """Say the reasons of the counts of an entry in the page's language."""
    for sense in entry["senses"]:
        for definition in sense["definitions"]:
            check = definition["count_check"]
            check["reason"] = reason_of(check)
