"""What a tooltip shows and where it goes, computed in a browser without a tooltip."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

Open = Callable[..., Page]
Ask = Callable[..., Any]

CARD = """async ([path, language]) => {
  const { cardOf } = await import("/static/shared/card.js");
  const { term, senses } = await (await fetch(path)).json();
  return cardOf(term, senses, null, { root: "https://glossary.example/", language });
}"""
MATCHES = """async (text) => {
  const { cardOf } = await import("/static/shared/card.js");
  const sent = { method: "POST", body: JSON.stringify({ text }), headers: { "Content-Type": "application/json" } };
  const { matches } = await (await fetch("/api/v1/annotate", sent)).json();
  return matches.map(({ term, senses, equivalents }) => cardOf(term, senses, equivalents, { root: "/" }));
}"""
PLACED = """async (cases) => {
  const { placed } = await import("/static/shared/placing.js");
  return cases.map(([lines, point, size, view]) => placed(lines, point, size, view));
}"""
MADE = """async ([term, senses, equivalents]) => {
  const { cardOf } = await import("/static/shared/card.js");
  return cardOf(term, senses, equivalents, { root: "/" });
}"""
INSIDE = """async (points) => {
  const { isInside } = await import("/static/shared/placing.js");
  return points.map(([x, y]) => isInside({ x, y }, [{ x: 0, y: 0 }, { x: -10, y: 10 }, { x: 10, y: 10 }]));
}"""


@pytest.fixture
def run(open_page: Open) -> Ask:
    """Runs a script in a page of the site."""
    page = open_page("/about")
    return lambda script, argument: page.evaluate(script, argument)


# The card


def test_a_looked_up_term(run: Ask) -> None:
    """The card of a look-up has name, reading, members, verdict, rendering, and each report that says the same."""
    card = run(CARD, ["/api/v1/lookup?name=6个不发生", "zh"])
    assert card["name"] == "六个不发生"
    assert card["reading"] == "liù gè bù fā shēng"
    assert card["href"] == "https://glossary.example/terms/%E5%85%AD%E4%B8%AA%E4%B8%8D%E5%8F%91%E7%94%9F?lang=zh"
    assert [rendering["status"] for rendering in card["renderings"]] == ["proposed"]
    (sense,) = card["senses"]
    assert sense["check"] == "pass"
    assert len(sense["members"]) == 6
    assert [source["label"] for source in sense["sources"]] == ["太仓市 2024", "昆山市 2024"]
    assert sense["sources"][0]["href"] == "https://glossary.example/reports/taicang-2024?lang=zh#d15269"


def test_links_of_an_english_card(run: Ask) -> None:
    """Links of a card lead to pages in its language, whatever the browser prefers, anchors included."""
    card = run(CARD, ["/api/v1/lookup?name=两重&place=虎丘区", "en"])
    assert card["href"].endswith("?lang=en")
    assert "?lang=en#d" in card["senses"][0]["sources"][0]["href"]


def test_the_senses_of_a_place_come_first(run: Ask) -> None:
    """The card keeps the order of the look-up's senses and says whether the first one is a guess."""
    guess = run(CARD, ["/api/v1/lookup?name=三大工程&place=昆山市", "zh"])
    assert len(guess["senses"]) == 2
    assert guess["ambiguous"]
    here = run(CARD, ["/api/v1/lookup?name=三大工程&place=太仓市", "zh"])
    assert here["senses"][0]["sources"][0]["label"] == "太仓市 2024"
    assert not here["ambiguous"]


def test_a_term_that_nobody_defines(run: Ask) -> None:
    """A term without definition has a card without senses."""
    card = run(CARD, ["/api/v1/lookup?name=五个作出示范", "zh"])
    assert card["senses"] == []
    assert card["name"] == "五个作出示范"


def test_a_match_in_a_text(run: Ask) -> None:
    """The card of an annotated match has the senses and renderings that came with it; what did not is left open."""
    (card,) = run(MATCHES, "坚决落实“六个不发生”要求")
    assert [rendering["language"] for rendering in card["renderings"]] == ["en"]
    (sense,) = card["senses"]
    assert sense["text"].startswith("坚决不能发生政治性事件")
    assert (sense["members"], sense["check"], card["reading"]) == ([], None, None)


def test_renderings_are_those_of_the_best_sense(run: Ask) -> None:
    """Renderings of the first sense and of the whole term are shown, those of other senses are not."""
    source = {"type": "curated", "report": None, "place": None, "year": None, "start": None}
    senses = [{"id": n, "score": 1 - n / 10, "definition": f"第{n}", "source": source} for n in (1, 2)]
    given = [{"sense": n, "language": "en", "rendering": f"No. {n}", "status": "approved"} for n in (1, 2, None)]
    card = run(MADE, [{"name": "词", "kind": "quoted"}, senses, given])
    assert [rendering["text"] for rendering in card["renderings"]] == ["No. 1", "No. None"]
    assert card["senses"][0]["sources"] == [{"label": "编者所加", "href": None}]


# Its place


def cases() -> list[Any]:
    """Terms all over windows of many sizes, with tooltips of many sizes."""
    made = []
    for width, height in ((1280, 800), (481, 300), (480, 640), (360, 740), (320, 320)):
        for x, y in ((0, 0), (width / 2, height / 2), (width - 60, height - 24), (0, height - 24), (width - 60, 0)):
            for tall in (40, 200, 2000):
                line = {"left": x, "top": y, "right": x + 60, "bottom": y + 24}
                size = {"width": width if width <= 480 else 384, "height": tall}
                made.append([[line], None, size, {"width": width, "height": height}])
    return made


def test_every_place_is_in_the_window_and_off_the_term(run: Ask) -> None:
    """For any term, tooltip and window: within the window, off the term, and as tall as there is room for."""
    for (lines, _, size, view), place in zip(cases(), run(PLACED, cases()), strict=True):
        (word,) = lines
        bottom = place["top"] + place["height"]
        assert 0 <= place["top"] <= bottom <= view["height"]
        assert 0 <= place["left"] <= place["left"] + size["width"] <= view["width"]
        assert bottom <= word["top"] or place["top"] >= word["bottom"]
        assert place["height"] == size["height"] or place["height"] >= min(view["height"] / 2 - 40, 120)
        assert place["side"] == ("above" if bottom <= word["top"] else "below")


def test_a_term_out_of_sight_has_no_place(run: Ask) -> None:
    """For a term that is scrolled out of the window, or that is not there at all, there is no place."""
    size, view = {"width": 300, "height": 100}, {"width": 1000, "height": 600}
    above = {"left": 10, "top": -50, "right": 60, "bottom": -26}
    below = {"left": 10, "top": 620, "right": 60, "bottom": 644}
    assert run(PLACED, [[[line], None, size, view] for line in (above, below)] + [[[], None, size, view]]) == [None] * 3


def test_the_line_below_the_pointer_counts(run: Ask) -> None:
    """Of a term over two lines the one that the pointer is on says where the tooltip begins, below both of them."""
    lines = [
        {"left": 500, "top": 100, "right": 560, "bottom": 124},
        {"left": 20, "top": 130, "right": 60, "bottom": 154},
    ]
    size, view = {"width": 300, "height": 100}, {"width": 1000, "height": 600}
    points = ({"x": 510, "y": 110}, {"x": 30, "y": 140})
    places = run(PLACED, [[lines, point, size, view] for point in points])
    assert [place["left"] for place in places] == [500, 20]
    assert {place["top"] >= 154 for place in places} == {True}


def test_the_way_in(run: Ask) -> None:
    """A point is on the way in if it lies in the triangle, whichever way that is turned."""
    assert run(INSIDE, [[0, 5], [4, 5], [-4, 5], [0, 0], [6, 5], [0, 11], [0, -1]]) == [True] * 4 + [False] * 3
