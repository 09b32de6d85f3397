"""A number as a text states it: what it is worth, how exactly it says so, and what sort of number it is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

PLAIN, RATIO, TIMES, YEAR, ORDINAL = "plain", "ratio", "times", "year", "ordinal"
"""What numbers are: amounts and counts; percentages and fractions, as parts of one; multiples; years; places in an
order."""

_CONVERTED = Decimal("0.006")
"""How far, relative to itself, a converted value may be off: translators round what they convert."""
_ROUNDED = Decimal("0.06")
"""How far, relative to itself, a value may be off that is printed with fewer digits."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where it stands."""

    value: Decimal
    start: int
    """Span in the text, half open, in code points."""
    end: int
    counts: bool
    """Whether it is stated beyond doubt; else it may confirm a number, not contradict it."""
    kind: str = PLAIN
    step: Decimal = Decimal(1)
    """What the last printed digit is worth: 1.2 million says hundreds of thousands, hence 100,000."""
    also: tuple[Decimal, ...] = ()
    """Other values that the same words may stand for: 2 to 3 million is two million, or two."""
    converted: tuple[tuple[Decimal, str], ...] = ()
    """What it is by other measures that translators use."""
    measures: frozenset[str] = frozenset()
    """What it counts by, a unit or a currency, if the text says so; several where `$` may be of several countries."""

    def agrees(self, other: Number) -> bool:
        """Tell whether both may state the same, each as exactly as it is printed."""
        if self.measures and other.measures and self.measures.isdisjoint(other.measures):
            return _is_converted(self, other) or _is_converted(other, self)
        ours, theirs = _values(self, other), _values(other, self)
        if self.value == other.value:
            return True
        if {self.kind, other.kind} in ({PLAIN, RATIO}, {RATIO, ORDINAL}) or YEAR in (self.kind, other.kind):
            return False
        if any(_rounds(one, self.step, two, other.step) for one in ours for two in theirs):
            return True
        return _is_converted(self, other) or _is_converted(other, self)


def _values(number: Number, other: Number) -> tuple[Decimal, ...]:
    """Return what a number may say beside another: what grew by 100 percent became twice as much."""
    grown = (number.value + 1,) if (number.kind, other.kind) == (RATIO, TIMES) else ()
    return (number.value, *number.also, *grown)


def _rounds(one: Decimal, step: Decimal, other: Decimal, others: Decimal) -> bool:
    """Tell whether the coarser of two printed numbers is the other one, rounded."""
    off = abs(one - other)
    return off == 0 or (step != others and off * 2 <= max(step, others) and off <= max(one, other) * _ROUNDED)


def _is_converted(one: Number, other: Number) -> bool:
    """Tell whether the other number, by what it counts by, is the one converted and rounded."""
    return any(
        measure in other.measures
        and abs(value - other.value) <= max(value * _CONVERTED, min(other.step / 2, value * _ROUNDED))
        for value, measure in one.converted
    )
