"""A rendering as a file of another tool has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

WITHDRAWN = "withdrawn"
"""Status of what a file says is not to be used (any more)."""


@dataclass(frozen=True, slots=True)
class ForeignRendering:
    """A rendering as a file has it; what the file does not say is empty."""

    place: str
    """`file:line`."""
    names: tuple[str, ...]
    """Names of the term, any of which may be known."""
    rendering: str
    language: str = ""
    id: str = ""
    """Id of the concept, which is that of a sense if the file was exported from here."""
    sense: str = ""
    """The definition whose sense is meant, as curated files name it."""
    status: str = ""
    source: str = ""
    note: str = ""
    gloss: str = ""
    also: str = ""
    """Further wordings, as curated files have them."""
    bound: bool = False
    """Whether the file says that it renders one sense only."""
    region: str = ""
    since: str = ""
    until: str = ""
    definition: str = ""
    definition_status: str = ""
    silent: tuple[str, ...] = ()
    """Fields for which the file has no place: they say nothing, and contradict nothing."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """What the file calls the fields of a curated row, where that is something else."""
