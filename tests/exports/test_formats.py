"""Every text format, held to what all formats promise."""

from __future__ import annotations

import csv
import importlib
import io
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
import rdflib
from lxml import etree  # type: ignore[import-untyped]
from rdflib.namespace import SKOS

from glossary_api.errors import BadParameter
from glossary_api.exports.formats import BOM, FORMATS, NoSuchFormat, format_named
from glossary_api.exports.header import Header
from glossary_api.queries.export import exported
from glossary_api.store import whole
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters
from glossary_api.text.folding import fold_name
from tests.exports.contract import (
    Contract,
    Document,
    Entry,
    exported_from,
    in_xml,
    meanings,
    on_one_line,
    without_quotes,
)

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def xml(data: bytes) -> Any:
    """The root of an XML document."""
    return etree.fromstring(data, etree.XMLParser(load_dtd=False, no_network=True))


class TermbaseContract(Contract):
    """TBX: entries with language sections with terms."""

    translates = True
    entry: ClassVar[str]
    section: ClassVar[str]
    term: ClassVar[str]
    definition: ClassVar[str]

    def kept(self, text: str) -> str:
        """What XML can hold."""
        return in_xml(text)

    def read(self, data: bytes) -> list[Entry]:
        """The first Chinese term of each entry, all terms of other languages, all definitions."""
        return [self._entry(found) for found in xml(data).iter(self.entry)]

    def _entry(self, found: Any) -> Entry:
        sections = list(found.iter(self.section))
        assert sections[0].get(LANG) == "zh-CN"
        name, *_ = [term.text for term in sections[0].iter(self.term)]
        renderings = tuple(term.text for section in sections[1:] for term in section.iter(self.term))
        return Entry(name, renderings, tuple(text.text for text in found.iterfind(self.definition)))


_TBX3 = "{urn:iso:std:iso:30042:ed-2}"


class TestTbx(TermbaseContract):
    name = "tbx"
    entry, section, term = f"{_TBX3}conceptEntry", f"{_TBX3}langSec", f"{_TBX3}term"
    definition = ".//{http://www.tbxinfo.net/ns/basic}definition"


class TestTbxDca(TermbaseContract):
    name = "tbx-dca"
    entry, section, term = f"{_TBX3}conceptEntry", f"{_TBX3}langSec", f"{_TBX3}term"
    definition = f".//{_TBX3}descrip[@type='definition']"


class TestTbx2(TermbaseContract):
    name = "tbx2"
    entry, section, term = "termEntry", "langSet", "term"
    definition = ".//descrip[@type='definition']"

    def test_forms_with_quotation_marks_are_there_without_them(self, editions: dict[str, Edition]) -> None:
        """Consumers that look a form up in running text find it though it is written with quotation marks."""
        terms = [term.text for term in xml(exported_from(editions["rendered"], self.name)).iter("term")]
        assert {"“135”工作体系", "135工作体系"} <= set(terms)


class LinkedContract(Contract):
    """SKOS: what rdflib makes of it."""

    translates = True
    syntax: ClassVar[str]

    def read(self, data: bytes) -> list[Entry]:
        """Preferred Chinese label, labels of other languages, definitions."""
        graph = rdflib.Graph().parse(data=data, format=self.syntax)
        return [self._entry(graph, concept) for concept in graph.subjects(rdflib.RDF.type, SKOS.Concept)]

    def _entry(self, graph: rdflib.Graph, concept: rdflib.term.Node) -> Entry:
        labels = [*graph.objects(concept, SKOS.prefLabel), *graph.objects(concept, SKOS.altLabel)]
        (name,) = [str(label) for label in graph.objects(concept, SKOS.prefLabel) if _language(label) == "zh-cn"]
        renderings = [str(label) for label in labels if _language(label) != "zh-cn"]
        definitions = [str(text) for text in graph.objects(concept, SKOS.definition)]
        return Entry(name, tuple(sorted(renderings)), tuple(sorted(definitions)))

    def promised(self, documents: Iterable[Document], language: str = "") -> list[Entry]:
        """The same, in no order: a graph has none."""
        return [
            Entry(name, tuple(sorted(renderings)), tuple(sorted(definitions)))
            for name, renderings, definitions in super().promised(documents, language)
        ]


def _language(label: rdflib.term.Node) -> str:
    assert isinstance(label, rdflib.Literal)
    return (label.language or "").lower()


class TestSkosTurtle(LinkedContract):
    name, syntax = "skos-turtle", "turtle"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own, in its reader
class TestSkosJsonld(LinkedContract):
    name, syntax = "skos-jsonld", "json-ld"

    @pytest.mark.parametrize("which", ["rendered", "awkward", "empty"])
    def test_both_syntaxes_say_the_same(self, editions: dict[str, Edition], which: str) -> None:
        """Turtle and JSON-LD hold the same triples."""
        graphs = [
            set(rdflib.Graph().parse(data=exported_from(editions[which], name), format=syntax))
            for name, syntax in (("skos-turtle", "turtle"), ("skos-jsonld", "json-ld"))
        ]
        assert graphs[0] == graphs[1]


class TestDmlex(Contract):
    name = "dmlex"

    def read(self, data: bytes) -> list[Entry]:
        """Entries with senses."""
        return [
            Entry(
                entry["headword"],
                tuple(one["text"] for one in sense["headwordTranslations"]),
                tuple(one["text"] for one in sense["definitions"]),
            )
            for entry in json.loads(data)["entries"]
            for sense in entry["senses"]
        ]


class TableContract(Contract):
    """Rows with a header: those of one id are one entry."""

    delimiter = ","
    says_edition = False

    def read(self, data: bytes) -> list[Entry]:
        """Rows of one id together."""
        found: dict[str, Entry] = {}
        for cells in csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=self.delimiter, strict=True):
            row = {name: re.sub(r"^'(?=[=+@\t\n-])", "", cell) for name, cell in cells.items()}
            definitions = tuple(filter(None, row["developer_comments"].split(" | ")))
            entry = found.setdefault(row["id"], Entry(row["source"], (), definitions))
            renderings = (row["target"],) if row["target"] else ()
            found[row["id"]] = entry._replace(renderings=entry.renderings + renderings)
        return list(found.values())

    @pytest.mark.parametrize("which", ["rendered", "awkward"])
    def test_a_byte_order_mark_is_written_on_request(self, editions: dict[str, Edition], which: str) -> None:
        """With it, the file is the same behind it."""
        plain = exported_from(editions[which], self.name)
        assert exported_from(editions[which], self.name, bom=True) == BOM + plain
        assert not plain.startswith(BOM)


class TestCsv(TableContract):
    name = "csv"


class TestTsv(TableContract):
    name, delimiter = "tsv", "\t"

    def kept(self, text: str) -> str:
        """What one line can hold."""
        return on_one_line(text)

    def test_every_row_is_one_line(self, editions: dict[str, Edition]) -> None:
        """Line breaks and tabs within fields are spaces."""
        lines = exported_from(editions["awkward"], self.name).decode().splitlines()
        assert len(lines) == 1 + editions["awkward"].counts["terms"]
        assert {line.count("\t") for line in lines} == {lines[0].count("\t")}


class TestOmegat(Contract):
    name, language = "omegat", "en"

    def kept(self, text: str) -> str:
        """What one line can hold."""
        return on_one_line(text)

    def read(self, data: bytes) -> list[Entry]:
        """Lines that are no remarks, as OmegaT splits them."""
        lines = [line.split("\t") for line in data.decode().split("\n")[:-1]]
        assert all(len(line) == 3 for line in lines if not line[0].startswith("#"))
        return [Entry(line[0], (line[1],), ()) for line in lines if not line[0].startswith("#")]

    def promised(self, documents: Iterable[Document], language: str = "") -> list[Entry]:
        """Each form with and without quotation marks; each spelling of the name with each rendering, others without."""
        found = []
        for term, equivalents, definitions in meanings(documents):
            rendered = [one["rendering"] for one in equivalents if one["language"] == (language or "en")]
            forms = dict.fromkeys([term["name"], *(variant["form"] for variant in term["variants"])])
            written = {kept(form) for form in forms for kept in (without_quotes, on_one_line)}
            for form in (form for form in written if (rendered or definitions) and not form.startswith("#")):
                alike = fold_name(form) == fold_name(term["name"])
                renderings = (rendered if alike else []) or [""]
                found += [Entry(form, (on_one_line(rendering),), ()) for rendering in renderings]
        return found

    def test_a_form_that_would_be_a_remark_stands_in_one(self, editions: dict[str, Edition]) -> None:
        """What OmegaT would not see is there for people to see."""
        assert "# #七个注释\t" in exported_from(editions["awkward"], self.name).decode()

    def test_the_comment_has_definition_status_and_note(self, editions: dict[str, Edition]) -> None:
        """A translator sees why it is rendered so."""
        text = exported_from(editions["rendered"], self.name).decode()
        (line,) = [line for line in text.splitlines() if line.startswith("六个不发生\tSix No's")]
        assert "（云溪市 2024）" in line
        defined = "definition: Nothing of six kinds; for example, no accident: none. | definition_status: machine"
        assert line.endswith(f"approved | {defined} | Literal; “zero-incident commitments” explains it.")


class PairContract(Contract):
    """Two columns: each source once, only what has a rendering."""

    language = "en"
    says_edition = False
    many = 20_000

    def promised(self, documents: Iterable[Document], language: str = "") -> list[Entry]:
        """Spellings of the name without quotation marks; nothing of a name of two senses."""
        found: dict[str, Entry] = {}
        for term, equivalents, _ in meanings(documents):
            rendered = [one["rendering"] for one in equivalents if one["language"] == (language or "en")]
            decided = rendered and len(term["senses"]) < 2
            for form in [term["name"], *(variant["form"] for variant in term["variants"])] if decided else ():
                if fold_name(form) != fold_name(term["name"]):
                    continue
                source = without_quotes(form)
                found.setdefault(source, Entry(source, (on_one_line(rendered[0]),), ()))
        return list(found.values())

    def test_no_source_is_there_twice(self, editions: dict[str, Edition]) -> None:
        """Sources are unique, also when variants differ in nothing but their quotation marks."""
        for edition in editions.values():
            sources = [entry.name for entry in self.read(exported_from(edition, self.name))]
            assert len(sources) == len(set(sources))

    @pytest.mark.parametrize(
        ("filters", "rendering"),
        [
            (TermFilters(place="石桥"), "135 Drive"),
            (TermFilters(place="990100"), "135 Work System"),
            (TermFilters(report="yunxi-2024"), "135 Work System"),
            (TermFilters(year=2025), "135 Drive"),
        ],
    )
    def test_a_filter_decides_between_senses(
        self, editions: dict[str, Edition], filters: TermFilters, rendering: str
    ) -> None:
        """Where the terms of one place are wanted, its sense has the plain name."""
        read = self.read(exported_from(editions["rendered"], self.name, filters=filters))
        assert [entry.renderings for entry in read if entry.name == "135工作体系"] == [(rendering,)]


class TestDeepl(PairContract):
    name = "deepl"

    def read(self, data: bytes) -> list[Entry]:
        """Lines of two fields."""
        pairs = [line.split("\t") for line in data.decode().split("\n")[:-1]]
        return [Entry(source, (target,), ()) for source, target in pairs]

    def test_what_is_too_long_for_it_is_left_out(self, editions: dict[str, Edition]) -> None:
        """DeepL takes at most 1024 bytes on a side."""
        (document,) = (d for d in whole.documents(editions["rendered"]) if d["name"] == "十四五")
        equivalents = [one | {"name": "长" * 342} for one in document["equivalents"]]
        longer = document | {"id": "t1", "name": "长" * 342, "variants": [], "equivalents": equivalents}
        written = b"".join(FORMATS[self.name].write(Header("0", "0"), [document, longer]))
        assert self.read(written) == [Entry("十四五", ("14th Five-Year Plan",), ())]


class TestGoogle(PairContract):
    name = "google"

    def read(self, data: bytes) -> list[Entry]:
        """Rows of two fields, without a header."""
        pairs = csv.reader(io.StringIO(data.decode(), newline=""), strict=True)
        return [Entry(source, (target,), ()) for source, target in pairs]


class TestImmersive(PairContract):
    name = "immersive"

    def read(self, data: bytes) -> list[Entry]:
        """Rows of three fields, the names of the columns first."""
        rows = csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True)
        assert rows.fieldnames == ["source", "target", "tgt_lng"]
        return [Entry(row["source"], (row["target"],), ()) for row in rows]


class TestRime(Contract):
    name = "rime"
    streamed = False
    """The names that this is asked with have digits, which Rime leaves out."""

    def read(self, data: bytes) -> list[Entry]:
        """Lines of name and code, if there is one, behind the header, which ends with three dots."""
        _, _, body = data.decode().partition("\n...\n")
        lines = [line.split("\t") for line in body.splitlines() if line]
        assert all(len(code.split()) == len(name) for name, *codes in lines for code in codes)
        return [Entry(name, (), ()) for name, *_ in lines]

    def promised(self, documents: Iterable[Document], language: str = "") -> list[Entry]:
        """The names of Han characters alone, once each."""
        names = dict.fromkeys(without_quotes(term["name"]) for term in documents)
        return [Entry(name, (), ()) for name in names if re.fullmatch(r"[\u3400-\u9fff]+", name)]

    @pytest.mark.parametrize("which", ["rendered", "awkward"])
    def test_the_same_terms_are_read_again(self, editions: dict[str, Edition], which: str) -> None:
        """Every name that can be typed is there; of awkward ones, which all have other signs, none is."""
        promised = self.promised(whole.documents(editions[which]))
        assert bool(promised) is (which == "rendered")
        assert sorted(self.read(exported_from(editions[which], self.name))) == sorted(promised)


class TestWeblate(Contract):
    name, language = "weblate", "en"
    says_edition = False

    def kept(self, text: str) -> str:
        """What one line can hold."""
        return on_one_line(text)

    def read(self, data: bytes) -> list[Entry]:
        """One row for each sense, further renderings in the translator's comment."""
        rows = csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True)
        shown = [{name: re.sub(r"^'([=+@-].*)'$", r"\1", cell) for name, cell in row.items()} for row in rows]
        return [Entry(row["source"], self._renderings(row), self._definitions(row)) for row in shown]

    def _renderings(self, row: dict[str, str]) -> tuple[str, ...]:
        more = re.findall(r"(?:^|\| )([^|]+) \((?:proposed|approved|official)\)", row["translator_comments"])
        return (row["target"], *more) if row["target"] else ()

    def _definitions(self, row: dict[str, str]) -> tuple[str, ...]:
        return tuple(re.findall(r"(?:^|\| )((?:(?! \| ).)+)（\S+ \d{4}）", row["developer_comments"]))

    def test_a_proposed_rendering_needs_editing(self, editions: dict[str, Edition]) -> None:
        """What nobody has approved yet is fuzzy."""
        text = exported_from(editions["rendered"], self.name).decode()
        fuzzy = {row["target"]: row["fuzzy"] for row in csv.DictReader(io.StringIO(text)) if row["target"]}
        assert fuzzy["Six No's"] == "False"
        assert fuzzy["135 Drive"] == "True"


class TestTmx(Contract):
    name = "tmx"

    def kept(self, text: str) -> str:
        """What XML can hold."""
        return in_xml(text)

    def read(self, data: bytes) -> list[Entry]:
        """Two languages in each unit, definitions in notes with their sources behind them."""
        return [self._entry(unit) for unit in xml(data).iter("tu")]

    def _entry(self, unit: Any) -> Entry:
        name, rendering = [segment.text for segment in unit.iter("seg")]
        notes = [note.text.rpartition(" (")[0] for note in unit.iter("note")]
        return Entry(name, (rendering,), tuple(notes))

    def promised(self, documents: Iterable[Document], language: str = "") -> list[Entry]:
        """A unit for each rendering."""
        found = super().promised(documents, language)
        return [entry._replace(renderings=(one,)) for entry in found for one in entry.renderings]

    @pytest.mark.parametrize("which", ["rendered", "awkward", "empty"])
    def test_elements_stand_in_the_order_of_the_standard(self, editions: dict[str, Edition], which: str) -> None:
        """As the document type of TMX 1.4b has them; a header has all that it must have."""
        root = xml(exported_from(editions[which], self.name))
        required = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"}
        assert required <= set(root.find("header").keys())
        assert children(root) == "header body "
        assert all(re.fullmatch("((note|prop) )*(tuv )+", children(unit)) for unit in root.iter("tu"))
        assert all(children(variant) == "seg " for variant in root.iter("tuv"))


def children(element: Any) -> str:
    """Names of the children of an element, without namespaces, each with a space behind it."""
    return "".join(f"{etree.QName(child).localname} " for child in element)


class TestXliff(Contract):
    name, language = "xliff", "en"

    def kept(self, text: str) -> str:
        """What XML can hold."""
        return in_xml(text)

    def read(self, data: bytes) -> list[Entry]:
        """Source of the segment, translations and definitions of the glossary."""
        core, gls = "{urn:oasis:names:tc:xliff:document:2.0}", "{urn:oasis:names:tc:xliff:glossary:2.0}"
        return [
            Entry(
                unit.findtext(f"{core}segment/{core}source"),
                tuple(one.text for one in unit.iter(f"{gls}translation")),
                tuple(one.text for one in unit.iter(f"{gls}definition")),
            )
            for unit in xml(data).iter(f"{core}unit")
        ]

    @pytest.mark.parametrize("which", ["rendered", "awkward", "empty"])
    def test_elements_stand_in_the_order_of_the_standard(self, editions: dict[str, Edition], which: str) -> None:
        """As the schemas of the core and of the glossary module have them; ids are name tokens, each there once."""
        orders = {
            "xliff": "(file )+",
            "file": "(notes )?((unit|group) )+",
            "group": "(notes )?((unit|group) )*",
            "unit": "(glossary )?(notes )?(segment )+",
            "notes": "(note )+",
            "segment": "source (target )?",
            "glossary": "(glossEntry )+",
            "glossEntry": "term ((translation )+(definition )?|definition )",
        }
        elements = list(xml(exported_from(editions[which], self.name)).iter())
        for element in elements:
            assert re.fullmatch(orders.get(etree.QName(element).localname, ""), children(element)), element.tag
        ids = [element.get("id") for element in elements if element.get("id")]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch("[A-Za-z0-9._-]+", one) for one in ids)


class TestJsonl(Contract):
    name = "jsonl"
    says_edition = False

    def read(self, data: bytes) -> list[Entry]:
        """A term document on each line."""
        documents = [json.loads(line) for line in data.decode().split("\n")[:-1]]
        return Contract.promised(self, documents)

    def test_it_is_what_the_edition_holds(self, editions: dict[str, Edition]) -> None:
        """Nothing of a term document is left out."""
        for line in exported_from(editions["rendered"], self.name).split(b"\n")[:-1]:
            document = json.loads(line)
            assert document.items() >= json.loads(editions["rendered"].term_document(document["name"])).items()

    def test_it_says_whose_explanation_comes_first(self, editions: dict[str, Edition]) -> None:
        """What is said of a term first, and whose it is, are those of its line in lists."""
        listed = {item["id"]: (item["definition"], item["of"]) for item in editions["rendered"].terms(limit=500).items}
        documents = map(json.loads, exported_from(editions["rendered"], self.name).split(b"\n")[:-1])
        assert {one["id"]: (one["definition"], one["of"]) for one in documents} == listed


class TestSqlite:
    """The edition itself is no format of terms, and has its own promises."""

    def test_it_is_the_file_of_the_edition(self, editions: dict[str, Edition], paths: dict[str, Path]) -> None:
        """Byte for byte."""
        assert exported_from(editions["rendered"], "sqlite") == paths["rendered"].read_bytes()

    @pytest.mark.parametrize("options", [{"filters": TermFilters(kind="plan")}, {"language": "en"}])
    def test_nothing_can_be_chosen_of_it(self, editions: dict[str, Edition], options: dict[str, Any]) -> None:
        """A part of an edition would be another one."""
        with pytest.raises(BadParameter, match="the whole edition"):
            exported(editions["rendered"], FORMATS["sqlite"], **options)


def test_every_format_is_held_to_its_promises() -> None:
    """No format has come without its tests."""
    for path in Path(__file__).parent.glob("test_*.py"):
        importlib.import_module(f"tests.exports.{path.stem}")
    tested = {test.name for test in _below(Contract) if test.__name__.startswith("Test")}
    whole = {name for name, format_ in FORMATS.items() if format_.whole}  # `test_data.py` opens those besides sqlite
    assert tested | whole | {"xlsx", "xlsx-languages"} == set(FORMATS)  # workbooks: `test_workbooks.py`


def _below(contract: type[Contract]) -> Iterator[type[Contract]]:
    for child in contract.__subclasses__():
        yield child
        yield from _below(child)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_has_a_manual(name: str) -> None:
    """What a format holds and what it leaves out is said in a paragraph."""
    manual = FORMATS[name].manual
    assert "left out" in manual or "are not" in manual or "hold them" in manual
    assert "\n" not in manual


def test_an_unknown_format_is_answered_with_those_there_are() -> None:
    """The most similar first, then all."""
    with pytest.raises(NoSuchFormat, match="there is no format 'tbx3'; use one of tbx") as caught:
        format_named("tbx3")
    assert set(caught.value.nearest) == set(FORMATS)


def test_a_byte_order_mark_is_refused_where_it_does_harm(editions: dict[str, Edition]) -> None:
    """Only what spreadsheets open can have one."""
    with pytest.raises(BadParameter, match="no byte order mark"):
        exported(editions["rendered"], FORMATS["tbx"], bom=True)


@pytest.mark.parametrize("language", ["English", "en_US", "e", "<en>"])
def test_what_is_no_language_code_is_refused(editions: dict[str, Edition], language: str) -> None:
    """A name of a language, or anything else, is no code."""
    with pytest.raises(BadParameter, match="is not a language code"):
        exported(editions["rendered"], FORMATS["tbx"], language=language)
