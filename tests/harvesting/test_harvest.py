from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from glossary_api.errors import EditionMissing, ReadError
from glossary_api.harvesting.harvest import build, ensure_edition, harvest, inspect, publish, seed_reports
from glossary_api.harvesting.pile import files_of, pile_of
from glossary_api.model.things import Document, Harvest, ParsedReport
from glossary_api.parsing.parse import parse
from glossary_api.settings import Settings
from glossary_api.store.edition import Edition
from glossary_api.text.abridging import LEFT_OUT

REPORT = (
    "政府工作报告\n——2025年1月5日在义乌市第十六届人民代表大会第四次会议上\n各位代表：\n"
    "一、工作回顾\n推进“三减”改革{more}。\n"
)
ONE, TWO, THREE = (
    "，新建小学两所，改造危房百户，办好食堂，修通公路",
    "，疏浚河道八条，加固堤防十里，整治岸线，清除淤泥",
    "，种植树木千株，清理矿山五座，建设公园，保护古树",
)
"""What makes a report another one, and not a copy with a slip of the pen."""
NOTES = "名词解释\n1.三减：减环节、减材料、减时限。\n"


@pytest.fixture(scope="module")
def seed() -> Harvest:
    """The seed, harvested."""
    return harvest(seed_reports())


def written(folder: Path, name: str, text: str) -> Path:
    """A file with a text, its folders made."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def ids(harvested: Harvest) -> list[str]:
    """The ids of the reports."""
    return [parsed.report.id for parsed in harvested.reports]


def test_same_input_same_edition(seed: Harvest, tmp_path: Path) -> None:
    """The seed harvested twice, or in another order, gives the same edition by its content hash."""
    hashes = {publish(seed, tmp_path / "first.db"), publish(harvest(seed_reports()), tmp_path / "second.db")}
    for number in range(2):
        paths = seed_reports()
        random.Random(number).shuffle(paths)
        shuffled = harvest(paths)
        hashes.add(publish(shuffled, tmp_path / f"shuffled-{number}.db"))
        assert shuffled.terms == seed.terms
        assert shuffled.usages == seed.usages
    assert len(hashes) == 1


def test_another_input_another_edition(seed: Harvest, tmp_path: Path) -> None:
    """An edition of fewer reports has another content hash."""
    fewer = build(seed.reports[1:])
    assert publish(fewer, tmp_path / "fewer.db") != publish(seed, tmp_path / "all.db")


def test_usages_of_the_seed(seed: Harvest) -> None:
    """Every usage stands in the body of its report where it says, and leads to a term by its own words."""
    texts = {parsed.report.id: parsed.report.text for parsed in seed.reports}
    bodies = {parsed.report.id: parsed.body for parsed in seed.reports}
    assert len(seed.usages) > 700
    for usage in seed.usages:
        match = usage.match
        assert texts[usage.report][match.start : match.end] == match.text
        assert any(start <= match.start < match.end <= end for start, end in bodies[usage.report])
        assert usage.heading is None or 0 <= texts[usage.report].find(usage.heading) <= match.start


def test_every_defined_term_has_its_source(seed: Harvest) -> None:
    """Every definition can be read in the report that it names, at the place that it names."""
    texts = {parsed.report.id: parsed.report.text for parsed in seed.reports}
    definitions = [definition for term in seed.terms for sense in term.senses for definition in sense.definitions]
    assert len(definitions) > 50
    for definition in definitions:
        source = definition.source
        assert source.report
        printed = texts[source.report][source.start : source.end]
        assert printed.startswith(definition.text.partition(LEFT_OUT)[0])
        assert all(piece in printed for piece in definition.text.split(LEFT_OUT))
        members = [texts[source.report][member.start : member.end] for member in definition.members]
        assert members == [member.text for member in definition.members]


def test_folders(tmp_path: Path) -> None:
    """All files of a folder are harvested, at any depth, hidden ones left out; a file named twice counts once."""
    first = written(tmp_path, "a/one-2024.txt", REPORT.format(more=ONE))
    written(tmp_path, "b/deep/two-2025.txt", REPORT.format(more=TWO))
    written(tmp_path, "b/.hidden.txt", REPORT.format(more=THREE))
    assert ids(harvest([tmp_path, first, tmp_path / "b"])) == ["one-2024", "two-2025"]


def test_broken_files(tmp_path: Path) -> None:
    """Files that are no reports are listed, each with its reason in one line; the others are harvested all the same."""
    written(tmp_path, "good-2025.txt", REPORT.format(more="") + NOTES)
    written(tmp_path, "empty.txt", "")
    written(tmp_path, "news.txt", "云河市召开会议。\n会议指出，要抓好落实。\n")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 and nothing else")
    harvested = harvest([tmp_path])
    assert ids(harvested) == ["good-2025"]
    assert [Path(failure.path).name for failure in harvested.failures] == [
        "binary.txt",
        "broken.docx",
        "empty.txt",
        "news.txt",
    ]
    assert all(failure.message and "\n" not in str(failure.message) for failure in harvested.failures)
    assert [term.name for term in harvested.terms] == ["三减"]


def test_copies(tmp_path: Path) -> None:
    """A file that is byte for byte another is harvested once, under its first name, and kept as a further source."""
    for name in ("a-2025.txt", "b-2025.txt", "c/a-2025.txt"):
        written(tmp_path, name, REPORT.format(more=""))
    harvested = harvest([tmp_path])
    assert ids(harvested) == ["a-2025"]
    assert harvested.failures == ()
    assert [(file.name, file.outcome, file.report) for file in harvested.files] == [
        ("a-2025.txt", "report", "a-2025"),
        ("b-2025.txt", "copy", "a-2025"),
        ("c/a-2025.txt", "copy", "a-2025"),
    ]


def test_where_a_folder_stands_is_no_part_of_an_edition(tmp_path: Path) -> None:
    """The same files in another folder give the same edition, those that are refused included."""
    hashes = set()
    for place in ("here", "over/there"):
        folder = tmp_path / place
        written(folder, "a-2025.txt", REPORT.format(more=""))
        written(folder, "b/empty.txt", "")
        harvested = harvest([folder])
        assert [failure.path for failure in harvested.failures] == ["b/empty.txt"]
        hashes.add(publish(harvested, tmp_path / f"{len(place)}.db"))
    assert len(hashes) == 1


def test_files_keep_their_names_when_a_folder_is_added(tmp_path: Path) -> None:
    """Files of the first folder go by their paths from it on, whatever is named behind it; others with their folder."""
    for name in ("a/b/one.txt", "a/two.txt", "c/two.txt"):
        written(tmp_path, name, REPORT.format(more=""))
    assert list(pile_of([tmp_path / "a"]).files) == ["b/one.txt", "two.txt"]
    assert list(pile_of([tmp_path / "a", tmp_path / "c"]).files) == ["b/one.txt", "two.txt", "c/two.txt"]


def test_namesakes(tmp_path: Path) -> None:
    """Different files of one name get the beginning of their digests behind their ids; others keep their names."""
    written(tmp_path, "x/work-2025.txt", REPORT.format(more=ONE))
    written(tmp_path, "y/work-2025.txt", REPORT.format(more=TWO))
    written(tmp_path, "y/other-2025.txt", REPORT.format(more=THREE))
    harvested = harvest([tmp_path])
    digests = sorted(p.report.sha256[:6] for p in harvested.reports if p.report.id != "other-2025")
    assert ids(harvested) == ["other-2025", *(f"work-2025-{digest}" for digest in digests)]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_ids_of_copies_and_namesakes(tmp_path: Path, order: Sequence[int]) -> None:
    """The ids do not depend on the order of the paths, not even where a copy has the name of another report."""
    paths = [
        written(tmp_path, "x/a-2025.txt", REPORT.format(more=ONE)),
        written(tmp_path, "y/b-2025.txt", REPORT.format(more=ONE)),  # a copy of x/a-2025.txt …
        written(tmp_path, "z/b-2025.txt", REPORT.format(more=TWO)),  # … with the name of another report
    ]
    assert ids(harvest([paths[number] for number in order])) == ["a-2025", "b-2025"]


def test_progress(tmp_path: Path) -> None:
    """Each file is announced before it is read, broken ones included, then each stage; the share only grows."""
    names = ["a.txt", "b.txt", "c.txt"]
    for name in names:
        written(tmp_path, name, REPORT.format(more=name) if name != "b.txt" else "")
    announced: list[tuple[str, float]] = []
    harvest([tmp_path], lambda what, share: announced.append((str(what), share)))
    assert [what for what, _ in announced[:3]] == names
    assert announced[-1][0] == "writing"
    shares = [share for _, share in announced]
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] < 1


@pytest.mark.parametrize(
    ("name", "message"), [("nowhere.txt", "there is no such file"), ("empty", "the folder has no files")]
)
def test_missing_paths(tmp_path: Path, name: str, message: str) -> None:
    """A path that does not exist and a folder without files are errors that name it."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReadError, match=message) as raised:
        files_of([tmp_path / name])
    assert name in str(raised.value)


def test_nothing_to_publish(tmp_path: Path) -> None:
    """Where no file is a report nothing is published, and the reason is that of the first file."""
    path = written(tmp_path, "news.txt", "云河市召开会议。\n")
    with pytest.raises(ReadError, match=r"no report was understood: .*news\.txt"):
        publish(harvest([path]), tmp_path / "edition.db")
    assert not (tmp_path / "edition.db").exists()


def test_an_edition_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an edition in the default place the seed is harvested; one that is there is left as it is."""
    monkeypatch.chdir(tmp_path)
    settings = Settings()
    assert ensure_edition(settings)
    content = settings.edition.read_bytes()
    assert not ensure_edition(settings)
    assert settings.edition.read_bytes() == content


def test_a_slip_in_the_name_of_the_edition_serves_no_seed(tmp_path: Path) -> None:
    """Where the settings name an edition that is not there nothing is made: the name may be a slip."""
    settings = Settings(edition=tmp_path / "glosary.db")
    with pytest.raises(EditionMissing, match=r"glosary\.db: there is no edition here; check the name"):
        ensure_edition(settings)
    assert not settings.edition.exists()


def test_inspect(tmp_path: Path) -> None:
    """One file can be looked at by itself."""
    parsed = inspect(written(tmp_path, "good-2025.txt", REPORT.format(more="") + NOTES))
    assert (parsed.report.id, parsed.report.place, len(parsed.entries)) == ("good-2025", "义乌市", 1)


def test_files_that_nothing_can_be_made_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot be read, is nowhere, or that the program fails on is listed, and the rest is harvested."""
    written(tmp_path, "a-2025.txt", REPORT.format(more="") + NOTES)
    written(tmp_path, "broken.txt", REPORT.format(more=""))
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "gone.txt")

    def failing(document: Document, *, draft: bool = False) -> ParsedReport:
        if document.name == "broken.txt":
            raise RuntimeError("out of luck")
        return parse(document, draft=draft)

    monkeypatch.setattr("glossary_api.harvesting.taking.parse", failing)
    harvested = harvest(files_of([tmp_path]))
    assert ids(harvested) == ["a-2025"]
    broken, nowhere = harvested.failures
    assert "broken.txt" in broken.path
    assert "RuntimeError: out of luck" in str(broken.message)
    assert "nowhere.txt" in nowhere.path


def test_a_folder_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that the program may not list is a failure by its name."""
    written(tmp_path, "a-2025.txt", REPORT.format(more=""))

    def walk(folder: Path, onerror: Callable[[OSError], None]) -> Iterator[tuple[str, list[str], list[str]]]:
        onerror(PermissionError(13, "Permission denied", str(tmp_path / "closed")))
        yield str(folder), ["closed"], ["a-2025.txt"]

    monkeypatch.setattr("glossary_api.harvesting.pile.os.walk", walk)
    harvested = harvest([tmp_path])
    assert ids(harvested) == ["a-2025"]
    assert ["closed" in failure.path for failure in harvested.failures] == [True]


def test_file_names_that_are_no_utf_8(tmp_path: Path) -> None:
    """Files and folders may be called anything: what is written of them can be read."""
    folder = tmp_path / "\udcb1\udca8"
    try:
        written(folder, "a-\udcff.txt", REPORT.format(more="") + NOTES)
        written(folder, "\udcfe.txt", "no report")
    except OSError:
        pytest.skip("this file system wants UTF-8")
    harvested = harvest([tmp_path])
    publish(harvested, tmp_path / "edition.db")
    edition = Edition.open(tmp_path / "edition.db")
    assert edition.counts["reports"] == 1
    [failure] = edition.failures()
    assert failure["path"].isprintable()


@pytest.mark.parametrize("head", ["“”", "“ ”", "\u200b"])
def test_an_entry_without_a_name(tmp_path: Path, head: str) -> None:
    """An entry whose head has no characters is a finding; the other entries are harvested."""
    text = (
        REPORT.format(more="［1］，不忘［2］")
        + f"名词解释\n［1］三减：减环节、减材料、减时限。\n［2］{head}：指什么都不是。\n"
    )
    harvested = harvest([written(tmp_path, "a-2025.txt", text)])
    publish(harvested, tmp_path / "edition.db")
    assert [term.key for term in harvested.terms] == ["3减"]
    assert "entry-not-understood" in {finding.kind for finding in harvested.reports[0].findings}


def test_a_quoted_sentence_hides_no_term(tmp_path: Path) -> None:
    """The terms within a quoted sentence are used there, though the sentence is a candidate itself."""
    text = REPORT.format(more="，坚持“六个不减”。村民说：“六个不减办得好，大家都满意。”") + NOTES
    harvested = harvest([written(tmp_path, "a-2025.txt", text)])
    status = {term.id: term.status for term in harvested.terms}
    assert sorted(status.values()) == ["candidate", "established", "established"]
    used = [status[usage.match.term] for usage in harvested.usages]
    assert used.count("established") == 3


def test_a_table_of_other_things_is_one_failure(tmp_path: Path) -> None:
    """Where no record of a data set is a report one line says so; where some are, each other one is named."""
    other, speech = "这是一段别的文字。" * 20, "各位代表：\n" + "过去一年，我们迎难而上、奋力拼搏。\n" * 10
    rows = {"other.csv": [other] * 9, "some.csv": [other, speech]}
    for name, texts in rows.items():
        lines = "".join(f'{n},"{text}"\n' for n, text in enumerate(texts))
        tmp_path.joinpath(name).write_text("year,text\n" + lines, "utf-8")
    harvested = harvest([tmp_path])
    assert [parsed.report.id for parsed in harvested.reports] == ["some-2"]
    assert [Path(failure.path).name for failure in harvested.failures] == ["other.csv", "some.csv#1"]
