"""Names in the dress that cells of tables give them: numbered, with a stop, in a sentence, in Pinyin.

（3）家电下乡； is 家电下乡 and nothing else. 实施家电下乡等措施 and jiadian xiaxiang may be meant for it: somebody has
to look.
"""

from __future__ import annotations

import functools
import re

import orjson

from glossary_api.store.fulltext import word
from glossary_api.store.opening import Select
from glossary_api.text.folding import QUOTES, fold_name, plain
from glossary_api.text.sounds import typed

GOVERNED, BY_SOUND, WITHIN = 98.0, 97.0, 96.0
"""Likeness in per cent of a name between words that govern it, of one by its sound, and at most of one in a text."""
_LONGEST = 60
"""Of a longer text only so many characters are looked at."""
_NUMBERS = "0-9一二三四五六七八九十"
_NUMBERED = re.compile(
    rf"\s*(?:[•·●○■□◆◇★☆▪►➤*\-—–]+|\([{_NUMBERS}]{{1,3}}\)|\[[{_NUMBERS}]{{1,3}}\]|[①-⑳⑴-⒇⒈-⒛]"
    rf"|[{_NUMBERS}]{{1,3}}(?:[、)]|[.:](?![0-9]))|第[{_NUMBERS}]{{1,3}}[、,:])\s*"
)
_STOPPED = re.compile(r"[\s;,。、.:!?…·]+$")
_REMARK = re.compile(r"\s*\([^()]*\)$")
_FIGURES = re.compile("[0-9]{3,}")


def undressed(name: str) -> str:
    """Return a name without the number or bullet before it and the stops behind it, quotation marks left."""
    text = plain(name)
    start = 0
    while found := _NUMBERED.match(text, start):
        start = found.end()
    end = _STOPPED.search(text)
    return name[start : end.start() if end else len(name)].strip() or name


def han_figures(name: str) -> str | None:
    """Return a name that is a row of Han figures, without what dresses it up; None for any other."""
    bare = undressed(name).strip(QUOTES)
    return bare if not bare.isascii() and _FIGURES.fullmatch(fold_name(bare)) else None


def named_within(select: Select, name: str) -> dict[str, float]:
    """Return the terms whose names stand in a text, by id, with a likeness: the longest name, and those beside it."""
    key = fold_name(_REMARK.sub("", plain(undressed(name))))[:_LONGEST]
    pieces = {key[a:b] for a in range(len(key)) for b in range(a + 2, len(key) + 1)}
    rows = select(
        """SELECT k.key, t.id FROM json_each(:pieces) p CROSS JOIN keys k ON k.key = p.value
           JOIN terms t ON t.rank = k.term WHERE t.status = 'established'""",  # else it tries all terms with all pieces
        {"pieces": orjson.dumps(sorted(pieces)).decode()},
    )
    found: dict[str, float] = {}
    taken = [False] * len(key)
    for piece, identity in sorted(rows, key=lambda row: (-len(row[0]), row[0])):
        at = key.find(piece)
        if not any(taken[at : at + len(piece)]):
            taken[at : at + len(piece)] = [True] * len(piece)
            found.setdefault(identity, _likeness(key, at, at + len(piece)))
    return found


def sounding_like(select: Select, name: str) -> dict[str, float]:
    """Return the terms that are read as a text in Latin letters, with or without tones, by id, with a likeness."""
    letters = typed(name)
    if not letters or (asked := word(letters)) is None:
        return {}
    rows = select(
        """SELECT t.id FROM suggestion_search s JOIN passages p ON p.rank = s.rowid JOIN terms t ON t.rank = p.term
           WHERE s.suggestion_search MATCH :question ORDER BY s.rowid LIMIT 20""",
        {"question": f"sounds : {asked}"},
    )
    return {identity: BY_SOUND for (identity,) in rows}


def _likeness(key: str, start: int, end: int) -> float:
    before, behind = _governing(), _following()
    if before.fullmatch(key, 0, start) and behind.fullmatch(key, end):
        return GOVERNED
    return WITHIN * (end - start) / len(key)


@functools.cache
def _governing() -> re.Pattern[str]:
    from glossary_api.parsing.patterns import any_of  # a server starts without the parser

    return re.compile(f"(?:{any_of('inline', 'adverb', 'verb', 'verb-or-noun')})*")


@functools.cache
def _following() -> re.Pattern[str]:
    from glossary_api.parsing.patterns import any_of

    return re.compile(f"等?(?:{any_of('inline', 'undertaking')}|措施|举措|办法|要求|部署|方案|体系|制度|做法)*")
