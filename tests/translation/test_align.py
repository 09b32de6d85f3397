"""Renderings proposed by a translation: what is proposed, by which reasons, from which files."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from glossary_api.errors import ReadError
from glossary_api.harvesting.equivalents import read_equivalents
from glossary_api.store.edition import Edition
from glossary_api.translation.align.align_file import align_file, as_document, proposed_rows
from glossary_api.translation.align.bitext import read_bitext
from glossary_api.translation.align.passages import TargetText
from glossary_api.translation.align.phrases import CAPITALS, KNOWN, NUMBER, QUOTES, RECURS
from glossary_api.translation.align.proposals import NamedSpan, SegmentPair, proposals
from glossary_api.translation.takeover import write
from tests.makers import workbook_of

PAIRS = (
    ("我们坚守“六个不发生”底线。", 'We hold to the bottom line of "six zero-incident goals".'),
    ("全市推行“135”工作体系。", "The whole city carries out the 1-3-5 Work System."),
    ("今年探索数据得地。", "This year we explore land by data."),
    ("企业支持数据得地。", "Companies support land by data."),
    ("今年经济增长百分之六。", "This year the economy grew by six percent."),
    ("去年经济增长百分之五。", "Last year the economy grew by five percent."),
    ("我们坚守底线。", "We hold to the bottom line."),
    ("全市推行改革。", "The whole city carries out reform."),
    ("今年探索新路。", "This year we explore a new way."),
    ("企业支持改革。", "Companies support reform."),
)


def proposed(pairs: tuple[tuple[str, str], ...], *names: str) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """What is proposed for each name, with the reasons; quotation marks around a name belong to it."""
    sides = [SegmentPair(source, target, str(at)) for at, (source, target) in enumerate(pairs)]
    named = [
        [NamedSpan(pair.source.index(name), pair.source.index(name) + len(name), name)]
        if (name := next((name for name in names if name in pair.source), ""))
        else []
        for pair in sides
    ]
    return {
        name: [(one.rendering, one.reasons) for one in made]
        for name, (made, _) in proposals(sides, named, "en").items()
    }


def test_quotation_marks_on_both_sides_go_first() -> None:
    """What stands in quotation marks where the slogan does is proposed first."""
    (first, *_) = proposed(PAIRS, "“六个不发生”")["“六个不发生”"]
    assert first[0] == "six zero-incident goals"
    assert QUOTES in first[1]


def test_what_the_glossary_has_already_goes_first() -> None:
    """A rendering that stands in the translation has only to be confirmed, in whatever case it is written."""
    sides = [SegmentPair(source, target, str(at)) for at, (source, target) in enumerate(PAIRS)]
    named = [[NamedSpan(4, 11, "t")] if "六个不发生" in pair.source else [] for pair in sides]
    (first, *_), _ = proposals(sides, named, "en", {"t": ["the Bottom Line", "Six Noes"]})["t"]
    assert first.rendering == "bottom line"
    assert KNOWN in first.reasons


def test_a_decimal_point_ends_no_phrase() -> None:
    """Whoever begins within a figure says all of it."""
    target = TargetText("About 98.6 percent of services. The rest follows.", "en")
    assert target.said(*target.trimmed(3, 7)) == "98.6 percent of services"
    assert target.stops.count(True) == 2


def test_no_figure_of_the_sentence_begins_a_rendering() -> None:
    """A slogan that says no figure has none at its head."""
    pairs = (("“一网通办”率达98.6%。", "98.6 percent of services are on one website."), *PAIRS)
    found = proposed(pairs, "“一网通办”")["“一网通办”"]
    assert not any(rendering[0].isdigit() for rendering, _ in found)


def test_a_phrase_that_recurs_is_proposed() -> None:
    """What is in the translation wherever the slogan is in the text, and nowhere else, is proposed."""
    found = dict(proposed(PAIRS, "数据得地")["数据得地"])
    assert RECURS in found["land by data"]


def test_a_number_and_a_name_are_seen() -> None:
    """A phrase with the number of the slogan at its head is proposed, and one with capitals."""
    pairs = (
        *PAIRS,
        ("打造双引擎。", "We build twin engines."),
        ("推进厕所革命。", "We push the Toilet Revolution on."),
    )
    found = proposed(pairs, "双引擎", "厕所革命")
    assert NUMBER in dict(found["双引擎"])["twin engines"]
    assert CAPITALS in dict(found["厕所革命"])["Toilet Revolution"]


def test_at_most_three_are_proposed_and_none_twice() -> None:
    """Each proposal has other words than those before; a slogan without a place in the translation has none."""
    for made in proposed(PAIRS, "“六个不发生”", "135", "数据得地").values():
        assert 0 < len(made) <= 3
        assert len({rendering for rendering, _ in made}) == len(made)
    assert proposed((("数据得地", ""),), "数据得地") == {}


@pytest.mark.parametrize(
    ("span", "trimmed"),
    [
        ((2, 4), "state-of-the-art"),
        ((5, 8), "well-known"),
        ((8, 11), "plan"),
        ((0, 12), "state-of-the-art and well-known plan of the county"),
    ],
)
def test_phrases_are_trimmed_to_whole_words(span: tuple[int, int], trimmed: str) -> None:
    """Small words at the ends of a phrase go, but not those that hyphens join to a word of it."""
    text = TargetText("the state-of-the-art and well-known plan of the county", "en")
    assert text.said(*text.trimmed(*span)) == trimmed
    assert text.trimmed(9, 11) == (11, 11)


def table(tmp_path: Path) -> Path:
    """The pairs as a workbook."""
    path = tmp_path / "both.xlsx"
    path.write_bytes(workbook_of({"both": [("中文", "English"), *PAIRS]}))
    return path


def test_tables_and_memories_give_the_same_pairs(tmp_path: Path) -> None:
    """A workbook, a CSV file and a translation memory with the same sentences are the same bitext, places aside."""
    with (tmp_path / "both.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("zh-CN", "en"), *PAIRS])
    units = "".join(
        f'<tu><tuv xml:lang="zh-CN"><seg>{one}</seg></tuv><tuv xml:lang="en-GB"><seg>{two}</seg></tuv></tu>'
        for one, two in PAIRS
    )
    (tmp_path / "both.tmx").write_text(f'<tmx version="1.4"><header/><body>{units}</body></tmx>', "utf-8")
    for path in (table(tmp_path), tmp_path / "both.csv", tmp_path / "both.tmx"):
        assert [(one.source, one.target) for one in read_bitext(path, None, "en").pairs] == [*PAIRS]


def test_two_documents_are_aligned(tmp_path: Path) -> None:
    """A document and its translation become pairs that say in which paragraphs they stand."""
    ours, theirs = tmp_path / "ours.txt", tmp_path / "theirs.txt"
    ours.write_text("\n".join(one for one, _ in PAIRS), "utf-8")
    theirs.write_text("\n".join(two for _, two in PAIRS), "utf-8")
    bitext = read_bitext(ours, theirs, "en")
    assert [(one.source, one.target) for one in bitext.pairs] == [*PAIRS]
    assert bitext.pairs[2].place == "ours.txt ¶3, theirs.txt ¶3"
    assert bitext.alone == 0


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("en.txt", "zh.txt"), "en.txt: this text is not Chinese; name the Chinese text first"),
        (("zh.txt",), "zh.txt: there is one text only; name the translation behind it"),
        (("none.csv",), "none.csv"),
        (("french.csv",), "french.csv: no segment is translated into en"),
        (("blank.csv",), "blank.csv: no segment is translated into en"),
        (("empty.csv",), "empty.csv:1: no columns with names and renderings"),
    ],
)
def test_what_is_no_translation_is_refused(tmp_path: Path, names: tuple[str, ...], said: str) -> None:
    """Each refusal names the file and says what to do."""
    contents = {
        "en.txt": "This is English.",
        "zh.txt": "这是中文。",
        "french.csv": "zh,fr\n中文,chinois\n",
        "blank.csv": "zh,en\n中文,\n",
        "empty.csv": "",
    }
    for name, content in contents.items():
        (tmp_path / name).write_text(content, "utf-8")
    paths = [tmp_path / name for name in names]
    with pytest.raises(ReadError) as caught:
        read_bitext(paths[0], paths[1] if len(paths) > 1 else None, "en")
    assert said in str(caught.value)


def test_rows_are_a_curated_file(edition: Edition, tmp_path: Path) -> None:
    """What is proposed is written as a table that a harvest reads: all `proposed`, with place, day and reasons."""
    made = align_file(table(tmp_path), None, edition, "en")
    rows = proposed_rows(made, "en", "2024-03-05", "en")
    write(rows, tmp_path / "proposed.csv")
    read = read_equivalents([tmp_path / "proposed.csv"])
    assert {row.term for row in read} == {"六个不发生", "“135”工作体系", "数据得地"}
    assert {row.status for row in read} == {"proposed"}
    assert {row.since for row in read} == {"2024-03-05"}
    first = next(row for row in read if row.term == "六个不发生")
    assert (first.rendering, first.source) == ("six zero-incident goals", "both.xlsx:2")
    assert "quotation marks on both sides" in first.note
    assert first.note.endswith("in 1 of 1 passages")


def test_the_document_shows_the_passages(edition: Edition, tmp_path: Path) -> None:
    """Each proposal comes with both sides of every passage that has it."""
    document = as_document(align_file(table(tmp_path), None, edition, "en"))
    (term,) = [one for one in document["terms"] if one["term"]["name"] == "数据得地"]
    assert term["passages"] == 2
    said = {one["rendering"]: one["passages"] for one in term["proposals"]}["land by data"]
    assert [(one["source"], one["target"]) for one in said] == [*PAIRS[2:4]]
