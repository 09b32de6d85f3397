from __future__ import annotations

from pathlib import Path
from time import sleep

import pytest

from glossary_api.errors import ReadError
from glossary_api.reading import office
from glossary_api.reading.office import OFFICE_KINDS, converted, office_kind
from glossary_api.reading.read import AS_IT_STANDS, Request, read_bytes, with_ready
from tests.makers import docx_of, needs_libreoffice, office_files, workbook_of

LINES = ["政府工作报告", "各位代表：", "我们推进“三清一改”，方便群众办事。"]
RTF = rb"{\rtf1\ansi\ansicpg936 \'d5\'fe\'b8\'ae\'b9\'a4\'d7\'f7\'b1\'a8\'b8\'e6\par}"
DAMAGED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") * 50
SLEEPER = "#!/bin/sh\nsleep 300 & echo $! > {}\nsleep 300\n"


def test_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where LibreOffice is not installed, a file that needs it is refused with the line that installs it."""
    monkeypatch.setattr(office, "_PROGRAMS", ("no-such-program",))
    with pytest.raises(ReadError, match="LibreOffice, which is not installed") as refused:
        read_bytes(RTF, "报告.rtf")
    assert "apt-get install libreoffice-writer" in str(refused.value.remedy)


def test_no_program_runs_where_none_may(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that came from a stranger is not given to LibreOffice."""
    monkeypatch.setattr(office, "_PROGRAMS", ("no-such-program",))
    with pytest.raises(ReadError, match="of a kind that is not read here"):
        read_bytes(RTF, "报告.rtf", Request(programs=False))


def test_time_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that does not end is ended, with whatever it started."""
    program, child = tmp_path / "soffice", tmp_path / "child"
    program.write_text(SLEEPER.format(child))
    program.chmod(0o700)
    monkeypatch.setattr(office, "_PROGRAMS", (str(program),))
    monkeypatch.setattr(office, "SECONDS", 1)
    with pytest.raises(ReadError, match="more than 1 seconds"):
        converted(RTF, OFFICE_KINDS[1])
    stat = Path(f"/proc/{child.read_text().strip()}/stat")
    for _ in range(50):  # a signal takes a moment
        if not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        sleep(0.1)
    pytest.fail("it still runs")


@needs_libreoffice
@pytest.mark.parametrize("data", [DAMAGED, rb"{\rtf1 \u{{{{"], ids=["doc", "rtf"])
def test_damaged_files(data: bytes) -> None:
    """A damaged file is refused, and never taken for plain text."""
    with pytest.raises(ReadError, match="cannot be opened by LibreOffice"):
        read_bytes(data, "a")


@needs_libreoffice
def test_old_workbooks(tmp_path: Path) -> None:
    """A workbook of the old kind is the data set that it is as .xlsx."""
    text = "\n".join(LINES * 30)
    book = workbook_of({"报告": [["地区", "正文"], ["青禾县", text]]})
    for suffix, filter_ in (("xls", "MS Excel 97"), ("ods", "calc8")):
        [made] = office_files([book], suffix, filter_, tmp_path, "xlsx")
        document = read_bytes(made, "a")
        assert (document.format, document.text, document.record) == ("xlsx", text, (("place", "青禾县"),))


@pytest.mark.parametrize("data", [docx_of(LINES), "\n".join(LINES).encode(), b"%PDF-1.7"])
def test_what_needs_no_libreoffice(data: bytes) -> None:
    """Files that we read ourselves are of no kind of LibreOffice's."""
    assert office_kind(data) is None


COPIER = """#!/bin/sh
echo started >> {0}
while [ "$1" != --outdir ]; do shift; done
mkdir -p "$2"; made="$2"; shift 2
for file; do grep -q bad "$file" || cp {1} "$made/$(basename "$file" .rtf).docx"; done
"""


def test_several_files_are_converted_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice is started once for several files, and once more for one that it left undone, to say why."""
    program, log, made = tmp_path / "soffice", tmp_path / "log", tmp_path / "made.docx"
    made.write_bytes(docx_of(LINES))
    program.write_text(COPIER.format(log, made))
    program.chmod(0o700)
    monkeypatch.setattr(office, "_PROGRAMS", (str(program),))
    paths = [tmp_path / f"{name}.rtf" for name in ("a", "b", "bad")]
    for path in paths:
        path.write_bytes(RTF + path.name.encode())
    request = with_ready(AS_IT_STANDS, [*paths, tmp_path / "missing.rtf"])
    assert [read_bytes(path.read_bytes(), path.name, request).text for path in paths[:2]] == ["\n".join(LINES)] * 2
    assert log.read_text().count("started") == 1
    with pytest.raises(ReadError, match="cannot be opened"):
        read_bytes(paths[2].read_bytes(), "bad.rtf", request)
    assert log.read_text().count("started") == 2
