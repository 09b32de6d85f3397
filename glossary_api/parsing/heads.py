"""One note: its page reference, its head, its terms and what is said of each.

Everything is read off the plain form (half width, simplified); spans hold in the text as printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from glossary_api.model.things import EntryTerm
from glossary_api.parsing import patterns
from glossary_api.parsing.lines import trimmed
from glossary_api.parsing.patterns import any_of
from glossary_api.parsing.what_is_said import ENCLOSING, definition_at, depths, named_parts, parts_of
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_LONGEST_REST = 12
"""The most characters of a name behind white space that a quotation mark parts from them."""
_MAX_HEAD = 60
"""A head is a name, not a sentence; the longest real ones have some forty characters."""

_PAGE = re.compile(
    r"[\[(]?(?:报告)?(?:见)?(?:p{1,2}\.?\s*(\d{1,3})|第\s*(\d{1,3})\s*页)(?:\s*[-~、,]\s*(?:p\.?)?\d{1,3})*(?:第\d+行)?[\])]?[:、.,]?\s*"
)
_PAGE_BEHIND = re.compile(
    r"[\[(](?:报告)?(?:见)?(?:《?报告》?)?(?:p{1,2}\.?\s*(\d{1,3})|第\s*(\d{1,3})\s*页)[^\])]{0,12}[\])]\s*$"
)
_MARK_BEHIND = re.compile(r"[①-⑳㉑-㉟㊱-㊿]+$|\[\d{1,3}\]$")

_IS = any_of("defining", "means", "means-barely", "that-is")
_MEANS = any_of("defining", "means")

_WORD = re.compile(r"\w")
_IS_SAID = re.compile(_IS)

_STOP_OR_SEPARATOR = re.compile(
    rf"[。;!?]|:[:\s]*|[,，]?\s*{_MEANS}|(?:,\s*|\s+){_IS}|,\s*就是|--+\s*|\t+\s*|\s*(?:→|\||(?<=[”」】\s])丨|丨(?=\s))\s*|\s*(?:…{{2,}}|\.{{4,}}|·{{4,}})\s*|\s[-/]\s+"
    r"|(?<!\d)\s*=\s*"
    r"|,?\s*的?(?:具体|主要|基本)?(?:含义|意思|内涵)(?:就?是|为|指)[:,]?\s*|[ \u3000\xa0]{2,}(?=[^\s:\-])"
    r"|\s+(?=\([1一]\)|①|一是)|\s*(?=\([1一]\)[^,;。:()]{1,14}:)|即\s*:\s*"
)
_OWN_LABEL = re.compile(r"(?<=\S)\s+(?P<label>[^\s]{2,6})$")
_AFTER_QUOTE = re.compile(rf"\s*(?:{_IS}|(?:主要|具体)?(?:包括|包含)|[,，]?\s*(?:是|为)(?=\S)|[-。]\s*|\s+(?=\S))")
_KEPT_BEHIND_QUOTE = re.compile(rf"{_IS}|(?:主要|具体)?(?:包括|包含)")
OPENING_BRACKETS, CLOSING_BRACKETS = r"【〖\[〔<〈{", r"】〗\]〕>〉}"
"""What may enclose a name, in a set of a pattern; 《》 belongs to the names of works."""
_IN_BRACKETS = re.compile(
    rf"(?P<name>[{OPENING_BRACKETS}][^{OPENING_BRACKETS}{CLOSING_BRACKETS}\r\n]{{2,60}}[{CLOSING_BRACKETS}])"
    r"(?![\u4e00-\u9fff]{1,5}(?<!指)(?<!包括)(?<!是)(?<!主要)(?<!包含):)\s*(?:[:,]|--+)?\s*"
)
"""A name enclosed in brackets, and what parts it from its explanation, if anything does."""
_QUESTION = re.compile(
    rf"(?:问:\s*)?(?:什么是|何谓|何为)\s*[{OPENING_QUOTES}\"]?(?P<name>[^\s。;!?:,]{{2,40}}?)[{CLOSING_QUOTES}\"]?\s*[?]\s*"
)
MENTIONED = r"(?:《?(?:政府工作)?报告》?[里中]?(?:提到|提出|所?说|讲)?的)?"
ASKS = (
    r"(?:是什么(?:意思)?|(?:指|说)的?是什么|是?指什么|应?该?(?:怎么|怎样|如何)理解"
    r"|(?:包括|指的?是|有)哪[些几]\w{0,6})\?"
)
"""What stands before and behind a name in a question: 报告里的“甲”指什么?"""
_ASKED = re.compile(
    rf"(?:问:\s*)?{MENTIONED}[{OPENING_QUOTES}\"](?P<name>[^\s。;!?:,{CLOSING_QUOTES}\"]{{2,40}})[{CLOSING_QUOTES}\"]{ASKS}\s*"
)
_ASKED_OF = re.compile(
    rf"问:\s*{MENTIONED}(?P<name>[^\s。;!?:,{OPENING_QUOTES}{CLOSING_QUOTES}\"]{{0,12}}"
    rf"[{OPENING_QUOTES}\"][^\s。;!?:,{CLOSING_QUOTES}\"]{{2,30}}[{CLOSING_QUOTES}\"]"
    rf"[^\s。;!?:,{OPENING_QUOTES}{CLOSING_QUOTES}\"]{{0,8}}?){ASKS}\s*"
)
"""问：果园“甲”是什么意思？"""
_LABELLED = re.compile(
    r"(?:名词|词条|术语|词语|关键词|新词|热词)[一二三四五六七八九十\d]{0,3}\s*[:]\s*(?P<name>[^\s。;!?:,][^。;!?:,\r\n]{1,40}?)"
    r"[\s;,。]*[\[【(]?(?:名词)?(?:解释|释义|含义|注释|说明|解读|定义)[\]】)]?\s*:\s*(?=\S)"
)
_ABOUT = re.compile(
    rf"关于\s*[{OPENING_QUOTES}\"](?P<name>[^{OPENING_QUOTES}{CLOSING_QUOTES}\"\r\n]{{2,30}})[{CLOSING_QUOTES}\"]"
    r"[^。;!?:,\r\n]{0,8}:\s*(?=\S)"
)
"""关于“甲”的说明:……"""
_FORMS = (_LABELLED, _ABOUT, _QUESTION, _ASKED, _ASKED_OF)
_FIRST_OF_FORMS = frozenset(f'名词术关新热问什何报《"{OPENING_QUOTES}')
"""Forms of heads, and the characters that they begin with: few heads do."""
_FOREIGN_NAME = re.compile(
    r"(?<=[\u4e00-\u9fff”\"])\s*\((?=[^()]*[a-z\u00e0-\u01dc]{2})[a-z\u00c0-\u01dc\d .,&'’/-]+\)$"
    r"|(?<=[\u4e00-\u9fff”\"])\s+[a-z][a-z'’&-]+(?:\s+[a-z'’&-]+){1,9}$"
    r"|\s*\((?=[^()]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])[^()\u4e00-\u9fff]+\)$",
    re.IGNORECASE,
)
"""What a name is called in another language, 甲乙（RCEP）, 甲乙 One Two below it in its cell, is no part of it."""
_IN_CHINESE = re.compile(r"(?<=[A-Za-z])(?<![\u4e00-\u9fff][A-Za-z])\s*\([\u4e00-\u9fff]{4,}\)$")
"""Nor is what an abbreviation stands for: RCEP（甲乙）."""
_SO_CALLED = re.compile(r"所谓的?\s*")
_BEFORE_SAID = re.compile(r"\s*(?::\s+)?")
_QUOTATION = re.compile(r"[【\[](?:报告)?(?:原文|强调|提出|出处|摘录|内容|表述)[】\]]:?[^【\[]{0,400}(?=[【\[])")
_EXPLANATION = re.compile(
    r"(?:[【\[](?:名词|词语)?(?:解释|释义|含义|注释|解读|说明)[】\]]:?|(?:名词)?(?:解释|释义|含义|注释):)\s*"
)
_NO_HEAD = re.compile(r".*(?:目标|任务|要求|思路|重点|原则|主线)(?:就?是|为|如下)")
"""What a sentence begins with that says what is to be reached, and no name ends with."""
_RATIO = re.compile(r"(?:.*[^\d+.])?\d{1,2}")
_FIGURES_BEHIND = re.compile(any_of("wordings", "figures-behind"))
_JOINT = re.compile(
    rf"(?<=[{CLOSING_QUOTES}])(?P<behind>[^{OPENING_QUOTES}和与及]{{0,6}})[和与及](?=[{OPENING_QUOTES}])"
)
_REPEATED = re.compile(
    rf"[{OPENING_QUOTES}\"]?(?P<name>[^\s。;!?:,{OPENING_QUOTES}{CLOSING_QUOTES}\"]{{2,40}}?)[{CLOSING_QUOTES}\"]?(?::|,?(?={_IS}))"
)
_VERB_BEFORE = re.compile(any_of("wordings", "verb-before-quotes"))
_BETWEEN = re.compile(r"\s*(?:[、,，/和与及]|以及)?\s*")


@dataclass(frozen=True, slots=True)
class Head:
    """The span of the head of a note, and where its definition begins; offsets into the report's text."""

    page: int | None
    start: int
    end: int
    definition: int


def split_head(plain: str, start: int, end: int) -> Head | None:
    """Find head and definition in a note whose text is `plain[start:end]`; None if nothing separates them.

    Recognised: `P4 “…”：…`, `…：指…`, `…，是指…`, `“…”指…`, `“…” …`, `…——…`, and a head that has its line to itself.
    """
    page = _PAGE.match(plain, start, end)
    start, number = (page.end(), _page_number(page)) if page else (start, None)
    forms = _FORMS if plain[start : start + 1] in _FIRST_OF_FORMS else ()
    if asked := next(filter(None, (form.match(plain, start, end) for form in forms)), None):
        return Head(number, *asked.span("name"), asked.end())
    if (called := _SO_CALLED.match(plain, start, end)) and (head := split_head(plain, called.end(), end)):
        return Head(number or head.page, head.start, head.end, head.definition)
    newline = next((i for i in range(start, min(end, start + _MAX_HEAD + 1)) if plain[i] in "\r\n"), -1)
    first_line_end = newline if newline >= 0 else end
    parted = _separator(plain, start, min(first_line_end, start + _MAX_HEAD + 12))
    quoted = _after_quotes(plain, start, first_line_end)
    # “甲”即乙，指……; “甲”指在乙中推行的丙，即……; “甲” 由乙会议提出，即……: the explanation begins before the comma.
    if parted and quoted and quoted[0] < parted[0] and plain[parted[0]] == ",":
        is_sentence = plain[quoted[0]].isspace() and parted[0] - quoted[1] > _LONGEST_REST
        parted = None if is_sentence or _IS_SAID.match(plain, quoted[0]) else parted
    found = _after_brackets(plain, start, first_line_end) or parted or quoted
    if found is None and newline >= 0 and _is_name(plain[start:newline]):
        found = (newline, newline)
    if found is None:
        return None
    head_end, definition = found
    if not page:
        head_end, number = without_page(plain, start, head_end)
    stripped = trimmed(plain, start, head_end)
    if stripped is None or len(stripped.text) > _MAX_HEAD or not _WORD.search(stripped.text):
        return None
    if plain[stripped.end - 1] in "是为下" and _NO_HEAD.fullmatch(stripped.text):
        return None
    mark = _MARK_BEHIND.search(stripped.text)
    head_end = stripped.start + mark.start() if mark and mark.start() else stripped.end
    return Head(number, stripped.start, head_end, explanation_at(plain, definition, end))


def without_page(plain: str, start: int, end: int) -> tuple[int, int | None]:
    """Return where a name ends before the page that stands behind it in brackets, 甲（第3页）, and the page."""
    behind = _PAGE_BEHIND.search(plain, start, end)
    name = plain[start : behind.start()].rstrip() if behind else ""
    return (start + len(name), _page_number(behind)) if behind and name else (end, None)


def explanation_at(plain: str, begin: int, end: int) -> int:
    """Return where an explanation begins, behind white space, 【报告原文】… and 【名词解释】."""
    for before in (_BEFORE_SAID, _QUOTATION, _EXPLANATION):
        if found := before.match(plain, begin, end):
            begin = found.end()
    return begin


def terms_of(text: str, plain: str, head: Head, end: int) -> tuple[EntryTerm, ...]:
    """Return the terms of a note and the definition of each; empty if the note has no definition.

    Several heads, “甲”“乙”, have a definition each if the text names each again or has as many parts as heads
    (A；B); otherwise they share the whole.
    """
    whole = definition_at(text, plain, head.definition, end)
    if whole is None or plain.startswith(("http://", "https://"), whole.start):  # where a link leads
        return ()
    names = _restated(plain, head, end) or _names(plain, head.start, head.end)
    said = _REPEATED.match(plain, whole.start, whole.end)
    if said and len(names) == 1 and said["name"] == plain[slice(*names[0])]:  # 关于“甲”。甲是指……
        whole = definition_at(text, plain, said.end(), end) or whole
    parts = parts_of(text, plain, names, head.definition, end, whole) if names[1:] else None
    if names[1:] and not parts and not _are_certain(plain, names, head):
        names = [(head.start, head.end)]
    shared = _shared_prefix(plain, names, head)
    printed = [text[head.start : head.start + shared] + text[a - (shared > 0) : b + (shared > 0)] for a, b in names]
    return tuple(EntryTerm(name, part) for name, part in zip(printed, parts or [whole] * len(names), strict=True))


def _restated(plain: str, head: Head, end: int) -> list[tuple[int, int]]:
    """甲工程和“乙”计划, each named again before what is said of it: two terms that a conjunction joins."""
    for joint in re.finditer("以及|[和与及]", plain[head.start : head.end]):
        names = [(head.start, head.start + joint.start()), (head.start + joint.end(), head.end)]
        if all(b - a > 1 for a, b in names) and named_parts(plain, plain, names, head.definition, end):
            return names
    return []


def _page_number(found: re.Match[str]) -> int:
    return int(found.group(1) or found.group(2))


def _is_name(line: str) -> bool:
    return 0 < len(line.strip()) <= 40 and not re.search(r"[。;!?]|,$", line)


def _separator(plain: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the first separator outside quotes and brackets: where the head ends and the definition begins."""
    enclosed = {i for i, depth in depths(plain, start, end) if depth} if ENCLOSING.search(plain, start, end) else ()
    at = start
    while found := _STOP_OR_SEPARATOR.search(plain, at, end):
        i, at = found.start(), found.start() + 1
        if i in enclosed:
            continue
        if plain[i] in "。;!?":
            return (i, i + 1) if i > start and plain.startswith("。即:", i) else None
        if i == start or (plain[i] == ":" and (_is_ratio(plain, start, i, end) or plain.startswith("://", i))):
            continue
        if (own := _OWN_LABEL.search(plain, start, i)) and own["label"] in plain[start : own.start()]:
            return own.start(), own.start("label")  # 一核两带 一核:甲
        return (i, i) if found.group().lstrip(" \u3000\xa0,，")[:1] in "就主是系特指即" else (i, found.end())
    return None


def _is_ratio(plain: str, start: int, colon: int, end: int) -> bool:
    """Tell whether a colon between figures is that of 8:30 or 1:2; not where 2+4:2条主线 or 4433:4个中心 end a head."""
    found = _RATIO.fullmatch(plain, start, colon)
    behind = _FIGURES_BEHIND.match(plain, colon, end)
    return found is not None and behind is not None


def _after_quotes(plain: str, start: int, end: int) -> tuple[int, int] | None:
    """Return a head that is quoted as a whole, followed by 指, 即, 为, a stop or white space."""
    if start >= end or plain[start] not in OPENING_QUOTES + '"':
        return None
    names = _quoted_run(plain, start, min(end, start + _MAX_HEAD + 12))
    if not names:
        return None
    behind = names[-1][1] + 1
    found = _AFTER_QUOTE.match(plain, behind, end)
    if not found or found.end() >= end:
        return None
    return (behind, behind) if _KEPT_BEHIND_QUOTE.match(found.group().strip()) else (behind, found.end())


def _after_brackets(plain: str, start: int, end: int) -> tuple[int, int] | None:
    """A head that brackets enclose as a whole, 【甲】…; a label, 【解读】…, is none."""
    found = _IN_BRACKETS.match(plain, start, end)
    if not found or found.end() >= end or is_label(found["name"][1:-1]):
        return None
    return found.end("name"), found.end()


def is_label(squeezed: str) -> bool:
    """Tell whether words before a colon or in brackets say what follows, 报告强调:…, 【解读】…, and are no name."""
    return any(patterns.matches("explainers", kind, squeezed) for kind in ("name", "explanation", "quotation"))


def _quoted_run(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return spans inside the quotes of “甲”“乙”, “甲”、“乙”, “甲”和“乙” from `start` on; empty if there is no
    quote.
    """
    spans: list[tuple[int, int]] = []
    while start < end and plain[start] in OPENING_QUOTES + '"':
        closing = _closing(plain, start, end)
        if closing is None:
            break
        spans.append((start + 1, closing))
        between = _BETWEEN.match(plain, closing + 1, end)
        start = between.end() if between else closing + 1
    return spans


def _closing(plain: str, opening: int, end: int) -> int | None:
    """Return offset of the quote that closes the one at `opening`, nested quotes of any shape skipped."""
    sign = plain[opening]
    if sign == '"':
        found = plain.find('"', opening + 1, end)
        return found if found >= 0 else None
    closing, depth = CLOSING_QUOTES[OPENING_QUOTES.index(sign)], 0
    for i in range(opening, end):
        depth += (plain[i] == sign) - (plain[i] == closing)
        if depth == 0:
            return i
    return None


def _names(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return spans of the names that a head may be: one, or several quoted ones, or several parted by 、."""
    if _IN_BRACKETS.fullmatch(plain, start, end):
        start, end = start + 1, end - 1
    if foreign := _FOREIGN_NAME.search(plain, start, end) or _IN_CHINESE.search(plain, start, end):
        end = foreign.start()
    opening = next((i for i in range(start, end) if plain[i] in OPENING_QUOTES + '"'), end)
    quoted = _quoted_run(plain, opening, end)
    if quoted and quoted[-1][1] + 1 == end and (opening == start or _could_be_shared(plain, start, opening, quoted)):
        return quoted
    spans, begin = [], start
    for i, depth in [*depths(plain, start, end), (end, 0)]:
        if depth == 0 and (i == end or plain[i] in "、;"):
            spans.append((begin, i))
            begin = i + 1
    if len(spans) == 1 and (joint := _JOINT.search(plain, start, end)):
        spans = [(start, joint.end("behind")), (joint.end(), end)]
    spans = [_unquoted(plain, *span) for span in spans]
    return spans if len(spans) > 1 and all(b - a > 1 for a, b in spans) else [(start, end)]


def _could_be_shared(plain: str, start: int, opening: int, quoted: list[tuple[int, int]]) -> bool:
    """Tell whether words before several quotes, 川渝“甲”“乙”, belong to each: they name, they do nothing."""
    prefix = plain[start:opening]
    names_alike = len({b - a for a, b in quoted}) == 1 or len({plain[b - 1] for _, b in quoted}) == 1
    return len(quoted) > 1 and names_alike and len(prefix) > 1 and not _VERB_BEFORE.match(prefix) and "、" not in prefix


def _shared_prefix(plain: str, names: list[tuple[int, int]], head: Head) -> int:
    """Return how many characters stand before several quoted names that share them."""
    quoted = names[1:] and all(plain[a - 1] in OPENING_QUOTES + '"' for a, _ in names)
    return names[0][0] - 1 - head.start if quoted else 0


def _unquoted(plain: str, start: int, end: int) -> tuple[int, int]:
    """Return a name without the quotation marks that enclose all of it."""
    run = _quoted_run(plain, start, end)
    return run[0] if len(run) == 1 and run[0] == (start + 1, end - 1) else (start, end)


def _are_certain(plain: str, names: list[tuple[int, int]], head: Head) -> bool:
    """Tell whether the form of a head alone says that it is several terms, though its definition has no part for each.

    All are quoted, or one is quoted as a whole beside plain ones, or they are of one build (一单制、一箱制).
    """
    texts = [plain[a:b] for a, b in names]
    enclosed = [plain[a - 1] in OPENING_QUOTES + '"' and a > head.start for a, _ in names]
    if all(enclosed):
        return True
    marked = any(set(text) & set(OPENING_QUOTES) for text in texts)
    if any(enclosed):
        return not marked and min(map(len, texts)) > 1
    of_one_build = len(set(map(len, texts))) == 1 and len(texts[0]) > 2
    alike = len({text[-1:] for text in texts}) == 1 or len({text[:1] for text in texts}) == 1
    return of_one_build and alike and not marked
