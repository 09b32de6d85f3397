"""The pictures that the stores of extensions show, made of the extension as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Page

from .conftest import Proxy, Reader, tooltip, wait_for_marks, wait_until

SIZE = {"width": 1280, "height": 800}
"""As both stores want them."""
NEWS = """<style>
  body { margin: 0; font: 20px/1.9 "Noto Serif CJK SC", serif; background: #fff; color: #222; }
  header { padding: 18px 140px; background: #1f3a5f; color: #fff; font: 600 18px/1.4 "Noto Sans CJK SC", sans-serif; }
  main { max-width: 800px; margin: 40px 140px; } h1 { font-size: 34px; line-height: 1.4; margin: 0 0 8px; }
  .by { color: #777; font-size: 16px; }
</style>
<header>云溪日报</header>
<main><h1>守住底线，办好实事</h1><p class=by>本报记者</p>
<p>会议要求，坚决落实“六个不发生”要求，抓好“两重”“两新”，推进安全生产“六化”建设。</p>
<p>与会人员表示，要把底线思维落到每一个岗位，把好事办到群众心里，让发展更有质量，让生活更有温度。</p></main>"""
MIDDLE = """() => {
  const [first] = CSS.highlights.get("glossary-api-term");
  const range = document.createRange();
  range.setStart(first.startContainer, first.startOffset);
  range.setEnd(first.endContainer, first.endOffset);
  const { left, right, top, bottom } = range.getBoundingClientRect();
  return [(left + right) / 2, (top + bottom) / 2];
}"""


def size_of(picture: Path) -> tuple[int, int]:
    """Width and height of a PNG."""
    head = picture.read_bytes()[16:24]
    return int.from_bytes(head[:4], "big"), int.from_bytes(head[4:], "big")


def point(page: Page) -> None:
    """Rest the pointer on the first term, and wait for its tooltip."""
    x, y = cast("tuple[float, float]", page.evaluate(MIDDLE))
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    wait_until(lambda: tooltip(page))
    page.wait_for_timeout(300)  # it fades in


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pictures_for_the_stores(
    launch: Callable[..., Reader], proxy: Proxy, language: str, shots: Path, tmp_path: Path
) -> None:
    """A page with a tooltip, and the settings: each picture has exactly the size that the stores ask for."""
    reader = launch(proxy, language, viewport=SIZE)
    wait_until(lambda: "edition" in (reader.kept("pack") or {}))
    page = reader.open(NEWS, f"http://{language}.example/")
    wait_for_marks(page, "六个不发生", "两重", "两新", "安全生产“六化”")
    point(page)
    page.screenshot(path=shots / f"store-{language}-1.png")
    settings = reader.own("options/options.html")
    settings.wait_for_selector("#edition:not(:empty)")
    settings.screenshot(path=shots / f"store-{language}-2.png")
    assert {size_of(shots / f"store-{language}-{number}.png") for number in (1, 2)} == {(1280, 800)}
