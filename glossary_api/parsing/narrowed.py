"""Members narrowed to what names them: “乱占”问题 of a clause about it, 形式主义 of a sentence that goes on about it.

A definition may say of each thing that a name counts what it is like. What names the things is told by the noun that
is counted, or by being of one length in all of them; where it is not, the members stay as they are.
"""

from __future__ import annotations

import re

from glossary_api.parsing.enumerations import Span, quoted_inside, split
from glossary_api.parsing.list_edges import behind_governing
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_LONGEST_NAME = 6
_NOUN_BEHIND = 3
_UNDERTAKINGS = ("工程", "行动", "计划", "项目", "活动")
_PREDICATE = re.compile(
    rf"(?:[{OPENING_QUOTES}](?P<quoted>[^{CLOSING_QUOTES}]+)[{CLOSING_QUOTES}]|(?P<head>[^,;。{CLOSING_QUOTES}]{{2,30}}?))"
    "(?:(?P<given>被(?:认定|确定|列|命名|评|授|选|纳))|是(?!否))"
)
"""What something is, or is recognised as, behind its name."""
_CARRY_OUT = re.compile("(?:组织)?(?:实施|推进|开展|启动)(?=.{4})")
"""A verb whose object is an undertaking, and which is no part of its name."""


def narrowed(plain: str, spans: list[Span], thing: str) -> list[Span]:
    """Return for each member the part of it that names it, if all have one of the same kind; else the members."""
    for rule in (_before_predicate, _only_quoted, _clause_with_thing, _heads_of_one_length, _first_sentences):
        if len(found := rule(plain, spans, thing)) == len(spans):
            spans = found
            break
    return _not_carried_out(plain, spans, thing) or spans


def _before_predicate(plain: str, spans: list[Span], thing: str) -> list[Span]:
    """甲会是最高机构，乙会是执行机构; 某年“甲”被认定为基地: what like predicates are said of, if that is counted."""
    found = [_PREDICATE.search(plain, *span) for span in spans]
    heads = [one.span("quoted" if one["quoted"] else "head") for one in found if one]
    given = all(one["given"] for one in found if one)
    ended = thing and all(plain.endswith(thing[0], *head) for head in heads)
    return heads if given or (ended and not any(plain.endswith(thing[0], *span) for span in spans)) else []


def _only_quoted(plain: str, spans: list[Span], thing: str) -> list[Span]:
    """甲、乙等“乱占”问题；丙、丁等“乱采”问题: the one quotation in each, which begins with what is counted."""
    quoted = [[(a, b) for a, b in quoted_inside(plain, *span)] for span in spans]
    found = [each[0] for each in quoted if len(each) == 1]
    behind = {plain[b + 1 : end] for (_, b), (_, end) in zip(found, spans, strict=False)}
    if len(found) == len(spans) and max(map(len, behind)) > _NOUN_BEHIND and len(behind - {""}) > 1:
        return []  # “甲+”联合体、“乙+”共同体: what is quoted is half of the name
    distinct = len({plain[a:b] for a, b in found}) == len(found)
    return found if thing and distinct and all(plain.startswith(thing, a) for a, _ in found) else []


def _clause_with_thing(plain: str, spans: list[Span], thing: str) -> list[Span]:
    """甲要稳定，做到不摘乙；丙要执行，做到不摘丁: the last clause of each, if it alone has what is counted in it."""
    clauses = [split(plain, *span, ",") for span in spans]
    holding = [[clause for clause in each if thing in plain[slice(*clause)]] for each in clauses]
    last = all(len(each) > 1 and held == each[-1:] for each, held in zip(clauses, holding, strict=True))
    if len(thing) < 2 or not last or any(plain.endswith(thing, *each[-1]) for each in clauses):
        return []
    return [(behind_governing(plain, *each[-1]), each[-1][1]) for each in clauses]


def _heads_of_one_length(plain: str, spans: list[Span], thing: str) -> list[Span]:
    """甲主义，主要是…。乙主义，表现为…。: short names of one length, before what is said of each."""
    clauses = [split(plain, *span, ",") for span in spans]
    heads = [each[0] for each in clauses if len(each) > 1 and plain[each[0][0]] != "第"]
    lengths = {b - a for a, b in heads}
    return heads if len(lengths) == 1 and 1 < max(lengths) <= _LONGEST_NAME and len(spans) > 2 else []


def _first_sentences(plain: str, spans: list[Span], thing: str) -> list[Span]:
    """实施甲行动。新增…。对…: the sentence that each begins with, or the clause if each ends in what is counted."""
    clauses = [split(plain, *span, ",;。:") for span in spans]
    heads = [each[0] for each in clauses if each[1:] and thing and plain.endswith(thing[-2:], *each[0])]
    sentences = [split(plain, *span, "。") for span in spans]
    return heads if len(heads) == len(spans) else [each[0] for each in sentences if each[1:]]


def _not_carried_out(plain: str, spans: list[Span], thing: str) -> list[Span]:
    """推进甲工程、加速乙工程和实施丙工程: undertakings without the verbs that say that they are carried out."""
    verbs = [_CARRY_OUT.match(plain, *span) for span in spans]
    named = thing.endswith(_UNDERTAKINGS) and all(plain.endswith(thing[-2:], *span) for span in spans)
    if not named or sum(map(bool, verbs)) < 2:
        return []
    return [(verb.end() if verb else a, b) for verb, (a, b) in zip(verbs, spans, strict=True)]
