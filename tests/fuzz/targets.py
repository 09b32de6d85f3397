"""What is fuzzed: each target takes bytes, makes something hostile of them, and fails only if the program is at fault.

Refusals are the program's own errors and no fault. `test_fuzz.py` runs each target a little; by hand, and guided by
coverage, `python -m tests.fuzz TARGET` does so as long as one likes (`pip install atheris`).
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from glossary_api.curation.decision_log import read_log
from glossary_api.errors import GlossaryError
from glossary_api.harvesting.equivalents import read_equivalents
from glossary_api.harvesting.harvest import harvest, publish, seed_reports
from glossary_api.harvesting.manifest import read_manifest
from glossary_api.matching.names import Name
from glossary_api.matching.spotting import PlainSpotter, Spotter, Wanted
from glossary_api.model.things import Document, Passage, Slogan
from glossary_api.model.words import ANY_STATUS, STATUSES, UNQUOTED
from glossary_api.parsing.parse import parse
from glossary_api.reading.read import documents_of
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.text.folding import fold, fold_long, fold_name, fold_short
from glossary_api.text.visible import visible
from glossary_api.translation.numbers.comparison import numbers_in
from glossary_api.translation.rendering_files import read_renderings
from glossary_api.translation.segments import read_segments
from tests.reading.conftest import word_file

Target = Callable[[bytes], None]

_NAMES = (
    "六个不发生",
    "135",
    "1+22+3",
    "两重",
    "三边",
    "十四五",
    "双随机、一公开",
    "数据得地",
    "一稳三新",
    "AI+",
    "2+3",
)
TOKENS = (
    *_NAMES, "\n", "\n\n", "\r\n", "　　", " ", "\t", "\u200b", "\ufeff", "\u0301", "\U00020000", "。", "，", "、",
    "；", "：", "“", "”", "‘", "’", "《", "》", "（", "）", "［", "］", "〔", "〕", "[", "]", "(", ")", "①", "②", "⑳",
    "1.", "2．", "3、", "（1）", "［1］", "1.P4  ", "一、", "（一）", "名词解释\n", "附件2 名 词 解 释\n",
    "政府工作报告\n", "各位代表：\n", "——2024年1月8日在云溪市第三届人民代表大会第四次会议上\n", "市长 王一\n", "指",
    "是指", "即", "包括", "以", "为", "和", "与", "及", "等", "的", "一是", "二是", "第一", "“两重”“两新”", "两新",
    "“六个不发生”：指", "甲", "乙丙", "三个", "三大工程", "六化", "一个中心、", "三个平台、", "5项机制", "百", "千",
    "万", "亿", "十", "〇", "零", "半", "2024年", "5%", "百分之五", "1.5", "1,000", "one hundred ", "five per cent ",
    "a ", "-", "–", "——", "…", "+", "＋", "=", "@", "'", '"', ",", ";", "<p>", "</p>", "<td>", "<table>", "<tr>",
    "<ruby>", "<rt>", "<!--", "-->", "<b", ">", "&amp;", "&#x", "<h1>", "<style>", "<script>", "<br>", "</div>",
    "<w:p>", "<w:r>", "<w:t>", "</w:t>", "</w:r>", "</w:p>", "<w:tbl>", "<w:tr>", "<w:tc>",
    '<w:footnoteReference w:id="1"/>', '<w:ilvl w:val="0"/>', "term,", "rendering,", "language,", "title,",
    "content\n", "en", "approved", "{", "}", '":', '{"', '"title"', '"text"', "null", "\\", "\\u", "# ", "* ", "| ",
    "---\n", "\x1b[31m", "\x00",
)  # fmt: skip
_XLIFF = '<xliff version="1.2"><file source-language="zh" target-language="en"><body>{}</body></file></xliff>'
_UNIT = '<trans-unit id="1"><source>{}</source><target>{}</target></trans-unit>'
_TBX = '<martif><body><termEntry id="1"><langSet xml:lang="zh"><tig><term>{}</term></tig></langSet></termEntry></body>'


def text_of(data: bytes) -> str:
    """Return a text: a byte is a piece of what reports are made of; behind a 255, or in odd data, it is UTF-8."""
    if len(data) % 2:
        return data.decode("utf-8", "replace")
    whole, _, rest = data.partition(b"\xff")
    return "".join(TOKENS[byte % len(TOKENS)] for byte in whole) + rest.decode("utf-8", "replace")


def _fold(data: bytes) -> None:
    text = text_of(data)
    one, short, long = fold(text), fold_short(text), fold_long(text)
    assert one == short == long or (one.text == short.text == long.text and [*one.starts] == [*long.starts])
    assert all(0 <= start < end <= len(text) for start, end in zip(one.starts, one.ends, strict=True))
    assert fold_name(fold_name(text)) == fold_name(text)
    visible(text)


def _numbers(data: bytes) -> None:
    text = text_of(data)
    for language in ("zh", "en", "de"):
        for number in numbers_in(text, language):
            assert 0 <= number.start < number.end <= len(text)


@cache
def _spotters() -> tuple[Spotter, PlainSpotter]:
    names = [
        Name(fold_name(name), f"t{number}", ("plan", "numeral")[number % 2], UNQUOTED[number % 3], STATUSES[number % 2])
        for number, name in enumerate(_NAMES)
    ]
    return Spotter.of(names), PlainSpotter(names)


def _spot(data: bytes) -> None:
    text, (fast, slow) = text_of(data[1:]), _spotters()
    kind = data[0] if data else 0
    wanted = Wanted(bool(kind & 1), short=bool(kind & 2), status=ANY_STATUS if kind & 4 else STATUSES[0])
    found = [(start, end, fast.term(name)) for start, end, name in fast.spots(text, wanted)]
    assert found == [(start, end, slow.term(name)) for start, end, name in slow.spots(text, wanted)]


def _parse(data: bytes) -> None:
    text = text_of(data)
    with contextlib.suppress(GlossaryError):
        parsed = parse(Document("r.txt", text, "0" * 64, "text"), draft=True)
        spans: list[Slogan | Passage] = [*parsed.slogans]
        spans += (one.definition for entry in parsed.entries for one in entry.terms)
        spans += [member for entry in parsed.entries for one in entry.terms for member in one.members]
        assert all(text[one.start : one.end] == one.text for one in spans)


def _read(data: bytes, *, suffix: str, before: str = "", behind: str = "") -> None:
    content = before.encode() + (data if data[:1] == b"\xff" else text_of(data).encode("utf-8", "replace"))
    with contextlib.suppress(GlossaryError):
        list(documents_of(content + behind.encode(), f"file{suffix}"))


def _word(data: bytes) -> None:
    with contextlib.suppress(GlossaryError):
        list(documents_of(word_file(text_of(data)), "file.docx"))


_FOLDER = tempfile.TemporaryDirectory(prefix="fuzz-")


def _take(data: bytes, *, suffix: str, take: Callable[[Path], object], form: str = "{}") -> None:
    path = Path(_FOLDER.name) / f"file{suffix}"
    text = form.format(*[text_of(data)] * form.count("{}"))
    path.write_bytes(text.encode("utf-8", "replace"))
    with contextlib.suppress(GlossaryError):
        take(path)


@cache
def _client() -> FlaskClient:
    edition = Path(_FOLDER.name) / "glossary.db"
    publish(harvest(seed_reports()), edition)
    app = create_app(Settings(edition=edition))
    return app.test_client()


def _ask(data: bytes, *, route: str, body: Callable[[str], Any]) -> None:
    answer = _client().post(f"/api/v1/{route}", json=body(text_of(data)))
    assert answer.status_code < 500, answer.text


def _search(data: bytes) -> None:
    text = text_of(data)[:200]
    for route, name in (("search", "q"), ("suggest", "q"), ("lookup", "name"), ("terms", "place")):
        answer = _client().get(f"/api/v1/{route}", query_string={name: text})
        assert answer.status_code < 500, answer.text


TARGETS: Mapping[str, Target] = {
    "fold": _fold,
    "numbers": _numbers,
    "spot": _spot,
    "parse": _parse,
    "read": partial(_read, suffix=""),
    "read-text": partial(_read, suffix=".txt", before="政府工作报告\n"),
    "read-html": partial(_read, suffix=".html", before="<html><body><p>政府工作报告</p>", behind="</body></html>"),
    "read-markdown": partial(_read, suffix=".md", before="# 政府工作报告\n"),
    "read-csv": partial(_read, suffix=".csv", before="title,content\n"),
    "read-jsonl": partial(_read, suffix=".jsonl", before='{"title":"政府工作报告","content":"'),
    "read-json": partial(_read, suffix=".json", before='[{"title":"政府工作报告","content":"'),
    "read-mail": partial(_read, suffix=".eml", before="MIME-Version: 1.0\nContent-Type: text/html\n\n"),
    "read-zip": partial(_read, suffix=".zip", before="PK\x03\x04"),
    "read-pdf": partial(_read, suffix=".pdf", before="%PDF-1.4\n"),
    "read-word": _word,
    "import-csv": partial(_take, suffix=".csv", take=read_renderings, form="term,rendering,language\n{}"),
    "import-tsv": partial(_take, suffix=".tsv", take=read_renderings, form="source\ttarget\tfuzzy\n{}"),
    "import-jsonl": partial(_take, suffix=".jsonl", take=read_renderings),
    "import-tbx": partial(_take, suffix=".tbx", take=read_renderings, form=_TBX),
    "import-xliff": partial(_take, suffix=".xlf", take=read_renderings, form=_XLIFF.format(_UNIT)),
    "segments": partial(_take, suffix=".xlf", take=read_segments, form=_XLIFF),
    "curated": partial(_take, suffix=".csv", take=lambda path: read_equivalents([path])),
    "manifest": partial(_take, suffix=".csv", take=lambda path: read_manifest(path, {}), form="file,place,year\n{}"),
    "decisions": partial(_take, suffix=".jsonl", take=read_log),
    "check": partial(
        _ask, route="check", body=lambda text: {"source": text, "target": text[::-1] + "a", "language": "en"}
    ),
    "annotate": partial(_ask, route="annotate", body=lambda text: {"text": text}),
    "annotate-html": partial(_ask, route="annotate", body=lambda text: {"html": text}),
    "lint": partial(_ask, route="lint", body=lambda text: {"text": text}),
    "pretranslate": partial(_ask, route="pretranslate", body=lambda text: {"text": text, "language": "en"}),
    "search": _search,
}
"""By name."""
