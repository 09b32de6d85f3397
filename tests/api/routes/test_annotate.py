from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError

from glossary_api.api.annotate.answer import MOST_GLOSSED, MOST_MATCHES
from glossary_api.api.annotate.request import LONGEST_TEXT, MOST_MENTIONS, MOST_TEXTS
from glossary_api.api.schemas.annotate import AnnotateSchema
from glossary_api.queries.rank import Asked, rank
from glossary_api.store.edition import Edition

Body = dict[str, Any]


@pytest.fixture
def annotate(ask: Any) -> Any:
    """Annotate a text, or send a whole body: the answer, its matches checked against the text that they count in."""

    def annotating(sent: str | Body, **more: Any) -> Any:
        body = {"selectors": True} | ({"text": sent} if isinstance(sent, str) else sent) | more
        response = ask("/annotate", "POST", json=body)
        answer = json.loads(response.data)
        if response.status_code != 200:
            return answer
        text = body["text"] if "text" in body else answer["text"]
        for match in answer["matches"]:
            surface = cut(text, match["start"], match["end"], body.get("offset_unit"))
            position, quote = match["selector"]
            assert surface == match["text"] == quote["exact"] == text[position["start"] : position["end"]]
            assert text[: position["start"]].endswith(quote["prefix"])
            assert text[position["end"] :].startswith(quote["suffix"])
        return answer

    return annotating


def cut(text: str, start: int, end: int, unit: str | None) -> str:
    """What stands in a span that is counted in a unit."""
    if unit == "utf16":
        return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")
    if unit == "utf8":
        return text.encode()[start:end].decode()
    return text[start:end]


def found(answer: Body) -> list[tuple[str, str]]:
    """Surface and match type of each match."""
    return [(match["text"], match["match_type"]) for match in answer["matches"]]


# What is found


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("坚守六个不发生底线", [("六个不发生", "exact")]),
        ("坚守“六个不发生”底线", [("六个不发生", "exact")]),
        ("坚守6个不发生底线", [("6个不发生", "variant")]),
        ("坚守“六个”不发生底线", [("“六个”不发生", "folded")]),  # quotation marks inside
        ("坚守六個不發生底线", [("六個不發生", "folded")]),  # traditional characters
        ("坚守６个不发生底线", [("６个不发生", "folded")]),  # full width
        ("坚守六个不\n发生底线", [("六个不\n发生", "folded")]),  # a line end
        ("坚守六个不\r\n　　发生底线", [("六个不\r\n　　发生", "folded")]),
        ("坚守六个不\n\n发生底线", []),  # another paragraph
        ("推进三边建设", []),  # a short name that nothing vouches for
        ("推进“三边”建设", [("三边", "exact")]),
        ("推进三边①建设", [("三边", "exact")]),
        ("推进三边［12］建设", [("三边", "exact")]),
        ("完善“135”工作体系和产业/创新", [("“135”工作体系", "exact"), ("产业/创新", "exact")]),
        ("", []),
        ("没有术语", []),
    ],
)
def test_matches(annotate: Any, text: str, matches: list[tuple[str, str]]) -> None:
    """A term is found however it is written, and the answer says how."""
    assert found(annotate(text)) == matches


def test_answer(annotate: Any, edition: Edition) -> None:
    """A match says where it is, which term it is and what that means, with reasons and source."""
    answer = annotate("坚守六个不发生底线", date="2024-06-01")
    (match,) = answer["matches"]
    term = edition.term("六个不发生")
    (ranked,) = rank(term["senses"], Asked(date="2024-06-01"), edition.title_blocks).senses
    assert answer["edition"] == edition.hash
    assert (match["start"], match["end"]) == (2, 7)
    assert match["term"] == {"id": term["id"], "name": "六个不发生", "kind": "numeral", "status": "established"}
    assert match["senses"] == [ranked.document()]
    assert match["senses"][0]["definition"].startswith("不发生事件")
    assert match["senses"][0]["source"]["report"] == "yunxi-2024"
    assert match["ambiguous"] is False


def test_place_and_date_rank(annotate: Any) -> None:
    """Place and day decide which sense is meant; without them none is, and what others mean is said apart."""

    def best(**asked: str) -> Any:
        (match,) = annotate("完善“135”工作体系", **asked)["matches"]
        return match["senses"][0]["source"]["report"], match["ambiguous"]

    assert best(place="石桥县") == ("shiqiao-2025", False)
    assert best(place="云溪") == ("yunxi-2024", False)
    (match,) = annotate("完善“135”工作体系")["matches"]
    assert (match["senses"], match["ambiguous"]) == ([], False)
    assert [sense["reason"]["code"] for sense in match["elsewhere"]] == ["common-name", "common-name"]


def test_gloss(annotate: Any) -> None:
    """What a term means stands at its first match, at every one or at none, as the caller wants."""
    text = "数据得地、6个不发生、数据得地、六个不发生"
    for gloss, said_at in (
        ("first", [True, True, False, False]),
        ("every", [True] * 4),
        ("none", [False] * 4),
        (None, [True, True, False, False]),
    ):
        matches = annotate(text, **({"gloss": gloss} if gloss else {}))["matches"]
        assert [match["senses"] is not None for match in matches] == said_at
        assert [match["ambiguous"] is not None for match in matches] == said_at
        assert [match["equivalents"] is not None for match in matches] == said_at


def test_a_term_without_a_definition(annotate: Any) -> None:
    """A term that no report defines is found all the same, with no senses."""
    (match,) = annotate("构建产业/创新格局")["matches"]
    assert (match["text"], match["senses"], match["ambiguous"]) == ("产业/创新", [], False)


def test_kinds(annotate: Any) -> None:
    """Only terms of the kinds that are asked for are found."""
    text = "六个不发生、产业/创新、“十四五”"
    assert found(annotate(text, kinds=["quoted"])) == [("产业/创新", "exact")]
    assert len(found(annotate(text, kinds=["numeral", "plan"]))) == 2
    assert len(found(annotate(text))) == 3


def test_short_names_on_request(annotate: Any) -> None:
    """Short names that nothing vouches for are found on request, and called so; those that are vouched for are not."""
    text = "三边和“三边”"
    asked = annotate(text, kinds=["ambiguous-short"])
    assert found(asked) == [("三边", "ambiguous-short"), ("三边", "exact")]
    assert found(annotate(text, kinds=["ambiguous-short", "plan"])) == []
    assert found(annotate(text, kinds=["numeral"])) == [("三边", "exact")]


def test_mentions(annotate: Any) -> None:
    """A span that the caller knows to be a name needs no other voucher; one where no term stands changes nothing."""
    text = "推进三边建设，三边治理"
    assert found(annotate(text, mentions=[{"start": 2, "end": 4}])) == [("三边", "ambiguous-short")]
    assert annotate(text, mentions=[{"start": 7, "end": 9}])["matches"][0]["start"] == 7
    for nowhere in ((1, 3), (2, 6), (0, 11), (4, 2), (2, 400), (2, 2)):
        assert found(annotate(text, mentions=[{"start": nowhere[0], "end": nowhere[1]}])) == []


def test_mode(annotate: Any) -> None:
    """`all` also has what lies within or across a longer match."""
    text = "完善“135”工作体系"
    assert found(annotate(text)) == [("“135”工作体系", "exact")]
    assert found(annotate(text, mode="longest")) == [("“135”工作体系", "exact")]
    assert found(annotate(text, mode="all")) == [("“135”工作体系", "exact"), ("135", "variant")]


@pytest.mark.parametrize("unit", ["codepoint", "utf16"])
def test_characters_beyond_the_basic_plane(annotate: Any, unit: str) -> None:
    """Offsets are right in both units where characters take two UTF-16 units: before, inside quotes and behind."""
    text = "😀𠮷😀坚守六个不发生𠮷，“三边”😀，三边"
    answer = annotate(text, offset_unit=unit, mentions=[{"start": 21 if unit == "utf16" else 17, "end": 23}])
    assert [match["text"] for match in answer["matches"]][:2] == ["六个不发生", "三边"]
    assert answer["matches"][0]["start"] == (8 if unit == "utf16" else 5)


def test_mentions_count_in_the_unit(annotate: Any) -> None:
    """Mentions are counted as the answer is; half a pair is no place where a name can stand."""
    text = "😀三边😀"
    for unit, span in (("utf16", (2, 4)), ("codepoint", (1, 3))):
        sent = {"start": span[0], "end": span[1]}
        (match,) = annotate(text, offset_unit=unit, mentions=[sent])["matches"]
        assert {"start": match["start"], "end": match["end"]} == sent
    for start, end in ((1, 4), (2, 5), (2, 40)):
        assert annotate(text, offset_unit="utf16", mentions=[{"start": start, "end": end}])["matches"] == []


@given(
    text=st.text(alphabet="六个不发生“”三边①😀𠮷\n ａ135，", max_size=40), unit=st.sampled_from(["codepoint", "utf16"])
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text(annotate: Any, text: str, unit: str) -> None:
    """Whatever the text, every match stands where the answer says, in order and none over another."""
    matches = annotate(text, offset_unit=unit)["matches"]
    assert all(one["end"] <= other["start"] for one, other in pairwise(matches))


# HTML


@pytest.mark.parametrize(
    ("html", "surface"),
    [
        ("<p>坚守<b>六个</b>不<i>发</i>生底线</p>", "六个不发生"),
        ("坚守六个不<br>发生底线", "六个不\n发生"),
        ("坚守六个不\n  发生底线", "六个不 发生"),
        ("<p>推进“<a href='#'>三边</a>”建设</p>", "三边"),
        ("<ruby>六<rt>liù</rt>个<rt>gè</rt></ruby>不发生", "六个不发生"),
        ("坚守&#20845;个不发&#29983;", "六个不发生"),
        ("<p>坚守六个</p><p>不发生</p>", None),
        ("<table><tr><td>六个</td><td>不发生</td></tr></table>", None),
        ("<div>六个<div>不发生</div></div>", None),
        ("<script>六个不发生</script><p hidden>六个不发生</p>", None),
    ],
)
def test_html(annotate: Any, html: str, surface: str | None) -> None:
    """Of HTML the visible text is annotated: across inline tags and line ends, not across blocks."""
    answer = annotate({"html": html})
    assert [match["text"] for match in answer["matches"]] == ([surface] if surface else [])


def test_the_visible_text_comes_with_the_answer(annotate: Any) -> None:
    """The answer has the text that offsets count in, if that is not the text that was sent."""
    assert annotate({"html": "<p>a</p><p>b&amp;</p>"})["text"] == "a\n\nb&"
    assert annotate("a")["text"] is None


# Renderings and reasons


def test_reasons_in_chinese(ask: Any) -> None:
    """Reasons are in the language that the caller prefers, and the answer says in which."""
    sent = {"text": "坚守六个不发生底线", "place": "云溪", "date": "2024-06-01"}
    for accepted, language, words in (("zh-CN", "zh-Hans", "所定义"), ("en", "en", "defined by")):
        response = ask("/annotate", "POST", headers={"Accept-Language": accepted}, json=sent)
        (match,) = json.loads(response.data)["matches"]
        assert words in match["senses"][0]["why"][0]["text"]
        assert response.headers["Content-Language"] == language
        assert "Accept-Language" in response.headers["Vary"]


# Web Annotations


def test_linked(ask: Any, edition: Edition) -> None:
    """As `application/ld+json` the same matches come as a collection of W3C Web Annotations."""
    sent = {"text": "坚守“六个不发生”，推进数据得地", "selectors": True}
    plain = json.loads(ask("/annotate", "POST", json=sent).data)
    response = ask("/annotate", "POST", headers={"Accept": "application/ld+json"}, json=sent)
    assert response.mimetype == "application/ld+json"
    collection = json.loads(response.data)
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (collection["type"], collection["total"]) == ("AnnotationCollection", 2)
    page = collection["first"]
    assert (page["type"], page["startIndex"], collection["last"]) == ("AnnotationPage", 0, page["id"])
    identities = {collection["id"], page["id"], *(item["id"] for item in page["items"])}
    assert len(identities) == 4
    for item, match in zip(page["items"], plain["matches"], strict=True):
        assert item["type"] == "Annotation"
        assert item["target"]["selector"] == match["selector"]
        assert item["target"]["source"].startswith("ni:///sha-256;")
        identifying, *described = item["body"]
        assert identifying["source"]["glossary:term"] == match["term"]["id"]
        assert ask(identifying["source"]["id"].partition("/api/v1")[2]).status_code == 200
        assert [body["value"] for body in described] == [sense["definition"] for sense in match["senses"]]
        assert all(body["type"] == "TextualBody" for body in described)


def test_linked_names_are_true(ask: Any) -> None:
    """The same text has the same names, another text or another unit of offsets other selectors but code points."""

    def collection(text: str, **more: str) -> Any:
        headers = {"Accept": "application/ld+json"}
        return json.loads(ask("/annotate", "POST", headers=headers, json={"text": text, **more}).data)

    assert collection("😀数据得地") == collection("😀数据得地", offset_unit="utf16")
    assert collection("数据得地")["id"] != collection("数据得地。")["id"]


# For machines


@pytest.mark.parametrize(("unit", "start", "end"), [("codepoint", 3, 5), ("utf16", 4, 6), ("utf8", 9, 15)])
def test_offsets_count_as_the_caller_does(annotate: Any, unit: str, start: int, end: int) -> None:
    """In each unit spans cut the same out, and what the caller vouches for is found by a span in that unit."""
    answer = annotate("é😀中三边，六个不发生", offset_unit=unit, mentions=[{"start": start, "end": end}])
    assert [text for text, _ in found(answer)] == ["三边", "六个不发生"]
    assert answer["matches"][0]["start"] == start


def test_bytes_within_a_character_vouch_for_nothing(annotate: Any) -> None:
    """A span that begins or ends within a character is none."""
    for start, end in ((1, 6), (0, 5), (0, 9)):
        assert not annotate("三边", offset_unit="utf8", mentions=[{"start": start, "end": end}])["matches"]


def test_selectors_come_on_request(ask: Any) -> None:
    """Unless they are asked for, the selectors of a match are null."""
    (match,) = ask("/annotate", "POST", json={"text": "六个不发生"}).json["matches"]
    assert match["selector"] is None


def test_fields_can_be_chosen(ask: Any) -> None:
    """With `fields` nothing else comes."""
    answer = ask("/annotate?fields=matches.start,matches.term.name", "POST", json={"text": "六个不发生"}).json
    assert answer == {"matches": [{"start": 0, "term": {"name": "六个不发生"}}]}
    assert ask("/annotate?fields=matches.begin", "POST", json={"text": "a"}).status_code == 422


def test_markdown_is_read_as_it_is_printed(annotate: Any) -> None:
    """Signs that set the text hide no term, and offsets count in the text that comes back."""
    answer = annotate({"markdown": "# 报告\n\n坚守六个**不发生**，见[数据得地](http://example.org/三边)。"})
    assert answer["text"] == "报告\n\n坚守六个不发生，见数据得地。"
    assert [text for text, _ in found(answer)] == ["六个不发生", "数据得地"]


# Several texts


def test_several_texts_are_answered_each_like_one(ask: Any) -> None:
    """Each text has the matches that it has alone, with what holds for all and what is its own."""
    texts = [{"id": "a", "text": "完善“135”工作体系"}, {"html": "<p>六个不发生", "place": "石桥县"}]
    answer = ask("/annotate/texts", "POST", json={"texts": texts, "place": "云溪"}).json
    alone = [
        ask("/annotate", "POST", json={"text": "完善“135”工作体系", "place": "云溪"}).json,
        ask("/annotate", "POST", json={"html": "<p>六个不发生", "place": "石桥县"}).json,
    ]
    assert [item["matches"] for item in answer["items"]] == [one["matches"] for one in alone]
    assert [(item["id"], item["text"], item["more"]) for item in answer["items"]] == [
        ("a", None, 0),
        (None, "六个不发生", 0),
    ]
    assert answer["edition"] == alone[0]["edition"]


def test_lines_are_the_items(ask: Any) -> None:
    """As JSON Lines there is an item a line, trimmed as in JSON."""
    body = {"texts": [{"text": "六个不发生"}, {"text": "没有"}, {"text": "数据得地"}]}
    for query in ("", "?fields=id,matches.start"):
        items = ask(f"/annotate/texts{query}", "POST", json=body).json["items"]
        lines = ask(f"/annotate/texts{query}", "POST", json=body, headers={"Accept": "application/jsonl"})
        assert lines.mimetype == "application/jsonl"
        assert [json.loads(line) for line in lines.data.splitlines()] == items


def test_an_answer_to_several_is_bounded(ask: Any) -> None:
    """What is over the most matches is left out and counted."""
    text = "“六个不发生”" * (MOST_MATCHES - 1)
    items = ask("/annotate/texts?fields=matches.start,more", "POST", json={"texts": [{"text": text}] * 2}).json["items"]
    assert [(len(item["matches"]), item["more"]) for item in items] == [
        (MOST_MATCHES - 1, 0),
        (1, MOST_MATCHES - 2),
    ]


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ([], [""]),
        ({}, ["/texts"]),
        ({"texts": []}, ["/texts"]),
        ({"texts": [{"text": "a"}], "text": "b"}, ["/text"]),
        ({"texts": [1, {"text": "a"}, {"text": 1}, {}]}, ["/texts/0", "/texts/2/text", "/texts/3"]),
        ({"texts": [{"text": "a"}] * 2, "place": 3, "foo": 1}, ["/foo", "/place"]),
        ({"texts": [{"text": "a", "date": "soon", "id": 1}]}, ["/texts/0/id"]),
        ({"texts": [{"text": "a", "id": None}, {"text": "a", "mode": "all"}]}, ["/texts/0/id", "/texts/1/mode"]),
    ],
)
def test_bad_fields_of_several(ask: Any, body: Any, pointers: list[str]) -> None:
    """Each field at fault is named once, in its text or beside all."""
    response = ask("/annotate/texts", "POST", json=body)
    assert response.status_code == 422
    assert sorted(error["pointer"] for error in response.json["errors"]) == pointers


@pytest.mark.parametrize(
    ("texts", "limit"),
    [([{"text": ""}] * (MOST_TEXTS + 1), MOST_TEXTS), ([{"text": "字" * (LONGEST_TEXT // 2 + 1)}] * 2, LONGEST_TEXT)],
)
def test_too_many_texts(ask: Any, texts: list[Body], limit: int) -> None:
    """There are at most so many texts, of so many characters together."""
    response = ask("/annotate/texts", "POST", json={"texts": texts})
    assert (response.status_code, response.json["limit"]) == (413, limit)


# What is refused


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, [""]),
        ({"text": "a", "html": "b"}, [""]),
        ({"html": "a", "markdown": "b"}, [""]),
        ({"markdown": 1, "selectors": 1}, ["/markdown", "/selectors"]),
        ([], [""]),
        ("text", [""]),
        ({"text": 1}, ["/text"]),
        ({"html": None}, ["/html"]),
        ({"text": "a", "foo": 1, "b/r": 2}, ["/b~1r", "/foo"]),
        ({"text": "a", "place": ""}, ["/place"]),
        ({"text": "a", "place": 3}, ["/place"]),
        ({"text": "a", "date": "2024-02-30"}, ["/date"]),
        ({"text": "a", "date": 2024}, ["/date"]),
        ({"text": "a", "mode": "some", "gloss": 1, "offset_unit": "bytes"}, ["/gloss", "/mode", "/offset_unit"]),
        ({"text": "a", "kinds": "numeral"}, ["/kinds"]),
        ({"text": "a", "kinds": []}, ["/kinds"]),
        ({"text": "a", "kinds": ["plan", "plot", 3]}, ["/kinds/1", "/kinds/2"]),
        ({"text": "a", "mentions": {}}, ["/mentions"]),
        ({"text": "a", "mentions": [1]}, ["/mentions/0"]),
        (
            {"text": "a", "mentions": [{"start": -1, "end": 1}, {"start": 0, "stop": 1}, {"start": "0", "end": True}]},
            ["/mentions/0/start", "/mentions/1/end", "/mentions/1/stop", "/mentions/2/end", "/mentions/2/start"],
        ),
        ({"text": "a", "lang": "english!"}, ["/lang"]),
        ({"html": "<div>" * 6000}, ["/html"]),
    ],
)
def test_bad_fields(ask: Any, body: Any, pointers: list[str]) -> None:
    """Each field at fault is named by its pointer, all at once."""
    response = ask("/annotate", "POST", json=body)
    assert response.status_code == 422
    assert sorted(error["pointer"] for error in json.loads(response.data)["errors"]) == pointers


@pytest.mark.parametrize(
    "body",
    [
        {"text": "a"},
        {"html": "a"},
        {"text": "a", "place": "云溪", "date": "2024-01-01", "lang": "en-GB", "gloss": "every", "mode": "all"},
        {"text": "a", "kinds": ["plan", "ambiguous-short"], "mentions": [{"start": 0, "end": 1}]},
        {"text": 1},
        {"text": "a", "foo": 1},
        {"text": "a", "date": "2024-02-30"},
        {"text": "a", "kinds": []},
        {"text": "a", "kinds": ["x"]},
        {"text": "a", "mentions": [{"start": 0}]},
        {"text": "a", "mentions": [{"start": -1, "end": 2}]},
        {"text": "a", "lang": "e"},
        {"text": "a", "mode": "x"},
        {"text": "a", "offset_unit": "utf8", "selectors": True},
        {"markdown": "a"},
        {"text": "a", "selectors": "x"},
        {"text": "a", "offset_unit": "utf32"},
        {"text": "a", "gloss": None},
        {"text": "a", "place": "x" * 101},
    ],
)
def test_the_schema_says_the_same(ask: Any, body: Body) -> None:
    """What the document's schema refuses is refused, and what it takes is taken, days of the calendar aside."""
    try:
        AnnotateSchema().load(body)
        takes = "date" not in body or body["date"] == "2024-01-01"
    except ValidationError:
        takes = False
    assert ask("/annotate", "POST", json=body).status_code == (200 if takes else 422)


@pytest.mark.parametrize(
    ("body", "pointer", "limit"),
    [
        ({"text": "字" * (LONGEST_TEXT + 1)}, "/text", LONGEST_TEXT),
        ({"html": "<" * (LONGEST_TEXT + 1)}, "/html", LONGEST_TEXT),
        ({"text": "a", "mentions": [{"start": 0, "end": 1}] * (MOST_MENTIONS + 1)}, "/mentions", MOST_MENTIONS),
        ({"text": "“六个不发生”" * (MOST_MATCHES + 1)}, "/text", MOST_MATCHES),
        ({"markdown": "字" * (LONGEST_TEXT + 1)}, "/markdown", LONGEST_TEXT),
        ({"text": "“六个不发生”" * (MOST_GLOSSED + 1), "gloss": "every"}, "/text", MOST_GLOSSED),
    ],
)
def test_too_large(ask: Any, body: Body, pointer: str, limit: int) -> None:
    """What is too large is refused with the limit in the answer."""
    response = ask("/annotate", "POST", json=body)
    problem = json.loads(response.data)
    assert (response.status_code, problem["limit"]) == (413, limit)
    assert problem["errors"][0]["pointer"] == pointer


def test_the_longest_text(annotate: Any) -> None:
    """A text of a million characters is annotated."""
    text = "坚守六个不发生".rjust(LONGEST_TEXT, "，")
    (match,) = annotate(text)["matches"]
    assert match["end"] == len(text) == LONGEST_TEXT


@pytest.mark.parametrize("sent", [b"{", b"", b'{"text": "\xff"}', b'{"text": "\\ud800"}', b"{'text': 1}"])
def test_not_json(ask: Any, sent: bytes) -> None:
    """What is not JSON in UTF-8 is refused as such."""
    assert ask("/annotate", "POST", data=sent, content_type="application/json").status_code == 400
    assert ask("/annotate", "POST", data=sent, content_type="text/plain").status_code == 415


# The short way


@pytest.mark.parametrize("headers", [{}, {"Accept-Encoding": "gzip"}, {"Accept-Language": "zh"}])
@pytest.mark.parametrize("text", ["坚守六个不发生", "坚守六个不发生" * 50, ""])
def test_both_ways_agree(app: Flask, headers: dict[str, str], text: str) -> None:
    """A question that is answered before Flask has the same answer, head and body, as one that Flask answers."""
    client = app.test_client()
    same = {"X-Request-ID": "same", **headers}
    short = client.post("/api/v1/annotate", json={"text": text, "gloss": "every"}, headers=same)
    long = client.post("/api/v1/annotate?format=json", json={"text": text, "gloss": "every"}, headers=same)
    assert short.data == long.data
    assert sorted(short.headers) == sorted(long.headers)
    assert short.status_code == long.status_code == 200


def test_the_short_way_is_taken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plain question never comes as far as Flask; one with a mistake does, body and all."""
    monkeypatch.setattr(app, "full_dispatch_request", lambda: pytest.fail("Flask was asked"))
    assert app.test_client().post("/api/v1/annotate", json={"text": "坚守六个不发生"}).status_code == 200
    monkeypatch.undo()
    problem = app.test_client().post("/api/v1/annotate", json={"text": "坚守六个不发生", "foo": 1})
    assert problem.get_json()["errors"] == [{"pointer": "/foo", "detail": "unknown field"}]
