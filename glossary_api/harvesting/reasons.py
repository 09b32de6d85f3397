"""Say for what reason a phrase that reports quote is a name or none, given what they print around it.

The rules stand in the order in which they are tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from glossary_api.harvesting.lexicon import is_word
from glossary_api.model.words import NUMERAL, PLAN
from glossary_api.parsing.kinds import kind_of
from glossary_api.parsing.patterns import matches
from glossary_api.text.folding import is_bare_count

_CLAUSE = 14
"""A quoted phrase of more characters is a clause, unless it is a row of parts built alike or is named as one thing."""
_LONGEST = 30
"""No name of one piece is longer."""
_PART, _UNLIKE = 9, 2
"""The parts of a slogan have at most so many characters, and differ by at most so many."""
_SHORT_PART = 5
"""The parts of a watchword have at most so many."""
_WATCHWORD = 4
"""Parts of so many characters built alike are no names of things in a row."""
_LONG_PART = 12
"""The parts of a principle that is named as such have at most so many."""
_PROVERB = 4
"""A word of so many characters says the same, quoted or not."""
SPEECH = 6
"""A shorter phrase behind a verb of speaking may still be the name of what is spoken of."""
_SOME, _HALF = 0.3, 0.5
"""A share of the quotations that is no accident, and one that decides."""
_MANY = 3
"""So many independent reports make no accident of a phrase."""
_EVERYDAY, _OF_ANY = 50, 500
"""What the bodies have so many times as often unquoted as quoted is mere words: a number or a word, or anything …"""
_PIECE = 4
"""… of so few characters, which then is a piece of something else."""

_NEVER_PICTURES = ("行动", "计划", "条例", "大赛", "论坛", "公约", "协定")
"""Nouns of undertakings that no picture is made of, as it is of 工程: 面子工程."""
_SPLIT = re.compile("[、,·]")
_LISTING = re.compile("[、,与和]")
_NUMERAL_FIRST = re.compile(r"[一二两三四五六七八九十多\d]")
_LATIN = re.compile("[a-z]")
_BRACKETED = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class QuotedPlace:
    """A slogan with what stands around it, in plain form without white space, other quotations of its row skipped."""

    form: str
    """Plain, without white space."""
    origin: int
    """Number of the independent report."""
    place: str
    """Whose report it is."""
    signs: frozenset[str]
    """Groups of `parsing/status.json` that it shows."""
    marked: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The places where the bodies of the reports have the characters of a phrase, but no slogan."""

    times: int = 0
    ordinary: int = 0
    """Of a word of the dictionary: how many of these places have no noun of an undertaking behind."""


@dataclass(frozen=True, slots=True)
class WeighedPhrase:
    """All that is known of a term before it is judged."""

    name: str
    """The commonest quoted form, plain, without white space."""
    kind: str
    places: Sequence[QuotedPlace]
    notes: int
    elsewhere: Elsewhere

    def share(self, sign: str) -> float:
        """Return the share of the places that show a sign."""
        return sum(sign in place.signs for place in self.places) / len(self.places) if self.places else 0.0

    def looks(self, group: str) -> bool:
        """Tell whether the phrase itself shows a sign."""
        return matches("status", group, self.name)

    @property
    def naming(self) -> float:
        """Return the share with the noun of an undertaking or a principle behind."""
        return self.share("naming")

    @property
    def named(self) -> float:
        """Return the share with a verb of naming or carrying out before."""
        return self.share("named")

    @property
    def figure(self) -> float:
        """Return the share in a picture; a row of few characters built alike is none: 扛起“走在前、做示范”的责任."""
        return 0.0 if self.is_parallel and max(self._sizes) <= _SHORT_PART else self.share("figure")

    @property
    def reports(self) -> int:
        """Return how many independent reports quote it."""
        return len({place.origin for place in self.places})

    @property
    def _sizes(self) -> list[int]:
        """Return how many characters its parts have, what stands in brackets left out."""
        return [len(part) for part in _SPLIT.split(_BRACKETED.sub("", self.name))]

    @property
    def is_parallel(self) -> bool:
        """Tell whether it is a row of short parts of about one length: 深挖洞,广积粮."""
        sizes = self._sizes
        return len(sizes) > 1 and max(sizes) <= _PART and max(sizes) - min(sizes) <= _UNLIKE

    @property
    def is_long(self) -> bool:
        """Tell whether it is too long for a name of one piece."""
        if self.is_parallel or len(self.name) <= _CLAUSE:
            return False
        if len(self.name) > _LONGEST:
            return max(self._sizes) > _LONG_PART or not self.naming
        return not (self.naming or self.named)

    @property
    def names_a_word(self) -> bool:
        """Tell whether the reports use a word of the dictionary as the name of an undertaking."""
        if self.naming < _SOME:
            return False
        mostly_quoted = self.elsewhere.ordinary <= len(self.places) or len(self.name) >= _PROVERB
        undertaken = self.share("undertaking") >= _SOME
        agreed = self.reports > 1 and (self.naming >= _HALF or len(self.name) >= _PROVERB)
        return self.reports >= _MANY or (mostly_quoted and (agreed or undertaken))

    @property
    def is_everyday(self) -> bool:
        """Tell whether everybody writes it and hardly anybody quotes it: 四个, 提质, and 气质量, of 空气质量."""
        if len(self.name) > _PIECE or self.kind == PLAN or _LATIN.search(self.name):
            return False
        mere = (self.kind == NUMERAL and len(self.name) < _PIECE) or is_word(self.name)
        return self.elsewhere.times >= (_EVERYDAY if mere else _OF_ANY) * max(len(self.places), 1)

    @property
    def is_seldom_unquoted(self) -> bool:
        """Tell whether several reports quote a word of the dictionary, and nearly always."""
        return self.reports > 1 and self.elsewhere.ordinary <= len(self.places) / 4

    @property
    def is_habit(self) -> bool:
        """Tell whether many reports nearly always quote a word of the dictionary, and make no picture of it."""
        return self.reports >= _MANY and self.is_seldom_unquoted and self.figure < _SOME

    @property
    def is_sentence(self) -> bool:
        """Tell whether somebody speaks: behind a verb of speaking, or in a sentence that is nothing but quoted."""
        alone = self.share("alone") > _HALF
        return alone or (self.share("speech") >= _HALF and len(self.name) > SPEECH and not self.is_parallel)

    @property
    def is_predicate(self) -> bool:
        """Tell whether it says how something is, what somebody is to do, or what somebody wrongly thinks."""
        said = not self.is_parallel and self.share("predicate") > _SOME
        return self.reports < _MANY and (said or self.share("notion") > _SOME)

    @property
    def is_list(self) -> bool:
        """Tell whether it lists things, or says something in clauses of unlike length: 甲业、乙业、丙业."""
        if self.is_parallel and ("," in self.name or min(self._sizes) >= _WATCHWORD):
            return False  # a watchword: 深挖洞,广积粮; 开通水路、构建山道
        return "," in self.name or len(_LISTING.split(self.name)) >= _MANY

    @property
    def is_verse(self) -> bool:
        """Tell whether it is a row of clauses of five characters or more that no noun or verb makes a name of."""
        named = self.naming or self.named or self.reports > 1
        return self.is_parallel and "," in self.name and min(self._sizes) > _WATCHWORD and not named

    @property
    def begins_with_number(self) -> bool:
        """Tell whether the first part counts, or each begins with a numeral: 一带、两通道, not 开源节流、三资盘活."""
        parts = _LISTING.split(self.name)
        return kind_of(parts[0]) == NUMERAL or all(map(_NUMERAL_FIRST.match, parts))

    @property
    def is_property(self) -> bool:
        """Tell whether it says how something is: 断崖式; two reports make 非粮化 the name of a process."""
        return self.looks("adjective") and self.reports < (2 if self.name.endswith("化") else _MANY)

    @property
    def has_own_noun(self) -> bool:
        """Tell whether it ends in the noun of an undertaking, and is no picture of one: 面子工程."""
        undertaken = self.name.endswith(_NEVER_PICTURES) and len(self._sizes) == 1
        pictured = self.figure >= _HALF and not undertaken
        return self.looks("own-noun") and not pictured and not self.looks("clause")


_RULES: tuple[tuple[str, Callable[[WeighedPhrase], bool]], ...] = (
    ("note", lambda phrase: phrase.notes > 0),
    ("single-character", lambda phrase: len(phrase.name) < 2),
    ("sentence", lambda phrase: phrase.looks("sentence")),
    ("title", lambda phrase: phrase.share("title") > _HALF),
    ("title", lambda phrase: phrase.share("work") > _HALF),
    ("clause", lambda phrase: phrase.looks("ranking") or phrase.looks("row")),
    ("long", lambda phrase: phrase.is_long),
    ("ordinary-word", lambda phrase: phrase.is_everyday or is_bare_count(phrase.name)),
    ("numeral", lambda phrase: phrase.kind == NUMERAL and (not phrase.is_list or phrase.begins_with_number)),
    ("plan", lambda phrase: phrase.kind == PLAN),
    ("formula", lambda phrase: "+" in phrase.name),
    ("marked", lambda phrase: any(place.marked for place in phrase.places)),
    ("speech", lambda phrase: phrase.is_sentence),
    ("scare-quotes", lambda phrase: phrase.reports < 2 and phrase.share("scare") >= _HALF),
    ("own-noun", lambda phrase: phrase.has_own_noun),
    ("naming", lambda phrase: is_word(phrase.name) and phrase.names_a_word),
    ("reports", lambda phrase: is_word(phrase.name) and phrase.is_habit),
    ("ordinary-word", lambda phrase: is_word(phrase.name)),
    ("naming", lambda phrase: phrase.naming >= _SOME),
    ("clause", lambda phrase: phrase.looks("clause") and (phrase.reports < _MANY or phrase.figure > _SOME)),
    ("clause", lambda phrase: phrase.is_predicate or (phrase.looks("complement") and not phrase.is_parallel)),
    ("clause", lambda phrase: phrase.is_list and phrase.reports < 2 and not phrase.named),
    ("clause", lambda phrase: phrase.is_verse),
    ("clause", lambda phrase: phrase.looks("pair") and phrase.reports < _MANY),
    ("adjective", lambda phrase: phrase.is_property),
    ("figure", lambda phrase: phrase.looks("measure") and phrase.reports < _MANY),
    ("figure", lambda phrase: phrase.figure > _SOME or phrase.share("turned") > _SOME),
    ("reports", lambda phrase: phrase.reports > 1),
    ("named", lambda phrase: phrase.named > 0),
    ("once", lambda phrase: True),
)
"""Reasons in the order in which they are tried; the first that holds decides."""


def reason_for(phrase: WeighedPhrase) -> str:
    """Return the reason for or against a phrase."""
    return next(reason for reason, holds in _RULES if holds(phrase))
