"""The files that crawlers and browsers ask for: robots.txt, a site map in parts, an icon."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, g, render_template, request, send_from_directory, url_for

from glossary_api.errors import NotFound
from glossary_api.model.words import ESTABLISHED
from glossary_api.site.page import blueprint
from glossary_api.site.web_files import WEB

IN_PART = 10_000
"""Addresses in one part of the site map; the protocol allows 50,000."""
_FIXED = ("home", "terms", "reports", "annotate", "check", "findings", "data", "about", "manual")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Return what crawlers may visit: everything but answers to questions, of which there is no end."""
    root = request.script_root
    lines = ["User-agent: *", f"Disallow: {root}/search", f"Disallow: {root}/compare", f"Disallow: {root}/api/"]
    lines.append(f"Disallow: {root}/editions/")
    site_map = url_for("pages.sitemap", _external=True)
    return Response("\n".join([*lines, f"Sitemap: {site_map}", ""]), mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Return the site map's own list of parts."""
    terms = g.edition.select("SELECT count(*) FROM terms WHERE status = :status", {"status": ESTABLISHED})[0][0]
    count = 1 + -(-(terms + g.edition.counts["reports"]) // IN_PART)
    parts = [url_for("pages.sitemap_part", number=number, _external=True) for number in range(count)]
    return _xml("sitemapindex", "sitemap", parts)


@blueprint.get("/sitemap-<int:number>.xml")
def sitemap_part(number: int) -> Response:
    """Return a part: the fixed pages in part 0, in the others terms and reports. Raises NotFound."""
    if number == 0:
        return _xml("urlset", "url", [url_for(f"pages.{name}", _external=True) for name in _FIXED])
    rows = g.edition.select(
        """SELECT 0, name FROM terms WHERE status = :status UNION ALL SELECT 1, id FROM reports
           ORDER BY 1, 2 LIMIT :most OFFSET :before""",
        {"status": ESTABLISHED, "most": IN_PART, "before": (number - 1) * IN_PART},
    )
    if not rows:
        raise NotFound("page", request.path)
    return _xml("urlset", "url", [_address(*row) for row in rows])


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """Return the icon for browsers that ask for it by this name."""
    return send_from_directory(WEB / "extension" / "icons", "32.png")


def _address(is_report: int, name: str) -> str:
    if is_report:
        return url_for("pages.report", report_id=name, _external=True)
    return url_for("pages.term", name=name, _external=True)


def _xml(root: str, item: str, addresses: Sequence[str]) -> Response:
    return Response(render_template("sitemap.xml", root=root, item=item, addresses=addresses), mimetype="text/xml")
