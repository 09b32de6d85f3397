from __future__ import annotations

import logging
import sys

from glossary_api.serving.log import PlainLines

HOSTILE = "a\n\x1b[31m\x9b2J\u202eb"


def test_a_line_is_a_line() -> None:
    """What a caller sent can neither begin a line of the log nor steer the terminal that shows it."""
    line = PlainLines("%(levelname)s %(message)s").format(logging.makeLogRecord({"msg": HOSTILE}))
    assert line == "Level None a\\n\\u001b[31m\\u009b2J\\u202eb"


def test_a_traceback_is_written_out() -> None:
    """A traceback keeps its lines, and what its message would steer is written out."""
    try:
        raise ValueError(HOSTILE)
    except ValueError:
        record = logging.makeLogRecord({"msg": "failed", "exc_info": sys.exc_info()})
    text = PlainLines().format(record)
    assert text.startswith("failed\nTraceback")
    assert "\x1b" not in text
    assert "\x9b" not in text
