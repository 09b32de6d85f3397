"""How quickly the extension opens its term pack and finds the names of a page of 100,000 characters.

    python -m tests.benchmarks.bench_extension [FOLDER]

With the pack of the seed and with one of 100,000 terms (kept in FOLDER for another time), in node and in Chromium, each
time in several fresh processes: a browser wakes the extension up and puts it to sleep again, so what counts is from the
text of a pack to the first page. Asked for: a page marked in 200 ms, of which this may take all when cold and 50 when
warm. Beside it stands one regular expression of all names, which neither folds nor looks at edges.
"""

from __future__ import annotations

import gzip
import http.server
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from glossary_api.exports.extension import unpack
from glossary_api.exports.formats import FORMATS
from glossary_api.harvesting.harvest import harvest, publish, seed_reports
from glossary_api.queries.export import exported
from glossary_api.store.edition import Edition
from tests.benchmarks import bench_exports

TERMS = 100_000
CHARACTERS = 100_000
PROCESSES = 5
COLD_MS, WARM_MS = 200, 50

_IN_NODE = """
import { readFileSync } from "node:fs";
import { measured, needed } from "./marking.js";
const [pack, text] = ["pack.json", "text.txt"].map((path) => readFileSync(path, "utf-8"));
console.log(JSON.stringify(%s));
"""
_IN_PAGE = """
async () => {
  const { measured } = await import("/marking.js");
  const texts = ["/pack.json", "/text.txt"].map(async (path) => (await fetch(path)).text());
  return measured(...(await Promise.all(texts)));
}
"""


def main() -> int:
    """Print the figures; 1 if any is beyond what was asked for."""
    with tempfile.TemporaryDirectory() as temporary:
        kept = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary)
        folder = _extension(Path(temporary) / "extension")
        return max(measure(folder, kept, name) for name in ("seed", "large"))


def measure(folder: Path, kept: Path, name: str) -> int:
    """Print what one pack takes; 1 if that is too much."""
    pack, text = _written(kept, name)
    (folder / "pack.json").write_bytes(pack)
    (folder / "text.txt").write_text(text, "utf-8")
    print(f"{name}: {len(pack) / 1e6:.2f} MB, {len(gzip.compress(pack, 6)) / 1e6:.2f} MB compressed")
    with in_chromium(folder) as page:
        missed = [report(where, run) for where, run in (("node", partial(in_node, folder)), ("Chromium", page)) if run]
    against, memory = in_node(folder, "measured(pack, text, true)"), in_node(folder, "needed(pack, text)")
    print(
        f"  one regular expression {against['expression']:,.1f} ms, {against['expression'] / against['warm']:.1f} times"
        f" as long as we; {memory / 1e6:.1f} MB beside the text of the pack"
    )
    return max(missed)


def report(where: str, run: Callable[[], Any]) -> int:
    """Print the best of several runs in fresh processes; 1 if that is too much."""
    runs = [run() for _ in range(PROCESSES)]
    best = {name: min(one[name] for one in runs) for name in runs[0]}
    cold = min(one["open"] + one["index"] + one["first"] for one in runs)
    print(
        f"  {where}: opened {best['open']:.1f} ms, indexed {best['index']:.1f}, first page {best['first']:.1f},"
        f" in all {cold:.1f}; warm {best['warm']:.1f} ms for {best['found']:,} terms in {CHARACTERS:,} characters"
    )
    return int(cold > COLD_MS or best["warm"] > WARM_MS)


def in_node(folder: Path, what: str = "measured(pack, text)") -> Any:
    """What `marking.js` says in a fresh process of node."""
    command = ["node", "--expose-gc", "--input-type=module", "--eval", _IN_NODE % what]
    return json.loads(subprocess.check_output(command, cwd=folder))


@contextmanager
def in_chromium(folder: Path) -> Iterator[Callable[[], Any] | None]:
    """What measures in a page of a fresh process of Chromium; None where there is none."""
    path = shutil.which("chromium")
    if path is None:
        yield None
        return
    from playwright.sync_api import sync_playwright

    handler = partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def run() -> Any:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{server.server_port}/server.json")
            found = page.evaluate(_IN_PAGE)
            browser.close()
            return found

        yield run
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def _extension(folder: Path) -> Path:
    """The extension, and beside it what measures it."""
    unpack("http://127.0.0.1:8000/", folder)
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    shutil.copy(Path(__file__).parent / "marking.js", folder)
    return folder


def _written(folder: Path, name: str) -> tuple[bytes, str]:
    """The pack of an edition, and a text that its reports are made of."""
    path = folder / f"{name}.db"
    if not path.exists() and name == "seed":
        publish(harvest(seed_reports()), path)
    elif not path.exists():
        bench_exports.write(path, TERMS)
    edition = Edition.open(path)
    pack = b"".join(exported(edition, FORMATS["termpack"]))
    whole = "\n\n".join(text for (text,) in edition.select("SELECT unpacked(text) FROM reports LIMIT 100"))
    edition.close()
    return pack, (whole * (CHARACTERS // len(whole) + 1))[:CHARACTERS]


if __name__ == "__main__":
    sys.exit(main())
