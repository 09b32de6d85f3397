"""TBX 3 against the published rules of its dialect, TBX-Basic.

The RELAX NG schemas are used as they are. The Schematron rules speak XPath 2, which lxml does not: each published
assertion is read from its file and restated in XPath 1, by pattern where the grammar allows it and else by the table
RESTATED, so that a rule that is added, changed or not understood makes the tests fail.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lxml import etree  # type: ignore[import-untyped]

from glossary_api.exports.formats import FORMATS
from glossary_api.exports.header import Header
from glossary_api.store.edition import Edition

Document = Any
"""A parsed document; lxml has no types."""
HEADER = Header("0123456789abcdef", "1.0")
SCHEMAS = Path(os.environ.get("GLOSSARY_SCHEMAS", "/nonexistent")) / "tbx"
pytestmark = pytest.mark.skipif(
    not SCHEMAS.is_dir(),
    reason="GLOSSARY_SCHEMAS names no folder with the TBX schemas of LTAC Global in tbx/ (github.com/LTAC-Global)",
)
NAMESPACES = {
    "tbx": "urn:iso:std:iso:30042:ed-2",
    "basic": "http://www.tbxinfo.net/ns/basic",
    "min": "http://www.tbxinfo.net/ns/min",
}
RULES = {"tbx": ("TBX-Basic_DCT.sch", "Basic.sch", "Min.sch"), "tbx-dca": ("TBX-Basic_DCA.sch",)}
"""The Schematron files that a document of each format is held to."""
RESTATED = {
    "matches(@target,'https?://.+') or @target = //*/@id": (
        "starts-with(@target, 'https://') or starts-with(@target, 'http://') or @target = //@id"
    ),
    # matches(., '|.') is true of every text
    "not(matches(.,'|.')) or .. is root() or ancestor::tbx:back or ancestor::tbx:tbxHeader": (
        "not(parent::*) or ancestor::tbx:back or ancestor::tbx:tbxHeader"
    ),
}


class Rule(NamedTuple):
    """A published assertion: where it stands, which nodes it is about, what has to hold of them."""

    file: str
    pattern: str
    context: str
    test: str

    def broken_by(self, document: Document) -> list[str]:
        """The nodes that break it."""
        element, _, attribute = self.context.partition("/@")
        test = RESTATED.get(self.test) or _in_xpath_1(self.test)
        if attribute:
            element, test = f"{element}[@{attribute}]", test.replace(".=", f"@{attribute}=")
        nodes = [node for part in element.split("|") for node in _selected(document, f"//{part.strip()}")]
        return [f"{node.tag} {node.text}" for node in nodes if not _selected(node, f"boolean({test})")]


def _in_xpath_1(test: str) -> str:
    """An assertion whose only novelties are steps in brackets, `a/(b or c)`, and functions as steps."""
    test = test.replace("./local-name()", "local-name()").replace("attribute::", "@")
    before = ""
    while before != test:
        before, test = test, re.sub(r"/\(((?:[^()]|\([^()]*\))*)\)", r"[\1]", test)
    return test


def _selected(node: Any, path: str) -> Any:
    return node.xpath(path, namespaces=NAMESPACES)


def published(file: str) -> Iterator[Rule]:
    """The assertions of a Schematron file."""
    schema = etree.parse(SCHEMAS / file)
    prefix = "{http://purl.oclc.org/dsdl/schematron}"
    for pattern in schema.iter(f"{prefix}pattern"):
        for rule in pattern.iter(f"{prefix}rule"):
            for assertion in rule.iter(f"{prefix}assert"):
                yield Rule(file, pattern.get("id"), rule.get("context"), " ".join(assertion.get("test").split()))


def _parameters() -> list[Any]:
    """A parameter for each assertion, with the name of its rule as its id."""
    if not SCHEMAS.is_dir():
        return []
    rules = [(name, rule) for name, files in RULES.items() for file in files for rule in published(file)]
    return [pytest.param(*pair, id=f"{pair[1].file}-{pair[1].pattern}-{pair[1].context}") for pair in rules]


@pytest.fixture(scope="session")
def documents(files: dict[str, Path]) -> dict[str, Document]:
    """The seed in both styles, parsed."""
    return {name: etree.parse(files[name]) for name in RULES}


def relax_ng(file: str) -> Any:
    """A RELAX NG schema."""
    return etree.RelaxNG(etree.parse(SCHEMAS / file))


@pytest.mark.parametrize("name", RULES)
def test_the_core_structure_is_valid(documents: dict[str, Document], name: str) -> None:
    """The document is one of the core structure of TBX 3."""
    relax_ng("TBXcoreStructV03.rng").assertValid(documents[name])


@pytest.mark.parametrize("name", RULES)
def test_an_empty_document_is_valid(name: str) -> None:
    """So is one without entries."""
    data = b"".join(FORMATS[name].write(HEADER, []))
    relax_ng("TBXcoreStructV03.rng").assertValid(etree.fromstring(data))


@pytest.mark.parametrize(("prefix", "file"), [("basic", "Basic.rng"), ("min", "Min.rng")])
def test_every_element_of_a_module_is_valid(documents: dict[str, Document], prefix: str, file: str) -> None:
    """What is in the namespace of a module is one of its elements, with what it may hold (as the NVDL file has it)."""
    schema = relax_ng(file)
    elements = _selected(documents["tbx"], f"//{prefix}:*")
    assert elements
    # A reference within the document is none any more in a copy of one element; Schematron looks after references.
    wrong = [etree.tostring(one) for one in elements if not one.get("target") and not schema.validate(_alone(one))]
    assert wrong == []


def _alone(element: Any) -> Any:
    return etree.fromstring(etree.tostring(element, with_tail=False))


@pytest.mark.parametrize(("name", "rule"), _parameters())
def test_no_rule_is_broken(documents: dict[str, Document], name: str, rule: Rule) -> None:
    """What the published rule asserts holds of every node of the document that it is about."""
    assert rule.broken_by(documents[name]) == []


BREAKING = {
    "tbx": [
        ("module.basic.descrip", ".//basic:definition", "tbx:conceptEntry/tbx:langSec/tbx:termSec"),
        ("module.basic.admin", ".//basic:source", "tbx:conceptEntry/tbx:langSec/tbx:termSec/tbx:term"),
        ("module.basic.termNote", ".//basic:termType", "tbx:conceptEntry/tbx:langSec"),
        ("module.min.termNote", ".//min:administrativeStatus", "tbx:conceptEntry"),
        # The published rule asks for the parent of an element called Grp, which every parent passes for.
        ("module.basic.ref", ".//basic:crossReference", "tbx:fileDesc/tbx:sourceDesc"),
    ],
    "tbx-dca": [
        ("module.basic.descrip", ".//tbx:descrip", "tbx:conceptEntry/tbx:langSec/tbx:termSec"),
        ("module.basic.admin", ".//tbx:admin", "tbx:conceptEntry/tbx:langSec/tbx:termSec/tbx:term"),
        ("coreEnforcement", ".//tbx:termNote", "tbx:conceptEntry"),
        ("module.basic.ref", ".//tbx:ref", "tbx:conceptEntry/tbx:langSec"),
    ],
}
"""Rules, what breaks each of them, and where it does so."""


@pytest.mark.parametrize(
    ("name", "rule", "what", "where"), [(n, *case) for n, cases in BREAKING.items() for case in cases]
)
def test_a_misplaced_element_breaks_its_rule(
    files: dict[str, Path], name: str, rule: str, what: str, where: str
) -> None:
    """The restated rules see what the published ones are there for."""
    document = etree.parse(files[name])
    element = document.find(what, NAMESPACES)
    place = document.find(f".//{where}", NAMESPACES)
    place.append(element)
    assert rule in _broken(name, document)


@pytest.mark.parametrize(
    ("name", "rule", "what", "attribute", "value"),
    [
        ("tbx", "coreEnforecement", ".//basic:crossReference", "target", "nowhere"),
        ("tbx", "dialectEnforcement", ".", "style", "dca"),
        ("tbx", "dialectEnforcement", ".//tbx:note", "type", "kind"),
        ("tbx-dca", "coreEnforcement", ".//tbx:ref", "target", "nowhere"),
        ("tbx-dca", "dialectEnforcement", ".//tbx:descrip", "type", "explanation"),
        ("tbx-dca", "dialectEnforcement", ".", "type", "TBX-Min"),
    ],
)
def test_a_wrong_attribute_breaks_its_rule(
    files: dict[str, Path], name: str, rule: str, what: str, attribute: str, value: str
) -> None:
    """So they do with attributes."""
    document = etree.parse(files[name])
    document.getroot().find(what, NAMESPACES).set(attribute, value)
    assert rule in _broken(name, document)


@pytest.mark.parametrize(
    ("name", "rule", "what"),
    [
        ("tbx-dca", "module.min.termNote", ".//tbx:termNote[@type='administrativeStatus']"),
        ("tbx-dca", "module.basic.termNote", ".//tbx:termNote[@type='termType']"),
    ],
)
def test_a_wrong_value_breaks_its_rule(files: dict[str, Path], name: str, rule: str, what: str) -> None:
    """And with values."""
    document = etree.parse(files[name])
    document.find(what, NAMESPACES).text = "whatever"
    assert rule in _broken(name, document)


def _broken(name: str, document: Document) -> set[str]:
    return {rule.pattern for file in RULES[name] for rule in published(file) if rule.broken_by(document)}


@pytest.mark.parametrize("text", ["<一>&“二”]]>", "三\t\r\n四", "𠮷六", "七\x0b\x00\ufffe", ""])
@pytest.mark.parametrize("name", RULES)
def test_awkward_texts_are_valid(seed: Edition, name: str, text: str) -> None:
    """Characters that XML forbids, or takes for its own, make no document invalid."""
    term = seed.term("六个不发生")
    term["senses"][0]["definitions"][0]["text"] = text
    data = b"".join(FORMATS[name].write(HEADER, [term | {"name": f"名{text}"}]))
    relax_ng("TBXcoreStructV03.rng").assertValid(etree.fromstring(data))
