from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from glossary_api.errors import ReadError
from glossary_api.reading import read as formats
from glossary_api.reading.read import FORMATS, read

LINES = ["政府工作报告", "各位代表：", "坚守“六个不发生”底线，推行“135”工作体系，推进高质量发展。"]
HTML = f"<html><body>{''.join(f'<p>{line}</p>' for line in LINES)}</body></html>".encode()


def zipped(**members: bytes) -> bytes:
    """A zip with these members, `__` in their names standing for `/` and `_` for a dot."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in members.items():
            package.writestr(name.replace("__", "/").replace("_", "."), data)
    return stream.getvalue()


@pytest.fixture
def samples(word_lines: Callable[[Iterable[str]], bytes], pdf: Callable[..., bytes]) -> dict[str, bytes]:
    """The same report in every format."""
    return {"text": "\n".join(LINES).encode(), "docx": word_lines(LINES), "html": HTML, "pdf": pdf(LINES)}


@pytest.mark.parametrize("name", ["text", "docx", "html", "pdf"])
@pytest.mark.parametrize("suffix", [".txt", ".docx", ".html", ".pdf", ""])
def test_content_decides(
    name: str, suffix: str, samples: dict[str, bytes], saved: Callable[[str, bytes], Path]
) -> None:
    """What a file holds decides which reader reads it, whatever its suffix says."""
    document = read(saved(f"report{suffix}", samples[name]))
    assert (document.format, document.text.split("\n")) == (name, LINES)


def test_one_reader_at_most(samples: dict[str, bytes]) -> None:
    """No file is recognised by two readers, text aside, which is what no other reader recognises."""
    for name, data in samples.items():
        found = [known.name for known in FORMATS[:-1] if known.recognises(data)]
        assert found == ([] if name == "text" else [name])


def test_says_what_was_read(saved: Callable[[str, bytes], Path]) -> None:
    """A document carries the name of its file and the digest of its bytes, byte order mark included."""
    data = "\ufeff政府工作报告".encode()
    document = read(saved("报告 2024.txt", data))
    assert (document.name, document.sha256) == ("报告 2024.txt", hashlib.sha256(data).hexdigest())
    assert document.text == "政府工作报告"


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    """A file name that is not UTF-8 becomes text that can be stored and printed."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb1\xa8.txt"))
    path.write_bytes(b"report")
    read(path).name.encode("utf-8")


@pytest.mark.parametrize(
    ("data", "message", "remedy"),
    [
        (b"", "is empty", "fetch"),
        (b" \r\n\t\n", "holds no text", "check"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "binary", ".docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old Office file", "save it as .docx"),
        (b"\xd0\xcf\x11\xe0" + "PowerPoint Document".encode("utf-16-le"), "PowerPoint", ".docx"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted", "password"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package/>', "XML", "save it as .docx"),
        (b'<?xml version="1.0"?><tmx version="1.4"><body/></tmx>', ".tmx", "glossary-api import"),
        (b'<xliff version="1.2" xmlns:sdl="x"><file/></xliff>', ".sdlxliff", "glossary-api check"),
        (b'# Translations\nmsgid ""\nmsgstr ""\n"Language: en\\n"\n', ".po", "glossary-api import"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "holds no text", "check"),
        (b'<?xml version="1.0"?><article><title>A</title><para>B</para></article>', "XML", ".docx"),
        (b"% a report\n\\documentclass{ctexart}\n\\begin{document}\n", "LaTeX", ".docx"),
        (b"From a@b.example Mon Jan  1 00:00:00 2024\nSubject: x\n\ntext", "mailbox", ".eml"),
        (zipped(Index__Document_iwa=b"x"), "Numbers", "export it"),
        (b'[{"place": "A", "text": "cut sh', "cut short JSON", "again"),
        (b'<html><frameset><frame src="menu.htm"><frame src="main.htm"></frameset></html>', "frames", "main.htm"),
        (b"Rar!\x1a\x07\x01\x00", "RAR", "unpack"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip", "unpack"),
        (b"\x1f\x8b\x08\x00", "damaged archive", "unpack"),
        (b"\x89PNG\r\n\x1a\n", "picture", "OCR"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture", "OCR"),
        (b"SQLite format 3\x00", "SQLite", "reports"),
        (b"PK\x03\x04 cut off", "damaged zip", "again"),
        (zipped(xl__workbook_xml=b"<x/>"), "Excel", ".docx"),
        (zipped(ppt__presentation_xml=b"<x/>"), "PowerPoint", ".docx"),
        (zipped(OFD_xml=b"<x/>"), "has no text", "OCR"),
        (zipped(content_xml=b"<x/>"), "OpenDocument", ".docx"),
        (zipped(a_txt=b"report", b_txt=b"report"), "2 files", "name a file"),
        (b"%PDF-1.7\nnot a PDF", "damaged PDF", "again"),
        (b"<html><body><script>only()</script></body></html>", "holds no text", "check"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_refuses_with_a_remedy(data: bytes, message: str, remedy: str, saved: Callable[[str, bytes], Path]) -> None:
    """A file that is not read is named in one line with its place, its kind and what to do."""
    path = saved("report.docx", data)
    with pytest.raises(ReadError) as refused:
        read(path)
    line = str(refused.value)
    assert line.startswith(f"{path}: ")
    assert message in str(refused.value.message)
    assert remedy in str(refused.value.remedy)
    assert line.isprintable()


def test_refuses_what_is_no_file(tmp_path: Path) -> None:
    """A directory, a missing file, a pipe and an impossible name are refused by name."""
    os.mkfifo(tmp_path / "pipe")
    for path, message in [
        (tmp_path, "is a directory"),
        (tmp_path / "missing.txt", "no such file"),
        (tmp_path / "pipe", "not a regular file"),
        (tmp_path / ("x" * 300), "cannot be read"),
        (Path("nul\0.txt"), "cannot be read"),
    ]:
        with pytest.raises(ReadError, match=message) as refused:
            read(path)
        assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    ("limit", "value", "data", "message"),
    [
        ("MAX_BYTES", 10, b"12345678901", "larger than 10 bytes"),
        ("MAX_CHARACTERS", 10, b"12345678901", "more than 10 characters"),
        ("MAX_LINES", 3, b"1\n2\n3\n4", "more than 3 lines"),
        ("MAX_LINES", 3, b"1\r2\r3\r4", "more than 3 lines"),
    ],
)
def test_limits_are_stated(
    limit: str,
    value: int,
    data: bytes,
    message: str,
    saved: Callable[[str, bytes], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A file just over a limit is refused with the limit, and one just below it is read."""
    monkeypatch.setattr(formats, limit, value)
    with pytest.raises(ReadError, match=message):
        read(saved("long.txt", data))
    read(saved("short.txt", data[: -2 if limit == "MAX_LINES" else -1]))


def test_a_million_lines(saved: Callable[[str, bytes], Path]) -> None:
    """A file of a million lines is over the limit."""
    with pytest.raises(ReadError, match="more than 200,000 lines"):
        read(saved("lines.txt", b"line\n" * 1_000_000))


def test_a_text_that_mentions_other_formats(saved: Callable[[str, bytes], Path]) -> None:
    """A text that begins with the letters of another format, or speaks of tags, stays a text."""
    for start in ("PK赛", "%PDF- is how they begin", "BM", "1 < 2 and <p> is a tag", "MIME is a standard"):
        assert read(saved("text.txt", start.encode())).format == "text"


def test_libraries_wait_for_their_files() -> None:
    """Importing the readers imports none of the libraries that only one format needs."""
    script = "import sys, glossary_api.reading.read; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not {"lxml", "selectolax", "pypdfium2"} & {name.split(".")[0] for name in loaded}


def test_a_word_file_is_no_table_by_chance(
    saved: Callable[[str, bytes], Path], word_lines: Callable[..., bytes]
) -> None:
    """Signs of a table among the bytes of an archive, as its dates may give them, make no data set of it."""
    document = word_lines(LINES)
    for sign in (b"\t", b",", b"\n", b'"', b"{", b"["):
        dated = document[:10] + 2 * sign + document[12:]  # the time of its first member (APPNOTE.TXT, 4.3.7)
        assert read(saved("report.docx", dated)).format == "docx"


def test_the_lock_of_an_open_document(tmp_path: Path) -> None:
    """What Word lays beside an open document is refused for what it is."""
    lock = tmp_path / "~$report.docx"
    lock.write_bytes(b"\x03Lin" + bytes(158))
    with pytest.raises(ReadError, match="lock"):
        read(lock)
