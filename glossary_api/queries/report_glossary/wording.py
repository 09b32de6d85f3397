"""A compiled glossary as people read it: titles, parts, entries and sources in words, before any format prints them.

The words are Chinese, as the reports are. What is borrowed says so three times: in the heading of its part, in the
note below it, and in the label of every single definition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from glossary_api.model.words import INLINE, NATIONAL
from glossary_api.queries.rank import LATER

_LABELS = {
    "own": "本报告",
    "same-place": "本地另一份报告",
    "same-prefecture": "同一地级市",
    "same-province": "同一省份",
    NATIONAL: "全国",
    "elsewhere": "其他地方",
}
_PARTS = {
    "own": ("一、本报告自己的解释", "以下为本报告名词解释或正文的原文。"),
    "borrowed": ("二、借自其他报告的解释", "以下不是本报告的话，只供参考；每条注明出自哪份报告、离本地多远。"),
    "undefined": ("三、未见解释的提法", "以下提法见于本报告，所收各报告没有适用于此的解释。"),
}
_NOTHING = "（无）"
_OPEN = "几种解释同样相近，未定是哪一种。"
_LATER = "晚于本报告"


@dataclass(frozen=True, slots=True)
class Quote:
    """A definition as printed, and whose it is."""

    label: str
    """本报告, 同一地级市 and the like."""
    text: str
    """The definition, word for word; it may have several lines."""
    source: str
    """The report and the place in it."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry: a name and what is said of it."""

    name: str
    note: str
    """Where and how often the report uses the name, and what to beware of."""
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One of the three parts of a glossary."""

    heading: str
    note: str
    """Says whose words follow, or that nothing follows."""
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A glossary ready for printing."""

    title: str
    note: str
    parts: tuple[Part, ...]


def worded(glossary: Mapping[str, Any]) -> Sheet:
    """Return the words of a glossary that `compile_glossary` made."""
    report = glossary["report"]
    title = f"{_report(report)}名词解释汇编"
    parts = tuple(_part(name, glossary[name]) for name in _PARTS)
    return Sheet(title, f"由程序汇编，供查阅；不是报告的附件。版本 {glossary['edition'][:12]}。", parts)


def _part(name: str, entries: Sequence[Mapping[str, Any]]) -> Part:
    heading, note = _PARTS[name]
    return Part(f"{heading}（{len(entries)}条）", note if entries else _NOTHING, tuple(map(_item, entries)))


def _item(entry: Mapping[str, Any]) -> Item:
    note = _use(entry) + (_OPEN if entry.get("ambiguous") else "")
    return Item(entry["term"]["name"], note, tuple(_quotes(entry.get("senses", ()))))


def _use(entry: Mapping[str, Any]) -> str:
    first = entry["first_use"]
    if first is None:
        return "正文未用。"
    # Corner brackets: names and headings have curved quotation marks of their own.
    form = f"印作「{entry['form']}」，" if entry["form"] != entry["term"]["name"] else ""
    heading = f"首见于「{first['heading'].strip()}」，" if first["heading"] else ""
    return f"{form}{heading}正文共{entry['usages']}处。"


def _quotes(senses: Sequence[Mapping[str, Any]]) -> Iterator[Quote]:
    for number, sense in enumerate(senses, 1):
        later = [_LATER] if any(why["code"] == LATER for why in sense["why"]) else []
        meaning = [f"义项{number}"] if len(senses) > 1 else []
        for definition in sense["definitions"]:
            label = "，".join([*meaning, _LABELS[definition["label"]], *later])
            yield Quote(label, definition["text"], source_in_words(definition["source"]))


def _report(report: Mapping[str, Any]) -> str:
    when = f"{report['year']}年" if report["year"] else ""
    return f"{report['place'] or ''}{when}《{report['title'] or '政府工作报告'}》"


def cited(source: Mapping[str, Any]) -> str:
    """Return such as 虎丘区2025年《政府工作报告》名词解释第1条, as a reader wants it said."""
    if source["report"] is None:
        return "审定的解释"
    where = "正文中的解释" if source["type"] == INLINE else "名词解释"
    entry = f"第{source['entry']}条" if source["entry"] is not None else ""
    return f"{_report(source)}{where}{entry}"


def source_in_words(source: Mapping[str, Any]) -> str:
    """Return what whoever checks it needs, too: …名词解释第1条，第13290—13321字，报告编号 huqiu-2025."""
    if source["report"] is None:
        return cited(source)
    page = f"（原文第{source['page']}页）" if source["page"] is not None else ""
    # People count from one and name the last character; spans count from zero and name the one behind it.
    span = f"，第{source['start'] + 1}—{source['end']}字" if source["start"] is not None else ""
    return f"{cited(source)}{page}{span}，报告编号 {source['report']}"
