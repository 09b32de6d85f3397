from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_api.errors import ReadError
from glossary_api.reading.read import read_bytes
from tests.makers import OFD, ofd_of, zip_of

LINE = "我们推进“三清一改”，深化“1+3+N”服务体系。"


def page_with(objects: str) -> bytes:
    """An OFD file of one page with these objects."""
    document = (
        f"<ofd:Document {OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        f'</ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page BaseLoc="/Doc_0/P.xml"/></ofd:Pages></ofd:Document>'
    )
    return zip_of({
        "OFD.xml": f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocRoot>/Doc_0/D.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/D.xml": document,
        "Doc_0/P.xml": f"<ofd:Page {OFD}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>",
    })  # fmt: skip


def text_object(text: str, box: str, more: str = "") -> str:
    """A text in a box, set at its left."""
    code = f'<ofd:TextCode X="0" Y="4">{text}</ofd:TextCode>'
    return f'<ofd:TextObject Boundary="{box}" Size="5" {more}>{code}</ofd:TextObject>'


def test_order_is_that_of_the_page() -> None:
    """Texts are read from head to foot and left to right, in whatever order the file has them."""
    objects = (
        text_object("后一行。", "20 60 100 6") + text_object("右边", "60 20 50 6") + text_object("左边", "50 20 9 6")
    )
    assert read_bytes(page_with(objects), "a").text.replace(" ", "").split("\n") == ["左边右边", "后一行。"]


def test_what_is_not_printed_is_counted() -> None:
    """Invisible texts, watermarks set aslant and pictures are counted, and so are running headers of templates."""
    objects = text_object(LINE, "20 20 150 6") + text_object("看不见", "20 30 50 6", 'Visible="false"')
    objects += text_object("水印", "20 40 50 50", 'CTM="0.7 0.7 -0.7 0.7 0 0"') + "<ofd:ImageObject/>"
    document = read_bytes(page_with(objects), "a")
    assert document.text == LINE
    assert {one.reason: one.characters for one in document.left_out} == {"hidden": 3, "furniture": 2, "picture": 0}
    header = read_bytes(ofd_of([LINE], running="内部文件"), "a")
    assert [(one.reason, one.characters) for one in header.left_out] == [("furniture", 4)]


def test_pages_of_pictures_are_refused() -> None:
    """A scan in an OFD file says that it needs OCR."""
    with pytest.raises(ReadError, match="no text on its 1 page,"):
        read_bytes(page_with("<ofd:ImageObject/>"), "a")


@given(st.data())
def test_damaged_files(data: st.DataObject) -> None:
    """However the numbers of a file are damaged, it is read or refused, and never with another error."""
    junk = st.sampled_from(["", "1e400", "-1", "g", "g 9999999999 1", "nan", "1 2 3", "g 2"])
    values = [data.draw(junk) for _ in range(5)]
    code = f'<ofd:TextCode X="{values[0]}" Y="4" DeltaX="{values[1]}">{LINE}</ofd:TextCode>'
    item = f'<ofd:TextObject Boundary="{values[2]}" Size="{values[3]}" CTM="{values[4]}">{code}</ofd:TextObject>'
    with contextlib.suppress(ReadError):
        read_bytes(page_with(item + text_object(LINE, "20 20 150 6")), "a")
