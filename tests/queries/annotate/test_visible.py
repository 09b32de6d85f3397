from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_api.queries.annotate.visible import DEEPEST, TooDeep, visible_text
from tests.pace import paces


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("推进<b>两</b>重<i>建</i>设", "推进两重建设"),
        ("<p>甲</p><p>乙</p>", "甲\n\n乙"),
        ("<div>甲<div>乙</div>丙</div>", "甲\n\n乙\n\n丙"),
        ("<ul><li>甲<li>乙</ul>", "甲\n\n乙"),
        ("<table><tr><td>甲</td><td>乙</td></tr></table>", "甲\n\n乙"),
        ("<div><div><p></p></div></div>甲<hr>乙", "甲\n\n乙"),
        ("甲<br>乙<br/><br>丙", "甲\n乙\n\n丙"),
        ("甲 <br> 乙", "甲\n乙"),
        ("甲  \n\t 乙", "甲 乙"),
        ("甲 <b> 乙 </b> 丙", "甲 乙 丙"),
        ("  <p>  甲  </p>  ", "甲"),
        ("甲&nbsp;&nbsp;乙", "甲\u00a0\u00a0乙"),
        ("<pre>甲\n  乙</pre>丙  丁", "甲\n  乙\n\n丙 丁"),
        ("&#x1F600;&lt;&amp;&#20845;", "😀<&六"),
        ("<head><title>甲</title></head>乙", "乙"),
        ("<p><script>甲</script><style>乙</style><template>丙</template><noscript>丁</noscript>戊", "戊"),
        ("<textarea>甲</textarea><select><option>乙</select><svg><text>丙</text></svg>丁", "丁"),
        ("<ruby>两<rp>(</rp><rt>liǎng</rt><rp>)</rp></ruby>重", "两重"),
        ("<p hidden>甲</p><p style='color: red; DISPLAY : none'>乙</p><i style='visibility:hidden'>丙</i>丁", "丁"),
        ("<p hidden=''><b>甲</b><br></p>乙", "乙"),
        ("甲<!-- 乙 -->丙", "甲丙"),
        ("两<wbr>重&shy;点", "两重\u00ad点"),
        ("", ""),
        ("<p>", ""),
        ("甲 < 乙", "甲 < 乙"),
        ("</p></div>甲</b>", "甲"),
    ],
)
def test_visible(html: str, text: str) -> None:
    """The visible text is what a reader sees, blocks apart by blank lines, white space as on the screen."""
    assert visible_text(html) == text


@given(st.text(alphabet='<>/="pbdivrh s-!&;甲乙\n', max_size=80))
def test_any_markup(html: str) -> None:
    """Whatever is sent, the visible text has no white space at its edges and none twice."""
    text = visible_text(html)
    assert text == text.strip(" \n")
    assert "\n\n\n" not in text
    assert "  " not in text
    assert " \n" not in text
    assert "\n " not in text


@given(
    st.lists(st.sampled_from(["<div>", "</div>", "<p>", "</p>", "<b>", "</b>", "<br>", "<pre>", "</pre>", "甲", " "]))
)
def test_no_text_is_lost(pieces: list[str]) -> None:
    """Every visible character is in the visible text, in order, however the tags are nested."""
    assert visible_text("".join(pieces)).count("甲") == pieces.count("甲")


def test_nesting() -> None:
    """Nesting within the limit is no matter, nor are tags that end by themselves; deeper is refused."""
    assert visible_text("<div>" * DEEPEST + "甲") == "甲"
    assert visible_text("<li>甲" * (DEEPEST + 1)).count("甲") == DEEPEST + 1
    assert visible_text("<div>甲</div>" * (DEEPEST + 1)).count("甲") == DEEPEST + 1
    for deep in ("<div>", "<DIV class=a>", "<div></p>", "<div></span>", "<b>", "<table><tr><td>"):
        with pytest.raises(TooDeep):
            visible_text(deep * (DEEPEST + 1))


def test_deep_nesting_is_refused_at_once() -> None:
    """However a page is nested too deeply, that is seen without delay."""
    for deep in ("<div>", "<table><tr><td>"):
        assert paces(partial(_refused, deep * (DEEPEST + 1))) < 80


def _refused(html: str) -> bool:
    with pytest.raises(TooDeep):
        visible_text(html)
    return True
