"""Articles as HTML, for dictionaries that hold it: no style, no script, nothing that has to be fetched."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from glossary_api.exports.packs.articles import (
    KINDS,
    OTHER_SPELLINGS,
    UNDEFINED,
    USED_IN,
    Article,
    ArticleMeaning,
    ArticleRendering,
    Explanation,
    UsagePlace,
)

_SPECIAL = {ord("["): "&#91;", ord("{"): "&#123;", ord("\n"): "<br>"}
"""What stands for line feeds, and for what readers may take for commands of their own, `[sound:…]` or `{{…}}`."""


def text(plain: str) -> str:
    """Return a text as HTML."""
    return escape(plain).translate(_SPECIAL)


def whole(found: Article) -> str:
    """Return all of an article."""
    reading = f'<span lang="zh-Latn-pinyin">{text(found.reading)}</span>　' if found.reading else ""
    head = f"<h3>{text(found.name)}</h3><p>{reading}<small>{KINDS[found.kind]}</small></p>"
    return f'<div lang="zh-Hans">{head}{"".join(map(meaning, found.meanings))}{rest(found)}</div>'


def meaning(found: ArticleMeaning) -> str:
    """Return a meaning with its renderings."""
    label = f"<p><b>〔{text(found.label)}〕</b></p>" if found.label else ""
    renderings = named(found.renderings) + notes(found.renderings)
    return f'<div class="meaning">{label}{explanations(found.explanations)}{renderings}</div>'


def explanations(found: Iterable[Explanation]) -> str:
    """Return definitions, each with members, sources and count check."""
    return "".join(map(_explanation, found))


def named(found: Iterable[ArticleRendering]) -> str:
    """Return renderings, each on a line."""
    return "".join(f'<p class="rendering" lang="{one.language}">{text(one.text)}</p>' for one in found)


def notes(found: Iterable[ArticleRendering]) -> str:
    """Return their languages, statuses and notes, each on a line."""
    return "".join(f"<p><small>{one.language}：{text(one.note)}</small></p>" for one in found)


def rest(found: Article) -> str:
    """Return what is said of the term as a whole: how else it is written, and where it is used."""
    undefined = f"<p>{UNDEFINED}</p>" if found.undefined else ""
    others = f"{OTHER_SPELLINGS}：{text('、'.join(found.spellings[1:]))}<br>" if found.spellings[1:] else ""
    return f"{undefined}<p><small>{others}{uses(found)}</small></p>"


def uses(found: Article) -> str:
    """Return the reports that use it, and the address of the whole term."""
    places = "、".join(map(_place, found.uses))
    link = f"　{_link('全文', found.address)}" if found.address else ""
    return f"{USED_IN}：{places}{found.more}{link}" if places else link


def _explanation(found: Explanation) -> str:
    members = "".join(f"<li>{text(member)}</li>" for member in found.members)
    listed = f"<ol>{members}</ol>" if members else ""
    sources = "；".join(map(_place, found.sources))
    check = f"<br>{found.check}" if found.check else ""
    return f'<p class="definition">{text(found.text)}</p>{listed}<p><small>——{sources}{check}</small></p>'


def _place(place: UsagePlace) -> str:
    return _link(place.label, place.address) if place.address else text(place.label)


def _link(label: str, address: str) -> str:
    return f'<a href="{escape(address)}">{text(label)}</a>'
