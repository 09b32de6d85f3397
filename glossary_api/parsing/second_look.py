"""Look again at what was read of the notes, and say where it cannot be right.

Whatever layout nobody thought of, the notes that come of it show one of a few things: the beginning of another note in
the middle of one, a note beside the list, a number left out, an explanation that stops short, drawn lines. None of them
proves a mistake, so each is a question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise

from glossary_api.model.messages import Message
from glossary_api.model.things import Entry, Finding, Mark, Slogan
from glossary_api.parsing.entries import EntryList
from glossary_api.parsing.heads import split_head
from glossary_api.parsing.lines import BULLETS, Line, lines_of
from glossary_api.parsing.markers import CIRCLED, marker_at
from glossary_api.parsing.overlooked import overlooked
from glossary_api.parsing.side_notes import QuotedNames
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES
from glossary_api.text.folding import plain as plain_form

_MARKER = rf"(?:[{''.join(CIRCLED)}]|[\[(〔]?\d{{1,3}}[\])〕]?[.、:]?)"
_NAME = rf"[{OPENING_QUOTES}\"]?(?P<name>[^\s。;!?:,{OPENING_QUOTES}{CLOSING_QUOTES}\"]{{2,30}})[{CLOSING_QUOTES}\"]?"
_MEANS = r"(?::|--+|,?是指|,即)(?=\S)"
_NUMBER = rf"(?:[{''.join(CIRCLED)}]|[\[(〔]\d{{1,3}}[\])〕]|(?<!\d)\d{{1,3}}[.、])"
_ANOTHER = re.compile(rf"(?:{_NUMBER}\s*|(?<=[。;\n\t])|(?<=[。;][ \u3000])){_NAME}{_MEANS}")
"""The beginning of a note: behind a number, or behind a stop."""
_RUNS_ON = re.compile(
    rf"[。;\n]\s*[{OPENING_QUOTES}\"]?(?P<name>[^\s。;!?:,、{OPENING_QUOTES}{CLOSING_QUOTES}\"]{{3,24}})[{CLOSING_QUOTES}\"]?"
    r"(?:,?是指|,指(?!出|导|标|定|向|示))(?=\S)"
)
"""The beginning of a note on a word that nobody quotes."""
_REST_OF_NAME = re.compile(r"[\u4e00-\u9fff]{1,8}(?=[。:,])")
_OF_SOMETHING_ELSE = re.compile(rf"{_NAME}:(?=\S)")
"""What an explanation begins with that is the note on another word: 县教育局：甲：…… has who explains it for a name."""
_BESIDE = re.compile(rf"[。;](?:[ \u3000]{{2,}}|\t){_NAME}:(?=\S)")
"""The beginning of a note that stands on the line of another, behind a wide space."""
_PIECE = rf"[^\s。;!?:,{OPENING_QUOTES}{CLOSING_QUOTES}\"]"
_AT_A_LINE = re.compile(
    rf"{BULLETS}(?:注释?:\s*|[图表]\s?\d{{1,2}}[\s:.、]+)?(?:{_MARKER}\s*)?(?:{_NAME}{_MEANS}|(?P<within>{_PIECE}{{0,8}}[{OPENING_QUOTES}\"]"
    rf"{_PIECE}{{2,20}}[{CLOSING_QUOTES}\"]{_PIECE}{{0,8}}){_MEANS})"
)
_LABELLED = re.compile(rf"[(\[【]?注释?:\s*{_NAME},(?=[^,。]{{4}})")
"""A note in brackets below its paragraph: （注：甲，……）."""
_BRACKETED = re.compile(
    rf"[{OPENING_QUOTES}]([^{OPENING_QUOTES}{CLOSING_QUOTES}\n]{{2,30}})[{CLOSING_QUOTES}][(\[〔【](?=[^()\[\]〔〕【】\d]{{10}})(?!.{{0,3}}单位:)[^()\[\]〔〕【】\n]+[)\]〕】]"
)
_BEHIND_A_STOP = re.compile(
    r"[。;!?]\s{0,9}[,、;。:]|\((?:紧|下|上|此文)?[转接]第?[\d一二三四五六七八九十]{1,3}版"
    r"|[。!?]\s{0,9}[-·]{0,2}\s?\d{1,3}\s?[-·]{0,2}\Z|\n\s*[-·]{1,2}\s*\d{1,3}\s*[-·]{1,2}\s*\n|\n\s*[,、;:。!?]"
)
"""Where two pieces of text meet that do not belong together, columns or pages."""
_DRAWN = re.compile(r"[│┃║├┤┣┫┌┐└┘]|(?<=\S)\t+(?=\S)|\n[ \u3000]{6,}(?=\S)")
_SPOKEN = re.compile("谢谢大家|各位代表[,、!]")
_CLOSING = 0.5
"""Words to those who listen close the speech behind so much of the text only."""
_BULLET = re.compile(BULLETS)
_BULLETED = re.compile(r"(?P<bullet>[●■◆★☆▲◎※➢►·•])(?s:.{0,2000}?)\n\s*(?P=bullet)\s*(?P<other>[^\s。;!?:,]{2,20})")
_ENCLOSED = re.compile(
    rf"[{OPENING_QUOTES}\"【《]?(?P<name>[^。;!?:,{OPENING_QUOTES}{CLOSING_QUOTES}\"【】《》]{{2,20}})[{CLOSING_QUOTES}\"】》]?"
)
_BARELY = re.compile(
    rf"(?P<name>[^。;!?:,、{OPENING_QUOTES}{CLOSING_QUOTES}\"\s]{{2,20}}?)(?:是?指|即|[ \u3000\xa0]+(?=\S{{4}}))"
)
_SHARE_LISTED = 0.5
_SHARE_OF_LINES = 0.3
"""So many of the names of a list behind the speech must stand in it, and so many of its lines have one."""
_MOST_LISTED, _MOST_BEHIND = 100, 1000
"""So many names are looked for, in so many lines behind the speech."""
_NO_NAME = re.compile(
    rf"\d{{1,3}}[.、](?!\d)|.*[,、;]\Z|[图表]\d{{1,2}}[ \u3000]|"
    rf"(?:什么是|关于|其中|例如|如|即)[{OPENING_QUOTES}\"]?.|[^{OPENING_QUOTES}]*[{CLOSING_QUOTES}\"](?:即|是|指)."
)
"""What no name begins with, the number that parts it from the one before, what leads up to a name, a sentence, and what
none ends with, a comma.
"""
_NO_BEGINNING = "。,;:、!?)”’」』》-|/\\=~→"
"""What no explanation begins with."""
_ENDS = tuple('。.;!?:)"”’」』》…')
_LEAST_ENDING, _SHARE_ENDING = 4, 0.8
"""Where so many notes of a list, and this share of them, end with a stop, one that does not is cut off."""
_FOREIGN_LINE = re.compile(r"\n[ \t]*([a-z][^\u4e00-\u9fff\r\n]{19})")
"""A line of a translation that stands below each line of the text."""
_REACH = 300
"""So far before its explanation within a note a part of what the note explains is named."""
_LONGEST = 2000
"""A note of so many characters has swallowed what stands behind it; the longest of real reports have some 800."""
_LONGEST_NAME = 20
_WHOLE_NAME = 4
"""Names of fewer signs are glued to one another on purpose: 四早四集中."""
_OFTEN, _TWICE = 3, 2
"""So many notes of one name in one list are rows of a table that is no glossary, or two pieces of one."""
_LEAST_ALIKE, _SHOWN = 3, 16
"""So many notes of a list tell what its others are like; so many characters of a paragraph are shown."""
_SHARE_OF_OTHERS = 0.75
"""A list of which so many names do not stand in the text is no list of its notes."""
_UNSAID = re.compile(r"[^\w+]")
"""What may stand between the characters of a name."""
_HEADING = re.compile(r"[(第]?[一二三四五六七八九十]{1,3}[、,)章节条.:]|\(?\d{1,2}[.、)]")
_LEAST_PARAGRAPHS, _UNENDED_SHARE, _LONG = 10, 0.1, 25
"""Where this share of the long paragraphs of a text ends within a sentence its lines are out of order, or cut."""


def look_again(
    text: str,
    plain: str,
    spans: Sequence[tuple[int, int]],
    read: Sequence[EntryList],
    aside: Sequence[Entry],
    marks: Sequence[Mark],
    slogans: Sequence[Slogan],
    *,
    whole: bool,
) -> Iterator[Finding]:
    """Yield what cannot be right: in each of the lists of notes, in those within the running text, and in the spans
    that no note has.

    Where the text has marks they tell which notes are not there. Only of a `whole` report the paragraphs must be whole.
    """
    lists = [one.entries for one in read]
    yield from _unended(text, plain, spans) if whole else ()
    quoted = QuotedNames(plain)
    said = _UNSAID.sub("", "".join(plain[begin:end] for begin, end in spans)) if lists and whole else ""
    for one in read:
        notes = one.entries
        yield from () if marks else _skipped(notes)
        yield from _cut_off(plain, notes)
        yield from _cut_names(plain, notes, quoted)
        yield from _repeated(notes)
        yield from _longer(text, notes) if one.layout != "table" else ()
        yield from _of_other_words(notes, said) if whole else ()
    yield from _skipped([entry for entry in aside if entry.number])
    for entry in (*aside, *(entry for notes in lists for entry in notes)):
        yield from _overfull(text, plain, entry, quoted)
    unread = [one for span in spans for one in _unread(plain, span, quoted)]
    bare = [one for span in spans for one in _alone(plain, span, quoted)]
    unread += bare if len(bare) >= _OFTEN else []
    known = {one.text for one in slogans if one.inline} | {
        one.name for notes in lists for e in notes for one in e.terms
    }
    explained = [one for span in spans for one in _in_brackets(plain, span)]
    beside = [one for one in explained if text[slice(*one)] not in known]
    often = len({text[slice(*one)] for one in explained}) >= _OFTEN and len(explained) > len(beside)
    unread += beside if often or len({text[slice(*one)] for one in beside}) >= _OFTEN else []
    last = max((entry.end for notes in lists for entry in notes), default=len(text))
    behind = list(_begun(plain, last, quoted))
    beyond = next(lines_of(plain, last), None)  # a name alone may be a row whose explanation is that of the row above
    unread += [(beyond.start, beyond.end)] if beyond and quoted.has(beyond.text.split(maxsplit=1)[0]) else []
    unread += behind if len(behind) > 1 and last >= max((end for _, end in spans), default=0) else []
    unread += _listed(plain, spans[-1]) if spans and not lists else []
    unread += _going_on(plain, last) if lists else []
    if whole:
        entries = [*aside, *(entry for notes in lists for entry in notes)]
        inline = {one.text for one in slogans if one.inline}
        unread += [(line.start, line.end) for line in overlooked(text, plain, entries, inline, quoted)]
    if unread:
        names = "、".join(dict.fromkeys(text[slice(*one)] for one in unread[:_OFTEN]))
        yield _finding("these-look-like-notes-and-were-not-read", *unread[0], names=names)


def _finding(code: str, start: int, end: int, **values: str | int) -> Finding:
    return Finding("reading-in-doubt", Message(code, **values), start, end)


def _skipped(notes: Sequence[Entry]) -> Iterator[Finding]:
    """Yield the places where the numbers of a list leave some out, or go back to another than the first; not where
    they go down throughout.
    """
    numbers = [entry.number for entry in notes if entry.number]
    if numbers == list(range(len(numbers), 0, -1)):
        return
    for one, other in pairwise(notes):
        if one.number and other.number and other.number not in (1, one.number, one.number + 1):
            yield _finding("note-follows-note", other.start, other.end, number=other.number, before=one.number)


def _cut_off(plain: str, notes: Sequence[Entry]) -> Iterator[Finding]:
    """Yield the notes that do not end with a stop, where nearly all others of their list do."""
    ended = [plain[entry.end - 1] in _ENDS for entry in notes]
    if sum(ended) >= max(_LEAST_ENDING, _SHARE_ENDING * len(ended)):
        for entry, ends in zip(notes, ended, strict=True):
            if not ends and entry.terms:
                yield _finding("note-ends-within-a-sentence", entry.start, entry.end, name=entry.terms[0].name)


def _cut_names(plain: str, notes: Sequence[Entry], quoted: QuotedNames) -> Iterator[Finding]:
    """Yield the notes whose name goes on behind them: what stands before the next one is the rest of what is quoted."""
    for one, other in pairwise(notes):
        rest = "".join(plain[one.end : other.start].split())
        if rest and one.terms and quoted.has(plain_form(one.terms[0].name) + rest):
            yield _finding("name-of-note-is-cut-off", one.start, other.start, name=one.terms[0].name, rest=rest)


def _repeated(notes: Sequence[Entry]) -> Iterator[Finding]:
    """Yield the name that several notes of one list explain, once."""
    counts = Counter(term.name for entry in notes for term in entry.terms)
    for name, count in counts.most_common(1):
        if count >= _TWICE:
            first = next(entry for entry in notes if any(term.name == name for term in entry.terms))
            yield _finding("several-notes-have-one-name", first.start, first.end, name=name, count=count)


def _longer(text: str, notes: Sequence[Entry]) -> Iterator[Finding]:
    """Yield the one note of a list that has several paragraphs: the last may be what stands behind the note."""
    spans = [(entry, term.definition) for entry in notes for term in entry.terms[:1]]
    longer = [entry for entry, said in spans if "\n" in text[said.start : said.end]]
    if len(longer) == 1 and len(notes) >= _LEAST_ALIKE:
        entry = longer[0]
        last = text[entry.start : entry.end].rpartition("\n")[2].strip()
        name = entry.terms[0].name
        yield _finding("note-alone-has-paragraphs", entry.start, entry.end, name=name, text=last[:_SHOWN])


def _of_other_words(notes: Sequence[Entry], said: str) -> Iterator[Finding]:
    """Yield a finding for a list of whose names the text says but few; `said` is all of it, without stops."""
    names = [entry.terms[0].name for entry in notes if entry.terms]
    others = [name for name in names if _UNSAID.sub("", plain_form(name)) not in said]
    if len(names) >= _LEAST_ALIKE and len(others) > _SHARE_OF_OTHERS * len(names):
        shown = "、".join(others[:_OFTEN])
        first, last = notes[0].start, notes[-1].end
        yield _finding("text-has-few-names-of-notes", first, last, count=len(others), of=len(names), names=shown)


def _overfull(text: str, plain: str, entry: Entry, quoted: QuotedNames) -> Iterator[Finding]:
    """Yield a note that holds the beginning of another one, drawn lines, or more than any note has.

    What its head or it itself names before is explained within it: “一核两翼”: “一核”: 甲。
    """
    if not entry.terms:
        return
    name = entry.terms[0].name
    begin = entry.terms[0].definition.start
    first = None if quoted.has(plain_form(name)) else _OF_SOMETHING_ELSE.match(plain, begin, entry.end)
    other = next(
        (
            found
            for found in chain([first] if first else [], _ANOTHER.finditer(plain, begin + 1, entry.end))
            if found["name"] not in plain[max(entry.start, found.start() - _REACH) : found.start("name")]
            and quoted.has(found["name"])
        ),
        None,
    )
    beside = _BESIDE.search(plain, begin, entry.end)
    other = other or (beside if beside and plain.count(beside["name"]) > 1 else None)
    runs_on = (one for one in _RUNS_ON.finditer(plain, begin, entry.end) if _is_of_text(plain, name, one))
    other = other or next(runs_on, None)
    if other:
        yield _finding("note-holds-another", entry.start, entry.end, name=name, other=text[slice(*other.span("name"))])
    elif bullet := _BULLETED.match(plain, max(0, entry.start - 1), entry.end):
        yield _finding(
            "note-holds-another", entry.start, entry.end, name=name, other=text[slice(*bullet.span("other"))]
        )
    elif rest := _is_cut(plain, entry):
        yield _finding("name-of-note-is-cut-off", entry.start, entry.end, name=name, rest=rest)
    elif (
        _NO_NAME.match(plain_form(name))
        or plain[begin] in _NO_BEGINNING
        or _is_lopsided(plain_form(name))
        or _is_of_two(plain, entry, quoted)
    ):
        yield _finding("note-has-an-odd-name", entry.start, entry.end, name=name)
    elif stop := _BEHIND_A_STOP.search(plain, begin, entry.end):
        yield _finding("note-goes-on-within-a-sentence", stop.start(), entry.end, name=name)
    elif _DRAWN.search(plain, begin, max(term.definition.end for term in entry.terms)):
        yield _finding("note-holds-drawn-lines", entry.start, entry.end, name=name)
    elif foreign := _FOREIGN_LINE.search(plain, begin, entry.end):
        yield _finding("note-has-a-line-in-another-language", foreign.start(1), entry.end, name=name)
    elif entry.end - entry.start > _LONGEST:
        yield _finding("note-is-very-long", entry.start, entry.end, name=name, count=entry.end - entry.start)


def _is_of_text(plain: str, name: str, found: re.Match[str]) -> bool:
    """Tell whether what looks like a note within that on a name is on a word of the text before, not near by, and not
    on a part of the name.
    """
    other, near = found["name"], max(0, found.start() - _REACH)
    is_part = set(other) <= set(plain_form(name))
    return not is_part and plain.find(other, 0, near) >= 0 and other not in plain[near : found.start()]


def _is_cut(plain: str, entry: Entry) -> str:
    """Return the rest of the name with which an explanation begins: 工程。…… of 甲乙, for the text has “甲乙”工程."""
    begin, name = entry.terms[0].definition.start, plain_form(entry.terms[0].name)
    rest = _REST_OF_NAME.match(plain, begin, entry.end)
    wholes = [f"{name}{sign}{rest[0]}" for sign in CLOSING_QUOTES] if rest else []
    return rest[0] if rest and any(plain.find(whole, 0, entry.start) >= 0 for whole in wholes) else ""


def _is_lopsided(name: str) -> bool:
    """Tell whether a name has but one of two quotation marks."""
    return any(name.count(one) != name.count(other) for one, other in zip(OPENING_QUOTES, CLOSING_QUOTES, strict=True))


def _is_of_two(plain: str, entry: Entry, quoted: QuotedNames) -> bool:
    """Tell whether a note has two names that the report quotes, glued or one for its explanation, or a number glued to
    its name.
    """
    name, said = plain_form(entry.terms[0].name), entry.terms[0].definition
    if len(entry.terms) > 1 or quoted.has(name):
        return len(entry.terms) == 1 and quoted.has(plain[said.start : said.end]) and said.end - said.start <= len(name)
    cuts = range(_WHOLE_NAME, len(name) - _WHOLE_NAME + 1)
    is_glued = any(quoted.has(name[:at]) and quoted.has(name[at:]) for at in cuts)
    return is_glued or (name[:1].isnumeric() and quoted.has(name[1:]))


def _unread(plain: str, span: tuple[int, int], quoted: QuotedNames) -> Iterator[tuple[int, int]]:
    """Yield the words that the text quotes elsewhere with which notes begin in a stretch that no note has, also those
    that have a line to themselves.
    """
    for line in lines_of(plain, *span):
        found = _LABELLED.match(plain, line.start, line.end) or _AT_A_LINE.match(plain, line.start, line.end)
        long = found is not None and line.end - found.end() > _OFTEN
        if found and long and found["name"] and quoted.has(found["name"], found.group()):
            yield found.span("name")
        elif found and long and not found["name"] and plain.count(found["within"]) > 1:
            yield found.span("within")
        elif line.text.endswith(":") and quoted.has(line.text[:-1]):
            yield line.start, line.end - 1


def _in_brackets(plain: str, span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the quoted words that a long text in brackets stands behind."""
    return (found.span(1) for found in _BRACKETED.finditer(plain, *span))


def _alone(plain: str, span: tuple[int, int], quoted: QuotedNames) -> Iterator[tuple[int, int]]:
    """Yield the lines that are nothing but a word that the text quotes: names whose explanations stand beside them."""
    for line in lines_of(plain, *span):
        if quoted.has(line.text):
            yield line.start, line.end


def _listed(plain: str, span: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the names that lines behind the speech explain, if the speech says most of them."""
    begin = max((found.end() for found in _SPOKEN.finditer(plain, *span)), default=0)
    behind = plain.find("\n", begin, span[1])
    if behind < 0 or begin < span[0] + _CLOSING * (span[1] - span[0]):
        return []
    lines = list(islice(lines_of(plain, behind, span[1]), _MOST_BEHIND))
    named = [one for line in lines if (one := _named(plain, line))]
    said = [one for one in named[:_MOST_LISTED] if plain.find(plain[slice(*one)], span[0], begin) >= 0]
    are_most = len(said) >= max(_OFTEN, _SHARE_LISTED * len(named), _SHARE_OF_LINES * len(lines))
    return said if are_most else []


def _going_on(plain: str, last: int) -> list[tuple[int, int]]:
    """Return the names that the lines right behind the last note explain, if the text before them says each."""
    names: list[tuple[int, int]] = []
    for line in lines_of(plain, last):
        named = _named(plain, line)
        if named is None or len(names) == _MOST_LISTED or plain.find(plain[slice(*named)], 0, last) < 0:
            break
        names.append(named)
    return names if len(names) >= _OFTEN else []


def _named(plain: str, line: Line) -> tuple[int, int] | None:
    """Return the span of the name that a line explains, or that has the line to itself."""
    marker, bullet = marker_at(plain, line.start, line.end), _BULLET.match(plain, line.start, line.end)
    begin = marker.end if marker else bullet.end() if bullet else line.start
    head = split_head(plain, begin, line.end)
    barely = None if head else _BARELY.match(plain, begin, line.end)
    name = barely or _ENCLOSED.fullmatch(plain, *((head.start, head.end) if head else (begin, line.end)))
    return name.span("name") if name else None


def _begun(plain: str, start: int, quoted: QuotedNames) -> Iterator[tuple[int, int]]:
    """Yield the words that the text quotes and lines behind the last note begin with: the list goes on there."""
    for line in lines_of(plain, start):
        sizes = range(min(_LONGEST_NAME, len(line.text)), 1, -1)
        if size := next((size for size in sizes if quoted.has(line.text[:size])), None):
            yield line.start, line.start + size


def _unended(text: str, plain: str, spans: Iterable[tuple[int, int]]) -> Iterator[Finding]:
    """Yield a finding if many long paragraphs end within a sentence: columns read across, lines out of order."""
    lines = (line for span in spans for line in lines_of(text, *span))
    long = [line for line in lines if len(line.text) >= _LONG and not _HEADING.match(plain, line.start)]
    open_ = [line for line in long if plain[line.end - 1] not in _ENDS]
    if len(long) >= _LEAST_PARAGRAPHS and len(open_) > _UNENDED_SHARE * len(long):
        first = open_[0]
        yield _finding(
            "paragraphs-end-within-sentences",
            first.start,
            first.end,
            count=len(open_),
            of=len(long),
            text=first.text[-10:],
        )
