"""Take the files of a harvest: what the cache has from there, all others by the crew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import repeat
from pathlib import Path

from glossary_api.harvesting.cache import ParseCache, key_of
from glossary_api.harvesting.readings import Seen, SeenFile, facts_from
from glossary_api.harvesting.taking import TakenFile, take_files
from glossary_api.harvesting.workers import Crew
from glossary_api.model.messages import Message
from glossary_api.reading.read import Request

_BATCH = 8
"""Files that are sent to a worker at once: some tenths of a second of work."""


@dataclass(frozen=True, slots=True)
class Work:
    """The way in which a harvest is done; whatever it says, the edition is the same."""

    jobs: int = 1
    """How many processes do it; with 1 this process does it all."""
    cluster: str = ""
    """Address of a dask cluster that does it, or `local:N`."""
    cache: Path | None = None
    """Where to keep what files parse to."""
    scratch: Path | None = None
    """A folder, within reach of all who work, for what the stages hand on to each other; None keeps it in memory."""
    is_edited: bool = False
    """Whether the cache keeps the reports, too, so that decisions can be laid to the edition without a harvest."""


HERE = Work()
"""In this process, and nothing is kept."""


def taken_files(
    paths: Iterable[Path], request: Request, crew: Crew, cache: ParseCache | None = None, *, light: bool = False
) -> Iterator[TakenFile | SeenFile]:
    """Yield what is in each file, in the order given. What is not in the cache yet is put there.

    If `light`, of what the cache has only what was seen in it.
    """
    paths = list(paths)
    keys = [key_of(path, request) for path in paths] if cache is not None else list(repeat(None, len(paths)))
    known = [cache is not None and key is not None and key in cache for key in keys]
    missing = [path for path, there in zip(paths, known, strict=True) if not there]
    fresh = crew.over(partial(take_files, request), missing, _BATCH)
    for path, key, there in zip(paths, keys, known, strict=True):
        if there and cache is not None and key is not None:
            seen = cache.seen(key) if light else None
            if seen is None:
                yield replace(cache.get(key), key=key)
                continue
            yield SeenFile(
                tuple(
                    Seen(document, chars, facts_from(facts), cache.path, key, number)
                    for number, (document, chars, facts) in enumerate(seen)
                )
            )
            continue
        taken = next(fresh).result or TakenFile((), Message("file-killed-its-workers"))
        # A file that was written anew meanwhile is not what its key says.
        if cache is not None and key is not None and taken.lasting and key_of(path, request) == key:
            cache.put(key, taken)
            taken = replace(taken, key=key)
        yield taken
