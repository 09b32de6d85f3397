"""Forms for decisions: for each kind what is to be filled in, and on the page of a term the kinds that fit it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from glossary_api.api.routes.decisions import NOT_IN_FORCE, with_states
from glossary_api.curation.decision_log import version_of
from glossary_api.curation.decisions import (
    CHOICES,
    KINDS,
    LONGEST,
    LONGEST_FIELD,
    PASSAGES,
    UNDO,
    Decision,
    Quoted,
    quoted,
)
from glossary_api.model.words import CANDIDATE, PROPOSED
from glossary_api.queries.review import of_definition, plain
from glossary_api.store.documents import JsonObject
from glossary_api.store.edition import Edition

USES_SHOWN = 50
"""Uses of a term that can be chosen from a list; others are quoted."""
_AREAS = ("text",)
Choices = Sequence[tuple[str, str]]
"""Values, and what is shown for each."""


@dataclass(frozen=True, slots=True)
class FormField:
    """Something to be filled in."""

    name: str
    value: str
    required: bool
    choices: Choices
    """What can be chosen; empty for what is typed."""
    area: bool
    """Whether it has several lines."""
    longest: int


@dataclass(frozen=True, slots=True)
class DecisionForm:
    """The form for one decision."""

    kind: str
    fixed: Mapping[str, str]
    """What it is about, which the page knows."""
    fields: tuple[FormField, ...]
    about: str = ""
    """The definition or rendering that it is about, in its own words."""


def form_for(
    kind: str,
    fixed: Mapping[str, str],
    *,
    filled: Mapping[str, str] | None = None,
    choices: Mapping[str, Choices] | None = None,
    about: str = "",
) -> DecisionForm:
    """Return the form of a kind: fields of `fixed` are not asked for, those of `filled` have a value already."""
    filled, choices, said = filled or {}, choices or {}, KINDS[kind]
    open_fields = [name for name in (*said.needs, *said.may) if name not in fixed]
    return DecisionForm(
        kind,
        fixed,
        tuple(
            FormField(
                name=name,
                value=str(filled.get(name, "")),
                required=name in said.needs,
                choices=choices.get(name) or [(one, one) for one in CHOICES.get(name, ())],
                area=name in _AREAS,
                longest=LONGEST["quote"] if name in PASSAGES else LONGEST.get(name, LONGEST_FIELD),
            )
            for name in open_fields
        ),
        about,
    )


def named(said: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of a draft as a form has them: passages as JSON."""
    return {name: value if isinstance(value, str) else orjson.dumps(value).decode() for name, value in said.items()}


def told(shown: Sequence[Decision], log: tuple[Decision, ...]) -> list[JsonObject]:
    """Return decisions as a page lists them, each with `said`, what it says of what, `can_be_undone`, and the
    `version` of the term that it is about, which may have been called otherwise.
    """
    undone = {one.fields["decision"] for one in log if one.kind == UNDO and not one.proposed}
    documents = []
    for one, document in zip(shown, with_states(list(shown), log), strict=True):
        values = (value.quote if isinstance(value, Quoted) else value for value in one.fields.values())
        said = {
            "said": "，".join(map(str, values)),
            "can_be_undone": document["state"] != NOT_IN_FORCE and one.id not in undone,
            "version": version_of(log, one.term) if one.term else "",
        }
        documents.append(document | said)
    return documents


def forms_of_term(edition: Edition, term: JsonObject) -> Iterator[DecisionForm]:
    """Yield the forms for what can be decided about a term: of the term, its definitions, uses and renderings."""
    about = {"term": term["name"]}
    meant = [
        (named({"": of_definition(one)})[""], f"{one['text'][:40]} ({one['source']['report'] or '-'})")
        for sense in term["senses"]
        for one in sense["definitions"]
    ]
    names = [(one["form"], one["form"]) for one in term["variants"]]
    yield form_for("establish" if term["status"] == CANDIDATE else "reject", about)
    yield form_for("prefer-name", about, choices={"name": names})
    yield form_for("join-names", about)
    yield form_for("keep-apart", about)
    yield form_for("add-definition", about | ({} if meant else {"passage": ""}), choices={"passage": meant})
    for passage, words in meant:
        yield form_for("correct-definition", about | {"passage": passage}, about=words)
        yield form_for("withdraw-definition", about | {"passage": passage}, about=words)
    if len(meant) > 1:
        pair = {"passage": meant, "other_passage": meant}
        yield form_for("join-senses", about, choices=pair)
        yield form_for("split-senses", about, choices=pair)
    uses = _uses(edition, term["name"])
    if uses:
        yield form_for("not-a-use", about, choices={"use": uses})
    if uses and meant:
        yield form_for("set-sense", about, choices={"use": uses, "passage": meant})
    yield from _of_renderings(term, about, meant)
    yield form_for("note", about)


def _uses(edition: Edition, name: str) -> Choices:
    uses = []
    for one in edition.usages(name, limit=USES_SHOWN).items:
        report = one["report"]["id"]
        passage = plain(quoted(report, edition.report_text(report), one["start"], one["end"]))
        uses.append((orjson.dumps(passage).decode(), f"{one['left'][-12:]}{one['text']}{one['right'][:12]} ({report})"))
    return uses


def _of_renderings(term: JsonObject, about: Mapping[str, str], meant: Choices) -> Iterator[DecisionForm]:
    anywhere = {} if meant else {"passage": ""}
    yield form_for("add-rendering", {**about, **anywhere}, filled={"language": "en"}, choices={"passage": meant})
    if any(owner["equivalents"] for owner in (term, *term["senses"])):
        yield form_for("translate-definition", {**about, **anywhere}, choices={"passage": meant})
    for owner in (term, *term["senses"]):
        definitions = owner.get("definitions")
        passage = named({"passage": of_definition(definitions[0])}) if definitions else {"passage": ""}
        for one in owner["equivalents"]:
            fixed = {**about, "language": one["language"], "rendering": one["rendering"], **passage}
            kinds = (
                "prefer-rendering",
                *(("approve-rendering",) if one["status"] == PROPOSED else ()),
                "withdraw-rendering",
            )
            for kind in kinds:
                yield form_for(kind, fixed, about=one["rendering"])
