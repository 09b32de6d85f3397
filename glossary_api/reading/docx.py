"""Word files (.docx): the text as Word prints it, one paragraph per line.

Automatic numbering, text boxes, tables, tracked insertions and documents put in whole (altChunk) are printed; tracked
deletions, hidden text, comments, headers, footers, page numbers and the table of contents are not, and are counted.
Footnotes and endnotes follow the body as a list, and so do comments that explain a word (`word/comments.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from glossary_api.errors import ReadError
from glossary_api.reading.joining import (
    CIRCLED,
    NOTES_HEADING,
    JoinedLine,
    circled,
    joined_rows,
    mark,
    merged_cell,
    numbered,
)
from glossary_api.reading.tally import Tally
from glossary_api.reading.word.chunks import Chunks
from glossary_api.reading.word.comments import COMMENTS, explained
from glossary_api.reading.word.numbering import Numbering
from glossary_api.reading.word.package import Element, Package, W
from glossary_api.reading.word.styles import Styles
from glossary_api.reading.word.unprinted import PICTURES, UNPRINTED_TEXTS, leave_other_parts, text_below

_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_MATHS_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
# What is not printed: properties, deletions, field instructions, and the reading beside a character (ruby).
_UNPRINTED = frozenset(
    W + name
    for name in (
        *("pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "rt", "fldData"),
        *("del", "moveFrom", "delText", "instrText", "delInstrText"),
    )
)
# Fields whose results are page furniture; a table of contents would print every heading twice.
_FURNITURE_FIELDS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES", "TOC", "INDEX"))
# The field by which Word sets a number into a circle: EQ \o\ac(○,12)
_CIRCLE_FIELD = re.compile(r"EQ\s+\\o\s*(?:\\a[clr]\s*)?\(\s*[○〇◯]\s*[,，;；]\s*([0-9]{1,2})\s*\)", re.IGNORECASE)
_PRIVATE_USE = range(0xE000, 0xF900)
_WINGDINGS = dict(zip(range(0x81, 0x8B), CIRCLED, strict=False)) | dict(
    zip(range(0x8C, 0x96), "❶❷❸❹❺❻❼❽❾❿", strict=True)
)
# Between the paragraphs of one note, but where another note of its own may begin.
_GOES_ON = re.compile(r"(?<=[。；：])\n(?![\W\d]|[^。；\n]{2,30}(?:：|是指))")
_BREAKS = str.maketrans("\r\n", "  ")


def read_docx(data: bytes, tally: Tally | None = None) -> str:
    """Return the text of a .docx, its lines parted by `\\n`; what it does not print is counted in the tally.

    Raises ReadError when the file is damaged, over a limit, or nested too deeply.
    """
    try:
        return "\n".join(_Reader(Package(data), tally or Tally()).lines())
    except RecursionError as error:
        raise ReadError("is-nested-too-deeply", remedy="save-again-as-docx") from error


@dataclass(slots=True)
class _Paragraph:
    """A paragraph in the making."""

    style: str | None
    line: JoinedLine = field(default_factory=JoinedLine)
    boxes: list[str] = field(default_factory=list)
    """Lines of the text boxes anchored in it; they follow it."""


class _Reader:
    """Walks through the parts of one file. Every element is met once and in order."""

    def __init__(self, package: Package, tally: Tally, inside: bool = False) -> None:
        self._package = package
        self._main = package.main()
        self._tally = tally
        self._chunks = Chunks(package, tally, inside)
        self._styles = Styles(package.part("word/styles.xml"))
        self._numbering = Numbering(package.part("word/numbering.xml"), self._styles)
        self._notes = _Notes(package, self._main)
        self._fields = _Fields()
        self._handlers: dict[str, Callable[[Element, _Paragraph], None]] = {
            _ALTERNATIVES: self._alternatives,
            _MATHS_TEXT: self._text,
            W + "r": self._run,
            W + "t": self._text,
            W + "sym": self._symbol,
            W + "fldChar": self._field_character,
            W + "fldSimple": self._simple_field,
            W + "footnoteReference": self._reference,
            W + "endnoteReference": self._reference,
            W + "commentReference": self._reference,
            W + "txbxContent": self._text_box,
        }
        self._handlers.update(dict.fromkeys(PICTURES, self._picture))
        self._handlers.update((W + name, self._character) for name in _CHARACTERS)

    def lines(self) -> list[str]:
        """Return the lines of the body, and of the notes if there are any."""
        self._fields.meet(self._main)
        lines = self._block_lines(self._main.find(f"{W}body"))
        notes = self._note_lines()
        leave_other_parts(self._package, self._tally, counted=self._notes.leave_rest(self._tally))
        return [*lines, NOTES_HEADING, *notes] if notes else lines

    def _block_lines(self, parent: Element) -> list[str]:
        """Return the lines of paragraphs and tables. Where the mark of a paragraph is deleted, the next one goes on."""
        lines: list[str] = []
        paragraph: _Paragraph | None = None
        for block in _children(parent, f"{W}p", f"{W}tbl", f"{W}altChunk"):
            if block.tag != f"{W}p":
                lines.extend(self._table_lines(block) if block.tag == f"{W}tbl" else self._chunk_lines(block))
                continue
            properties = block.find(f"{W}pPr")
            style = self._styles.of_paragraph(properties)
            paragraph = paragraph or _Paragraph(style)
            paragraph.style, silent = style, self._fields.silent
            self._contents(block, paragraph)
            if not self._is_unmarked(properties):
                lines.extend(self._finished(paragraph, properties, silent and self._fields.silent))
                paragraph = None
        return lines + self._finished(paragraph, None, False) if paragraph else lines

    def _finished(self, paragraph: _Paragraph, properties: Element | None, is_furniture: bool) -> list[str]:
        text = paragraph.line.text()
        if is_furniture and not text:
            return paragraph.boxes
        return [numbered(self._numbering.marker(properties), text), *paragraph.boxes]

    def _is_unmarked(self, properties: Element | None) -> bool:
        """Return whether the paragraph mark is deleted, moved away or hidden, so that the paragraph does not end."""
        run = None if properties is None else properties.find(f"{W}rPr")
        if run is None:
            return False
        gone = run.find(f"{W}del") is not None or run.find(f"{W}moveFrom") is not None
        return gone or self._styles.is_hidden(run, None)

    def _table_lines(self, table: Element) -> list[str]:
        rows, above = [], dict[int, int]()
        for row in _children(table, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is None or properties.find(f"{W}del") is None:
                cells = list(_children(row, f"{W}tc"))
                lines = _with_merged(cells, [self._block_lines(cell) for cell in cells], above)
                rows.append([[*chain(*lines)]] if all(map(_is_table_alone, cells)) else lines)
            else:
                self._tally.leave("deleted", text_below(row))
        return joined_rows(rows)

    def _chunk_lines(self, chunk: Element) -> list[str]:
        """Return the lines of a document that is put in whole."""
        return self._chunks.lines(chunk, lambda package: _Reader(package, self._tally, inside=True).lines())

    def _note_lines(self) -> list[str]:
        """Return the notes in the order of their marks; a note may refer to further ones, which are added."""
        lines: list[str] = []
        for printed, note in self._notes.referred:  # of a comment the mark goes with the word that it explains
            self._fields.meet(note)
            text = "\n".join(line for line in self._block_lines(note) if line.strip()).lstrip()
            lines += [printed + _GOES_ON.sub(" ", text)] if text else []
        return lines

    def _contents(self, parent: Element, paragraph: _Paragraph) -> None:
        for child in parent:
            if child.tag not in _UNPRINTED:
                self._handlers.get(child.tag, self._contents)(child, paragraph)
            elif child.tag in UNPRINTED_TEXTS:
                self._tally.leave(UNPRINTED_TEXTS[child.tag], text_below(child))

    def _run(self, run: Element, paragraph: _Paragraph) -> None:
        if self._styles.is_hidden(run.find(f"{W}rPr"), paragraph.style):
            self._tally.leave("hidden", text_below(run))
            for character in run.iterfind(f"{W}fldChar"):
                self._field_character(character, paragraph)
        else:
            self._contents(run, paragraph)

    def _print(self, text: str, element: Element, paragraph: _Paragraph) -> None:
        if not self._fields.silent:
            run = element.getparent().find(f"{W}rPr")
            paragraph.line.add(text, raised=self._styles.is_raised(run, paragraph.style))
        else:
            self._tally.leave("field", text)

    def _text(self, element: Element, paragraph: _Paragraph) -> None:
        """Add a text; Word drops white space at either end unless it is said to be kept."""
        text = (element.text or "").translate(_BREAKS)
        kept = element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
        self._print(text if kept else text.strip(" \t"), element, paragraph)

    def _character(self, element: Element, paragraph: _Paragraph) -> None:
        if not self._fields.silent:
            paragraph.line.add(_CHARACTERS[element.tag.removeprefix(W)])

    def _symbol(self, element: Element, paragraph: _Paragraph) -> None:
        """Add a character of a symbol font: a circled number of Wingdings, or one that is the same in every font."""
        code = (
            int(element.get(f"{W}char", ""), 16) if re.fullmatch("[0-9A-Fa-f]{1,5}", element.get(f"{W}char", "")) else 0
        )
        if element.get(f"{W}font") == "Wingdings" and code & 0xFF in _WINGDINGS:
            self._print(_WINGDINGS[code & 0xFF], element, paragraph)
        elif code >= 0x20 and code not in _PRIVATE_USE and not 0xD800 <= code < 0xE000:
            self._print(chr(code), element, paragraph)
        else:
            self._tally.leave("symbol")

    def _picture(self, element: Element, paragraph: _Paragraph) -> None:
        self._tally.leave("picture")

    def _alternatives(self, element: Element, paragraph: _Paragraph) -> None:
        """Add content that is there in several forms: the first is printed, the older ones are not."""
        for child in element[:1]:
            self._contents(child, paragraph)

    def _text_box(self, element: Element, paragraph: _Paragraph) -> None:
        outer, self._fields = self._fields, _Fields()
        self._fields.meet(element)
        paragraph.boxes.extend(self._block_lines(element))
        self._fields = outer

    def _reference(self, element: Element, paragraph: _Paragraph) -> None:
        if not self._fields.silent:
            paragraph.line.add(self._notes.mark_of(element))

    def _field_character(self, element: Element, paragraph: _Paragraph) -> None:
        paragraph.line.add(self._fields.advance(element))

    def _simple_field(self, element: Element, paragraph: _Paragraph) -> None:
        if _kind(element.get(f"{W}instr", "")) not in _FURNITURE_FIELDS:
            self._contents(element, paragraph)
        else:
            self._tally.leave("field", text_below(element))


_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
"""Elements that print one character."""


class _Notes:
    """The footnotes, endnotes and explaining comments of a file, numbered together in the order of the text."""

    def __init__(self, package: Package, main: Element) -> None:
        self._notes: dict[tuple[str, str], Element] = {}
        self._explained = explained(main, package)
        for kind in ("footnote", "endnote", *(["comment"] if self._explained else [])):
            part = package.part(f"word/{kind}s.xml")
            for note in () if part is None else part.iterfind(W + kind):
                self._notes.setdefault((kind, note.get(f"{W}id", "")), note)
        self._marks: dict[tuple[str, str], str] = {}
        self._numbered = 0
        self.referred: list[tuple[str, Element]] = []
        """Each note that is referred to, with its mark; grows as references are met."""

    def mark_of(self, reference: Element) -> str:
        """Return the mark that a reference prints: nothing if it says that its own mark follows as text."""
        key = kind, number = reference.tag.removeprefix(W).removesuffix("Reference"), reference.get(f"{W}id", "")
        if kind == "comment" and number not in self._explained:
            return ""
        if key not in self._marks:
            follows = reference.get(f"{W}customMarkFollows", "0") not in ("0", "false", "off")
            self._numbered += not follows
            self._marks[key] = "" if follows else mark(self._numbered)
            if key in self._notes:
                word = f"{self._explained[number]}：" if kind == "comment" else ""
                self.referred.append((self._marks[key] + word, self._notes[key]))
        return self._marks[key]

    def leave_rest(self, tally: Tally) -> tuple[str, ...]:
        """Count the notes that nothing refers to; return the names of parts of which all is printed or counted."""
        for key, note in self._notes.items():
            if key not in self._marks:
                tally.leave("comment" if key[0] == "comment" else "part", text_below(note))
        return (COMMENTS,) if self._explained else ()


class _Fields:
    """The state of the open fields of a paragraph: whether their instructions or their results are being read.

    A field that is never closed is ignored, since it would silence the rest of the text.
    """

    def __init__(self) -> None:
        self._codes: dict[Element, str] = {}
        self._open: list[tuple[str, bool]] = []
        self._silent = 0

    @property
    def silent(self) -> bool:
        """Return whether text at this place is not printed."""
        return self._silent > 0

    def meet(self, root: Element) -> None:
        """Note the instructions of every field below `root` that has an end."""
        pending: list[tuple[Element, list[str]]] = []
        for element in root.iter(f"{W}fldChar", f"{W}instrText"):
            kind = element.get(f"{W}fldCharType")
            if element.tag == f"{W}instrText":
                if pending:
                    pending[-1][1].append(element.text or "")
            elif kind == "begin":
                pending.append((element, []))
            elif kind == "end" and pending:
                begin, instructions = pending.pop()
                self._codes[begin] = "".join(instructions).strip()

    def advance(self, element: Element) -> str:
        """Take a field character into account; the text that it prints by itself."""
        kind = element.get(f"{W}fldCharType")
        if kind == "begin" and element in self._codes:
            code = self._codes[element]
            circle = None if self.silent else _CIRCLE_FIELD.match(code)
            self._open.append((code, True))
            self._silent += 1
            return circled(int(circle.group(1))) if circle else ""
        if self._open and kind in ("separate", "end"):
            code, silenced = self._open.pop()
            self._silent -= silenced
            if kind == "separate":
                self._open.append((code, _kind(code) in _FURNITURE_FIELDS))
                self._silent += self._open[-1][1]
        return ""


def _with_merged(cells: Sequence[Element], lines: list[list[str]], above: dict[int, int]) -> list[list[str]]:
    """Return the lines of the cells of a row, those merged with the cell above told.

    `above` has how long the cell is that was last begun in each column, and is brought up to date.
    """
    column, places = 0, []
    for cell, own in zip(cells, lines, strict=True):
        merge, span = cell.find(f"{W}tcPr/{W}vMerge"), cell.find(f"{W}tcPr/{W}gridSpan")
        goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
        places.append((column, goes_on and not any(own)))
        if not goes_on:
            above[column] = sum(map(len, own))
        width = "1" if span is None else span.get(f"{W}val", "1")
        column += int(width) if width.isdecimal() and len(width) < len("1000") else 1
    return [
        merged_cell(above.get(place, 0), chain(*lines)) if merged else own
        for (place, merged), own in zip(places, lines, strict=True)
    ]


def _is_table_alone(cell: Element) -> bool:
    """Tell whether a cell holds tables and no text beside them: it is there for the layout."""
    return cell.find(f"{W}tbl") is not None and not any(text_below(block).strip() for block in cell.iterfind(f"{W}p"))


def _kind(code: str) -> str:
    return (code.split(maxsplit=1) or [""])[0].upper()


def _children(parent: Element, *wanted: str) -> Iterator[Element]:
    """Yield the nearest elements below `parent` that are wanted, whatever wraps them, in order."""
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag == _ALTERNATIVES:
            for first in child[:1]:
                yield from _children(first, *wanted)
        elif child.tag not in _UNPRINTED:
            yield from _children(child, *wanted)
