"""What every format promises: one class of tests, inherited once for each of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import pytest

from glossary_api.exports.formats import FORMATS
from glossary_api.exports.glossed import APART, BEHIND, glossed
from glossary_api.exports.header import Header
from glossary_api.model.things import Harvest
from glossary_api.queries.export import exported, file_name
from glossary_api.store import whole
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters
from glossary_api.store.writing import write_edition

Document = dict[str, Any]


class Entry(NamedTuple):
    """What a format holds of one meaning of a name."""

    name: str
    renderings: tuple[str, ...]
    definitions: tuple[str, ...]


def on_one_line(text: str) -> str:
    """A text with single spaces for whatever would end a field or a line."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())


def without_quotes(text: str) -> str:
    """A text on one line, without quotation marks."""
    return on_one_line("".join(character for character in text if character not in '“”‘’「」『』＂"'))


def in_xml(text: str) -> str:
    """A text as XML can hold it: a control character is none of its own."""
    return text.replace("\x0b", "\ufffd")


def meanings(documents: Iterable[Document]) -> Iterator[tuple[Document, Sequence[Document], Sequence[Document]]]:
    """Each sense, or term without senses: the term, its equivalents, its definitions."""
    for term in documents:
        for sense in term["senses"]:
            yield term, sense["equivalents"], sense["definitions"]
        if not term["senses"]:
            yield term, term["equivalents"], []


def exported_from(edition: Edition, name: str, **options: Any) -> bytes:
    """The whole file."""
    return b"".join(exported(edition, FORMATS[name], **options))


class Contract:
    """A format writes what can be read again: the same terms, from the same edition the same bytes."""

    name: ClassVar[str]
    language: ClassVar[str] = ""
    """The one target language that the format has if none is asked for; empty if it has all."""
    says_edition = True
    translates = False
    """Whether definitions in other languages stand among its definitions."""
    many: ClassVar[int] = 5000
    """How many terms are more than its first piece holds."""
    streamed = True
    """Whether it is written as the terms come, which a format cannot be that begins with how many there are."""

    def read(self, data: bytes) -> list[Entry]:
        """What is in a file, by other means than ours."""
        raise NotImplementedError

    def kept(self, text: str) -> str:
        """What becomes of a text: nothing, unless a format cannot hold it."""
        return text

    def documents(self, edition: Edition) -> Iterable[Document]:
        """The terms of an edition as the format wants them."""
        return whole.documents(edition)

    def words(self, data: bytes) -> bytes:
        """What of a file people and programs see, in UTF-8."""
        return data

    def promised(self, documents: Iterable[Document], language: str = "") -> list[Entry]:
        """What has to be in it."""
        language, kept = language or self.language, self.kept
        documents = list(glossed(documents, APART if FORMATS[self.name].gloss != BEHIND else BEHIND))
        return [
            Entry(
                kept(term["name"]),
                tuple(kept(one["rendering"]) for one in equivalents if not language or one["language"] == language),
                tuple(
                    kept(text)
                    for text in (*(one["text"] for one in definitions), *self._translated(equivalents, language))
                ),
            )
            for term, equivalents, definitions in meanings(documents)
        ]

    def _translated(self, equivalents: Iterable[Document], language: str) -> list[str]:
        mine = [one["definition"] for one in equivalents if not language or one["language"] == language]
        return list(filter(None, mine)) if self.translates else []

    @pytest.mark.parametrize("which", ["rendered", "awkward"])
    def test_the_same_terms_are_read_again(self, editions: dict[str, Edition], which: str) -> None:
        """Every meaning is there, with its renderings and definitions, whatever characters are in them."""
        edition = editions[which]
        promised = self.promised(whole.documents(edition))
        assert promised
        assert sorted(self.read(exported_from(edition, self.name))) == sorted(promised)

    def test_only_the_language_asked_for_is_there(self, editions: dict[str, Edition]) -> None:
        """Of several languages one can be chosen."""
        edition = editions["rendered"]
        read = self.read(exported_from(edition, self.name, language="fr"))
        assert sorted(read) == sorted(self.promised(whole.documents(edition), "fr"))

    def test_filters_choose_terms(self, editions: dict[str, Edition]) -> None:
        """The same filters choose the same terms as in a list."""
        edition = editions["rendered"]
        filters = TermFilters(kind="plan")
        names = [item["name"] for item in edition.terms(filters).items]
        documents = [edition.term(name) for name in names]
        assert names == ["十四五"]
        assert self.read(exported_from(edition, self.name, filters=filters)) == self.promised(documents)

    def test_the_same_edition_gives_the_same_bytes(
        self, editions: dict[str, Edition], rendered: Harvest, tmp_path: Path
    ) -> None:
        """No date, no chance and no order of reading shows in a file."""
        again = tmp_path / "again.db"
        write_edition(rendered, again)
        other = Edition.open(again)
        assert exported_from(editions["rendered"], self.name) == exported_from(other, self.name)
        other.close()

    def test_an_empty_edition_gives_an_empty_file_of_the_format(self, editions: dict[str, Edition]) -> None:
        """Without terms there is still a file that can be read."""
        assert self.read(exported_from(editions["empty"], self.name)) == []

    def test_it_says_which_edition_it_is(self, editions: dict[str, Edition]) -> None:
        """The content hash stands in the file, or, where a format has no room for it, in its name."""
        edition = editions["rendered"]
        assert (edition.hash.encode() in self.words(exported_from(edition, self.name))) is self.says_edition
        assert edition.hash[:12] in file_name(edition, FORMATS[self.name])

    def test_it_is_written_as_the_terms_come(self, editions: dict[str, Edition]) -> None:
        """The first piece is there long before the last term has been asked for, unless the format forbids it."""
        documents = list(self.documents(editions["rendered"]))
        asked = 0

        def many() -> Iterator[Document]:
            nonlocal asked
            for number in range(self.many):
                asked += 1
                yield _renumbered(documents[number % len(documents)], number)

        pieces = FORMATS[self.name].write(Header("0", "0"), many())
        next(pieces)
        assert (asked < self.many / 2) is self.streamed
        pieces.close()  # type: ignore[attr-defined]  # as a server does when its caller hangs up


def _renumbered(document: Document, number: int) -> Document:
    """A document like another, with a name that no compression makes short."""
    name = f"{document['name']}{hashlib.sha256(str(number).encode()).hexdigest()}"
    own = [one | {"name": name} for one in document["equivalents"]]
    senses = [s | {"equivalents": [one | {"name": name} for one in s["equivalents"]]} for s in document["senses"]]
    told = {"id": f"{document['id']}{number}", "name": name, "variants": [], "senses": senses, "equivalents": own}
    return document | told
