"""One report in every kind of file: the same paragraphs, and so the same entries and terms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from glossary_api.reading.read import read_bytes
from tests.makers import docx_of, needs_libreoffice, ofd_of, office_files, workbook_of, zip_of

SEED = sorted((Path(__file__).parents[2] / "seed" / "reports").glob("*.txt"))
NAMES = [
    *(
        "三清一改",
        "5G+工业互联网",
        "四个到户",
        "12345热线",
        "1+22+3",
        "五小共治",
        "4A级景区",
        "3D打印",
        "2+4",
        "110联动",
    ),
    *("六个一批", "8小时之外", "20条", "数据得地"),
]
HEAD = [
    "政府工作报告",
    "——2025年1月8日在青禾县第十八届人民代表大会第四次会议上",
    "青禾县人民政府县长 林致远",
    "各位代表：",
    "现在，我代表青禾县人民政府，向大会报告工作，请予审议。",
    "一、2024年工作回顾",
    f"我们推进{'、'.join(f'“{name}”' for name in NAMES)}，方便群众办事。",
    "名词解释",
]
ROWS = [(f"{number}", name, f"是指由部门{number}组织开展的一项工作。") for number, name in enumerate(NAMES, 1)]
GLOSSARY = [*HEAD, *(f"{number}．{name}：{text}" for number, name, text in ROWS)]


def seed_lines(path: Path) -> list[str]:
    """The lines of a report without empty ones and with single spaces, as every kind of file keeps them."""
    return [" ".join(line.split()) for line in path.read_text("utf-8").split("\n") if line.strip()]


def bare(text: str) -> list[str]:
    """The lines of a text without white space, and without empty ones: what the parser is given but for layout."""
    return [line for line in ("".join(line.split()) for line in text.split("\n")) if line]


TEXTS = {**{path.stem: seed_lines(path) for path in SEED}, "fourteen": GLOSSARY}


EXPECTED = {name: bare("\n".join(lines)) for name, lines in TEXTS.items()}


@needs_libreoffice
@pytest.mark.parametrize(
    ("suffix", "filter_"), [("doc", "MS Word 97"), ("rtf", "Rich Text Format"), ("odt", "writer8")]
)
def test_word_processors(suffix: str, filter_: str, tmp_path: Path) -> None:
    """The seed and a glossary say as .doc, .rtf and .odt what they say as plain text, and a table stays one."""
    twin = docx_of(HEAD, ROWS)
    *made, table = office_files([*map(docx_of, TEXTS.values()), twin], suffix, filter_, tmp_path)
    assert read_bytes(table, "t").text.strip() == read_bytes(twin, "t").text.strip()
    for name, data in zip(TEXTS, made, strict=True):
        document = read_bytes(data, name)
        assert (document.format, bare(document.text)) == (suffix, EXPECTED[name])


@pytest.mark.parametrize("name", TEXTS)
def test_ofd(name: str) -> None:
    """A report that is set in lines on the pages of an OFD file says what it says as plain text."""
    data = ofd_of(TEXTS[name], running="青禾县人民政府文件")
    document = read_bytes(data, name)
    assert (document.format, bare(document.text)) == ("ofd", EXPECTED[name])


@pytest.mark.parametrize("name", TEXTS)
def test_data_sets_and_archives(name: str) -> None:
    """A report says in a workbook, in JSON Lines and in an archive what it says as plain text."""
    text = "\n".join(TEXTS[name])
    twins = {
        "xlsx": workbook_of({"报告": [["地区", "年份", "正文"], ["青禾县", 2025, text]]}),
        "paragraphs.xlsx": workbook_of({"Sheet1": [[line] for line in TEXTS[name]]}),
        "jsonl": json.dumps({"text": text, "year": 2025}, ensure_ascii=False).encode(),
        "zip": zip_of({"2025/报告.txt": text}),
    }
    for kind, data in twins.items():
        assert bare(read_bytes(data, f"r.{kind}").text) == EXPECTED[name], kind


def test_glossary_in_a_sheet_of_its_own() -> None:
    """A sheet of terms and explanations beside the one report of a workbook is its glossary."""
    rows = [("名词", "解释"), *((name, text) for _, name, text in ROWS)]
    data = workbook_of({"报告": [["地区", "正文"], ["青禾县", "\n".join(HEAD[:-1])]], "名词解释": rows})
    assert read_bytes(data, "r.xlsx").text.split("\n")[-15:] == [f"{a}\t{b}" for a, b in rows]
