from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from glossary_api.api.routes.decisions import STATES
from glossary_api.curation.decisions import KINDS
from glossary_api.model import words
from glossary_api.queries.finding_kinds import ROWS
from glossary_api.site import blueprint
from glossary_api.site.page import all_words
from glossary_api.site.web_files import FOLDER, SHARED
from glossary_api.site.web_files import WORDS as WORD_FILES
from glossary_api.text.captions import all_captions

STYLES = (FOLDER / "static" / "site.css").read_text("utf-8")
TEMPLATES = sorted(path for path in (FOLDER / "templates").rglob("*") if path.suffix in (".html", ".xml"))
PAGES = Path(blueprint.__file__).parent.glob("*.py")
LISTS = {path.name: json.loads(path.read_text("utf-8")) for path in sorted(WORD_FILES.glob("*.json"))}
WORDS = all_words()


VALUES = {
    "said_by": words.ORIGINS[1:],
    "outcome": words.OUTCOMES,
    "severity": words.SEVERITIES,
    "queue": words.REVIEWED,
    "state": STATES,
    "decide": tuple(KINDS),
    "decision_field": tuple({name for kind in KINDS.values() for name in (*kind.needs, *kind.may)}),
}
"""What pages ask words for that they put together of a beginning and a value."""


@pytest.mark.parametrize("beginning", VALUES)
def test_there_are_words_for_every_value(beginning: str) -> None:
    """A page that names what became of something finds words for it, whatever it was."""
    assert [value for value in VALUES[beginning] if f"{beginning}_{value}" not in WORDS] == []


def _scheme(dark: bool) -> dict[str, str]:
    """The colours of a scheme by name."""
    light, night = (
        dict(re.findall(r"--(\w+): (#\w{6});", part)) for part in STYLES.split("prefers-color-scheme: dark")
    )
    return light | night if dark else light


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one: str, other: str) -> float:
    dim, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("ink", "ground", 7),  # running text, the strictest level of WCAG
        ("ink", "raised", 7),  # a definition in a report
        ("ink", "marked", 7),  # the sentence that a link leads to
        ("quiet", "ground", 4.5),
        ("seal", "ground", 4.5),
        ("seal", "raised", 4.5),
        ("seal", "marked", 4.5),
        ("good", "ground", 4.5),
        ("bad", "ground", 4.5),
        ("ground", "seal", 4.5),  # the search button
        ("field", "ground", 3),  # the edge of the search box
    ],
)
def test_colours_can_be_read(ink: str, ground: str, least: float, dark: bool) -> None:
    """Every colour stands out from its ground as WCAG asks, in the light and in the dark scheme."""
    colours = _scheme(dark)
    assert _contrast(colours[ink], colours[ground]) >= least


def test_dark_scheme_names_every_colour() -> None:
    """No colour of the light scheme is forgotten in the dark one."""
    light, night = STYLES.split("prefers-color-scheme: dark")
    pattern = r"--(\w+): #"
    assert set(re.findall(pattern, light)) == set(re.findall(pattern, night.split("}")[0])) != set()


def test_static_files_ask_no_other_host() -> None:
    """No style, script or picture of a page names another address to load from."""
    texts = (path for path in (FOLDER / "static").glob("*.*") if path.suffix != ".png")
    for path in (*texts, *SHARED.glob("*.*")):
        content = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")  # a name, never loaded
        assert not re.search(r"https?:|//\w|@import|url\(", content), path.name


def test_templates_leave_escaping_on() -> None:
    """No template switches escaping off, and every template is of the kind that escapes by itself."""
    for path in TEMPLATES:
        assert not re.search(r"\|\s*safe\b|autoescape|Markup", path.read_text("utf-8")), path.name
    assert len(TEMPLATES) == sum(1 for path in (FOLDER / "templates").rglob("*") if path.is_file())


def test_templates_hold_no_inline_script_and_no_style() -> None:
    """No template carries a script of its own, a style element, a style attribute or an event attribute."""
    for path in TEMPLATES:
        source = path.read_text("utf-8")
        assert not re.search(r"<style|\sstyle=|\son\w+=", source), path.name
        scripts = re.findall(r"<script.*?</script>", source, re.S)
        assert all(re.fullmatch(r'<script type="module" src="{{ asset\([^)]*\) }}"></script>', s) for s in scripts), (
            path
        )


def test_no_word_stands_in_two_lists() -> None:
    """The lists of words, one for each page, share no key, with each other or with the tables."""
    assert sum(map(len, (*LISTS.values(), *all_captions().values(), ROWS))) == len(WORDS)


def test_every_word_is_there_in_both_languages() -> None:
    """Every key has words in Chinese and in English that take the same values."""

    def slots(words: str | dict[str, str]) -> set[str]:
        forms = [words] if isinstance(words, str) else list(words.values())
        return {name for form in forms for name in re.findall(r"\{(\w+)(?::,)?\}", form)}

    for key, said in WORDS.items():
        assert set(said) == {"zh", "en"}, key
        assert slots(said["zh"]) == slots(said["en"]), key


def test_words_and_templates_agree() -> None:
    """Every key that a page says is in the lists of words, and every word of the lists is said somewhere."""
    source = "".join(path.read_text("utf-8") for path in (*TEMPLATES, *PAGES))
    said = set(re.findall(r"""say\(['"](\w+)['"][,)]""", source))
    starts = set(re.findall(r"""say\(['"](\w+_)['"] ~""", source))
    assert said <= set(WORDS)
    said |= {"terms", "reports", "about", "annotate", "findings"}  # named by the navigation, from a tuple of endpoints
    said |= set(LISTS.get("script.json", ()))  # handed to the scripts as a whole
    assert [k for k in WORDS if k not in said and not any(k.startswith(s) for s in starts)] == []
