"""How long marking takes, and whether the page stays alive meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Page

from .conftest import Reader, marked

REPORTS = Path(__file__).parents[3] / "seed" / "reports"
CHARACTERS = 100_000
RUNS = 10
WATCH = """
  globalThis.long = [];
  new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: "longtask" });
  globalThis.gaps = [];
  let last = performance.now();
  (function frame(now) { gaps.push(now - last); last = now; requestAnimationFrame(frame); })(last);
"""
READ = """
  (async () => {
    const { Reading } = await import(chrome.runtime.getURL("content/reading.js"));
    const { loadSettings } = await import(chrome.runtime.getURL("settings.js"));
    const reading = new Reading(await loadSettings(), () => {});
    const begin = performance.now();
    await reading.start();
    const took = performance.now() - begin;
    await new Promise((done) => setTimeout(done, 300));
    return { took, count: reading.tally.terms.reduce((sum, { count }) => sum + count, 0), stop: reading.stop() };
  })()
"""


def _page() -> str:
    """A page of the size, as a newspaper would print a report: paragraphs, with links and emphasis in them."""
    text = "\n".join(path.read_text("utf-8") for path in sorted(REPORTS.glob("*.txt")))
    lines = [line.strip() for line in (text * 2)[:CHARACTERS].splitlines() if line.strip()]
    return "".join(
        f"<p>{line[:9]}<b>{line[9:20]}</b>{line[20:40]}<a href=/x>{line[40:52]}</a>{line[52:]}</p>" for line in lines
    )


def _inside(reader: Reader, page: Page) -> Callable[[str], dict[str, Any]]:
    """Runs a script in the world of the extension's content scripts."""
    session = page.context.new_cdp_session(page)
    worlds: list[dict[str, Any]] = []
    session.on("Runtime.executionContextCreated", lambda event: worlds.append(event["context"]))
    session.send("Runtime.enable")
    world = next(world["id"] for world in worlds if reader.id in world["origin"])

    def run(script: str) -> dict[str, Any]:
        asked = {"expression": script, "contextId": world, "awaitPromise": True, "returnByValue": True}
        return cast("dict[str, Any]", session.send("Runtime.evaluate", asked)["result"]["value"])

    return run


def test_a_long_page_is_marked_at_once_and_stays_alive(reader: Reader) -> None:
    """A page of 100,000 characters is marked in less than 200 ms, and no frame is longer than 50 ms meanwhile.

    One of a few runs has to be so: the machine may have other things to do. The figures are printed.
    """
    reader.choose(off=["news.example"])
    page = reader.open(_page())
    inside = _inside(reader, page)
    page.evaluate(WATCH)
    for _ in range(RUNS):
        page.evaluate("() => { long.length = gaps.length = 0 }")
        page.wait_for_timeout(200)
        said = inside(READ)
        took, task, frame = said["took"], max(page.evaluate("long"), default=0), max(page.evaluate("gaps"))
        print(f"in {took:.0f} ms, longest task {task:.0f} ms (0: none over 50), longest frame {frame:.0f} ms")  # noqa: T201
        assert said["count"] > 500
        assert marked(page) == []
        if took < 200 and max(task, frame) <= 50:
            return
    pytest.fail("no run was quick and smooth enough")
