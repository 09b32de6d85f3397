"""The extension's matcher, in JavaScript, finds what ours finds; its offsets count UTF-16 units, ours code points."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from glossary_api.exports import termpack
from glossary_api.exports.formats import FORMATS
from glossary_api.exports.header import Header
from glossary_api.matching.names import Name
from glossary_api.matching.spotting import PlainSpotter, Spotter, Wanted
from glossary_api.model.words import UNQUOTED
from glossary_api.queries.annotate.annotator import EVERY, AnnotateQuestion, Annotator
from glossary_api.queries.export import exported
from glossary_api.queries.rank import Asked, meant
from glossary_api.store import whole
from glossary_api.store.edition import Edition
from glossary_api.text.folding import fold, fold_name
from glossary_api.text.surroundings import NameUse
from tests.extension.conftest import Matcher

KINDS = ("numeral", "plan", "quoted")
NAMES = (
    "六个不发生",
    "“135”工作体系",
    "135",
    "2+3",
    "1+22+3",
    "两重",
    "两重建设",
    "四上",
    "重",
    "𠮷六𠀀",
    "ESG",
    "ESG评级",
    "数据得地",
    "清“三欠”",
    "十二重",
    "二十二条",
    "A、B",
    "双随机、一公开",
    "高水平",
    "三个代表",
    "大开放",
    "以旧换新",
    "31条措施",
    "三大工程",
)
PIECES = (
    *"“”‘’「」『』\"'①⑳㊿+﹢⁺ab3２²₂𝟐٣⼀⼆﹑､\ufe00双万\n\r\t\u3000\u2028\x1c\x85\ufeff，。、的十百千零〇兩二重😀𠮷鎝",
    *("\n\n", "\r\n\r\n", "［1］", "[ １２ ]", "〔٣〕", "【1】", "[甲]", "星期", "组织", "六個不發生", "6个不发生"),
    *("代表团", "最高", "扩大", "政策", "团结", "新能源", "三个", "“三个代表”", "“大开放”"),
    *("１３５", "不发生", "得地", "三欠", "一千零五", "十四五", "百千", "二百二", "esg"),
    *("双随机", "、一公开", "”、“", "、双"),
    *("第", "第三大工程", "三十一条措施", "第31条措施", "条措施"),
)


patient = settings(deadline=None)
"""The first answers of another process are slow where many want to run."""


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Texts made of names, pieces of names, what may stand around them, and anything else."""
    piece = st.one_of(st.sampled_from((*NAMES, *PIECES)), st.sampled_from(PIECES), st.text(max_size=2))
    return "".join(draw(st.lists(piece, max_size=25)))


def units(text: str) -> list[int]:
    """The UTF-16 units of a text."""
    encoded = text.encode("utf-16-le")
    return [int.from_bytes(encoded[at : at + 2], "little") for at in range(0, len(encoded), 2)]


def in_units(text: str) -> list[int]:
    """For each offset in code points, the end included, the one in UTF-16 units."""
    return [0, *itertools.accumulate(1 + (ord(character) > 0xFFFF) for character in text)]


class Made(NamedTuple):
    """A pack made of names alone, and the names."""

    text: str
    names: Sequence[Name]


def pack_of(keys: Iterable[str]) -> Made:
    """A pack in which each name leads to a term of this name."""
    names = [Name(key, key, KINDS[number % 3], UNQUOTED[1 + number % 2]) for number, key in enumerate(keys)]
    terms = (
        {"name": name.key, "kind": name.kind, "pinyin": "", "senses": [], "ranked": [], "elsewhere": []}
        | {"names": [(name.key, name.need)], "given": {}}
        for name in names
    )
    return Made(b"".join(termpack.write(Header("0", "0"), terms)).decode(), names)


@pytest.fixture(scope="module")
def opened(matcher: Matcher) -> Matcher:
    """The matcher with the names of this file."""
    assert matcher.open(pack_of(map(fold_name, NAMES)).text)["size"] == len(NAMES)
    return matcher


@patient
@given(texts())
def test_a_text_is_folded_alike(opened: Matcher, text: str) -> None:
    """The folded text is that of `fold`, and so is where each of its units comes from."""
    ours, offset = fold(text), in_units(text)
    origins = [
        origin
        for sign, start, end in zip(ours.text, ours.starts, ours.ends, strict=True)
        for origin in _origins(sign, text[start:end], offset[start], offset[end])
    ]
    folded = opened.fold(text)
    assert folded["units"] == units(ours.text)
    assert list(zip(folded["starts"], folded["ends"], strict=True)) == origins


def _origins(sign: str, source: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the units of a folded character come from: each from its own, if it has been copied."""
    if ord(sign) > 0xFFFF and sign == source:
        return [(start, start + 1), (start + 1, end)]
    return [(start, end)] * len(units(sign))


def test_every_character_is_folded_alike(opened: Matcher) -> None:
    """All of them, one after another, each between two that stay as they are."""
    text = "".join(f"，{chr(code)}，" for code in range(0x30000) if not 0xD800 <= code < 0xE000)
    assert opened.fold(text)["units"] == units(fold(text).text)


@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize("kinds", [None, *map(frozenset, (KINDS[:1], KINDS[1:], ()))])
def test_in_the_seed_terms_are_found_alike(
    matcher: Matcher, seed: Edition, short: bool, kinds: frozenset[str] | None
) -> None:
    """In the whole text of every report of the seed, whichever names are wanted."""
    matcher.open(b"".join(exported(seed, FORMATS["termpack"])).decode())
    named = {document["id"]: document["name"] for document in whole.documents(seed)}
    spotter = Spotter.of(Name(*owner) for owner in seed.key_owners())
    wanted = Wanted(kinds=kinds, short=short)
    for text in texts_of(seed):
        offset = in_units(text)
        ours = [(offset[start], offset[end], named[spotter.term(n)]) for start, end, n in spotter.spots(text, wanted)]
        assert found(matcher, text, short, kinds) == ours
        assert ours or not kinds


def test_in_the_seed_a_term_is_shown_as_a_look_up_shows_it(matcher: Matcher, seed: Edition) -> None:
    """The card of every term is that of the server's answer: what holds, what is said elsewhere, renderings, links."""
    root = "https://glossary.example/a/"
    matcher.open(b"".join(exported(seed, FORMATS["termpack"])).decode())
    for document in whole.documents(seed):
        ranking = meant(document["senses"], NameUse(document["name"]), Asked(), seed.title_blocks)
        answer = {"term": document, "senses": [sense.document() for sense in ranking.senses]}
        answer["elsewhere"] = [refused.document() for refused in ranking.elsewhere]
        card = matcher.card_of(answer, root)
        assert matcher.card(document["name"], root) == card
        assert card["name"] == document["name"]


def test_in_the_seed_uses_are_judged_alike(matcher: Matcher, seed: Edition) -> None:
    """What a term means where it stands is what `/annotate` says of it there, for who tells neither place nor year."""
    matcher.open(b"".join(exported(seed, FORMATS["termpack"])).decode())
    annotator = Annotator(seed)
    judged = 0
    for text in texts_of(seed):
        offset = in_units(text)
        ours = annotator.matches(text, AnnotateQuestion(gloss=EVERY))
        theirs = matcher.explain(text)
        assert [(start, term, told) for start, term, told, _, _ in theirs] == [
            (offset[one["start"]], one["term"]["name"], bool(one["senses"])) for one in ours
        ]
        for (*_, said, strange), one in zip(theirs, ours, strict=True):
            assert sorted(said) == sorted(sense["definition"] for sense in one["senses"] or ())
            assert strange == min(len(one["elsewhere"] or ()), 3)
            judged += bool(said)
    assert judged


@patient
@given(
    st.sets(st.sampled_from([fold_name(name) for name in NAMES])),
    texts(),
    st.booleans(),
    st.one_of(st.none(), st.frozensets(st.sampled_from(KINDS))),
)
@example({"2重"}, "十二重", True, None)  # a name that begins within a numeral
@example({"重1"}, "重十", True, None)  # one that ends within one
def test_names_are_found_alike(
    matcher: Matcher, keys: set[str], text: str, short: bool, kinds: frozenset[str] | None
) -> None:
    """Whatever names there are, and whichever of them are wanted."""
    made = pack_of(sorted(keys))
    matcher.open(made.text)
    assert found(matcher, text, short, kinds) == list(_plainly(made.names, text, Wanted(kinds=kinds, short=short)))


def texts_of(edition: Edition) -> list[str]:
    """The texts of its reports."""
    return [text for (text,) in edition.select("SELECT unpacked(text) FROM reports")]


def found(matcher: Matcher, text: str, short: bool, kinds: frozenset[str] | None) -> list[tuple[int, int, str]]:
    """Spans and terms, as the matcher has them."""
    wanted = None if kinds is None else sorted(kinds)
    return [(one["start"], one["end"], one["term"]) for one in matcher.find(text, kinds=wanted, short=short)]


def _plainly(names: Sequence[Name], text: str, wanted: Wanted) -> Iterator[tuple[int, int, str]]:
    """Spans, in UTF-16 units, and terms, as the plain spotter has them."""
    offset = in_units(text)
    for start, end, name in PlainSpotter(names).spots(text, wanted):
        yield offset[start], offset[end], names[name].term
