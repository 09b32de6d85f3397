"""Translation files of other tools read into segments, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from translate.storage.tmx import tmxfile
from translate.storage.xliff import xlifffile

from glossary_api.errors import ReadError
from glossary_api.translation import segments
from glossary_api.translation.segments import is_in, read_segments

XLIFF_1 = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
 <file original="a.docx" source-language="zh-CN" target-language="en-US" datatype="plaintext"><body>
  <group><trans-unit id="u1">
   <source>坚守<bpt id="1">&lt;b></bpt>六个<ept id="1">&lt;/b></ept>不发生<x id="2"/></source>
   <target>The <g id="1">Six</g><ph id="3">\\n<sub>a note</sub></ph> No-Occurrences</target>
   <alt-trans><target>Another</target></alt-trans>
  </trans-unit></group>
  <trans-unit id="u2"><source>未译</source></trans-unit>
  <trans-unit id="u3"><source>空</source><target/></trans-unit>
 </body></file>
</xliff>"""
XLIFF_2 = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="zh" trgLang="en">
 <file id="f1"><unit id="u1">
  <segment id="s1"><source>两<pc id="1">重</pc></source><target>Two <mrk id="m">Major</mrk></target></segment>
  <ignorable><source> </source><target> </target></ignorable>
  <segment><source>甲<cp hex="001a"/>乙</source><target>A<ph id="2"/>B</target></segment>
 </unit></file>
 <file id="f2"><group><unit id="u1"><segment><source>丙</source><target>C</target></segment></unit></group></file>
</xliff>"""
TMX = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="zh" datatype="plaintext"/><body>
 <tu tuid="t1"><tuv xml:lang="zh-CN"><seg>两<hi>重</hi></seg></tuv>
  <tuv xml:lang="en"><seg>Two <it pos="begin">x</it>Major</seg></tuv>
  <tuv xml:lang="fr"><seg>Deux</seg></tuv></tu>
 <tu><tuv lang="EN-GB"><seg>A</seg></tuv><tuv lang="ZH"><seg>甲</seg></tuv></tu>
 <tu><tuv xml:lang="en"><seg>no Chinese</seg></tuv></tu>
</body></tmx>"""


def read(tmp_path: Path, content: str) -> list[tuple[str, str, str, str]]:
    """The segments of a file: unit, source, target, language."""
    path = tmp_path / "file.xml"
    path.write_text(content, "utf-8")
    return [(one.unit, one.source, one.target, one.language) for one in read_segments(path)]


def test_xliff_1_2(tmp_path: Path) -> None:
    """Units with a target, what people read of their inline elements, no alternatives, no codes."""
    assert read(tmp_path, XLIFF_1) == [("u1", "坚守六个不发生", "The Sixa note No-Occurrences", "en-US")]


def test_xliff_2(tmp_path: Path) -> None:
    """Segments, named by file and unit where there are several; no ignorables."""
    assert read(tmp_path, XLIFF_2) == [
        ("f1/u1/s1", "两重", "Two Major", "en"),
        ("f1/u1/2", "甲 乙", "AB", "en"),
        ("f2/u1", "丙", "C", "en"),
    ]


def test_tmx(tmp_path: Path) -> None:
    """A segment for each other language of a unit that has Chinese; the DTD that it names is not read."""
    assert read(tmp_path, TMX) == [
        ("t1", "两重", "Two Major", "en"),
        ("t1", "两重", "Deux", "fr"),
        ("unit 2", "甲", "A", "EN-GB"),
    ]


def test_segments_know_their_line(tmp_path: Path) -> None:
    """The line is that of the unit, or of the segment in it."""
    path = tmp_path / "a.xlf"
    path.write_text(XLIFF_2, "utf-8")
    assert [one.line for one in read_segments(path)] == [3, 5, 7]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "this is not XML"),
        ("<xliff version='1.2'>", "this is not XML"),
        ("<html/>", "neither XLIFF nor TMX"),
        ("<xliff version='3.0'/>", "XLIFF 3.0 is not known"),
        ("<xliff/>", "XLIFF without a version is not known"),
        ('<xliff version="2.0" srcLang="en"/>', "the source language is en"),
        ('<xliff version="1.2"><file source-language="de"/></xliff>', "the source language is de"),
        ('<!DOCTYPE tmx [<!ENTITY a "b">]><tmx>&a;</tmx>', "declares entities"),
        ('<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tmx>&a;</tmx>', "declares entities"),
        ("<tmx>" + "<tu>" * 300 + "</tu>" * 300 + "</tmx>", "this is not XML"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(tmp_path: Path, content: str, complaint: str) -> None:
    """Place, reason and remedy of what is no translation file, or a dangerous one."""
    with pytest.raises(ReadError, match=complaint) as caught:
        read(tmp_path, content)
    assert str(caught.value).startswith(str(tmp_path))
    assert "\n" not in str(caught.value)
    assert caught.value.remedy


def test_missing_and_large_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path without a file, a folder, and a file over the limit."""
    with pytest.raises(ReadError, match="No such file"):
        read_segments(tmp_path / "none.tmx")
    with pytest.raises(ReadError, match="directory"):
        read_segments(tmp_path)
    monkeypatch.setattr(segments, "LARGEST", 10)
    with pytest.raises(ReadError, match="more than 10 bytes"):
        read(tmp_path, TMX)


@pytest.mark.parametrize(
    ("tag", "wanted", "fits"),
    [("en", "en", True), ("EN_us", "en", True), ("en-US", "EN-us", True), ("eng", "en", False), ("", "en", False)],
)
def test_languages_are_compared_as_tags(tag: str, wanted: str, fits: bool) -> None:
    """A tag fits itself and what it is a kind of, whatever its capitals."""
    assert is_in(tag, wanted) == fits


def test_files_of_other_tools_are_read(tmp_path: Path) -> None:
    """What translate-toolkit writes as XLIFF 1.2 and as TMX is read as it was meant."""
    memory: Any = tmxfile()
    memory.addtranslation("坚守“六个不发生” & <更多>", "zh", "Hold & <more>", "en")
    memory.savefile(str(tmp_path / "a.tmx"))
    document: Any = xlifffile(sourcelanguage="zh", targetlanguage="en")
    unit = document.addsourceunit("坚守“六个不发生” & <更多>")
    unit.target = "Hold & <more>"
    document.savefile(str(tmp_path / "a.xlf"))
    for name in ("a.tmx", "a.xlf"):
        (segment,) = read_segments(tmp_path / name)
        assert (segment.source, segment.target) == ("坚守“六个不发生” & <更多>", "Hold & <more>")
        assert segment.language == "en"
