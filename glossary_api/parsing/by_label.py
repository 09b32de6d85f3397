"""Names that a text takes up one by one: “一核两翼”（一核即甲，两翼为乙、丙）, “甲”，就是…；“乙”，就是…

What is said of parts is cut and counted like a note; it explains the name only if it says all that the numerals count.
"""

from __future__ import annotations

import functools
import re

from glossary_api.model.things import Inline, Passage, Slogan
from glossary_api.model.words import FAIL
from glossary_api.parsing.enumerations import Span, split, split_last
from glossary_api.parsing.kinds import NUMERAL
from glossary_api.parsing.list_edges import words
from glossary_api.parsing.members import members_of
from glossary_api.parsing.numerals import Counts, counts_in, value_of
from glossary_api.parsing.patterns import compiled
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_NUMERAL = re.compile("[一二两双三四五六七八九]")
_BRACKET_ENDS = re.compile(r"[)\r\n]")
_ENDS = re.compile(r"[。!?\r\n]|--")
_REACH = 400
_FRAMED = "以[^,;。]{1,40}为"
"""甲区域为主体，以乙、丙为两翼: what each of the parts is, framed by 以 and 为."""
_FRAMED_BEFORE = re.compile(rf"(?P<said>以[^;。:]{{1,80}}为[^,;。]{{1,4}})的[{OPENING_QUOTES}]?$")
_BUILDING = ("构建", "打造", "形成", "构筑", "建设")
_FRAMED_AND_NAMED = re.compile(
    rf"(?P<said>以[^;。:]{{1,160}}为[^,;。]{{1,4}}),(?:加快|着力|全力|努力|积极)?(?:{'|'.join(_BUILDING)})[{OPENING_QUOTES}]?$"
)
"""以甲为主体，以乙、丙为两翼，构建“一体两翼”: as above, with a verb between."""
_AIM = re.compile("为(?:[\u4e00-\u9fff]{2})?(?:方向|抓手|目标|目的|导向|动力|契机|突破口|代表|典型|龙头|例)$")
_QUOTED_FIRST = re.compile(
    rf"[{OPENING_QUOTES}](?P<said>[^{OPENING_QUOTES}{CLOSING_QUOTES}]+)[{CLOSING_QUOTES}](?:,|$)"
)
"""“一极”即“建设甲极”，融入乙: what is quoted is what the name stands for."""
_NAMED = rf"[{OPENING_QUOTES}](?P<name>[^{OPENING_QUOTES}{CLOSING_QUOTES}\n]{{2,12}})[{CLOSING_QUOTES}],?"
_LINK = "(?P<link>就是|即是?|是指|指的是)(?![要说将使便时日刻可])[:,]?"
_SAID = re.compile(
    rf"(?:^|(?<=[。;:\n\s])|(?<=--)|(?<=[。;\n]其中,)){_NAMED}{_LINK}(?P<said>[^。;\n]{{4,160}}?)"
    rf"(?=(?P<stop>[。;\n]|,[{OPENING_QUOTES}][^{CLOSING_QUOTES}\n]{{2,12}}[{CLOSING_QUOTES}],?(?:即|就是)))"
)
_FARTHEST = 1500
"""How far from a statement the other one may stand that is built alike: each may begin a paragraph of its own."""


def taken_up_by_part(text: str, plain: str, slogan: Slogan) -> Inline | None:
    """Return the passage beside a name that says what each part of it stands for: behind a link that says that it does,
    behind a comma if it begins with the first part, or framed by 以 and 为 before the name.
    """
    counts = counts_in(slogan.text)
    before = _FRAMED_BEFORE.search(plain, max(0, slogan.start - _REACH), slogan.start)
    building = before is None and plain[max(0, slogan.start - 4) : slogan.start].rstrip(OPENING_QUOTES).endswith(
        _BUILDING
    )
    named = _FRAMED_AND_NAMED.search(plain, max(0, slogan.start - _REACH), slogan.start) if building else None
    if named and all(re.search(f"为[^,]?{re.escape(count.thing)}", named["said"]) for count in counts.counts):
        before = named
    if before and before["said"].count("为") >= len(counts.counts) > 0 and _is_one_frame(before["said"]):
        framed = _inline(text, plain, slogan, *before.span("said"))
        parts = sum(value_of(sign) or 0 for sign in _NUMERAL.findall(slogan.text))
        return framed if framed and len(framed.members) >= parts else None  # 一体 of 一体两翼 has its part as well
    if len(counts.counts) < 2:
        return None
    found = _leading_to_parts().match(plain, slogan.end)
    taken_up = found is not None and plain[found.end() :].lstrip(OPENING_QUOTES).startswith(counts.counts[0].label)
    if not found or (found["comma"] and not taken_up):
        return None
    stops = _BRACKET_ENDS if "(" in found[0] else _ENDS
    end = stops.search(plain, found.end(), found.end() + _REACH)
    frames = re.findall(_FRAMED, plain[found.end() : end.start()]) if end and plain[found.end()] == "以" else []
    if frames and len(frames) != len(counts.counts):
        return None  # “两高一少”目标，以甲为核心，以乙为根本，以丙为保证…: how it is reached
    return _inline(text, plain, slogan, found.end(), end.start()) if end else None


def _is_one_frame(said: str) -> bool:
    """以甲为核心，乙、丙为两翼: tell whether each clause says what some part is, and has no verb of its own."""
    clauses = said.split(",")
    governed = compiled(f"{words('adverb')}*{words('verb')}")
    if _AIM.search(said):
        return False  # 以甲、乙、丙为主攻方向的“三大攻坚战”: how it is done
    return all("为" in clause and clause[-1] not in "的化" for clause in clauses) and not any(
        map(governed.match, clauses)
    )


@functools.cache
def _leading_to_parts() -> re.Pattern[str]:
    """Return what leads from a name to what its parts stand for; with `comma` the first of them has to follow."""
    part = rf"[{OPENING_QUOTES}]?[一二两三四五六七八九十\d]"
    said = f"{words('behind')}|,(?={_FRAMED})|(?P<comma>,)(?={part})"
    return re.compile(rf"[{CLOSING_QUOTES}]?[\u4e00-\u9fff]{{0,8}}?(?:{said})")


def _inline(text: str, plain: str, slogan: Slogan, start: int, end: int) -> Inline | None:
    passage = Passage(text[start:end], start, end)
    listed = members_of(text, plain, slogan.text, passage)
    told = listed.members and listed.check.status != FAIL
    return Inline(passage.start, passage.end, listed.members) if told else None


def said_in_turn(text: str, plain: str, slogan: Slogan) -> Inline | None:
    """Return what a sentence says that a quoted name is, if a sentence near it says what another name is alike.

    One such sentence by itself may state a task, or only praise. Where the name counts things, as many have to be said.
    """
    found = _SAID.match(plain, slogan.start - 1) if slogan.start else None
    if not found or slogan.text.isdigit():
        return None
    others = _SAID.finditer(plain, max(0, found.start() - _FARTHEST), found.end() + _FARTHEST)
    if not any(other["link"] == found["link"] and other["name"] != found["name"] for other in others):
        return None
    counts = counts_in(slogan.text)
    a, b = _up_to_outcome(plain, *found.span("said"))
    if slogan.kind == NUMERAL and counts.total > 1:
        spans = _striven_for(plain, a, b, slogan) or _clause_for_each(plain, found, counts)
    else:
        spans = [_of_one(plain, a, b, counts)]
    return Inline(spans[0][0], spans[-1][1], tuple(Passage(text[x:y], x, y) for x, y in spans)) if spans else None


def _up_to_outcome(plain: str, start: int, end: int) -> Span:
    """甲区，重点是建设乙: return a clause without those behind it that say what comes of it, or what it is worth."""
    outcome = re.compile(f",(?={words('outcome', 'praise', 'stress')})").search(plain, start, end)
    return start, outcome.start() if outcome else end


def _of_one(plain: str, start: int, end: int, counts: Counts) -> Span:
    """“一个中心”，即甲中心，把乙打造成…: return what is quoted, or ends with what is counted, up to the first comma."""
    if quoted := _QUOTED_FIRST.match(plain, start, end):
        return quoted.span("said")
    thing = counts.counts[0].thing if counts.is_single else ""
    comma = plain.find(f"{thing[-1]},", start, end) if thing else -1
    named = comma > 0 and "," not in plain[start:comma] and plain[start] != "以"
    return (start, comma + 1) if named else (start, end)


def _clause_for_each(plain: str, found: re.Match[str], counts: Counts) -> list[Span]:
    """打造甲，重点是…；打造乙；打造丙 for 三片: return the clauses that begin alike, or hold what is counted."""
    stop = _ENDS.search(plain, found.end())
    thing = counts.counts[0].thing if counts.is_single else ""
    for sign, end in ((";", stop.start() if stop else found.end()), (",", found.end())):
        clauses = [_up_to_outcome(plain, *clause) for clause in split(plain, found.start("said"), end, sign)]
        alike = len({plain[a : a + 2] for a, _ in clauses}) == 1
        if len(clauses) == counts.total and (alike or (thing and all(thing in plain[a:b] for a, b in clauses))):
            return clauses
    return []


def _striven_for(plain: str, start: int, end: int, slogan: Slogan) -> list[Span]:
    """争当做甲、做乙、做丙的先锋 for 三个先锋: return the list between a verb and the noun that is counted."""
    counts = counts_in(slogan.text)
    thing = counts.counts[0].thing if counts.is_single else ""
    if not thing or not plain.endswith(f"的{thing}", start, end):
        return []
    governing = compiled(words("verb")).match(plain, start, end)
    items = split(plain, governing.end() if governing else start, end - len(thing) - 1, "、")
    return next((spans for spans in (items, split_last(plain, items)) if len(spans) == counts.total > 1), [])
