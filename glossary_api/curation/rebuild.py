"""Make the edition anew in the background when something was decided, one harvest at a time."""

from __future__ import annotations

import fcntl
import logging
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from glossary_api.curation.decision_log import read_log, version_of
from glossary_api.curation.tokens import tokens_beside
from glossary_api.settings import Settings

_PAUSES = (0, 5, 30)
"""Seconds to wait before each attempt: somebody else may be harvesting into the same edition."""
_log = logging.getLogger(__name__)


def rebuild_soon(settings: Settings) -> threading.Thread:
    """Harvest again in another process, unless an edition with all decisions is being made; return the thread.

    What is harvested are the reports that the settings name, else what the edition was made of.
    """
    thread = threading.Thread(target=_rebuild, args=(settings,), daemon=True, name="rebuild")
    thread.start()
    return thread


def rebuild_if_behind(settings: Settings) -> None:
    """Harvest again if a server was stopped before it had done so: something was decided after the edition was made.

    Where nobody has a token the edition is left to whoever harvests.
    """
    log = settings.decision_log
    if tokens_beside(log).exists() and log.exists() and log.stat().st_mtime > settings.edition.stat().st_mtime:
        rebuild_soon(settings)


def _rebuild(settings: Settings) -> None:
    edition = settings.edition.absolute()
    state = edition.with_name(f".{edition.name}.decided")
    descriptor = os.open(state, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        for pause in _PAUSES:
            time.sleep(pause)
            version = version_of(read_log(settings.decision_log))
            if os.pread(descriptor, 64, 0).decode() == version:
                return  # who waited before us has made it
            if _harvest(settings, edition):
                os.ftruncate(descriptor, 0)
                os.pwrite(descriptor, version.encode(), 0)
                return
    except Exception as error:  # nobody waits for this thread: the log of the server has to say it
        _log.error("the edition was not made anew: %s", error)
    finally:
        os.close(descriptor)


def _harvest(settings: Settings, edition: Path) -> bool:
    how = ["harvest", *settings.reports_named] if settings.reports_named else ["add"]
    command = [sys.executable, "-m", "glossary_api.cli", *how]
    command += ["-o", str(edition), "--decisions", str(settings.decision_log.absolute())]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=settings.environment())
    if done.returncode:
        _log.error("the edition was not made anew: %s", done.stderr.strip()[-500:])
    return done.returncode == 0
