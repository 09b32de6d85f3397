"""Wrong numbers put into translations one at a time: how many `check` notices, and what it says of untouched ones.

    python -m tests.benchmarks.bench_numbers [--alarms] [--missed KIND] FILE.tmx…

Without files, GLOSSARY_TMX names them, or a folder of them. `--alarms` prints each alarm, `--missed` what was missed.
Asked for: at least WANTED of each kind, and at most ALARMS findings about numbers per 1,000 untouched segments.
"""

from __future__ import annotations

import os
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from glossary_api.translation.check import NUMBER, CheckedSegment, check
from glossary_api.translation.segments import Segment, read_segments

SEEDS = 300
WANTED = {"swap": 0.85, "times ten": 0.90, "percent": 0.95, "year": 0.60, "figure": 0.50, "word": 0.50}
WANTED |= {"currency": 0.85, "unit": 0.85}
ALARMS = 1.0

_WORDS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_FIGURE = re.compile(r"(?<![\w.,-])\d+(?:,\d{3})*(?:\.\d+)?")
_PLACES = {
    "swap": re.compile(r"\b(?:million|billion)\b"),
    "times ten": re.compile(r"(?<![\w.,-])\d+(?:,\d{3})*(?:\.\d+)?(?= (?:thousand|million|billion|trillion)\b)"),
    "percent": re.compile(r"(?<![\w.,-])\d+(?:\.\d+)?(?=%| percent)"),
    "year": re.compile(r"\b(?:19|20)\d\d\b"),
    "figure": _FIGURE,
    "word": re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE),
    "currency": re.compile(r"(?<=llion )yuan\b|(?<=\d )yuan\b"),
    "unit": re.compile(r"(?<=\d )(?:percentage points?|kilometers|hectares|(?:metric )?tons|kilowatts)\b"),
}


def _other_figure(figure: str, chance: random.Random) -> str:
    """A figure with one digit changed."""
    places = [place for place, sign in enumerate(figure) if sign.isdigit()]
    place = chance.choice(places)
    digits = [digit for digit in "123456789" if digit != figure[place]]
    return figure[:place] + chance.choice(digits) + figure[place + 1 :]


def _times_ten(figure: str, _chance: random.Random) -> str:
    value = float(figure.replace(",", "")) * 10
    return f"{value:,.10g}" if "," in figure else f"{value:.10g}"


def _other_word(word: str, chance: random.Random) -> str:
    other = chance.choice([one for one in _WORDS if one != word.lower()])
    return other.capitalize() if word[0].isupper() else other


_OTHER_UNITS = {"kilometers": "miles", "hectares": "mu", "tons": "kilograms", "kilowatts": "megawatts"}

_CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "swap": lambda word, _: "billion" if word == "million" else "million",
    "times ten": _times_ten,
    "percent": _other_figure,
    "year": lambda year, chance: str(int(year) + chance.choice((-3, -2, -1, 1, 2, 3))),
    "figure": _other_figure,
    "word": _other_word,
    "currency": lambda _, chance: chance.choice(("dollars", "US dollars", "euros", "Hong Kong dollars")),
    "unit": lambda unit, _: _OTHER_UNITS.get(unit.split()[-1], "percent"),
}


def main(arguments: Sequence[str]) -> int:
    """Print the figures; 1 if any is worse than what was asked for."""
    shown = "--alarms" in arguments
    missed = arguments[arguments.index("--missed") + 1] if "--missed" in arguments else ""
    texts = [read_segments(path) for path in files([n for n in arguments if not n.startswith("--") and n != missed])]
    alarms = [
        (segment, message)
        for text in texts
        for segment, said in zip(text, said_of(text), strict=True)
        for message in said
    ]
    for segment, message in alarms if shown else ():
        print(f"{message}\n    {segment.source}\n    {segment.target}")
    count = sum(map(len, texts))
    rate = 1000 * len(alarms) / count
    print(f"{count} segments, {len(alarms)} alarms: {rate:.2f} per 1,000 (at most {ALARMS})")
    worse = rate > ALARMS
    for kind, wanted in WANTED.items():
        results = list(noticed(texts, kind))
        found = sum(seen for _, seen in results)
        share = found / len(results) if results else 0.0
        print(f"{kind:10} {found} of {len(results)}: {share:.2f} (at least {wanted:.2f})")
        worse = worse or share < wanted
        for segment, seen in results:
            if kind == missed and not seen:
                print(f"    {segment.source}\n    {segment.target}")
    return int(worse)


def files(names: Sequence[str]) -> list[Path]:
    """The files named, or those of GLOSSARY_TMX."""
    paths = [Path(name) for name in names or os.environ.get("GLOSSARY_TMX", "").split(os.pathsep) if name]
    found = [one for path in paths for one in (sorted(path.glob("*.tmx")) if path.is_dir() else [path])]
    if not found:
        raise SystemExit("name TMX files, or put them into GLOSSARY_TMX")
    return found


def noticed(texts: Sequence[Sequence[Segment]], kind: str) -> Iterator[tuple[Segment, bool]]:
    """Up to SEEDS segments in which one number is wrong, and whether the check says more of them than before.

    Of one text only one wrong segment in ten is checked at a time: the others have to stay what they are, a text.
    """
    chance = random.Random(kind)
    places = [
        (number, place, found)
        for number, text in enumerate(texts)
        for place, segment in enumerate(text)
        for found in _PLACES[kind].finditer(segment.target)
    ]
    seeds: dict[tuple[int, int], list[tuple[int, str]]] = {}
    met: Counter[tuple[int, int]] = Counter()
    for number, place, found in chance.sample(places, min(SEEDS, len(places))):
        target = texts[number][place].target
        wrong = target[: found.start()] + _CHANGES[kind](found[0], chance) + target[found.end() :]
        turn = met[number, place] = met[number, place] + 1
        seeds.setdefault((number, 10 * turn + place % 10), []).append((place, wrong))
    before = [said_of(text) for text in texts]
    for (number, _), wrongs in seeds.items():
        text = list(texts[number])
        for place, wrong in wrongs:
            text[place] = replace(text[place], target=wrong)
        after = said_of(text)
        yield from ((text[place], bool(Counter(after[place]) - Counter(before[number][place]))) for place, _ in wrongs)


def said_of(text: Sequence[Segment]) -> list[list[str]]:
    """What is said of the numbers of each segment of a text."""
    said: list[list[str]] = [[] for _ in text]
    for one in check([CheckedSegment(segment.source, segment.target, ()) for segment in text], "en"):
        if one.kind == NUMBER:
            said[one.source[0].segment].append(str(one.message))
    return said


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
