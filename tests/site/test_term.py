from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from glossary_api.api.http.answers import edition_of
from glossary_api.harvesting.equivalents import with_equivalents
from glossary_api.model.things import Equivalent, Harvest
from glossary_api.queries.timeline import timeline
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.site.term import comparison
from glossary_api.site.web_files import STATIC
from glossary_api.store.documents import JsonObject
from glossary_api.store.edition import Edition
from glossary_api.store.writing import write_edition
from glossary_api.text.parentheses import with_gloss
from tests.site.conftest import ANEW, Open

PROVINCE, PREFECTURE, COUNTY = "江苏省", "苏州市", "昆山市"


@pytest.fixture(scope="module")
def edition(seed_app: Flask) -> Edition:
    """The seed's edition."""
    return edition_of(seed_app)


@pytest.fixture(scope="module")
def documents(edition: Edition) -> list[JsonObject]:
    """All defined terms of the seed."""
    names = [term["name"] for term in edition.terms(limit=2000).items if term["defined"]]
    assert len(names) > 40
    return [edition.term(name) for name in names]


def _text(node: LexborNode | None) -> str:
    assert node is not None
    return re.sub(r"\s+", " ", node.text()).strip()


def _texts(page: LexborHTMLParser | LexborNode, selector: str) -> list[str]:
    return [_text(node) for node in page.css(selector)]


def test_a_preview_says_whose_meaning_it_gives(seen: Open, edition: Edition) -> None:
    """What other programs show of a page of a term begins with the place and year of whoever explains it alone."""
    owned = [term for term in edition.terms(limit=2000).items if term["of"]]
    assert owned
    for term in owned[:5]:
        source = term["of"]
        assert source
        for selector in ('meta[name="description"]', 'meta[property="og:description"]'):
            (meta,) = seen(f"/terms/{term['name']}").css(selector)
            assert (meta.attributes["content"] or "").startswith(f"{source['place']} {source['year']}：")


def test_renderings_stand_with_their_status(seen: Open, documents: list[JsonObject]) -> None:
    """Every curated rendering of a term is on its page, in its sense, with its status in words."""
    statuses = {"official": "official", "approved": "approved", "proposed": "proposed"}
    rendered = 0
    for document in documents:
        page = seen(f"/terms/{document['name']}?lang=en")
        for section, sense in zip(page.css(".senses > section"), document["senses"], strict=True):
            expected = [
                f"{with_gloss(e['rendering'], e['gloss'])} {statuses[e['status']]}" for e in sense["equivalents"]
            ]
            shown = [" ".join(_texts(item, ".rendering, .tag")) for item in section.css(".renderings > li")]
            assert shown == [re.sub(r"\s+", " ", line) for line in expected]
            rendered += len(shown)
    assert rendered > 40


def test_a_translated_definition_says_who_vouches_for_it(harvest: Harvest, tmp_path: Path) -> None:
    """Below its rendering, marked as a machine's where nobody has read it."""
    rendering = Equivalent("", "", "en", "Three Earlies", "proposed", "project", "", "")
    rendering = replace(rendering, definition="to plan, act and succeed early", definition_status="machine")
    (sense,) = next(term for term in harvest.terms if term.name == "三个早").senses[:1]
    terms = with_equivalents(harvest.terms, {sense.id: (rendering,)})
    write_edition(replace(harvest, terms=terms), tmp_path / "glossary.db")
    client = create_app(Settings(edition=tmp_path / "glossary.db")).test_client()
    page = LexborHTMLParser(client.get("/terms/三个早?lang=en").text)
    (shown,) = page.css(".renderings .note:has(.tag)")
    assert _text(shown) == "to plan, act and succeed early machine translation"


def test_each_spelling_names_the_reports_that_print_it(seen: Open, documents: list[JsonObject]) -> None:
    """Beside each other spelling of a term stand links to the reports that print it."""
    spelled = 0
    for document in documents:
        page = seen(f"/terms/{document['name']}")
        others = [variant for variant in document["variants"] if variant["form"] != document["name"]]
        assert _texts(page, ".forms .form") == [variant["form"] for variant in others]
        for item, variant in zip(page.css(".forms > li"), others, strict=True):
            links = [link.attributes["href"] for link in item.css(".printed a")]
            assert links == [f"/reports/{report}" for report in variant["reports"]][:4]
            spelled += len(links)
    assert spelled > 5


def test_the_timeline_says_its_figures(seen: Open, edition: Edition, documents: list[JsonObject]) -> None:
    """Each year of the picture says in words what the API says of it, and the table below says it again."""
    for document in documents[:10]:
        times = timeline(edition, edition.rank_of(document["name"]))
        page = seen(f"/terms/{document['name']}?lang=en")
        bars, rows = page.css(".by-year g"), page.css("section[aria-labelledby=years] tbody tr")
        assert len(bars) == len(rows) == len(times["years"]) == 2
        for bar, row, year in zip(bars, rows, times["years"], strict=True):
            said = f"{year['year']}: {year['usages']}×; reports: {year['reports']} of {year['of_reports']};"
            assert _text(bar.css_first("title")).startswith(said)
            rate = f"{year['per_10000']:.2f}"
            counts = [str(year["usages"]), f"{year['reports']}/{year['of_reports']}"]
            assert [cell.text() for cell in row.css("td")] == [rate, *counts]


def test_the_first_use_leads_to_its_sentence(seen: Open, edition: Edition, documents: list[JsonObject]) -> None:
    """The earliest report is called the earliest of those collected, and the link leads to a place that is there."""
    for document in documents[:10]:
        delivered = timeline(edition, edition.rank_of(document["name"]))["first"]
        first = delivered and delivered["report"]["id"]
        section = seen(f"/terms/{document['name']}").css_first("section[aria-labelledby=years]")
        assert section is not None
        assert "收录的报告中最早见于" in section.text()
        links = [link.attributes["href"] or "" for link in section.css("a")]
        (address,) = (link for link in links if link.startswith(f"/reports/{first}#"))
        path, _, anchor = address.partition("#")
        assert seen(path).css_first(f"#{anchor}") is not None


def test_places_stand_in_their_prefecture_and_province(seen: Open) -> None:
    """A county's reports are listed below its prefecture and its province, named by the code list."""
    area = seen("/terms/六个不发生").css_first(".area")
    assert area is not None
    assert _text(area.css_first("h3 > span")) == PROVINCE
    assert _texts(area, "dt") == [PREFECTURE]
    assert any(text.startswith(f"{COUNTY} 2024 年") for text in _texts(area, "dd li"))


def test_every_report_of_a_term_is_listed_by_place(seen: Open, documents: list[JsonObject]) -> None:
    """The list of places leads to each report that has the term exactly once."""
    for document in documents:
        links = [link.attributes["href"] or "" for link in seen(f"/terms/{document['name']}").css(".area li a")]
        reports = {re.sub(r".*(report=|/reports/)", "", link) for link in links}
        assert reports == {report["id"] for report in document["reports"]}
        assert len(links) == len(reports)


def test_many_places_are_folded_away(seen: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a term has more reports than the page shows, provinces stand with their sums, the rest folded."""
    from glossary_api.site import term

    open_ = seen("/terms/六个不发生")
    monkeypatch.setattr(term, "REPORTS_SHOWN", 1)
    folded = seen("/terms/六个不发生")
    assert not open_.css("details.area")
    assert _texts(folded, "details.area > summary h3") == _texts(open_, "div.area > h3")
    assert _texts(folded, ".area li") == _texts(open_, ".area li") != []


def test_what_is_shown_leads_to_all_usages(seen: Open, edition: Edition) -> None:
    """Where a page has fewer contexts than the term has usages, it leads to a list of all of them."""
    most = sorted(edition.terms(limit=2000).items, key=lambda term: -term["usages"])
    for term in (*most[:5], *most[-5:]):
        page = seen(f"/terms/{term['name']}?lang=en")
        onward = page.css_first("a.all")
        assert (onward is not None) == (len(page.css(".kwic")) < term["usages"])
        if onward is not None:
            assert f"All {term['usages']} usages" in _text(onward)
            assert len(seen(onward.attributes["href"] or "").css(".kwic")) == term["usages"] < 50


def test_leafing_through_usages_meets_each_once(seed_app: Flask, edition: Edition) -> None:
    """Following `next` meets every usage once, in order, and following `prev` leads back the same way."""
    from glossary_api.site import contexts

    name = "智改数转网联"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(contexts, "SHOWN", 3)
        pages = list(_leafed(seed_app, f"/terms/{name}/usages", "next"))
        back = list(_leafed(seed_app, pages[-1][0], "prev"))
    anchors = [link.attributes["href"] for _, page in pages for link in page.css('.kwic a[href*="#u"]')]
    dates = {id_: block["date"] or str(block["year"]) for id_, block in edition.title_blocks.items()}
    usages = sorted(edition.usages(name, limit=100).items, key=lambda usage: dates[usage["report"]["id"]])
    assert anchors == [f"/reports/{usage['report']['id']}#u{usage['start']}" for usage in usages]
    assert len(pages) == -(-len(usages) // 3) > 2
    assert [unquote(address) for address, _ in back] == [unquote(address) for address, _ in reversed(pages)]


def _leafed(app: Flask, address: str, relation: str) -> Iterator[tuple[str, LexborHTMLParser]]:
    while True:
        page = LexborHTMLParser(app.test_client().get(address, headers=ANEW).text)
        yield address, page
        link = page.css_first(f"a[rel={relation}]")
        if link is None:
            return
        address = link.attributes["href"] or ""


def test_usages_of_one_report(seen: Open) -> None:
    """`?report=` keeps to the usages of that report, and the other language keeps to it too."""
    page = seen("/terms/两重/usages?report=huqiu-2025")
    assert {(link.attributes["href"] or "").partition("#")[0] for link in page.css('.kwic a[href*="#u"]')} == {
        "/reports/huqiu-2025"
    }
    other = page.css_first("header a[hreflang=en]")
    assert other is not None
    assert "report=huqiu-2025" in (other.attributes["href"] or "")


def test_marks_of_a_comparison_add_up(documents: list[JsonObject], edition_path: Path) -> None:
    """Without what is only in the reference a marked definition is itself; without what is only here, the reference."""
    marked = 0
    for document in [*documents, Edition.open(edition_path).term("三个快")]:
        compared = comparison(document)
        if compared is None:
            continue
        texts = [definition["text"] for sense in document["senses"] for definition in sense["definitions"]]
        reference = "".join(text for _, text in compared.definitions[0].runs)
        for version in compared.definitions[1:]:
            assert "".join(text for kind, text in version.runs if kind != "missing") in texts
            if any(kind != "same" for kind, _ in version.runs):
                assert _plain("".join(text for kind, text in version.runs if kind != "added")) == _plain(reference)
                marked += 1
    assert marked


def _plain(text: str) -> str:
    """What counts in a comparison, which sees through spelling."""
    from glossary_api.text.folding import fold

    return fold(text).text


@given(st.lists(st.text("甲乙丙丁、；", min_size=1, max_size=12), min_size=1, max_size=12), st.integers(1, 3))
def test_every_different_definition_is_compared_or_counted(texts: list[str], senses: int) -> None:
    """Of the different definitions each is compared once, and those beyond the most are counted."""
    source = {"report": None}
    definitions = [{"text": text, "source": source, "members": []} for text in texts]
    document = {
        "senses": [
            {"id": str(n), "definitions": definitions[n::senses]} for n in range(senses) if definitions[n::senses]
        ]
    }
    different = {(n % senses, text) for n, text in enumerate(texts)}
    compared = comparison(document)
    if len(different) < 2:
        assert compared is None
    else:
        assert compared is not None
        shown = ["".join(t for kind, t in v.runs if kind != "missing") for v in compared.definitions]
        assert len(shown) + compared.left_out == len(different)
        assert set(shown) <= set(texts)
        assert [version.is_reference for version in compared.definitions].index(True) == 0


def test_senses_are_told_apart(seen: Open) -> None:
    """Where reports mean different things by a name, the senses stand side by side and are not marked."""
    page = seen("/terms/三大工程?lang=en")
    assert len(page.css(".senses > section")) == 2
    assert "too far apart to be compared" in _text(page.css_first(".compared"))
    assert not page.css("ins, del")


def test_like_definitions_are_marked(client: FlaskClient) -> None:
    """Where reports say nearly the same, the first is the reference and the others have marks where they differ."""
    page = LexborHTMLParser(client.get("/terms/三个快?lang=en").text)
    versions = page.css(".versions > li")
    assert "reference" in _text(versions[0])
    assert not versions[0].css("ins, del")
    for version in versions[1:]:
        assert re.search(r"agrees with the others by \d+%", _text(version))
        assert version.css("ins, del")


def test_terms_beside_are_beside_more_than_once(seen: Open, edition: Edition) -> None:
    """What is called used beside a term stands with it in more than one section."""
    from glossary_api.queries.related import related

    for name in ("两重", "一稳三新", "六个不发生"):
        found = related(edition.select, edition.rank_of(name), 8)
        expected = [other["name"] for other in found["co_used"] if other["together"] > 1]
        groups = {_text(dt): dt.next for dt in seen(f"/terms/{name}?lang=en").css(".related dt")}
        shown = seen(f"/terms/{name}?lang=en").css(".related dd")
        listed = dict(zip(groups, shown, strict=True))
        assert _texts(listed["Used beside it"], "a") == expected if expected else "Used beside it" not in listed


def test_data_can_be_had(seed_app: Flask, seen: Open) -> None:
    """Every link to data and downloads of term, report and glossary pages is answered."""
    client = seed_app.test_client()
    for address in ("/terms/一稳三新", "/reports/kunshan-2024", "/reports/kunshan-2024/glossary"):
        links = [link.attributes["href"] or "" for link in seen(address).css("main a[href^='/api/']")]
        assert len(links) > 3
        for link in links:
            assert client.get(link).status_code == 200, link


def test_english_lists_have_renderings(seen: Open, edition: Edition) -> None:
    """On English pages the lists of terms show a rendering of each term that has one, on Chinese ones none."""
    for address in ("/?", "/terms?show=defined", "/search?q=企业"):
        rows = seen(f"{address}&lang=en").css(".rows > li:has(a[href^='/terms/'])")
        for row in rows:
            name = _text(row.css_first("a"))
            document = edition.term(name)
            renderings = [e["rendering"] for o in (*document["senses"], document) for e in o["equivalents"]]
            assert [p.text() for p in row.css("p[lang=en]")] == renderings[:1]
        assert any(row.css("p[lang=en]") for row in rows)
        assert not seen(address).css(".rows p[lang=en]")


def test_what_nobody_explains_is_shown_in_its_contexts_first(seen: Open) -> None:
    """A term without a definition has its contexts where the meanings of others stand; once, and before the map."""
    page = seen("/terms/五个作出示范")
    assert page.css(".senses blockquote") == []
    assert len(page.css(".meanings .kwic")) == len(page.css(".kwic")) > 0


def test_printed_sources_have_addresses_that_can_be_typed(seen: Open) -> None:
    """Beside each source paper has its whole address as people read it, and the style sheet prints it."""
    addresses = [node.attributes["data-address"] for node in seen("/terms/六个不发生").css(".source a[data-address]")]
    assert addresses
    assert all(re.fullmatch(r"http://localhost/reports/[^%#]+#d\d+", address or "") for address in addresses)
    assert "attr(data-address)" in (STATIC / "site.css").read_text("utf-8").split("@media print")[1]
