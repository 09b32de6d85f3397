"""Reports that are added to an edition make of it what a harvest of everything at once makes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from glossary_api.cli import harvesting
from glossary_api.cli.main import main
from glossary_api.curation.decision_log import read_log, record
from glossary_api.curation.tokens import create_token, tokens_beside
from glossary_api.harvesting import adding
from glossary_api.harvesting.adding import add_reports
from glossary_api.harvesting.amending import amend
from glossary_api.harvesting.judging import _FEW
from glossary_api.queries.search import search
from glossary_api.store.copying import EditionCopy
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters
from glossary_api.store.verifying import verify

PLACES = ("昆山市", "太仓市", "常熟市", "张家港市", "江阴市", "宜兴市", "义乌市", "诸暨市")
NAMES = (
    "三个早", "四个查", "五化协同", "沃土计划", "以旧换新", "三早", "一盘棋", "六个不发生", "两新", "沃土", "十四五",
    "一五", "八项行动", "清流", "清流行动", "三欠", "链长制", "R&D", "1+2+3", "四不两直", "五化", "三大工程",
)  # fmt: skip
"""Names of which some stand within others, and some are words, plans or mere numbers."""
MEANINGS = ("早谋划、早动手、早见效", "查责任、查措施、查落实、查实效", "把好的土给苗", "旧的换成新的，一样一样地换")
FRAMES = (
    "实施“{0}”行动，做好{1}工作。", "推进{0}，落实“{1}”。", "清“{0}”、“{1}”专项工作取得进展。",
    "深化{0}和{1}改革。", "“{0}”{1}全面完成，发展低空经济。", "打造“{0}”品牌，持续抓好{1}。",
    "做到早谋划、早动手、早见效“三个早”，{0}。", "围绕“{0}”“{1}”要求抓落实。",
)  # fmt: skip
Run = Callable[..., str]


def report(chance: random.Random, place: str, year: int, lines: int = 9) -> str:
    """A short report with names in and out of quotation marks, and perhaps an appendix."""
    text = f"政府工作报告\n——{year}年1月{chance.randint(5, 20)}日在{place}第十届人民代表大会第三次会议上\n"
    text += f"{place}人民政府市长 王某\n\n各位代表：\n"
    for number in range(lines):
        if number % 4 == 0:
            text += f"{'一二三四五六'[number // 4]}、{chance.choice(MEANINGS[2:])}\n"
        sentences = (chance.choice(FRAMES).format(*chance.sample(NAMES, 2)) for _ in range(3))
        text += "".join(sentences) + "\n"
    if chance.random() < 0.5:
        notes = enumerate(chance.sample(NAMES, 3), 1)
        text += "\n名词解释\n" + "".join(f"{n}．“{name}”：指{chance.choice(MEANINGS)}。\n" for n, name in notes)
    return text


def pile(folder: Path, seed: int, number: int) -> list[Path]:
    """So many reports as files, no two of one place and year."""
    chance = random.Random(seed)
    whose = chance.sample([(place, year) for place in PLACES for year in range(2021, 2027)], number)
    folder.mkdir(exist_ok=True)
    for place, year in whose:
        (folder / f"{place}{year}.txt").write_text(report(chance, place, year), "utf-8")
    return [folder / f"{place}{year}.txt" for place, year in whose]


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each adding went without a harvest."""
    done: list[bool] = []

    def noted(*arguments: Any) -> object:
        result = add_reports(*arguments)
        done.append(result is not None)
        return result

    monkeypatch.setattr(harvesting, "add_reports", noted)
    return done


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command for the edition of a name and returns its hash."""
    monkeypatch.chdir(tmp_path)

    def running(command: str, name: str, *paths: Path, more: tuple[str, ...] = ()) -> str:
        words = [command, *map(str, paths), "-o", name, "--jobs", "1", *more]
        done = CliRunner().invoke(main, words, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return verify(tmp_path / name)

    return running


def portions(chance: random.Random, files: list[Path]) -> Iterator[list[Path]]:
    """Split files into a first half and portions of the rest."""
    at = len(files) // 2
    yield files[:at]
    while at < len(files):
        size = chance.randint(1, 4)
        yield files[at : at + size]
        at += size


@pytest.mark.parametrize("seed", range(6))
def test_adding_in_portions_is_harvesting_at_once(seed: int, run: Run, added: list[bool], tmp_path: Path) -> None:
    """Whatever is added in whatever portions: after each the hash is that of a harvest of all so far."""
    files = pile(tmp_path / "pile", seed, 18)
    first, *others = portions(random.Random(seed), files)
    run("harvest", "x.db", *first)
    so_far = list(first)
    for some in others:
        so_far += some
        assert run("add", "x.db", *some) == run("harvest", "y.db", *so_far)
    assert all(added), "everything was followed without a harvest"
    assert everything("x.db") == everything("y.db")


@pytest.mark.parametrize("meanings", [("种树、护林两件事",), ("种树、护林两件事", "修桥、通路两件事")])
def test_more_is_said_of_a_name_that_very_many_explain(
    meanings: tuple[str, ...], run: Run, added: list[bool], tmp_path: Path
) -> None:
    """Of more explanations than are looked at for each use, in one sense or several, others may be the nearest now."""
    files = sorted(pile(tmp_path / "pile", 1, 48), key=lambda file: (file.name[:3] == "诸暨市", file.name[3:]))
    for number, file in enumerate(files):
        body, said = file.read_text("utf-8").partition("\n名词解释\n")[0], meanings[number % len(meanings)]
        note = "" if file.name == "诸暨市2026.txt" else f"\n名词解释\n1．“双山”：指{said}。\n"
        file.write_text(f"{body}推进“双山”。\n{note}", "utf-8")
    *old, before, last = files
    old = [file for file in old if not file.name.startswith("诸暨市")] + [last]
    run("harvest", "x.db", *old)
    told = Edition.open(Path("x.db")).select("SELECT count(*) FROM definitions GROUP BY term")
    assert max(told) > (_FEW,)
    assert run("add", "x.db", before) == run("harvest", "y.db", *old, before)
    assert added == [True]


def everything(name: str) -> list[object]:
    """What searches and lists of an edition answer, in their order."""
    edition = Edition.open(Path(name))
    found: list[object] = [edition.select(f"SELECT id FROM {table} ORDER BY rank") for table in ("terms", "reports")]
    for asked in (*NAMES, "早", "换", "低空"):
        for filters in ({}, {"year": 2024}, {"defined": True}, {"kind": "numeral"}):
            page = search(edition, TermFilters(q=asked, **filters), limit=5)
            found.append((page.items, page.total, page.next))
            if page.next:
                found.append(search(edition, TermFilters(q=asked, **filters), limit=5, cursor=page.next).items)
    return found


def again(files: list[Path]) -> list[Path]:
    """The same file under another name, behind it in their order."""
    other = files[0].parent / "龙.txt"
    other.write_bytes(files[0].read_bytes())
    return [other]


def copied(files: list[Path]) -> list[Path]:
    """The text of a report that is there, hardly another one: whose id it had has another one then."""
    other = files[0].parent / "又一份.txt"
    other.write_text(files[0].read_text("utf-8").replace("各位代表：", "各位代表: "), "utf-8")
    return [other]


def second(files: list[Path]) -> list[Path]:
    """A further report of a place and year of which there is one, with its words and notes behind them."""
    other = files[0].parent / "又一份.txt"
    text = next(text for one in files if "名词解释" not in (text := one.read_text("utf-8")))
    other.write_text(text + "\n名词解释\n" + "".join(f"{n}．“丙{n}丁”：指早谋划。\n" for n in range(1, 9)), "utf-8")
    return [other]


def manifest(files: list[Path]) -> list[Path]:
    """A row that corrects the title and the place of a report that is there."""
    other = files[0].parent / "reports.csv"
    other.write_text(f"file,title,place\n{files[0].name},政府工作报告之一,吴江区\n", "utf-8")
    return [other]


def refused(files: list[Path]) -> list[Path]:
    """A file that is no report."""
    other = files[0].parent / "菜单.txt"
    other.write_text("今天有面条。\n", "utf-8")
    return [other]


def unquoted(files: list[Path]) -> list[Path]:
    """Two reports that quote what those that are there write without quotation marks."""
    made = []
    for place in ("启东市", "海门区"):
        other = files[0].parent / f"{place}2026.txt"
        text = report(random.Random(1), place, 2026, 2).replace("工作", "“面改革”工程、“低空经济”行动", 3)
        other.write_text(text, "utf-8")
        made.append(other)
    return made


def joining(files: list[Path]) -> list[Path]:
    """A report that prints names within others which were terms apart, and notes in the words of two senses."""
    other = files[0].parent / "启东市2026.txt"
    body = report(random.Random(3), "启东市", 2026, 4).partition("\n名词解释\n")[0]
    said = (f"沃土计划”：指{MEANINGS[0]}，{MEANINGS[1]}", f"三个早”：指{MEANINGS[1]}、{MEANINGS[0]}")
    notes = "".join(f"{number}．“{one}。\n" for number, one in enumerate(said, 1))
    other.write_text(f"{body}推进“沃土”计划、“清流”行动和“三欠”清查。\n\n名词解释\n{notes}", "utf-8")
    return [other]


def quoting(files: list[Path]) -> list[Path]:
    """Reports that quote short names, so that these may count nowhere unquoted."""
    made = []
    for place in ("启东市", "海门区", "吴江区", "虎丘区"):
        other = files[0].parent / f"{place}2026.txt"
        other.write_text(report(random.Random(5), place, 2026, 1) + "推进“清流”、“沃土”、“两新”、“五化”。\n", "utf-8")
        made.append(other)
    return made


def between(files: list[Path]) -> list[Path]:
    """Reports of one day, more than there is room for between two that are there."""
    made = []
    for place in ("吴江区", "虎丘区", "吴中区", "相城区", "姑苏区", "启东市", "海门区"):
        other = files[0].parent / f"{place}2023.txt"
        other.write_text(report(random.Random(place), place, 2023, 20), "utf-8")
        made.append(other)
    return made


@pytest.mark.parametrize(
    ("further", "is_followed"),
    [
        (again, True),
        (copied, False),
        (second, True),
        (manifest, False),
        (refused, True),
        (unquoted, True),
        (joining, True),
        (quoting, True),
        (between, True),
    ],
)
def test_whatever_comes_is_as_harvested_at_once(
    further: Callable[[list[Path]], list[Path]], is_followed: bool, run: Run, added: list[bool], tmp_path: Path
) -> None:
    """What changes a report that is there leads to a harvest; everything else is followed; the hash is the same."""
    files = pile(tmp_path / "pile", 7, 12)
    run("harvest", "x.db", *files)
    more = further(files)
    assert run("add", "x.db", *more) == run("harvest", "y.db", *files, *more)
    assert added == [is_followed]
    assert everything("x.db") == everything("y.db")


def test_adding_nothing_changes_nothing(run: Run, added: list[bool], tmp_path: Path) -> None:
    """An edition that nothing is added to keeps its hash, and can be added to again."""
    files = pile(tmp_path / "pile", 3, 6)
    before = run("harvest", "x.db", *files[:5])
    assert run("add", "x.db") == before
    assert run("add", "x.db", files[5]) == run("harvest", "y.db", *files)
    assert added == [True, True]


def test_an_edition_is_added_to_whole_or_not_at_all(
    run: Run, added: list[bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is stopped in the middle leaves the edition as it was, and the next adding does everything."""
    files = pile(tmp_path / "pile", 5, 6)
    run("harvest", "x.db", *files[:5])
    before = (tmp_path / "x.db").read_bytes()
    with monkeypatch.context() as broken:
        broken.setattr(EditionCopy, "attach", lambda *_: exec("raise MemoryError"))
        with pytest.raises(MemoryError):
            run("add", "x.db", files[5])
    assert (tmp_path / "x.db").read_bytes() == before
    assert sorted(path.name for path in tmp_path.glob("[!.]*")) == ["pile", "x.cache.db", "x.db"]
    assert not list(tmp_path.glob("*.unfinished*"))
    assert run("add", "x.db", files[5]) == run("harvest", "y.db", *files)
    assert added == [True]


def test_what_another_program_noted_is_not_trusted(
    run: Run, added: list[bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edition of a program with other rules is harvested anew."""
    files = pile(tmp_path / "pile", 5, 6)
    run("harvest", "x.db", *files[:5])
    monkeypatch.setattr(adding, "program", lambda **_: "another")
    run("add", "x.db", files[5])
    assert added == [False]


def test_an_edition_that_was_added_to_can_be_decided_about(run: Run, added: list[bool], tmp_path: Path) -> None:
    """Where somebody may decide the cache keeps the reports that were added, too: a decision is laid at once."""
    files, log = pile(tmp_path / "pile", 5, 6), tmp_path / "decisions.jsonl"
    create_token(tokens_beside(log), "li", "decide")
    run("harvest", "x.db", *files[:5], more=("--decisions", str(log)))
    run("add", "x.db", files[5], more=("--decisions", str(log)))
    record(log, {"kind": "establish", "term": "低空经济", "why": ""}, "li")
    assert amend(tmp_path / "x.db", read_log(log))
    decided = dict(Edition.open(tmp_path / "x.db").select("SELECT name, document FROM terms"))
    verify(tmp_path / "x.db")
    run("add", "x.db", more=("--decisions", str(log)))
    assert decided == dict(Edition.open(tmp_path / "x.db").select("SELECT name, document FROM terms"))
    assert added == [True]
