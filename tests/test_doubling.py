"""No pattern of signs may cost more than in proportion to its length: not to fold, to parse, to read, to annotate."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from glossary_api.curation.decision_log import read_log
from glossary_api.errors import GlossaryError
from glossary_api.harvesting.equivalents import read_equivalents
from glossary_api.harvesting.harvest import harvest, publish, seed_reports
from glossary_api.harvesting.manifest import read_manifest
from glossary_api.model.things import Document
from glossary_api.parsing.parse import parse
from glossary_api.reading.read import documents_of, read
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.text.folding import fold, fold_long
from glossary_api.translation.rendering_files import read_renderings
from glossary_api.translation.segments import read_segments
from tests.reading.conftest import word_file, word_paragraphs

PATTERNS = (
    "\n", "\r\n", "\n\n甲", " ", "\u3000", "\u200b", "\u0301", "\U00020000", "甲", "的", "甲\n", "甲\n\n",
    "\n。", "、\n", "一", "1", "十", "百", "万亿", "1亿", "2025年", "5%", "①", "[1]", "［1］", "1.", "一、",
    "（一）", "(1)", "1+", "1+N", "“", "”", "“”", "“甲”", "”、“", "“甲”“乙”", "(", ")", "（", "《", "》", "\"",
    "'", "\\", "{", "}", "<", ">", "&", "&amp;", "<p>", "<b>", "</b>", "<!--", "<table><tr><td>",
    "<ruby>甲<rt>", "\t", "|", "| a | b |\n", "# a\n", "* a\n", "a,b\n", "、", "，", "。", "；", "：", "甲、",
    "甲和", "甲和乙、", "即", "，即", "是指", "包括", "为", "以甲为乙、", "一是甲，", "第一，", "六个不发生",
    "“六个不发生”", "“十四五”", "“两新”：指甲、乙。\n", "1.甲：乙。\n", "名词解释\n", "政府工作报告\n", "——甲",
    "……", "[", "![a](", "__a ",
)  # fmt: skip
_LENGTH = 8_000
"""Characters: enough for what grows with the square to take over, and short enough for all patterns in a minute."""
_NOTICEABLE = 0.05
"""Seconds of processor time; what is done in less may grow as it likes."""
_GROWTH = 2.3
_POINTS = 32
_LAST = 4
"""How many doublings a suspect is given to show that it only looked so."""
_TBX = '<martif><body><termEntry id="1"><langSet xml:lang="zh"><tig><term>'
_XLIFF = """<xliff version="1.2"><file source-language="zh" target-language="en"><body><trans-unit id="1"><source>"""
Work = Callable[[str], object]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of the seed's edition."""
    settings = Settings(edition=tmp_path_factory.mktemp("doubling") / "edition.db")
    publish(harvest(seed_reports()), settings.edition)
    return create_app(settings).test_client()


def _entry_points(client: FlaskClient, folder: Path) -> Iterator[Work]:
    def posted(route: str, field: str, **more: object) -> Work:
        return lambda text: client.post(f"/api/v1/{route}", json=more | {field: text}).data

    def got(route: str, field: str) -> Work:
        return lambda text: client.get(f"/api/v1/{route}", query_string={field: text}).data

    def document(before: str) -> Work:
        return lambda text: parse(Document("r.txt", before + text, "0" * 64, "text"), draft=True)

    def file(
        suffix: str, before: str = "政府工作报告\n", behind: str = "", reader: Callable[[Path], object] = read
    ) -> Work:
        path = folder / f"report{suffix}"

        def work(text: str) -> None:
            path.write_text(before + text + behind, "utf-8")
            reader(path)

        return work

    yield fold
    yield fold_long
    yield document("")
    yield document("政府工作报告\n建设“甲”。\n名词解释\n1.甲：")
    yield posted("annotate", "text")
    yield posted("annotate", "html")
    yield posted("annotate", "markdown")
    yield posted("lint", "text")
    yield file(".txt")
    yield file(".html", "<html><body><p>政府工作报告</p>", "</body></html>")
    yield file(".csv", 'title,content\n政府工作报告,"', '"\n')
    yield file(".md", "# 政府工作报告\n")
    yield file(".jsonl", '{"title":"政府工作报告","content":"')
    yield lambda text: [*documents_of(word_file(word_paragraphs(["政府工作报告", *text.split("\n")])), "r.docx")]
    yield lambda text: [*documents_of(word_file(text.replace("<", "<w:").replace("<w:/", "</w:")), "r.docx")]
    yield posted("check", "source", target="a", language="en")
    yield posted("check", "target", source="六个不发生，2024年增长5%。", language="en")
    yield posted("pretranslate", "text", language="en")
    yield lambda text: client.post("/api/v1/lookup", json={"names": [{"name": "六个不发生", "context": text}]}).data
    yield posted("lookup", "names")
    yield got("lookup", "name")
    yield got("search", "q")
    yield got("suggest", "q")
    yield got("terms", "place")
    yield lambda text: client.post("/api/v1/reconcile", data={"queries": json.dumps({"q": {"query": text}})}).data
    yield file(".csv", "term,rendering,language\n", reader=read_renderings)
    yield file(".tsv", "source\ttarget\tlanguage\n", reader=read_renderings)
    yield file(".jsonl", "", reader=read_renderings)
    yield file(".tbx", _TBX, "</term></tig></langSet></termEntry></body></martif>", reader=read_renderings)
    yield file(".xlf", _XLIFF, "</source></trans-unit></body></file></xliff>", reader=read_segments)
    yield file(".csv", "term,language,rendering,status,source\n", reader=lambda path: read_equivalents([path]))
    yield file(".csv", "file,place\n", reader=lambda path: read_manifest(path, {}))
    yield file(".jsonl", "", reader=read_log)


def _seconds(work: Work, text: str) -> float:
    begun = time.process_time()
    with contextlib.suppress(GlossaryError):  # refused, in whatever time that took
        work(text)
    return time.process_time() - begun


def _grows(work: Work, pattern: str) -> bool:
    """Whether the time of some work more than doubles with each doubling of a pattern, up to the last that is tried.

    What takes too little for a doubling to be noticed is not doubled.
    """
    number = _LENGTH // len(pattern)
    before = _seconds(work, pattern * number)
    for _ in range(_LAST if before >= _NOTICEABLE / _GROWTH else 0):
        number *= 2
        now = _seconds(work, pattern * number)
        if now < _NOTICEABLE or now <= _GROWTH * before:
            return False
        before = now
    return before >= _NOTICEABLE / _GROWTH


@pytest.mark.timeout(400)
@pytest.mark.parametrize("number", range(_POINTS))
def test_doubling(client: FlaskClient, tmp_path: Path, number: int) -> None:
    """Twice the text costs at most a little more than twice the time, whatever it is made of."""
    work = list(_entry_points(client, tmp_path))[number]
    assert [pattern for pattern in PATTERNS if _grows(work, pattern)] == []
