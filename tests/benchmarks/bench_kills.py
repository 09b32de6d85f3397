"""Commands that are killed at random points: nothing is broken, and nothing is left behind after the next run.

    python -m tests.benchmarks.bench_kills [--kills N] [--seed N]

Harvest, add, import, decide and publish take turns. A command is killed at a moment drawn from the time that it takes.
Then what readers see must be whole: the edition (read to its last bit), the log of decisions, the renderings, the
published place. No process of it is alive a moment later. Then the command runs to its end: it succeeds, and of the
folder's files there are those that were there after the first runs, and no others.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from glossary_api.curation.decision_log import read_log
from glossary_api.errors import GlossaryError
from glossary_api.harvesting.equivalents import read_equivalents
from glossary_api.harvesting.harvest import seed_reports
from glossary_api.store.edition import Edition
from glossary_api.store.publication import Follower
from glossary_api.store.verifying import verify

KILLS = 200
_PATIENCE = 10.0
"""Seconds that the helpers of a killed command have to notice."""
_COLUMNS = "term,sense,language,rendering,status,source,note\n"


class Desk:
    """A folder with a pile, an edition, decisions, renderings and a place to publish, and what changes them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "pile").mkdir()
        for report in seed_reports():
            (folder / "pile" / report.name).write_bytes(report.read_bytes())
        self.turn = 0

    def command(self, kind: str) -> list[str]:
        """A command of a kind that has something to do: it takes turns between two things to write."""
        self.turn += 1
        odd = self.turn % 2
        if kind == "harvest":  # all is to be parsed anew, and what was parsed to be kept
            (self.folder / "glossary.cache.db").unlink(missing_ok=True)
        reports = ["pile"] if odd else ["pile/kunshan-2024.txt", "pile/taicang-2024.txt"]
        return {
            "harvest": ["harvest", *reports, "--replace", "-o", "glossary.db"],
            "add": ["add", "pile/wujiang-2025.txt", "-o", "glossary.db"],
            "import": ["import", f"import-{odd}.csv", "--replace", "--edition", "second.db", "-o", "renderings.csv"],
            "decide": ["decide", ("reject", "establish")[odd], "两重"],
            "publish": ["publish", "--edition", ("glossary.db", "second.db")[odd], "published"],
        }[kind]

    def begin(self) -> None:
        """Harvest what the commands start from, and write two files with other renderings of all its terms."""
        self.run(["harvest", "pile", "-o", "second.db"])
        edition = Edition.open(self.folder / "second.db")
        names = edition.select("SELECT name FROM terms WHERE senses < 2 AND status = 'established' ORDER BY id")
        edition.close()
        for number in range(2):
            rows = "".join(f"{name},,en,Rendering {number} of {at},approved,us,\n" for at, (name,) in enumerate(names))
            (self.folder / f"import-{number}.csv").write_text(_COLUMNS + rows, "utf-8")

    def start(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        """Start a command in a session of its own."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GLOSSARY_")}
        return subprocess.Popen(
            [sys.executable, "-m", "glossary_api.cli", *command],
            cwd=self.folder,
            env={**environment, "PYTHONPATH": str(Path(__file__).parents[2])},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def run(self, command: Sequence[str]) -> float:
        """Run a command to its end; the seconds that it took."""
        begun = time.monotonic()
        process = self.start(command)
        complaint = process.communicate()[1].decode()
        assert process.returncode == 0, (command, complaint[:2000])
        return time.monotonic() - begun

    def files(self) -> set[str]:
        """The files that are there; published editions count as one, since each has a name of its own."""
        found = [path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()]
        return {name.partition("edition-")[0] for name in found}

    def broken(self) -> Iterator[str]:
        """Say what readers cannot read."""
        copy = self.folder.with_name("followed.db")
        copy.unlink(missing_ok=True)
        looks: dict[str, Callable[[], object]] = {
            "edition": lambda: verify(self.folder / "glossary.db"),
            "decisions": lambda: read_log(self.folder / "decisions.jsonl"),
            "renderings": lambda: read_equivalents([self.folder / "renderings.csv"]),
            "published": lambda: Follower(str(self.folder / "published"), copy).fetch(),
        }
        for what, look in looks.items():
            try:
                look()
            except GlossaryError as error:
                yield f"{what}: {error}"


def main() -> int:
    """Print what was killed, broken and left; 1 if anything was."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=KILLS)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    chance, killed, too_late, wrong = random.Random(given.seed), Counter[str](), Counter[str](), list[str]()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "desk").mkdir()
        desk = Desk(Path(folder) / "desk")
        seconds = prepared(desk)
        usual = desk.files()
        for kind in itertools.cycle(seconds):
            if killed.total() == given.kills:
                break
            process = desk.start(command := desk.command(kind))
            time.sleep(chance.random() * seconds[kind])
            process.send_signal(signal.SIGKILL)
            process.communicate()
            (killed if process.returncode == -signal.SIGKILL else too_late)[kind] += 1
            wrong += [f"{kind}, killed: {what}" for what in (*desk.broken(), *survivors(process.pid))]
            desk.run(command)
            wrong += [f"{kind}, after the next run: {what}" for what in desk.broken()]
            wrong += [f"{kind} left {name}" for name in sorted(desk.files() ^ usual)]
    for kind, longest in seconds.items():
        print(f"{kind:8} {longest:5.2f} s, killed {killed[kind]:3}, ended before that {too_late[kind]:3}")
    print(*wrong, f"{killed.total()} kills: {len(wrong)} things broken or left behind", sep="\n")
    return int(bool(wrong))


def prepared(desk: Desk) -> dict[str, float]:
    """Run each command twice; the seconds that each takes."""
    desk.begin()
    kinds = ("harvest", "add", "import", "decide", "publish")
    found = [{kind: desk.run(desk.command(kind)) for kind in kinds} for _ in range(2)]
    return {kind: max(one[kind] for one in found) for kind in kinds}


def survivors(session: int) -> list[str]:
    """Say which processes of a session do not end by themselves; they are ended."""
    until = time.monotonic() + _PATIENCE
    while (alive := _of_session(session)) and time.monotonic() < until:
        time.sleep(0.05)
    for pid in alive:
        os.kill(pid, signal.SIGKILL)
    return [f"process {pid} lives on" for pid in alive]


def _of_session(session: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, _group, of = path.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(of) == session and state != "Z":
            found.append(int(path.parent.name))
    return found


if __name__ == "__main__":
    sys.exit(main())
