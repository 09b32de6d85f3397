"""Every export, read by those it is made for: nothing here is read with our own eyes."""

from __future__ import annotations

import csv
import logging
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import deepl
import pytest
import rdflib
import skosify  # type: ignore[import-untyped]
from deepl.util import convert_tsv_to_dict
from rdflib.namespace import DCTERMS, RDF, SKOS
from translate.storage import csvl10n, tbx, tmx, xliff2

from glossary_api.exports.concepts import Concept, concepts
from glossary_api.store import whole
from glossary_api.store.edition import Edition

OMEGAT = Path("/usr/share/omegat/OmegaT.jar")
FINDER = Path(__file__).with_name("FindTerms.java")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")


def definitions(edition: Edition) -> Counter[tuple[str, str]]:
    """The name that every definition explains, which may be longer than the term's, and its text."""
    return Counter(
        (definition["head"] or term["name"], definition["text"])
        for term in whole.documents(edition)
        for sense in term["senses"]
        for definition in sense["definitions"]
    )


def renderings(edition: Edition) -> set[tuple[str, str]]:
    """What every rendering renders, which may be longer than the term's name, and its English."""
    return {
        (one["name"], one["rendering"])
        for term in whole.documents(edition)
        for rendered in (*term["senses"], term)
        for one in rendered["equivalents"]
        if one["language"] == "en"
    }


def first_renderings(edition: Edition) -> set[tuple[str, str]]:
    """What the first English rendering of every concept renders, and that: what has room for one string takes it."""
    first = ((one, next((e for e in one.equivalents if e["language"] == "en"), None)) for one in concepts_of(edition))
    return {(concept.source_of(one), one["rendering"]) for concept, one in first if one}


def concepts_of(edition: Edition) -> list[Concept]:
    """What the terms mean, one concept for each sense."""
    return [concept for term in whole.documents(edition) for concept in concepts(term)]


def names(edition: Edition) -> set[str]:
    """Every name that is rendered, or that nothing renders."""
    found = concepts_of(edition)
    rendered = {concept.source_of(one) for concept in found for one in concept.equivalents}
    return rendered | {concept.name for concept in found if not concept.equivalents}


def opened(store: Any, path: Path) -> Any:
    """A file as a class of stores of the Translate Toolkit reads it."""
    return store.parsefile(str(path))


# The Translate Toolkit, behind Weblate, Pootle and Virtaal


def test_the_translate_toolkit_reads_tbx_2(seed: Edition, files: dict[str, Path]) -> None:
    """It finds all names, all definitions and all renderings."""
    store = opened(tbx.tbxfile, files["tbx2"])
    store.setsourcelanguage("zh-CN")
    store.settargetlanguage("en")
    units = store.units
    longer = {name for name, _ in definitions(seed)}
    assert {unit.source for unit in units} <= {concept.name for concept in concepts_of(seed)} | longer
    found = Counter(note.text for unit in units for note in _definitions(unit))
    assert found == Counter(text for _, text in definitions(seed).elements())
    assert {term.text for unit in units for term in unit.get_target_terms()} == {text for _, text in renderings(seed)}


def _definitions(unit: Any) -> list[tbx.TBXNote]:
    return [note for note in unit.get_common_notes(source=True) if note.category == "definition"]


@pytest.mark.parametrize(("name", "dialect"), [("csv", None), ("tsv", "excel-tab"), ("weblate", None)])
def test_the_translate_toolkit_reads_tables(
    seed: Edition, files: dict[str, Path], name: str, dialect: str | None
) -> None:
    """It finds all names, definitions and renderings (Weblate's strings have one each); how CSV is written it sees."""
    store = csvl10n.csvfile()
    store.parse(files[name].read_bytes(), dialect=dialect)
    units = store.units
    wanted = first_renderings(seed) if name == "weblate" else renderings(seed)
    assert {unit.source for unit in units} == names(seed)
    comments: dict[str, str] = {}
    for unit in units:
        comments[unit.source] = comments.get(unit.source, "") + unit.getnotes("developer")
    assert [(name, text) for name, text in definitions(seed) if text not in comments[name]] == []
    assert {(unit.source, unit.target) for unit in units if unit.target} == wanted


def test_the_translate_toolkit_reads_csv_with_a_byte_order_mark(files: dict[str, Path], tmp_path: Path) -> None:
    """The mark that Excel wants is no part of the first column's name."""
    path = tmp_path / "marked.csv"
    path.write_bytes(b"\xef\xbb\xbf" + files["csv"].read_bytes())
    marked, plain = (opened(csvl10n.csvfile, file).units for file in (path, files["csv"]))
    assert [(unit.getid(), unit.source) for unit in marked] == [(unit.getid(), unit.source) for unit in plain]


def test_the_translate_toolkit_reads_tmx(seed: Edition, files: dict[str, Path]) -> None:
    """It finds all renderings."""
    store = opened(tmx.tmxfile, files["tmx"])
    store.setsourcelanguage("zh-CN")
    store.settargetlanguage("en")
    assert {(unit.source, unit.target) for unit in store.units} == renderings(seed)


def test_the_translate_toolkit_reads_xliff_2(seed: Edition, files: dict[str, Path]) -> None:
    """It finds all names with their renderings."""
    store = opened(xliff2.Xliff2File, files["xliff"])
    assert {unit.source for unit in store.units} == names(seed)
    assert {(unit.source, unit.target) for unit in store.units if unit.target} == first_renderings(seed)


# DeepL and Google


def test_deepl_accepts_the_glossary(seed: Edition, files: dict[str, Path]) -> None:
    """DeepL's own check, which its client makes before it sends a glossary, finds nothing wrong; all pairs are ours."""
    entries = convert_tsv_to_dict(files["deepl"].read_text("utf-8"))
    assert set(entries.items()) <= {(_bare(name), text) for name, text in renderings(seed)}
    assert len(entries) > 80
    assert deepl.util.convert_dict_to_tsv(entries) == files["deepl"].read_text("utf-8").rstrip("\n")


def test_google_gets_the_same_pairs_as_deepl(files: dict[str, Path]) -> None:
    """A unidirectional glossary: two columns, no header, each source once."""
    with files["google"].open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, strict=True))
    assert dict(rows) == convert_tsv_to_dict(files["deepl"].read_text("utf-8"))
    assert len(dict(rows)) == len(rows)


# SKOS


def test_skosify_has_nothing_to_complain_of(files: dict[str, Path], caplog: pytest.LogCaptureFixture) -> None:
    """It neither warns nor errs, and takes no label, concept or definition away."""
    before = rdflib.Graph().parse(files["skos-turtle"])
    with caplog.at_level(logging.WARNING):
        after = skosify.skosify(before)  # as a graph: of a path it leaves the file open
    assert [record.getMessage() for record in caplog.records] == []
    for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.definition, SKOS.inScheme):
        assert set(before.subject_objects(predicate)) <= set(after.subject_objects(predicate))


def test_every_definition_leads_to_where_it_stands(seed: Edition, files: dict[str, Path]) -> None:
    """The characters that an annotation selects in the report are those of the definition."""
    graph = rdflib.Graph().parse(files["skos-turtle"])
    found: Counter[tuple[str, str]] = Counter()
    for annotation in graph.subjects(RDF.type, OA.Annotation):
        concept, target = graph.value(annotation, OA.hasBody), graph.value(annotation, OA.hasTarget)
        report = graph.value(graph.value(target, OA.hasSource), DCTERMS.identifier)
        selectors = {graph.value(one, RDF.type): one for one in graph.objects(target, OA.hasSelector)}
        start, end = (int(str(graph.value(selectors[OA.TextPositionSelector], edge))) for edge in (OA.start, OA.end))
        printed = seed.report_text(str(report))[start:end]
        quoted = str(graph.value(selectors[OA.TextQuoteSelector], OA.exact))
        assert "".join(quoted.split()) == "".join(printed.split())
        assert rdflib.Literal(quoted, lang="zh-CN") in set(graph.objects(concept, SKOS.definition))
        (name,) = (
            label for label in graph.objects(concept, SKOS.prefLabel) if getattr(label, "language", "") == "zh-CN"
        )
        found[str(name), quoted] += 1
    assert found == definitions(seed)


# OmegaT


@pytest.fixture(scope="session")
def omegat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with our finder, compiled against OmegaT."""
    if not OMEGAT.exists() or not shutil.which("javac"):
        pytest.skip("OmegaT and a JDK are missing: apt-get install omegat default-jdk-headless")
    folder = tmp_path_factory.mktemp("omegat")
    command = ["javac", "-encoding", "UTF-8", "-cp", str(OMEGAT), "-d", str(folder), str(FINDER)]
    compiled = subprocess.run(command, capture_output=True, text=True, check=False)
    assert compiled.returncode == 0, compiled.stderr
    return folder


def found_by_omegat(folder: Path, glossary: Path, lines: Sequence[str]) -> list[set[tuple[str, str, str]]]:
    """What OmegaT shows a translator beside each line: source, rendering, comment."""
    java = ["java", "-Djava.awt.headless=true", f"-Duser.home={folder}", "-cp", f"{folder}:{OMEGAT}"]
    ran = subprocess.run(
        [*java, "org.omegat.gui.glossary.FindTerms", str(glossary)],
        input="\n".join(lines),
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found = [line.split("\x1e") if line else [] for line in ran.stdout.split("\n")[:-1]]
    assert len(found) == len(lines)
    return [set(map(_fields, entries)) for entries in found]


def _fields(entry: str) -> tuple[str, str, str]:
    source, rendering, comment = entry.split("\x1f")
    return source, rendering, comment


def paragraphs(edition: Edition) -> Iterator[tuple[str, set[str]]]:
    """Each paragraph of a report with the renderings of the terms that are used in it."""
    rendered: dict[str, set[str]] = {}
    for name, rendering in renderings(edition):
        rendered.setdefault(name, set()).add(rendering)
    for report in edition.title_blocks:
        text = edition.report_text(report)
        used = [(at, rendered[use_name]) for use_name, at in _uses(edition, report) if use_name in rendered]
        start = 0
        for paragraph in text.splitlines(keepends=True):
            end = start + len(paragraph)
            yield paragraph.strip(), {one for at, wanted in used if start <= at < end for one in wanted}
            start = end


def _uses(edition: Edition, report: str) -> Iterator[tuple[str, int]]:
    for term in edition.report_terms(report)["used"]:
        cursor = None
        while True:
            page = edition.usages(term["name"], report, 200, cursor)
            yield from ((term["name"], item["start"]) for item in page.items)
            cursor = page.next
            if cursor is None:
                break


@pytest.mark.parametrize("name", ["omegat", "tbx2"])
def test_omegat_finds_every_term_in_running_text(
    omegat: Path, seed: Edition, files: dict[str, Path], name: str
) -> None:
    """Beside every paragraph of the seed, OmegaT shows the renderings of every term that is used in it."""
    wanted = [(text, expected) for text, expected in paragraphs(seed) if expected]
    assert len(wanted) > 100
    shown = found_by_omegat(omegat, files[name], [text for text, _ in wanted])
    missed = {
        (rendering, text[:60])
        for (text, expected), entries in zip(wanted, shown, strict=True)
        for rendering in expected - {rendering for _, rendering, _ in entries}
    }
    assert missed == set()


@pytest.mark.parametrize("name", ["omegat", "tbx2"])
def test_omegat_finds_terms_unquoted_and_with_digits(
    omegat: Path, seed: Edition, files: dict[str, Path], name: str
) -> None:
    """A name stands in the text without the quotation marks that the reports give it, digits and all."""
    quoted = [(name, rendering) for name, rendering in sorted(renderings(seed)) if set(name) & set("“”‘’0123456789")]
    assert len(quoted) > 5
    lines = [f"今年，我们将大力推进{_bare(name)}建设，切实增进民生福祉。" for name, _ in quoted]
    shown = found_by_omegat(omegat, files[name], lines)
    missed = [pair for pair, entries in zip(quoted, shown, strict=True) if pair[1] not in {one[1] for one in entries}]
    assert missed == []


def test_omegat_shows_the_definition(omegat: Path, seed: Edition, files: dict[str, Path]) -> None:
    """Definition and place stand in the comment beside the rendering."""
    (entries,) = found_by_omegat(omegat, files["omegat"], ["牢牢守住六个不发生底线。"])
    definition = seed.term("六个不发生")["senses"][0]["definitions"][0]
    (comment,) = (comment for source, _, comment in entries if source == "六个不发生")
    assert definition["text"] in comment
    assert f"（{definition['source']['place']} {definition['source']['year']}）" in comment


def _bare(name: str) -> str:
    return "".join(character for character in name if character not in "“”‘’")
