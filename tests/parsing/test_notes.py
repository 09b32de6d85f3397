from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_api.model.things import EntryTerm

if TYPE_CHECKING:
    from tests.parsing.conftest import Parse, Sample

APPENDIX = "政府工作报告\n各位代表：\n现在，我代表市人民政府作报告。\n名词解释\n"


def terms_of(note: str, parse_text: Parse) -> list[EntryTerm]:
    """The terms of a report whose appendix is this one note."""
    return [term for entry in parse_text(f"{APPENDIX}1.{note}").entries for term in entry.terms]


def test_names(note_sample: Sample, parse_text: Parse) -> None:
    """A note explains exactly the terms that a reader finds in its head."""
    expected = [line.split("\t")[0] for line in note_sample.expected.splitlines()]
    assert [term.name for term in terms_of(note_sample.text, parse_text)] == expected


def test_members_and_verdicts(note_sample: Sample, parse_text: Parse) -> None:
    """The members are, item for item, a list that a reader would make, and the verdict is his."""
    terms = terms_of(note_sample.text, parse_text)
    for term, line in zip(terms, note_sample.expected.splitlines(), strict=True):
        _, verdict, *lists = line.split("\t")
        assert ("|".join(member.text for member in term.members) or "-") in lists
        assert term.count_check.status in verdict.split(" or ")


def test_remarks_on_figures(parse_text: Parse) -> None:
    """What is said below a table of how its figures were counted explains no words; what explains words does."""
    report = "政府工作报告\n各位代表：\n地区生产总值增长5%。\n"
    remarks = ("绝对数按当年价格计算", "上年数据为快报数", "按同口径计算")
    lists = (
        "".join(f"{n}.指标{n}：{said}。\n" for n, said in enumerate(one, 1))
        for one in (remarks, ("甲和乙", "丙和丁", "戊和己"))
    )
    assert [len(parse_text(f"{report}注：\n{notes}").entries) for notes in lists] == [0, 3]


def test_headings_that_go_on_behind_notes(parse_text: Parse) -> None:
    """A heading with the number after one of the text is no part of the note before it; an item of its list is."""
    report = "政府工作报告\n各位代表：\n（一）办好“两清”①，再办“三办”②。\n①两清：清河、清路。\n"
    report += "②三办：办学、办医、办厂。\n"
    found = parse_text(report + "（二）推进各项工作。\n谢谢大家！\n").entries
    assert [entry.terms[0].definition.text for entry in found] == ["清河、清路", "办学、办医、办厂"]
    listed = report.replace("办学、", "（一）办学、")
    (_, note) = parse_text(listed + "（二）办好各项工作。\n").entries
    assert note.terms[0].definition.text.endswith("（二）办好各项工作")


def test_addresses_are_no_notes(parse_text: Parse) -> None:
    """What a link leads to is explained by nothing."""
    report = "政府工作报告\n各位代表：\n推进“三送”[1]，办好“两清”[2]。\n"
    links = "".join(f"[{n}]: https://www.example.cn/{n}.html “专题{n}，三项任务”\n" for n in (1, 2))
    assert [term for entry in parse_text(report + links).entries for term in entry.terms] == []
