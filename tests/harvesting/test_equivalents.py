from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_api.errors import EquivalentsError
from glossary_api.harvesting import harvest as harvesting
from glossary_api.harvesting.equivalents import COLUMNS, as_equivalent, read_equivalents, resolve, with_equivalents
from glossary_api.model.things import Equivalent, Harvest, Term
from glossary_api.store import documents
from glossary_api.text.folding import fold_name

SEED = Path(__file__).parents[2] / "seed"
HEADER = ",".join(COLUMNS)
GOOD = {
    "term": "六个不发生",
    "sense": "",
    "language": "en",
    "rendering": "Six No-Occurrences",
    "status": "proposed",
    "source": "project",
    "note": "",
}
Writer = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    """Writes lines, the header before them unless there is none to be, into a file, and gives its path."""

    def written(*lines: str, header: str | None = HEADER, name: str = "own.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([*([] if header is None else [header]), *lines]) + "\n", encoding="utf-8", newline="")
        return path

    return written


@pytest.fixture(scope="module")
def seed() -> Harvest:
    """The seed reports, harvested with the equivalents that come with them."""
    return harvesting.harvest(harvesting.seed_reports())


def line(**changed: str) -> str:
    """A row that is right but for what is changed, as the standard library writes it."""
    out = io.StringIO()
    csv.DictWriter(out, COLUMNS, lineterminator="\n").writerow(GOOD | changed)
    return out.getvalue().removesuffix("\n")


def other(**changed: str) -> str:
    """As `line`, with another rendering."""
    return line(**({"rendering": "Six Zeros"} | changed))


def row(place: str = "own.csv:2", **changed: str) -> Equivalent:
    """An equivalent as it is read from such a row."""
    return as_equivalent(GOOD | changed, place)


def laid(term: Term) -> list[Equivalent]:
    """The equivalents of a term and of its senses."""
    return [*term.equivalents, *(equivalent for sense in term.senses for equivalent in sense.equivalents)]


def problems(read: Callable[[], object]) -> list[str]:
    """The lines of the error that reading or resolving ends in."""
    with pytest.raises(EquivalentsError) as caught:
        read()
    assert str(caught.value).split("\n") == [str(problem) for problem in caught.value.errors]
    return [str(problem) for problem in caught.value.errors]


# Reading


BAD: Mapping[str, tuple[str, str]] = {
    other(rendering="Six\tZeros"): ("rendering", "the field has a tab; put a space instead, or nothing"),
    other(note="a\x07bell"): ("note", "the field has the control character U+0007; put a space instead, or nothing"),
    other(note="one\u2028two"): ("note", "the field has the control character U+2028; put a space instead, or nothing"),
    other(note="one\ntwo"): ("note", "the field has a line break; put it on one line"),
    other(term=""): ("term", "the field is empty; fill it in, or remove the row"),
    other(rendering="  "): ("rendering", "the field is empty; fill it in, or remove the row"),
    other(source=""): ("source", "the field is empty; fill it in, or remove the row"),
    other(language="english"): ("language", "'english' is not a language code; use one of BCP 47, such as en or pt-BR"),
    other(language="xx"): ("language", "'xx' is not a language code; use one of BCP 47, such as en or pt-BR"),
    other(language="eng"): ("language", "'eng' is not the usual form of this language code; write en"),
    other(language="EN_us"): ("language", "'EN_us' is not the usual form of this language code; write en-US"),
    other(status="final"): ("status", "there is no status 'final'; use proposed, approved, official"),
    other(sense="2"): (
        "sense",
        "'2' names no definition; write report#entry, report#words of the definition, or nothing",
    ),
    other(note="a “word"): ("note", "the quotation marks are not balanced; give each opening mark its closing one"),
    other(note='5" pipe'): ("note", "the quotation marks are not balanced; give each opening mark its closing one"),
    '六个不发生,,en,"Six No-Occurrences,proposed,project,': (
        "rendering",
        "a quotation mark is not closed, or not doubled; enclose the whole field in quotation marks, and write each one"
        ' within it twice: ""',
    ),
    '六个不发生,,en,Six "No" Occurrences,proposed,project,': (
        "rendering",
        "a quotation mark is not closed, or not doubled; enclose the whole field in quotation marks, and write each one"
        ' within it twice: ""',
    ),
    "六个不发生,,en,Six No-Occurrences,proposed,project": (
        "note",
        "the row has 6 fields, the header 7; give each column a field, an empty one too, and enclose a field with a"
        " comma in quotation marks",
    ),
    "六个不发生,,en,Six, No-Occurrences,proposed,project,": (
        "8",
        "the row has 8 fields, the header 7; give each column a field, an empty one too, and enclose a field with a"
        " comma in quotation marks",
    ),
    other(term="6个不发生", rendering="six  no-occurrences"): (
        "rendering",
        "'six  no-occurrences' is there already, at {path}:2; remove one of the two rows",
    ),
}


@pytest.mark.parametrize(("bad", "expected"), BAD.items(), ids=[repr(bad) for bad in BAD])
def test_a_bad_row_is_located(bad: str, expected: tuple[str, str], write: Writer) -> None:
    """A bad row between good ones is one problem, with file, line, column, and remedy."""
    path = write(line(), bad, line(rendering="Six Noes"))
    column, said = expected
    assert problems(lambda: read_equivalents([path])) == [f"{path}:3:{column}: {said.format(path=path)}"]


def test_lines_behind_a_line_break_keep_their_numbers(write: Writer) -> None:
    """A field over three lines is one problem; the next bad row is reported in the line where it stands."""
    path = write(line(note="one\ntwo\nthree"), other(status="final"))
    found = problems(lambda: read_equivalents([path]))
    assert [problem.removeprefix(str(path)).split(": ")[0] for problem in found] == [":2:note", ":5:status"]


def test_all_problems_of_all_files_come_at_once(write: Writer) -> None:
    """One error lists every bad row of every file, and every bad field of a row, line by line."""
    one = write("a row,cut short", line(language="xx", status="final"), "another", name="one.csv")
    two = write(line(term=""), name="two.csv")
    places = [problem.split(": ")[0] for problem in problems(lambda: read_equivalents([one, two]))]
    assert places == [f"{one}:2:language", f"{one}:3:language", f"{one}:3:status", f"{one}:4:sense", f"{two}:2:term"]


COLUMNS_SAID = (
    "the columns are term, sense, language, rendering, status, source, note;"
    " there may be gloss, also, place, from, until, definition, definition_status"
)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("term,sense,language,rendering,status,source", [f"1:note: the column note is missing; {COLUMNS_SAID}"]),
        (f"{HEADER},remark", [f"1:remark: there is no column 'remark'; {COLUMNS_SAID}"]),
        (f"{HEADER},term", [f"1:term: the column term is there twice; {COLUMNS_SAID}"]),
        (
            HEADER.replace("note", "Note"),
            [
                f"1:note: the column note is missing; {COLUMNS_SAID}",
                f"1:Note: there is no column 'Note'; {COLUMNS_SAID}",
            ],
        ),
        (
            f'"{HEADER}',
            [
                "1:1: a quotation mark is not closed, or not doubled; enclose the whole field in quotation"
                ' marks, and write each one within it twice: ""'
            ],
        ),
    ],
)
def test_a_bad_header_is_located(header: str, expected: list[str], write: Writer) -> None:
    """A column that is missing, unknown or twice is reported; the rows below it, which cannot be read, are not."""
    path = write(line(), header=header)
    assert problems(lambda: read_equivalents([path])) == [f"{path}:{problem}" for problem in expected]


def test_an_empty_file_has_no_columns(write: Writer) -> None:
    """A file without a header is told which columns it should have."""
    path = write(header=None)
    assert len(problems(lambda: read_equivalents([path]))) == len(COLUMNS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_file_that_is_not_utf8(encoding: str, tmp_path: Path) -> None:
    """The first byte that is no UTF-8 is reported with its line and its place in it, a byte order mark not counted."""
    path = tmp_path / "own.csv"
    path.write_bytes(f"{HEADER}\n{line()}\n六个".encode(encoding) + "不发生".encode("gb18030"))
    assert problems(lambda: read_equivalents([path])) == [f"{path}:3:3: the file is not UTF-8; save it as UTF-8"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file is an error like the others."""
    path = tmp_path / "none.csv"
    assert problems(lambda: read_equivalents([path])) == [
        f"{path}: cannot be read: No such file or directory; check the path"
    ]


def test_excel_is_welcome(tmp_path: Path) -> None:
    """A byte order mark, CRLF, empty lines, spaces around fields and another order of columns change nothing."""
    path = tmp_path / "own.csv"
    columns = COLUMNS[::-1]
    values = ",".join(f" {GOOD[column]} " for column in columns)
    path.write_bytes(("\ufeff" + ",".join(columns) + "\r\n\r\n" + values + "\r\n").encode())
    assert read_equivalents([path]) == (row(f"{path}:3"),)


@given(rendering=st.text(alphabet='a,"“”甲 ', min_size=1).filter(str.strip), note=st.text(alphabet="b,；（） "))
def test_what_the_standard_library_writes_is_read(
    rendering: str, note: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Commas and balanced quotation marks come back from a file as they were put into it."""
    rendering = f"“{rendering.replace('“', '').replace('”', '')}”"
    rendering += '"' * (rendering.count('"') % 2)
    path = tmp_path_factory.getbasetemp() / "written.csv"
    path.write_text(f"{HEADER}\n{line(rendering=rendering, note=note)}\n", encoding="utf-8")
    found = read_equivalents([path])[0]
    assert (found.rendering, found.note) == (rendering, note.strip(" "))


# Resolving, against the terms of the small harvest


def ids(terms: tuple[Term, ...], name: str) -> tuple[str, list[str]]:
    """Id of a term and those of its senses."""
    term = next(term for term in terms if fold_name(name) in term.keys)
    return term.id, [sense.id for sense in term.senses]


def test_a_row_without_a_sense_belongs_to_every_sense(harvest: Harvest) -> None:
    """Where a term has one sense that has it, where several, each of them, where none, the term itself."""
    rows = [row(), row(term="135工作体系", rendering="135"), row(term="1+22+3", rendering="1+22+3")]
    _, one = ids(harvest.terms, "六个不发生")
    _, several = ids(harvest.terms, "“135”工作体系")
    itself, none = ids(harvest.terms, "1+22+3")
    assert (len(one), len(several), none) == (1, 2, [])
    found = resolve(rows, harvest.terms)
    assert found == {one[0]: (rows[0],), several[0]: (rows[1],), several[1]: (rows[1],), itself: (rows[2],)}


@pytest.mark.parametrize(
    ("term", "sense", "position"),
    [
        ("“135”工作体系", "yunxi-2024#2", 0),
        ("“135”工作体系", "shiqiao-2025#1", 1),
        ("135工作体系", "shiqiao-2025#一个品牌", 1),
        ("三边", "linjiang-2025#山边", 0),
        ("三边", "linjiang-2025#「水边」、路边", 0),
    ],
)
def test_a_sense_is_named_by_one_of_its_definitions(term: str, sense: str, position: int, harvest: Harvest) -> None:
    """A report with the number of its entry, or with words of its definition, names the sense that has it."""
    named = row(term=term, sense=sense)
    assert resolve([named], harvest.terms) == {ids(harvest.terms, term)[1][position]: (named,)}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"term": "七个不发生"},
            "term: none of the reports has the term '七个不发生'; correct the term, or remove the row",
        ),
        (
            {"sense": "yunxi-2024#9"},
            "sense: no senses of '六个不发生' have the definition 'yunxi-2024#9'; write yunxi-2024#1, or nothing",
        ),
        (
            {"term": "135工作体系", "sense": "hongqiao-2025#1"},
            "sense: no senses of '135工作体系' have the definition 'hongqiao-2025#1'; write yunxi-2024#2,"
            " shiqiao-2025#1, or nothing",
        ),
        (
            {"term": "三边", "sense": "linjiang-2025#海边"},
            "sense: no senses of '三边' have the definition 'linjiang-2025#海边'; write linjiang-2025#山边、水边、路边,"
            " or nothing",
        ),
        (
            {"term": "三边", "sense": "linjiang-2025#“”"},
            "sense: no senses of '三边' have the definition 'linjiang-2025#“”'; write linjiang-2025#山边、水边、路边,"
            " or nothing",
        ),
        (
            {"term": "1+22+3", "sense": "yunxi-2024#1"},
            "sense: no senses of '1+22+3' have the definition 'yunxi-2024#1'; leave the field empty: the term has no"
            " senses",
        ),
    ],
)
def test_a_row_for_something_that_is_not_there_is_located(changed: dict[str, str], said: str, harvest: Harvest) -> None:
    """An unknown term and an unknown sense are problems with file, line, column, and what could be written."""
    assert problems(lambda: resolve([row(), row("own.csv:7", **changed)], harvest.terms)) == [f"own.csv:7:{said}"]


def test_one_rendering_twice_for_one_sense(harvest: Harvest) -> None:
    """A rendering that two rows bring to one sense, one by its name and one without, is a problem."""
    rows = [row("one.csv:2"), row("other.csv:9", sense="yunxi-2024#1")]
    said = "other.csv:9:rendering: 'Six No-Occurrences' is there already, at one.csv:2; remove one of the two rows"
    assert problems(lambda: resolve(rows, harvest.terms)) == [said]


def test_optional_rows_are_taken_as_far_as_they_fit(harvest: Harvest) -> None:
    """Of optional rows those for unknown terms and senses, and those that are there already, are left out."""
    optional = [
        row("seed.csv:2"),
        row("seed.csv:3", rendering="Six Noes"),
        row("seed.csv:4", term="七个不发生"),
        row("seed.csv:5", sense="other-2024#1"),
    ]
    found = resolve([row()], harvest.terms, optional=optional)
    assert found == {ids(harvest.terms, "六个不发生")[1][0]: (row(), optional[1])}


def test_the_most_official_comes_first(harvest: Harvest) -> None:
    """Equivalents are ordered by language and by status, and otherwise as they came."""
    given_order = [
        row(rendering="e"),
        row(rendering="d", status="approved"),
        row(rendering="c", status="official"),
        row(rendering="b"),
        row(rendering="a", language="de"),
    ]
    (found,) = resolve(given_order, harvest.terms).values()
    assert [equivalent.rendering for equivalent in found] == ["a", "c", "d", "e", "b"]


def test_term_documents_have_them(harvest: Harvest) -> None:
    """A term document carries the equivalents of each sense, and of a term without senses at the term."""
    rows = [row(note="why"), row(term="1+22+3", rendering="1+22+3 System")]
    terms = {term.name: term for term in with_equivalents(harvest.terms, resolve(rows, harvest.terms))}
    with_sense, without = (
        documents.term(terms[name], {r.report.id: r.report for r in harvest.reports}, {})
        for name in ("六个不发生", "1+22+3")
    )
    keys = ("language", "rendering", "gloss", "also", "status", "source", "note")
    held = {"bound": False, "place": "", "from": "", "until": "", "definition": "", "definition_status": ""}
    said = [{key: getattr(one, key) for key in keys} | {"name": one.term} | held for one in rows]
    assert with_sense["senses"][0]["equivalents"] == said[:1]
    assert with_sense["equivalents"] == []
    assert without["equivalents"] == said[1:]


# Harvesting


def test_the_shipped_files_read_and_fit(seed: Harvest) -> None:
    """Every row that comes with the package is well formed and finds its term and its sense in the seed reports."""
    rows = read_equivalents(harvesting.seed_equivalents())
    national = read_equivalents(harvesting.national_equivalents())
    assert set(rows) == {equivalent for term in seed.terms for equivalent in laid(term)} - set(national)


def test_what_is_national_says_where_it_stands() -> None:
    """Each row of the national file names a report and the segment of it, and renders no sense of a single place."""
    for row in read_equivalents(harvesting.national_equivalents()):
        assert re.fullmatch(r"State Council, Report on the Work of the Government, \d{4}, segment \d+", row.source), (
            row.place
        )
        assert (row.sense, row.region) == ("", "")


def test_a_national_rendering_goes_to_any_report(tmp_path: Path) -> None:
    """A slogan that a report uses has its official rendering, whosever report it is; other rows are left out."""
    path = tmp_path / "report.txt"
    path.write_text(
        "云溪市政府工作报告\n——2024年1月8日\n各位代表：\n推进“三权分置”改革。\n完善“三权分置”办法。\n", "utf-8"
    )
    terms = {term.name: term for term in harvesting.harvest([path]).terms}
    (rendering,) = laid(terms["三权分置"])
    assert rendering.status == "official"
    assert rendering.rendering.startswith("separating rural land ownership rights")


def test_every_defined_term_and_every_shared_slogan_has_english(seed: Harvest) -> None:
    """Each sense that the seed defines has a rendering, and so has each slogan that two of its reports use."""
    reports: defaultdict[str, set[str]] = defaultdict(set)
    for usage in seed.usages:
        reports[usage.match.term].add(usage.report)
    without = [
        term.name
        for term in seed.terms
        if term.defined or len(reports[term.id]) > 1
        for place in (term.senses or (term,))
        if not any(equivalent.language == "en" for equivalent in place.equivalents)
    ]
    assert without == []
    assert sum(term.defined for term in seed.terms) > 40


def test_no_rendering_serves_two_terms_without_a_word() -> None:
    """Where two terms are rendered alike, both rows say why."""
    rows: defaultdict[str, list[Equivalent]] = defaultdict(list)
    for equivalent in read_equivalents(harvesting.seed_equivalents()):
        rows[equivalent.rendering.casefold()].append(equivalent)
    shared = [row for group in rows.values() if len({fold_name(row.term) for row in group}) > 1 for row in group]
    assert [row.place for row in shared if not row.note] == []


def test_a_rendering_keeps_to_the_conventions() -> None:
    """No shipped rendering has quotation marks, a final stop, or parentheses anywhere but once, at its end."""
    for equivalent in read_equivalents(harvesting.seed_equivalents()):
        short, opening, gloss = equivalent.rendering.partition(" (")
        assert not set("“”\"'.") & set(short.replace("country's", "").replace("China's", "")), equivalent.place
        assert opening == "" or (gloss.endswith(")") and gloss.count(")") == 1 and "(" not in gloss), equivalent.place


def test_other_reports_are_harvested_without_a_complaint() -> None:
    """Equivalents of the package that find no term in other reports are left out, those that find one are taken."""
    one = harvesting.harvest([SEED / "reports" / "wujiang-2025.txt"])
    terms = {term.name: term for term in one.terms}
    assert [equivalent.rendering for equivalent in terms["零基预算"].equivalents] == ["zero-based budgeting"]
    assert {equivalent.sense for term in one.terms for equivalent in laid(term)} <= {
        "",
        *(
            row.sense
            for row in read_equivalents(harvesting.seed_equivalents())
            if row.sense.startswith("wujiang-2025#")
        ),
    }


def test_files_of_the_caller_have_to_fit(write: Writer) -> None:
    """A row of a file that the caller names is an error if it finds no term, and is laid to the term if it does."""
    reports = [SEED / "reports" / "wujiang-2025.txt"]
    good = write(line(term="零基预算", rendering="budgeting from zero", status="approved"), name="good.csv")
    harvested = harvesting.harvest(reports, equivalents=[good])
    term = next(term for term in harvested.terms if term.name == "零基预算")
    assert [equivalent.rendering for equivalent in term.equivalents] == ["budgeting from zero", "zero-based budgeting"]
    bad = write(line(term="百基预算"), name="bad.csv")
    said = f"{bad}:2:term: none of the reports has the term '百基预算'; correct the term, or remove the row"
    assert problems(lambda: harvesting.harvest(reports, equivalents=[bad])) == [said]


def test_rows_that_fit_nothing_are_listed(write: Writer) -> None:
    """Of files that are offered the fitting rows are laid, each other one is a failure that names its line."""
    path = write(line(), other(), line(term="没有这个词语"))
    made = harvesting.harvest(harvesting.seed_reports(), renderings=[path])
    (failure,) = made.failures
    assert str(failure.message).startswith("own.csv:4:term: none of the reports has the term")
    assert failure.path == "own.csv"
    assert "Six Zeros" in {one.rendering for term in made.terms for one in laid(term)}
