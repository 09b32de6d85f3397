"""Write the log of a server as text in which no text of a caller's can begin a line of its own or steer a terminal."""

from __future__ import annotations

import datetime
import logging
from typing import Any

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
