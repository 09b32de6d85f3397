from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from glossary_api.model.things import Heading
from glossary_api.site.typeset import Link, TypesetLine, nested, typeset

TEXTS = st.text(alphabet="甲乙丙“”：。<&\n\r \u3000", max_size=60)
SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)), max_size=6)


def _within(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(start, min(start + length, len(text))) for start, length in spans if start < len(text)]


def _laid_out(text: str, headings: list[tuple[int, int]], links: list[tuple[int, int]]) -> list[TypesetLine]:
    found = [Heading(text[start:end], start, end, 1) for start, end in headings]
    return typeset(text, found, [Link(start, end, "/", "") for start, end in links], headings, [*links, *headings])


def _anchors(lines: list[TypesetLine]) -> list[str]:
    regions = [region for line in lines for region in line.regions]
    pieces = [piece for region in regions for piece in region.pieces]
    given_out = [*(x.anchor for x in lines), *(x.anchor for x in regions), *(x.anchor for x in pieces)]
    given_out += [x.flag for x in regions]
    return [anchor for anchor in given_out if anchor is not None]


@given(TEXTS, SPANS, SPANS)
def test_joined_pieces_are_the_text(text: str, marked: list[tuple[int, int]], linked: list[tuple[int, int]]) -> None:
    """Joined together, the pieces of each line are that line of the text without the white space around it."""
    lines = _laid_out(text, _within(text, marked), _within(text, linked))
    shown = ["".join(piece.text for region in line.regions for piece in region.pieces) for line in lines]
    assert shown == [line.strip() for line in text.split("\n") if line.strip()]


@example("甲甲 甲", [(0, 3), (2, 2)], [])  # a span that begins with white space amid a line, under another
@given(TEXTS, SPANS, SPANS)
def test_no_anchor_stands_twice(text: str, marked: list[tuple[int, int]], linked: list[tuple[int, int]]) -> None:
    """However headings, definitions and links overlap, no anchor is given out twice."""
    anchors = _anchors(_laid_out(text, _within(text, marked), _within(text, linked)))
    assert len(anchors) == len(set(anchors))


@given(TEXTS, SPANS)
def test_links_show_their_span(text: str, linked: list[tuple[int, int]]) -> None:
    """The pieces of a link show its span of the text, less line ends and the white space around them."""
    lines = _laid_out(text, [], _within(text, linked))
    shown: dict[Link, str] = {}
    for piece in (piece for line in lines for region in line.regions for piece in region.pieces):
        if piece.link:
            shown[piece.link] = shown.get(piece.link, "") + piece.text
    for link, words in shown.items():
        assert "".join(words.split()) == "".join(text[link.start : link.end].split())


@given(st.lists(st.integers(1, 5)))
def test_levels_have_no_gaps(depths: list[int]) -> None:
    """Going down, levels rise by one at a time, and headings numbered alike below one heading are level."""
    levels = nested(depths)
    assert all(below - above <= 1 for above, below in pairwise([0, *levels]))
    assert all(
        (one < other) == (a < b) for (a, one), (b, other) in pairwise(zip(depths, levels, strict=True)) if b >= a
    )


def test_every_kind_of_line_and_region() -> None:
    """Title block, whole-line headings, headings that run on, definitions and links each come out as what they are."""
    text = "报告\n某市\n各位代表：\n一、回顾\n（一）稳住。推进“三稳”。\n1．三稳：稳甲、稳乙、稳丙。"
    run_in, defined = text.index("（一）"), text.index("稳甲")
    headings = [Heading("一、回顾", 12, 16, 1), Heading("（一）稳住。", run_in, run_in + 6, 2)]
    link = Link(text.index("三稳"), text.index("三稳") + 2, "/terms/三稳", "稳甲、稳乙、稳丙")
    lines = typeset(text, headings, [link], [(defined, len(text) - 1)])
    assert [line.kind for line in lines] == ["front", "front", "paragraph", "heading", "paragraph", "paragraph"]
    assert [line.anchor for line in lines] == [None, None, None, "h12", None, None]
    assert [(region.kind, region.anchor) for region in lines[4].regions] == [("heading", f"h{run_in}"), ("plain", None)]
    assert [region.kind for region in lines[5].regions] == ["plain", "definition", "plain"]
    assert lines[5].regions[1].anchor == f"d{defined}"
    assert [p.anchor for p in lines[4].regions[1].pieces if p.link == link] == [f"u{link.start}"]


@given(TEXTS, SPANS)
def test_flags_show_their_span(text: str, flagged: list[tuple[int, int]]) -> None:
    """The flagged regions are the spans to look at and nothing else, and each span that shows has its anchor."""
    spans = _within(text, flagged)
    regions = [region for line in typeset(text, [], [], [], spans) for region in line.regions]
    shown = "".join(piece.text for region in regions if region.flagged for piece in region.pieces)
    covered = {at for start, end in spans for at in range(start, end)}
    assert "".join(shown.split()) == "".join("".join(text[at] for at in sorted(covered)).split())
    visible = {start for start, end in spans if not text[start].isspace()}
    assert {f"f{start}" for start in visible} <= {region.flag for region in regions}
