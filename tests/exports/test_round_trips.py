"""Exported, imported, exported again: nothing has changed, to the byte."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from glossary_api.exports.formats import FORMATS
from glossary_api.harvesting.equivalents import fitting, read_equivalents, resolve, with_equivalents
from glossary_api.harvesting.harvest import harvest, national_equivalents, seed_reports
from glossary_api.model.things import Harvest
from glossary_api.model.words import ANY_STATUS
from glossary_api.queries.export import exported
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters
from glossary_api.store.saving import save
from glossary_api.store.writing import write_edition
from glossary_api.translation.takeover import changes, write

SEED = Path(__file__).parents[2] / "seed" / "equivalents" / "zh-en.csv"
EVERYTHING = TermFilters(status=ANY_STATUS)
"""Candidates have renderings, too."""
RETURNING = ("tbx", "tbx-dca", "tbx2", "csv", "tsv", "jsonl", "xlsx", "tmx", "xliff")
PAIRS = ("deepl", "google", "omegat", "weblate", "xlsx-languages")


@pytest.fixture(scope="module")
def seed() -> Harvest:
    """The seed with its renderings."""
    return harvest(seed_reports())


@pytest.mark.parametrize(
    ("name", "which"),
    # XLIFF has one language, and the second edition renderings in two.
    [(name, which) for name in RETURNING for which in ("seed", "rendered") if (name, which) != ("xliff", "rendered")],
)
def test_an_edition_survives_the_way_out_and_back(
    seed: Harvest, rendered: Harvest, which: str, name: str, tmp_path: Path
) -> None:
    """A new edition, with nothing but the renderings that were imported, is the same in every format."""
    before = {"seed": seed, "rendered": rendered}[which]
    first = _edition(before, tmp_path / "first.db")
    file, curated = tmp_path / f"file{FORMATS[name].suffix}", tmp_path / "curated.csv"
    save(exported(first, FORMATS[name], EVERYTHING), file)
    write(changes(file, first, curated).rows, curated)
    terms = with_equivalents(before.terms, resolve(read_equivalents([curated]), before.terms))
    second = _edition(replace(before, terms=terms), tmp_path / "second.db")
    assert second.hash == first.hash
    for format_ in FORMATS.values():
        if not format_.whole:
            assert b"".join(exported(second, format_)) == b"".join(exported(first, format_)), format_.name


@pytest.mark.parametrize("name", PAIRS)
def test_pairs_come_back_and_contradict_nothing(seed: Harvest, name: str, tmp_path: Path) -> None:
    """What a list of pairs does not say is no difference; taken over into a new file it gives the same list."""
    edition = _edition(seed, tmp_path / "seed.db")
    file, curated = tmp_path / f"file{FORMATS[name].suffix}", tmp_path / "curated.csv"
    save(exported(edition, FORMATS[name], language="en"), file)
    made = changes(file, edition, language="en")
    assert (made.added, made.replaced) == ([], [])
    assert made.unchanged > 50
    if name not in ("deepl", "google"):
        return  # the others have homographs, whose sense they cannot say
    write(changes(file, edition, curated, language="en").rows, curated)
    terms = with_equivalents(seed.terms, resolve(read_equivalents([curated]), seed.terms))
    again = _edition(replace(seed, terms=terms), tmp_path / "again.db")
    assert b"".join(exported(again, FORMATS[name], language="en")) == file.read_bytes()


def _edition(harvest: Harvest, path: Path) -> Edition:
    write_edition(harvest, path)
    return Edition.open(path)


@pytest.mark.parametrize("name", RETURNING)
def test_what_comes_back_unchanged_changes_nothing(seed: Harvest, name: str, tmp_path: Path) -> None:
    """Neither the edition nor the curated file that its renderings are from has to take anything over."""
    edition = _edition(seed, tmp_path / "seed.db")
    file = tmp_path / f"file{FORMATS[name].suffix}"
    save(exported(edition, FORMATS[name]), file)
    curated = tmp_path / "curated.csv"
    national, _ = fitting(read_equivalents(national_equivalents()), seed.terms)
    write([*read_equivalents([SEED]), *national], curated)
    before = curated.read_bytes()
    for made in (changes(file, edition), changes(file, edition, curated)):
        assert (made.added, made.replaced) == ([], [])
        assert made.unchanged > 100
    write(changes(file, edition, curated).rows, curated)
    assert curated.read_bytes() == before
