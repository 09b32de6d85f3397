"""Follow a place where editions are published, beside the processes that serve: a process of its own.

    python -m glossary_api.serving.follower ADDRESS EDITION SECONDS PARENT

A server that is started by `serve` has one. It ends with the process that started it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
import time
from pathlib import Path

from glossary_api.errors import GlossaryError
from glossary_api.store.publication import Follower

_log = logging.getLogger(__name__)
_STEP = 0.5
"""Seconds between looks at whether the server is still there."""


def started(address: str, edition: Path, seconds: int) -> subprocess.Popen[bytes]:
    """Start following in a process of its own."""
    return subprocess.Popen([sys.executable, "-m", __name__, address, str(edition), str(seconds), str(os.getpid())])


def follow(address: str, edition: Path, seconds: float, parent: int) -> None:
    """Look every so many seconds for what is published, as long as this process is a child of `parent`."""
    follower, said = Follower(address, edition), ""
    while os.getppid() == parent:
        try:
            if taken := follower.fetch():
                _log.warning("edition %s was published at %s and is served now", taken[:12], address)
            said = ""
        except GlossaryError as error:
            if str(error) != said:  # once, and not every time that it is tried again
                said = str(error)
                _log.warning("%s; the edition before is served on", error)
        until = time.monotonic() + seconds
        while time.monotonic() < until and os.getppid() == parent:
            time.sleep(min(_STEP, seconds))


if __name__ == "__main__":
    logging.basicConfig(format="glossary-api: %(message)s")
    with contextlib.suppress(KeyboardInterrupt):
        follow(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
