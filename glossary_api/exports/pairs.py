"""Pairs of source and target for machine translation: each source once, only what has a rendering.

A machine puts a target in wherever its source stands, whatever the sense. So a source says exactly the name that is
rendered, never a longer one, and what may mean something else is left out unless the place or the report that the
terms were chosen by decides.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from glossary_api.exports import tables
from glossary_api.exports.cleaning import on_one_line, without_quotes
from glossary_api.exports.concepts import Concept, JsonObject, concepts
from glossary_api.exports.header import Header, Layout
from glossary_api.text.folding import fold_name
from glossary_api.text.places import HELD, order, standing

LANGUAGE = "en"
"""The target language when none is asked for."""
_MOST_WORDS = 5
"""A machine puts a target in wherever its source stands: what is longer than that explains, and breaks sentences."""
_MOST_OF_DEEPL = 1024
"""Bytes that a source or a target of DeepL's may have."""
_OF_IMMERSIVE = ["source", "target", "tgt_lng"]
MANUAL = """One target language (English unless `lang` says otherwise), one rendering for each source, the most
official. Only terms with a rendering are in it; their definitions, statuses, notes and glosses are not, nor are
renderings of more than five words, which explain rather than name (`--gloss` brings both). Sources are the spellings
of the name that is rendered, without quotation marks, and never a longer name; each is there once: one that two terms
share goes with the one that comes first. Names with several senses that are rendered differently, and renderings of
one sense, place or time only, are left out: choose the terms by `place`, `report` or `year`, and say the day by `date`,
and those are in it that are meant there and then."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A source, its target, and where they come from."""

    source: str
    target: str
    concept: Concept


def pairs(header: Header, terms: Iterable[JsonObject]) -> Iterator[Pair]:
    """Yield the pairs in the order of the terms."""
    language = header.language or LANGUAGE
    seen: set[str] = set()
    for term in terms:
        for concept, rendering in _decided(concepts(term), header, language):
            target = on_one_line(rendering["rendering"])
            if len(target.split()) > _MOST_WORDS and not header.gloss:
                continue
            for source in _spellings(concept, rendering):
                if source and target and source not in seen:
                    seen.add(source)
                    yield Pair(source, target, concept)


def sources(concept: Concept) -> list[str]:
    """Return each form of a name once, without quotation marks."""
    return list(dict.fromkeys(bare for form in concept.forms() if (bare := without_quotes(form.text))))


def _spellings(concept: Concept, rendering: JsonObject) -> list[str]:
    """Return the spellings of just the name that is rendered, without quotation marks."""
    name = concept.source_of(rendering)
    alike = [form for form in sources(concept) if fold_name(form) == fold_name(name)]
    return list(dict.fromkeys([without_quotes(name), *alike]))


def _decided(found: list[Concept], header: Header, language: str) -> Iterator[tuple[Concept, JsonObject]]:
    """Yield the concepts whose rendering is right for the name by itself: all if rendered alike and whatever the sense,
    else the one that the choice of terms decides for."""
    best = [(concept, one) for concept in found if (one := _best(concept, header, language))]
    alike = len(best) == len(found) and len({one["rendering"] for _, one in best}) == 1
    chosen = [concept.id for concept in found if _is_chosen(concept, header)]
    for concept, one in best:
        # That all senses are rendered alike decides nothing between those that are known and others.
        if (alike and not one.get("bound")) or chosen == [concept.id]:
            yield concept, one


def _best(concept: Concept, header: Header, language: str) -> JsonObject | None:
    """Return the most official rendering that is used in the place and on the day that the file is for."""
    of_it = (one for one in concept.equivalents if one["language"] == language)
    used = [one for one in of_it if standing(one, *header.standpoint) == HELD]
    official = (one for one in used if one["status"] == used[0]["status"])
    return min(official, key=lambda one: order(one, *header.standpoint), default=None)


def _is_chosen(concept: Concept, header: Header) -> bool:
    """Return whether a definition of it is from where and when the terms were chosen by, if they were."""
    asked = {name: header.filters[name] for name in ("place", "report", "year") if name in header.filters}
    sources = [definition["source"] for definition in concept.definitions]
    return bool(asked) and any(all(str(one[name]) == text for name, text in asked.items()) for one in sources)


def _deepl(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    for pair in pairs(header, terms):
        if max(len(pair.source.encode()), len(pair.target.encode())) <= _MOST_OF_DEEPL:
            yield f"{pair.source}\t{pair.target}\n".encode()


def _immersive(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    language = header.language or LANGUAGE
    rows = ([pair.source, pair.target, language] for pair in pairs(header, terms))
    return tables.lines(itertools.chain([_OF_IMMERSIVE], rows), end="\n")


GOOGLE = Layout(
    f"""{MANUAL} The file is that of a unidirectional glossary, from zh-CN: it has no row with names of
columns, because Google takes each row for an entry.""",
    lambda header, terms: tables.lines(([pair.source, pair.target] for pair in pairs(header, terms)), end="\n"),
)
DEEPL = Layout(
    f"""{MANUAL} Pairs with more than {_MOST_OF_DEEPL} bytes on a side, which DeepL refuses, are left out. Upload the
file as TSV, with ZH as the source language.""",
    _deepl,
)
IMMERSIVE = Layout(
    f"""{MANUAL} The first row has the names of the columns, {", ".join(_OF_IMMERSIVE)}. Import it under AI
terms in the settings of the extension.""",
    _immersive,
)
