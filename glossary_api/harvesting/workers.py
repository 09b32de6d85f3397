"""Do a piece of work for many things at once: in this process, in several, or on a cluster, with one result.

Results come in the order of the things. A worker that dies takes the batches in hand with it: their things are done
again one by one, and one that kills two workers in a row is set aside.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Generic, Self, TypeVar

from glossary_api.errors import ReadError

T = TypeVar("T")
R = TypeVar("R")

_ATTEMPTS = 2
"""A thing that kills so many workers is set aside."""
_LOADED = "glossary_api.harvesting.harvest"
"""What processes have loaded when they begin: once for all of them."""
_AHEAD = 3
"""Batches in hand for each worker: enough that none waits, and few enough that no more than those are in memory."""
_BEHIND = 3
"""How much workers give way to who hired them: where they are as many as the processors, that is what all wait for."""
_SELDOM = (50_000, 20, 20)
"""How often garbage is looked for: a harvest makes very many things, and hardly any that refer to each other."""

_Waiting = deque[tuple[list[T], "Future[list[R]] | None"]]
"""Batches with what will come of them; None for one that could not be sent."""


@dataclass(frozen=True, slots=True)
class Done(Generic[T, R]):
    """A thing with what was made of it; None for one that killed its workers."""

    thing: T
    result: R | None


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Crew:
    """Workers who are hired at the first piece of work, and dismissed when the context ends."""

    def __init__(self, jobs: int = 1, cluster: str = "") -> None:
        """Take the number of processes, 1 for this one; or the address of a dask cluster, or `local:N` for one here."""
        self._jobs, self._cluster = jobs, cluster
        self._executor: Executor | None = None
        self._dead: tuple[type[BaseException], ...] = (BrokenExecutor, CancelledError)
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._stack.callback(gc.set_threshold, *gc.get_threshold())
        gc.set_threshold(*_SELDOM)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._dismiss()
        self._stack.close()

    @property
    def alone(self) -> bool:
        """Tell whether all work is done in this process."""
        return self._jobs < 2 and not self._cluster

    def over(
        self, work: Callable[[list[T]], list[R]], things: Iterable[T], size: int, *, ahead: int = _AHEAD
    ) -> Iterator[Done[T, R]]:
        """Return each thing with what `work` makes of it, in the order given, `size` of them in a batch.

        A crew begins at once, and has `ahead` batches in hand for each worker. `work` and the things must be such as
        can be sent to another process. What `work` raises is raised here.
        """
        batches = _batches(things, size)
        if self.alone:
            return (Done(*done) for batch in batches for done in zip(batch, work(batch), strict=True))
        waiting: _Waiting[T, R] = deque()
        number = ahead * max(2, self._jobs)
        self._send(work, batches, waiting, number)
        return self._awaited(work, batches, waiting, number)

    def _send(
        self, work: Callable[[list[T]], list[R]], batches: Iterator[list[T]], waiting: _Waiting[T, R], number: int
    ) -> None:
        """Have a number of batches in hand."""
        for batch in islice(batches, max(0, number - len(waiting))):
            waiting.append((batch, self._sent(work, batch)))

    def _awaited(
        self, work: Callable[[list[T]], list[R]], batches: Iterator[list[T]], waiting: _Waiting[T, R], number: int
    ) -> Iterator[Done[T, R]]:
        while waiting:
            batch, future = waiting.popleft()
            results = self._received(future)
            if results is None:
                self._dismiss()
                yield from (self._carefully(work, thing) for thing in batch)
                yield from self._what_was_in_hand(work, waiting)
            self._send(work, batches, waiting, number)
            if results is not None:
                yield from (Done(thing, result) for thing, result in zip(batch, results, strict=True))

    def _what_was_in_hand(self, work: Callable[[list[T]], list[R]], waiting: _Waiting[T, R]) -> Iterator[Done[T, R]]:
        """Do the next batches carefully, as one of them may be what killed a worker, and send the others again."""
        for _ in range(min(len(waiting), _AHEAD * max(2, self._jobs))):
            batch, future = waiting.popleft()
            if (results := self._received(future)) is not None:
                yield from (Done(thing, result) for thing, result in zip(batch, results, strict=True))
            else:
                yield from (self._carefully(work, thing) for thing in batch)
        for at, (batch, future) in enumerate(waiting):
            if future is None or future.cancelled() or (future.done() and future.exception() is not None):
                waiting[at] = batch, self._sent(work, batch)

    def _carefully(self, work: Callable[[list[T]], list[R]], thing: T) -> Done[T, R]:
        """Do one piece of work alone, so that it is known which one kills its process."""
        for _ in range(_ATTEMPTS):
            if (results := self._received(self._sent(work, [thing]))) is not None:
                return Done(thing, results[0])
            self._dismiss()
        return Done(thing, None)

    def _sent(self, work: Callable[[list[T]], list[R]], batch: list[T]) -> Future[list[R]] | None:
        try:
            return self._hired().submit(work, batch)
        except self._dead:
            return None

    def _received(self, future: Future[list[R]] | None) -> list[R] | None:
        """Return the results of a batch; None if its worker died."""
        try:
            return future.result() if future else None
        except self._dead:
            return None

    def _hired(self) -> Executor:
        if self._executor is None:
            self._executor = self._of_cluster() if self._cluster else _processes(self._jobs)
        return self._executor

    def _dismiss(self) -> None:
        if self._executor is not None and not self._cluster:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def _of_cluster(self) -> Executor:
        """Return the executor of a cluster. Raises ReadError if dask is not installed or the cluster is not there."""
        try:
            from distributed import Client, KilledWorker, LocalCluster
        except ImportError as error:
            raise ReadError("cluster-is-not-installed", remedy="install-cluster-extra") from error
        self._dead = (BrokenExecutor, CancelledError, KilledWorker)
        _, _, number = self._cluster.partition("local:")
        try:
            if number:
                local = LocalCluster(n_workers=int(number), threads_per_worker=1, dashboard_address=None)
                client = Client(self._stack.enter_context(local))
            else:
                client = Client(self._cluster, timeout="10s")
        except (OSError, ValueError, TimeoutError) as error:
            place, why = self._cluster, str(error)
            raise ReadError("cluster-does-not-answer", place=place, remedy="name-cluster-so", why=why) from error
        self._stack.enter_context(client)
        executor: Executor = client.get_executor(pure=False, retries=_ATTEMPTS - 1)
        return executor


def _processes(number: int) -> Executor:
    """Return processes that share nothing with this one: a fork would copy its threads' locks as they stand."""
    way = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(way)
    context.set_forkserver_preload([_LOADED])
    return ProcessPoolExecutor(number, context, initializer=_subordinate)


def _subordinate() -> None:
    """Leave Ctrl-C to the process that gave the work, and end when it is killed.

    The executor's own workers would wait for ever: each holds the other end of the pipe from which it gets its work.
    """
    os.nice(_BEHIND)
    gc.set_threshold(*_SELDOM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if parent := multiprocessing.parent_process():
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch
