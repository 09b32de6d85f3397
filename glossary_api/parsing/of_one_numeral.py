"""Members that one numeral counts, in the part of a definition that explains it.

Spans in and out are offsets into the plain text.
"""

from __future__ import annotations

import functools
import re

from glossary_api.parsing.borders import behind_is, polished, without_frame
from glossary_api.parsing.by_noun import each_carrying
from glossary_api.parsing.by_numbers import HAN_FIGURES, summed
from glossary_api.parsing.enumerations import Span, at_conjunctions, bare, conjunctions, outside, split, tally_of, trim
from glossary_api.parsing.list_edges import behind_governing, words
from glossary_api.parsing.lists import ending_in_noun, enumerate_list
from glossary_api.parsing.numerals import Count
from glossary_api.parsing.own_labels import without_its_part
from glossary_api.parsing.patterns import any_of, compiled
from glossary_api.parsing.tails import is_tail
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_OPEN_LEAD = re.compile("(?:包括|包含|涵盖|如|即|:)$")
_OPEN_TAIL, _OPEN_FRAME = re.compile("等?(?:为|领域|多|一批|n|若干|系列)"), re.compile("以(?!及)|依托|围绕|,")
_BRACKETS = re.compile(r"\(([^()]+)\)$")
_JOINED_ON = re.compile("(?:以及|及其|同时|并|[“]?[一1]\\w{1,3}[”]?,)(?=..)")


def before_label(plain: str, start: int, end: int, count: Count) -> int:
    """Return where a list stops that its own name closes: 甲、乙、丙“三江”基地; at `end` if none does."""
    figure = re.escape(count.label[:1]) + (HAN_FIGURES.get(count.number or 0, "") if count.label.isdigit() else "")
    name = rf"[{OPENING_QUOTES}][{figure}][^{CLOSING_QUOTES}]{{1,12}}[{CLOSING_QUOTES}]"
    named = compiled(rf"(?<=[^,;。、:{OPENING_QUOTES}和与及]){name}")
    found = named.search(plain, start + 1, end)
    listed = found and re.search("、|[》”][《“]", plain[start : found.start()])
    return found.start() if found and listed else end


def part_of(plain: str, start: int, end: int, count: Count) -> list[Span]:
    """Return the members of one numeral's own explanation; one has the whole of it, an open number all that is
    listed.
    """
    if count.number is None:
        if spans := _open_list(plain, start, end, count):
            return spans
    elif count.number > 1:
        stop = before_label(plain, start, end, count)
        spans = each_carrying(plain, start, stop, count, ",;。")
        spans = spans or enumerate_list(plain, start, stop, count.number, words=(count.label,))
        spans = spans or summed(plain, start, stop, count.number) or _behind_link(plain, start, stop, count)
        spans = spans or each_carrying(plain, start, stop, count, ",;。、") or _as_counted(plain, start, stop, count)
        spans = spans or ending_in_noun(plain, start, stop, count, count.thing[-1:])
        spans = spans or _in_its_brackets(plain, start, stop, count)
        return [] if _is_attribute(plain, spans, end, count) else spans
    colon = plain.find(":", start, end)
    span = trim(plain, colon + 1 if colon >= 0 else start, end)
    span = without_its_part(plain, behind_is(plain, *span), span[1]) if span else None
    if span and plain.startswith("等", stop := bare(plain, *span)[1]) and "、" not in plain[span[0] : stop]:
        span = (span[0], stop)  # 甲新政等政策; but 甲、乙等工程 names a thing by examples
    if span and count.thing[1:] and plain.endswith(count.thing, *span):
        span = (behind_governing(plain, *span), span[1])
    span = span and (_behind_connective_and_verb(plain, *span, count), span[1])
    framed = without_frame(plain, *span) if span else None
    framed = framed and trim(plain, *framed)  # 甲区，为乙片区
    if span is None or framed is None:
        return []
    whose = "的" in plain[framed[1] : span[1]] and (count.number or plain.endswith(count.thing, *span))
    return [framed if framed[1] < span[1] and not whose else span]  # 以甲为主体的城区 names the 城区


def _open_list(plain: str, start: int, end: int, count: Count) -> list[Span]:
    """“N”是指甲、乙、丙等节点: return what an open number stands for, if its part is nothing but a list, says that one
    follows, or says behind it that they are many. 建设以甲、乙为主的丙 is one thing: how many there are is open.
    """
    spans = enumerate_list(plain, start, end, None, words=(count.label,))
    lead, rest = (plain[start : spans[0][0]], plain[spans[-1][1] : end].strip("。;,")) if spans else ("", "")
    listed = _OPEN_LEAD.search(lead) or _OPEN_TAIL.match(rest) or (rest and is_tail(rest.partition(",")[0]))
    return spans if listed or not (_OPEN_FRAME.search(lead) or set(rest) & set("的,;。")) else []


def _behind_connective_and_verb(plain: str, start: int, end: int, count: Count) -> int:
    """以及甲; 打造乙 for 一个乙: return where one thing begins behind what joins it on and brings it about."""
    start = joined.end() if (joined := _JOINED_ON.match(plain, start, end)) else start
    verb = _brought_about().match(plain, start, end)
    within = verb is None or set(verb[0]) & set(count.noun) or set(plain[start:end]) & set(",;。、")
    return start if within or verb is None else verb.end()


@functools.cache
def _brought_about() -> re.Pattern[str]:
    verbs = any_of("wordings", "brought-about")
    return compiled(f"{words('adverb')}*(?:{verbs})+由?(?=.{{3}})(?![和与及的、])")


def _is_attribute(plain: str, spans: list[Span], end: int, count: Count) -> bool:
    """沿甲河、乙河形成的文旅带 for 两带: tell whether what is counted is said once, behind a list of other things."""
    whole = trim(plain, 0, end) or (0, end)
    thing = count.thing
    ended = bool(thing and spans) and plain.startswith("的", spans[-1][1]) and plain.endswith(thing, *whole)
    named = ended and (count.label in plain[spans[-1][1] : end] or tally_of(plain, spans[0][0], end))
    return ended and not named and not any(plain.endswith(thing, a, b) for a, b in spans)


def _as_counted(plain: str, start: int, end: int, count: Count) -> list[Span]:
    """“四中心”指甲中心、乙中心、丙城市和丁中心: the items of a clause, however built, if as many as counted."""
    items = split(plain, *bare(plain, start, end), "、")
    if len(items) < 2 or any(any(outside(plain, *item, "[,;。]")) for item in items):
        return []
    pieces = [*items[:-1], *at_conjunctions(plain, items[-1:])]
    joined = len(items) > 2 and not any(any(conjunctions(plain, *item)) for item in items[:-1])
    found = items if len(items) == count.number else pieces if joined and len(pieces) == count.number else []
    return polished(plain, found) if len(found) > 2 else []


def _in_its_brackets(plain: str, start: int, end: int, count: Count) -> list[Span]:
    """做强3个子企业(甲、乙、丙): the list in the brackets that close a part."""
    found = _BRACKETS.search(plain, start, (trim(plain, start, end) or (start, end))[1])
    return enumerate_list(plain, *found.span(1), count.number) if found else []


def _behind_link(plain: str, start: int, end: int, count: Count) -> list[Span]:
    """“5”即主体组织，包括甲、乙、丙、丁、戊: the list behind a word that says that it follows."""
    links = [found.end() for found in re.finditer("包括:?|划定的", plain[start:end])]
    return enumerate_list(plain, start + links[-1], end, count.number, words=(count.label,)) if links else []
