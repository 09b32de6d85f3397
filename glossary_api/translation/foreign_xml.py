"""Renderings in the XML of other tools: TBX 2 and 3, TMX, XLIFF and MultiTerm, known by their elements."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from glossary_api.errors import GlossaryError, ReadError
from glossary_api.model.words import APPROVED, EQUIVALENT_STATUSES, OFFICIAL, PROPOSED
from glossary_api.translation.foreign_rendering import WITHDRAWN, ForeignRendering

_SECTIONS = {"langSec", "langSet"}
_TERMS = {"termSec", "tig", "ntig"}
_ROOTS = {"tbx", "martif", "tmx", "xliff", "mtf"}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CHINESE = re.compile("(zh|chi|zho|cmn)(?![a-z])", re.IGNORECASE)
_TRADITIONAL = re.compile("[-_](hk|tw|mo|hant)", re.IGNORECASE)
_STATES = {"final": OFFICIAL, "reviewed": APPROVED, "translated": PROPOSED}
_STATED = re.compile(rf"(.*) \(({'|'.join(EQUIVALENT_STATUSES)})\)(?:: (.*))?", re.DOTALL)


def read_xml(path: Path, content: bytes, problems: list[GlossaryError]) -> Iterator[ForeignRendering]:
    """Yield the renderings of a file. Raises ReadError when it is no XML, or of no format that has renderings."""
    from lxml import etree  # type: ignore[import-untyped]  # only who reads XML needs it

    events = etree.iterparse(
        io.BytesIO(content), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    entries = 0
    try:
        for _, element in events:
            reader = _READERS.get(_name(element))
            if reader is not None:
                entries += 1
                yield from reader(path, element)
                element.clear()
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise ReadError(
            "this-is-no-xml", place=f"{path}:{line}:{column}", remedy="export-it-again", why=error.msg
        ) from None
    if not entries and _name(events.root) not in _ROOTS:
        raise ReadError("this-is-no-tbx", place=str(path), remedy="name-file-in-tbx-version-2-or")


def source_among(codes: list[str]) -> str | None:
    """Return the language of the names: simplified Chinese before any other; None if there is no Chinese."""
    chinese = [code for code in codes if _CHINESE.match(code)]
    return min(chinese, key=lambda code: bool(_TRADITIONAL.search(code)), default=None)


def _of_entry(path: Path, entry: Any) -> Iterator[ForeignRendering]:
    sections = [section for section in entry.iterchildren() if _name(section) in _SECTIONS]
    named = [(section.get(_LANG) or section.get("lang") or "", section) for section in sections]
    own = source_among([code for code, _ in named])
    names = tuple(text for code, section in named if code == own for term in _terms(section) if (text := _text(term)))
    for code, section in named:
        for term in () if code == own else _terms(section):
            yield ForeignRendering(
                place=f"{path}:{term.sourceline}",
                names=names,
                rendering=_text(term),
                language=code,
                id=entry.get("id") or "",
                status=_status(term),
                source=next(_categories(term, "source"), ""),
                note="; ".join(note.text or "" for note in term.iter() if _name(note) == "note"),
                columns={"rendering": "term", "language": "xml:lang", "status": "administrativeStatus"},
            )


def _of_unit(path: Path, unit: Any) -> Iterator[ForeignRendering]:
    """Yield a translation unit of TMX: each variant but the source."""
    texts = {
        variant.get(_LANG) or variant.get("lang") or "": "".join(seg.itertext()).strip()
        for variant in unit.iter("{*}tuv")
        for seg in variant.iter("{*}seg")
    }
    said = {prop.get("type"): prop.text or "" for prop in unit.iter("{*}prop")}
    own = source_among([*texts])
    fields: dict[str, Any] = {name: said.get(name, "") for name in ("status", "source", "note")}
    for code, text in texts.items() if own is not None else ():
        if code != own and text:
            id_ = (unit.get("tuid") or "").rpartition(".")[0]
            yield ForeignRendering(f"{path}:{unit.sourceline}", (texts[own or ""],), text, code, id_, **fields)


def _of_segment(path: Path, unit: Any) -> Iterator[ForeignRendering]:
    """Yield the renderings of a unit of XLIFF: those that its notes state as our exports do, else its target."""
    root = unit.getroottree().getroot()
    file = next((above for above in unit.iterancestors() if _name(above) == "file"), root)
    language = root.get("trgLang") or file.get("target-language") or ""
    sides: dict[str, Any] = {name: next(unit.iter(f"{{*}}{name}"), None) for name in ("source", "target", "segment")}
    if sides["source"] is None or sides["target"] is None:
        return
    name, target = ("".join(sides[side].itertext()).strip() for side in ("source", "target"))
    state = "" if sides["segment"] is None else _STATES.get(sides["segment"].get("state") or "", "")
    sources = [one.get("source") or "" for one in unit.iter("{*}translation")]
    notes = [note.text or "" for note in unit.iter("{*}note") if note.get("category") == "rendering"]
    stated = [found for note in notes if (found := _STATED.fullmatch(note))]
    place, id_ = f"{path}:{unit.sourceline}", unit.get("id") or ""
    for number, found in enumerate(stated):
        source = sources[number] if number < len(sources) else ""
        yield ForeignRendering(place, (name,), found[1], language, id_, "", found[2], source, found[3] or "")
    if not stated and target:
        yield ForeignRendering(place, (name,), target, language, id_, status=state)


def _of_group(path: Path, group: Any) -> Iterator[ForeignRendering]:
    """Yield the renderings of a concept of MultiTerm."""
    terms = []
    for section in group.iter("{*}languageGrp"):
        named = next(section.iter("{*}language"), None)
        code = "" if named is None else named.get("lang") or named.get("type") or ""
        terms += [(code, term) for term in section.iter("{*}termGrp")]
    own = source_among([code for code, _ in terms])
    names = tuple(_text(term) for code, term in terms if code == own)
    for code, term in terms if names else ():
        if code == own or not _text(term):
            continue
        said = {(one.get("type") or "").casefold(): (one.text or "").strip() for one in term.iter("{*}descrip")}
        status = said.get("status", "").casefold()
        known = {"approved": APPROVED, "preferred": APPROVED, "forbidden": WITHDRAWN, "deprecated": WITHDRAWN}
        yield ForeignRendering(
            f"{path}:{term.sourceline}",
            names,
            _text(term),
            code,
            status=status if status in EQUIVALENT_STATUSES else known.get(status, ""),
            source=said.get("source", ""),
            note=said.get("note", ""),
        )


def _terms(section: Any) -> list[Any]:
    return [term for term in section.iterchildren() if _name(term) in _TERMS]


def _text(section: Any) -> str:
    return next(("".join(term.itertext()).strip() for term in section.iter() if _name(term) == "term"), "")


def _status(term: Any) -> str:
    """Return the status that an administrative status stands for."""
    status = next(_categories(term, "administrativeStatus"), "")
    if status.startswith(("deprecated", "superseded")):
        return WITHDRAWN
    if status.startswith("preferred"):
        return OFFICIAL if OFFICIAL in _categories(term, "projectSubset") else APPROVED
    return PROPOSED


def _categories(term: Any, name: str) -> Iterator[str]:
    """Yield the texts of a data category, whether it is a tag or a type."""
    for element in term.iter():
        if _name(element) == name or element.get("type") == name:
            yield (element.text or "").strip()


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


_READERS: Mapping[str, Callable[[Path, Any], Iterator[ForeignRendering]]] = {
    "conceptEntry": _of_entry,
    "termEntry": _of_entry,
    "tu": _of_unit,
    "unit": _of_segment,
    "trans-unit": _of_segment,
    "conceptGrp": _of_group,
}
