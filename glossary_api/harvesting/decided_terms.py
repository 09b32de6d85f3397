"""Lay to the terms what editors decided about them: status, name, definitions, senses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from glossary_api.curation.decisions import Decision, Quoted
from glossary_api.harvesting.agreement import say_the_same
from glossary_api.harvesting.definitions import numbered_senses
from glossary_api.harvesting.merge import identity_of
from glossary_api.model.things import Definition, DefinitionEvidence, Evidence, ParsedReport, Sense, Source, Term
from glossary_api.model.words import CANDIDATE, CURATED, CURATED_TERM, DECIDED, ESTABLISHED, REJECTED
from glossary_api.text.folding import fold_name, fold_text
from glossary_api.text.pinyin import pinyin_of


@dataclass(slots=True)
class _Held:
    """A definition as the reports have it, by which later decisions name it, and as it is shown; None if withdrawn."""

    original: Definition
    shown: Definition | None


@dataclass(slots=True)
class _Senses:
    """The definitions of a term, those of a sense together."""

    groups: list[list[_Held]]

    @classmethod
    def of(cls, term: Term) -> _Senses:
        """Take the senses of a term as they are."""
        return cls([[_Held(one, one) for one in sense.definitions] for sense in term.senses])

    def find(self, passage: Quoted) -> tuple[list[_Held], _Held] | None:
        """Return the one definition that a passage means, with those of its sense; None for none or several."""
        held = [(group, one) for group in self.groups for one in group]
        found = [pair for pair in held if is_meant(pair[1].original, passage)]
        exact = [pair for pair in found if pair[1].original.text == passage.quote]
        chosen = exact or found
        return chosen[0] if len(chosen) == 1 else None

    def shown(self, identity: str) -> tuple[Sense, ...]:
        """Return the senses that have any definition left."""
        groups = [[one.shown for one in group if one.shown] for group in self.groups]
        return tuple(numbered_senses(identity, filter(None, groups)))


def is_meant(definition: Definition, passage: Quoted) -> bool:
    """Return whether a passage names a definition: it is its text, part of it, or has all of it."""
    if (definition.source.report or "") != passage.report:
        return False
    text, quote = fold_name(definition.text), fold_name(passage.quote)
    return bool(quote) and (quote in text or text in quote)


@dataclass(slots=True)
class TermDecisions:
    """The terms of a harvest while decisions are laid to them, one after the other."""

    reports: Sequence[ParsedReport]
    kind_of: Callable[[str], str]
    terms: dict[str, Term]
    """By key."""
    owners: dict[str, str]
    """From every key to that of its term."""
    senses: dict[str, _Senses] = field(default_factory=dict)
    """Of the terms whose definitions were touched, by key."""

    @classmethod
    def of(cls, terms: Iterable[Term], reports: Sequence[ParsedReport], kind_of: Callable[[str], str]) -> TermDecisions:
        """Begin with the terms as the rules have them."""
        by_key = {term.key: term for term in terms}
        return cls(reports, kind_of, by_key, {key: term.key for term in by_key.values() for key in term.keys})

    def lay(self, decision: Decision) -> bool:
        """Apply one decision; return whether its object is there."""
        key = self.owners.get(decision.term)
        if key is None and decision.kind == "establish":
            return self._made(decision)
        return key is not None and _RULES[decision.kind](self, key, decision)

    def done(self) -> tuple[Term, ...]:
        """Return the terms, by key, with what was laid to them."""
        for key, senses in self.senses.items():
            term = self.terms[key]
            self.terms[key] = replace(term, senses=senses.shown(term.id))
        return tuple(self.terms[key] for key in sorted(self.terms))

    def _made(self, decision: Decision) -> bool:
        """Make a term of a name that no report marks as one, if any has it in its running text."""
        key, name = decision.term, decision.fields["term"].strip()
        if not any(key in fold_text(p.report.text[start:end]).text for p in self.reports for start, end in p.body):
            return False
        evidence = Evidence(CURATED_TERM)
        self.terms[key] = Term(
            identity_of(key), name, key, self.kind_of(name), pinyin_of(name), (), (), (key,), evidence=evidence
        )
        self.owners[key] = key
        return True

    def _held(self, key: str) -> _Senses:
        return self.senses.setdefault(key, _Senses.of(self.terms[key]))

    def _with_status(self, key: str, status: str, reason: str) -> bool:
        term = self.terms[key]
        self.terms[key] = replace(term, status=status, evidence=replace(term.evidence, reason=reason))
        return True

    def _establish(self, key: str, decision: Decision) -> bool:
        return self._with_status(key, ESTABLISHED, CURATED_TERM)

    def _reject(self, key: str, decision: Decision) -> bool:
        return self._with_status(key, CANDIDATE, REJECTED)

    def _prefer_name(self, key: str, decision: Decision) -> bool:
        name = decision.fields["name"].strip()
        if self.owners.get(fold_name(name)) != key:
            return False
        self.terms[key] = replace(self.terms[key], name=name, pinyin=pinyin_of(name))
        return True

    def _add_definition(self, key: str, decision: Decision) -> bool:
        source = Source(CURATED, None, None, None, None, None, None, None)
        made = Definition(
            decision.fields["text"].strip(), source, head=self.terms[key].name, evidence=DefinitionEvidence(DECIDED)
        )
        senses = self._held(key)
        if "passage" in decision.fields:
            found = senses.find(decision.fields["passage"])
            if found is None:
                return False
            found[0].append(_Held(made, made))
        else:
            alike = [group for group in senses.groups if any(say_the_same(made, one.original) for one in group)]
            if len(alike) == 1:
                alike[0].append(_Held(made, made))
            else:
                senses.groups.append([_Held(made, made)])
        return True

    def _correct_definition(self, key: str, decision: Decision) -> bool:
        found = self._held(key).find(decision.fields["passage"])
        if found is None:
            return False
        # Who is quoted stays named; the words are no longer theirs, so that no span of the report has them.
        original = found[1].original
        found[1].shown = Definition(
            decision.fields["text"].strip(),
            replace(original.source, type=CURATED, start=None, end=None),
            head=original.head,
            evidence=DefinitionEvidence(DECIDED),
        )
        return True

    def _withdraw_definition(self, key: str, decision: Decision) -> bool:
        found = self._held(key).find(decision.fields["passage"])
        if found is None:
            return False
        found[1].shown = None
        return True

    def _join_senses(self, key: str, decision: Decision) -> bool:
        senses, pair = self._held(key), self._pair(key, decision)
        if pair is None:
            return False
        (one, _), (other, _) = pair
        if one is not other:
            kept, gone = sorted((one, other), key=lambda group: senses.groups.index(group))
            kept += gone
            senses.groups = [group for group in senses.groups if group is not gone]
        return True

    def _split_senses(self, key: str, decision: Decision) -> bool:
        senses, pair = self._held(key), self._pair(key, decision)
        if pair is None:
            return False
        (one, _), (other, moved) = pair
        if one is other:
            one[:] = [held for held in one if held is not moved]
            senses.groups.append([moved])
        return True

    def _pair(self, key: str, decision: Decision) -> tuple[tuple[list[_Held], _Held], tuple[list[_Held], _Held]] | None:
        one, other = (self._held(key).find(decision.fields[name]) for name in ("passage", "other_passage"))
        return None if one is None or other is None or one[1] is other[1] else (one, other)

    def sense_named(self, key: str, passage: Quoted) -> str | None:
        """Return the id of the sense that has the definition which a passage names; None if none has."""
        found = self._held(key).find(passage)
        if found is None or found[1].shown is None:
            return None
        left = [group for group in self.senses[key].groups if any(one.shown for one in group)]
        number = next(number for number, group in enumerate(left, 1) if group is found[0])
        return f"{self.terms[key].id}-{number}"


_RULES: Mapping[str, Callable[[TermDecisions, str, Decision], bool]] = {
    "establish": TermDecisions._establish,
    "reject": TermDecisions._reject,
    "prefer-name": TermDecisions._prefer_name,
    "add-definition": TermDecisions._add_definition,
    "correct-definition": TermDecisions._correct_definition,
    "withdraw-definition": TermDecisions._withdraw_definition,
    "join-senses": TermDecisions._join_senses,
    "split-senses": TermDecisions._split_senses,
}
OF_TERMS = frozenset(_RULES)
"""Kinds of decisions that are laid to terms."""
