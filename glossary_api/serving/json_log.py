"""Write each line of the log of a server as a JSON object, for programs that gather logs."""

from __future__ import annotations

import datetime
import logging
from typing import Any

import orjson

from glossary_api.serving.plain_log import PlainLog
from glossary_api.text.visible import visible


class JsonLines(logging.Formatter):
    """Format a record as one line of JSON: time, level, logger, message, and whatever the record has besides."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as JSON; control characters are escaped in it."""
        line: dict[str, Any] = {
            "time": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        for name in ("request_id", "request"):
            if hasattr(record, name):
                line[name] = getattr(record, name)
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return visible(orjson.dumps(line, default=str).decode())


class JsonLog(PlainLog):
    """gunicorn's log in JSON, and with it that of the program."""

    def lines(self, handler: logging.Handler | None) -> logging.Formatter:
        """Return what formats all records alike."""
        return JsonLines()

    def line(self, resp: Any, req: Any, environ: dict[str, Any], request_time: datetime.timedelta) -> None:
        """Write the line of a request: who, what, status, bytes, microseconds, request id."""
        if not self.cfg.accesslog:
            return
        headers = {name.lower(): value for name, value in resp.headers}
        request = {
            "client": environ.get("REMOTE_ADDR", ""),
            "method": environ["REQUEST_METHOD"],
            "target": environ.get("RAW_URI", ""),
            "status": int(str(resp.status).split(None, 1)[0]),
            "bytes": getattr(resp, "sent", 0),
            "microseconds": request_time // datetime.timedelta(microseconds=1),
        }
        self.access_log.info("request", extra={"request_id": headers.get("x-request-id"), "request": request})
