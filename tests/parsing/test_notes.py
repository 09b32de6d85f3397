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
