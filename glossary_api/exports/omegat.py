"""A glossary of OmegaT: lines of source, tab, target, tab, comment; lines that begin with # are no entries.

OmegaT looks for a source in running text as it stands: entries with quotation marks miss most of it, so every form is
there without them, and those that have some also with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from glossary_api.exports.cleaning import on_one_line
from glossary_api.exports.concepts import Concept, JsonObject, concepts, where
from glossary_api.exports.header import Header
from glossary_api.exports.pairs import LANGUAGE, sources
from glossary_api.text.folding import fold_name

MANUAL = """One target language (English unless `lang` says otherwise). Each form of a name is an entry, without
quotation marks and, if it has some, with them; each rendering is an entry. The comment has the definitions with their
places, what tells senses apart, the status of the rendering and the note on it. Longer names
have no rendering of a part. Terms with neither rendering nor
definition are left out; forms that begin with #, which OmegaT would take for a remark, stand in remarks. Put the
file, whose name must end in .utf8, into the folder `glossary` of a project."""


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the lines, those that say what the file is first."""
    for sentence in (header.title, header.origin, header.selection):
        yield f"# {on_one_line(sentence)}\n".encode()
    for term in terms:
        for concept in concepts(term):
            for line in _entries(concept, header.language or LANGUAGE):
                yield line.encode()


def _entries(concept: Concept, language: str) -> Iterator[str]:
    rendered = [one for one in concept.equivalents if one["language"] == language]
    if not rendered and not concept.definitions:
        return
    printed = [on_one_line(form.text) for form in concept.forms()]
    for source in dict.fromkeys(sources(concept) + printed):
        said: list[JsonObject | None] = [one for one in rendered if _says(source, concept, one)]
        for one in said or [None]:
            target = on_one_line(one["rendering"]) if one else ""
            line = f"{source}\t{target}\t{_comment(concept, one)}\n"
            yield f"# {line}" if source.startswith("#") else line


def _says(source: str, concept: Concept, rendering: JsonObject) -> bool:
    """Return whether a form is the name that is rendered, however spelled: of a longer one nothing may be left out."""
    return fold_name(source) == fold_name(concept.source_of(rendering))


def _comment(concept: Concept, rendering: JsonObject | None) -> str:
    parts = [concept.label] if concept.label else []
    parts += [f"{definition['text']}（{where(definition)}）" for definition in concept.definitions]
    if rendering is not None:
        parts += [rendering["status"], rendering["note"]]
    return on_one_line(" | ".join(filter(None, parts)))
