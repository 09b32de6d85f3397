"""Markdown (.md): the text without the signs that set it, one line for each line of the source.

Headings, bold and italic type, links and quotations keep their words, rows of tables become lines with tabs, and
footnotes, `[^1]` and `[^1]: …`, are printed as every reader prints them: ［1］ where they stand, the notes at the end.
Front matter, `title: …`, is no text, and speaks where the text is silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count

from glossary_api.reading.column_names import said_by
from glossary_api.reading.joining import NOTES_HEADING, mark
from glossary_api.reading.line_ends import mended
from glossary_api.reading.plain_text import declared_by_mark, read_text
from glossary_api.reading.tally import Tally

_HEAD_BYTES = 200_000
_SIGNS = (
    re.compile(r"(?m)^ {0,3}#{1,6} +\S"),
    re.compile(r"\*\*[^\s*][^*\n]{0,200}\*\*|__[^\s_][^_\n]{0,200}__"),
    re.compile(r"(?m)^ {0,3}\|?(?: *:?-+:? *\|)+ *(?::?-+:? *)?$"),
    re.compile(r"(?m)^ {0,3}\[\^[^\]\s]{1,20}\]:"),
    re.compile(r"(?m)^ {0,3}[^\s=-][^\n]{0,80}\n(?:={3,}|-{3,})[ \t]*\n[ \t]*\n"),
    re.compile(r"(?m)^ {0,3}(?:> ?)+(?:\*\*|- (?:`|\*\*)?)?[^\x00-\x7f]"),
    re.compile(r"\^\[[^\[\]\n]{4,1000}\]"),
    re.compile(r"</(?:dt|dd|summary|abbr|dfn)>"),
    re.compile(r"(?m)^ {0,3}(?:\*\[[^\[\]\n]{1,60}\]:[ \t]*\S|\[[^\[\]\n^]{1,60}\]:[ \t]*\S+[ \t]+[\"'(])"),
)
"""What Markdown has and other text has not. One sign may be chance, twice or two kinds of them are not."""
_LEAST_SIGNS = 2
_PARTS = ("#", "**", "__", "|", "[^", "^[", "]:", "</", ">", "\n---", "\n===")
"""Each of them has one of these."""

_SAID = re.compile(r"(?m)^([\w-]+):[ \t]*(?:\"([^\"\r\n]*)\"|'([^'\r\n]*)'|([^\s\"'|>\[{&*#][^\r\n]*?))[ \t]*\r?$")
"""A line of front matter that gives one value."""
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?:[\w-]+:.*\r?\n|[ \t]+.*\r?\n)*---[ \t]*(?:\r?\n|\Z)")
_COMMENT = re.compile(r"<!--((?:(?!-->|<!--)[\s\S])*)-->")
# Nothing is looked for past where it would begin anew: else a long line of brackets takes hours.
_TARGET = r"\((?:[^()\n]|\([^()\n]*\))*\)"
_PICTURE = re.compile(rf"!\[([^\[\]\n]*)\]{_TARGET}")
_NOTE = re.compile(r"^ {0,3}\[\^(?P<label>[^\]\s]{1,20})\]:[ \t]*(?P<said>.*)$")
_DEFINITION = re.compile(r"^ {0,3}[:~][ \t]+\S")
"""What a word means, below it."""
_GOES_ON = re.compile(r"^(?: {4}|\t)\s*\S")
_WITHIN = re.compile(r"\^\[([^\[\]\n]{1,1000})\]")
"""A note where its mark would stand: ^[甲：…]."""
_TITLED = re.compile(
    r"(?m)^ {0,3}(?:\*\[(?P<short>[^\[\]\n^]{1,60})\]:[ \t]*(?P<said>[^\s\"'(][^\n]{7,1000})"
    r"|\[(?P<name>[^\[\]\n^]{1,60})\]:[ \t]*\S+[ \t]+[\"'(](?P<title>[^\n]{8,1000})[\"')])[ \t]*$"
    r"|<(?:abbr|dfn|span|a)\s[^<>]{0,200}?(?:title|data-tip)=[\"'](?P<shown>[^\n<>\"']{8,1000})[\"'][^<>]{0,200}>(?P<touched>[^<>\n]{1,60})<"
    r"|\[(?P<word>[^\[\]\n]{1,60})\]\([^\s()]*[ \t]+[\"'](?P<tip>[^\n\"']{8,1000})[\"']\)"
)
"""What explains a word when it is touched: *[甲]: ……, [甲]: # "……", [甲](# "……")."""
_TARGET_OF = re.compile(
    r"(?m)^ {0,3}\[(?P<label>[^\[\]\n^]{1,60})\]:[ \t]*<?(?:https?:|mailto:|[/#]|\.{1,2}/)[^\s<>]*>?[ \t]*"
    r"(?:[\"'(].*)?$"
)
"""Where a link leads whose words stand elsewhere: [甲][1], and below the text [1]: https://….

It is not printed, as the target of any other link is not.
"""
_REFERRED = re.compile(r"\[(?P<words>[^\[\]\n]{1,60})\] ?\[(?P<label>[^\[\]\n^]{1,60})\]")
_LEAST_HAN = 8
_MARK = re.compile(r"\[\^([^\]\s]{1,20})\]")
_RULE = re.compile(r"^ {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,}|=+|`{3,}.*|~{3,}.*)$")
_TABLE_RULE = _SIGNS[2]
_ROW = re.compile(r"^ {0,3}\|?(?P<cells>.*?)\|?[ \t]*$")
_CELL = re.compile(r"(?<!\\)\|")
_BLOCK = re.compile(r"^[ \t]*(?:>[ \t]?)*(?:#{1,6}[ \t]+|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?|[:~][ \t]+)?")
_CALLOUT = re.compile(r"^ {0,3}> ?\[![A-Za-z-]{1,20}(?:\|[^\]\n]{0,20})?\][-+]?[ \t]*(?P<title>\S.*)$")
"""A box with a title, > [!note]- title, as editors of linked notes have them."""
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s")
_QUOTED = re.compile(r"^ {0,3}> ?(?P<said>.*)$")
_CLOSING_HASHES = re.compile(r"(?<=\S)[ \t]+#+[ \t]*$")
_LINE_BREAK = re.compile(r"(?i)<br\s*/?>|</dt>(?=\s*<dd)|</summary>")
_NEAR_END = 3
_SAYS_NOTES = re.compile(r"名词解释|名词注释|注释|脚注|尾注")
"""A heading right above the footnotes, in one of the last lines, that says what they are."""
_INLINE = (
    (re.compile(r"\[\[(?:[^\[\]|\n]{1,200}\|)?([^\[\]|\n]{1,200})\]\]"), r"\1"),
    (re.compile(rf"\[([^\[\]\n]+)\]{_TARGET}"), r"\1"),
    (re.compile(r"\*\*\*([^\s*](?:[^*\n]*[^\s*])?)\*\*\*"), r"\1"),
    (re.compile(r"\*\*([^\s*](?:[^*\n]*[^\s*])?)\*\*"), r"\1"),
    (re.compile(r"(?<![\w_])__([^\s_](?:[^\n]{0,200}?[^\s_])?)__(?![\w_])"), r"\1"),
    (re.compile(r"(?<![\w*\\])\*([^\s*](?:[^*\n]*[^\s*\\])?)\*(?!\*)"), r"\1"),
    (re.compile(r"==([^\s=](?:[^=\n]{0,200}[^\s=])?)=="), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"^(\s*)\*\*(?!\*)|(?<![*\\])\*\*(\s*)$"), r"\1\2"),  # bold type over several lines
    (
        re.compile(
            r"(?i)<br\s*/?>|</?(?:b|strong|em|i|u|span|font|center|p|div|sup|sub|dl|dt|dd|details|abbr|dfn)(?:\s[^<>]*)?>"
        ),
        "",
    ),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])"), r"\1"),
)
_SIGNS_WITHIN = "[*_`<\\="
"""Each of them, and a mark, has one of these; few lines have."""


def looks_like_markdown(data: bytes) -> bool:
    """Return whether a text begins with front matter, or has at least two of the signs that only Markdown has."""
    text = data[:_HEAD_BYTES].decode(declared_by_mark(data) or "utf-8", "ignore")
    if not any(sign in text for sign in _PARTS):
        return False  # nearly every file: looking for the patterns takes a hundred times as long
    head = _FRONT_MATTER.match(text)
    if head and _SAID.search(head[0]):
        return True
    text = text[head.end() :] if head else text  # its end would underline its last line
    return sum(min(_LEAST_SIGNS, len(sign.findall(text))) for sign in _SIGNS) >= _LEAST_SIGNS


def read_markdown(data: bytes, tally: Tally | None = None) -> str:
    """Return the text of a Markdown file, its lines parted by `\\n`; what it does not print is counted in the tally.

    Raises ReadError as `read_text` does.
    """
    return printed_of(read_text(data), tally)


def printed_of(text: str, tally: Tally | None = None) -> str:
    """Return what is printed of a text in Markdown; what is not is counted in the tally."""
    tally = tally or Tally()
    if head := _FRONT_MATTER.match(text):
        tally.said |= said_by({found[1]: found[found.lastindex or 1] for found in _SAID.finditer(head[0])})
    for pattern, reason in ((_FRONT_MATTER, "part"), (_COMMENT, "comment"), (_PICTURE, "picture")):
        for found in pattern.finditer(text):
            tally.leave(reason, found[found.lastindex or 0])
        text = pattern.sub("", text)
    number = count()
    said = [found[1] for found in _WITHIN.finditer(text)]
    text = _WITHIN.sub(lambda _: f"[^^{next(number)}]", text)
    targets = {found["label"] for found in _TARGET_OF.finditer(text)}
    linked = {found["label"]: found["words"] for found in _REFERRED.finditer(text) if found["label"] in targets}
    titles = list(dict.fromkeys(_titles(text, linked)))
    text = _REFERRED.sub(lambda found: found["words"] if found["label"] in targets else found[0], text)
    lines = [*_with_callouts(text.splitlines()), *(f"[^^{at}]: {one}" for at, one in enumerate(said))]
    lines, notes = _without_notes([line for line in lines if not (_TITLED.match(line) or _TARGET_OF.match(line))])
    numbers = {label: number for number, label in enumerate(notes, 1)}
    has_tables = any(map(_TABLE_RULE.match, lines))
    printed = [_printed(line, numbers, has_tables) for line in lines if not _is_rule(line)]
    if notes:
        if not any(_SAYS_NOTES.fullmatch(line.strip()) for line in printed[-_NEAR_END:]):
            printed.append(NOTES_HEADING)
        printed += [mark(numbers[label]) + _words(said, numbers) for label, said in notes.items()]
    return mended("\n".join([*printed, *([NOTES_HEADING, *titles] if titles else [])]))


def _titles(text: str, linked: Mapping[str, str]) -> Iterator[str]:
    """Yield the notes that stand beside a link or an abbreviation, which a reader sees on touching it.

    `linked` has the words of the links whose targets stand elsewhere, by their labels.
    """
    for found in _TITLED.finditer(text):
        name = linked.get(found["name"] or "") or found["short"] or found["name"] or found["word"] or found["touched"]
        said = found["title"] or found["said"] or found["tip"] or found["shown"]
        if len(re.findall("[\u4e00-\u9fff]", said)) >= _LEAST_HAN:
            yield said if said.startswith(name) else f"{name}：{said}"


def _with_callouts(lines: list[str]) -> list[str]:
    """Return the lines with the title of each titled box on a line of its own, and what it says on the next."""
    kept: list[str] = []
    said: list[str] | None = None
    for line in lines:
        if found := _CALLOUT.match(line):
            kept.append(found["title"])
            said = []
        elif said is not None and (quoted := _QUOTED.match(line)) and _ITEM.match(quoted["said"]):
            kept.append(quoted["said"])
        elif said is not None and (quoted := _QUOTED.match(line)):
            kept[len(kept) - bool(said) :] = [" ".join((*said, quoted["said"].strip())).strip()]
            said.append(quoted["said"].strip())
        else:
            said = None
            kept.append(line)
    return kept


def _without_notes(lines: list[str]) -> tuple[list[str], dict[str, str]]:
    """Return the lines without the footnotes, and these by their labels in their order."""
    body: list[str] = []
    notes: dict[str, str] = {}
    label, is_said = None, False
    for line in lines:
        if (found := _NOTE.match(line)) and found["label"] not in notes:
            label = found["label"]
            notes[label] = found["said"]
        elif label is not None and _GOES_ON.match(line):
            notes[label] += line.strip()
        elif is_said and _GOES_ON.match(line):
            body[-1] += line.strip()
        else:
            is_said = bool(_DEFINITION.match(line))
            label = label if not line.strip() else None
            body.append(line)
    while body and not body[-1].strip():
        body.pop()
    return body, notes


def _is_rule(line: str) -> bool:
    """Tell whether a line only draws: a rule, the line below a table's header, the fence of a block."""
    return bool(_RULE.match(line) or _TABLE_RULE.match(line)) and bool(line.strip())


def _printed(line: str, numbers: dict[str, int], has_tables: bool) -> str:
    """Return a line as printed."""
    row = _ROW.match(line) if has_tables else None
    if row and len(_CELL.split(row["cells"])) > 1:
        return "\t".join(_words(cell.strip(), numbers) for cell in _CELL.split(row["cells"]))
    return _words(_LINE_BREAK.sub("\n", _CLOSING_HASHES.sub("", line[_block_end(line) :])), numbers)


def _block_end(line: str) -> int:
    """Return where the words of a line begin, behind the signs of a heading, quotation, item or definition."""
    found = _BLOCK.match(line)
    return found.end() if found and line[: found.end()].strip() else 0


def _words(text: str, numbers: dict[str, int]) -> str:
    if not any(sign in text for sign in _SIGNS_WITHIN):
        return text
    text = _MARK.sub(lambda found: mark(numbers[found[1]]) if found[1] in numbers else found[0], text)
    for pattern, kept in _INLINE:
        text = pattern.sub(kept, text)
    return text
