from __future__ import annotations

import codecs

import pytest

from glossary_api.errors import ReadError
from glossary_api.reading.plain_text import read_text

REPORT = "各位代表：\r\n坚守“六个不发生”①底线，推行“135”工作体系。\r\n"
TRADITIONAL = "各位代表：堅守六個不發生底線，推行數據得地，實施鄉村振興戰略。" * 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_decodes_exactly(encoding: str) -> None:
    """A text in any of the known encodings is read as it was written, line ends included."""
    assert read_text(REPORT.encode(encoding)) == REPORT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_byte_order_mark_decides(encoding: str) -> None:
    """A byte order mark says how a text is encoded and is no part of it."""
    assert read_text("\ufeff".encode(encoding) + REPORT.encode(encoding)) == REPORT


def test_traditional_text_in_big5() -> None:
    """Traditional characters in Big5 count as Chinese text, too."""
    assert read_text(TRADITIONAL.encode("big5")) == TRADITIONAL


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(encoding: str) -> None:
    """A text in UTF-16 is known by its lines of common characters where no mark says its byte order."""
    assert read_text(REPORT.encode(encoding)) == REPORT


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_cut_within_a_character(encoding: str) -> None:
    """A text whose last character is cut short is read, and ends with a sign that says so."""
    assert read_text((REPORT + "止").encode(encoding)[:-1]) == REPORT + "\ufffd"


def test_traditional_text_in_gb18030() -> None:
    """Traditional characters in GB18030 count as Chinese text."""
    assert read_text(TRADITIONAL.encode("gb18030")) == TRADITIONAL


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            REPORT.encode()[:-9] + b"\xff" + REPORT.encode()[-9:],
            "UTF-8 with a damaged byte decodes as GB18030 by chance",
        ),
        ("déjà vu, naïve café".encode("latin-1"), "Latin-1 is neither"),
        (bytes(range(128, 256)) * 4, "noise above ASCII"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x00", "a lone surrogate and half a character behind a mark"),
    ],
)
def test_refuses_other_encodings(data: bytes, reason: str) -> None:
    """Text in another encoding is refused, with the remedy, rather than read as nonsense."""
    with pytest.raises(ReadError, match="UTF-8") as refused:
        read_text(data)
    assert str(refused.value.remedy) == "save it as UTF-8 text", reason


@pytest.mark.parametrize(
    "data", [b"\x7fELF\x02\x01\x01\x00", b"text with a \0 in it", b"\x01\x02\x03 controls", b"\xff\xfea\0\0\0"]
)
def test_refuses_binary(data: bytes) -> None:
    """NUL bytes and many control characters make a file binary, a byte order mark before them or not."""
    with pytest.raises(ReadError, match="binary"):
        read_text(data)


def test_allows_a_stray_control_character() -> None:
    """A single control character, as copies out of Word hold, does not spoil a report."""
    assert read_text((REPORT * 5 + "\x07").encode()).endswith("\x07")
