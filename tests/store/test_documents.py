from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glossary_api.model.things import Harvest
from glossary_api.store import documents
from glossary_api.text.surroundings import context


@given(st.text(alphabet="甲乙丙丁\n\u3000𠀀", max_size=120), st.integers(0, 120), st.integers(0, 120))
def test_context_adjoins(text: str, one: int, other: int) -> None:
    """Left, span and right of a usage are one slice of the text, 30 code points on each side at most, no line break."""
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    around = text[max(start - documents.CONTEXT, 0) : end + documents.CONTEXT]
    usage = documents.usage(("a", None, None, None, text[start:end], start, end, "exact", 0, None, around))
    left, right = usage["left"], usage["right"]
    assert (left, right) == context(text, start, end, documents.CONTEXT)
    assert text[start - len(left) : end + len(right)] == left + text[start:end] + right
    assert max(len(left), len(right)) <= 30
    assert "\n" not in left + right


def test_context_is_not_cut_short() -> None:
    """Where the paragraph goes on, the context has its 30 code points."""
    assert context("甲" * 40 + "乙" + "丙" * 40, 40, 41, documents.CONTEXT) == ("甲" * 30, "丙" * 30)


def test_inspection_keys(harvest: Harvest) -> None:
    """What `inspect --json` prints has the keys that others build on, in their order."""
    found = documents.inspection(harvest.reports[0])
    assert list(found) == ["report", "appendix", "entries", "slogans", "marks", "findings", "left_out"]
    assert list(found["report"]) == [
        *("id", "title", "place", "place_code", "level", "year", "date", "meeting", "speaker", "genre"),
        *("address", "sha256", "chars", "ocr", "from"),
    ]
    assert list(found["appendix"] or ()) == ["start", "end", "layout"]
    assert list(found["entries"][0]) == ["marker", "number", "page", "head", "start", "end", "terms"]
    assert list(found["entries"][0]["terms"][0]) == ["name", "definition", "members", "count_check"]
    assert list(found["slogans"][0]) == ["text", "kind", "start", "end", "inline"]
    assert list(found["marks"][0]) == ["marker", "start", "end", "entry"]
    assert list(found["findings"][0]) == ["kind", "severity", "message", "start", "end"]


def test_inspection_spans(harvest: Harvest) -> None:
    """Every text in an inspection is what its span cuts out of the report, inline members included."""
    checked = 0
    for parsed in harvest.reports:
        pending: list[object] = [documents.inspection(parsed)]
        while pending:
            item = pending.pop()
            if isinstance(item, dict):
                pending.extend(item.values())
                if {"text", "start", "end"} <= item.keys():
                    assert parsed.report.text[item["start"] : item["end"]] == item["text"]
                    checked += 1
            elif isinstance(item, list):
                pending.extend(item)
    assert checked == 19  # 6 slogans, 4 definitions, 6 members of an entry and 3 of a slogan


def test_no_appendix_is_null(harvest: Harvest) -> None:
    """A report without an appendix says so with null, and a slogan that is not expanded too."""
    found = documents.inspection(harvest.reports[2])
    assert found["appendix"] is None
    assert [slogan["inline"] is None for slogan in found["slogans"]] == [True, False]
