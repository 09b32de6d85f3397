"""The term pack of the browser extension, held to what all formats promise and to what its reader needs."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from glossary_api.exports.formats import FORMATS
from glossary_api.matching.names import need
from glossary_api.queries.export import ranked
from glossary_api.queries.rank import Asked, meant
from glossary_api.store import whole
from glossary_api.store.edition import Edition
from glossary_api.text.folding import fold_name
from glossary_api.text.surroundings import NameUse
from tests.exports.contract import Contract, Document, Entry, exported_from


class TestTermpack(Contract):
    name = "termpack"

    def documents(self, edition: Edition) -> Iterable[Document]:
        """With names and ranked senses."""
        return ranked(edition, whole.documents(edition))

    def read(self, data: bytes) -> list[Entry]:
        """Each sense, or term without senses; nothing but JSON is needed to read them."""
        return list(_entries(json.loads(data)))

    def pack(self, editions: dict[str, Edition], which: str = "rendered", **options: Any) -> Any:
        """A whole pack."""
        return json.loads(exported_from(editions[which], self.name, **options))

    @pytest.mark.parametrize("which", ["rendered", "awkward", "empty"])
    def test_it_can_be_read_by_its_lines(self, editions: dict[str, Edition], which: str) -> None:
        """The first line needs two brackets to be whole, the last one brace; a term only has to lose its comma."""
        head, *terms, shared = exported_from(editions[which], self.name).decode().removesuffix("\n").split("\n")
        pack = self.pack(editions, which)
        assert json.loads(f"{head}]}}") | json.loads("{" + shared.removeprefix("],")) == pack | {"terms": []}
        assert [json.loads(line.removesuffix(",")) for line in terms] == pack["terms"]

    @pytest.mark.parametrize("which", ["rendered", "awkward", "empty"])
    def test_every_folded_name_leads_to_its_term(self, editions: dict[str, Edition], which: str) -> None:
        """All that the edition knows, in the order of their UTF-16 units, the risky ones among them named."""
        edition, pack = editions[which], self.pack(editions, which)
        keys = pack["keys"].split("\n") if pack["keys"] else []
        terms = [pack["terms"][number][0] for number in itertools.accumulate(pack["key_of"])]
        names = {document["id"]: document["name"] for document in whole.documents(edition)}
        assert dict(zip(keys, terms, strict=True)) == {key: names[id_] for key, id_, *_ in edition.key_owners()}
        assert keys == sorted(keys, key=lambda key: key.encode("utf-16-be"))
        needs = {key: need(key, unquoted) for key, _, _, unquoted, _ in edition.key_owners()}
        assert pack["risky"] == [number for number, key in enumerate(keys) if needs[key] == 2]
        assert pack["vouched"] == [number for number, key in enumerate(keys) if needs[key] == 1]

    def test_some_names_are_risky(self, editions: dict[str, Edition]) -> None:
        """Short ones, and figures."""
        pack = self.pack(editions)
        assert {pack["keys"].split("\n")[number] for number in pack["risky"]} == {"135", "1+22+3", "3边"}

    def test_it_has_the_kind_of_every_term(self, editions: dict[str, Edition]) -> None:
        """A figure for each term, which says its place in the list of kinds."""
        pack = self.pack(editions)
        kinds = {term[0]: pack["kinds"][int(kind)] for term, kind in zip(pack["terms"], pack["kind_of"], strict=True)}
        assert kinds == {document["name"]: document["kind"] for document in whole.documents(editions["rendered"])}

    def test_senses_stand_as_a_look_up_ranks_them(self, editions: dict[str, Edition]) -> None:
        """Best first, with their scores and the definition that a look-up gives; the others apart, with the reason."""
        edition, pack = editions["rendered"], self.pack(editions)
        found = {term[0]: term for term in pack["terms"]}
        for document in whole.documents(edition):
            ranking = meant(document["senses"], NameUse(document["name"]), Asked(), edition.title_blocks)
            senses = [(score, definitions[0][0]) for score, definitions, _ in found[document["name"]][2]]
            assert senses == [(sense.score, sense.definition["text"]) for sense in ranking.senses]
            elsewhere = [
                (pack["reasons"][why], definitions[0][0]) for why, _, definitions, _ in found[document["name"]][4]
            ]
            assert elsewhere == [(one.reason.code, one.ranked.definition["text"]) for one in ranking.elsewhere]

    def test_a_definition_has_members_verdict_and_source(self, editions: dict[str, Edition]) -> None:
        """Down to the entry and the character of the report."""
        pack = self.pack(editions)
        (term,) = [term for term in pack["terms"] if term[0] == "六个不发生"]
        (document,) = [one for one in whole.documents(editions["rendered"]) if one["name"] == "六个不发生"]
        ((_, ((_, members, verdict, source, entry, start, *_),), _),) = term[2]
        definition = document["senses"][0]["definitions"][0]
        assert members == [member["text"] for member in definition["members"]]
        assert len(members) == 6
        assert pack["verdicts"][verdict] == "pass"
        assert pack["sources"][source] == ["yunxi-2024", "云溪市", 2024, "appendix"]
        assert (entry, start) == (1, definition["source"]["start"])

    def test_it_says_which_server_it_is_from(self, editions: dict[str, Edition]) -> None:
        """If there is one."""
        root = "https://glossary.example/root/"
        assert [self.pack(editions, address=address)["address"] for address in ("", root)] == ["", root]

    def test_its_tables_fold_as_names_are_folded(self, editions: dict[str, Edition]) -> None:
        """Every character that stands for itself becomes what the tables say, or nothing."""
        tables = self.pack(editions, "empty")["folding"]
        becomes = dict(zip(tables["from"], tables["to"], strict=True))
        dropped = set("".join(tables["kinds"][4:]))
        assert {"廠": "厂", "Ａ": "a", "两": "2"}.items() <= becomes.items()
        for code in (*range(0xD800), *range(0xE000, 0x10000)):
            sign = chr(code)
            if becomes.get(sign, sign) != "十":  # the only one that is a number by itself
                assert fold_name(sign) == ("" if sign in dropped else becomes.get(sign, sign)), hex(code)


def _entries(pack: Document) -> Iterator[Entry]:
    for name, _, senses, renderings, elsewhere in pack["terms"]:
        for _, definitions, own in [*senses, *(sense for _, *sense in elsewhere)]:
            yield Entry(name, tuple(one[1] for one in own), tuple(one[0] for one in definitions))
        if not (senses or elsewhere):
            yield Entry(name, tuple(one[1] for one in renderings), ())


def test_only_the_pack_wants_terms_ranked() -> None:
    """Ranking costs, and other formats leave it to their readers."""
    assert [name for name, format_ in FORMATS.items() if format_.ranked] == ["termpack"]
