from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary_api.model.things import Harvest, Term
from glossary_api.queries.suggest import slips_in, slips_to, suggest
from glossary_api.store.edition import Edition
from glossary_api.text.folding import fold_name
from glossary_api.text.pinyin import pinyin_of
from glossary_api.text.sounds import Sounds, sounds_of, spoken, typed


@pytest.fixture
def spoken_edition(harvest: Harvest, written: Callable[[Harvest], Edition]) -> Edition:
    """The sample with readings, as a harvest makes them."""
    return written(replace(harvest, terms=tuple(replace(t, pinyin=pinyin_of(t.name)) for t in harvest.terms)))


@pytest.mark.parametrize(
    ("asked", "name", "match", "by"),
    [
        ("六个不发生", "六个不发生", "exact", "name"),
        ("6個不發生", "六个不发生", "exact", "name"),
        ("「六个", "六个不发生", "prefix", "name"),
        ("6个", "六个不发生", "prefix", "name"),
        ("不发生", "六个不发生", "contained", "name"),
        ("六个部发生", "六个不发生", "fuzzy", "name"),  # a wrong character
        ("六不个发生", "六个不发生", "fuzzy", "name"),  # two swapped
        ("六个不发发生", "六个不发生", "fuzzy", "name"),  # one too many
        ("六不发生", "六个不发生", "fuzzy", "name"),  # one too few
        ("六各不", "六个不发生", "fuzzy", "name"),  # still typing
        ("liugebufasheng", "六个不发生", "exact", "pinyin"),
        ("liù gè bù fā shēng", "六个不发生", "exact", "pinyin"),
        ("6gebufasheng", "六个不发生", "exact", "pinyin"),
        ("LiuGeBu", "六个不发生", "prefix", "pinyin"),
        ("fasheng", "六个不发生", "contained", "pinyin"),
        ("liugebufaseng", "六个不发生", "fuzzy", "pinyin"),
        ("liugebfuasheng", "六个不发生", "fuzzy", "pinyin"),
        ("lgbfs", "六个不发生", "exact", "initials"),
        ("lgb", "六个不发生", "prefix", "initials"),
        ("6gbfs", "六个不发生", "exact", "initials"),
        ("bfs", "六个不发生", "contained", "initials"),
        ("135", "“135”工作体系", "exact", "name"),
        ("一三五工作体系", "“135”工作体系", "exact", "name"),
        ("yaosanwu", None, "", ""),
        ("gongzuotixi", "“135”工作体系", "contained", "pinyin"),
        ("1+22", "1+22+3", "prefix", "name"),
        ("122", "1+22+3", "prefix", "pinyin"),
        ("22+3", "1+22+3", "contained", "name"),
        ("产业/", "产业/创新", "prefix", "name"),
        ("sjdd", "数据得地", "exact", "initials"),
    ],
)
def test_suggest(spoken_edition: Edition, asked: str, name: str | None, match: str, by: str) -> None:
    """A term is found by what its typist has typed so far, and it is said how."""
    found = suggest(spoken_edition.select, asked, 1)
    assert [(s.name, s.match, s.by) for s in found] == ([(name, match, by)] if name else [])


def test_a_suggestion_is_complete(spoken_edition: Edition) -> None:
    """A suggestion has what a list shows of a term."""
    (found,) = suggest(spoken_edition.select, "三边", 5)
    assert found[1:5] == ("三边", "numeral", "sān biān", "山边、水边、路边")
    assert suggest(spoken_edition.select, "十四五", 1)[0].definition is None


def test_any_printed_form_is_typed(spoken_edition: Edition) -> None:
    """A short form leads to its term as well, by characters and by sound."""
    for asked in ("135", "yisanwu"):
        assert suggest(spoken_edition.select, asked, 1)[0].match == "exact"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(asked=st.text(max_size=12), limit=st.integers(1, 20))
def test_any_question_is_safe(edition: Edition, asked: str, limit: int) -> None:
    """No question is an error of the query language, and none gets more than its limit or a term twice."""
    found = suggest(edition.select, asked, limit)
    assert len(found) <= limit
    assert len({suggestion.id for suggestion in found}) == len(found)


def stages(terms: Sequence[Term], sounds: Mapping[str, Sounds], asked: str) -> Iterator[tuple[str, str, str]]:
    """Every suggestion in order, found by looking at every term; `terms` are ordered by use."""
    key, letters = fold_name(asked), typed(asked)
    for match in ("exact", "prefix", "contained"):
        for by, question in (("name", key), ("pinyin", letters), ("initials", letters)):
            yield from ((t.id, match, by) for t in terms if question and fits(t, sounds[t.id], question, match, by))
    if len(key) >= 3:
        yield from ((id_, "fuzzy", "name") for id_ in near(key, [(t.id, t.key) for t in terms]))
    if letters and len(letters) >= 5:
        yield from ((id_, "fuzzy", "pinyin") for id_ in near(letters, [(t.id, spoken(t.pinyin)) for t in terms]))


def fits(term: Term, sounds: Sounds, asked: str, match: str, by: str) -> bool:
    """Whether a term belongs into a stage."""
    whole = {"name": (term.key,), "pinyin": sounds.whole, "initials": sounds.initials}[by]
    tails = {
        "name": tuple(term.key[start:] for start in range(1, len(term.key))),
        "pinyin": sounds.whole_tails,
        "initials": sounds.initial_tails,
    }[by]
    if match == "exact":
        return asked in whole
    return any(form.startswith(asked) for form in (whole if match == "prefix" else tails))


def near(asked: str, forms: list[tuple[str, str]]) -> list[str]:
    """The ids of forms that begin nearly as asked, the nearest first."""
    slips = [(slips_to(asked, form, slips_in(asked)), n, id_) for n, (id_, form) in enumerate(forms)]
    return [id_ for slip, _, id_ in sorted(slips) if slip <= slips_in(asked)]


def questions(chance: random.Random, terms: Sequence[Term]) -> Iterator[str]:
    """What people type: names and readings, begun, cut, with slips."""
    while True:
        term = chance.choice(terms)
        text = chance.choice([term.name, spoken(term.pinyin), "".join(s[0] for s in term.pinyin.split())])
        start = chance.choice([0, 0, chance.randrange(len(text))])
        text = text[start : start + chance.randint(1, len(text))]
        for _ in range(chance.choice([0, 0, 1, 2])):
            text = slipped(chance, text, chance.choice(terms).name[0] if text[0] > "z" else chance.choice("abginu"))
        yield text


def slipped(chance: random.Random, text: str, other: str) -> str:
    """A text with a letter replaced, put in, left out or swapped with the next."""
    at = chance.randrange(len(text))
    before, here, behind = text[:at], text[at], text[at + 1 :]
    ways = [before + other + behind, before + other + here + behind, before + behind]
    return chance.choice([*ways, before + behind[:1] + here + behind[1:]]) or other


def test_against_the_plain_truth(chance_edition: Edition, chance_harvest: Harvest) -> None:
    """For hundreds of questions, right and wrong, the index suggests what looking at every term does."""
    chance = random.Random(5)
    uses = dict.fromkeys((term.id for term in chance_harvest.terms), 0)
    for usage in chance_harvest.usages:
        uses[usage.match.term] += 1
    terms = sorted(chance_harvest.terms, key=lambda term: (-uses[term.id], term.name))
    sounds = {term.id: sounds_of(term.name, term.pinyin) for term in terms}
    for asked, _ in zip(questions(chance, terms), range(300), strict=False):
        expected: dict[str, tuple[str, str, str]] = {}
        for found in stages(terms, sounds, asked):
            expected.setdefault(found[0], found)
        limit = chance.choice([1, 5, 50])
        suggested = [(s.id, s.match, s.by) for s in suggest(chance_edition.select, asked, limit)]
        assert suggested == list(expected.values())[:limit], asked
