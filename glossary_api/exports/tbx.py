"""TBX in three dialects: version 3 with tags (DCT) and with attributes (DCA), and version 2; one content, other names.

    conceptEntry (termEntry)          one sense, its id the sense's
      note                            kind: numeral
      langSec (langSet) zh-CN
        descripGrp                    definition, source
        termSec (tig)                 the preferred form, then every other one
      langSec (langSet) en
        termSec (tig)                 a rendering: status, source, note

The status of a rendering is its administrative status: `approved` is the preferred term, `proposed` an admitted one.
`official` is preferred, too, and belongs to the project subset of that name.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from glossary_api.exports.cleaning import without_quotes
from glossary_api.exports.concepts import Concept, ConceptForm, JsonObject, concepts, origin
from glossary_api.exports.header import SOURCE_LANGUAGE, Header
from glossary_api.exports.markup import LANG, Markup
from glossary_api.model.words import APPROVED, OFFICIAL, PROPOSED, SHORT_FORM

CORE = "urn:iso:std:iso:30042:ed-2"
BASIC = "http://www.tbxinfo.net/ns/basic"
MIN = "http://www.tbxinfo.net/ns/min"
PREFERRED, ADMITTED = "preferredTerm-admn-sts", "admittedTerm-admn-sts"
STATUSES = {OFFICIAL: PREFERRED, APPROVED: PREFERRED, PROPOSED: ADMITTED}
OMITTED = (
    "Members and count checks of definitions, and the places where reports use a term, have no data category here;"
    " the formats jsonl and sqlite hold them."
)
MANUAL = f"""One concept entry for each sense, its id the id of the sense; a name with several senses has several
entries that refer to each other. Definitions carry report, entry and characters as their source; forms carry types and
reports as notes, the preferred form its pinyin. Of renderings, `approved` is the preferred term and `proposed` an
admitted one; `official` is preferred, too, in the project subset `official`. {OMITTED} Characters that XML forbids are
written as U+FFFD."""
_CATEGORIES = {
    "definition": ("descrip", BASIC),
    "source": ("admin", BASIC),
    "projectSubset": ("admin", BASIC),
    "crossReference": ("ref", BASIC),
    "termType": ("termNote", BASIC),
    "administrativeStatus": ("termNote", MIN),
}
"""Names of data categories: the element that carries them as a type, and the module that they belong to."""
_TERM_TYPES = {SHORT_FORM: "shortForm"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """The names that a dialect of TBX has for things."""

    namespace: str
    """Of the core elements; empty for none."""
    root: str
    attributes: tuple[tuple[str, str], ...]
    """Of the root, besides the language."""
    header: str
    entry: str
    language: str
    term: str
    by_tag: bool
    """Whether data categories are elements of their own (DCT) or types of general ones (DCA)."""
    unquoted: bool = False
    """Whether forms with quotation marks are repeated without, for consumers that find them only so."""

    def named(self, name: str) -> str:
        """Return a core element as lxml names it."""
        return f"{{{self.namespace}}}{name}" if self.namespace else name

    def namespaces(self) -> dict[str | None, str]:
        """Return what the root declares."""
        core: dict[str | None, str] = {None: self.namespace} if self.namespace else {}
        return core | ({"basic": BASIC, "min": MIN} if self.by_tag else {})


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes a document in a dialect."""

    dialect: Dialect
    MANUAL: str = MANUAL

    def write(self, header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
        """Yield the whole document in pieces. A body is only there if it has an entry, as the standard has it."""
        named, dialect = self.dialect.named, self.dialect
        attributes = dict(dialect.attributes) | {LANG: SOURCE_LANGUAGE}
        with Markup(dialect.namespaces()) as markup, markup.element(named(dialect.root), attributes):
            self._header(markup, header)
            with markup.element(named("text")):
                yield from self._body(markup, itertools.chain.from_iterable(map(concepts, terms)))
        yield markup.rest()

    def _body(self, markup: Markup, found: Iterator[Concept]) -> Iterator[bytes]:
        first = next(found, None)
        if first is not None:
            with markup.element(self.dialect.named("body")):
                for concept in itertools.chain([first], found):
                    self._concept(markup, concept)
                    yield from markup.taken()

    def _header(self, markup: Markup, header: Header) -> None:
        named = self.dialect.named
        with markup.element(named(self.dialect.header)), markup.element(named("fileDesc")):
            with markup.element(named("titleStmt")):
                markup.leaf(named("title"), header.title)
            with markup.element(named("sourceDesc")):
                for sentence in (header.origin, header.selection, OMITTED):
                    markup.leaf(named("p"), sentence)

    def _concept(self, markup: Markup, concept: Concept) -> None:
        with markup.element(self.dialect.named(self.dialect.entry), {"id": concept.id}):
            for sibling in concept.siblings:
                self._category(markup, "crossReference", "another sense of the same name", {"target": sibling})
            self._note(markup, f"kind: {concept.term['kind']}")
            self._names(markup, concept)
            for language, rendered in itertools.groupby(concept.equivalents, key=lambda one: str(one["language"])):
                with markup.element(self.dialect.named(self.dialect.language), {LANG: language}):
                    alike = list(rendered)
                    for equivalent in alike:
                        self._translation(markup, equivalent)
                    for equivalent in alike:
                        self._equivalent(markup, equivalent)

    def _names(self, markup: Markup, concept: Concept) -> None:
        named = self.dialect.named
        with markup.element(named(self.dialect.language), {LANG: SOURCE_LANGUAGE}):
            for definition in concept.definitions:
                with markup.element(named("descripGrp")):
                    self._category(markup, "definition", definition["text"])
                    self._category(markup, "source", origin(definition))
            for number, form in enumerate(self._forms(concept)):
                with markup.element(named(self.dialect.term)):
                    self._form(markup, form, concept.term["pinyin"] if number == 0 else None)

    def _forms(self, concept: Concept) -> list[ConceptForm]:
        forms = concept.forms()
        if not self.dialect.unquoted:
            return forms
        known = {form.text for form in forms}
        bare = dict.fromkeys(without_quotes(form.text) for form in forms)
        return forms + [
            ConceptForm(text, (("without quotation marks", ()),)) for text in bare if text and text not in known
        ]

    def _form(self, markup: Markup, form: ConceptForm, pinyin: str | None) -> None:
        """Write a form of the name; only the preferred one has a reading, though it may be empty."""
        markup.leaf(self.dialect.named("term"), form.text)
        self._category(markup, "administrativeStatus", ADMITTED if pinyin is None else PREFERRED)
        if pinyin is None:
            kinds = {_TERM_TYPES.get(kind, "variant") for kind, _ in form.printed}
            self._category(markup, "termType", kinds.pop() if len(kinds) == 1 else "variant")
        if pinyin:
            self._note(markup, f"pinyin: {pinyin}")
        for kind, reports in form.printed:
            self._note(markup, f"{kind}: {', '.join(reports)}" if reports else kind)

    def _equivalent(self, markup: Markup, equivalent: JsonObject) -> None:
        with markup.element(self.dialect.named(self.dialect.term)):
            markup.leaf(self.dialect.named("term"), equivalent["rendering"])
            self._category(markup, "administrativeStatus", STATUSES[equivalent["status"]])
            if equivalent["status"] == OFFICIAL:
                self._category(markup, "projectSubset", OFFICIAL)
            if equivalent["source"]:
                self._category(markup, "source", equivalent["source"])
            if equivalent["note"]:
                self._note(markup, equivalent["note"])

    def _translation(self, markup: Markup, equivalent: JsonObject) -> None:
        """Write the definition in another language, and how far it has come as its source."""
        if equivalent["definition"]:
            with markup.element(self.dialect.named("descripGrp")):
                self._category(markup, "definition", equivalent["definition"])
                self._category(markup, "source", equivalent["definition_status"])

    def _note(self, markup: Markup, text: str) -> None:
        markup.leaf(self.dialect.named("note"), text)

    def _category(self, markup: Markup, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
        carrier, module = _CATEGORIES[name]
        if self.dialect.by_tag:
            markup.leaf(f"{{{module}}}{name}", text, attributes)
        else:
            markup.leaf(self.dialect.named(carrier), text, {"type": name} | (attributes or {}))


_TAGS = Dialect(
    namespace=CORE,
    root="tbx",
    attributes=(("type", "TBX-Basic"), ("style", "dct")),
    header="tbxHeader",
    entry="conceptEntry",
    language="langSec",
    term="termSec",
    by_tag=True,
)
_ATTRIBUTES = replace(_TAGS, attributes=(("type", "TBX-Basic"), ("style", "dca")), by_tag=False)
# Version 2 has no document type: its readers do without the DTD, and one that is named but not there makes some fail.
_MARTIF = Dialect(
    namespace="",
    root="martif",
    attributes=(("type", "TBX-Basic"),),
    header="martifHeader",
    entry="termEntry",
    language="langSet",
    term="tig",
    by_tag=False,
    unquoted=True,
)
DCT = Writer(_TAGS)
DCA = Writer(_ATTRIBUTES, f"The same as `tbx`, for tools that read data categories as attributes. {MANUAL}")
VERSION_2 = Writer(
    _MARTIF,
    f"""For tools that do not read version 3, such as OmegaT and the Translate Toolkit. A form with quotation
marks is there a second time without them, because OmegaT finds it only so. {MANUAL}""",
)
