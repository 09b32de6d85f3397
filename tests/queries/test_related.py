from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from glossary_api.model.things import Definition, Harvest, Passage, Sense, Source, Term
from glossary_api.queries.related import related
from glossary_api.store.edition import Edition
from glossary_api.store.writing import write_edition
from glossary_api.text.folding import fold_name

_numbers = count()


def term(name: str, *members: str) -> Term:
    """A term, defined if it has members."""
    source = Source("curated", None, None, None, None, None, None, None)
    definition = Definition("、".join(members), source, tuple(Passage(member, 0, len(member)) for member in members))
    identity = f"t{next(_numbers)}"
    senses = (Sense(f"{identity}-1", (definition,)),) if members else ()
    return Term(identity, name, fold_name(name), "quoted", "", (), senses, (fold_name(name),))


@pytest.fixture
def names(written: Callable[[Harvest], Edition]) -> Edition:
    """An edition of terms without reports, some within others."""
    terms = [
        term("三名工程", "名师", "名校", "名校长"),
        term("名校"),
        term("名校长"),
        term("高质量三名工程建设"),
        term("1+22+3"),
        term("2+3"),
        term("22"),
        term("二十二条"),
        term("安全生产“六化”"),
        term("六化"),
        term("十六化"),
        term("化"),
        term("十三五"),
        term("三五"),
    ]
    return written(Harvest((), tuple(terms), (), ()))


@pytest.mark.parametrize(
    ("name", "within", "around"),
    [
        ("三名工程", {("名校", "member"), ("名校长", "member")}, {("高质量三名工程建设", "name")}),
        ("名校长", {("名校", "name")}, {("三名工程", "member")}),
        ("高质量三名工程建设", {("三名工程", "name")}, set()),
        ("1+22+3", set(), set()),  # 2+3 and 22 would cut through it
        ("22", set(), {("二十二条", "name")}),  # the same number, written in Han numerals
        ("六化", set(), {("安全生产“六化”", "name")}),  # 16 is another number
        ("十三五", set(), set()),  # 十 is part of the number
        ("化", set(), set()),  # a single character is part of everything
    ],
)
def test_names_and_members(
    names: Edition, name: str, within: set[tuple[str, str]], around: set[tuple[str, str]]
) -> None:
    """A term lies within another if its name or one of the other's members says so, never cutting through a number."""
    found = related(names.select, names.rank_of(name), 20)
    assert {(each["name"], each["by"]) for each in found["sub_terms"]} == within
    assert {(each["name"], each["by"]) for each in found["super_terms"]} == around


def test_co_used(edition: Edition) -> None:
    """Terms under one heading are used together; a report without headings is one section."""
    found = related(edition.select, edition.rank_of("六个不发生"), 20)
    assert found["sections"] == 2
    assert {(c["name"], c["together"], c["sections"], c["score"]) for c in found["co_used"]} == {
        ("数据得地", 2, 3, 0.8),
        ("“135”工作体系", 1, 2, 0.5),
        ("十四五", 1, 1, 0.6667),
        ("三边", 1, 1, 0.6667),
    }


@pytest.mark.parametrize("number", [0, 40, 299])
def test_co_used_against_the_harvest(chance_edition: Edition, chance_harvest: Harvest, number: int) -> None:
    """The score of every term is the Dice coefficient of the sections, counted in the harvest; the best come first."""
    sections: defaultdict[str, set[tuple[str, str | None]]] = defaultdict(set)
    for usage in chance_harvest.usages:
        sections[usage.match.term].add((usage.report, usage.heading))
    asked = chance_harvest.terms[number]
    own = sections[asked.id]
    scores = {
        id_: round(2 * len(own & other) / (len(own) + len(other)), 4)
        for id_, other in sections.items()
        if id_ != asked.id and own & other
    }
    found = related(chance_edition.select, chance_edition.rank_of(asked.name), 100)["co_used"]
    assert [c["score"] for c in found] == sorted(scores.values(), reverse=True)[:100]
    assert all(scores[c["id"]] == c["score"] for c in found)


def test_limit(chance_edition: Edition, chance_harvest: Harvest) -> None:
    """No list is longer than was asked for."""
    rank = chance_edition.rank_of(chance_harvest.terms[0].name)
    assert len(related(chance_edition.select, rank, 3)["co_used"]) == 3


def test_what_is_counted_beforehand_is_what_would_be_counted(
    chance_harvest: Harvest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The terms beside a much used term are the same whether the harvest counted them or the question does."""
    found = []
    for few in (0, 10**6):
        for module in ("store.beside", "queries.related"):
            monkeypatch.setattr(f"glossary_api.{module}.FEW", few)
        write_edition(chance_harvest, tmp_path / f"{few}.db")
        edition = Edition.open(tmp_path / f"{few}.db")
        established = edition.select("SELECT rank FROM terms WHERE status = 'established' ORDER BY rank LIMIT 60")
        found.append([related(edition.select, rank, 100)["co_used"] for (rank,) in established])
    assert found[0] == found[1]
    assert any(found[0])


def test_members_that_are_terms_of_another_sense(written: Callable[[Harvest], Edition]) -> None:
    """A term that lists itself is not related to itself."""
    selfish = term("两重", "两重", "两新")
    edition = written(Harvest((), (selfish, replace(term("两新"), id="tx")), (), ()))
    found = related(edition.select, edition.rank_of("两重"), 20)
    assert [each["name"] for each in found["sub_terms"]] == ["两新"]
