from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import lzma
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_api.errors import ReadError
from glossary_api.harvesting.harvest import inspect_all
from glossary_api.model.things import Document, Failure
from glossary_api.reading import archives
from glossary_api.reading.archives import members
from glossary_api.reading.read import documents_of, read, read_all
from tests.makers import docx_of, zip_of

REPORT = "政府工作报告\n各位代表：\n我们推进“三清一改”，方便群众办事。"


def tar_of(files: Mapping[str, bytes], link: str = "") -> bytes:
    """A tar with these files, and with a link to a file outside."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as package:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            package.addfile(entry, io.BytesIO(data))
        if link:
            entry = tarfile.TarInfo(link)
            entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
            package.addfile(entry)
    return stream.getvalue()


PACKERS: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "zip": lambda files: zip_of(files),
    "tar": tar_of,
    "tar.gz": lambda files: gzip.compress(tar_of(files)),
    "tar.bz2": lambda files: bz2.compress(tar_of(files)),
    "tar.xz": lambda files: lzma.compress(tar_of(files)),
}


@pytest.mark.parametrize("kind", PACKERS)
def test_archives(kind: str, tmp_path: Path) -> None:
    """Each file of an archive is a document with its own name, folder and kind; an archive in it is opened once."""
    inner = zip_of({"c.txt": REPORT + "丙", "deep.zip": zip_of({"d.txt": REPORT})})
    files = {
        "江苏/2024.docx": docx_of(REPORT.split("\n")),
        "b.txt": REPORT.encode(),
        "inner.zip": inner,
        "x.png": b"\x89PNG\r\n",
    }
    path = tmp_path / f"all.{kind}"
    path.write_bytes(PACKERS[kind](files | {"__MACOSX/._b.txt": b"x", ".DS_Store": b"x"}))
    found = list(read_all(path))
    documents = {one.name: one for one in found if isinstance(one, Document)}
    assert list(documents) == [f"all.{kind}!b.txt", f"all.{kind}!inner.zip!c.txt", f"all.{kind}!江苏/2024.docx"]
    assert [one.own_name for one in documents.values()] == ["b.txt", "c.txt", "2024.docx"]
    assert documents[f"all.{kind}!江苏/2024.docx"].folder.endswith("/江苏")
    failures = [one for one in found if isinstance(one, Failure)]
    assert [one.path.rpartition(f"all.{kind}!")[2] for one in failures] == ["inner.zip!deep.zip", "x.png"]
    assert "archive in an archive in an archive" in str(failures[0].message)
    assert "is a picture" in str(failures[1].message)


def test_a_packed_file_alone(saved: Callable[[str, bytes], Path]) -> None:
    """A single file that is packed is read, and is called as before it was packed."""
    document = read(saved("昆山2024.txt.gz", gzip.compress(REPORT.encode())))
    assert (document.own_name, document.text) == ("昆山2024.txt", REPORT)


def test_names_of_windows() -> None:
    """Names that a zip gives in GBK or in UTF-8, without saying so, are decoded."""
    for encoding in ("gb18030", "utf-8"):
        data = zip_of({"NAME.txt": REPORT}).replace(b"NAME.txt", "青禾".encode(encoding).ljust(8, b"_"))
        [member] = members(data, "a.zip")
        assert member.name.startswith("青禾")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (zip_of({"../../a.txt": REPORT}), "leads out"),
        (tar_of({"/etc/a.txt": b"x"}), "leads out"),
        (tar_of({}, link="a.txt"), "link"),
        (zip_of({"a.txt": b" " * 3_000_000}), "unpacks to more than"),
        (zip_of({"a.txt": REPORT}).replace(b"\x14\x00\x00\x00\x08\x00", b"\x14\x00\x01\x00\x08\x00"), "password"),
        (zip_of({"a.txt": b""}), "is empty"),
    ],
)
def test_what_cannot_be_read_is_listed(data: bytes, message: str) -> None:
    """A member with a hostile name, a link, a bomb, a locked and an empty file are each named with the reason."""
    if message == "password":
        at = data.index(b"PK\x01\x02")
        data = data[: at + 8] + b"\x01\x00" + data[at + 10 :]
    [found] = documents_of(data, "a.zip")
    assert isinstance(found, Failure)
    assert message in str(found.message)


@pytest.mark.parametrize(("limit", "value"), [("MAX_MEMBERS", 2), ("MAX_TOTAL_BYTES", 10)])
def test_limits_of_archives(limit: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive with too many files, or too much in them, is refused whole."""
    monkeypatch.setattr(archives, limit, value)
    with pytest.raises(ReadError, match="more than"):
        list(documents_of(zip_of({f"{number}.txt": REPORT for number in range(3)}), "a.zip"))


@given(st.data())
def test_damaged_archives(data: st.DataObject) -> None:
    """However an archive is damaged, it is read or refused, and never with another error."""
    kind = data.draw(st.sampled_from(sorted(PACKERS)))
    whole = bytearray(PACKERS[kind]({"a.txt": REPORT.encode() * 20, "b.txt": b"x"}))
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ReadError):
        list(documents_of(bytes(whole[: data.draw(st.integers(1, len(whole)))]), f"a.{kind}"))


def test_reports_in_an_archive_are_inspected(saved: Callable[[str, bytes], Path]) -> None:
    """What in an archive is no report is a failure that names its place in the archive."""
    path = saved("all.zip", zip_of({"a.txt": REPORT, "b.txt": "会议通知", "c.bin": b"\0", "d/e.txt": "会议日程"}))
    failures = [one for one in inspect_all(path) if isinstance(one, Failure)]
    assert [one.path for one in failures] == [f"{path}!b.txt", f"{path}!c.bin", f"{path}!d/e.txt"]


def test_an_archive_without_files_is_refused() -> None:
    """An archive in which nothing is but what systems put there is refused, not passed over."""
    with pytest.raises(ReadError, match="holds no files"):
        list(documents_of(zip_of({".DS_Store": b"x"}), "empty.zip"))
