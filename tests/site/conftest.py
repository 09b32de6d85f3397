"""A small edition made by hand, served by the real app: two reports, terms of every sort, and hostile text."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from glossary_api.api.routes import decisions
from glossary_api.curation.tokens import create_token, tokens_beside
from glossary_api.model.messages import Message
from glossary_api.model.things import (
    Appendix,
    CountCheck,
    Definition,
    Harvest,
    Heading,
    Match,
    ParsedReport,
    Passage,
    Report,
    Sense,
    Source,
    Term,
    Usage,
    Variant,
)
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.store.writing import write_edition
from glossary_api.text.folding import fold_name

HOSTILE = "<img src=x onerror=alert(1)>&\"'"
NORTH = f"""政府工作报告
——2024年1月8日在北甲市人民代表大会上

各位代表：
一、去年回顾
（一）稳住大盘。全力抓好“三个早”，压实“五个清”{HOSTILE}。
推进“1+2/3”布局，三个早见效。
二、今年安排
继续做好三个早和5个清。

名词解释
1．“三个早”：早谋划、早动手、早见效。
2．“五个清”：底数清、责任清、时限清。
3．“三个快”：快谋划、快动手、快见效。
"""
SOUTH = """政府工作报告
各位代表：
一、工作安排
落实“五个清”和“三个早”。

名词解释
①“五个清”：水清、岸清、河清、路清、田清。
②“三个早”：早谋划、早动手、早见效。
③“三个快”：快谋划、快动手、快见实效。
"""


def _report(id_: str, place: str, year: int, text: str) -> Report:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    meeting = f"{place}人民代表大会"
    return Report(id_, "政府工作报告", place, None, "county", year, f"{year}-01-08", meeting, None, sha256, text)


def _passage(text: str, piece: str) -> Passage:
    start = text.index(piece)
    return Passage(piece, start, start + len(piece))


def _parsed(report: Report, headings: dict[str, int]) -> ParsedReport:
    text = report.text
    found = [
        Heading(words, text.index(words), text.index(words) + len(words), depth) for words, depth in headings.items()
    ]
    start = text.index("名词解释")
    appendix = Appendix(start, len(text) - 1, "dot")
    return ParsedReport(report, tuple(found), appendix, (), (), (), (), ((0, start),))


def _definition(report: Report, entry: int, text: str, members: str, check: CountCheck) -> Definition:
    where = _passage(report.text, text)
    source = Source("appendix", report.id, report.place, report.year, entry, 4, where.start, where.end)
    return Definition(text, source, tuple(_passage(report.text, member) for member in members.split()), check)


def _term(
    name: str, *senses: tuple[Definition, ...], variants: tuple[Variant, ...] = (), kind: str = "numeral"
) -> Term:
    key = fold_name(name)
    id_ = "t" + hashlib.sha256(key.encode()).hexdigest()[:10]
    made = tuple(Sense(f"{id_}-{number}", definitions) for number, definitions in enumerate(senses, 1))
    keys = tuple(dict.fromkeys((key, *(fold_name(variant.form) for variant in variants))))
    return Term(id_, name, key, kind, "pīn yīn", variants, made, keys)


def _usages(term: Term, parsed: ParsedReport, forms: tuple[str, ...]) -> list[Usage]:
    text, (_, end) = parsed.report.text, parsed.body[0]
    starts = [(at, form) for form in forms for at in range(end) if text.startswith(form, at)]
    return [
        Usage(parsed.report.id, Match(term.id, at, at + len(form), form, "exact", False), None, None)
        for at, form in starts
    ]


def _harvest() -> Harvest:
    north, south = _report("north-2024", "北甲市", 2024, NORTH), _report("south-2025", "南乙区", 2025, SOUTH)
    parsed = (
        _parsed(north, {"一、去年回顾": 1, "（一）稳住大盘。": 2, "二、今年安排": 1}),
        _parsed(south, {"一、工作安排": 1}),
    )
    pass_, fail = CountCheck("pass", 3, 3), CountCheck("fail", 5, 3, Message("miscount", expected=5, found=3))
    early = _definition(north, 1, "早谋划、早动手、早见效", "早谋划 早动手 早见效", pass_)
    again = _definition(south, 2, "早谋划、早动手、早见效", "早谋划 早动手 早见效", pass_)
    quick = _definition(north, 3, "快谋划、快动手、快见效", "快谋划 快动手 快见效", pass_)
    quicker = _definition(south, 3, "快谋划、快动手、快见实效", "快谋划 快动手 快见实效", pass_)
    clear = _definition(north, 2, "底数清、责任清、时限清", "底数清 责任清 时限清", fail)
    other = _definition(south, 1, "水清、岸清、河清、路清、田清", "水清 岸清 河清 路清 田清", CountCheck("pass", 5, 5))
    digits = Variant("5个清", "numeral-style", (north.id,))
    forms = {
        _term("三个早", (early, again)): ("三个早",),
        _term("三个快", (quick, quicker)): (),
        _term("五个清", (clear,), (other,), variants=(digits,)): ("五个清", "5个清"),
        _term("1+2/3"): ("1+2/3",),
        _term(HOSTILE, kind="quoted"): (HOSTILE,),
    }
    usages = [usage for term in forms for each in parsed for usage in _usages(term, each, forms[term])]
    return Harvest(parsed, tuple(sorted(forms, key=lambda term: term.name)), tuple(usages), ())


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Harvest], Flask]:
    """Makes the real app over a harvest, written to a real file."""

    def made(harvest: Harvest) -> Flask:
        path: Path = tmp_path_factory.mktemp("edition") / "glossary.db"
        write_edition(harvest, path)
        return create_app(Settings(edition=path))

    return made


@pytest.fixture(scope="session")
def harvest() -> Harvest:
    """The hand-made harvest."""
    return _harvest()


@pytest.fixture(scope="session")
def edition_path(harvest: Harvest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its edition: one of its own, for the fixture of all tests would keep this harvest for the others too."""
    path = tmp_path_factory.mktemp("edition") / "glossary.db"
    write_edition(harvest, path)
    return path


@pytest.fixture(scope="session")
def app(serve: Callable[[Harvest], Flask], harvest: Harvest) -> Flask:
    """The app over the hand-made edition."""
    return serve(harvest)


ANEW = {"Authorization": "None"}
"""Headers of who gets no page that was made before, and leaves none for others: tests change what pages are made by."""
Open = Callable[[str], LexborHTMLParser]
"""From an address to the page there, parsed."""


@pytest.fixture(scope="session")
def seed_app(seed_path: Path) -> Flask:
    """The app over the harvested seed."""
    return create_app(Settings(edition=seed_path))


@pytest.fixture(scope="session")
def seen(seed_app: Flask) -> Open:
    """Opens pages of the seed, made anew each time; each has to be answered 200."""
    client = seed_app.test_client()

    def opened(address: str) -> LexborHTMLParser:
        response = client.get(address, headers=ANEW)
        assert response.status_code == 200, address
        return LexborHTMLParser(response.text)

    return opened


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without cookies."""
    return app.test_client(use_cookies=False)


@pytest.fixture
def own(edition_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An edition with a log of its own, which is not made anew."""
    monkeypatch.setattr(decisions, "serve_decided", lambda: None)
    shutil.copy(edition_path, tmp_path / "glossary.db")
    return Settings(edition=tmp_path / "glossary.db")


@pytest.fixture
def token(own: Settings) -> str:
    """A token of somebody who decides."""
    return create_token(tokens_beside(own.decision_log), "li", "decide")


@pytest.fixture
def stranger(own: Settings) -> FlaskClient:
    """A browser of somebody who has not signed in."""
    return create_app(own).test_client()


@pytest.fixture
def editor(own: Settings, token: str) -> FlaskClient:
    """A browser of who has signed in."""
    client = create_app(own).test_client()
    assert client.post("/sign-in", data={"token": token}).status_code == 303
    return client
