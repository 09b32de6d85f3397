"""Write the log of a server: as text in which no text of a caller's can begin a line of its own or steer a terminal, or
as JSON, an object a line, for programs that gather logs.
"""

from __future__ import annotations

import datetime
import logging
from typing import Any

import orjson
from gunicorn.glogging import Logger

from glossary_api.text.visible import visible, visible_line


class PlainLines(logging.Formatter):
    """Format a record as text: its message on one line, a traceback on those behind it."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # as logging calls it
        """Return the line of a record, all that controls written out."""
        return visible_line(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802  # as logging calls it
        """Return a traceback, its messages written out."""
        return visible(super().formatException(ei))


class PlainLog(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn's log, and with it that of the program."""

    def lines(self, handler: logging.Handler | None) -> logging.Formatter:
        """Return what formats the records of a handler of gunicorn's; None stands for that of the program."""
        there = handler.formatter if handler else None
        return PlainLines(there._fmt, there.datefmt) if there else PlainLines()

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: datetime.timedelta) -> None:
        """Log a request; of a file that the system sends by itself, gunicorn counts no bytes."""
        if environ["REQUEST_METHOD"] != "HEAD":
            resp.sent = resp.sent or resp.response_length or 0
        self.line(resp, req, environ, request_time)

    def line(self, resp: Any, req: Any, environ: dict[str, Any], request_time: datetime.timedelta) -> None:
        """Write the line of a request."""
        super().access(resp, req, environ, request_time)

    def setup(self, cfg: Any) -> None:
        """Set the log up as gunicorn does, in lines of ours."""
        super().setup(cfg)
        for logger in (self.error_log, self.access_log):
            for handler in logger.handlers:
                handler.setFormatter(self.lines(handler))
        root = logging.getLogger()
        if not root.handlers:
            handler = logging.StreamHandler()
            handler.setFormatter(self.lines(None))
            root.addHandler(handler)


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
