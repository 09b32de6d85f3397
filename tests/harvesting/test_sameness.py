from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from glossary_api.harvesting.harvest import harvest
from glossary_api.harvesting.sameness import copies, differences, sampled
from glossary_api.model.things import Document, ParsedReport
from glossary_api.model.words import COPY
from glossary_api.parsing.parse import parse

HEAD = "政府工作报告\n{year}年1月8日在{place}第十八届人民代表大会第四次会议上\n县长　周云帆\n各位代表：\n"


def words(seed: int, count: int = 1500) -> str:
    """A text without a repeated passage, its own for each seed."""
    chance = random.Random(seed)
    return "".join("，" if n % 12 == 11 else chr(chance.randrange(0x4E00, 0x9000)) for n in range(count))


def report(name: str, body: str, year: int = 2031, place: str = "宁海县", head: str = HEAD) -> ParsedReport:
    """A report that delivers a text."""
    return parse(Document(f"{name}.txt", head.format(year=year, place=place) + body, name, "text"))


def kept(reports: Sequence[ParsedReport]) -> list[tuple[str, str]]:
    """The ids of copies, each with that of the report that is kept."""
    return [(copy.report.id, copy.kept.id) for copy in copies(map(sampled, reports))]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (report("b", words(1).replace("，", "\n　　")), True),  # cut into other lines
        (report("b", words(1) + words(2, 60)), True),  # with a footer
        (report("b", words(1), head="各位代表：\n"), True),  # without its title block
        (report("b", words(2)), False),  # another text
        (report("b", words(1)[:750] + words(2, 750)), False),  # half of it
        (report("b", words(1), year=2032), False),  # of another year
        (report("b", words(1), place="德清县"), False),  # of another place
    ],
)
def test_copies(other: ParsedReport, same: bool) -> None:
    """A report of the same place and year whose passages nearly all stand in another one is a copy, and no other is."""
    assert bool(kept([report("a", words(1)), other])) is same
    assert bool(kept([other, report("a", words(1))])) is same


def test_the_fullest_is_kept() -> None:
    """The one that says most of itself stays, however many copies there are and whichever comes first."""
    full, bare = report("z", words(1)), report("a", words(1), head="各位代表：\n")
    again = report("b", words(1) + "谢谢大家。", head="各位代表：\n")
    for order in ([full, bare, again], [again, bare, full]):
        assert sorted(kept(order)) == [("a", "z"), ("b", "z")]


@pytest.mark.parametrize(
    ("head", "tail", "same"),
    [
        (HEAD, "谢谢。", True),
        (HEAD, words(3, 40), False),
        ("各位代表：\n", "谢谢。", False),
        ("各位代表：\n", "", True),
    ],
)
def test_short_texts(head: str, tail: str, same: bool) -> None:
    """Of a short text most is formula: it is the same as one of its place and day, or as one as long."""
    reports = [report("a", words(1, 200), head=head), report("b", words(1, 200) + tail, head=head)]
    assert bool(kept(reports)) is same


def test_a_harvest_counts_a_report_once(tmp_path: Path) -> None:
    """A copy in another file, or in a record, is no second report: a line says of which one it is a copy."""
    text = HEAD.format(year=2031, place="宁海县") + words(1)
    tmp_path.joinpath("a.txt").write_text(text, "utf-8")
    tmp_path.joinpath("all.tsv").write_text(
        "place\tyear\ttext\n宁海县\t2031\t" + words(1) + "各位代表\n宁海县\t2032\t" + words(2) + "各位代表\n", "utf-8"
    )
    harvested = harvest([tmp_path])
    assert [parsed.report.id for parsed in harvested.reports] == ["a", "all-2"]
    assert harvested.failures == ()
    (copy,) = (file for file in harvested.files if file.outcome == COPY)
    assert (copy.name, copy.report, str(copy.reason)) == ("all.tsv#1", "a", "99% of its text")
    assert copy.different == len(copy.differences) > 0


def test_differences_are_those_of_words() -> None:
    """Two texts differ where their sentences have other words, not where lines, blanks or punctuation differ."""
    kept = "各位代表：\n我们建成学校三所。农业稳定。\n工业增长。大家辛苦了。"
    other = "各位代表：我们建成\n学校五所。农业，稳定。工业增长。谢谢！大家辛苦了。"
    found, number = differences(kept, other)
    assert number == len(found) == 2
    assert [(one.text, one.other) for one in found] == [
        ("各位代表：\n我们建成学校三所。", "各位代表：我们建成\n学校五所。"),
        ("", "谢谢！"),
    ]
    assert [kept[one.start : one.end].strip() for one in found] == [one.text for one in found]


def test_differences_are_capped() -> None:
    """Of many differences the first are kept, and all are counted; a long passage is cut."""
    kept = "".join(f"第{n}项增长{n}。全年完成{n}户。" for n in range(100))
    found, number = differences(kept, kept.replace("增长", "下降") + "长" * 1000)
    assert (len(found), number) == (30, 101)
    assert all(len(one.text) <= 300 and len(one.other) <= 300 for one in found)


def test_a_share_is_never_rounded_up(tmp_path: Path) -> None:
    """What is not the whole text of a report is not called 100 % of it."""
    head, body = HEAD.format(year=2031, place="宁海县"), words(1, 6000)
    (tmp_path / "a.txt").write_text(head + body, "utf-8")
    (tmp_path / "b.txt").write_text(head + body[:3000] + "改" + body[3001:], "utf-8")
    assert [str(file.reason) for file in harvest([tmp_path]).files if file.outcome == COPY] == ["99% of its text"]
