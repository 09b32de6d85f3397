"""Show texts of others on a terminal or in a log: what would steer it, or hide what stands there, is written out."""

from __future__ import annotations

import re

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def visible(text: str) -> str:
    r"""Return a text with an escape of JSON for each character that controls a terminal; line ends and tabs stay.

    >>> visible("\x1b[31m")
    '\\u001b[31m'
    """
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def visible_line(text: str) -> str:
    """Return a text that was to be on one line, with escapes for line ends, too."""
    return visible(text).replace("\n", "\\n")
