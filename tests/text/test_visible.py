from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from glossary_api.text.visible import visible, visible_line


@given(st.text(st.characters(codec=None)))
def test_nothing_steers(text: str) -> None:
    """What is shown has no control character but line ends and tabs, and no mark that turns the writing about."""
    shown = visible(text)
    assert not any((sign < " " and sign not in "\n\t") or "\x7f" <= sign <= "\x9f" for sign in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    shown.encode()
    assert "\n" not in visible_line(text)


def test_plain_text_stays() -> None:
    """Chinese, punctuation, emoji, line ends and tabs are shown as they are."""
    assert visible("“两重”\t１＋Ｎ\n😀") == "“两重”\t１＋Ｎ\n😀"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_stays_json(text: str) -> None:
    """JSON in which control characters are written out says the same."""
    assert json.loads(visible(json.dumps(text, ensure_ascii=False))) == text
