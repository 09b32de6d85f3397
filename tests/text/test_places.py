from __future__ import annotations

import pytest

from glossary_api.errors import BadParameter
from glossary_api.text.places import Places

PLACES = Places(
    [
        ("云溪市", "990100"),
        ("临江区", "990105"),
        ("临江区", "990105"),
        ("鼓楼区", "990102"),
        ("鼓楼区", "980102"),
        ("石桥县", None),
        ("中国", None),
        (None, None),
    ]
)


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("云溪市", ("云溪市", "990100")),
        ("云溪", ("云溪市", "990100")),
        ("云溪市临江区", ("临江区", "990105")),
        ("云溪市临江", ("临江区", "990105")),
        ("云溪市鼓楼区", ("鼓楼区", "990102")),  # the parent decides
        ("石桥县", ("石桥县", None)),
        ("中国", ("中国", None)),
        ("990105", ("临江区", "990105")),
        ("970101", (None, "970101")),  # any code has its distance to others
        ("远山市", ("远山市", None)),
        ("新临江", ("新临江", None)),  # ends like a known name, but nothing parts the two
        ("99010", ("99010", None)),
        ("９９０１００", ("９９０１００", None)),
    ],
)
def test_find(asked: str, place: tuple[str | None, str | None]) -> None:
    """A place is known by code, name, name without rank, or name behind its parents; no other is guessed."""
    assert PLACES.find(asked) == place


@pytest.mark.parametrize("asked", ["鼓楼区", "鼓楼", "远山市鼓楼区"])
def test_several_places(asked: str) -> None:
    """A name that several places have is an error that names their codes."""
    with pytest.raises(BadParameter, match="980102, 990102"):
        PLACES.find(asked)
