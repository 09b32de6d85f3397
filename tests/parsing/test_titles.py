from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_api.parsing.title import read_title_block

if TYPE_CHECKING:
    from tests.parsing.conftest import Parse, Sample


def field_of(text: str, name: str) -> str:
    """One field of the title block, in the words of the fixture file."""
    block = read_title_block(text)
    values = {
        "title": block.title,
        "place": block.place and block.place.name,
        "level": block.place and block.place.level,
        "year": block.year,
        "date": block.date,
        "meeting": block.meeting,
        "speaker": block.speaker,
    }
    return "null" if values[name] is None else str(values[name])


def test_fields(title_sample: Sample) -> None:
    """Every field that a sample states is read off its title block, and what the text does not give is null."""
    wanted = dict(line.split("\t") for line in title_sample.expected.splitlines())
    assert {name: field_of(title_sample.text, name) for name in wanted} == wanted
    assert wanted, "a sample that states nothing tests nothing"


def test_end(title_sample: Sample) -> None:
    """The body begins at the salutation, if there is one; the title block never reaches beyond it."""
    text = title_sample.text
    salutation = next((text.find(words) for words in ("各位代表", "各位代表") if words in text), len(text))
    assert read_title_block(text).end <= salutation


def test_a_place_with_a_month_in_its_name(parse_text: Parse) -> None:
    """The day before a place whose name has 月 in it is that of the meeting."""
    report = parse_text("政府工作报告\n2025年1月8日在青月县第一届人民代表大会第一次会议上\n各位代表：\n").report
    assert (report.date, report.place) == ("2025-01-08", "青月县")


def test_a_meeting_that_approved_a_report(parse_text: Parse) -> None:
    """The day and the meeting may be those that approved it, with no 在 before the meeting."""
    text = "政府工作报告\n——2031年2月18日青禾县一届人民代表大会第四次会议通过\n各位代表：\n"
    report = parse_text(text).report
    assert (report.date, report.meeting) == ("2031-02-18", "青禾县一届人民代表大会第四次会议")


def test_a_meeting_begins_behind_the_day_that_is_its_own(parse_text: Parse) -> None:
    """A day and a name in the title, as lists of reports print them, are no part of the meeting."""
    text = (
        "青禾县政府工作报告（2031年2月18日 王某某）\n——2031年2月18日青禾县一届人民代表大会第四次会议通过\n各位代表：\n"
    )
    assert parse_text(text).report.meeting == "青禾县一届人民代表大会第四次会议"


def test_radicals_in_a_title(parse_text: Parse) -> None:
    """A title that a program wrote with radicals is told in the characters that they look like."""
    parsed = parse_text("政府⼯作报告\n——2025年1⽉8⽇在青禾县第一届人民代表大会第一次会议上\n各位代表：\n")
    assert (parsed.report.title, parsed.report.date) == ("政府工作报告", "2025-01-08")
