"""A draft (.docx) with footnotes put in: one behind the first use of each slogan that others explain.

All else in the file stays byte for byte: footnotes, references and what they need are put between the bytes that are
there. What the draft explains itself gets no footnote.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from glossary_api.queries.draft_notes import DraftNote
from glossary_api.queries.report_glossary.word import allowed, packed
from glossary_api.queries.report_glossary.wording import cited
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

if TYPE_CHECKING:
    from glossary_api.reading.word.in_bytes import Insertion, Letter, Line
    from glossary_api.reading.word.package import Package

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES, _NOTES, _STYLES = "[Content_Types].xml", "word/footnotes.xml", "word/styles.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_NOTES = (
    f"{_DECLARATION}<w:footnotes {_W}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    "</w:footnotes>"
)
_NO_RELATIONSHIPS = f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships"></Relationships>'
_TYPE = (
    f'<Override xmlns="{_PACKAGE}/content-types" PartName="/word/footnotes.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/>'
)
_RELATIONSHIP = (
    f'<Relationship xmlns="{_PACKAGE}/relationships" Id="rIdGlossaryFootnotes"'
    f' Type="{_OFFICE}/footnotes" Target="footnotes.xml"/>'
)
_MARK, _TEXT = "footnote reference", "footnote text"
"""The styles of marks and notes, by the names that they have in Word of every language."""
_LOOKS = {
    _MARK: ("FootnoteReference", "character", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'),
    _TEXT: ("FootnoteText", "paragraph", '<w:pPr><w:snapToGrid w:val="0"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr>'),
}
_LONGEST_NUMBER = 8
"""Letters that Word's own numbering may put before a paragraph."""


@dataclass(frozen=True, slots=True)
class FootnotedDraft:
    """The file, and which explanations have found a place in it."""

    content: bytes
    placed: tuple[DraftNote, ...]
    passed_by: tuple[DraftNote, ...]
    """First used in a table, a text box or a link, or so that the place is not certain."""


def footnoted(draft: bytes, text: str, notes: Sequence[DraftNote]) -> FootnotedDraft:
    """Return a draft with footnotes; `text` is what it was read as, and `notes` are those to it.

    The same bytes for the same draft and notes. Raises ReadError for what is no sound .docx.
    """
    from glossary_api.reading.word.in_bytes import behind, plain_lines
    from glossary_api.reading.word.package import Package

    package = Package(draft)
    main = package.main_name()
    body = package.content(main) or b""
    lines = plain_lines(body)
    named, first = _named_styles(package), _free_number(package)
    styles = {name: named.get(name, id_) for name, (id_, *_) in _LOOKS.items()}
    placed: list[tuple[Letter, DraftNote]] = []
    passed_by: list[DraftNote] = []
    for note in notes:
        if note.source is not None:
            letter = _last_letter(note, text, lines)
            if letter and letter.text.run:
                placed.append((letter, note))
            else:
                passed_by.append(note)
    placed.sort(key=lambda pair: pair[0].end)
    numbered = [(first + place, *pair) for place, pair in enumerate(placed)]
    marks = [
        behind(letter, _run(styles[_MARK], f'<w:footnoteReference w:id="{number}"/>').encode(), body)
        for number, letter, _ in numbered
    ]
    parts = {main: _put_in(body, marks)}
    if placed:
        footnotes = "".join(_footnote(number, note, styles) for number, _, note in numbered)
        parts |= dict(_parts(package, main, footnotes))
    kept = ((name, package.content(name) or b"") for name in package.names() if name not in parts)
    order = list(dict.fromkeys([*package.names(), *parts]))
    content = packed(sorted([*kept, *parts.items()], key=lambda part: order.index(part[0])))
    return FootnotedDraft(content, tuple(note for _, note in placed), tuple(passed_by))


def _last_letter(note: DraftNote, text: str, lines: Sequence[Line]) -> Letter | None:
    """Return the letter behind which a note's mark stands: the end of its name or the quotation mark that closes it."""
    begin = text.rfind("\n", 0, note.at) + 1
    end = text.find("\n", note.at)
    read, name = text[begin : end if end >= 0 else len(text)], text[note.at : note.end]
    before = sum(read.startswith(name, at) for at in range(note.at - begin))
    for line in lines:
        printed = "".join(letter.sign for letter in line)
        if name in printed and _is_one(read, printed):
            starts = [at for at in range(len(printed)) if printed.startswith(name, at)]
            if before >= len(starts):
                return None
            last = starts[before] + len(name)
            is_quoted = printed[: starts[before]].endswith(tuple(OPENING_QUOTES))
            return line[last] if is_quoted and printed[last:].startswith(tuple(CLOSING_QUOTES)) else line[last - 1]
    return None


def _is_one(read: str, printed: str) -> bool:
    """Return whether a line as read is this one of the file: marks and numbers of Word's own come to it."""
    one, other = ("".join(filter(str.isalpha, line)) for line in (read, printed))
    return one.endswith(other) and len(one) - len(other) <= _LONGEST_NUMBER


def _put_in(xml: bytes, insertions: Sequence[Insertion]) -> bytes:
    for at, content in reversed(insertions):
        xml = xml[:at] + content + xml[at:]
    return xml


def _parts(package: Package, main: str, footnotes: str) -> Iterator[tuple[str, bytes]]:
    """Yield the parts that footnotes need, each with what comes to it."""
    yield _NOTES, _added(package.content(_NOTES) or _NO_NOTES.encode(), footnotes)
    if package.content(_NOTES) is None:
        folder, _, name = main.rpartition("/")
        relationships = f"{folder}/_rels/{name}.rels"
        yield relationships, _added(package.content(relationships) or _NO_RELATIONSHIPS.encode(), _RELATIONSHIP)
        yield _TYPES, _added(package.content(_TYPES) or b"", _TYPE)
    known = package.content(_STYLES)
    missing = [_style(*_LOOKS[name], name) for name in _LOOKS if name not in _named_styles(package)]
    if known and missing:
        yield _STYLES, _added(known, "".join(missing))


def _added(part: bytes, elements: str) -> bytes:
    """Return a part with elements behind its last."""
    end = part.rindex(b"</")
    return part[:end] + elements.encode() + part[end:]


def _free_number(package: Package) -> int:
    """Return the first number that no footnote has."""
    from glossary_api.reading.word.package import W
    from glossary_api.reading.word.styles import integer

    root = package.part(_NOTES)
    taken = () if root is None else root.iterfind(f"{W}footnote")
    return max((integer(note.get(f"{W}id"), 0) or 0 for note in taken), default=0) + 1


def _named_styles(package: Package) -> dict[str, str]:
    """Return the styles by their names, which are the same in Word of every language, with their ids."""
    from glossary_api.reading.word.package import W

    root = package.part(_STYLES)
    styles = () if root is None else root.iterfind(f"{W}style")
    return {name.get(f"{W}val", "").lower(): style.get(f"{W}styleId", "") for style in styles for name in style[:1]}


def _style(id_: str, kind: str, look: str, name: str) -> str:
    return f'<w:style {_W} w:type="{kind}" w:styleId="{id_}"><w:name w:val="{name}"/>{look}</w:style>'


def _run(style: str, inside: str) -> str:
    """Return a raised run; raised by itself, too, for a file that has no styles."""
    looks = f'<w:rStyle w:val={quoteattr(style)}/><w:vertAlign w:val="superscript"/>'
    return f"<w:r {_W}><w:rPr>{looks}</w:rPr>{inside}</w:r>"


def _footnote(number: int, note: DraftNote, styles: Mapping[str, str]) -> str:
    lines = f"{note.name}：{note.sentence}（{cited(note.source or {})}）".split("\n")
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(allowed(line))}</w:t>' for line in lines)
    return (
        f'<w:footnote {_W} w:id="{number}"><w:p><w:pPr><w:pStyle w:val={quoteattr(styles[_TEXT])}/></w:pPr>'
        f"{_run(styles[_MARK], '<w:footnoteRef/>')}<w:r>{text}</w:r></w:p></w:footnote>"
    )
