from __future__ import annotations

from glossary_api.model.things import Inline, Passage
from glossary_api.text.abridging import quoted


def test_members_far_apart_are_quoted_without_what_parts_them() -> None:
    """What stands between two members is left out, and shown to be, if it is a sentence of its own."""
    between = "，全年组织活动四十余场次、参加的群众超过了三万余人；"
    text = f"一是抓学习、抓调研{between}三是抓落实。"
    members = [Passage(piece, text.index(piece), text.index(piece) + 3) for piece in ("抓学习", "抓调研", "抓落实")]
    inline = Inline(members[0].start, members[-1].end, tuple(members))
    assert quoted(text, inline) == "抓学习、抓调研……抓落实"
    near = text.replace(between, "，")
    last = near.index("抓落实")
    inline = Inline(members[0].start, last + 3, (*members[:2], Passage("抓落实", last, last + 3)))
    assert quoted(near, inline) == "抓学习、抓调研，三是抓落实"
