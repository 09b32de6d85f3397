"""Members that a definition gives with their numbers: 1个中心、3个基地 for 1+3."""

from __future__ import annotations

import re

from glossary_api.parsing.borders import behind_is, without_frame
from glossary_api.parsing.enumerations import Span, bare, conjunctions, outside, split, split_last, trim
from glossary_api.parsing.lists import enumerate_list, stated_tally, weight_of
from glossary_api.parsing.numerals import Count, Counts
from glossary_api.parsing.patterns import any_of, compiled
from glossary_api.parsing.shared_ends import with_shared_end
from glossary_api.parsing.tails import lone
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_MEASURE = r"(?:个|大|项|家|类|条|张|支|大|座|处|所|套|批|名|级|组|户|村|台|只)"
HAN_FIGURES = dict(enumerate("一两三四五六七八九十", 1))
_QUOTED_FIGURE = re.compile(rf"[{OPENING_QUOTES}](\d+)[{CLOSING_QUOTES}]")
_WIDEST_LINK = 16
"""How much may stand between one labelled member and the next: ，指导建设."""
_VERB = 5
"""A verb of four signs may stand behind 、 too: 、签署1个协议."""
_PAIRS, _COMMAS = 3, 2
"""Two lists of two things each, parted by 、 within, are the shortest that add up."""
_EXPLAINED = re.compile(f":|包括|分别|{any_of('defining', 'means', 'that-is')}")
"""Behind such a word the things are listed: the number alone is no member."""


def as_said(plain: str, start: int, end: int, counts: Counts) -> Counts | None:
    """“5”指…，“3”指…，“18”指… for 5318: the figures of a row as the text takes them up in quotation marks."""
    row, labels = "".join(count.label for count in counts.counts), list[str]()
    for figure in _QUOTED_FIGURE.findall(plain, start, end):
        labels.append(figure)
        if "".join(labels) == row and labels[1:]:
            return Counts(counts.form, tuple(Count(int(label), "", label) for label in labels))
    return None


def labelled(plain: str, start: int, end: int, counts: Counts) -> list[Span]:
    """建设“1”个…，指导建设“M”个…; 1个…、3个…、若干…: each number of a plus form stands before what it counts."""
    if counts.form not in ("plus", "digits"):
        return []
    begins: list[re.Match[str]] = []
    for count in counts.counts:
        found = label_of(count).search(plain, begins[-1].end() if begins else start, end)
        if found is None:
            return []
        begins.append(found)
    if "、" in plain[start : begins[0].start()]:
        return []  # 土地、资金、人才三项政策: the number closes a list
    spans: list[Span] = []
    for begin, following in zip(begins, [*(found.start() for found in begins[1:]), end], strict=True):
        stop = _end_of_labelled(plain, begin.end(), following)
        gap = plain[stop:following] if following < end else ""
        if (
            len(gap) > (_VERB if gap[:1] == "、" else _WIDEST_LINK)
            or "、" in gap[1:]
            or (len(gap) > 1 and gap[0] == "、" and any(conjunctions(plain, begin.start(), stop)))
            or _EXPLAINED.search(plain, begin.end(), stop)
        ):
            return []
        if stop == begin.end() and spans == []:
            return []  # 5个10大工程: the first says how many of the others there are
        spans.append(without_frame(plain, begin.start(), stop) or (begin.start(), stop))
    start, end = lone(plain, *spans[-1], plain[spans[0][0] : spans[-1][0]])
    quoted = plain[end - 1] in CLOSING_QUOTES and not set(plain[start:end]) & set(OPENING_QUOTES)
    return with_shared_end(plain, spans, [*spans[:-1], (start, end - quoted)])


def _end_of_labelled(plain: str, start: int, end: int) -> int:
    """Return where a member that its number introduces ends: at a sign, or where a conjunction leads on to the next
    number.
    """
    signs = [a for a, _ in outside(plain, start, end, "[,、;。+]")]
    joints = [a for a, b in conjunctions(plain, start, end + 1) if b == end or (not signs and end - b <= 4)]
    return min([*signs, *joints], default=end)


def label_of(count: Count) -> re.Pattern[str]:
    """“3”个, 三项, 若干: how a number of a plus form is said in a definition."""
    if count.number is None:
        letter = rf"(?<![a-z])[{OPENING_QUOTES}]?{count.label}[{CLOSING_QUOTES}]?{_MEASURE}"
        return compiled(rf"{letter}|若干{_MEASURE}?|多{_MEASURE}|一大?批|一系列")
    said = rf"(?:0?{count.number}|{HAN_FIGURES.get(count.number, 0)})"
    alone = rf"(?<![\d.第a-z{''.join(HAN_FIGURES.values())}])"
    return compiled(rf"{alone}[{OPENING_QUOTES}]?{said}[{CLOSING_QUOTES}]?{_MEASURE}")


def tallied(plain: str, start: int, end: int, counts: Counts) -> list[Span]:
    """按照要求，发展甲、乙、丙3个产业，培育丁、戊2个集群，促进…: the clauses that list as many as they say, in turn."""
    wanted = [count.number for count in counts.counts]
    stating = _stating(plain, start, end)
    row = "".join(str(number) for _, number in stating) == "".join(count.label for count in counts.counts)
    stated_alike = [number for _, number in stating] == wanted or (counts.form == "digits" and row)  # 4, 6, 11 for 4611
    if counts.form not in ("plus", "digits") or not stated_alike:
        return []
    lists = [enumerate_list(plain, *clause, number) for clause, number in stating]
    return [item for items in lists for item in items] if all(lists) else []


def stated_only(plain: str, start: int, end: int, count: Count) -> list[Span]:
    """6个集群, 五个小组: a part that says its number and names nothing is one member."""
    span = trim(plain, start, end)
    if span is None:
        return []
    stated_by = label_of(count).search(plain, *span)
    if stated_by and plain[stated_by.start() - 1] == "等":
        return [(behind_is(plain, *span), span[1])]  # 甲、乙等18个产业链: some of them, and how many there are
    if set(":、") & set(plain[slice(*span)]):
        return []
    if count.number and re.match(rf"{count.number}[\u4e00-\u9fff]{{2}}", plain[slice(*span)]):
        return [span]  # 26集动画片
    stated = count.number != 1 and weight_of(plain, [span], count.number or 0) == count.number
    return [span] if stated or label_of(count).match(plain, *span) else []


def parts_before_labels(plain: str, start: int, end: int, counts: Counts) -> list[Span]:
    """以甲、乙“两型”为目标，以丙、丁、戊“三化”为路径: return the parts before the quoted numerals."""
    parts: list[Span] = []
    for count in counts.counts:
        label = count.label if count.noun else HAN_FIGURES.get(count.number or 0, count.label)
        at = plain.find(label, start, end)
        begin = max(start, *(plain.rfind(sign, start, at) + 1 for sign in ",;。")) if at > start else at
        alone = count.number == 1 and at - begin > 1
        if at <= start or plain[at - 1] not in OPENING_QUOTES or not (alone or "、" in plain[begin:at]):
            return []
        parts.append((begin, at - 1))
        start = at + len(label) + 1
    return parts


def summed(plain: str, start: int, end: int, number: int) -> list[Span]:
    """实施甲、乙、丙等3个行动，实施丁、戊等2个行动 for 五大行动: clauses that add up to the number, or parts of one."""
    if number <= _PAIRS or plain.count("、", start, end) < _COMMAS:
        return []
    stating = _stating(plain, start, end)
    if len(stating) < 2 or sum(stated for _, stated in stating) != number:
        return []
    lists = [enumerate_list(plain, *clause, stated) for clause, stated in stating]
    return [item for items in lists for item in items] if all(lists) else []


def _stating(plain: str, start: int, end: int) -> list[tuple[Span, int]]:
    """Return the clauses that list as many as they say, with their numbers. 甲、乙2个园和丙、丁、戊3个区 are two."""
    pieces: list[Span] = []
    for clause in split(plain, start, end, ",;。"):
        cuts = conjunctions(plain, *clause)
        both = ([(clause[0], a), (b, clause[1])] for a, b in cuts)
        pieces += next((two for two in both if all(stated_tally(plain, *part) for part in two)), [clause])
    numbers = [stated_tally(plain, *piece) for piece in pieces]
    return [(bare(plain, *piece), number) for piece, number in zip(pieces, numbers, strict=True) if number]


def explained_by_number(plain: str, start: int, end: int, counts: Counts) -> list[Span]:
    """做强1个主导产业，即甲；做大2个优势产业，即乙、丙 for 12…: each number is said again before what it stands for."""
    clauses = split(plain, start, end, ";。")
    if counts.form not in ("plus", "digits") or len(clauses) != len(counts.counts):
        return []
    spans: list[Span] = []
    for (a, b), count in zip(clauses, counts.counts, strict=True):
        label = label_of(count).search(plain, a, b)
        link = _EXPLAINED.search(plain, label.end(), b) if label else None
        items = split(plain, link.end(), b, "、") if link else []
        items = next((each for each in (items, split_last(plain, items)) if len(each) == count.number), [])
        if not items:
            return []
        spans += items
    return spans
