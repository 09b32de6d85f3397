"""What belongs together is one report, and what does not stays apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossary_api.harvesting.harvest import harvest
from glossary_api.harvesting.taking import Taken
from glossary_api.harvesting.together import Portion, Whole
from glossary_api.model.things import Document, Harvest

HEAD = """政府工作报告
——2031年1月9日在德清县第十二届人民代表大会第三次会议上
德清县人民政府县长 周明
各位代表：
现在，我代表县人民政府，向大会报告工作，请予审议。
"""
BODY = "一、过去一年工作回顾\n我们推进“四改一拆”，落实“五送下乡”，群众满意度进一步提高。\n"
REST = "二、今年重点工作\n继续抓好“四改一拆”，让“五送下乡”成为常态。\n谢谢大家！\n"
NOTES = """名词解释
1.四改一拆：改厨、改厕、改水、改电，拆除旧房。
2.五送下乡：送戏、送书、送药、送技术、送岗位下乡。
"""
PAGE = '<html><body><div class="article"><h1>{title}</h1>{paragraphs}</div></body></html>'
TITLE = "2031年德清县政府工作报告"


def page(text: str, title: str = TITLE) -> str:
    """A web page with a paragraph for each line of a text."""
    return PAGE.format(title=title, paragraphs="".join(f"<p>　　{line}</p>" for line in text.splitlines()))


def harvested(folder: Path, files: dict[str, str]) -> Harvest:
    """A harvest of a folder with these files."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return harvest([folder])


def outcomes(found: Harvest) -> dict[str, str]:
    """What became of each file: the outcome and, for a part, whose."""
    return {file.name: f"{file.outcome} {file.part_of}".strip() for file in found.files}


@pytest.mark.parametrize(
    "names",
    [
        ("t_1.html", "t_2.html", "t_3.html"),
        ("content.html", "content_2.html", "content_3.html"),
        ("content.html", "content_1.html", "content_2.html"),
        ("t_7.html", "t_7_2.html", "t_7_3.html"),
        ("show-1.html", "show-2.html", "show-3.html"),
        ("show.html?id=7&page=1", "show.html?id=7&page=2", "show.html?id=7&page=3"),
        ("show.html?id=7", "show.html?id=7&page=2", "show.html?page=3&id=7"),
        ("报告（上）.html", "报告（中）.html", "报告（下）.html"),
        ("报告(一).html", "报告(二).html", "报告(三).html"),
        ("报告第1页.html", "报告第2页.html", "报告第3页.html"),
    ],
)
def test_pages_of_one_report(tmp_path: Path, names: tuple[str, str, str]) -> None:
    """Pages that differ in a number become one report, in the order of the numbers, whose spans hold in one text."""
    texts = map(page, (HEAD + BODY, REST, NOTES))
    found = harvested(tmp_path, dict(zip(names, texts, strict=True)))
    (parsed,) = found.reports
    assert outcomes(found) == {names[0]: "report", names[1]: f"part {names[0]}", names[2]: f"part {names[0]}"}
    assert [term.name for entry in parsed.entries for term in entry.terms] == ["四改一拆", "五送下乡"]
    assert parsed.report.text.count(TITLE) == 1
    for entry in parsed.entries:
        one = entry.terms[0].definition
        assert parsed.report.text[one.start : one.end] == one.text
    assert sorted(sum(out.characters for out in file.left_out) for file in found.files) == [0, len(TITLE), len(TITLE)]


def test_halves_in_text_files(tmp_path: Path) -> None:
    """Halves （上） and （下） are one report; a sentence that goes over from one to the other is not cut."""
    found = harvested(
        tmp_path, {"报告（上）.txt": HEAD + "我们新建学校，", "报告（下）.txt": "改建医院。\n" + REST + NOTES}
    )
    (parsed,) = found.reports
    assert "我们新建学校，改建医院。" in parsed.report.text


def test_what_ocr_read_stays_marked() -> None:
    """Where pages are joined each span that OCR read is the same text as before."""
    first, second = HEAD + BODY, TITLE + "\n" + NOTES
    files = {"a.pdf": (f"{TITLE}\n{first}", (0, 5)), "b.pdf": (second, (0, len(second)))}
    taken = [Taken(Document(name, text, name, "pdf", ocr=(span,))) for name, (text, span) in files.items()]
    pieces = [Portion(Path(one.document.name), "", one.document, 0, taken, at) for at, one in enumerate(taken)]
    whole = Whole(tuple(pieces)).document
    assert [whole.text[start:end].strip() for start, end in whole.ocr] == [TITLE[:5], NOTES.strip()]


@pytest.mark.parametrize(
    "files",
    [
        {"德清_1.txt": HEAD + BODY, "德清_2.txt": HEAD.replace("2031", "2032") + REST},
        {"德清.txt": HEAD + BODY, "德清(1).txt": HEAD.replace("2031", "2032") + REST},
        {"德清2030.txt": HEAD.replace("2031", "2030") + BODY, "德清2031.txt": HEAD + REST},
        {"show?id=7&page=1": HEAD + BODY, "show?id=8&page=2": HEAD.replace("2031", "2032") + REST},
        {"a/1_1.txt": HEAD + BODY, "b/1_2.txt": HEAD.replace("2031", "2032") + REST},
    ],
)
def test_two_reports_stay_two(tmp_path: Path, files: dict[str, str]) -> None:
    """Files that both begin a report are two, whatever their numbers."""
    assert set(outcomes(harvested(tmp_path, files)).values()) == {"report"}


def test_a_page_that_is_not_there_is_a_doubt(tmp_path: Path) -> None:
    """Pages with one head are joined though one is missing, and the report says so."""
    found = harvested(tmp_path, {"t_1.html": page(HEAD + BODY), "t_3.html": page(NOTES)})
    assert outcomes(found) == {"t_1.html": "report", "t_3.html": "part t_1.html"}
    assert "page 2 is not there" in map(str, found.files[0].doubts)


@pytest.mark.parametrize("name", ["附件2：名词解释.txt", "附件/名词解释.txt", "2031年德清县政府工作报告名词注释.txt"])
def test_a_glossary_in_a_file_of_its_own(tmp_path: Path, name: str) -> None:
    """A glossary beside the one report that has its names belongs to it, in the same folder or in one below."""
    found = harvested(tmp_path, {"政府工作报告.txt": HEAD + BODY + REST, name: "附件2\n《政府工作报告》" + NOTES})
    (parsed,) = found.reports
    assert outcomes(found) == {"政府工作报告.txt": "report", name: "part 政府工作报告.txt"}
    assert (parsed.report.place, parsed.report.year, len(parsed.entries)) == ("德清县", 2031, 2)
    assert [len(term.senses) for term in found.terms if term.name == "四改一拆"] == [1]


def test_a_glossary_of_two_reports_is_a_doubt(tmp_path: Path) -> None:
    """A glossary that may belong to two reports belongs to none, and says to which it may."""
    other = HEAD.replace("2031", "2032") + BODY + REST.replace("常态", "习惯")
    found = harvested(tmp_path, {"甲.txt": HEAD + BODY + REST, "乙.txt": other, "名词解释.txt": NOTES})
    (notes,) = (file for file in found.files if file.name == "名词解释.txt")
    assert notes.outcome == "report"
    assert any("it may belong to 乙.txt, 甲.txt" in str(doubt) for doubt in notes.doubts)


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("名词解释.txt", "名词解释\n1.六个统一：统一标准、统一时间。\n2.三本台账：问题台账、整改台账、销号台账。\n"),
        ("2030年名词解释.txt", NOTES),
    ],
)
def test_a_glossary_of_another_report(tmp_path: Path, name: str, notes: str) -> None:
    """A glossary whose names the report does not have, or of another year, stays apart and is doubted."""
    found = harvested(tmp_path, {"政府工作报告.txt": HEAD + BODY + REST, name: notes})
    assert outcomes(found) == {"政府工作报告.txt": "report", name: "report"}
    assert any("glossary without a report" in str(doubt) for file in found.files for doubt in file.doubts)


def test_notes_that_only_their_file_calls_so(tmp_path: Path) -> None:
    """Notes in a file called 名词解释 belong to the report beside it, though no line of them says what they are."""
    _, _, notes = NOTES.partition("\n")
    found = harvested(tmp_path, {"2031年德清县政府工作报告.txt": HEAD + BODY + REST, "名词解释.txt": notes})
    assert outcomes(found)["名词解释.txt"] == "part 2031年德清县政府工作报告.txt"
    assert [entry.head for entry in found.reports[0].entries] == ["四改一拆", "五送下乡"]


def test_what_a_page_hides_is_a_doubt(tmp_path: Path) -> None:
    """A report whose page hides as much as a glossary, and does not call it one, says so."""
    hidden = f'<div style="display:none">{NOTES.partition(chr(10))[2] * 3}</div>'
    found = harvested(tmp_path, {"t.html": page(HEAD + BODY).replace("</body>", f"{hidden}</body>")})
    assert any("what it hides was not read" in str(doubt) for doubt in found.files[0].doubts)
