from __future__ import annotations

from dataclasses import replace

import orjson

from glossary_api.model.things import Definition, Harvest, Sense, Term
from glossary_api.store import documents
from glossary_api.store.sketches import Sketched, sketches


def drawn(term: Term, harvest: Harvest) -> list[Sketched]:
    """The sketches of the definitions of a term."""
    titles = {parsed.report.id: parsed.report for parsed in harvest.reports}
    found = orjson.loads(sketches(term, documents.term(term, titles, {}, 0), titles))
    return [Sketched._make(row) for row in found[1]] if found else []


def most_defined(harvest: Harvest) -> Term:
    """The term with most definitions."""
    return max(harvest.terms, key=lambda term: sum(len(sense.definitions) for sense in term.senses))


def all_of(term: Term) -> list[Definition]:
    """Its definitions."""
    return [one for sense in term.senses for one in sense.definitions]


def test_not_everything_is_sketched(chance_harvest: Harvest) -> None:
    """What an editor gives, what is the same twice and a name with a core are left to whoever reads all of it."""
    term = most_defined(chance_harvest)
    first = all_of(term)[0]
    curated = replace(first, source=replace(first.source, report=None))
    for definitions in ((curated,), (first, first)):
        assert drawn(replace(term, senses=(Sense(f"{term.id}-1", definitions),)), chance_harvest) == []
    assert drawn(replace(term, name=f"全域“{term.name}”"), chance_harvest) == []
