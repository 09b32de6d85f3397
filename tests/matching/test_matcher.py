from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_api.matching.matcher import Matcher
from glossary_api.matching.names import Name, is_risky
from glossary_api.matching.spotting import PlainSpotter, Spotter, Wanted
from glossary_api.model.things import Match, Term, Variant
from glossary_api.model.words import ALWAYS, ANY_STATUS, CANDIDATE, ESTABLISHED, STATUSES, UNQUOTED, VOUCHED
from glossary_api.text.folding import fold_name

Find = Callable[..., list[Match]]
NAMES = (
    "六个不发生",
    "“135”工作体系",
    "135",
    "2+3",
    "1+22+3",
    "两重",
    "四上",
    "两新",
    "ESG",
    "数据得地",
    "清“三欠”",
    "十二重",
    "三个代表",
    "大开放",
)
FILLERS = (
    *"“”‘’「」①⑳ \n\n，。、的十二3+a",
    "［1］",
    "星期",
    "组织",
    "六個不發生",
    "6个不发生",
    "１３５",
    "不发生",
    "得地",
    "三欠",
    *("第", "第三个代表", "第十二重"),
    *("代表团", "扩大", "团结", "“大开放”", "最", "高水平"),
)


def term(name: str, *more: str, vouched: bool = False) -> Term:
    """A term with its names, each of them printed somewhere, all of them vouched or none."""
    keys = tuple(dict.fromkeys(fold_name(form) for form in (name, *more)))
    variants = tuple(Variant(form, "quoted", ("r",)) for form in (name, *more))
    return Term(
        id="t" + keys[0].encode().hex(),
        name=name,
        key=keys[0],
        kind="numeral",
        pinyin="",
        variants=variants,
        senses=(),
        keys=keys,
        vouched=frozenset(keys if vouched else ()),
    )


@pytest.fixture(params=[Spotter.of, PlainSpotter], ids=["automaton", "plain"])
def find(request: pytest.FixtureRequest) -> Find:
    """What finds terms in a text, with the automaton and without; spans and surfaces are checked on the way."""
    spotter: Any = request.param

    def finding(text: str, *names: str, vouched: bool = False, **more: int) -> list[Match]:
        matches = Matcher([term(name, vouched=vouched) for name in names], spotter).find(text, **more)
        assert all(text[match.start : match.end] == match.text for match in matches)
        assert all(one.end <= other.start for one, other in pairwise(matches))
        return matches

    return finding


@pytest.mark.parametrize(
    ("names", "text", "found"),
    [
        ("数据得地", "推进数据得地改革", "数据得地"),  # Han characters need no boundaries
        ("数据得地", "推进“数据得地”改革", "数据得地"),  # quotation marks around a name are not part of it
        ("数据得地", "推进“数据”得地改革", "“数据”得地"),  # those around a part of it are
        ("清“三欠”", "开展清“三欠”行动", "清“三欠”"),  # with their partner
        ("清“三欠”", "清“三欠”行动", "清“三欠”"),  # at the beginning of a text, too
        ("清“三欠”", "开展“清三欠”行动", "清三欠"),
        ("清“三欠”", "开展清三欠行动", "清三欠"),
        ("六个不发生", "坚守6个不发生底线", "6个不发生"),
        ("六个不发生", "堅守六個不發生底線", "六個不發生"),
        ("六个不发生", "坚守「六个不发生」底线", "六个不发生"),
        ("“135”工作体系", "完善１３５工作体系", "１３５工作体系"),
        ("“135”工作体系", "完善“135”工作体系建设", "“135”工作体系"),
        ("数据得地", "推进数据\n　　得地改革", "数据\n　　得地"),  # a line end inside a name
        ("数据得地", "推进数据\n\n得地改革", ""),  # paragraphs that stand apart
        ("数据得地", "推进数据，得地改革", ""),
        ("数据得地 数据", "推进数据得地改革", "数据得地"),  # the longer one
        ("据得地 数据得", "推进数据得地改革", "数据得"),  # the first one
        ("据得地 数据得", "推进数据得地，据得地", "数据得|据得地"),  # and the other where it stands by itself
        ("数据得地", "数据得地数据得地", "数据得地|数据得地"),
        ("", "推进数据得地改革", ""),
        ("数据得地", "", ""),
    ],
)
def test_names(find: Find, names: str, text: str, found: str) -> None:
    """A name is found however it is spelled, the leftmost first and of those the longest."""
    assert "|".join(match.text for match in find(text, *names.split())) == found


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("2+3工程", "推进2+3工程", "2+3工程"),
        ("2+3工程", "推进1+22+3工程", ""),  # a figure before it
        ("2+3工程", "推进1+2+3工程", ""),  # a plus sign before it
        ("工程2+3", "推进工程2+33", ""),  # a figure behind it
        ("两重建设", "推进两重建设", "两重建设"),
        ("两重建设", "推进十二重建设", ""),  # a Han numeral before it
        ("两重建设", "推进3两重建设", "两重建设"),  # a figure is no Han numeral
        ("条例十", "条例十二", ""),  # a numeral that goes on behind it
        ("ESG评级", "开展ESG评级", "ESG评级"),
        ("ESG评级", "开展AESG评级", ""),  # a letter before it
        ("绿色ESG", "绿色ESGs", ""),  # and behind it
        ("绿色ESG", "绿色ESG（环境）", "绿色ESG"),
        ("四上企业", "新增四上企业三十家", "四上企业"),  # a numeral further on does no harm
        ("三大工程", "推进第三大工程、三大工程", "三大工程"),  # the third of several
        ("31条措施", "依照第三十一条措施，落实31条措施", "31条措施"),
    ],
)
def test_edges(find: Find, name: str, text: str, found: str) -> None:
    """Figures, letters and Han numerals end where the name ends."""
    assert "".join(match.text for match in find(text, name)) == found


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("四上", "星期四上午", ""),  # inside ordinary words
        ("两新", "抓好两新组织党建", ""),
        ("两新", "抓好“两新”组织党建", "两新"),  # quotation marks vouch for it
        ("两新", "抓好「两新」工作", "两新"),
        ("两新", '抓好"两新"工作', "两新"),
        ("两新", "抓好“两新①”工作", "两新"),  # with a footnote mark inside
        ("两新", "抓好“两新［1］”工作", "两新"),
        ("两新", "抓好两新①工作", "两新"),  # a footnote mark vouches too
        ("两新", "抓好两新［12］工作", "两新"),
        ("两新", "抓好两新［甲］工作", ""),  # this is none
        ("两新", "抓好“两新组织”工作", ""),  # they enclose another name
        ("两新", "抓好“两新工作", ""),  # one alone does not
        ("两新", "抓好‘两新”工作", ""),  # nor two of different shape
        ("135", "共有135个项目", ""),  # a figure
        ("135", "推进“135”体系", "135"),
        ("1+22+3", "比分1+22+3相加", ""),
        ("1+22+3", "构建“1+22+3”体系", "1+22+3"),
        ("1+22+3", "构建“1+22+３”体系", "1+22+３"),
        ("2+3", "构建“1+2+3”体系", ""),
    ],
)
def test_short_names(find: Find, name: str, text: str, found: str) -> None:
    """A name that is short or a figure counts only where quotation marks or a footnote mark vouch for it."""
    assert "".join(match.text for match in find(text, name)) == found


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("强工业", "加强工业管理", ""),
        ("大开放", "扩大开放", ""),
        ("大开放", "推进大开放", "大开放"),
        ("高水平", "历史最高水平", ""),
        ("三个代表", "三个代表团", ""),
        ("三个代表", "三个代表重要思想", "三个代表"),
        ("三个代表", "三个代表团结一致", "三个代表"),  # 团结 is the more frequent word
        ("三个一批", "三个一批发市场", ""),
        ("三个一批", "三个一批发展项目", "三个一批"),
        ("以旧换新", "消费品以旧换新政策", "以旧换新"),  # 政策, not 新政
        ("三个代表", "“三个代表”团", "三个代表"),  # no word goes on across a quotation mark
        ("大开放", "不断扩\n大开放", "大开放"),  # nor across the end of a line
        ("大开放", "不断扩大开放①", "大开放"),  # what is marked is a name
        ("托幼一体", "推动托幼一体化", ""),  # numerals in words are folded as in names
    ],
)
def test_everyday_words(find: Find, name: str, text: str, found: str) -> None:
    """A name neither begins nor ends inside an everyday word, unless something vouches for it."""
    assert "".join(match.text for match in find(text, name)) == found


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("组合拳", "打好组合拳", ""),
        ("组合拳", "打好“组合拳”", "组合拳"),
        ("组合拳", "打好组合拳①", "组合拳"),
        ("组合拳", "打好“组合拳”，再打组合拳", "组合拳|组合拳"),  # the text says that it means the name
        ("组合拳", "打好组合拳，再打“组合拳”", "组合拳|组合拳"),  # be it further on
        ("组合拳", "打好组合拳，再打“组合拳法”", ""),
        ("大开放", "推进“大开放”，扩大开放", "大开放"),  # still no word is cut
        ("三公经费", "压减“三公”经费，公开三公经费", "“三公”经费|三公经费"),  # a quoted part vouches, too
        ("四上", "培育“四上”企业，星期四上午", "四上"),  # short names count only where something vouches for them
    ],
)
def test_vouched_names(find: Find, name: str, text: str, found: str) -> None:
    """A vouched name counts unquoted only where the same text also has it quoted or marked."""
    assert "|".join(match.text for match in find(text, name, vouched=True)) == found


def test_each_vouched_name_has_a_voucher_of_its_own(find: Find) -> None:
    """A text that quotes two of three names again and again has those two and not the third."""
    text = "“组合拳”和“组合拳”，“大开放”，组合拳，大开放，林长制"
    found = [match.text for match in find(text, "组合拳", "大开放", "林长制", vouched=True)]
    assert found == ["组合拳", "组合拳", "大开放", "组合拳", "大开放"]


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("打好组合拳", ["组合拳"]),
        ("打好“组合拳”，再打组合拳", []),
        ("星期四上午", ["四上"]),
        ("“四上”企业，星期四上午", ["四上"]),
        ("坚守六个不发生底线", []),
    ],
)
def test_doubtful_names(text: str, doubtful: list[str]) -> None:
    """Of names that were asked for although nothing vouches for them a spotter says which these are."""
    names = [Name("组合拳", "t1", "quoted", VOUCHED), Name("4上", "t2", "numeral"), Name("6个不发生", "t3", "numeral")]
    spotter = Spotter.of(names)
    spots = spotter.spots(text, Wanted(short=True))
    assert [text[start:end] for start, end, _ in sorted(spotter.doubtful(text, spots))] == doubtful


@pytest.mark.parametrize(
    ("key", "risky"),
    [
        ("两重", True),
        ("135", True),
        ("1+22+3", True),
        ("3+n", True),
        ("esg", False),
        ("数据得", False),
        ("10个", True),
        ("25条", True),
        ("156项", True),
        ("10公里", True),
        ("10年禁渔", False),
        ("8项规定", False),
    ],
)
def test_is_risky(key: str, risky: bool) -> None:
    """Two characters, or nothing but figures, signs and what they count, are too little to be recognised by."""
    assert is_risky(key) is risky


@pytest.mark.parametrize(
    ("text", "match_type", "quoted"),
    [
        ("坚守六个不发生底线", "exact", False),
        ("坚守“六个不发生”底线", "exact", True),
        ("坚守“六个不发生①”底线", "exact", True),
        ("坚守6个不发生底线", "variant", False),
        ("坚守六個不發生底线", "folded", False),
        ("坚守“六个不发生的”底线", "exact", False),  # they enclose more
    ],
)
def test_kinds_of_matches(text: str, match_type: str, quoted: bool) -> None:
    """A match says whether it is written as the name, as another printed form or otherwise, and if it is quoted."""
    for spotter in (Spotter.of, PlainSpotter):
        [match] = Matcher([term("六个不发生", "6个不发生")], spotter).find(text)
        assert (match.match_type, match.quoted) == (match_type, quoted)


def test_part_of_a_text(find: Find) -> None:
    """Only what lies within the given span is found; spans are those of the whole text."""
    text = "数据得地，数据得地，数据得地"
    assert [match.start for match in find(text, "数据得地", start=4, end=10)] == [5]
    assert [match.start for match in find(text, "数据得地", start=6)] == [10]
    assert find(text, "数据得地", start=6, end=9) == []
    assert find(text, "数据得地", start=9, end=6) == []


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Texts made of names, pieces of names and what may stand around them."""
    return "".join(draw(st.lists(st.sampled_from((*NAMES, *FILLERS)), max_size=25)))


def names_of(keys: Iterable[str]) -> list[Name]:
    """Names as an edition knows them."""
    kinds = ("plan", "numeral", "numeral")
    return [
        Name(key, f"t{number}", kinds[number // 3 % 3], UNQUOTED[number % 3], STATUSES[number // 2 % 2])
        for number, key in enumerate(keys)
    ]


@given(
    st.sets(st.sampled_from([fold_name(name) for name in NAMES]), min_size=1),
    texts(),
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, frozenset({"plan"})]),
    st.sampled_from([*STATUSES, ANY_STATUS]),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 6)), max_size=3),
    st.sampled_from(["", "。甲乙" * 200]),
)
def test_both_agree(
    keys: set[str],
    text: str,
    overlapping: bool,
    short: bool,
    kinds: frozenset[str] | None,
    status: str,
    mentioned: list[tuple[int, int]],
    rest: str,
) -> None:
    """The automaton finds what the plain search finds, whatever the caller wants, in short texts and long ones."""
    text += rest
    names = names_of(sorted(keys))
    mentions = tuple((start, start + size) for start, size in mentioned if start + size <= len(text))
    wanted = Wanted(overlapping, kinds, short, status=status, mentions=mentions)
    fast, slow = Spotter.of(names), PlainSpotter(names)
    found = [(start, end, fast.term(name)) for start, end, name in fast.spots(text, wanted)]
    assert found == [(start, end, slow.term(name)) for start, end, name in slow.spots(text, wanted)]
    for start, end, identity in found:
        assert fold_name(text[start:end]) == names[int(identity[1:])].key


@pytest.mark.parametrize(
    ("text", "mention", "found"),
    [
        ("推进两新组织建设", None, []),
        ("推进两新组织建设", "两新", ["两新"]),
        ("两新组织", "两新", ["两新"]),
        ("建设两新", "两新", ["两新"]),
        ("推进两新组织建设", "两新组织", []),  # what is mentioned is the whole of it
        ("推进数据得地改革", None, ["数据得地"]),
        ("推进数据得地改革", "得地改革", ["得地改革"]),  # what overlaps with it gives way
        ("推进数据得地改革，数据得地", "得地改革", ["得地改革", "数据得地"]),
        ("推进数据得地改革", "数据得地", ["数据得地"]),
    ],
)
def test_mentions(text: str, mention: str | None, found: list[str]) -> None:
    """What a caller knows to be a name is found as it stands, though it is short or another name overlaps with it."""
    keys = map(fold_name, ("两新", "数据得地", "得地改革"))
    names = [Name(key, f"t{number}", "quoted") for number, key in enumerate(keys)]
    mentions = ((text.index(mention), text.index(mention) + len(mention)),) if mention else ()
    for spotter in (Spotter.of(names), PlainSpotter(names)):
        assert [text[start:end] for start, end, _ in spotter.spots(text, Wanted(mentions=mentions))] == found


@given(texts())
def test_nothing_is_missed(text: str) -> None:
    """A long name that stands in a text by itself, between stops, is always found."""
    names = [Name(fold_name("六个不发生"), "t0", "numeral")]
    whole = f"{text}。六个不发生。{text}"
    assert (len(text) + 1, len(text) + 6, 0) in Spotter.of(names).spots(whole)


def test_a_spotter_survives_packing() -> None:
    """A spotter that was packed with an edition finds what the one before it found."""
    names = names_of(fold_name(name) for name in NAMES)
    text = "推进“两重”和数据得地，坚守6个不发生，完善“135”工作体系。"
    names = [name._replace(unquoted=ALWAYS) for name in names]
    packed = Spotter.of(names).pack()
    unpacked = Spotter.unpack(packed.get)
    assert unpacked
    every = Wanted(status=ANY_STATUS)
    assert unpacked.spots(text, every) == Spotter.of(names).spots(text, every)
    assert len(unpacked.spots(text, every)) == 4


@pytest.mark.parametrize(
    ("status", "found"), [(ESTABLISHED, "数据得地"), (CANDIDATE, "得地改革"), (ANY_STATUS, "数据得地")]
)
def test_status(status: str, found: str) -> None:
    """A candidate is not found unless it is asked for, and hides no established term."""
    names = [Name("数据得地", "t1", "quoted"), Name("得地改革", "t2", "quoted", status=CANDIDATE)]
    text = "推进数据得地改革"
    for spotter in (Spotter.of(names), PlainSpotter(names)):
        [(start, end, _)] = spotter.spots(text, Wanted(status=status))
        assert text[start:end] == found


def test_a_name_that_counts_anywhere_cuts_no_word_where_short_names_are_wanted() -> None:
    """Who wants names that nothing vouches for gets no pieces of other words for it."""
    names = [Name("大开放", "t0", "quoted", ALWAYS)]
    for spotter in (Spotter.of(names), PlainSpotter(names)):
        found = spotter.spots("高水平扩大开放，大开放", Wanted(short=True))
        assert [(start, end) for start, end, _ in found] == [(8, 11)]
