"""Say how freely a name is coined: 三大工程 by anybody, 三保 as any short form, 一稳三新 hardly twice."""

from __future__ import annotations

import functools
import json
import re
from importlib.resources import files

from glossary_api.text.folding import QUOTES, core_of, fold_name, plain

FREE, SHORT, RARE = range(3)
"""How freely names are coined: by anybody, as 三大工程; as any short form, 三保; hardly twice, 一稳三新."""
_NUMBER = "[0-9一二三四五六七八九十两双]"
_FIGURES = re.compile(r"[0-9nmx+]+(?:\+[0-9nmx]+)*")
_BARE_NUMBER = re.compile(rf"{_NUMBER}+[条项个件张种类款]")
"""31条, 16项: a number of measures, or an article of some law."""
_MEASURES = re.compile(rf"{_NUMBER}[条项]$")
_ABBREVIATION = re.compile("[a-z]{3,}")
_NUMERAL = re.compile(_NUMBER)
_SHORT_NAME = 3
_COUNTING = re.compile(r"^[百千万]|双|(?<![a-z.\d])(?![01](?!\d))\d+(?![a-z.\d])")
"""What counts things in a folded name, which may be other ones elsewhere; 一单制, 零基预算, 5g, pm2.5 count nothing."""


@functools.lru_cache(maxsize=65536)
def freedom(name: str) -> int:
    """Say how freely a name is coined: FREE, SHORT or RARE."""
    key = fold_name(name)
    bare = plain("".join(sign for sign in name if sign not in QUOTES and not sign.isspace()))
    if (
        _FIGURES.fullmatch(key)
        or _BARE_NUMBER.fullmatch(bare)
        or _measured().fullmatch(bare)
        or _free_name().fullmatch(bare)
    ):
        return FREE
    if _ABBREVIATION.fullmatch(key):
        return RARE
    if len(key) <= _SHORT_NAME or _short_numeral().fullmatch(bare):
        return SHORT
    return RARE


@functools.lru_cache(maxsize=65536)
def freest(name: str, head: str) -> int:
    """Return how freely the freer of a name and one that is explained is coined: “五个一”活动 and “五个一”奖."""
    if fold_name(name) == fold_name(head):
        return freedom(name)
    return min(freedom(one) for one in (name, core_of(name) or name, head, core_of(head) or head))


@functools.lru_cache(maxsize=65536)
def is_but_a_sort(name: str, whole: str) -> bool:
    """Return whether a whole name is its core and the sort of thing that this is: “青藤人”企业, not “135”工作法."""
    core, longer = fold_name(name), fold_name(whole)
    sort = longer.removeprefix(core)
    return freedom(name) != FREE and len(sort) < len(longer) and (not sort or _sorts().fullmatch(sort) is not None)


def is_generic(name: str) -> bool:
    """Return whether a name is but a number and a noun that goes with any number, or figures."""
    bare = plain("".join(sign for sign in name if sign not in QUOTES and not sign.isspace()))
    return bool(is_figures(name) or _free_name().fullmatch(bare))


def is_figures(name: str) -> bool:
    """Return whether a name is but figures: 1+3, 135."""
    return _FIGURES.fullmatch(fold_name(name)) is not None


def is_number_of_measures(name: str) -> bool:
    """Return whether a name is a number of measures, of which each year has its own: 31条, 稳外贸“7”条."""
    return _MEASURES.search(plain("".join(sign for sign in name if sign not in QUOTES))) is not None


@functools.cache
def _measured() -> re.Pattern[str]:
    """Match a number, a measure word and what is counted, perhaps with an undertaking: 两个确保, 八大特色产业."""
    return re.compile(rf"{_NUMBER}+(?:个[^0-9]{{1,2}}|[大项种][^0-9]{{1,4}}){_undertaking()}?")


@functools.cache
def _short_numeral() -> re.Pattern[str]:
    """Match a number and a word or two signs, perhaps with the noun of an undertaking: 三保, 双保工程, 一市一品.

    So is what each place has of its own: the layout of its grounds, 一核两翼, what it strives for, 四城同创, and a few
    things that it counts, 三个不发生.
    """
    counted = f"{_NUMBER}+[大项张条件个道]?[^0-9一二三四五六七八九十]{{1,2}}"
    layout = rf"(?:{_NUMBER}+[大个条]?[新主副]?(?:{'|'.join(word_lists()['grounds'])})){{2}}"
    striving = f"{_NUMBER}+[^0-9]{{1,2}}(?:{'|'.join(word_lists()['strivings'])})"
    forms = f"{counted}|[2-5二三四五两]个[^0-9]{{3}}|[个十百千万]{{3,}}|{layout}|{striving}"
    return re.compile(rf"(?:{forms}){_undertaking()}?|一.一.|{_NUMBER}+条[^0-9]{{1,3}}")


@functools.cache
def _undertaking() -> str:
    return f"(?:{'|'.join(word_lists()['own_works'] + word_lists()['sorts'])})"


@functools.cache
def _free_name() -> re.Pattern[str]:
    """Match a number or figures, perhaps a measure word and a word for the matter, and a noun that goes with any."""
    nouns = "|".join(word_lists()["free_nouns"])
    return re.compile(
        rf"(?:{_NUMBER}|[+nmx])+[大个项条张件类种支座道批年]?(?:主导|支柱|新兴|重点|先导|专项)?(?:{nouns})+"
    )


@functools.lru_cache(maxsize=65536)
def is_notion(name: str) -> bool:
    """Return whether a name means one thing wherever and whenever it is explained: PM2.5, 飞地经济, 河长制.

    Such a name counts nothing, is no short form of two signs, and not that of works of which each place has its own.
    """
    bare = without_sort(name)
    counts = _COUNTING.search(bare) is not None
    return len(bare) >= _SHORT_NAME and not counts and not is_own_work(name) and freedom(name) != FREE


def is_own_work(name: str) -> bool:
    """Return whether a name is that of a work or an institution of which each place has its own."""
    return any(_own_works().search(one) for one in (fold_name(name), without_sort(name)))


def without_sort(name: str) -> str:
    """Return a folded name without the noun that says what sort of thing it is of, unless hardly anything is left."""
    folded = fold_name(name)
    bare = _sorts().sub("", folded)
    return bare if len(bare) >= _SHORT_NAME else folded


@functools.cache
def _sorts() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(word_lists()['sorts'])})+$")


@functools.cache
def _own_works() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(word_lists()['own_works'])})$")


def without_own_work(name: str) -> str:
    """Return a folded name without the noun at its end that says what work or institution it is."""
    return _own_works().sub("", name)


def begins_with_number(name: str) -> bool:
    """Return whether a name counts at its beginning."""
    return _NUMERAL.match(plain(name)) is not None


def patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns of this file by name, for those who judge in another language."""
    return {
        "figures": _FIGURES,
        "bare_number": _BARE_NUMBER,
        "measured": _measured(),
        "free_name": _free_name(),
        "abbreviation": _ABBREVIATION,
        "short_numeral": _short_numeral(),
        "numeral": _NUMERAL,
        "sorts": _sorts(),
        "own_works": _own_works(),
    }


@functools.cache
def word_lists() -> dict[str, list[str]]:
    """Return the words of `bearing.json` by the name of their list, longer ones first."""
    lists = json.loads(files(__package__).joinpath("bearing.json").read_text("utf-8"))
    return {name: sorted(part["words"], key=len, reverse=True) for name, part in lists.items()}
