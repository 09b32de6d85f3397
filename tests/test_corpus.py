"""The generator of corpora for benchmarks: alike in what costs time, each text another, whatever the size."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.corpus import REAL, likeness_of, reports, write_corpus


def test_a_corpus_is_like_real_reports() -> None:
    """Length, paragraphs, quotations and appendices of a hundred reports are what was measured on real ones."""
    found = likeness_of(written.text for written in reports(100))
    assert abs(found.chars / REAL.chars - 1) < 0.2
    assert abs(found.spread - REAL.spread) < 0.1
    assert abs(found.paragraph / REAL.paragraph - 1) < 0.1
    assert abs(found.quoted / REAL.quoted - 1) < 0.1
    assert 0.3 <= found.new <= 0.55  # of real ones 0.43 after seventy
    assert abs(found.explained - REAL.explained) < 0.1
    assert found.entries == REAL.entries


def test_a_larger_corpus_has_the_smaller_one_in_it() -> None:
    """A report depends on its number alone, and no two are alike."""
    few, more = list(reports(5)), list(reports(30))
    assert more[:5] == few
    assert len({written.name for written in more}) == len({written.text for written in more}) == 30


def test_a_corpus_is_written_in_folders(tmp_path: Path) -> None:
    """The files are named by place and year and have as many bytes as is said."""
    total = write_corpus(tmp_path, 3)
    files = list(tmp_path.rglob("*.txt"))
    assert len(files) == 3
    assert sum(path.stat().st_size for path in files) == total
