"""Renderings from other tools: all of a file is taken over, or nothing, and then everything that is wrong is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossary_api.cli.main import main
from glossary_api.errors import EquivalentsError, ReadError
from glossary_api.harvesting.equivalents import read_equivalents
from glossary_api.store.edition import Edition
from glossary_api.translation.takeover import Changes, changes, write

Importer = Callable[..., Changes]
NOT_UTF_8 = "source,target\n两重,a\n".encode() + b"\xff"
TBX_2 = """<?xml version="1.0"?>
<martif type="TBX" xml:lang="en"><text><body>
<termEntry id="c1">
 <langSet xml:lang="en-US">
  <ntig><termGrp><term>data-based land allocation</term>
   <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp>
   <admin type="source">termbase of an agency</admin></ntig>
  <tig><term>land by numbers</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
 </langSet>
 <langSet xml:lang="zh-Hans"><tig><term>按数据得地</term></tig><tig><term>“数据得地”</term></tig></langSet>
</termEntry>
</body></text></martif>
"""
TBX_3 = """<?xml version="1.0"?>
<tbx type="TBX-Min" style="dca" xml:lang="zh" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>
<conceptEntry id="c1">
 <langSec xml:lang="zh"><termSec><term>6個不發生</term></termSec></langSec>
 <langSec xml:lang="FR"><termSec><term>Six Non</term><note>court</note></termSec></langSec>
</conceptEntry>
</body></text></tbx>
"""


@pytest.fixture
def import_from(editions: dict[str, Edition], tmp_path: Path) -> Importer:
    """Writes a file and imports it into a curated file with the rows given, or into the edition."""

    def imported(
        text: str | bytes,
        name: str = "theirs.csv",
        *,
        curated: str | None = None,
        into: Path | None = None,
        **options: bool | str,
    ) -> Changes:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        if curated is not None:
            into = tmp_path / "curated.csv"
            into.write_text(f"term,sense,language,rendering,status,source,note\n{curated}", "utf-8", newline="")
        return changes(path, editions["rendered"], into, **options)  # type: ignore[arg-type]

    return imported


def said(made: Changes) -> list[tuple[str, ...]]:
    """What is added, without the places."""
    return [(r.term, r.sense, r.language, r.rendering, r.status, r.source, r.note) for r in made.added]


def test_a_table_of_two_columns_is_enough(import_from: Importer) -> None:
    """Status, language and source are filled in: proposed, as the caller says, and the name of the file."""
    made = import_from("source,target\n三边,Three Sides\n\n十四五,\n", language="en")
    assert said(made) == [("三边", "", "en", "Three Sides", "proposed", "theirs.csv", "")]


def test_the_layout_of_curated_files_is_read_too(import_from: Importer) -> None:
    """With the sense that a row names."""
    header = "term,sense,language,rendering,status,source,note"
    made = import_from(f"{header}\n135工作体系,shiqiao-2025#1,en,One Three Five,proposed,me,why\n")
    assert said(made) == [("“135”工作体系", "shiqiao-2025#1", "en", "One Three Five", "proposed", "me", "why")]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("none of six kinds,proposed", ("none of six kinds", "proposed")),
        ("none of six kinds,", ("none of six kinds", "machine")),
        (",approved", ("", "approved")),
    ],
)
def test_a_definition_comes_with_its_rendering(row: str, expected: tuple[str, str], import_from: Importer) -> None:
    """In columns of its own; of one of which nothing is said nobody vouches."""
    made = import_from(f"术语,语言,译文,释义译文,释义译文状态\n三边,de,Drei Seiten,{row}\n")
    assert [(one.definition, one.definition_status) for one in made.added] == [expected]


def test_a_definition_is_never_less_than_it_was(import_from: Importer, tmp_path: Path) -> None:
    """The same words from a machine take no approval away; other words do."""
    columns = "term,sense,language,rendering,status,source,note,definition,definition_status"
    there = f"{columns}\n三边,,de,Drei Seiten,proposed,theirs.csv,,Berg und See,approved\n"
    (tmp_path / "there.csv").write_text(there, "utf-8")
    for words, status in (("Berg und See", "approved"), ("Berg und Tal", "machine")):
        path = tmp_path / "theirs.csv"
        path.write_text(there.replace("Berg und See,approved", f"{words},machine"), "utf-8")
        made = import_from(path.read_bytes(), into=tmp_path / "there.csv", prefer_file=True)
        assert [(one.definition, one.definition_status) for one in made.rows] == [(words, status)]


def test_tabs_and_marks_of_other_systems_are_read(import_from: Importer) -> None:
    """TSV from a spreadsheet: byte order mark, carriage returns, quotation marks doubled."""
    text = '\ufefflanguage\ttarget\tsource\r\nen\t"the ""Three"" Sides"\t三边\r\n'
    assert said(import_from(text, "theirs.tsv"))[0][3] == 'the "Three" Sides'


def test_tbx_2_of_another_tool_is_read(import_from: Importer) -> None:
    """Any of its Chinese terms finds ours; a preferred term is approved, a deprecated one left out."""
    made = import_from(TBX_2, "theirs.tbx")
    source = "termbase of an agency"
    assert said(made) == [("数据得地", "", "en-US", "data-based land allocation", "approved", source, "")]
    assert made.withdrawn == 1


def test_tbx_3_of_another_tool_is_read(import_from: Importer) -> None:
    """In attributes as in tags; language codes become usual ones."""
    assert said(import_from(TBX_3, "theirs.tbx")) == [
        ("六个不发生", "", "fr", "Six Non", "proposed", "theirs.tbx", "court")
    ]


def test_a_rendering_of_all_senses_is_laid_to_those_that_lack_it(import_from: Importer) -> None:
    """Where one of the senses has it already, the others get it, each by its name."""
    curated = "“135”工作体系,yunxi-2024#2,en,135 System,proposed,me,\n"
    made = import_from("source,target,language,target_source\n135,135 System,en,me\n", curated=curated)
    assert [(row.sense, row.rendering) for row in made.added] == [("shiqiao-2025#1", "135 System")]
    assert made.unchanged == 1


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("source,target,language\n无此词,No,en\n", "2:source", "none of the reports has the term '无此词'; correct"),
        ("source,target,language\n三边,Three,english\n", "2:language", "'english' is not a language code; use"),
        ("source,target\n三边,Three\n", "2:language", "the field is empty; fill it in"),
        ("source,target,language\n三边,Th\tree,en\n", "2:target", "the field has a tab; put a space"),
        ('source,target,language\n三边,"Th\nree",en\n', "2:target", "the field has the control character U+000A; put"),
        ("source,target,language\n三边,“Three,en\n", "2:target", "the quotation marks are not balanced; give"),
        ('source,target,language\n三边,"Three,en\n', "2:target", "a quotation mark is not closed, or not doubled"),
        ('a\n"b"c,d\n', "", "no columns with names and renderings; name the columns"),
        ('source,target,language\n\n三边,"x"y,en\n', "3:target", "a quotation mark is not closed, or not doubled"),
        ("source,target,language\n三边,Three\n", "2:language", "the row has 2 fields, the header 3; give"),
        ("source,target,language\n三边,Three,en,x\n", "2:4", "the row has 4 fields, the header 3; give"),
        ("source,target,language,status\n三边,Three,en,good\n", "2:status", "there is no status 'good'; use"),
        (
            "source,target,language,target_source\n三边,Three,en,me\n三边,three,en,you\n",
            "3:target_source",
            "'three' is there with source 'me', not 'you'",
        ),
    ],
)
def test_a_bad_row_is_named(import_from: Importer, text: str, where: str, what: str) -> None:
    """File, line, column and remedy, in the words of the file."""
    with pytest.raises((EquivalentsError, ReadError)) as caught:
        import_from(text)
    (line,) = str(caught.value).splitlines()
    assert f"theirs.csv:{where}" in line
    assert what in line
    assert ";" in line


def test_everything_that_is_wrong_is_named_at_once(import_from: Importer) -> None:
    """Whoever corrects a file does it once."""
    with pytest.raises(EquivalentsError) as caught:
        import_from("source,target,language\n无,No,en\n三边,Three,xx-\n三边,\tThree,en\n没,No,?\n")
    places = [problem.place.rpartition("theirs.csv:")[2] for problem in caught.value.errors]
    assert places == ["2:source", "3:language", "5:language", "5:source"]


@pytest.mark.parametrize(
    ("text", "name", "where", "what"),
    [
        ("<tbx><text>", "x.tbx", ":1:", "this is not XML"),
        ("<html/>", "x.xml", ":", "this is not TBX"),
        ("两重", "x.odt", ":", "not a format that renderings are read from"),
        ('{"name": "两重"}\n{\n', "x.jsonl", ":1:", "this is not a term document"),
        ("\n{\n", "x.jsonl", ":2:", "this is not JSON"),
        (NOT_UTF_8, "x.csv", ":3:1:", "the file is not UTF-8"),
        ("", "x.csv", ":1:", "no columns"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(
    import_from: Importer, text: str | bytes, name: str, where: str, what: str
) -> None:
    """With the line, where the format has lines."""
    with pytest.raises((ReadError, EquivalentsError)) as caught:
        import_from(text, name, language="en")
    assert f"{name}{where}" in str(caught.value)
    assert what in str(caught.value)


def test_a_missing_file_is_named(editions: dict[str, Edition], tmp_path: Path) -> None:
    """As any other that cannot be read."""
    with pytest.raises(ReadError, match=r"nowhere\.csv: cannot be read: No such file"):
        changes(tmp_path / "nowhere.csv", editions["rendered"])


def test_xml_reads_no_other_file(import_from: Importer, tmp_path: Path) -> None:
    """An entity that names a file stands for nothing."""
    (tmp_path / "secret").write_text("secret", "utf-8")
    entity = f'<!DOCTYPE tbx [<!ENTITY e SYSTEM "{tmp_path / "secret"}">]>'
    text = TBX_3.replace('<?xml version="1.0"?>', entity).replace("Six Non", "Six &e; Non")
    assert "secret" not in str(said(import_from(text, "theirs.tbx")))


def test_another_status_is_a_conflict(import_from: Importer) -> None:
    """What is there already is not changed unasked; where it stands is said."""
    with pytest.raises(EquivalentsError) as caught:
        import_from(
            "source,target,language,status,target_source\n三边,Three Sides,en,approved,me\n",
            curated="三边,,en,Three Sides,proposed,me,\n",
        )
    line = str(caught.value)
    assert "theirs.csv:2:status: 'Three Sides' is there with status 'proposed', not 'approved'" in line
    assert "curated.csv:2); make both alike, or import with --replace" in line


def test_a_second_approved_rendering_is_a_conflict(import_from: Importer) -> None:
    """Approved beside official would be two that everybody has to use."""
    with pytest.raises(EquivalentsError, match="has '14th Five-Year Plan' already, which is official"):
        import_from("source,target,language,status\n十四五,Plan No. 14,en,approved\n")


def test_a_conflict_is_decided_on_request(import_from: Importer) -> None:
    """With `replace`, the row that is there takes status, source and note of the file's, and keeps its place."""
    made = import_from(
        "source,target,language,status,target_source\n三边,three sides,en,approved,you\n",
        curated="三边,,en,Three Sides,proposed,me,why\n十四五,,en,Plan,proposed,me,\n",
        prefer_file=True,
    )
    assert [(row.rendering, row.status, row.source, row.note) for row in made.rows] == [
        ("Three Sides", "approved", "you", ""),
        ("Plan", "proposed", "me", ""),
    ]
    assert (len(made.added), len(made.replaced)) == (0, 1)


def test_rows_of_terms_that_the_edition_lacks_stay(import_from: Importer, tmp_path: Path) -> None:
    """A curated file may hold more than one edition needs; what was in it is in it still, first and in its order."""
    made = import_from("source,target,language\n三边,Three Sides,en\n", curated="别处的词,,en,elsewhere,proposed,me,\n")
    write(made.rows, tmp_path / "curated.csv")
    rows = read_equivalents([tmp_path / "curated.csv"])
    assert [(row.term, row.rendering) for row in rows] == [("别处的词", "elsewhere"), ("三边", "Three Sides")]


def test_a_curated_file_that_is_wrong_itself_is_named(import_from: Importer) -> None:
    """Nothing is added to a file that a harvest would refuse."""
    with pytest.raises(EquivalentsError, match=r"curated\.csv:2:status"):
        import_from("source,target,language\n三边,Three Sides,en\n", curated="三边,,en,Sides,good,me,\n")


# The command


def run(paths: dict[str, Path], *words: str | Path) -> tuple[int, str]:
    """Exit code and output of `glossary-api import` on the rendered edition."""
    ran = CliRunner().invoke(main, ["import", *map(str, words), "--edition", str(paths["rendered"])])
    return ran.exit_code, ran.output


def test_without_a_curated_file_nothing_is_written(paths: dict[str, Path], tmp_path: Path) -> None:
    """The command says what would change."""
    file = tmp_path / "theirs.csv"
    file.write_text("source,target\n三边,Three Sides\n", "utf-8")
    code, output = run(paths, file, "--lang", "en")
    assert code == 0
    assert "+ 三边 en: Three Sides [proposed]" in output
    assert "1 renderings added, 0 replaced, 0 there already" in output
    assert "nothing is written" in output
    assert [path.name for path in tmp_path.iterdir()] == ["theirs.csv"]


def test_a_new_curated_file_is_one_that_a_harvest_takes(paths: dict[str, Path], tmp_path: Path) -> None:
    """What is written can be read by what reads curated files."""
    file, curated = tmp_path / "theirs.tbx", tmp_path / "own.csv"
    file.write_text(TBX_2, "utf-8")
    code, output = run(paths, file, "-o", curated)
    assert code == 0
    assert "1 left out, because the file says" in output
    assert f"written to {curated}" in output
    assert [row.term for row in read_equivalents([curated])] == ["数据得地"]


def test_on_any_error_everything_stays_as_it_is(paths: dict[str, Path], tmp_path: Path) -> None:
    """One bad row keeps all of a file out; the curated file is the same to the byte, and nothing lies beside it."""
    file, curated = tmp_path / "theirs.csv", tmp_path / "own.csv"
    file.write_text("source,target,language\n三边,Three Sides,en\n无此词,No,en\n", "utf-8")
    curated.write_text("term,sense,language,rendering,status,source,note\n三边,,en,Sides,proposed,me,\n", "utf-8")
    before = curated.read_bytes()
    code, output = run(paths, file, "-o", curated)
    assert code == 1
    assert "theirs.csv:3:source: none of the reports has the term" in output
    assert curated.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["own.csv", "theirs.csv"]


def test_a_folder_that_is_not_there_is_named(paths: dict[str, Path], tmp_path: Path) -> None:
    """Writing fails in one line."""
    file = tmp_path / "theirs.tbx"
    file.write_text(TBX_2, "utf-8")
    code, output = run(paths, file, "-o", tmp_path / "nowhere" / "own.csv")
    assert code == 1
    assert "own.csv: it cannot be written" in output
