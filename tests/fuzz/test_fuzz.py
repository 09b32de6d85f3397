from __future__ import annotations

import random
import time

import pytest

from tests.fuzz.targets import TARGETS

SECONDS = 0.7
"""For each target."""
LONGEST = 120


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_hostile_is_a_fault(name: str) -> None:
    """Whatever comes is read, refused or answered; the same bytes each time, as many as there is time for."""
    chance, target = random.Random(name), TARGETS[name]
    target(b"")  # what is made once is made now
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        data = chance.randbytes(chance.randrange(LONGEST))
        try:
            target(data)
        except Exception as error:
            pytest.fail(f"{data!r}: {error!r}")
