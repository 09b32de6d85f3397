"""A text made ready for translation: which rendering each term has to have where, for machines and for models.

The first use of a term has the full rendering, whose parentheses say what it means; every later one the short form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glossary_api.queries.served import annotator_of
from glossary_api.queries.standpoint import standing_at
from glossary_api.store.edition import Edition
from glossary_api.translation.renderings import Rendering, TermUse, binding
from glossary_api.translation.uses import uses_in

FIRST, EVERY, NONE = GLOSSES = ("first", "every", "none")
"""Which uses of a term have the full rendering."""

_RULES = """Translate the text into {language}. The terms listed here have fixed renderings.
- Use each rendering word for word; only number, articles and capitals at the start of a sentence may differ.
- {gloss}
- Render a term the same way throughout; do not explain it beyond its rendering."""
LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "pt": "Portuguese",
    "ru": "Russian",
    "zh": "Chinese",
}
"""English names of the languages that Chinese reports are translated into, and of Chinese."""
_GLOSS_RULES = {
    FIRST: "Where two renderings are given, the first is for the first use of the term, the other for all later uses.",
    EVERY: "Give the parentheses of a rendering at every use.",
    NONE: "Add no explanations in parentheses.",
}


@dataclass(frozen=True, slots=True)
class Locked:
    """A use with the rendering that it is to have."""

    use: TermUse
    rendering: Rendering | None
    """None where there is none, or where nothing decides which."""
    text: str | None
    """The words to use in this place: all of the rendering, or its short form."""
    first: bool
    """Whether this is the first use of the term."""


@dataclass(frozen=True, slots=True)
class Pretranslation:
    """The terms, renderings and prompt for a translator, man or machine."""

    locked: tuple[Locked, ...]
    """All uses, in the order of the text."""
    glossary: dict[str, str]
    """From each form of a term as it stands in the text, on one line, to its rendering."""
    ambiguous: tuple[TermUse, ...]
    """First uses of terms whose renderings nothing decides between, or nothing shows to be meant."""
    unrendered: tuple[TermUse, ...]
    """First uses of terms without a rendering."""
    prompt: str
    """The same as instructions for a language model: the same text for the same question."""


def pretranslate(text: str, uses: Sequence[TermUse], language: str, gloss: str = FIRST) -> Pretranslation:
    """Return what there is to know for the translation of a text with these uses, in its order, into a language."""
    locked = list(_locked(uses, gloss))
    firsts = [one for one in locked if one.first]
    ambiguous = tuple(one.use for one in firsts if one.rendering is None and binding(one.use.renderings))
    unrendered = tuple(one.use for one in firsts if not binding(one.use.renderings))
    glossary = dict(_pairs(text, locked, gloss))
    lines = [*_prompt(text, locked, language, gloss), *_left_out(text, ambiguous, unrendered)]
    return Pretranslation(tuple(locked), glossary, ambiguous, unrendered, "\n".join(lines))


def chosen(use: TermUse) -> Rendering | None:
    """Return the rendering of a use: the most official of the sense that is meant; None if nothing decides which that
    is, or whether any of them is meant in this text.

    Where nothing decides between senses that are all rendered alike, their rendering is it.
    """
    candidates = [rendering for rendering in binding(use.renderings) if not rendering.elsewhere]
    best = {rendering.sense: rendering.full for rendering in reversed(candidates)}
    alike = len(best) == use.senses and len(set(best.values())) == 1
    return candidates[0] if candidates and (use.senses == 1 or alike) else None


def _locked(uses: Sequence[TermUse], gloss: str) -> Iterator[Locked]:
    met: set[str] = set()
    for use in uses:
        rendering, first = chosen(use), use.term not in met
        met.add(use.term)
        full = gloss == EVERY or (gloss == FIRST and first)
        words = None if rendering is None else _on_one_line(rendering.full if full else rendering.short)
        yield Locked(use, rendering, words, first)


def _pairs(text: str, locked: Iterable[Locked], gloss: str) -> Iterator[tuple[str, str]]:
    """Yield the forms of the text with their renderings: short by default, as a machine puts them in everywhere."""
    for one in locked:
        if one.rendering is not None:
            words = one.rendering.full if gloss == EVERY else one.rendering.short
            yield _form(text, one.use), _on_one_line(words)


def _prompt(text: str, locked: Sequence[Locked], language: str, gloss: str) -> Iterator[str]:
    name = LANGUAGES.get(language.lower().partition("-")[0])
    said = f"{name} ({language})" if name else f"the language {language}"
    yield _RULES.format(language=said, gloss=_GLOSS_RULES[gloss])
    forms: dict[str, dict[str, None]] = {}
    for one in locked:
        forms.setdefault(one.use.term, {})[_form(text, one.use)] = None
    listed = [one for one in locked if one.first and one.rendering is not None]
    yield "" if listed else "\nNone of the terms of this text has a rendering."
    for one in listed:
        if one.rendering is not None:
            full, short = _on_one_line(one.rendering.full), _on_one_line(one.rendering.short)
            both = f"{full} | {short}" if gloss == FIRST and full != short else full if gloss == EVERY else short
            yield f"{' / '.join(forms[one.use.term])} = {both}"


def _left_out(text: str, ambiguous: Sequence[TermUse], unrendered: Sequence[TermUse]) -> Iterator[str]:
    if ambiguous:
        yield "\nThese may mean several things; take a rendering only if it fits:"
        for use in ambiguous:
            texts = dict.fromkeys(_on_one_line(rendering.full) for rendering in binding(use.renderings))
            yield f"{_form(text, use)} = {' or '.join(texts)}"
    if unrendered:
        yield "\nThese are terms without a fixed rendering; render each the same way throughout:"
        yield from (_form(text, use) for use in unrendered)


def _form(text: str, use: TermUse) -> str:
    return _on_one_line(text[use.start : use.end])


def _on_one_line(text: str) -> str:
    """Return the text with runs of white space as one space and without characters that nobody sees."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def pretranslate_file(
    path: Path, edition: Edition, language: str, place: str | None, day: str | None
) -> dict[str, Any]:
    """Return `{"file","glossary","ambiguous": [{"term","candidates"}],"unrendered","prompt","edition"}` of a document.

    Raises ReadError, and BadParameter for a place or a day that is none.
    """
    from glossary_api.reading.read import read  # the readers: serving does without

    asked = standing_at(edition, place, day)
    text = read(path).text
    made = pretranslate(text, uses_in(text, annotator_of(edition), asked, language), language)
    return {
        "file": str(path),
        "glossary": made.glossary,
        "ambiguous": [{"term": use.name, "candidates": _candidates(use)} for use in made.ambiguous],
        "unrendered": [use.name for use in made.unrendered],
        "prompt": made.prompt,
        "edition": edition.hash,
    }


def _candidates(use: TermUse) -> list[str]:
    return list(dict.fromkeys(rendering.full for rendering in binding(use.renderings)))
