from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from glossary_api.reading.read import read


def bare(lines: Iterable[str]) -> list[str]:
    """Lines without white space around them, runs of it as one space, and without empty ones: what layout changes."""
    spaced = (re.sub(r"\s+", " ", line).strip() for line in lines)
    return [line for line in spaced if line]


def web_page(lines: Iterable[str]) -> bytes:
    """A page as a government site publishes reports, in GB2312."""
    text = "".join(f'<p style="text-indent: 2em">　　{html.escape(line)}</p>' for line in lines)
    return (
        '<html><head><meta charset="gb2312"><title>报告_某市人民政府</title></head><body>'
        '<div class="nav"><a href="/">首页</a><a href="/a">公开</a><a href="/b">互动</a></div>'
        f'<div class="TRS_Editor">{text}</div>'
        '<div class="footer">版权所有：某市人民政府，未经授权不得转载。</div></body></html>'
    ).encode("gb18030")


@pytest.mark.parametrize("kind", ["docx", "html", "pdf"])
def test_twins(
    kind: str,
    seed_lines: list[str],
    word_lines: Callable[[Iterable[str]], bytes],
    pdf: Callable[..., bytes],
    saved: Callable[[str, bytes], Path],
) -> None:
    """A real report gives the same paragraphs as text, as a Word file, as a web page and as a PDF."""
    twins = {"docx": word_lines(seed_lines), "html": web_page(seed_lines), "pdf": pdf(seed_lines, titles=3)}
    document = read(saved(f"report.{kind}", twins[kind]))
    assert document.format == kind
    assert bare(document.text.split("\n")) == bare(seed_lines)


@pytest.mark.parametrize("kind", ["docx", "html", "pdf"])
def test_reading_twice(
    kind: str,
    seed_lines: list[str],
    word_lines: Callable[[Iterable[str]], bytes],
    pdf: Callable[..., bytes],
    saved: Callable[[str, bytes], Path],
) -> None:
    """Reading the same bytes again gives the same document, so that spans keep their meaning."""
    twins = {"docx": word_lines(seed_lines), "html": web_page(seed_lines), "pdf": pdf(seed_lines)}
    path = saved("report", twins[kind])
    assert read(path) == read(path)
