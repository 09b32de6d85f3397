from __future__ import annotations

import dataclasses
from collections.abc import Callable
from itertools import pairwise
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from glossary_api.model.things import Harvest, Match, Usage
from glossary_api.site.page import to
from glossary_api.text.folding import fold_name
from tests.site.reading import links, read

OTHERS = ("/api/", "/static/", "/extension.zip", "/compare.csv", "/oembed", "/embed.js", "/sitemap", "/favicon")
"""What links of pages lead to that is no page."""


@pytest.fixture(scope="module")
def site(app: Flask) -> dict[str, TestResponse]:
    """Every page that links lead to from the two front doors and a few addresses that no page links to."""
    client = app.test_client(use_cookies=False)
    site: dict[str, TestResponse] = {}
    waiting = ["/", "/?lang=en", "/search?q=清", "/search?q=zzz&lang=en", "/nothing/here", "/terms/三个?lang=en"]
    while waiting:
        address = waiting.pop()
        if address not in site and not address.startswith(OTHERS):
            site[address] = client.get(address, follow_redirects=True)
            waiting += [urljoin(address, link).partition("#")[0] for link in links(read(site[address]))]
    return site


def test_every_page_stands_on_its_own(site: dict[str, TestResponse]) -> None:
    """Every page has a language, a title, one main landmark, one h1, and no identifier twice."""
    assert len(site) > 20
    for address, response in site.items():
        page = read(response)
        assert page.find("html")[0].attributes["lang"] == ("en" if "lang=en" in address else "zh-Hans"), address
        assert page.find("title")[0].text.strip(), address
        assert len(page.find("main")) == 1 == len(page.find("h1")), address
        assert page.find("h1")[0].text.strip(), address
        ids = [element.attributes["id"] for element in page.find() if "id" in element.attributes]
        assert len(ids) == len(set(ids)), address


def test_every_page_can_be_used_by_ear_and_keyboard(site: dict[str, TestResponse]) -> None:
    """Every input has a label, every link and button has words, every aria reference leads to an element."""
    for address, response in site.items():
        page = read(response)
        ids = {element.attributes["id"] for element in page.find() if "id" in element.attributes}
        labelled = {label.attributes["for"] for label in page.find("label") if "for" in label.attributes}
        within = [field for label in page.find("label") for field in label.find("input", "textarea", "select")]
        fields = [e for e in page.find("input", "textarea", "select") if e.attributes.get("type") != "hidden"]
        assert all(field in within or field.attributes["id"] in labelled for field in fields), address
        assert all(element.text.strip() for element in page.find("a", "button")), address
        assert {element.attributes.get("aria-labelledby", "main") for element in page.find()} <= ids, address
        assert page.find("body")[0].find("a")[0].attributes["href"] == "#main", address


def test_headings_skip_no_level(site: dict[str, TestResponse]) -> None:
    """Going down a page, no heading is more than one level below the one before it."""
    for address, response in site.items():
        levels = [int(element.tag[1]) for element in read(response).find("h1", "h2", "h3", "h4", "h5", "h6")]
        assert all(below - above <= 1 for above, below in pairwise(levels)), address


def test_every_link_leads_somewhere(site: dict[str, TestResponse]) -> None:
    """Every link between pages is answered with a page, and its fragment names an element of that page."""
    for address, response in site.items():
        for link in links(read(response)):
            target, _, fragment = urljoin(address, link).partition("#")
            fragment = fragment.partition(":~:")[0]  # what follows names words, not an element
            if target in site:
                itself = unquote(urlsplit(target).path) == unquote(urlsplit(address).path)  # in the other language
                assert site[target].status_code == 200 or itself, (address, link)
                assert not fragment or read(site[target]).find(id=unquote(fragment)), (address, link)
            else:
                assert target.startswith(OTHERS), (address, link)


def test_pages_ask_no_other_host(site: dict[str, TestResponse]) -> None:
    """Whatever a page loads or links to lies on its own host."""
    for address, response in site.items():
        for element in read(response).find():
            for name in ("src", "href", "action", "srcset", "poster", "data"):
                asked = urlsplit(element.attributes.get(name, ""))
                assert (asked.scheme, asked.netloc) in {("", ""), ("http", "localhost")}, (address, element)


def test_policy_and_pages_agree(site: dict[str, TestResponse]) -> None:
    """Every page forbids inline scripts and inline styles, and has neither."""
    for address, response in site.items():
        policy = dict(part.split(" ", 1) for part in response.headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == "'none'", address
        own = ("script-src", "connect-src", "style-src", "img-src", "form-action")
        assert {policy[what] for what in own} == {"'self'"}, address
        page = read(response)
        assert not page.find("style"), address
        assert all(script.attributes["src"] and not script.text for script in page.find("script")), address
        assert not [a for e in page.find() for a in e.attributes if a == "style" or a.startswith("on")], address
        assert "Set-Cookie" not in response.headers


def test_a_language_is_kept(site: dict[str, TestResponse]) -> None:
    """Links and forms of an English page lead to English pages, but for the one that leads to Chinese."""
    page = read(site["/?lang=en"])
    inner = [e for e in page.find("a") if not e.attributes["href"].startswith(("#", "/api/"))]
    assert [e.text for e in inner if "lang=en" not in e.attributes["href"]] == ["中文"]
    assert [e.attributes["value"] for e in page.find("input", name="lang")] == ["en"]


@pytest.mark.parametrize("name", ["六化", "1+22+3", "a/b", "a b?c#d", "“六化”100%", "..", "NAME-OF-A-THING", ""])
@pytest.mark.parametrize("lang", [None, "en"])
def test_links_are_what_flask_makes(client: FlaskClient, name: str, lang: str | None) -> None:
    """Whatever is linked, its address is that of `url_for`, the second time as the first."""
    with client.application.test_request_context("/", query_string={"lang": lang} if lang else None):
        for endpoint, key in (("pages.term", "name"), ("pages.search", "q"), ("pages.report", "report_id")):
            for _ in range(2):
                values: dict[str, Any] = {key: name}
                assert to(endpoint, **values) == url_for(endpoint, lang=lang, **values)


def test_counts_stand_on_the_front_page(client: FlaskClient) -> None:
    """The front page says how many reports, terms, defined terms and usages the edition has."""
    counts = [element.text for element in read(client.get("/")).find("dl", class_="counts")[0].find("dd")]
    assert counts == ["2", "5", "3", "9"]


def test_definition_links_land_on_the_very_sentence(client: FlaskClient) -> None:
    """The link at a definition leads to an element of the report that holds exactly the definition."""
    page = read(client.get("/terms/五个清"))
    texts = [element.text for element in page.find("blockquote")]
    links = [element.find("a")[0].attributes["href"] for element in page.find("p", class_="source quiet small")]
    assert texts == ["底数清、责任清、时限清", "水清、岸清、河清、路清、田清"]
    for text, link in zip(texts, links, strict=True):
        address, _, fragment = link.partition("#")
        assert [element.text for element in read(client.get(address)).find(id=fragment)] == [text]


def test_senses_members_and_verdicts(client: FlaskClient) -> None:
    """Two senses stand side by side, each with its members; a count that fails is shown with its reason."""
    page = read(client.get("/terms/五个清?lang=en"))
    senses = page.find("div", class_="senses")[0].find("section")
    assert [[li.text for li in s.find("ol")[0].find("li")] for s in senses] == [
        ["底数清", "责任清", "时限清"],
        ["水清", "岸清", "河清", "路清", "田清"],
    ]
    assert "the name counts 5, the definition lists 3" in senses[0].find("p", class_="verdict fail small")[0].text
    assert senses[1].find("p", class_="verdict pass small")


def test_same_words_stand_once(client: FlaskClient) -> None:
    """Definitions that two reports give in the same words are printed once, with a source line for each report."""
    page = read(client.get("/terms/三个早"))
    assert len(page.find("blockquote")) == 1
    links = [unquote(element.attributes["href"]) for element in page.find("div", class_="definition")[0].find("a")]
    assert [link.partition("#")[0] for link in links] == ["/reports/north-2024", "/reports/south-2025"]


def test_other_spellings_are_listed(client: FlaskClient) -> None:
    """A term page lists the forms that differ from the term's name, and only those."""
    forms = read(client.get("/terms/五个清")).find("ul", class_="forms")[0]
    assert [item.find("span", lang="zh-Hans")[0].text for item in forms.find("li")] == ["5个清"]


def test_an_undefined_term_shows_where_it_stands(client: FlaskClient) -> None:
    """A term that no report explains says so and still shows its context."""
    page = read(client.get("/terms/1+2/3?lang=en"))
    assert "none of them explains it" in page.find("main")[0].text
    assert "推进“1+2/3”布局" in page.find("ul", class_="contexts")[0].text
    assert not page.find("blockquote")


def test_report_prints_its_whole_text(client: FlaskClient, harvest: Harvest) -> None:
    """The report page shows every character of the report, headings and hostile text included."""
    for parsed in harvest.reports:
        shown = read(client.get(f"/reports/{parsed.report.id}")).find("section", class_="text")[0]
        lines = [element.text for element in shown.find("p", "h3", "h4", "h5")]
        assert lines == [line.strip() for line in parsed.report.text.split("\n") if line.strip()]


def test_report_marks_every_usage(client: FlaskClient, harvest: Harvest) -> None:
    """Each usage is a link to its term, anchored by its offset, with the definition as its title."""
    names = {term.id: term.name for term in harvest.terms}
    for usage in harvest.usages:
        links = read(client.get(f"/reports/{usage.report}?marks=all")).find("a", id=f"u{usage.match.start}")
        assert [link.text for link in links] == [usage.match.text]
        assert unquote(links[0].attributes["href"]) == f"/terms/{names[usage.match.term]}"


def test_a_report_explains_by_its_own_words(client: FlaskClient) -> None:
    """Where two reports define a term differently, each report's marks carry that report's definition."""
    titles = {
        link.attributes["title"]
        for link in read(client.get("/reports/south-2025")).find("section", class_="text")[0].find("a")
        if link.text == "五个清"
    }
    assert titles == {"水清、岸清、河清、路清、田清"}


def test_a_usage_of_known_sense_carries_that_sense(serve: Callable[[Harvest], Flask], harvest: Harvest) -> None:
    """Where the harvest knows the sense of a usage, its title and its tag on the term page are of that sense."""
    usage = next(u for u in harvest.usages if u.match.text == "五个清" and u.report == "north-2024")
    known = dataclasses.replace(usage, sense=f"{usage.match.term}-2")
    usages = tuple(known if other is usage else other for other in harvest.usages)
    client = serve(dataclasses.replace(harvest, usages=usages)).test_client()
    links = read(client.get("/reports/north-2024")).find("a", id=f"u{usage.match.start}")
    assert [link.attributes["title"] for link in links] == ["水清、岸清、河清、路清、田清"]
    contexts = read(client.get("/terms/五个清")).find("ul", class_="contexts")
    assert [tag.text for context in contexts for tag in context.find("span", class_="tag")] == ["义项 2"]


def test_a_caller_cannot_bendlinks(client: FlaskClient) -> None:
    """Parameters that are none of ours never reach a link of the page."""
    response = client.get("/?_external=1&_scheme=javascript&_anchor=x&lang=en&q=a&unknown=1")
    for element in read(response).find("a", "link"):
        assert "javascript" not in element.attributes["href"]
        assert "unknown" not in element.attributes["href"]


UNSAFE = st.text(alphabet="<>&\"'/=三个早a{}%\u200b\u3000", min_size=1, max_size=30).filter(
    lambda text: text.strip() != ""
)


@settings(max_examples=25, deadline=None)
@given(name=UNSAFE.filter(fold_name), body=UNSAFE)
def test_text_of_reports_is_never_markup(
    serve: Callable[[Harvest], Flask], harvest: Harvest, site: dict[str, TestResponse], name: str, body: str
) -> None:
    """Whatever a term's name and a report's text are, they come out as text and add no new element to a page."""
    usual = {element.tag for response in site.values() for element in read(response).find()}
    client = serve(_altered(harvest, name, body)).test_client()
    page = read(client.get("/reports/south-2025"))
    assert page.find("section", class_="text")[0].find("p")[-1].text == (body + name).strip()
    assert name in [element.text for element in page.find("a")]
    assert {element.tag for element in page.find()} <= usual
    results = client.get("/search", query_string={"q": body}, follow_redirects=True)
    assert {element.tag for element in read(results).find()} <= usual


def _altered(harvest: Harvest, name: str, body: str) -> Harvest:
    """The harvest with one report's text and one term's name replaced, the term used at the end of the text."""
    north, south = harvest.reports
    text = "各位代表：\n" + body + name
    report = dataclasses.replace(south.report, text=text)
    parsed = dataclasses.replace(south, report=report, headings=(), appendix=None, body=((0, len(text)),))
    term = dataclasses.replace(
        harvest.terms[0], name=name, key=fold_name(name), keys=(fold_name(name),), senses=(), variants=()
    )
    usage = Usage("south-2025", Match(term.id, len(text) - len(name), len(text), name, "exact", False), None, None)
    return Harvest((north, parsed), (term,), (usage,), ())
