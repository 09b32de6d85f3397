"""Translations read from files: the segments of XLIFF (1.2, 2.x) and TMX, source beside target.

Of inline elements stays what people read; codes of the original format (`ph`, `bpt`, `it`, …) do not. Nothing outside
the file is read, entities of its own are refused, and files of more than LARGEST bytes are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glossary_api.errors import ReadError

LARGEST = 100_000_000
"""Bytes that a file may have."""

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CHINESE = re.compile(r"(zh|chi|zho|cmn)\b", re.IGNORECASE)
_CODES = {"ph", "bpt", "ept", "it", "ut", "x", "bx", "ex", "sc", "ec"}
"""Elements in which the original format speaks, and not the author; a `sub` in them is text again."""
_REMEDY = "name-file-in-xliff-or-tmx"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text and what it became."""

    unit: str
    """What the file calls it: id of its unit, behind that of its file where there are several; else its number."""
    line: int
    """Where in the file it begins, from 1."""
    source: str
    target: str
    language: str
    """Language of the target as the file has it; empty if it says none."""


def read_segments(path: Path) -> list[Segment]:
    """Return the segments of a file that have a target, in its order. Raises ReadError."""
    try:
        if path.stat().st_size > LARGEST:
            raise ReadError("file-has-more-than-bytes", place=str(path), remedy="cut-it-in-several", count=LARGEST)
        content = path.read_bytes()
    except OSError as error:
        raise ReadError("cannot-be-read", place=str(path), remedy="check-path", why=error.strerror) from error
    root = _root(path, content)
    reader = _READERS.get(_name(root))
    if reader is None:
        raise ReadError("this-is-neither-xliff-nor-tmx", place=str(path), remedy=_REMEDY)
    return [segment for segment in reader(path, root) if segment.source.strip() and segment.target.strip()]


def is_in(language: str, wanted: str) -> bool:
    """Tell whether a language tag is the wanted one or one of its kinds: en-GB for en (RFC 4647, basic filtering)."""
    tag, wanted = language.lower().replace("_", "-"), wanted.lower()
    return tag == wanted or tag.startswith(f"{wanted}-")


def _root(path: Path, content: bytes) -> Any:
    from lxml import etree  # type: ignore[import-untyped]  # only who reads XML needs it

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        place = f"{path}:{line}:{column}"
        raise ReadError("this-is-no-xml", place=place, remedy=_REMEDY, why=error.msg) from None
    subset = root.getroottree().docinfo.internalDTD
    if subset is not None and next(subset.iterentities(), None) is not None:
        raise ReadError("file-declares-entities", place=str(path), remedy="put-in-their-place-what-they-stand")
    return root


# XLIFF


def _xliff(path: Path, root: Any) -> Iterator[Segment]:
    version = root.get("version") or ""
    if version.startswith("1."):
        return _xliff_1(path, root)
    if version.startswith("2."):
        return _xliff_2(path, root)
    raise ReadError(
        "xliff-is-not-known" if version else "xliff-has-no-version", place=str(path), remedy=_REMEDY, version=version
    )


def _xliff_1(path: Path, root: Any) -> Iterator[Segment]:
    files = _all(root, "file")
    for number, file in enumerate(files, 1):
        _check_source(path, file, file.get("source-language"))
        prefix = f"{file.get('original') or number}/" if len(files) > 1 else ""
        for place, unit in enumerate(_all(file, "trans-unit"), 1):
            source, target = _child(unit, "source"), _child(unit, "target")
            if source is not None and target is not None:
                language = target.get(_LANG) or file.get("target-language") or ""
                name = f"{prefix}{unit.get('id') or place}"
                yield Segment(name, unit.sourceline, _text(source), _text(target), language)


def _xliff_2(path: Path, root: Any) -> Iterator[Segment]:
    _check_source(path, root, root.get("srcLang"))
    files = _all(root, "file")
    for number, file in enumerate(files, 1):
        prefix = f"{file.get('id') or number}/" if len(files) > 1 else ""
        for place, unit in enumerate(_all(file, "unit"), 1):
            segments = [child for child in unit if _name(child) == "segment"]
            for part, segment in enumerate(segments, 1):
                source, target = _child(segment, "source"), _child(segment, "target")
                if source is not None and target is not None:
                    suffix = f"/{segment.get('id') or part}" if len(segments) > 1 else ""
                    name = f"{prefix}{unit.get('id') or place}{suffix}"
                    yield Segment(name, segment.sourceline, _text(source), _text(target), root.get("trgLang") or "")


def _check_source(path: Path, element: Any, language: str | None) -> None:
    """Refuse a file whose source is not Chinese, in which no term could stand."""
    if language and not _CHINESE.match(language):
        place = f"{path}:{element.sourceline}"
        raise ReadError("source-language-is", place=place, remedy="name-translation-from-chinese", language=language)


# TMX


def _tmx(path: Path, root: Any) -> Iterator[Segment]:
    """Yield a segment for each language of a unit but Chinese."""
    for number, unit in enumerate(_all(root, "tu"), 1):
        variants = [(variant.get(_LANG) or variant.get("lang") or "", variant) for variant in _all(unit, "tuv")]
        texts = [(code, _child(variant, "seg")) for code, variant in variants]
        sources = [seg for code, seg in texts if seg is not None and _CHINESE.match(code)]
        for code, seg in texts if sources else ():
            if seg is not None and not _CHINESE.match(code):
                name = unit.get("tuid") or f"unit {number}"
                yield Segment(name, unit.sourceline, _text(sources[0]), _text(seg), code)


# Elements


def _all(element: Any, name: str) -> list[Any]:
    return list(element.iter("{*}" + name))


def _child(element: Any, name: str) -> Any:
    return next((child for child in element if _name(child) == name), None)


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: Any, speaks: bool = True) -> str:
    """Return what people read in an element; `speaks` says whether its own text is the author's."""
    parts = [element.text or "" if speaks else ""]
    for child in element:
        name = _name(child)
        if name == "cp":
            parts.append(" ")  # a control character, which XML cannot have
        elif name:
            parts.append(_text(child, name == "sub" or (speaks and name not in _CODES)))
        parts.append(child.tail or "" if speaks else "")
    return "".join(parts)


_READERS: Mapping[str, Callable[[Path, Any], Iterator[Segment]]] = {"xliff": _xliff, "tmx": _tmx}
