"""Find the terms that stand beside a term: in the same sections of the same reports.

Asked of an edition this takes longer the more sections a term stands in, so for terms in many the harvest has asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glossary_api.store.use_columns import Numbers

MOST = 100
"""How many of the terms beside a term are kept, the best ones."""


FEW = 50
"""In how many sections a term may stand to be asked for when somebody wants to know."""


def co_uses(terms: Numbers, sections: Numbers) -> Iterator[tuple[int, int, int, float]]:
    """Return, by term, the best terms beside those that stand in more than FEW sections.

    `terms` and `sections` say which stand in which, each pair once, by term. A row is `(term, other, together, score)`.
    `together` counts the sections in which both stand, `score` is the Dice coefficient 2 * together / (sections of one
    + sections of the other). Best are those of the highest score, then the most often together.
    """
    import numpy as np  # whoever only asks does not need it

    sizes = np.bincount(terms) if len(terms) else np.empty(0, np.intp)
    ends = np.cumsum(sizes)
    by_section = np.argsort(sections, kind="stable")
    within = terms[by_section]
    begins = np.searchsorted(sections[by_section], np.arange(sections.max(initial=0) + 2))
    for term in np.flatnonzero(sizes > FEW).tolist():
        here = sections[ends[term] - sizes[term] : ends[term]]
        others = np.concatenate([within[begins[section] : begins[section + 1]] for section in here])
        found, together = np.unique(others[others != term], return_counts=True)
        score = 2.0 * together / (len(here) + sizes[found])
        best = np.sort(np.lexsort((found, -together, -score))[:MOST])
        kept = (each[best].tolist() for each in (found, together, score))
        yield from ((term, *row) for row in zip(*kept, strict=True))
