"""Files of other tools, whatever their encoding, separators and names of columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossary_api.translation.foreign_rendering import ForeignRendering
from glossary_api.translation.rendering_files import read_renderings

MULTITERM = """<?xml version="1.0" encoding="UTF-16"?>
<mtf><conceptGrp><concept>1</concept>
<languageGrp><language type="Chinese" lang="ZH-CN"/><termGrp><term>两新</term></termGrp></languageGrp>
<languageGrp><language type="English" lang="EN-US"/><termGrp><term>Two New</term>
<descripGrp><descrip type="Status">Approved</descrip></descripGrp></termGrp></languageGrp>
</conceptGrp></mtf>"""
TMX = """<tmx version="1.4"><header/><body><tu>
<tuv xml:lang="zh-HK"><seg>兩新</seg></tuv><tuv xml:lang="zh-CN"><seg>两新</seg></tuv>
<tuv xml:lang="en"><seg>Two New</seg></tuv></tu></body></tmx>"""
XLIFF = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="zh-CN"
target-language="en" original="a"><body><trans-unit id="1"><source>两新</source><target>Two New</target></trans-unit>
</body></file></xliff>"""


def read(tmp_path: Path, content: bytes, name: str = "theirs.csv") -> list[ForeignRendering]:
    """What is in a file, of which nothing is wrong."""
    path = tmp_path / name
    path.write_bytes(content)
    found, problems = read_renderings(path)
    assert problems == []
    return found


def said(found: list[ForeignRendering]) -> list[tuple[str, str, str]]:
    """Name, rendering and language of each."""
    return [(one.names[0], one.rendering, one.language) for one in found]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "header", ["中文{0}英文", "zh-CN{0}en", "Chinese{0}English", "ZH_cn{0}EN", "术语{0}en", "source{0}english"]
)
def test_encoding_separator_and_names_of_columns_are_found_out(
    tmp_path: Path, encoding: str, separator: str, header: str
) -> None:
    """Whatever a spreadsheet saves, under whatever heads people give their columns."""
    text = f"{header.format(separator)}\n三边工程项目建设{separator}Three Sides\n"
    assert said(read(tmp_path, text.encode(encoding))) == [("三边工程项目建设", "Three Sides", "en")]


@pytest.mark.parametrize("text", ["两新,Two New\n", "Two New;两新\n", "两新\tTwo New\n"])
def test_a_table_without_a_header_has_its_names_where_the_chinese_is(tmp_path: Path, text: str) -> None:
    """Left or right; its first row is an entry."""
    assert said(read(tmp_path, text.encode())) == [("两新", "Two New", "")]


def test_each_language_has_a_column(tmp_path: Path) -> None:
    """Simplified Chinese has the names; Chinese of other places is a language like others."""
    text = "id,zh-HK,中文,English,fr,yue\n,兩新,两新,Two New,,兩新（粵）\n"
    expected = [("两新", "兩新", "zh-HK"), ("两新", "Two New", "en"), ("两新", "兩新（粵）", "yue")]
    assert said(read(tmp_path, text.encode())) == expected


def test_a_hong_kong_text_may_be_the_source(tmp_path: Path) -> None:
    """Where no simplified column is, the traditional one has the names."""
    assert said(read(tmp_path, "zh-HK,en\n兩新,Two New\n".encode())) == [("兩新", "Two New", "en")]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.xml", MULTITERM.encode("utf-16"), [("两新", "Two New", "EN-US")]),
        ("a.tmx", TMX.encode(), [("两新", "兩新", "zh-HK"), ("两新", "Two New", "en")]),
        ("a.xlf", XLIFF.encode(), [("两新", "Two New", "en")]),
        ("a.utf8", "# remark\n两新\tTwo New\tmy comment\n".encode(), [("两新", "Two New", "")]),
    ],
)
def test_files_of_translation_tools_are_read(
    tmp_path: Path, name: str, content: bytes, expected: list[tuple[str, str, str]]
) -> None:
    """Termbases, translation memories, bilingual files and glossaries."""
    assert said(read(tmp_path, content, name)) == expected
