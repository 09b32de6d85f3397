"""The page that explains the words on the pages."""

from __future__ import annotations

from flask import render_template

from glossary_api.site.page import blueprint


@blueprint.get("/about")
def about() -> str:
    """Return what the words on these pages mean."""
    return render_template("about.html")
