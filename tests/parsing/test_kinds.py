from __future__ import annotations

import pytest

from glossary_api.parsing.kinds import NUMERAL, PLAN, QUOTED, kind_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("三个务必", NUMERAL),  # a number, a measure word, what it counts
        ("四大工程", NUMERAL),
        ("两山", NUMERAL),  # no measure word
        ("稳岗12条", NUMERAL),  # the measures of a paper
        ("三谷一湾", NUMERAL),  # compound
        ("一塔一湖", NUMERAL),  # one of each
        ("一城多园", NUMERAL),
        ("246", NUMERAL),  # digit by digit
        ("0830", NUMERAL),
        ("1+6+N", NUMERAL),
        ("4+X", NUMERAL),
        ("四通四到", NUMERAL),  # product
        ("三个百亿", NUMERAL),  # a multiplier shared by a counted set
        ("百千万工程", NUMERAL),  # three lists
        ("五位一体", NUMERAL),
        ("双随机", NUMERAL),  # 双 counts two named things
        ("七 有", NUMERAL),  # white space does not count
        ("３＋２", NUMERAL),  # full width
        ("兩個確立", NUMERAL),  # traditional
        ("“三边”整治", NUMERAL),  # quotation marks within do not count
        ("第三方", QUOTED),  # ordinals
        ("第二增长极", QUOTED),
        ("2035年远景目标", QUOTED),  # years
        ("3.0版", QUOTED),  # versions
        ("全国百强", QUOTED),  # rankings
        ("九连增", QUOTED),
        ("前十", QUOTED),
        ("30分钟通勤圈", QUOTED),  # measures
        ("百亿级", QUOTED),
        ("12345", QUOTED),  # a telephone number
        ("7×24小时", QUOTED),
        ("5G", QUOTED),  # techniques
        ("一网统管", QUOTED),  # 一 says single
        ("一站式", QUOTED),
        ("一户一档", QUOTED),  # one for each
        ("千方百计", QUOTED),  # idioms
        ("百花齐放", QUOTED),
        ("双向奔赴", QUOTED),
        ("双十一", QUOTED),  # a day of the calendar
        ("公园+", QUOTED),  # a plus sign without a count
        ("人工智能+", QUOTED),
        ("长三角", QUOTED),  # geography
        ("林长制", QUOTED),  # no numeral
        ("", QUOTED),
        ("让三万群众喝上放心水是我们对全市人民作出的一个庄严承诺", QUOTED),  # a sentence
        ("十三五", PLAN),
        ("十五五", PLAN),
        ("十四五规划", PLAN),
    ],
)
def test_kind(name: str, kind: str) -> None:
    """The role of the numeral decides: it counts the things the name stands for, names a plan, or counts nothing."""
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    ("name", "behind", "kind"),
    [
        ("八五", "”普法规划", PLAN),  # the words behind it say that it is a plan
        ("九五", "計劃", PLAN),  # traditional characters too
        ("五五", "购物节", QUOTED),  # a day
        ("八五", "", QUOTED),
        ("三个务必", "规划", NUMERAL),  # what is no period is none before 规划 either
    ],
)
def test_kind_by_what_follows(name: str, behind: str, kind: str) -> None:
    """A period below ten is a plan only where the words behind it say so."""
    assert kind_of(name, behind) == kind
