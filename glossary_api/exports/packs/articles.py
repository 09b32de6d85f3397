"""Articles: a term as a dictionary prints it, in Chinese, once for all kinds of dictionaries.

Everything is text without markup. A text may have line feeds in it; a name, a label, a note has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from glossary_api.exports.cleaning import in_xml, on_one_line, without_quotes
from glossary_api.exports.concepts import Concept, JsonObject, concepts
from glossary_api.exports.header import Header
from glossary_api.text.captions import captions

TITLE = "政府工作报告词典"
KINDS = captions("kind")
UNDEFINED = "尚无释义"
OTHER_SPELLINGS = "其他写法"
USED_IN = "见于"
_CHOSEN = KINDS | {"true": "有释义", "false": UNDEFINED}
"""Values of filters in Chinese."""
USES_SHOWN = 10
"""How many of the reports that use a term are named."""
_STATUSES = captions("status")
_TYPES = captions("source")
_VERDICTS = {"pass": "计数相符", "fail": "⚠ 计数不符"}
_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\u0085\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class UsagePlace:
    """Somewhere in a report."""

    label: str
    """Such as `昆山市 2024 第 3 条`."""
    address: str
    """Where it can be read; empty if nowhere."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A text that says what a name stands for, as one or several places have it."""

    text: str
    members: tuple[str, ...]
    check: str
    """Whether they are as many as the name promises, with a warning if not; empty if that was not to be seen."""
    sources: tuple[UsagePlace, ...]


@dataclass(frozen=True, slots=True)
class ArticleRendering:
    """The name of a term in another language."""

    language: str
    text: str
    note: str
    """Its status and what is said about it."""


@dataclass(frozen=True, slots=True)
class ArticleMeaning:
    """One of the things that the name stands for."""

    id: str
    label: str
    """What tells it from the others; empty for the only one."""
    explanations: tuple[Explanation, ...]
    renderings: tuple[ArticleRendering, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """The article of a dictionary about one name."""

    id: str
    """Id of the term."""
    name: str
    spellings: tuple[str, ...]
    """All ways to write the name that lead to the article, the name itself first; each there once."""
    reading: str
    """Pinyin, where that says more than the name; else empty."""
    kind: str
    """A key of `KINDS`."""
    address: str
    """Where the whole term can be read; empty if nowhere."""
    meanings: tuple[ArticleMeaning, ...]
    """At least one, which may be without explanations and renderings."""
    uses: tuple[UsagePlace, ...]
    """Reports that use or define it, those that use it most first; USES_SHOWN of them at most."""
    reports: int
    """How many there are."""
    usages: int
    """How often reports use it."""

    @property
    def undefined(self) -> bool:
        """Return whether no report says what it stands for."""
        return not any(meaning.explanations for meaning in self.meanings)

    @property
    def more(self) -> str:
        """Return what stands behind `uses` if they are not all."""
        return f" 等 {self.reports} 份报告" if self.reports > len(self.uses) else ""


def article(header: Header, term: JsonObject) -> Article:
    """Return the article of a term document."""
    name = _plain(term["name"])
    reports = sorted(term["reports"], key=lambda report: (-report["usages"], report["id"]))
    return Article(
        id=term["id"],
        name=name,
        spellings=tuple(_spellings(name, term)),
        reading=_reading(name, term["pinyin"]),
        kind=term["kind"],
        address=f"{header.address}terms/{quote(term['name'], safe='')}" if header.address else "",
        meanings=tuple(_meaning(header, concept) for concept in concepts(term)),
        uses=tuple(_use(header, report) for report in reports[:USES_SHOWN]),
        reports=term["totals"]["reports"],
        usages=term["totals"]["usages"],
    )


def title(header: Header) -> str:
    """Return what the dictionary is called; two of different parts of an edition are called differently."""
    chosen = [_CHOSEN.get(value, value) for value in (*header.filters.values(), header.language) if value]
    return _plain(f"{TITLE}（{'，'.join(chosen)}）" if chosen else TITLE)


def about(header: Header) -> str:
    """Return what the dictionary is and which edition it was made from."""
    return _plain(f"{header.title}. {header.origin} {header.selection}")


def _spellings(name: str, term: JsonObject) -> Iterator[str]:
    """Yield each form as it is printed and without quotation marks."""
    forms = [name, *(_plain(variant["form"]) for variant in term["variants"])]
    bare = [without_quotes(form) for form in forms]
    yield from filter(None, dict.fromkeys((*forms, *bare)))


def _reading(name: str, pinyin: str) -> str:
    return "" if pinyin == name else _plain(pinyin)


def _meaning(header: Header, concept: Concept) -> ArticleMeaning:
    return ArticleMeaning(
        id=concept.id,
        label=_plain("，".join(filter(None, (concept.whole, concept.label)))),
        explanations=tuple(_explanations(header, concept)),
        renderings=tuple(_rendering(one) for one in concept.equivalents),
    )


def _explanations(header: Header, concept: Concept) -> Iterator[Explanation]:
    """Yield definitions; those that say the same are one with several sources."""
    alike: dict[tuple[str, tuple[str, ...], str], list[JsonObject]] = {}
    for definition in concept.definitions:
        members = tuple(_plain(member["text"]) for member in definition["members"])
        alike.setdefault((_lines(definition["text"]), members, _verdict(definition)), []).append(definition)
    for (text, members, verdict), found in alike.items():
        sources = tuple(_source(header, definition["source"]) for definition in found)
        yield Explanation(text, members if len(members) > 1 else (), verdict, sources)


def _verdict(definition: JsonObject) -> str:
    check = definition["count_check"]
    verdict = _VERDICTS.get(check["status"], "")
    return f"{verdict}：应有 {check['expected']} 项，列出 {check['found']} 项" if verdict else ""


def _rendering(equivalent: JsonObject) -> ArticleRendering:
    note = "；".join(filter(None, [_STATUSES[equivalent["status"]], _plain(equivalent["note"])]))
    return ArticleRendering(equivalent["language"], _plain(equivalent["rendering"]), note)


def _source(header: Header, source: JsonObject) -> UsagePlace:
    parts = [_where(source)]
    parts += [f"第 {source['entry']} 条"] if source["entry"] is not None else [_TYPES[source["type"]]]
    anchor = f"#d{source['start']}" if source["start"] is not None else ""
    return UsagePlace(" ".join(filter(None, parts)), _report_address(header, source["report"], anchor))


def _use(header: Header, report: JsonObject) -> UsagePlace:
    times = f"（{report['usages']} 处）" if report["usages"] else ""
    return UsagePlace(_where(report | {"report": report["id"]}) + times, _report_address(header, report["id"]))


def _where(source: JsonObject) -> str:
    year = f" {source['year']}" if source["year"] is not None else ""
    return _plain(f"{source['place'] or source['report'] or ''}{year}")


def _report_address(header: Header, report: str | None, anchor: str = "") -> str:
    return f"{header.address}reports/{quote(report, safe='')}{anchor}" if header.address and report else ""


def _lines(text: str) -> str:
    return "\n".join(filter(None, map(_plain, _LINE_ENDS.split(text))))


def _plain(text: str) -> str:
    """Return a text on one line, without characters that markup cannot hold."""
    return in_xml(on_one_line(text))
