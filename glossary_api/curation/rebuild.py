"""Make the edition anew in the background when something was decided, one harvest at a time."""

from __future__ import annotations

import fcntl
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Collection
from pathlib import Path

from glossary_api.curation.decision_log import read_log, version_of
from glossary_api.settings import Settings, seed_folder

_log = logging.getLogger(__name__)


def sources(settings: Settings, known: Collection[str]) -> tuple[str, ...] | None:
    """Return what to harvest: what the settings name; nothing, which means the seed, for an edition of the seed.

    None where neither holds: `known`, the ids of the reports of the edition, come from elsewhere, and a harvest of the
    seed would take their place.
    """
    if settings.reports_named:
        return settings.reports_named
    seed = {path.stem for path in (seed_folder() / "reports").glob("*.txt")}
    return () if set(known) <= seed else None


def rebuild_soon(settings: Settings, paths: tuple[str, ...]) -> threading.Thread:
    """Harvest again in another process, unless an edition with all decisions is being made; return the thread."""
    thread = threading.Thread(target=_rebuild, args=(settings, paths), daemon=True, name="rebuild")
    thread.start()
    return thread


def _rebuild(settings: Settings, paths: tuple[str, ...]) -> None:
    edition = settings.edition.absolute()
    state = edition.with_name(f".{edition.name}.decided")
    descriptor = os.open(state, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        version = version_of(read_log(settings.decision_log))
        if os.pread(descriptor, 64, 0).decode() == version:
            return  # who waited before us has made it
        if _harvest(settings, paths, edition):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, version.encode(), 0)
    except Exception as error:  # nobody waits for this thread: the log of the server has to say it
        _log.error("the edition was not made anew: %s", error)
    finally:
        os.close(descriptor)


def _harvest(settings: Settings, paths: tuple[str, ...], edition: Path) -> bool:
    command = [sys.executable, "-m", "glossary_api.cli", "harvest", *paths]
    command += ["-o", str(edition), "--decisions", str(settings.decision_log.absolute())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        _log.error("the edition was not made anew: %s", done.stderr.strip()[-500:])
    return done.returncode == 0
