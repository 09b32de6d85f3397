"""Editions to export: one like a real one, one with names that no format likes, one without terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from glossary_api.harvesting.equivalents import with_equivalents
from glossary_api.model.things import Definition, Equivalent, Harvest, Sense, Source, Term, Variant
from glossary_api.store.edition import Edition
from glossary_api.store.writing import write_edition
from glossary_api.text.folding import fold_name

AWKWARD = (
    "<一>&amp;“二”",
    "三\t名\u3000工程",
    "四\n大\r\n战略",
    "\"五\" '个' ‘一批’",
    "𠮷六𠀀",
    "#七个注释",
    "=八+九",
    "十,一;二|三\\四",
    "]]><!-- 十一 -->",
    "十二\x0b垂直\u2028分行",
    "十三\x85下一行\xa0空格",
)
"""Names with what one format or another takes for its own."""


@pytest.fixture(scope="session")
def rendered(harvest: Harvest) -> Harvest:
    """The sample harvest with renderings: of both senses of a name, of a term without senses, in two languages."""
    by_name = {term.name: term for term in harvest.terms}
    first, second = by_name["“135”工作体系"].senses
    found = {
        by_name["六个不发生"].senses[0].id: (
            replace(
                equivalent("en", "Six No's", "approved", "Literal; “zero-incident commitments” explains it."),
                definition="Nothing of six kinds; for example, no accident: none.",
                definition_status="machine",
            ),
            equivalent("en", "six zero-incident commitments", "proposed"),
            equivalent("fr", "les Six Non", "proposed"),
        ),
        first.id: (
            equivalent(
                "en", "135 Work System", "official", gloss="centre, platforms, mechanisms", sense="yunxi-2024#2"
            ),
        ),
        second.id: (
            equivalent("en", "135 Drive", "proposed", gloss="brand, priorities, capabilities", sense="shiqiao-2025#1"),
        ),
        by_name["十四五"].id: (equivalent("en", "14th Five-Year Plan", "official"),),
    }
    return replace(harvest, terms=with_equivalents(harvest.terms, found))


@pytest.fixture(scope="session")
def awkward(harvest: Harvest) -> Harvest:
    """Terms with awkward names, each with an awkward variant, definition and rendering."""
    return replace(harvest, terms=tuple(_awkward(number, name) for number, name in enumerate(AWKWARD, 1)), usages=())


@pytest.fixture(scope="session")
def paths(
    rendered: Harvest, awkward: Harvest, harvest: Harvest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """The files of the three editions by name: `rendered`, `awkward`, `empty`."""
    folder = tmp_path_factory.mktemp("editions")
    harvests = {"rendered": rendered, "awkward": awkward, "empty": replace(harvest, terms=(), usages=())}
    paths = {name: folder / f"{name}.db" for name in harvests}
    for name, path in paths.items():
        write_edition(harvests[name], path)
    return paths


@pytest.fixture
def editions(paths: dict[str, Path]) -> Iterator[dict[str, Edition]]:
    """The three editions, open."""
    opened = {name: Edition.open(path) for name, path in paths.items()}
    yield opened
    for edition in opened.values():
        edition.close()


def equivalent(
    language: str, rendering: str, status: str, note: str = "", gloss: str = "", sense: str = ""
) -> Equivalent:
    """A rendering from the project, of whatever it is laid to, or of one sense only."""
    return Equivalent("", sense, language, rendering, status, "project", note, "", gloss)


def _awkward(number: int, name: str) -> Term:
    id_ = f"tawkward{number:02}"
    source = Source("appendix", "yunxi-2024", "云溪市", 2024, number, None, 0, 1)
    definition = Definition(f"{name} 的定义", source)
    rendering = replace(
        equivalent("en", f"{number}: {name} 😀", "proposed", f"note on {name}"),
        definition=f"{name} in other words",
        definition_status="approved",
    )
    sense = Sense(f"{id_}-1", (definition,), (rendering,))
    variants = (Variant(name, "unquoted", ("yunxi-2024",)), Variant(f"变{name}", "embedded", ("shiqiao-2025",)))
    return Term(
        id_, name, f"{fold_name(name)}{number}", "quoted", "", variants, (sense,), (f"{fold_name(name)}{number}",)
    )
