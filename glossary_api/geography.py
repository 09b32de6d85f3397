"""How far apart two divisions are, by their GB/T 2260 codes."""

from __future__ import annotations

SAME_PLACE, SAME_PREFECTURE, SAME_PROVINCE, ELSEWHERE = range(4)

_MUNICIPALITIES = ("11", "12", "31", "50")


def distance(code: str | None, other: str | None) -> int:
    """0 same place, 1 same prefecture, 2 same province, 3 elsewhere or unknown.

    A division and the one above it are as far apart as the level they share says: a county and its own
    prefecture 1, a county and its own province 2. Districts of one municipality share a prefecture.
    """
    if code is None or other is None or code[:2] != other[:2]:
        return ELSEWHERE
    if code == other:
        return SAME_PLACE
    same_prefecture = code[:4] == other[:4] and code[2:4] != "00"
    return SAME_PREFECTURE if same_prefecture or code[:2] in _MUNICIPALITIES else SAME_PROVINCE
