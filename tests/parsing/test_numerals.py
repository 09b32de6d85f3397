from __future__ import annotations

import pytest

from glossary_api.parsing.numerals import counts_in, value_of


@pytest.mark.parametrize(
    ("name", "form", "counts"),
    [
        ("六化", "words", [(6, "化")]),
        ("六个不减", "words", [(6, "个不减")]),
        ("六度", "words", [(6, "度")]),
        ("十二项举措", "words", [(12, "项举措")]),
        ("双引领", "words", [(2, "引领")]),
        ("三官两师一员", "words", [(3, "官"), (2, "师"), (1, "员")]),  # compound
        ("一稳三新", "words", [(1, "稳"), (3, "新")]),
        ("五百行动", "words", [(5, "百行动")]),  # the multiplier belongs to what is counted
        ("三个一批", "words", [(3, "个一批")]),  # what is counted begins with a numeral itself
        ("5个100", "words", [(5, "个100")]),
        ("十县百乡千村", "words", [(1, "十县"), (1, "百乡"), (1, "千村")]),  # round numbers: one each
        ("五进五送", "words", [(5, "进"), (5, "送")]),  # 进 is no part of 进一步 here
        ("两不一欠", "words", [(2, "不"), (1, "欠")]),
        ("双一流", "words", [(2, "一流")]),  # 一 within a word that is counted
        ("三大一强", "words", [(3, "大"), (1, "强")]),
        ("四张清单一张网", "words", [(4, "张清单"), (1, "张网")]),  # 单 before 一 ends a word
        ("长三角三化", "words", [(3, "化")]),  # a delta is no three angles
        ("服务长三角三化", "words", [(3, "化")]),  # wherever it stands
        ("珠三镇", "words", [(3, "镇")]),
        ("三角两清", "words", [(3, "角"), (2, "清")]),
        ("20强", "none", []),  # the best of something
        ("20强县三化", "words", [(3, "化")]),
        ("一体化六大行动", "words", [(6, "大行动")]),  # 一 within a word, before what counts
        ("第三方两新", "words", [(2, "新")]),  # an ordinal likewise
        ("十百千", "none", []),
        ("清“三欠”", "words", [(3, "欠")]),  # quotation marks are no part of it
        ("135", "digits", [(1, ""), (3, ""), (5, "")]),
        ("0620", "digits", [(6, ""), (20, "")]),  # in pairs, since one needs two places
        ("1+22+3", "plus", [(1, ""), (22, ""), (3, "")]),
        ("3+N", "plus", [(3, ""), (None, "")]),
        ("２＋３", "plus", [(2, ""), (3, "")]),
        ("千万工程", "none", []),  # many, not how many
        ("第三方", "none", []),  # an ordinal
        ("2035", "none", []),  # a year
        ("统一战线", "none", []),  # 一 within a word
        ("林长制", "none", []),
        ("", "none", []),
    ],
)
def test_counts(name: str, form: str, counts: list[tuple[int | None, str]]) -> None:
    """Every numeral of a name that counts is read with what it counts; none else is."""
    found = counts_in(name)
    assert (found.form, [(count.number, count.noun) for count in found.counts]) == (form, counts)
    assert bool(found.reason) == (form == "none")


@pytest.mark.parametrize(
    ("name", "total", "single", "open_", "product"),
    [
        ("六化", 6, True, False, None),
        ("三官两师一员", 6, False, False, None),
        ("四通四到", 8, False, False, 4),  # one and the same number may count pairs
        ("一老一小", 2, False, False, 1),
        ("2+2", 4, False, False, None),  # plus signs add, they pair nothing
        ("3+N", 3, False, True, None),
        ("林长制", 0, False, False, None),
    ],
)
def test_sums(name: str, total: int, single: bool, open_: bool, product: int | None) -> None:
    """The counts of a name add up, are one or several, closed or open, and may count pairs."""
    found = counts_in(name)
    assert (found.total, found.is_single, found.is_open, found.as_product) == (total, single, open_, product)


def test_what_is_counted_is_said_without_its_measure_words() -> None:
    """三张清单 counts lists, 六化 has no measure word."""
    assert [counts_in(name).counts[0].thing for name in ("三张清单", "六化", "四大工程")] == ["清单", "化", "工程"]


def test_why_a_name_counts_nothing() -> None:
    """Signs for many are told from the want of any numeral."""
    assert [counts_in(name).reason for name in ("千万工程", "十百千", "第三方", "六化")] == [
        "multipliers",
        "multipliers",
        "no-counting-numeral",
        "",
    ]


@pytest.mark.parametrize(
    ("printed", "value"),
    [("两", 2), ("双", 2), ("十", 10), ("十二", 12), ("二十", 20), ("三十五", 35), ("7", 7), ("n", None)],
)
def test_value(printed: str, value: int | None) -> None:
    """Figures and Han numerals below a hundred have their value, an open number has none."""
    assert value_of(printed) == value
