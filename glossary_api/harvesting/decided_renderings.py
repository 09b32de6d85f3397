"""Lay to the terms the renderings that editors decided on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from glossary_api.curation.decisions import Decision
from glossary_api.harvesting.decided_terms import is_meant
from glossary_api.model.things import Equivalent, Term
from glossary_api.model.words import APPROVED, PROPOSED

Renderings = tuple[Equivalent, ...]


def rendered(term: Term, decision: Decision) -> Term | None:
    """Return the term with a decision about its renderings; None if what it is about is not there."""
    rule = OF_RENDERINGS[decision.kind]
    if not term.senses:
        changed = None if "passage" in decision.fields else rule(term.equivalents, decision)
        return None if changed is None else replace(term, equivalents=changed)
    passage = decision.fields.get("passage")
    senses, is_there = [], False
    for sense in term.senses:
        concerned = passage is None or any(is_meant(one, passage) for one in sense.definitions)
        changed = rule(sense.equivalents, decision) if concerned else None
        is_there |= changed is not None
        senses.append(sense if changed is None else replace(sense, equivalents=changed))
    return replace(term, senses=tuple(senses)) if is_there else None


def _add(there: Renderings, decision: Decision) -> Renderings | None:
    said = decision.fields
    made = Equivalent(
        term=said["term"],
        sense="",
        language=said["language"],
        rendering=said["rendering"].strip(),
        status=said.get("status", APPROVED),
        source=said.get("source") or decision.who,
        note=said.get("note", ""),
        place=decision.id,
        gloss=said.get("gloss", ""),
        since=said.get("since", ""),
    )
    others = [one for one in there if not _is_named(one, decision)]
    at = sum((one.language, one.status == PROPOSED) < (made.language, True) for one in others)
    return (*others[:at], made, *others[at:])


def _prefer(there: Renderings, decision: Decision) -> Renderings | None:
    best = _only(there, decision)
    if best is None:
        return None
    rest = [one for one in there if one is not best]
    at = next((n for n, one in enumerate(rest) if one.language == best.language), len(rest))
    return (*rest[:at], _raised(best), *rest[at:])


def _approve(there: Renderings, decision: Decision) -> Renderings | None:
    found = _only(there, decision)
    return None if found is None else tuple(_raised(one) if one is found else one for one in there)


def _withdraw(there: Renderings, decision: Decision) -> Renderings | None:
    found = _only(there, decision)
    return None if found is None else tuple(one for one in there if one is not found)


def _translate(there: Renderings, decision: Decision) -> Renderings | None:
    said = decision.fields
    best = next((one for one in there if one.language == said["language"]), None)
    status = said.get("definition_status", APPROVED)
    made = best and replace(best, definition=said["text"].strip(), definition_status=status)
    return None if made is None else tuple(made if one is best else one for one in there)


def _raised(one: Equivalent) -> Equivalent:
    return replace(one, status=APPROVED) if one.status == PROPOSED else one


def _only(there: Sequence[Equivalent], decision: Decision) -> Equivalent | None:
    return next((one for one in there if _is_named(one, decision)), None)


def _is_named(one: Equivalent, decision: Decision) -> bool:
    said = decision.fields
    return one.language == said["language"] and _bare(one.rendering) == _bare(said["rendering"])


def _bare(rendering: str) -> str:
    return " ".join(rendering.casefold().split())


OF_RENDERINGS: Mapping[str, Callable[[Renderings, Decision], Renderings | None]] = {
    "add-rendering": _add,
    "prefer-rendering": _prefer,
    "approve-rendering": _approve,
    "withdraw-rendering": _withdraw,
    "translate-definition": _translate,
}
"""Kinds of decisions about renderings."""
