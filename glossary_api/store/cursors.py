"""Cursors: the sort key of the last item of a page, opaque to whoever carries it on.

Being made of names and not of positions, they stay right when the edition behind them is replaced.
"""

from __future__ import annotations

import base64
import binascii

import orjson

from glossary_api.errors import BadParameter


def encode(kind: str, *key: str | int) -> str:
    """The cursor of a sort key in the list called `kind`."""
    return base64.urlsafe_b64encode(orjson.dumps([kind, *key])).decode().rstrip("=")


def decode(cursor: str, kind: str, *types: type) -> tuple[str | int, ...]:
    """The sort key in a cursor, one value for each of `types`.

    Raises BadParameter for anything that `encode` did not make for the same kind of list.
    """
    try:
        found = orjson.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        found = None
    if not isinstance(found, list) or [type(value) for value in found] != [str, *types] or found[0] != kind:
        raise BadParameter(
            "cursor", "this is no cursor of this list", remedy="take it from the `next` of a page before"
        )
    return tuple(found[1:])
