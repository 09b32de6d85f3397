"""Ask for names at hand and plainly: both have to say the same."""

from __future__ import annotations

import random
from collections.abc import Sequence

import orjson

from glossary_api.queries.at_hand import TermAtHand
from glossary_api.queries.rank import Ranking, meant
from glossary_api.queries.standpoint import LookupQuestion, seen_from
from glossary_api.store.edition import Edition
from glossary_api.text.places import NamedPlace, divisions


def said(ranking: Ranking) -> bytes:
    """What an answer has of a ranking."""
    senses, elsewhere = ([one.document() for one in those] for those in (ranking.senses, ranking.elsewhere))
    return orjson.dumps([ranking.ambiguous, senses, elsewhere])


def plainly(edition: Edition, question: LookupQuestion) -> Ranking:
    """What all definitions say that can be seen from where a question is asked, each of them read."""
    asked = question.asked_of(edition.title_blocks)
    senses = seen_from(edition.select, edition.term(question.name), asked)
    return meant(senses, question.use_as(asked), asked, edition.title_blocks)


def agree_at_hand(edition: Edition, names: Sequence[str]) -> int:
    """Ask for names from places and days at hand and plainly; how many at hand knew."""
    chance, known = random.Random(1), 0
    known_codes = {block["place_code"] for block in edition.title_blocks.values() if block["place_code"]}
    codes = [*sorted(known_codes), *chance.sample(sorted(divisions()), 10)]
    places = [NamedPlace(divisions().get(code), code) for code in codes]
    for name in names:
        found = edition.found(name)
        assert found is not None
        term = TermAtHand(edition, name, found)
        for place in (None, NamedPlace("中国", None), *chance.sample(places, min(8, len(places)))):
            for day in (None, f"{chance.randint(2005, 2027)}-02-01"):
                question = LookupQuestion(name, place, day)
                if (ranking := term.meant(question)) is not None:
                    known += 1
                    assert said(ranking) == said(plainly(edition, question)), question
    return known
