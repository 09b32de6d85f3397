"""Bring the edition up to what was decided, in the background: at once for the terms concerned, then by a harvest.

One process does it at a time, whoever decided. An edition that is amended answers by a decision within seconds; when
nobody has decided anything for a moment a harvest makes it anew from everything, and begins again if somebody decides
meanwhile.
"""

from __future__ import annotations

import fcntl
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import DEVNULL, PIPE

from glossary_api.curation.decision_log import read_log, version_of
from glossary_api.curation.tokens import tokens_beside
from glossary_api.settings import Settings

_PAUSES = (0, 5, 30)
"""Seconds to wait before each attempt: somebody else may be harvesting into the same edition."""
_QUIET = 2.0
"""Seconds without a decision after which a harvest begins …"""
_LOOK = 0.2
"""… and between two looks at the log."""
_log = logging.getLogger(__name__)
Done = subprocess.CompletedProcess[str]
_Mark = tuple[int, int]


def rebuild_soon(settings: Settings) -> threading.Thread:
    """Amend the edition and harvest it again, in other processes, unless that is done already; return the thread.

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
            if _brought_up(settings, edition, descriptor):
                return
    except Exception as error:  # nobody waits for this thread: the log of the server has to say it
        _log.error("the edition was not made anew: %s", error)
    finally:
        os.close(descriptor)


def _brought_up(settings: Settings, edition: Path, state: int) -> bool:
    """Go on until an edition was made of all that is decided, by whoever waited before; False if that failed."""
    while (version := version_of(read_log(settings.decision_log))) != os.pread(state, 64, 0).decode():
        mark = _mark(settings)
        amended = _run(settings, "glossary_api.harvesting.amending")
        is_amended = amended.returncode == 0
        if amended.stderr and not is_amended:
            _log.warning("the edition was not amended, and is made anew: %s", amended.stderr.strip()[-500:])
        if is_amended and _changes_within(_QUIET, settings, mark):
            continue
        done = _harvested(settings, edition, mark if is_amended else None)
        if done is False:
            return False
        if done:
            os.ftruncate(state, 0)
            os.pwrite(state, version.encode(), 0)
    return True


def _harvested(settings: Settings, edition: Path, mark: _Mark | None) -> bool | None:
    """Harvest; tell whether that went well, None if it was given up since the log has not its mark any more."""
    how = ["harvest", *settings.reports_named] if settings.reports_named else ["add"]
    command = ["glossary_api.cli", *how, "-o", str(edition), "--decisions", str(settings.decision_log.absolute())]
    done = _run(settings, *command, unless=lambda: mark is not None and _mark(settings) != mark)
    if done.returncode and mark is not None and _mark(settings) != mark:
        return None
    if done.returncode:
        _log.error("the edition was not made anew: %s", done.stderr.strip()[-500:])
    return done.returncode == 0


def _run(settings: Settings, *command: str, unless: Callable[[], bool] = lambda: False) -> Done:
    """Run a module of the program, to its end or until there is a reason to give it up."""
    started = [sys.executable, "-m", *command]
    with subprocess.Popen(started, stdout=DEVNULL, stderr=PIPE, text=True, env=settings.environment()) as process:
        while True:
            try:
                _, said = process.communicate(timeout=_LOOK)
                break
            except subprocess.TimeoutExpired:
                if unless():
                    process.send_signal(signal.SIGINT)  # once: it leaves everything as it was, if it may finish that
                    _, said = process.communicate()
                    break
    return Done(started, process.returncode, "", said)


def _changes_within(seconds: float, settings: Settings, mark: _Mark) -> bool:
    """Wait; tell whether the log has another mark before the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if _mark(settings) != mark:
            return True
        time.sleep(_LOOK)
    return False


def _mark(settings: Settings) -> _Mark:
    """Return what tells a log from itself with a further decision."""
    said = settings.decision_log.stat()
    return said.st_size, said.st_mtime_ns
