from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glossary_api.model.words import EXPLAINER, GENRES, OTHER_GENRE
from glossary_api.parsing.genre import declared_genre, genre_by, is_resolution
from glossary_api.parsing.patterns import patterns
from glossary_api.parsing.title import read_title_block

if TYPE_CHECKING:
    from tests.parsing.conftest import Parse

EXAMPLES = [
    (genre, example)
    for genre in GENRES
    if genre not in (EXPLAINER, OTHER_GENRE)
    for rule in patterns("title")[genre]
    for example in rule.examples
]


@pytest.mark.parametrize(("genre", "example"), EXAMPLES)
def test_examples_of_genres(genre: str, example: str) -> None:
    """A title has the genre whose example it is, and is no resolution."""
    assert genre_by([example]) == genre
    assert not is_resolution(example)


@pytest.mark.parametrize("order", [1, -1])
def test_the_title_that_says_more(order: int) -> None:
    """Where two titles stand, that of a particular report decides, whichever comes first."""
    both = ["1955年国务院政府工作报告", "关于发展国民经济的第一个五年计划的报告"][::order]
    assert genre_by(both) == "五年规划"


@pytest.mark.parametrize(
    ("opening", "genre"),
    [
        ("各位代表:现在,我代表县人民政府,向大会报告工作,请予审议。", "政府工作报告"),
        ("各位代表:我代表国务院向大会作政府工作报告,请予审议。", "政府工作报告"),
        ("各位代表:受市人民政府委托,向大会提出关于2031年预算执行情况和2032年预算草案的报告,请予审议。", "预算报告"),
        ("各位代表:我向大会作关于实行义务教育的报告,请审议。", "other"),
        ("各位代表:过去一年很不平凡。", None),
    ],
)
def test_opening_words(opening: str, genre: str | None) -> None:
    """A report says at its beginning what it is; what announces another report than those known is another one."""
    assert declared_genre(opening) == genre


@pytest.mark.parametrize(("title", "genre"), [("云溪市中级人民法院工作报告", "法院工作报告"), ("工作报告", "other")])
def test_genres_of_texts(parse_text: Parse, title: str, genre: str) -> None:
    """The title on the head says what a text is; one that only says 工作报告 does not."""
    parsed = parse_text(f"{title}\n各位代表：\n现在，我向大会报告工作，请予审议。\n")
    assert parsed.report.genre == genre


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("国务院副总理兼国家计划委员会主任周云帆", "周云帆"),
        ("国务委员 周云帆", "周云帆"),
        ("县长　周云同志", "周云"),
        ("市发展和改革委员会主任　周云帆", "周云帆"),
        ("縣長　鐘雲帆", "鐘雲帆"),
        ("国务院总理?周云帆", "周云帆"),
        ("市长信箱", None),
        ("收藏", None),
    ],
)
def test_speakers(line: str, speaker: str | None) -> None:
    """Every office that delivers reports leads to its holder's name; a word of a web page is no name."""
    text = f"政府工作报告\n2031年1月8日在某县第十八届人民代表大会第四次会议上\n{line}\n各位代表：\n现在，我报告工作。\n"
    assert read_title_block(text).speaker == speaker


def test_titles_broken_over_lines() -> None:
    """A title may be broken over two lines, and line ends may be lost altogether."""
    assert read_title_block("政府工作报\n告\n2031年1月8日\n各位代表：\n").title == "政府工作报告"
    block = read_title_block(
        "政府工作报告——2031年1月8日在宁海县第十八届人民代表大会第四次会议上 县长 周云帆各位代表：现在报告工作。"
    )
    assert (block.title, block.date, block.speaker) == ("政府工作报告", "2031-01-08", "周云帆")


@pytest.mark.parametrize(
    ("head", "genre", "place", "date", "speaker"),
    [
        (
            "政府工作报告——2031年1月8日在宁海县第十八届人民代表大会第四次会议上\n县长 周云帆同志",
            *("政府工作报告", "宁海县", "2031-01-08", "周云帆"),
        ),
        (
            "关于2030年预算执行情况和\n2031年预算草案的报告\n"
            "2031年1月8日在宁海县第十八届人民代表大会第四次会议上\n县财政局局长 周云帆",
            *("预算报告", "宁海县", "2031-01-08", "周云帆"),
        ),
        (
            "坚定信心 勇毅前行\n——在中国共产党宁海县第十五次代表大会上的报告\n（2031年1月8日）\n周云帆",
            *("党代会报告", "宁海县", "2031-01-08", "周云帆"),
        ),
        (
            "政协宁海县第十届委员会常务委员会工作报告\n（2031年1月8日在政协宁海县第十届委员会第四次会议上）\n周云帆",
            *("政协工作报告", "宁海县", "2031-01-08", "周云帆"),
        ),
    ],
)
def test_other_reports(head: str, genre: str, place: str, date: str, speaker: str) -> None:
    """The reports of other bodies say their place, day and speaker on their heads as those of governments do."""
    block = read_title_block(f"{head}\n各位代表：\n现在报告工作。\n")
    assert block.place
    assert (block.genre, block.place.name, block.date, block.speaker) == (genre, place, date, speaker)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2031年宁海县政府工作报告", 2031),
        ("关于2030年预算执行情况和2031年预算草案的报告", None),  # two years
        ("国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要", None),  # a year far ahead
    ],
)
def test_years_of_titles(title: str, year: int | None) -> None:
    """A title gives the year of delivery only where it names one year, and not as a goal."""
    assert read_title_block(f"{title}\n各位代表：\n").year == year
