from __future__ import annotations

import pytest

from glossary_api.errors import NotAReport
from glossary_api.model.things import Document, Report
from glossary_api.parsing.parse import parse, report_id

SPEECH = "各位代表：\n现在，我向大会报告工作，请予审议。\n一、工作回顾\n过去一年，我们迎难而上。\n"


def read(name: str, folder: str = "", text: str = SPEECH, **record: str) -> Report:
    """The report of a document that goes by a name, lies in a folder, and comes from a record."""
    return parse(Document(name, text, "", "text", folder, tuple(sorted(record.items())))).report


@pytest.mark.parametrize(
    ("name", "folder", "place", "level", "year"),
    [
        ("江苏2025.txt", "", "江苏省", "province", 2025),
        ("2019年政府工作报告.txt", "", None, None, 2019),
        ("2012.txt", "海拉尔区", "海拉尔区", "county", 2012),
        ("2012.txt", "内蒙古/海拉尔区", "海拉尔区", "county", 2012),
        ("昆山市2024年政府工作报告（全文）.docx", "", "昆山市", "county", 2024),
        ("2026_内蒙古自治区_政府工作报告.csv", "", "内蒙古自治区", "province", 2026),
        ("2004年国务院政府工作报告.txt", "", "中国", "national", 2004),
        ("2025年中华人民共和国国务院政府工作报告.txt", "", "中国", "national", 2025),
        ("政府工作报告.txt", "江苏省/昆山市", "昆山市", "county", None),
        ("二〇一九年北京政府工作报告.txt", "", "北京市", "province", 2019),
        ("衡南縣2020年政府工作報告.txt", "", "衡南县", "county", 2020),
        ("青禾县政府工作报告2031.txt", "", "青禾县", "county", 2031),
        ("鼓楼区2024.txt", "南京", "鼓楼区", "county", 2024),
        ("鼓楼区2024.txt", "", None, None, 2024),  # several places have this name
        ("朝阳2024.txt", "", None, None, 2024),  # a city and a district
        ("自治区2024.txt", "", None, None, 2024),  # the kind of a place is no place
        ("2021-2025.txt", "", None, None, None),  # two years
        ("20250114153012.txt", "下载", None, None, None),  # a time
        ("report.txt", "reports", None, None, None),
        ("2024.txt", "全国/合作", None, None, 2024),  # ordinary words
        ("昆山2024.txt", "全国", "昆山市", "county", 2024),
        ("终稿.txt", "文件", None, None, None),
    ],
)
def test_names(name: str, folder: str, place: str | None, level: str | None, year: int | None) -> None:
    """A file's name and its folders say place and year where the text is silent, and nothing that they do not say."""
    report = read(name, folder)
    assert (report.place, report.level, report.year) == (place, level, year)
    guessed = dict(report.guessed)
    assert {field: guessed.get(field) for field in ("place", "year")} == {
        "place": "name" if place else None,
        "year": "name" if year else None,
    }


def test_the_text_goes_first() -> None:
    """What the text says is neither overruled nor marked, whatever name, folder and record say."""
    text = "政府工作报告\n2031年1月8日在宁海县第十八届人民代表大会第四次会议上\n县长　周云帆\n" + SPEECH
    report = read("江苏2025_李明.txt", "海拉尔区", text, place="安徽省", year="2003", speaker="王平")
    assert (report.place, report.year, report.date, report.speaker) == ("宁海县", 2031, "2031-01-08", "周云帆")
    assert report.guessed == ()


@pytest.mark.parametrize(
    ("name", "speaker"),
    [
        ("2031年政府工作报告_周云帆.txt", "周云帆"),
        ("2031年政府工作报告_全文.txt", None),
        ("2031年政府工作报告_高清版.txt", None),
        ("2031年政府工作报告_宁海.txt", None),
        ("周云帆.txt", None),  # nothing says that this is a report's
    ],
)
def test_speakers_in_names(name: str, speaker: str | None) -> None:
    """A person's name beside the title in a file's name is the speaker."""
    assert read(name).speaker == speaker


def test_meetings_and_days_in_names() -> None:
    """A name may say the meeting and the day, and who reported at the meeting is no part of it."""
    report = read("宁海县第十八届人民代表大会第四次会议政府工作报告 2031-01-08.txt")
    assert (report.meeting, report.date, report.year) == ("宁海县第十八届人民代表大会第四次会议", "2031-01-08", 2031)
    report = read("江平县长在宁海县第十八届人民代表大会第四次会议上的政府工作报告.txt")
    assert report.meeting == "宁海县第十八届人民代表大会第四次会议"


def test_records() -> None:
    """What a record says beside its text stands before what its file's name says."""
    report = read("all.jsonl#3", "江苏2025", title="2031年云南省政府工作报告", published="2032-01-01")
    assert (report.title, report.place, report.year) == ("2031年云南省政府工作报告", "云南省", 2031)
    assert dict(report.guessed)["place"] == "record"


@pytest.mark.parametrize(
    ("name", "title", "text"),
    [
        ("关于政府工作报告的决议.txt", "", SPEECH),
        ("1.txt", "第十届人民代表大会第二次会议关于政府工作报告的决议", SPEECH),
        ("1.txt", "", "关于政府工作报告的决议\n（2031年1月9日通过）\n会议批准政府工作报告。\n"),
        ("1.txt", "", "某县第十届人民代表大会第二次会议听取和审议了县长所作的政府工作报告。会议决定批准这个报告。\n"),
    ],
)
def test_resolutions(name: str, title: str, text: str) -> None:
    """A resolution about a report is none: by its name, its record, its title or its first words."""
    with pytest.raises(NotAReport, match="resolution"):
        read(name, "", text, **({"title": title} if title else {}))


@pytest.mark.parametrize(
    ("name", "folder", "id_"),
    [
        ("kunshan-2024.txt", "reports", "kunshan-2024"),
        ("2012.txt", "内蒙古/海拉尔区", "海拉尔区-2012"),
        ("2012.txt", "", "2012"),
        ("all.jsonl#12", "", "all-12"),
        ("2011年报告).txt", "", "2011年报告"),
    ],
)
def test_ids(name: str, folder: str, id_: str) -> None:
    """An id comes from the file's name, the number of the record, and the folder where the name is only a number."""
    assert report_id(name, folder) == id_
