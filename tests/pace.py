"""Judge time by a yardstick: a slow or busy machine is slow for both, so only work that grew too large fails."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from functools import cache


def paces(work: Callable[[], object], attempts: int = 1) -> float:
    """Return the processor time of some work as a multiple of the yardstick's, the best of some attempts.

    Processor time, not time on the clock: other processes on the machine do not count. One pace is about 0.06 seconds
    on a machine of 2024.
    """
    return min(_seconds(work) for _ in range(attempts)) / _yardstick()


@cache
def _yardstick() -> float:
    return min(_seconds(lambda: sum(number * number for number in range(1_000_000))) for _ in range(3))


def _seconds(work: Callable[[], object]) -> float:
    gc.freeze()  # what other tests left behind is not gone through again and again while the work makes things
    try:
        begun = time.process_time()
        work()
        return time.process_time() - begun
    finally:
        gc.unfreeze()
