"""Decide which names are one term.

Names are one term if they fold to the same key, or if a head prints one of them as the quoted core of the other:
清“三欠” joins 清三欠 and 三欠. A core that several heads share, “135”工作体系 and “135”工作法, makes one term with
as many senses as its definitions have. What stays open is listed as a doubt.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from glossary_api.harvesting.definitions import listed, noted, senses_of
from glossary_api.model import Definition, Doubt, Entry, EntryTerm, ParsedReport, Report, Slogan, Term
from glossary_api.text.folding import core_of, fold_name
from glossary_api.text.pinyin import pinyin_of


@dataclass(slots=True)
class _Names:
    """What is gathered under one key before it becomes a term."""

    keys: set[str] = field(default_factory=set)
    heads: Counter[str] = field(default_factory=Counter)
    """Printed forms of heads of appendices."""
    wholes: Counter[str] = field(default_factory=Counter)
    """Printed forms of longer names that run on behind the quoted phrase."""
    phrases: Counter[str] = field(default_factory=Counter)
    """Printed forms of slogans."""
    kinds: Counter[str] = field(default_factory=Counter)
    definitions: list[Definition] = field(default_factory=list)


def merge(reports: Sequence[ParsedReport], kind_of: Callable[[str], str]) -> tuple[tuple[Term, ...], tuple[Doubt, ...]]:
    """The terms of the reports, without usages, ordered by key, and what stayed open.

    `kind_of` says the kind of a name that no report quotes. The order of `reports` does not matter.
    """
    ordered = sorted(reports, key=lambda parsed: (parsed.report.date or "9999", parsed.report.id))
    cores = _cores(ordered)
    gathered: defaultdict[str, _Names] = defaultdict(_Names)
    for parsed in ordered:
        for entry in parsed.entries:
            for term in entry.terms:
                _add_head(gathered[cores.get(fold_name(term.name), fold_name(term.name))], parsed.report, entry, term)
        for slogan in parsed.slogans:
            key = fold_name(slogan.text)
            if key:
                _add_slogan(gathered[cores.get(key, key)], parsed.report, key, slogan)
    terms = tuple(_term(key, gathered[key], kind_of) for key in sorted(gathered) if key)
    return terms, tuple(_doubts(terms))


def _cores(reports: Iterable[ParsedReport]) -> dict[str, str]:
    """From the key of each whole name, and of each core itself, to the key of the core."""
    cores: dict[str, str] = {}
    for parsed in reports:
        names = [term.name for entry in parsed.entries for term in entry.terms]
        names += [slogan.whole.text for slogan in parsed.slogans if slogan.whole] + [
            slogan.text for slogan in parsed.slogans
        ]
        for name in names:
            if (core := core_of(name)) and fold_name(core):
                cores[fold_name(name)] = fold_name(core)
    return cores


def _add_head(names: _Names, report: Report, entry: Entry, term: EntryTerm) -> None:
    names.heads[term.name] += 1
    names.keys.add(fold_name(term.name))
    core = core_of(term.name)
    if core:
        names.keys.add(fold_name(core))
    names.definitions.append(noted(report, entry, term))


def _add_slogan(names: _Names, report: Report, key: str, slogan: Slogan) -> None:
    names.phrases[slogan.text] += 1
    names.keys.add(key)
    names.kinds[slogan.kind] += 1
    if slogan.whole:
        names.wholes[slogan.whole.text] += 1
        names.keys.add(fold_name(slogan.whole.text))
    if slogan.inline:
        names.definitions.append(listed(report, slogan.text, slogan.kind, slogan.inline))


def _term(key: str, names: _Names, kind_of: Callable[[str], str]) -> Term:
    name = _preferred(names)
    kind = (
        max(sorted(names.kinds), key=lambda kind: names.kinds[kind]) if names.kinds else kind_of(core_of(name) or name)
    )
    identity = "t" + hashlib.sha256(key.encode()).hexdigest()[:10]
    return Term(
        id=identity,
        name=name,
        key=key,
        kind=kind,
        pinyin=pinyin_of(name),
        variants=(),
        senses=tuple(senses_of(identity, names.definitions)),
        keys=(key, *sorted(names.keys - {key})),
    )


def _preferred(names: _Names) -> str:
    """The head, if appendices and bodies know one whole name only; else the quoted core; else the commonest phrase."""
    if names.heads and len({fold_name(whole) for whole in [*names.heads, *names.wholes]}) == 1:
        return _commonest(names.heads)
    cores = Counter({core_of(head) or head: times for head, times in names.heads.items()})
    return _commonest(cores or names.phrases)


def _commonest(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], len(form), form))


def _doubts(terms: Iterable[Term]) -> Iterable[Doubt]:
    for term in terms:
        if len(term.senses) > 1:
            places = ", ".join(
                str(definition.source.report) for sense in term.senses for definition in sense.definitions
            )
            yield Doubt("several-senses", f"{term.name} has {len(term.senses)} senses ({places})", (term.id,))
