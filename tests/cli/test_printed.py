"""What commands print for people who do not ask for JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossary_api.cli.main import main

REPORT = """甲县2025年政府工作报告
——2025年1月8日在甲县第三届人民代表大会第四次会议上
县长 王一
各位代表：
坚守“六个不发生”①底线，推行“七网三环”②。
名词解释
①六个不发生：指不发生事件、不发生事故、不发生案件。
②七网三环：指路网、水网和内环、外环。
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A report of a county with two notes, one of which says fewer things than its name counts."""
    path = tmp_path / "draft.txt"
    path.write_text(REPORT, "utf-8")
    return path


def printed(*words: object, code: int = 0) -> str:
    """What a command prints."""
    ran = CliRunner().invoke(main, ["--language", "en", *map(str, words)])
    assert ran.exit_code == code, ran.output
    return ran.output


def test_inspect_tells_what_a_report_is_and_says(draft: Path) -> None:
    """Title block, notes with their counts, slogans by kind, the number of marks and what is doubtful are printed."""
    told = dict(line.split(None, 1) for line in printed("inspect", draft).splitlines())
    assert (told["year"], told["date"], told["speaker"], told["place"]) == ("2025", "2025-01-08", "王一", "not given")
    assert told["appendix"] == "2 entries, layout circled"
    miscount = "the name counts 6, the definition lists 3"
    assert told["①"] == f"六个不发生: 不发生事件、不发生事故、不发生案件  [fail: {miscount}]"
    assert told["②"].startswith("七网三环: 路网、水网和内环、外环  [n/a: ")
    assert (told["numeral"], told["marks"]) == ("2 slogans: 六个不发生、七网三环", "2")
    assert told["question"] == f"六个不发生: {miscount}"


def test_inspect_tells_each_record_of_a_file(tmp_path: Path) -> None:
    """Records of a data set are told one after another; one that is no report is named on standard error."""
    path = tmp_path / "both.jsonl"
    texts = {"义乌市": "各位代表：推行“三减”。", "昆山市": "各位代表：推行“四优”。", "太仓市": "今日无事。"}
    records = [
        {"title": f"{place}2025年" + "政府工作报告" * (text[0] == "各"), "content": 30 * text}
        for place, text in texts.items()
    ]
    path.write_text("\n".join(json.dumps(one) for one in records), "utf-8")
    ran = CliRunner().invoke(main, ["--language", "en", "inspect", str(path)])
    told = ran.stdout.split("\n\n")
    assert [("义乌市" in one, "三减" in one) for one in told] == [(True, True), (False, False)]
    assert (ran.exit_code, ran.stderr.count("\n"), "both.jsonl#3: " in ran.stderr) == (0, 1, True)


def test_new_counts_and_explains_what_is_new(draft: Path, edition_path: Path) -> None:
    """Each new slogan stands in a line of its own, with the explanation that the report gives."""
    lines = printed("new", draft, "--edition", edition_path).split("\n")
    assert [line.strip() for line in lines] == ["1 new slogan", "numeral  七网三环: 路网、水网和内环、外环", ""]


def test_lookup_of_a_candidate_says_why_it_is_one(draft: Path, tmp_path: Path) -> None:
    """A name that is only a candidate is shown as such, with its reason, and so are places where it is used."""
    draft.write_text(REPORT.replace("推行", "打造“沃土”，推行"), "utf-8")
    printed("harvest", draft, "-o", tmp_path / "glossary.db")
    said = printed("lookup", "沃土", "--edition", tmp_path / "glossary.db")
    assert ("candidate" in said.splitlines()[0], "draft-2025 (1)" in said or "draft (1)" in said) == (True, True)


def test_evaluate_names_what_is_missed_and_what_is_too_much(draft: Path) -> None:
    """Of each subject that is stated it prints precision and recall, and every difference."""
    gold = draft.with_suffix(".json")
    expected = {"report": {"speaker": "李二"}, "usages": {"七网三环": 1}}
    gold.write_text(json.dumps(expected), "utf-8")
    assert printed("evaluate", gold, "--reports", draft.parent).splitlines() == [
        "report       precision 0.000  recall 0.000  (0 of 1)",
        "  missed  draft | speaker | 李二",
        "  surplus draft | speaker | 王一",
        "usages       precision 1.000  recall 1.000  (1 of 1)",
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("draft.json", "[]", "its top level must be an object"),
        ("draft.json", "{", "draft.json"),
        ("other.json", "{}", "other"),
        ("none", None, "none"),
    ],
)
def test_evaluate_refuses_what_is_no_expectation(draft: Path, name: str, content: str | None, said: str) -> None:
    """An expectation that cannot be read, is none, or has no report, is named in one line."""
    gold = draft.with_name(name)
    if content is None:
        gold.mkdir()
    else:
        gold.write_text(content, "utf-8")
    ran = printed("evaluate", gold, "--reports", draft.parent, code=1)
    assert ran.count("\n") == 1
    assert said in ran
