from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from glossary_api.errors import EditionCorrupt, GlossaryError
from glossary_api.model.things import Harvest
from glossary_api.store import opening
from glossary_api.store.edition import Edition
from glossary_api.store.verifying import DERIVED, verify
from glossary_api.store.writing import write_edition


def test_an_edition_is_what_it_says(seed_path: Path, edition: Edition) -> None:
    """The content of an edition amounts to its hash, whatever it holds."""
    for path in (seed_path, edition.path):
        assert verify(path) == Edition.open(path).hash


def test_dictionaries_change_no_answer(
    chance_harvest: Harvest, chance_edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edition that packs by dictionaries is smaller, has the same content, and is what it says."""
    monkeypatch.setattr(opening, "_SMALLEST", 1)
    path = tmp_path / "packed.db"
    assert write_edition(chance_harvest, path) == chance_edition.hash == verify(path)
    packed = Edition.open(path)
    assert all(map(packed.attachment, (opening.TEXTS, opening.DOCUMENTS)))
    assert not chance_edition.attachment(opening.TEXTS)
    for asked in (
        "SELECT unpacked_document(document), unpacked_document(summary) FROM terms",
        "SELECT * FROM v_usages",
    ):
        assert packed.select(asked) == chance_edition.select(asked)
    for report in packed.title_blocks:
        assert packed.report_text(report) == chance_edition.report_text(report)
        assert packed.report_document(report) == chance_edition.report_document(report)
    sizes = [edition.path.stat().st_size for edition in (packed, chance_edition)]
    assert sizes[0] < sizes[1]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # a flip within a packed text
def test_flipped_bits_are_found(edition_path: Path, tmp_path: Path) -> None:
    """Whichever bit flips, either it is found or it lies where nothing is kept: all that is kept comes out the same."""
    content, damaged, chance = edition_path.read_bytes(), tmp_path / "damaged.db", random.Random(1)
    whole, found = _kept(edition_path), 0
    for _ in range(200):
        flipped = bytearray(content)
        flipped[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        damaged.write_bytes(flipped)
        try:
            verify(damaged)
        except GlossaryError:
            found += 1
        else:
            assert _kept(damaged) == whole
    assert found > 20


def _kept(path: Path) -> bytes:
    """Everything that a file holds, without the room that is free in it."""
    packed = path.with_name("packed.db")
    packed.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.execute("VACUUM INTO ?", (str(packed),))
    database.close()
    return packed.read_bytes()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE terms SET pinyin = 'x' WHERE rank = (SELECT min(rank) FROM terms)",
        "DELETE FROM failures",
        "UPDATE meta SET value = '{}' WHERE name = 'counts'",
        "INSERT INTO attachments VALUES ('names', x'00')",
        "INSERT INTO term_search(term_search, rank) VALUES ('pgsz', 64)",
        "DROP VIEW v_terms",
    ],
)
def test_changes_are_found(edition_path: Path, tmp_path: Path, change: str) -> None:
    """An edition that was changed by hand is not what it says, in its content or in what was made of it."""
    path = tmp_path / "glossary.db"
    path.write_bytes(edition_path.read_bytes())
    with sqlite3.connect(path) as database:
        database.execute(change)
    database.close()
    with pytest.raises(EditionCorrupt, match="its content is not what was written"):
        verify(path)


def test_an_edition_without_a_digest_of_its_indexes(edition_path: Path, tmp_path: Path) -> None:
    """An edition that does not say what its indexes amount to is judged by its content alone."""
    path = tmp_path / "glossary.db"
    path.write_bytes(edition_path.read_bytes())
    with sqlite3.connect(path) as database:
        database.execute("DELETE FROM meta WHERE name = ?", (DERIVED,))
    database.close()
    assert verify(path) == Edition.open(edition_path).hash
