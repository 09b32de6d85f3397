"""Lists told by more than their punctuation: titles, frames, the number right behind them, the noun that begins each.

Each rule wants as many things as a name counts, and returns none otherwise. Spans are offsets into the plain text.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate, pairwise, product

from glossary_api.parsing.borders import IS, LABEL, polished, without_frame
from glossary_api.parsing.by_numbers import HAN_FIGURES
from glossary_api.parsing.enumerations import (
    Span,
    at_conjunctions,
    bare,
    between,
    conjunctions,
    is_outside,
    outside,
    quoted_inside,
    split,
    split_last,
    tally_of,
    trim,
)
from glossary_api.parsing.list_edges import words
from glossary_api.parsing.lists import ONE_OF, beginning_with_all
from glossary_api.parsing.markers import item_marker_at
from glossary_api.parsing.numerals import Count, Counts, round_numbers, value_of
from glossary_api.parsing.patterns import any_of, compiled
from glossary_api.parsing.shared_ends import without_shared_end
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_TITLE = re.compile("《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_FRAMED = re.compile(
    "以?(?P<what>[^,;。、]{1,30}?)(?<![行作成认])为(?P<role>[^,;。、的]{1,24})(?:的(?P<whose>[^,;。、]*))?"
)
_STATED_MEASURE = "(?:个|大|方|处|种|类|项|条|级|家|张|位|名|支|座|所|道|件|步|重|篇|方面)"
_DASH = "-+"
_OPEN = re.compile("[nxmNXM]")
_LEAST_OF_NAMES = 0.5
_MORE = re.compile("(?:(?<![平高中初同均])等[^、]{0,14}|[这共的]+)$")
_AMONG = re.compile("[”》\u4e00-\u9fff](?<![平高中初同均对])等(?![级候同于])")
_MANY, _PAIRS, _SHORT = 5, 3, 18
_LONGEST_ROLE = 6
_NUMERAL = re.compile("[一二两三四五六七八九十百千万]")
_MEANS = any_of("defining", "means", "means-barely", "that-is")
_LABEL_GAP = 10
_ROUND = {10: "十", 100: "百", 1000: "千", 10000: "万"}
_LIST_FRAMED = re.compile(
    "以(?P<list>[^,;。以]{6,120}?)为(?:主体|主线|主|标准|主要内容|内容|重点|目标|核心|支撑|代表|抓手|载体|依托)(?![、和与及])"
)
_QUOTE = f"[{OPENING_QUOTES}{CLOSING_QUOTES}]?"
_NUMBERED_LABEL = re.compile(
    rf"(?<=[,;。”])[{OPENING_QUOTES}][一二两双三四五六七八九十\d][^{CLOSING_QUOTES}]{{1,10}}[{CLOSING_QUOTES}],?{IS}+"
)


def titled(plain: str, start: int, end: int, counts: Counts) -> list[Span]:
    """《甲》和《乙》两个文件，以及其他方案：《丙》《丁》 for 2+N: a definition that is titles for the most part."""
    titles = [found.span() for found in _TITLE.finditer(plain, start, end) if is_outside(plain, start, found.start())]
    most = sum(b - a for a, b in titles) > _LEAST_OF_NAMES * (end - start)
    if counts.is_open and _OPEN.search(_TITLE.sub("", plain[start:end])):
        return []  # the text says itself what N stands for
    fits = len(titles) > counts.total if counts.is_open else len(titles) == counts.total
    return titles if most and fits and counts.total > 1 else []


def numbered(plain: str, start: int, end: int, number: int) -> list[Span]:
    """一是甲，乙。二是丙；丁。三是戊: the items that the text numbers itself, however many clauses each has."""
    found = [mark for piece in split(plain, start, end, ",;。\n") if (mark := item_marker_at(plain, *piece))]
    due = [found[0].number + at if found else at for at in range(number)]
    kinds = {mark.family.rpartition("-")[2] for mark in found}  # (1)甲；2)乙
    if number < 2 or [mark.number for mark in found] != due or len(kinds) > 1:
        return []
    lead = plain[start : found[0].start]
    if lead.endswith(",") or "、" in lead:
        return []  # 就业方面，①甲。住房方面，②乙; 打造甲园、乙园。(1)甲园占地…
    stops = [*(mark.start for mark in found[1:]), end]
    *items, last = [trim(plain, mark.end, stop) or (stop, stop) for mark, stop in zip(found, stops, strict=True)]
    sentence = plain.find("。", *last)  # where no other item has two, what follows the first of the last is of none
    whole = sentence < 0 or any("。" in plain[a:b] for a, b in items)
    return [*items, last if whole else (last[0], sentence)]


def framed(plain: str, start: int, end: int, number: int, thing: str = "") -> list[Span]:
    """以甲为平台，乙为载体的机制: what is framed by 以 and 为; 以甲为重点的乙带: what is counted behind it."""
    pieces = split(plain, start, end, ",;。、")
    frames = [found for piece in pieces if (found := _FRAMED.fullmatch(plain, *piece))]
    if number < 2 or not pieces or plain[pieces[0][0]] != "以":
        return []
    whose = [found for found in frames if thing and thing[-1] in (found["whose"] or "")]
    if len(whose) == number == len(frames):
        return [found.span("whose") for found in whose]
    ends = {found["role"][-1] for found in frames}
    if len(ends) > 1 and any(len(found["role"]) > _LONGEST_ROLE for found in frames):
        return []  # 以甲为抓手推动乙: what is done by way of it
    alone = frames if len(frames) == len(pieces) else []  # 以甲为重点，加快乙: there is more to each
    for some in (alone, [found for found in frames if thing and thing[0] in found["what"]]):
        if len(some) == number:
            return [found.span("what") for found in some]
    return []


def framed_list(plain: str, start: int, end: int, number: int, words: tuple[str, ...] = ()) -> list[Span]:
    """以甲、乙、丙为主体的形态: the list that stands between 以 and 为 as a whole."""
    for found in _LIST_FRAMED.finditer(plain, start, end):
        items = split(plain, *bare(plain, *found.span("list")), "、")
        for spans in (items, split_last(plain, items)):
            if len(spans) == number > 2 and not any("为" in plain[a:b] for a, b in spans):
                return polished(plain, spans, words)
    return []


def _clauses_begun(plain: str, start: int, end: int, number: int, thing: str) -> list[Span]:
    """毫不动摇甲，毫不动摇乙，保证丙 for 两个毫不动摇: as many clauses as counted begin with it, whatever follows."""
    if ";" in plain[start:end]:
        return []  # each of the things may be several clauses
    begun = [piece for piece in split(plain, start, end, ",;。") if thing[1:] and plain.startswith(thing, piece[0])]
    return begun if len(begun) == number else []


def _holding_alone(plain: str, start: int, end: int, count: Count) -> list[Span]:
    """要求某省在甲上有更大作为，在乙上取得更大突破… for 五个更大: clauses or items beside each other that alone have
    what is counted in them, and are as many: three or more, four where it is one sign.
    """
    number, thing = count.number or 0, count.thing
    stretches = ((start, end), *quoted_inside(plain, start, end))
    for (a, b), noun, signs in product(stretches, dict.fromkeys((thing, thing[:1])), (",;。", ",;。、")):
        if not noun or number < (3 if noun[1:] or noun == "一" else 4):
            continue
        pieces = [piece for piece in split(plain, a, b, signs) if not plain.startswith(count.label, piece[0])]
        said = ONE_OF if noun == "一" else compiled(re.escape(noun))
        holding = [i for i, piece in enumerate(pieces) if said.search(plain, *piece)]
        if len(holding) == number == holding[-1] - holding[0] + 1 and not (
            "、" in signs and tally_of(plain, *pieces[holding[-1]])
        ):
            *found, (last, stop) = pieces[holding[0] : holding[-1] + 1]
            if "、" in signs and all(plain.endswith(noun, *piece) for piece in found):
                stop = plain.find(noun, last) + len(noun)  # 甲片区、乙片区作为支点
            found = [*found, (last, stop)]
            (first, _), *_ = polished(plain, found) or found
            verb = said.match(plain, first) and not said.match(plain, found[1][0])  # 建立一批甲，创建一批乙
            return [(found[0][0] if verb else first, found[0][1]), *found[1:]]
    return []


def _all_pieces(plain: str, start: int, end: int, count: Count) -> list[Span]:
    """甲新区，乙一新区、乙二新区: nothing but things between any signs; conjunctions may part them.

    They are four or more or all end in what is counted, and short or say their number; where commas stand among them
    most end alike.
    """
    number, whole = count.number or 0, bare(plain, start, end)
    tally = tally_of(plain, start, end)
    stated = tally is not None and value_of(tally["n"]) == number
    pieces = split(plain, *whole, ",;、")
    few = number <= _PAIRS and not all(plain.endswith(count.thing[-1:] or "。", *piece) for piece in pieces)
    if few or (tally and not stated) or any(outside(plain, *whole, "。")):
        return []
    cut = at_conjunctions(plain, pieces)
    carrying = all(count.thing[:1] in (plain[a], plain[b - 1]) for a, b in cut)
    sure = stated or carrying or (len(cut) == len(pieces) + 1 >= _MANY)
    for spans in (pieces, split_last(plain, pieces), cut if sure else []):
        short = max((b - a for a, b in spans), default=0) <= _SHORT
        alike = 2 * Counter(plain[b - 1] for _, b in spans).most_common(1)[0][1] >= number if spans else False
        listed = stated or (short and (alike or not any(outside(plain, *whole, "[,;]"))))
        if len(spans) == number and listed:
            return [] if plain.startswith(count.label[:2], spans[0][0]) else polished(plain, spans)
    return []


def before_number(plain: str, start: int, end: int, number: int, words: tuple[str, ...] = ()) -> list[Span]:
    """甲、乙、丙三方的责任; 甲网、乙网、丙网三大网络在演进中…: the list that its number closes, whatever follows."""
    said = f"(?:{number}|{HAN_FIGURES.get(number) or '零'})"
    label = rf"(?<=[^\d第,;。、:{''.join(HAN_FIGURES.values())}])[{OPENING_QUOTES}]?{said}{_STATED_MEASURE}"
    for found in compiled(label).finditer(plain, start, end) if number > 1 else ():
        begin = max([start, *(b for _, b in outside(plain, start, found.start(), "[,;。:]"))])
        more = _MORE.search(plain, begin, found.start())
        items = split(plain, begin, more.start() if more else found.start(), "、")
        for spans in (items, split_last(plain, items)) if items[1:] else ():
            among = any("等" in plain[a : b - 1] and _AMONG.search(plain, a, b) for a, b in spans[:-1])
            whole = polished(plain, spans, words) if len(spans) == number and not among else []
            if len(whole) == number:
                return [(whole[0][0] + (plain[whole[0][0]] == "了"), whole[0][1]), *whole[1:]]
    return []


def dashed(plain: str, start: int, end: int, number: int) -> list[Span]:
    """“区—街道—社区”三级: the levels between the dashes of one quotation."""
    for a, b in quoted_inside(plain, start, end):
        spans = [(x, y) for x, y in between(a, b, list(outside(plain, a, b, _DASH))) if x < y]
        if number > 2 and len(spans) == number and not set(plain[a:b]) & set("、,;。"):
            return spans
    return []


def each_begun(plain: str, start: int, end: int, counts: Counts) -> list[Span]:
    """老人结甲、结乙，促丙、促丁 for 双结双促; 不得甲 wherever it stands in a long clause, for 八个不得.

    Things that begin with what is counted, in the order of the name, as many as it counts: clauses, or items between
    any signs. The first may begin behind its subject, and the last ends before 的 or a conjunction if no other has it.
    """
    nouns = [(count.thing, count.number or 0) for count in counts.counts]
    if counts.is_open or counts.total < 2 or not all(noun and number for noun, number in nouns):
        return []
    whole = trim(plain, start, end)
    start, end = bare(plain, start, end)
    if counts.is_single and (halves := _halves(plain, split(plain, start, end, ",;。、"), *nouns[0])):
        return halves
    for signs in (",;。", ",;。、"):
        pieces = split(plain, start, end, signs)
        spans = _begun(plain, pieces, nouns)
        if spans and whole and all(tally_of(plain, *span) for span in spans[:-1]):
            spans = [*spans[:-1], (spans[-1][0], whole[1])]  # 统筹甲、乙两环，统筹丙、丁两链: each says its number
        alone = "、" in signs and not set(plain[start:end]) & set(",;。") and len(pieces) != counts.total
        last = _without_attribute(plain, spans) if spans else (0, 0)
        if spans and (not alone or last != spans[-1]):
            return [*spans[:-1], last]
    return _holding(plain, pieces, counts) if pieces else []


def _halves(plain: str, pieces: list[Span], noun: str, number: int) -> list[Span]:
    """乱甲乱乙、乱丙乱丁 for 四乱: halves of pieces all of which say twice what is counted."""
    middles = [plain.find(noun[0], a + 1, b) for a, b in pieces]
    twice = len(pieces) > 1 and all(
        plain.startswith(noun[0], a) and m > a + 1 for m, (a, _) in zip(middles, pieces, strict=True)
    )
    return (
        [half for m, (a, b) in zip(middles, pieces, strict=True) for half in ((a, m), (m, b))]
        if (twice and 2 * len(pieces) == number)
        else []
    )


def _begun(plain: str, pieces: list[Span], nouns: list[tuple[str, int]]) -> list[Span]:
    spans: list[Span] = []
    rest = pieces
    for noun, number in nouns:
        begun = [piece for piece in rest if plain.startswith(noun, piece[0])]
        first = rest[rest.index(begun[0]) - 1] if begun and begun[0] != rest[0] and len(begun) == number - 1 else None
        subject = plain.find(noun, *first) if first and rest[0] == pieces[0] else -1
        if first and subject > 0:
            begun = [(subject, first[1]), *begun]
        if len(begun) != number or (len(nouns) == 1 and number < 3 and len(noun) < 2):
            return []
        spans += begun
        rest = [piece for piece in rest if piece[0] > begun[-1][0]]
    return spans


def _without_attribute(plain: str, spans: list[Span]) -> Span:
    """无甲、无乙、无丙的小区: the last without what stands behind 的, or is joined to it, if no other has it."""
    (start, end), others = spans[-1], [plain[a:b] for a, b in spans[:-1]]
    cuts = [a for a, _ in conjunctions(plain, start + 1, end)] or [end]
    end = cuts[0] if not any(True for span in spans[:-1] for _ in conjunctions(plain, *span)) else end
    of = plain.find("的", start + 2, end)
    return (start, of) if of > 0 and not any("的" in other for other in others) else (start, end)


def _holding(plain: str, pieces: list[Span], counts: Counts) -> list[Span]:
    """实施甲联动、乙联动和丙融合、丁融合 for 两联两融: nothing but things that hold what is counted, in turn; where
    they are many, all that do so within a longer text.
    """
    numbers = [count.number or 0 for count in counts.counts]
    wanted = [count.thing[0] for count in counts.counts for _ in range(count.number or 0)]
    starts = list(accumulate(numbers, initial=0))
    labels = compiled(
        f"(?:{'|'.join(re.escape(count.label) for count in counts.counts)})(?:[{CLOSING_QUOTES}],?{IS}|:)"
    )
    labelled = labels.search(plain, pieces[0][0], pieces[-1][1])
    for cut in (pieces, at_conjunctions(plain, pieces)) if len(numbers) > 1 else ():
        runs = [cut[at : at + len(wanted)] for at in range(len(cut) - len(wanted) + 1)]
        runs = [spans for spans in runs if all(n in plain[a:b] for n, (a, b) in zip(wanted, spans, strict=True))]
        if len(runs) != 1 or (len(cut) > len(wanted) and (len(wanted) < _MANY or labelled)):
            continue
        spans = [_governed(plain, span, wanted[i]) if i in starts else span for i, span in enumerate(runs[0])]
        if len(cut) == len(wanted):
            return without_shared_end(plain, spans)
        groups = [spans[a:b] for a, b in pairwise(starts)]
        groups = [[*group[:-1], bare(plain, *group[-1])] for group in groups]
        return [span for group in groups for span in polished(plain, group) or group]
    return []


def _governed(plain: str, span: Span, noun: str) -> Span:
    """Return a thing without the frame or the verb that governs it and those behind it."""
    framed = without_frame(plain, *span)
    start, end = framed or span
    verb = compiled(f"{words('adverb')}*{words('verb')}(?:成为)?|[以由将把对在]").match(plain, start, end)
    return (verb.end(), end) if verb and noun in plain[verb.end() : end] else (start, end)


def bracketed(plain: str, start: int, end: int, counts: Counts) -> list[Span]:
    """“四员”(甲、乙、丙、丁)、“三书”(…) for 43: return what stands in the brackets behind the numerals."""
    parts: list[Span] = []
    at = start
    for count in counts.counts:
        figure = HAN_FIGURES.get(count.number or 0, "零")
        label = re.escape(count.label) if count.noun else rf"(?:{count.number}|{figure})"
        found = compiled(
            rf"[{OPENING_QUOTES}]?{label}[^,;。、()]{{0,{_LABEL_GAP}}}[{CLOSING_QUOTES}]?\((?P<said>[^()]*(?:\([^()]*\)[^()]*)*)\)"
        ).search(plain, at, end)
        if not found:
            return []
        parts.append(found.span("said"))
        at = found.end()
    return parts


def own_part(plain: str, start: int, end: int, count: Count) -> Span:
    """Return the stretch that explains a name which its definition takes up beside others: “三甲”指…，“三乙”指…"""
    own = compiled(
        rf"[{OPENING_QUOTES}]{re.escape(count.label[:2])}[^{CLOSING_QUOTES}]{{0,8}}[{CLOSING_QUOTES}](?:[^,;。:、]{{0,4}}?,?{_MEANS}|指)"
    ).search(plain, start, end)
    begin = own.end() if own else start
    foreign = (LABEL if own else _NUMBERED_LABEL).search(plain, begin, end)
    if foreign and foreign[0].startswith(count.label[:2], 1):
        return begin, end
    begin, end = trim(plain, begin, foreign.start() if foreign else end) or (start, end)
    quoted = list(quoted_inside(plain, begin, end)) if own else []
    return (trim(plain, *quoted[0]) or quoted[0]) if quoted == [(begin + 1, end - 1)] else (begin, end)


def told(plain: str, start: int, end: int, counts: Counts, words: tuple[str, ...] = ()) -> list[Span]:
    """Return the list of a definition that is told by titles, by frames or by its number, wherever it stands."""
    if spans := titled(plain, start, end, counts):
        return spans
    if counts.is_open or counts.total < 2:
        return []
    thing = counts.counts[0].thing if counts.is_single else ""
    if counts.is_single and (spans := numbered(plain, start, end, counts.total)):
        return spans
    spans = _clauses_begun(plain, start, end, counts.total, thing) or framed(plain, start, end, counts.total, thing)
    spans = spans or framed_list(plain, start, end, counts.total, words)
    pieces = split(plain, start, end, ",;。")
    each = thing[1:] and sum(plain.startswith(thing, a) for a, _ in pieces) == counts.total
    if spans or each or _NUMERAL.match(thing):
        return spans
    return before_number(plain, start, end, counts.total, words)


def comma_labelled(plain: str, start: int, end: int, counts: Counts) -> list[Span]:
    """一云，甲平台，实现乙。一网，丙网，实现丁: return the parts behind labels that a comma sets off."""
    begins: list[re.Match[str]] = []
    for count in counts.counts:
        label = rf"(?:(?<=[;。\n])|(?<!.)){_QUOTE}{re.escape(count.label)}{_QUOTE},"
        found = compiled(label).search(plain, begins[-1].end() if begins else start, end)
        if not found and not begins:
            found = compiled(rf"{_QUOTE}{re.escape(count.label)}{_QUOTE},").match(plain, start, end)
        if not found:
            return []
        begins.append(found)
    ends = [*(found.start() for found in begins[1:]), end]
    return [trim(plain, found.end(), stop) or (stop, stop) for found, stop in zip(begins, ends, strict=True)]


def told_at_last(plain: str, start: int, end: int, counts: Counts) -> list[Span]:
    """Return the list of a definition that its punctuation alone does not make."""
    name = compiled(f"(?<=[^,;。、])[{OPENING_QUOTES}]{re.escape(counts.counts[0].label)}").search(
        plain, start + 1, end
    )
    end = name.start() if name else end
    if counts.is_single:
        spans = dashed(plain, start, end, counts.total) or _round(plain, start, end, counts)
        spans = spans or _holding_alone(plain, start, end, counts.counts[0])
        spans = spans or _all_pieces(plain, start, end, counts.counts[0])
        if spans := spans or beginning_with_all(plain, start, end, counts.counts[0], "(?![、和与及])"):
            return spans
    return each_begun(plain, start, end, counts) or _quoted_run(plain, start, end, counts.total)


def _round(plain: str, start: int, end: int, counts: Counts) -> list[Span]:
    """实施100项甲，完成100亿元乙 for 双百工程, 抓好100个甲和100个乙，引进100个丙 for 三个100.

    Clauses or items of lists, each of which says the round number; where items begin with it, a verb before it governs
    them.
    """
    rounds = round_numbers(counts.counts[0].label)
    if len(rounds) != counts.total:
        return []
    sign = _ROUND.get(rounds[0], "零")
    number = re.compile(rf"(?<![\d十百千万第]){rounds[0]}(?!\d)|(?<![\d十百千万第]){sign}(?![十百千万亿强佳])")
    clauses, items = split(plain, start, end, ",;。"), split(plain, start, end, ",;。、")
    for pieces in (clauses, items, at_conjunctions(plain, clauses), at_conjunctions(plain, items)):
        held = [(piece, found) for piece in pieces if (found := number.search(plain, *piece))]
        if len(held) == counts.total and all(number.search(plain, y.end(), b) is None for (_, b), y in held):
            begun = any(a == found.start() for (a, _), found in held)
            return [(found.start() if begun else a, b) for (a, b), found in held]
    return []


def _quoted_run(plain: str, start: int, end: int, number: int) -> list[Span]:
    """包括“甲”“乙”“丙”三项: three quotations or more that stand side by side and are as many as counted."""
    runs: list[list[Span]] = []
    for a, b in quoted_inside(plain, start, end):
        beside = runs and set(plain[runs[-1][-1][1] + 1 : a - 1]) <= set("、和与及")
        runs = [*runs[:-1], [*runs[-1], (a, b)]] if beside else [*runs, [(a, b)]]
    found = [run for run in runs if len(run) == number]
    return found[0] if number > 2 and len(found) == 1 else []
