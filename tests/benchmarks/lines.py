"""What a benchmark has to say of one thing, and the table that it stands in."""

from __future__ import annotations

from typing import NamedTuple

HEAD = ("| | small | large | large/small | rate/bare | p95 | spread | |", "|---|---|---|---|---|---|---|---|")


class Line(NamedTuple):
    """A measured thing: on the small and the large edition, the spread, and what is wrong with it."""

    name: str
    small: float
    large: float
    spread: float = 0.0
    """Of the middle half of the rounds on the large edition, in parts of the median."""
    unit: str = "ms"
    missed: str = ""
    bare: float | None = None
    """The rate on the large edition in parts of that of a bare Flask route."""
    p95: float | None = None

    def row(self) -> str:
        """Return a line of the table under HEAD."""
        figures = [f"{value:.2f} {self.unit}" for value in (self.small, self.large)]
        figures.append(f"{self.large / self.small:.2f}")
        figures += ["" if self.bare is None else f"{self.bare:.2f}", "" if self.p95 is None else f"{self.p95:.2f} ms"]
        return f"| {self.name} | {' | '.join(figures)} | {self.spread:.0%} | {self.missed} |"
