"""Cutting a stretch of text where its own punctuation cuts it. Spans in and out are offsets into the plain text."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from glossary_api.parsing.patterns import any_of
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

Span = tuple[int, int]

_OPEN, _CLOSE = OPENING_QUOTES + "《([", CLOSING_QUOTES + "》)]"
_EDGE = ",、;。: \t\r\n\u3000"
_CONJUNCTION = (
    "以及|(?<![共温饱祥总中])(?<!国民经济)和(?![谐睦气解]|平(?![安台均等价衡原稳湖])|美(?![丽化观]))"
    "|(?<![参给赋])与(?!会|时|众)|(?<![普涉波触])及(?!时)"
)
"""Words that join two things, but not where they are part of a word or a fixed name: 和谐, 涉及, 国民经济和社会发展."""
LEADING_VERB = re.compile(any_of("wordings", "leading-verb"))
NUMBER = r"(?:[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]|\d{1,3})"
_PREPOSITIONS = "将把由对与在从向"
_PAIR = 3
"""Two things beside each other are a pair if the longer name is at most so many times as long."""
_MOST = 40
"""A list without 等 that says a larger number of itself is none: the number belongs to its last item."""
_NOUN = 2
"""Two things that end in one noun, 甲乙丙丁中心 and 戊中心, are a pair whatever their lengths."""
_BETWEEN_TITLES = re.compile("[》”](?=[《“])")
_TALLY = re.compile(
    rf"等?[这共]?[{OPENING_QUOTES}]?(?<![\d第])(?P<n>{NUMBER})(?:个|项|大|条|类|种|方面|张|家|块|支|道|位|名|件|步|级)+[^、,;。]{{0,16}}$"
)
_LEADS_TO = re.compile("(?:内容|具体|分别|主要)(?:为|是|包括)$")
_BRACKETS = re.compile(r"\([^)]*\)")
_ET_CETERA = re.compile(r"(?<![同平对均相中高初])等(?![级候同于到待])[^、,;。]{0,14}$")


def outside(plain: str, start: int, end: int, signs: str) -> Iterator[Span]:
    """Return where the regular expression `signs` matches outside quotes and brackets that open within the stretch."""
    return (found.span() for found, depth in _nested(plain, start, end, signs) if depth == 0 and not found.lastgroup)


def is_outside(plain: str, start: int, offset: int) -> bool:
    """Tell whether no quote and no bracket that opens behind `start` is open at `offset`."""
    inner = 0
    for found, depth in _nested(plain, start, offset):
        inner = depth + (found.lastgroup == "opening")
    return inner == 0


def _nested(plain: str, start: int, end: int, signs: str = "(?!)") -> Iterator[tuple[re.Match[str], int]]:
    """Return quotes, brackets and matches of `signs` (none by default), each with how many quotes and brackets enclose
    it.
    """
    depth = 0
    for found in _structure(signs).finditer(plain, start, end):
        if found.lastgroup == "closing":
            depth = max(depth - 1, 0)
        yield found, depth
        if found.lastgroup == "opening":
            depth += 1


@functools.cache
def _structure(signs: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<opening>[{re.escape(_OPEN)}])|(?P<closing>[{re.escape(_CLOSE)}])|{signs}")


def trim(plain: str, start: int, end: int) -> Span | None:
    """Return the stretch without punctuation and white space at its ends; None if nothing is left."""
    while start < end and plain[start] in _EDGE:
        start += 1
    while end > start and plain[end - 1] in _EDGE:
        end -= 1
    return (start, end) if end > start else None


def split(plain: str, start: int, end: int, signs: str) -> list[Span]:
    """Cut a stretch at the signs that stand outside quotes and brackets; empty pieces are left out."""
    piece = plain[start:end]
    if not any(sign in piece for sign in signs):
        return _kept(plain, [(start, end)])
    return _kept(plain, between(start, end, list(outside(plain, start, end, f"[{signs}]"))))


def between(start: int, end: int, cuts: Sequence[Span]) -> list[Span]:
    """Return what cuts leave of a stretch, in order; a piece may be empty."""
    return list(zip([start, *(b for _, b in cuts)], [*(a for a, _ in cuts), end], strict=True))


def split_titles(plain: str, start: int, end: int) -> list[Span]:
    """《甲》《乙》: titles and quotes that follow each other without a sign between them."""
    cuts = [(found.end(), found.end()) for found in _BETWEEN_TITLES.finditer(plain, start, end)]
    return _kept(plain, between(start, end, cuts))


def split_last(plain: str, items: list[Span]) -> list[Span]:
    """A、B和C: the last item of a list is two where a conjunction stands outside quotes.

    Not where the items have conjunctions of their own, 甲及乙、丙及丁, or where the pieces are not built as the
    others are: 在甲上走在前、在乙上走在前、在丙和丁上走在前 are three.
    """
    cuts = list(conjunctions(plain, *items[-1])) if items else []
    strong = [cut for cut in cuts if plain[slice(*cut)] == "以及"]  # 甲、乙和丙、丁以及戊: it parts two items
    inner = {plain[slice(*cut)] for item in items[:-1] for cut in conjunctions(plain, *item)}
    joining = [cut for cut in cuts if plain[slice(*cut)] == "和"]
    if not strong and items[1:] and len(joining) == 1 and "和" not in inner and (inner or len(cuts) > 1):
        strong = joining  # 甲及乙、丙、丁及戊和己: 和 parts items where 与 and 及 stand within them
    if not strong and any(True for item in items[:-1] for _ in conjunctions(plain, *item)):
        return items
    for cut in strong or cuts:
        pieces = _kept(plain, between(*items[-1], [cut]))
        if len(pieces) == 2 and (
            _built_alike(plain, items[:-1], pieces) if items[1:] else _could_be_pair(plain, *pieces)
        ):
            return [*items[:-1], *pieces]
    return items


def split_all(plain: str, items: list[Span]) -> list[Span]:
    """A和B、C与D: every item is two where each has one conjunction outside quotes; otherwise nothing is cut."""
    pieces = [at_conjunctions(plain, [item]) for item in items]
    if len(items) < 2 or any(len(each) != 2 for each in pieces):
        return items
    return _kept(plain, [piece for each in pieces for piece in each])


def _could_be_pair(plain: str, one: Span, other: Span) -> bool:
    """Tell whether 甲和乙 are two things of one sort; 将甲与乙挂钩 are not."""
    shorter, longer = sorted(b - a for a, b in (one, other))
    bare_shorter, bare_longer = shorter, longer
    if "(" in plain[one[0] : other[1]]:
        bare_shorter, bare_longer = sorted(len(_BRACKETS.sub("", plain[a:b])) for a, b in (one, other))
    alike = shorter > _NOUN and plain[one[1] - _NOUN : one[1]] == plain[other[1] - _NOUN : other[1]]
    return plain[one[0]] not in _PREPOSITIONS and (
        alike or longer <= _PAIR * shorter or bare_longer <= _PAIR * bare_shorter
    )


def _built_alike(plain: str, others: list[Span], pieces: list[Span]) -> bool:
    """Tell whether pieces begin and end as all others do, where two or more others have a beginning or an end in
    common: 路边 and 路边 end as 河边 does.
    """
    if len(others) < 2:
        return True
    texts = [plain[a:b] for a, b in others]
    begins, ends = ({text[:2] for text in texts}, {text[-2:] for text in texts})
    governed = all(map(LEADING_VERB.match, texts)) or all(text[0] in OPENING_QUOTES for text in texts)
    return all(
        (len(begins) > 1 or plain[a : a + 2] in begins)
        and (len(ends) > 1 or plain[b - 1] in {common[-1] for common in ends})
        and (not governed or LEADING_VERB.match(plain, a, b) is not None or plain[a] in OPENING_QUOTES)
        for a, b in pieces
    )


def conjunctions(plain: str, start: int, end: int) -> Iterator[Span]:
    """Return where 和, 与, 及, 以及 stand outside quotes and brackets, within the stretch."""
    piece = plain[start:end]
    if any(sign in piece for sign in "和与及"):
        yield from (cut for cut in outside(plain, start, end, _CONJUNCTION) if start < cut[0] and cut[1] < end)


def at_conjunctions(plain: str, items: list[Span]) -> list[Span]:
    """Return the items, each cut at all of its conjunctions."""
    return [piece for item in items for piece in between(*item, list(conjunctions(plain, *item)))]


def _kept(plain: str, pieces: list[Span]) -> list[Span]:
    return [span for piece in pieces if (span := trim(plain, *piece))]


def is_half_quoted(text: str) -> bool:
    """Tell whether a piece of text has one mark of a quotation without the other."""
    return sum(map(text.count, OPENING_QUOTES)) != sum(map(text.count, CLOSING_QUOTES))


def quoted_inside(plain: str, start: int, end: int) -> Iterator[Span]:
    """Yield the insides of quotation marks that stand outside other quotes and brackets of the stretch."""
    begin = -1
    for found, depth in _nested(plain, start, end):
        if depth == 0 and found[0] in OPENING_QUOTES:
            begin = found.end()
        elif depth == 0 and found[0] in CLOSING_QUOTES and begin >= 0:
            yield begin, found.start()
            begin = -1


def tally_of(plain: str, start: int, end: int) -> re.Match[str] | None:
    """等十项经费, 三大新兴产业, “两个目标”: what a list says of its own length, at the end of the stretch."""
    tally = _TALLY.search(plain, start, end)
    if tally is None or tally.start() == start or plain[tally.start() - 1] in _EDGE or tally["n"] in ("一", "1"):
        return None
    if tally["n"].isdigit() and int(tally["n"]) > _MOST and tally[0][0] != "等":
        return None  # 培育100家企业
    said = re.match(".[大个项类条]?", plain[tally.start("n") : end])
    if said and said.end() > 1 and said[0] in plain[start : tally.start()]:
        return None  # 办好四大节会、建设四大平台
    opening = plain[tally.start()] in OPENING_QUOTES or plain[tally.start() + 1] in OPENING_QUOTES
    return tally if opening or is_outside(plain, start, tally.start()) else None


def bare(plain: str, start: int, end: int) -> Span:
    """Return a list without what it says of its own length (等十项经费, 等) and without what a colon sets before it."""
    trimmed = trim(plain, start, end)
    if trimmed is None:
        return start, start
    start, end = trimmed
    if tally := tally_of(plain, start, end):
        end = tally.start()
    elif (
        (tail := _ET_CETERA.search(plain, start, end))
        and tail.start() > start
        and is_outside(plain, start, tail.start())
    ):
        end = tail.start()
    colons = list(outside(plain, start, end, ":"))
    if (
        len(colons) == 1
        and len(split(plain, colons[0][1], end, "、;,")) > 1
        and (len(split(plain, start, colons[0][0], "、;")) < 2 or _LEADS_TO.search(plain, start, colons[0][0]))
    ):
        start = colons[0][1]
    return start, end
