from __future__ import annotations

import json
import logging

from glossary_api.serving.log import JsonLines


def test_a_line_is_an_object() -> None:
    """A record is one line of JSON with level and request id, and no raw control character."""
    record = logging.makeLogRecord({"levelname": "ERROR", "name": "n", "msg": "a\n\x1b[31m\x9b%s", "args": ("b",)})
    record.request_id = "mine"
    line = JsonLines().format(record)
    said = json.loads(line)
    assert (said["level"], said["request_id"], said["message"]) == ("error", "mine", "a\n\x1b[31m\x9bb")
    assert line.isprintable()
