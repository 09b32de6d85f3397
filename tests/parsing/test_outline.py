from __future__ import annotations

import pytest

from glossary_api.parsing.outline import read_headings
from glossary_api.text.folding import plain


@pytest.mark.parametrize(
    ("line", "heading", "depth"),
    [
        ("一、2024年工作回顾", "一、2024年工作回顾", 1),
        ("十一、保障措施", "十一、保障措施", 1),
        ("第二部分　今年任务", "第二部分　今年任务", 1),
        ("（一）坚定不移抓工业。实施链主计划。", "（一）坚定不移抓工业", 2),  # its first sentence only
        ("(三)城乡面貌持续改善", "(三)城乡面貌持续改善", 2),
        ("3．完善治理体系。健全机制。", "3．完善治理体系", 3),
        ("2025年工作安排", "2025年工作安排", 1),  # a short line without a stop
        ("　　今年重点工作　", "今年重点工作", 1),  # white space around it is not part of it
        ("过去一年，我们做了以下工作。", None, 0),  # a sentence
        ("各位代表！", None, 0),
        ("各位代表", None, 0),  # the salutation
        ("同志们", None, 0),
        ("主要做了以下工作：", None, 0),  # leads to what follows
        ("——2025年1月5日", None, 0),
        ("附件", None, 0),
        ("12", None, 0),  # a page number
        ("3.5万亩高标准农田建成", "3.5万亩高标准农田建成", 1),  # no numbered heading: 3.5 is a figure
        ("（一）" + "坚定不移抓工业" * 8, None, 0),  # a paragraph that is numbered
        ("坚定不移推动高质量发展走深走实取得更大更新的成效再上台阶", None, 0),  # too long to be a heading by itself
    ],
)
def test_heading(line: str, heading: str | None, depth: int) -> None:
    """A numbered line is a heading up to its first stop; so is a short line without any."""
    text = f"甲乙丙。\n{line}\n丁戊己。\n"
    found = read_headings(text, plain(text), 0, len(text))
    assert [(row.text, row.depth) for row in found] == ([(heading, depth)] if heading else [])
    assert all(text[row.start : row.end] == row.text for row in found)


def test_span() -> None:
    """Headings outside the body are not read."""
    text = "一、甲\n二、乙\n三、丙\n"
    assert [row.text for row in read_headings(text, plain(text), 4, 8)] == ["二、乙"]
