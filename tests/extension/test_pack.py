"""What becomes of a pack that is opened: one that is none, one of other days, terms that it does not have."""

from __future__ import annotations

import pytest

from glossary_api.exports.formats import FORMATS
from glossary_api.queries.export import exported
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters
from tests.extension.conftest import Matcher

ROOT = "https://glossary.example/"


@pytest.fixture
def pack(edition: Edition) -> str:
    """The pack of the sample edition."""
    return b"".join(exported(edition, FORMATS["termpack"], address=ROOT)).decode()


def test_it_says_what_it_is(matcher: Matcher, edition: Edition, pack: str) -> None:
    """Which edition, from which server, how many terms."""
    said = {"edition": edition.hash, "size": edition.counts["terms"], "address": ROOT}
    assert matcher.open(pack) == said


@pytest.mark.parametrize(
    "other", ["", "{}", "[]", "null", "<!doctype html>\n<p>no pack</p>\n]", '{"terms":[\n],"kinds":[]}\n']
)
def test_what_is_no_pack_is_refused(matcher: Matcher, other: str) -> None:
    """Whatever a server answers, the extension can say what is the matter with it."""
    assert matcher.open(other)["code"] == "bad-pack"


def test_a_part_of_a_pack_is_refused(matcher: Matcher, pack: str) -> None:
    """However much of it is there."""
    for length in range(0, len(pack) - 1, 997):
        assert matcher.open(pack[:length])["code"] == "bad-pack", length


def test_a_pack_of_another_layout_is_refused(matcher: Matcher, pack: str) -> None:
    """By its number, before anything else of it is read."""
    assert matcher.open(pack.replace('"version":4', '"version":5', 1))["code"] == "other-version"


def test_a_term_that_is_not_there_has_no_card(matcher: Matcher, pack: str) -> None:
    """As happens when another pack has come between finding a term and showing it; a spelling is no term."""
    matcher.open(pack)
    assert matcher.card("六个不发生", ROOT)["name"] == "六个不发生"
    assert matcher.card("6个不发生", ROOT) is None
    assert matcher.card("七个不发生", ROOT) is None
    assert matcher.card("", ROOT) is None


def test_an_unfound_term_has_its_card_all_the_same(matcher: Matcher, edition: Edition, pack: str) -> None:
    """A service worker that has slept in between shows every term that it found before."""
    for item in edition.terms().items:
        matcher.open(pack)
        assert matcher.card(item["name"], ROOT)["name"] == item["name"]


def test_what_a_name_means_in_one_place_is_no_answer_everywhere(matcher: Matcher, pack: str) -> None:
    """Figures are given anew in every city: a page is told where they are explained, and why that may not be meant."""
    matcher.open(pack)
    card = matcher.card("“135”工作体系", ROOT)
    assert card["senses"] == []
    assert [one["source"]["label"] for one in card["elsewhere"]] == ["石桥县 2025", "云溪市 2024"]
    assert card["elsewhere"][1]["source"]["href"].startswith(f"{ROOT}reports/yunxi-2024?lang=zh#d")
    assert {one["reason"] for one in card["elsewhere"]} == {"这类名称各地自行命名，未必同指一事"}


def test_a_pack_of_one_place_says_what_holds_there(matcher: Matcher, edition: Edition) -> None:
    """Terms that were chosen by place are explained as in that place."""
    matcher.open(b"".join(exported(edition, FORMATS["termpack"], TermFilters(place="云溪市"))).decode())
    card = matcher.card("“135”工作体系", ROOT)
    assert [sense["sources"][0]["label"] for sense in card["senses"]] == ["云溪市 2024"]
    assert [one["source"]["label"] for one in card["elsewhere"]] == ["石桥县 2025"]


def test_half_a_character_does_no_harm(matcher: Matcher, pack: str) -> None:
    """Pages have texts that are cut within a pair of surrogates."""
    matcher.open(pack)
    text = "\ud800“六个不发生”\udc00六个不发生\ud842"
    assert [text[one["start"] : one["end"]] for one in matcher.find(text)] == ["六个不发生", "六个不发生"]


def test_an_empty_text_and_an_empty_pack_have_no_terms(matcher: Matcher, edition: Edition, pack: str) -> None:
    """There is nothing to find, and nothing goes wrong."""
    matcher.open(pack)
    assert matcher.find("") == []
    nothing = b"".join(exported(edition, FORMATS["termpack"], TermFilters(q="不在"))).decode()
    assert matcher.open(nothing)["size"] == 0
    assert matcher.find("六个不发生") == []
    assert matcher.card("六个不发生", ROOT) is None


def test_links_lead_to_the_server_that_was_chosen(matcher: Matcher, pack: str) -> None:
    """Whatever address a pack names, and whatever it calls its reports, links stay on the reader's server."""
    evil = pack.replace(ROOT, "https://evil.example/").replace('"yunxi-2024"', '"//evil.example/"')
    assert matcher.open(evil)["address"] == "https://evil.example/"
    card = matcher.card("“135”工作体系", ROOT)
    links = [card["href"], *(one["source"]["href"] for one in card["elsewhere"])]
    assert len(links) == 3
    assert all(
        link.startswith(f"{ROOT}{path}") for link, path in zip(links, ("terms/", "reports/", "reports/"), strict=True)
    )
    assert all("//" not in link.removeprefix("https://") for link in links)
