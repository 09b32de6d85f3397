"""The best few of what a term has, and what is added for whoever asks from somewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import orjson
import pytest

from glossary_api.harvesting.harvest import build
from glossary_api.model.things import DefinitionEvidence, Equivalent, Harvest, Sense
from glossary_api.queries.compare import MOST, compared
from glossary_api.queries.rank import OWN_REPORT, Asked, meant
from glossary_api.queries.reconcile.extend import Fetched, extended
from glossary_api.queries.standpoint import LookupQuestion, seen_from
from glossary_api.store import whole
from glossary_api.store.documents import definition, term_summary
from glossary_api.store.edition import Edition
from glossary_api.store.foremost import DEFINITIONS, REPORTS, SENSES, VOUCHING
from glossary_api.store.sketches import Sketched
from glossary_api.text.places import NamedPlace
from tests.benchmarks.corpus import REAL, reports
from tests.benchmarks.harvested import harvest_of
from tests.harvesting.reports import report
from tests.queries.asking import agree_at_hand


@pytest.fixture(scope="module")
def large() -> Harvest:
    """Short reports of thirty places in twenty years that explain much."""
    return harvest_of(reports(600, replace(REAL, chars=1500, quoted=80, new=0.1, explained=1.0)))


@pytest.fixture
def edition(large: Harvest, written: Callable[[Harvest], Edition]) -> Edition:
    """Their edition."""
    return written(large)


def most_defined(harvest: Harvest) -> str:
    """The term that most definitions explain."""
    return max(harvest.terms, key=lambda term: sum(len(sense.definitions) for sense in term.senses)).name


def test_a_document_is_bounded(edition: Edition, large: Harvest) -> None:
    """The document of a much used term shows so many of each and says how many there are; the lists have all."""
    name = most_defined(large)
    term = edition.term(name)
    assert len(term["senses"]) <= SENSES
    assert max(len(sense["definitions"]) for sense in term["senses"]) == DEFINITIONS
    assert len(term["reports"]) == REPORTS < term["totals"]["reports"]
    assert edition.appearances(name).total == term["totals"]["reports"]
    assert edition.definitions(name).total == term["totals"]["definitions"]
    shown = sum(len(sense["definitions"]) + sense["more"] for sense in term["senses"])
    assert shown == term["totals"]["definitions"]


def test_a_definition_names_a_few_that_say_the_same(large: Harvest) -> None:
    """Of the reports that vouch for a definition it names the first few, and says how many more there are."""
    one = next(sense for term in large.terms for sense in term.senses).definitions[0]
    vouching = [f"{number:03}-2025" for number in range(VOUCHING + 2)]
    for those in (vouching[:1], vouching[:VOUCHING], vouching):
        evidence = definition(replace(one, evidence=DefinitionEvidence("note", tuple(those))))["evidence"]
        assert evidence == {"kind": "note", "reports": those[:VOUCHING], "more": len(those[VOUCHING:])}


@pytest.mark.parametrize(
    ("said", "of"),
    [
        ([("义乌市", "种树")], ["义乌市"]),
        ([("义乌市", "种树"), ("慈溪市", "种树")], ["义乌市", "慈溪市"]),  # of one province
        ([("义乌市", "种树"), ("昆山市", "种树")], None),
        (
            [("义乌市", "种树"), ("昆山市", "种树"), ("太仓市", "修桥")],
            ["义乌市", "昆山市"],
        ),  # another sense
        (
            [("义乌市", "种树"), ("昆山市", "修桥"), ("太仓市", "修桥"), ("慈溪市", "修桥")],
            ["慈溪市", "太仓市", "昆山市"],
        ),
    ],
)
def test_a_line_says_whose_definition_it_has(said: list[tuple[str, str]], of: list[str] | None) -> None:
    """A definition names its place unless two provinces give it and nobody another; the most agreed on comes first."""
    named = {"种树": "护林", "修桥": "通路"}
    reports = [
        report(f"{place}-2025", "推进“双山”。", [f"双山：指{one}、{named[one]}两件事"], place) for place, one in said
    ]
    (term,) = (term for term in build(reports).terms if term.name == "双山")
    source = term_summary(term, {each.report.id: each.report for each in reports}, {})["of"]
    assert source["place"] in of if source and of else (source, of) == (None, None)


def test_a_line_names_the_place_of_any_number_of_things() -> None:
    """What counts things that every place has is somebody's, however many say the same."""
    places = ("义乌市", "昆山市")
    reports = [report(f"{place}-2025", "推进“两大工程”。", ["两大工程：指种树、护林"], place) for place in places]
    (term,) = (term for term in build(reports).terms if term.name == "两大工程")
    line = term_summary(term, {each.report.id: each.report for each in reports}, {})
    assert line["of"] is not None


ELSEWHERE = ("昆山市", "滁州市", "海口市", "长沙市", "武汉市")


def line_of(name: str, notes: Sequence[tuple[str, str]], using: Sequence[str], body: str = "推进“{}”。") -> Any:
    """The line of a term that places explain, each with its note, and others use."""
    reports = [report(f"{place}-2025", body.format(name), [note], place) for place, note in notes]
    reports += [report(f"{place}-2025", body.format(name), (), place) for place in using]
    (term,) = (term for term in build(reports).terms if name in (term.name, *(form.form for form in term.variants)))
    return term_summary(
        term, {each.report.id: each.report for each in reports}, {each.report.id: 1 for each in reports}
    )


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("三大工程", "三大工程：指种树、护林、修桥"),  # anybody coins it
        ("三联", "三联：指全市联车、联船、联港的做法"),  # says what its place does
        ("青桥联运", "青桥联运：我市打算用三年统一调度各码头"),  # says so of itself
        ("联运", "联运：指各码头统一调度的做法"),  # is a word that others may use otherwise
    ],
)
def test_a_place_speaks_for_itself_alone(name: str, note: str) -> None:
    """A line has no definition where one place explains for itself what mostly others use; it has where they do not."""
    said = line_of(name, [("义乌市", note)], ELSEWHERE)
    assert (said["defined"], said["definition"], said["of"]) == (True, None, None)
    assert line_of(name, [("义乌市", note)], ELSEWHERE[:4])["of"]["place"] == "义乌市"


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("青桥联运", "青桥联运：指各码头统一调度的做法"),
        ("青桥联运", "青桥联运：指全市各码头统一调度的做法"),  # hardly two places coin it
        ("青桥联运", "山区“青桥联运”：指各码头统一调度的做法"),  # the line is that of the longer name
        ("三大工程", "三大工程：指党中央提出的种树、护林、修桥"),  # the nation's
        ("QGT", "QGT：指快速绿色公交"),
    ],
)
def test_what_holds_anywhere_is_said_of_what_others_use(name: str, note: str) -> None:
    """A line has the definition of one place where nothing shows that it is but that of its place."""
    assert line_of(name, [("义乌市", note)], ELSEWHERE)["of"]["place"] == "义乌市"


def test_one_of_many_meanings_is_no_headline() -> None:
    """A short name that places explain each in its own way has no definition where most others use it."""
    notes = [("义乌市", "双青：指种树、护林两件事"), ("南昌市", "双青：指修桥、铺路两件事")]
    assert line_of("双青", notes, ELSEWHERE)["definition"] is None
    agreed = [("成都市", "双青：指种树、护林两件事"), ("西安市", "双青：指种树和护林两件事")]
    assert line_of("双青", [*notes, *agreed], ELSEWHERE)["definition"] is not None


def test_what_three_provinces_say_of_a_number_holds_everywhere() -> None:
    """A name that counts what not every place has holds everywhere if three provinces say the same."""
    notes = [(place, "两个深信：指深信种树、深信护林") for place in ("义乌市", "昆山市", "滁州市")]
    assert line_of("两个深信", notes, ())["of"] is None
    assert line_of("两个深信", notes[:2], ())["of"] is not None


@pytest.mark.parametrize(
    ("notes", "best"),
    [
        (("把码头的船只、货物和人员放在一处统一调度的做法", "调度"), 0),  # too brief
        (("我市码头统一调度船只的做法", "码头统一调度船只的一种做法"), 1),  # its own
        (("码头统一调度船只的一种做法", "码头统一调度船只的做法"), 1),  # the latest
    ],
)
def test_the_best_definition_speaks_for_a_sense(notes: Sequence[str], best: int) -> None:
    """Of notes that say the same a line has what holds anywhere, is whole, and is the latest."""
    reports = [
        report(f"{n}-202{n}", "推进“青桥联运”。", [f"青桥联运：指{note}"], "义乌市", f"202{n}年1月5日")
        for n, note in enumerate(notes, 3)
    ]
    (term,) = (term for term in build(reports).terms if term.name == "青桥联运")
    assert term_summary(term, {each.report.id: each.report for each in reports}, {})["definition"] == notes[best]


def test_a_remark_that_stands_alone_is_no_headline() -> None:
    """Of several notes that share words the one that has none of them is not said, whoever wrote it."""
    said = ("把码头船只统一调度的一种做法", "统一调度码头船只", "码头船只由一处统一调度", "作为考核指标，以前年为基准")
    reports = [
        report(f"{n}-202{n}", "推进“青桥联运”。", [f"青桥联运：指{note}"], "义乌市", f"202{n}年1月5日")
        for n, note in enumerate(said, 3)
    ]
    (term,) = (term for term in build(reports).terms if term.name == "青桥联运")
    assert term_summary(term, {each.report.id: each.report for each in reports}, {})["definition"] in said[:3]


def test_explained_uses_are_counted(written: Callable[[Harvest], Edition]) -> None:
    """A term says how many of its uses have a sense: those of the report that explains it, not of a stranger's."""
    reports = [
        report("a-2025", "推进“双山”。深化“双山”。", ["双山：指种树、护林两件事"]),
        report("b-2025", "推进“双山”。", (), "昆山市"),
    ]
    assert written(build(reports)).term("双山")["totals"] == {
        "senses": 1,
        "definitions": 1,
        "reports": 2,
        "usages": 3,
        "explained": 2,
    }


def test_lists_have_everything_once(edition: Edition, large: Harvest) -> None:
    """Page by page the lists have every definition and every report of a term once."""
    name = most_defined(large)
    for listed in (edition.definitions, edition.appearances):
        page, items = listed(name, 7), list[Any]()
        while True:
            items += page.items
            if page.next is None:
                break
            page = listed(name, 7, page.next)
        assert len(items) == page.total
        assert [item for item in items if items.count(item) > 1] == []


def test_each_report_finds_its_own_definition(edition: Edition, large: Harvest) -> None:
    """Whoever asks for a report that explains a term gets that explanation, though the document leaves it out."""
    name = most_defined(large)
    document = edition.term(name)
    for item in edition.definitions(name, 200).items:
        report = item["source"]["report"]
        asked = LookupQuestion(name, None, None, report).asked_of(edition.title_blocks)
        question = LookupQuestion(name, None, None, report)
        senses = seen_from(edition.select, document, asked)
        found = meant(senses, question.use_as(asked), asked, edition.title_blocks).senses[0]
        assert found.why[0].code == OWN_REPORT
        assert found.sense["id"] == item["sense"]


def test_a_place_finds_its_own_definitions(edition: Edition, large: Harvest) -> None:
    """Asked from a place, by code or by name, what that place says is there, and nothing twice."""
    name = most_defined(large)
    document, blocks = edition.term(name), edition.title_blocks
    for item in edition.definitions(name, 200).items:
        block = blocks[item["source"]["report"] or ""]
        place = NamedPlace(block["place"], block["place_code"])
        asked = Asked(place.name, place.code)
        senses = seen_from(edition.select, document, asked)
        sources = [(d["source"]["report"], d["source"]["start"]) for s in senses for d in s["definitions"]]
        assert any(blocks[report]["place_code"] == place.code for report, _ in sources)
        assert len(set(sources)) == len(sources)


def test_a_year_finds_the_definitions_of_about_then(edition: Edition, large: Harvest) -> None:
    """Asked of a year, the definitions nearest to it are there, though the document has only the latest."""
    name = most_defined(large)
    document = edition.term(name)
    for year in {one["source"]["year"] for one in edition.definitions(name, 200).items}:
        senses = seen_from(edition.select, document, Asked(date=f"{year}-12-31"))
        assert year in {one["source"]["year"] for sense in senses for one in sense["definitions"]}


def test_sketches_have_every_definition(edition: Edition, large: Harvest) -> None:
    """Every definition of a term is sketched, in order; shown are those of its document."""
    name = most_defined(large)
    found = edition.found(name)
    assert found
    _, rows = orjson.loads(found.sketches)
    sketched = [Sketched._make(row) for row in rows]
    assert [one.year for one in sketched] == [one["source"]["year"] for one in edition.definitions(name, 1000).items]
    shown = [one["source"]["year"] for sense in edition.term(name)["senses"] for one in sense["definitions"]]
    assert [one.year for one in sketched if one.shown] == shown
    assert len(shown) < len(sketched)


def test_what_is_at_hand_of_much_defined_terms(edition: Edition) -> None:
    """From any place and day, what is at hand of a term is what all that is said of it amounts to."""
    names = [name for (name,) in edition.select("SELECT name FROM terms ORDER BY definers DESC, rank LIMIT 30", {})]
    assert agree_at_hand(edition, names) > 10 * len(names)


def test_what_is_whole_is_not_asked_again(edition: Edition) -> None:
    """The senses of a term whose document leaves nothing out are those of the document, without a SELECT."""
    rare = next(item["name"] for item in edition.terms().items if item["defined"] and item["reports"] < DEFINITIONS)
    document = edition.term(rare)

    def refuse(*_: object) -> list[tuple[object, ...]]:
        raise AssertionError("nothing is to be asked")

    assert seen_from(refuse, document, Asked(None, "320583", report="kunshan-2024")) is document["senses"]


def test_exports_have_everything(edition: Edition, large: Harvest) -> None:
    """A document made whole, as exports have it, has every definition, report and variant that was harvested."""
    for document in whole.documents(edition):
        (term,) = (term for term in large.terms if term.id == document["id"])
        texts = [(sense.id, [definition.text for definition in sense.definitions]) for sense in term.senses]
        assert [(sense["id"], [d["text"] for d in sense["definitions"]]) for sense in document["senses"]] == texts
        assert len(document["reports"]) == document["totals"]["reports"]
        assert {v["form"]: set(v["reports"]) for v in document["variants"]} == {
            form.form: set(form.reports) for form in term.variants
        }
        assert not any(part["more"] for part in (*document["senses"], *document["variants"]))


def test_every_rendering_is_shown(edition: Edition, large: Harvest, written: Callable[[Harvest], Edition]) -> None:
    """However many senses have renderings, the document shows them all, since nothing else has them."""
    term = max(large.terms, key=lambda term: len(term.senses))
    rendering = Equivalent("", "", "", "en", "word", "approved", "", "")
    (definition, *_) = term.senses[0].definitions
    senses = tuple(Sense(f"{term.id}-{n}", (definition,), (rendering,)) for n in range(1, 3 * SENSES))
    shown = written(replace(large, terms=(replace(term, senses=senses),), usages=())).term(term.name)["senses"]
    assert [sense["id"] for sense in shown] == [sense.id for sense in senses]


def test_reconciliation_has_everything(edition: Edition, large: Harvest) -> None:
    """Data extension gives all reports of a term that is used everywhere, and all definitions of the sense it has."""
    few = [term for term in large.terms if len(term.senses) <= 2]
    document = edition.term(most_defined(replace(large, terms=tuple(few))))
    ((reports, definitions),) = extended(
        edition,
        [document["id"]],
        [Fetched.of(name, {}, edition) for name in ("report", "definition")],
    ).values()
    assert len(reports) == document["totals"]["reports"]
    (term,) = (term for term in large.terms if term.id == document["id"])
    assert set(definitions) in [{definition.text for definition in sense.definitions} for sense in term.senses]
    assert len(definitions) > DEFINITIONS


def test_comparison_says_how_many_there_are(edition: Edition, large: Harvest) -> None:
    """A comparison has more than the document shows, and says how many definitions there are in all."""
    name = most_defined(large)
    found = compared(edition, name)
    assert found["total"] == edition.term(name)["totals"]["definitions"]
    assert len(found["definitions"]) == min(found["total"], MOST)
