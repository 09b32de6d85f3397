"""Decide which names are one term.

Names are one term if they fold to the same key, or if a head or a body prints one of them as the quoted core of the
other: 清“三欠” joins 清三欠 and 三欠. A core that several wholes share, “135”工作体系 and “135”工作法, makes one term
with as many senses as its definitions have. A whole that is printed around two cores, 稳增长“18”条 and 稳增长“18条”,
joins neither and stands by itself. So every key leads to one term. What stays open is listed as a doubt.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from glossary_api.harvesting.definitions import groups_of, listed, noted, senses_of
from glossary_api.harvesting.desk import Desk
from glossary_api.harvesting.stages import GROUPED
from glossary_api.model.messages import Message
from glossary_api.model.things import Definition, Doubt, Entry, EntryTerm, ParsedReport, Report, Slogan, Term
from glossary_api.text.folding import core_of, fold_name, is_bare_count


@dataclass(slots=True)
class _Names:
    """Everything that is gathered under one key before it becomes a term."""

    keys: set[str] = field(default_factory=set)
    heads: Counter[str] = field(default_factory=Counter)
    """Printed forms of heads of appendices."""
    wholes: set[str] = field(default_factory=set)
    """Printed forms of longer names that run on behind the quoted phrase."""
    phrases: Counter[str] = field(default_factory=Counter)
    """Printed forms of slogans."""
    kinds: Counter[str] = field(default_factory=Counter)
    definitions: list[Definition] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NameDecisions:
    """The decisions of editors about pairs of names, by key, the latest decision first."""

    joined: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Owners:
    """The core key of each key that is a whole."""

    core_of: Mapping[str, str]
    """From the key of a whole name to that of its only core."""
    torn: Mapping[str, tuple[str, ...]]
    """From the key of a whole name to those of its several cores."""
    joined: Mapping[str, str] = field(default_factory=dict)
    """From a key to that of the term which an editor joined it to."""

    @classmethod
    def of(cls, reports: Iterable[ParsedReport]) -> _Owners:
        """Read off which cores the reports print within which wholes."""
        cores: defaultdict[str, set[str]] = defaultdict(set)
        for whole, core in _printed(reports):
            if core and len(core) < len(whole):
                cores[whole].add(core)
        return cls(
            {whole: next(iter(found)) for whole, found in cores.items() if len(found) == 1},
            {whole: tuple(sorted(found)) for whole, found in cores.items() if len(found) > 1},
        )

    def owner(self, key: str) -> str:
        """Return the core of the core of a key, to the last; the key itself if it is no whole, or one of several
        cores.
        """
        while key in self.core_of:  # ends, because a core is shorter than its whole
            key = self.core_of[key]
        return self.joined.get(key, key)

    def as_decided(self, names: NameDecisions, reports: Sequence[ParsedReport]) -> _Owners:
        """Return these owners with what editors keep apart and join."""
        cores = dict(self.core_of)
        for one, other in names.apart:
            shorter, longer = sorted((one, other), key=lambda key: (len(key), key))
            if self.owner(longer) == self.owner(shorter):
                cores.pop(longer, None)
        apart = _Owners(cores, self.torn)
        pairs = [(apart.owner(one), apart.owner(other)) for one, other in names.joined]
        kept = {frozenset(map(apart.owner, pair)) for pair in names.apart}
        known = {apart.owner(key) for key in _keys(reports)} if pairs else set()
        return _Owners(cores, self.torn, _classes(pairs, kept, known))


def _keys(reports: Iterable[ParsedReport]) -> Iterator[str]:
    for parsed in reports:
        yield from (fold_name(term.name) for entry in parsed.entries for term in entry.terms)
        yield from (fold_name(slogan.text) for slogan in parsed.slogans)


def _classes(pairs: Iterable[tuple[str, str]], apart: Set[frozenset[str]], known: Set[str]) -> dict[str, str]:
    """Return for each key that is joined to another the shortest of those it is joined with.

    A pair of which the reports have one name only waits for the other. Of pairs that would bring together what is kept
    apart, those given first are taken.
    """
    members: dict[str, set[str]] = {}
    for one, other in pairs:
        if {one, other} <= known:
            both = members.get(one, {one}) | members.get(other, {other})
            if not any(pair <= both for pair in apart if len(pair) > 1):
                members.update(dict.fromkeys(both, both))
    return {key: min(both, key=lambda name: (len(name), name)) for key, both in members.items()}


def merge(
    reports: Sequence[ParsedReport],
    kind_of: Callable[[str], str],
    names: NameDecisions = NameDecisions(),
    desk: Desk | None = None,
) -> tuple[tuple[Term, ...], tuple[Doubt, ...]]:
    """Make the terms of the reports, without usages, ordered by key, and list what stayed open.

    No key belongs to two terms, and no two terms have the same name. `kind_of` says the kind of a name that no report
    quotes. The order of `reports` does not matter. A name that folds to nothing is passed over. `names` has what
    editors join and keep apart, which goes before what the reports print.
    """
    desk = desk or Desk()
    dates: list[tuple[str, str]] = []
    owners = _Owners.of(_dated(reports, dates)).as_decided(names, reports)
    gathered: defaultdict[str, _Names] = defaultdict(_Names)
    for parsed in (reports[at] for at in sorted(range(len(reports)), key=dates.__getitem__)):
        for entry in parsed.entries:
            for term in entry.terms:
                if key := fold_name(term.name):
                    _add_head(gathered[owners.owner(key)], parsed.report, entry, term)
        for slogan in parsed.slogans:
            if key := fold_name(slogan.text):
                _add_slogan(gathered[owners.owner(key)], parsed.report, slogan, desk)
    several = {key: names.definitions for key, names in gathered.items() if len(names.definitions) > 1}
    groups = desk.by_parts(GROUPED, several, groups_of)
    terms = [_term(key, gathered[key], groups.get(key, [[0]]), owners, kind_of) for key in sorted(gathered)]
    spoken = zip(terms, desk.spoken([term.name for term in terms]), strict=True)
    terms = [replace(term, pinyin=pinyin) for term, pinyin in spoken]
    return tuple(terms), tuple(_doubts(terms, owners))


def _dated(reports: Iterable[ParsedReport], dates: list[tuple[str, str]]) -> Iterator[ParsedReport]:
    """Yield the reports, and put into `dates` what orders them: none is read once more for that."""
    for parsed in reports:
        dates.append((parsed.report.date or "9999", parsed.report.id))
        yield parsed


def _printed(reports: Iterable[ParsedReport]) -> Iterator[tuple[str, str]]:
    """Yield the keys of every whole name and of the core that it is printed around."""
    for parsed in reports:
        names = [term.name for entry in parsed.entries for term in entry.terms]
        names += [slogan.text for slogan in parsed.slogans]
        yield from ((fold_name(name), fold_name(core)) for name in names if (core := core_of(name)))
        for slogan in parsed.slogans:
            if slogan.whole and not is_bare_count(slogan.text):
                yield fold_name(slogan.whole.text), fold_name(slogan.text)


def _add_head(names: _Names, report: Report, entry: Entry, term: EntryTerm) -> None:
    names.heads[term.name] += 1
    names.keys |= {fold_name(term.name), fold_name(core_of(term.name) or "")}
    names.definitions.append(noted(report, entry, term))


def _add_slogan(names: _Names, report: Report, slogan: Slogan, desk: Desk) -> None:
    names.phrases[slogan.text] += 1
    names.keys.add(fold_name(slogan.text))
    names.kinds[slogan.kind] += 1
    if slogan.whole:
        names.wholes.add(slogan.whole.text)
        names.keys.add(fold_name(slogan.whole.text))
    if slogan.inline:
        said = desk.quoted(report, slogan.inline)
        names.definitions.append(listed(report, slogan.text, slogan.kind, slogan.inline, said))


def _term(
    key: str,
    names: _Names,
    groups: Sequence[Sequence[int]],
    owners: _Owners,
    kind_of: Callable[[str], str],
) -> Term:
    """Return the term of a key, of which it is not said yet how it is spoken."""
    own = {form for form in names.keys if form and owners.owner(form) == key}
    identity = identity_of(key)
    senses = tuple(senses_of(identity, names.definitions, groups)) if names.definitions else ()
    name = _preferred(names, key, own, len(senses))
    kind = (
        max(sorted(names.kinds), key=lambda kind: names.kinds[kind]) if names.kinds else kind_of(core_of(name) or name)
    )
    return Term(
        id=identity,
        name=name,
        key=key,
        kind=kind,
        pinyin="",
        variants=(),
        senses=senses,
        keys=(key, *sorted(own - {key})),
    )


def identity_of(key: str) -> str:
    """Return the id of the term with a key: `t` and ten hexadecimal digits, the same in every edition."""
    return "t" + hashlib.sha256(key.encode()).hexdigest()[:10]


def _preferred(names: _Names, key: str, own: Set[str], senses: int) -> str:
    """Return the head, if appendices and bodies know one whole name only; else the core, `key`, as mostly printed.

    A name with several senses is called by its core, too: one of them is not what the whole name means. Where no report
    prints the core by itself, it is a quoted core whose key is the term's own (the core of a whole that has several is
    another term's name), or the commonest phrase.
    """
    if names.heads and senses == 1 and len({fold_name(whole) for whole in [*names.heads, *names.wholes]}) == 1:
        return _commonest(names.heads)
    cores: Counter[str] = Counter()
    for head, times in names.heads.items():
        core = core_of(head)
        cores[core if core and fold_name(core) in own else head] += times
    bare = Counter({form: times for form, times in (cores + names.phrases).items() if fold_name(form) == key})
    return _commonest(bare or cores or names.phrases)


def _commonest(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], len(form), form))


def _doubts(terms: Sequence[Term], owners: _Owners) -> Iterator[Doubt]:
    by_key = {key: term for term in terms for key in term.keys}
    for term in terms:
        if len(term.senses) > 1:
            places = ", ".join(
                str(definition.source.report) for sense in term.senses for definition in sense.definitions
            )
            yield Doubt(
                "several-senses",
                Message("several-senses", name=term.name, count=len(term.senses), reports=places),
                (term.id,),
            )
    for whole, cores in sorted(owners.torn.items()):
        concerned = [by_key[key] for key in (whole, *cores) if key in by_key]
        names = ", ".join(dict.fromkeys(term.name for term in concerned))
        ids = tuple(dict.fromkeys(term.id for term in concerned))
        yield Doubt("several-cores", Message("several-cores", name=whole, count=len(cores), names=names), ids)
