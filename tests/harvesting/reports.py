"""Small reports made of a body and of notes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from glossary_api.model.things import Document, ParsedReport
from glossary_api.parsing.parse import parse

HEAD = "{place}政府工作报告\n——{date}在{place}第十三届人民代表大会第三次会议上\n各位代表：\n一、工作回顾\n"


def report(
    name: str, body: str, notes: Sequence[str] = (), place: str = "义乌市", date: str = "2025年1月5日"
) -> ParsedReport:
    """A small report: running text, and a glossary of numbered notes if there are any."""
    lines = [f"{number}.{note}。" for number, note in enumerate(notes, 1)]
    text = HEAD.format(place=place, date=date) + "\n".join([body, *(["名词解释"] if notes else []), *lines])
    return parse(Document(f"{name}.txt", text, hashlib.sha256(text.encode()).hexdigest(), "text"))
