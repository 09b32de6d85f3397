"""Notes that no separator parts into name and explanation: what the body says of them tells the name.

Either the mark of a note stands in the body behind a quoted phrase, and the note holds the explanation only, as
footnotes do; or the note begins with a name that the body quotes: 2. 四个到户 宣讲到户、…, 2. 四个到户是宣讲到户、….
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import replace

from glossary_api.model.things import Entry
from glossary_api.parsing.bare_notes import LEAST_SPACED, spaced_name
from glossary_api.parsing.heads import Head, terms_of
from glossary_api.parsing.markers import CIRCLED, number_of
from glossary_api.parsing.patterns import any_of, patterns
from glossary_api.parsing.quotes import quotes_in
from glossary_api.text.folding import CLOSING_QUOTES, fold_name

_SIGN = re.compile(
    rf"[{''.join(CIRCLED)}]|[\[〔【]\s*(?:注释?)?\s*(?P<n>\d{{1,3}})\s*[\]〕】]"
    r"|(?:[\[〔【(]\s*)?(?:见|详见|参见)?附?注释?\s*(?P<noted>\d{1,3}|[一二三四五六七八九十]{1,3})\s*[\]〕】):]"
    r"|(?<=[”\"」])(?:[*※]\s*(?P<starred>\d{1,2})(?!\d)|\(\s*(?P<enclosed>\d{1,2})\s*\))"
)
_IN_TITLE_MARKS = re.compile(r"《([^《》]{2,30})》")
_NUMBER_BEHIND = re.compile(r"(?P<name>.{2,40}?)(?P<sign>\s*[(（\[［〔](?P<n>\d{1,3})[)）\]］〕])")
_FIGURES = re.compile(r"\D{0,3}\d{1,3}\D{0,3}")
_LONGEST_NAME, _LONGEST_NOUN = 30, 17
_NAME = re.compile(
    r"[“\"「]?(?P<name>[^\s。;!?:,“”\"「」]{2,20}?)[”\"」]?(?:\s+|,\s*|(?<![以作成认因称不也都只])(?:是|为))(?=\S{4})"
)
_STOPPED = re.compile(
    r"(?:关于[“\"「]?)?[“\"「]?(?P<name>[^\s。;!?:,、“”\"「」]{2,20})[”\"」]?。(?=[^\s。]{4})"
    r"|(?P<quoting>(?:[^\s。;!?:,、“”]|“[^\s。;!?:,“”]{1,16}”){2,24})。(?=[^\s。]{4})"
)
_QUOTING = re.compile(
    r"[^\s。;!?:,、“”]{0,10}“[^\s。;!?:,“”]{1,16}”[^\s。;!?:,、“”]{0,8}(?P<comma>,(?:是?指|即)?)(?=\S{4})"
)
_LEAST_STOPPED = 3
_LEAST_WORDS = 2
_PARTS = re.compile(r"[\s,/|-]*")
_LEAST_SAID = 4
_MOST_ASKED = 100
"""So often a text is looked through for a name that it does not quote."""
_LEADS_IN = re.compile(any_of("wordings", "leads-in"))
_LEAST_SHARE = 0.5
"""Where so many notes of a list have no name of their own, what stands before a colon in the others is none either."""

Phrase = tuple[int, int, str]
"""Span of a quoted phrase, and the phrase."""


class QuotedPhrases:
    """The quoted phrases of `text[start:]`, found when they are first asked for."""

    def __init__(self, text: str, plain: str, start: int) -> None:
        self.text, self.plain, self.start = text, plain, start
        self._asked = 0

    @functools.cached_property
    def _by_end(self) -> dict[int, int]:
        """Return where each quotation ends and begins; of nested ones with one end the inner one."""
        return {quote.end: quote.start for quote in quotes_in(self.text, self.start, len(self.text))[0]}

    @functools.cached_property
    def _first(self) -> dict[str, int]:
        """Return where each quoted phrase first ends."""
        first: dict[str, int] = {}
        for end, start in sorted(self._by_end.items()):
            first.setdefault(self.text[start:end], end)
        return first

    @functools.cached_property
    def _marked(self) -> list[tuple[int, Phrase]]:
        """Return the number of each mark behind a quoted phrase, or at its end within the quotation, in their order."""
        found = []
        for sign in _SIGN.finditer(self.plain, self.start):
            inside = self.plain[sign.end() : sign.end() + 1] in tuple(CLOSING_QUOTES)
            begin = self._by_end.get(sign.end() if inside else sign.start() - 1)
            stop = sign.start() if inside else sign.start() - 1
            if begin is None:
                begin, stop = self._running_on(sign.start()), sign.start()
            if begin is not None and 1 < stop - begin <= _LONGEST_NAME:
                found.append(
                    (
                        number_of(next(filter(None, sign.groups()), sign[0])),
                        (begin, stop, self.text[begin:stop]),
                    )
                )
        return found

    def _running_on(self, end: int) -> int | None:
        """Return where a name with a quotation at its head begins, “双百”行动, if one ends here."""
        close = max(self.plain.rfind(sign, max(self.start, end - _LONGEST_NOUN), end) for sign in CLOSING_QUOTES)
        opened = self._by_end.get(close)
        runs_on = any(one.expression.fullmatch(self.plain, close + 1, end) for one in patterns("slogans")["run-on"])
        return opened - 1 if opened is not None and runs_on else None

    def is_said(self, name: str, before: int) -> bool:
        """Tell whether a name of some length stands anywhere in the text before an offset; asked too often, say no."""
        self._asked += 1
        return (
            len(name) >= _LEAST_SAID - 1
            and self._asked <= _MOST_ASKED
            and self.plain.find(name, self.start, before) >= 0
        )

    def is_quoted(self, name: str, before: int) -> bool:
        """Tell whether a name is quoted before an offset."""
        return self._first.get(name, before) < before

    def beginning(self, start: int, end: int) -> int | None:
        """Return where the longest phrase ends that a text begins with and that is quoted before it."""
        names = (self.text[start:stop] for stop in range(min(end, start + _LONGEST_NAME), start + 1, -1))
        return next((start + len(name) for name in names if self.is_quoted(name, start)), None)

    def marked(self, before: int) -> dict[int, Phrase]:
        """Return the phrase at each numbered mark before an offset, of several with one number the last."""
        return {number: phrase for number, phrase in self._marked if phrase[1] < before}


def named(body: QuotedPhrases, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the notes of a list, those without a name named by the quoted phrases of the body before them.

    A note that the body says nothing of stays as it is.
    """
    plain = body.plain
    entries = [_behind_name(body, _without_title_marks(body, entry)) for entry in _numbered_behind(entries)]
    if not any(entry.terms for entry in entries) and (stopped := _stopped(body, entries)):
        return stopped
    if all(entry.terms and not _leads_in(plain, entry) for entry in entries):
        return tuple(entries)
    entries = _spaced(body, entries)
    phrases = body.marked(entries[0].start)
    nameless = sum(not entry.terms and entry.number in phrases for entry in entries)
    only_explained = nameless >= _LEAST_SHARE * len(entries)
    return tuple(_named(body, entry, phrases.get(entry.number or 0), only_explained) for entry in entries)


def _numbered_behind(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Return the notes of a list with the numbers that stand behind their names: 甲（1）：…, 乙（2）：…."""
    found = [_NUMBER_BEHIND.fullmatch(entry.head) if len(entry.terms) == 1 else None for entry in entries]
    if [int(one["n"]) for one in found if one] != list(range(1, len(entries) + 1)):
        return entries
    return [
        replace(
            entry,
            number=int(one["n"]),
            head=one["name"],
            terms=(replace(entry.terms[0], name=entry.terms[0].name.removesuffix(one["sign"]).strip()),),
        )
        for entry, one in zip(entries, found, strict=True)
        if one
    ]


def _without_title_marks(body: QuotedPhrases, entry: Entry) -> Entry:
    """Return the note of 《甲》 as that of 甲, if the body quotes it so."""
    names = [found[1] if (found := _IN_TITLE_MARKS.fullmatch(term.name)) else "" for term in entry.terms]
    if not names or not all(name and body.is_quoted(name, entry.start) for name in names):
        return entry
    return replace(entry, terms=tuple(replace(term, name=n) for term, n in zip(entry.terms, names, strict=True)))


def _behind_name(body: QuotedPhrases, entry: Entry) -> Entry:
    """Return the note without what its head has behind the quoted name: GEP 生产总值，指…… explains GEP."""
    if not entry.terms or len(entry.head.split()) < _LEAST_WORDS:
        return entry
    begin = _content(body.plain, entry)
    loose = loose_head(body, begin, entry.end)
    if loose is None or body.plain.startswith(":", begin + len(entry.head)):
        return entry
    terms = terms_of(body.text, body.plain, loose, entry.end)
    return replace(entry, head=body.text[loose.start : loose.end], terms=terms) if terms else entry


def _stopped(body: QuotedPhrases, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the notes of a list in which a stop parts every name from its explanation: 1. 四个到户。宣讲到户、…。"""
    begins = [_content(body.plain, entry) for entry in entries]
    found = [_STOPPED.match(body.plain, begin, entry.end) for begin, entry in zip(begins, entries, strict=True)]
    names = [match for match in found if match]
    if len(names) < max(_LEAST_STOPPED, len(entries)):
        return ()
    heads = [Head(None, *match.span(match.lastgroup or "name"), match.end()) for match in names]
    return tuple(
        replace(
            entry,
            head=body.text[head.start : head.end],
            terms=terms_of(body.text, body.plain, head, entry.end),
        )
        for entry, head in zip(entries, heads, strict=True)
    )


def _spaced(body: QuotedPhrases, entries: Sequence[Entry]) -> list[Entry]:
    """Split 1. 甲体系 以…; 2. “乙”工程 用… at white space, and “丙计划”到… behind the quotation, if several are so.

    One note may have white space anywhere; a list of them has it behind its names.
    """
    begins = {entry.start: _content(body.plain, entry) for entry in entries if not entry.terms}
    ends = {entry.start: entry.end for entry in entries}
    found = {start: spaced_name(body.plain, begin, ends[start]) for start, begin in begins.items()}
    if sum(map(bool, found.values())) < LEAST_SPACED:
        return list(entries)
    return [_with_head(body, entry, found.get(entry.start)) for entry in entries]


def _with_head(body: QuotedPhrases, entry: Entry, found: re.Match[str] | None) -> Entry:
    """Return the note with the name that a pattern found at its beginning, as it is if it found none."""
    if not found:
        return entry
    head = Head(None, *found.span("name"), found.end())
    return replace(entry, head=body.text[head.start : head.end], terms=terms_of(body.text, body.plain, head, entry.end))


def loose_head(body: QuotedPhrases, content: int, end: int) -> Head | None:
    """Split a note at white space, a comma or 是 behind a name that the body quotes before the note."""
    found = _NAME.match(body.plain, content, end)
    if found and body.is_quoted(body.text[slice(*found.span("name"))], content):
        return Head(None, *found.span("name"), found.end())
    return None


def _glued(body: QuotedPhrases, content: int, end: int) -> Head | None:
    """Split a note right behind a name that the body quotes before the note, however little parts the two."""
    stop = body.beginning(content, end)
    said = _PARTS.match(body.plain, stop, end) if stop else None
    return Head(None, content, stop, said.end()) if stop and said and end - said.end() >= _LEAST_SAID else None


def _quoting(body: QuotedPhrases, content: int, end: int) -> Head | None:
    """Split a note at the comma behind a name with a quotation in it, if the body has it so: 青禾“三公”经费，……."""
    found = _QUOTING.match(body.plain, content, end)
    if found and body.plain.find(body.plain[content : found.start("comma")], body.start, content) >= 0:
        return Head(None, content, found.start("comma"), found.end())
    return None


def _named(body: QuotedPhrases, entry: Entry, phrase: Phrase | None, only_explained: bool) -> Entry:
    """Return the note with the name it begins with, else with that before its mark; as it is without either."""
    begin = _content(body.plain, entry)
    ways = () if entry.terms else (loose_head, _glued, _quoting)
    loose = next(filter(None, (way(body, begin, entry.end) for way in ways)), None)
    if loose:
        terms = terms_of(body.text, body.plain, loose, entry.end)
        return replace(entry, head=body.text[loose.start : loose.end], terms=terms)
    as_marked = _SIGN.match(body.plain, entry.start) or (only_explained and _FIGURES.fullmatch(entry.marker))
    if phrase is None or not as_marked:
        return entry
    has_other = bool(entry.terms) and not _leads_in(body.plain, entry)
    if has_other and not _begins_with_part(body.plain, entry, phrase) and (not only_explained or _has(entry, phrase)):
        return entry
    terms = terms_of(body.text, body.plain, Head(None, phrase[0], phrase[1], begin), entry.end)
    return replace(entry, head="", terms=(replace(terms[0], name=phrase[2]),)) if terms else entry


def _leads_in(plain: str, entry: Entry) -> bool:
    """Tell whether what stands before the separator, 主要包括：甲、乙, is no name."""
    begin = _content(plain, entry)
    return bool(_LEADS_IN.fullmatch(plain[begin : min(entry.end, begin + len(entry.head))].strip()))


def _begins_with_part(plain: str, entry: Entry, phrase: Phrase) -> bool:
    """Tell whether a note says what the parts of a name mean in turn: “一主”指甲；“两辅”指乙、丙 for 一主两辅."""
    said, first = fold_name(phrase[2]), fold_name(entry.terms[0].name)
    rest = said.removeprefix(first)
    explained = fold_name(plain[entry.start + len(entry.head) : entry.end])
    return len(first) > 1 < len(rest) < len(said) and rest in explained


def _has(entry: Entry, phrase: Phrase) -> bool:
    names = [fold_name(term.name) for term in entry.terms]
    said = fold_name(phrase[2])
    return any(said in name or name in said for name in names if name)


def _content(plain: str, entry: Entry) -> int:
    """Return where the text of a note behind its marker begins."""
    begin = entry.start + len(entry.marker)
    while begin < entry.end and plain[begin].isspace():
        begin += 1
    return begin
