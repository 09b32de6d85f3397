from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from glossary_api.api.routes import lint
from glossary_api.harvesting.harvest import inspect, seed_reports
from glossary_api.model.words import FOUND_IN_REPORTS
from glossary_api.queries.finding_kinds import OF_A_DRAFT
from glossary_api.settings import Settings
from glossary_api.site.app import create_app

SIX = "不发生事件、不发生事故、不发生案件、不发生舆情、不发生灾害、不发生疫情"
DRAFTS = {
    "undefined": ("抓好“七个一”工程。", "undefined-slogan", "question", "七个一", None),
    "undefined, no numeral": ("打响“老字号”品牌。", "undefined-slogan", "info", "老字号", None),
    "defined elsewhere": ("坚守“六个不发生”底线。", "undefined-slogan", "question", "六个不发生", "yunxi-2024"),
    "count mismatch": ("名词解释\n1．“三名工程”：名师、名校。", "count-mismatch", "question", "名师、名校", None),
    "orphan mark": ("推行“数据得地”③。\n名词解释\n①“数据得地”：指甲。", "orphan-mark", "error", "③", None),
    "marks without notes": ("推行“数据得地”③。", "marks-without-notes", "question", "③", None),
    "unreferenced entry": (
        "推行“数据得地”①。\n名词解释\n①“数据得地”：指甲。\n②“乙”：指丙丁。",
        "unreferenced-entry",
        "info",
        "②“乙”：指丙丁。",
        None,
    ),
    "lone quotation mark": ("推行“数据得地。", "lone-quotation-mark", "error", "“", None),
    "contradiction": (
        f"名词解释\n1．“六个不发生”：{SIX.replace('疫情', '逃费')}。",
        "contradicting-definition",
        "question",
        SIX.replace("疫情", "逃费"),
        "yunxi-2024",
    ),
    "note within another": (
        "落实“甲乙”和“丙丁”。\n名词解释\n1．“甲乙”：指戊己。3．“丙丁”：指庚辛。",
        "reading-in-doubt",
        "question",
        "1．“甲乙”：指戊己。3．“丙丁”：指庚辛。",
        None,
    ),
}
"""Draft, kind and severity of a finding in it, the words it points at, the report whose definition it names."""
SIGNS = st.text(
    '“”‘’「」"①②③[]［］（）：，、。；1２一二三两四个不发生名词解释附件指是即+ \n\t\u3000\u200b😀a', max_size=80
)

HAN = re.compile("[\u4e00-\u9fff]")


def linted(ask: Any, text: str, **more: str) -> Any:
    """The answer to a draft."""
    answer = ask("/lint", "POST", json={"text": text, **more})
    assert answer.status_code == 200, answer.text
    return json.loads(answer.data)


def of_kind(answer: Any, kind: str) -> list[Any]:
    """The findings of one kind."""
    return [finding for finding in answer["findings"] if finding["kind"] == kind]


@pytest.mark.parametrize(("text", "kind", "severity", "words", "report"), DRAFTS.values(), ids=DRAFTS)
def test_every_kind_is_found(ask: Any, text: str, kind: str, severity: str, words: str, report: str | None) -> None:
    """A finding has its kind and severity, points at the words it is about, and names the other report."""
    finding = next(found for found in of_kind(linted(ask, text, place="云溪市"), kind) if found["text"] == words)
    assert finding["severity"] == severity
    assert text[finding["start"] : finding["end"]] == words
    assert (finding["source"] or {}).get("report") == report
    assert (finding["definition"] is None) == (report is None)
    assert finding["message"]


def test_the_kinds_are_all_tested() -> None:
    """Each kind that a review of a draft can have has a draft above or below; only a scan has pages that are bare."""
    assert set(OF_A_DRAFT) == {kind for _, kind, *_ in DRAFTS.values()} | {
        "entry-not-understood",
        "bare-pages",
        "glossary-not-understood",
    }


def test_an_entry_without_definition(ask: Any) -> None:
    """A note that explains nothing is found."""
    answer = linted(ask, "名词解释\n1．“甲乙”：指丙丁戊。\n2．“己庚”\n3．“辛壬”：指癸子丑。")
    (finding,) = of_kind(answer, "entry-not-understood")
    assert (finding["severity"], finding["text"]) == ("question", "2．“己庚”")


def test_the_other_source_leads_to_its_words(ask: Any, edition: Any) -> None:
    """The definition of another report stands word for word in the span of its source."""
    (finding,) = of_kind(linted(ask, DRAFTS["defined elsewhere"][0]), "undefined-slogan")
    source = finding["source"]
    assert edition.report_text(source["report"])[source["start"] : source["end"]] == finding["definition"]
    assert finding["term"]["name"] == "六个不发生"


# What is undefined


@pytest.mark.parametrize(
    "text",
    [
        "坚守“六个不发生”底线。\n名词解释\n1．“六个不发生”：指甲、乙、丙、丁、戊、己。",
        "抓好“六化”。\n名词解释\n1．安全生产“六化”：指甲、乙、丙、丁、戊、己。",
        "严守6個不發生，抓好“六个不发生”。\n名词解释\n1．“六个不发生”：指甲、乙、丙、丁、戊、己。",
        "山边、水边、路边“三边”整治到位。",
    ],
)
def test_what_the_draft_explains_is_not_undefined(ask: Any, text: str) -> None:
    """A note explains every spelling of its name and the quoted core of it; so does an expansion in the text."""
    assert of_kind(linted(ask, text), "undefined-slogan") == []


def test_a_slogan_is_undefined_once(ask: Any) -> None:
    """However often and in whatever spelling a slogan is used, it is found undefined where it first stands."""
    text = "抓好“七个一”。再抓“7个一”，还抓「七個一」。"
    (finding,) = of_kind(linted(ask, text), "undefined-slogan")
    assert finding["start"] == text.index("七个一")


def test_what_stands_unquoted_is_undefined_too(ask: Any) -> None:
    """A term that other reports explain is found where the draft uses it unquoted; one that none explains is not."""
    text = "严守6個不發生，编制十四五规划。"
    (finding,) = of_kind(linted(ask, text), "undefined-slogan")
    assert (finding["text"], finding["source"]["report"]) == ("6個不發生", "yunxi-2024")
    explained = f"{text}\n名词解释\n1．“六个不发生”：{SIX}。"
    assert of_kind(linted(ask, explained), "undefined-slogan") == []


def test_meanings_of_elsewhere_are_not_taken(ask: Any) -> None:
    """Where reports of other places mean different things by a name, the finding names none of them."""
    (finding,) = of_kind(linted(ask, "推行“135”工作体系。", place="鞍山市"), "undefined-slogan")
    assert (finding["source"], finding["ambiguous"]) == (None, False)
    assert finding["message"].endswith("what other reports mean by it need not hold here")
    (finding,) = of_kind(linted(ask, "推行“135”工作体系。", place="云溪市"), "undefined-slogan")
    assert not finding["ambiguous"]
    assert (finding["label"], finding["source"]["report"]) == ("same-place", "yunxi-2024")


# What contradicts


@pytest.mark.parametrize(
    "definition",
    [
        SIX,
        "、".join(reversed(SIX.split("、"))),
        SIX.replace("不发生事件", "不发生重大事件").replace("重大事件", "事件发生"),
    ],
    ids=["the same", "in another order", "a member told at greater length"],
)
def test_the_same_members_do_not_contradict(ask: Any, definition: str) -> None:
    """A definition with the same members is no contradiction, whatever their order and however long each is."""
    text = f"名词解释\n1．“六个不发生”：{definition}。"
    assert of_kind(linted(ask, text, place="云溪市"), "contradicting-definition") == []


def test_another_number_of_members_contradicts(ask: Any) -> None:
    """A definition that lists fewer things than its place's other report does contradicts it."""
    text = f"名词解释\n1．“六个不发生”：{SIX.rpartition('、')[0]}。"
    (finding,) = of_kind(linted(ask, text, place="云溪市"), "contradicting-definition")
    assert "不发生疫情" in finding["message"]


@pytest.mark.parametrize("place", ["临江区", "虎丘区", None])
def test_other_places_may_mean_other_things(ask: Any, place: str | None) -> None:
    """Only reports of the draft's own place are contradicted; without a place none are."""
    text = f"名词解释\n1．“六个不发生”：{SIX.replace('疫情', '逃费')}。"
    assert of_kind(linted(ask, text, **({"place": place} if place else {})), "contradicting-definition") == []


@pytest.mark.parametrize("path", seed_reports(), ids=lambda path: path.stem)
def test_a_report_does_not_contradict_itself(seed_path: Path, path: Path) -> None:
    """Linting a report of the edition finds what the harvest found in it, and no contradiction with itself."""
    client = create_app(Settings(edition=seed_path)).test_client()
    answer = client.post("/api/v1/lint", json={"text": path.read_text("utf-8")}).get_json()
    assert of_kind(answer, "contradicting-definition") == []
    found = Counter(finding.kind for finding in inspect(path).findings)
    assert {kind: n for kind, n in answer["counts"].items() if kind in FOUND_IN_REPORTS} == found


# Where and when


def test_the_title_block_says_where_and_when(ask: Any) -> None:
    """Without place and date the draft's own title block says them; what the caller says goes before."""
    text = "昆山市政府工作报告\n（2024年1月8日）\n各位代表：\n现在报告工作。"
    answer = linted(ask, text)
    assert (answer["place"], answer["date"]) == ({"name": "昆山市", "code": "320583"}, "2024-01-08")
    answer = linted(ask, text, place="临江", date="2025-02-01")
    assert (answer["place"], answer["date"]) == ({"name": "临江区", "code": "990105"}, "2025-02-01")


def test_a_place_without_reports_has_its_code_all_the_same(ask: Any) -> None:
    """A draft may come from a division of which the edition has no report."""
    assert linted(ask, "无", place="苏州市吴江区")["place"]["code"] == "320509"
    assert linted(ask, "无")["place"] is None


# What is refused


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/text"),
        ({"text": 1}, "/text"),
        ({"text": None}, "/text"),
        ({"text": "“" * 60_000}, "/text"),
        ({"text": "甲", "date": "2024-13-01"}, "/date"),
        ({"text": "甲", "place": ""}, "/place"),
        ({"text": "甲", "mode": "x"}, "/mode"),
    ],
)
def test_bad_bodies(ask: Any, body: dict[str, Any], pointer: str) -> None:
    """What does not fit is a 422 that points at the field."""
    answer = ask("/lint", "POST", json=body)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.get_json()["errors"]] == [pointer]


def test_a_draft_has_a_million_characters_at_most(ask: Any) -> None:
    """A million characters are taken, astral ones too; with one more the answer is a 413 that says the limit."""
    assert ask("/lint", "POST", json={"text": "😀" * lint.LONGEST_TEXT}).status_code == 200
    answer = ask("/lint", "POST", json={"text": "甲" * (lint.LONGEST_TEXT + 1)})
    assert answer.status_code == 413
    assert (answer.get_json()["limit"], answer.get_json()["unit"]) == (lint.LONGEST_TEXT, "characters")


def test_many_findings_are_counted_but_not_all_listed(ask: Any) -> None:
    """An answer lists so many findings and counts all of them."""
    answer = linted(ask, "“甲\n" * (lint.SHOWN + 10))
    assert len(answer["findings"]) == lint.SHOWN
    assert answer["counts"] == {"lone-quotation-mark": lint.SHOWN + 10}


# In whose language


@pytest.mark.parametrize("draft", DRAFTS.values(), ids=DRAFTS)
def test_messages_come_in_chinese(ask: Any, draft: tuple[str, ...]) -> None:
    """Who prefers Chinese gets every message in it."""
    sent = {"json": {"text": draft[0], "place": "云溪市"}}
    english, chinese = (ask("/lint", "POST", {"Accept-Language": language}, **sent) for language in ("en", "zh-CN"))
    assert chinese.headers["Content-Language"] == "zh-Hans"
    assert "Accept-Language" in chinese.headers["Vary"]
    pairs = zip(english.get_json()["findings"], chinese.get_json()["findings"], strict=True)
    assert all(one["message"] != other["message"] and HAN.search(other["message"]) for one, other in pairs)


# Whatever comes


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example("")
@example("\ufeff\x00\u2028“\r\n①")
@given(st.text(max_size=80) | SIGNS)
def test_no_text_is_too_odd(ask: Any, text: str) -> None:
    """Any text is linted: the answer fits its schema, and every finding's words stand in its span."""
    answer = linted(ask, text)
    assert all(text[found["start"] : found["end"]] == found["text"] for found in answer["findings"])
    assert sum(answer["counts"].values()) == len(answer["findings"])
