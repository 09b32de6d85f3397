from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_api.text.pinyin import pinyin_of
from glossary_api.text.sounds import Sounds, sounds_of, typed


@pytest.mark.parametrize(
    ("name", "whole", "initials"),
    [
        ("六个不发生", ("6gebufasheng", "liugebufasheng"), ("6gbfs", "lgbfs")),
        ("“135”工作体系", ("135gongzuotixi", "yisanwugongzuotixi"), ("135gztx", "yswgztx")),
        ("二十二条", ("22tiao", "ershiertiao"), ("22t", "eset")),
        ("两重", ("2zhong", "liangzhong"), ("2z", "lz")),
        ("1+22+3", ("1223", "yierersan"), ("1223", "yees")),
        ("绿色", ("lvse",), ("ls",)),
        ("十四五", ("shisiwu",), ("ssw",)),
        ("战略", ("zhanlue", "zhanlve"), ("zl",)),
        ("三类500强", ("3lei500qiang", "sanlei500qiang", "sanleiwulinglingqiang"), ("3l500q", "sl500q", "slwllq")),
        ("A类、B类", ("aleiblei",), ("albl",)),
    ],
)
def test_sounds(name: str, whole: tuple[str, ...], initials: tuple[str, ...]) -> None:
    """A name is typed by its syllables or their first letters, its numbers in letters or digits, or as it has them."""
    sounds = sounds_of(name, pinyin_of(name))
    assert (sounds.whole, sounds.initials) == (whole, initials)


def test_tails_begin_with_a_syllable() -> None:
    """What is left of a name begins where a syllable does."""
    assert sounds_of("发生", "fā shēng") == Sounds(("fasheng",), ("sheng",), ("fs",), ("s",))


def test_a_reading_that_does_not_fit() -> None:
    """Where name and reading do not fit together, the reading alone counts."""
    assert sounds_of("六个不发生", "liù gè").whole == ("liuge",)


@pytest.mark.parametrize(
    ("asked", "letters"),
    [
        ("liù gè bù", "liugebu"),
        ("Liu'ge", "liuge"),
        ("ＬＧＢＦＳ", "lgbfs"),
        ("lǜsè", "lvse"),
        ("lu:se", "lvse"),
        ("1+22", "122"),
        ("R&D touru", "rdtouru"),
        ("六ge", None),
        ("！", None),
        ("", None),
    ],
)
def test_typed(asked: str, letters: str | None) -> None:
    """Tone marks, spaces, apostrophes, width and case do not count; what has other signs is not typed by sound."""
    assert typed(asked) == letters


@given(st.text(alphabet="六个不发生十两女绿A1+3“”、 ，。x", max_size=12))
def test_any_name_is_typed_by_its_own_reading(name: str) -> None:
    """The reading of a name, written together, is one of the ways to type it."""
    reading = pinyin_of(name)
    together = typed(reading.replace("，", "").replace("。", "").replace("、", ""))
    if together and not any(sign.isdigit() for sign in name):
        assert together in sounds_of(name, reading).whole
