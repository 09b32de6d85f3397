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
from pathlib import Path

from glossary_api.translation.check import NUMBER, CheckedSegment, TranslationProblem, check
from glossary_api.translation.segments import Segment, read_segments

SEEDS = 300
WANTED = {"swap": 0.85, "times ten": 0.90, "percent": 0.95, "year": 0.60, "figure": 0.50, "word": 0.50}
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


_CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "swap": lambda word, _: "billion" if word == "million" else "million",
    "times ten": _times_ten,
    "percent": _other_figure,
    "year": lambda year, chance: str(int(year) + chance.choice((-3, -2, -1, 1, 2, 3))),
    "figure": _other_figure,
    "word": _other_word,
}


def main(arguments: Sequence[str]) -> int:
    """Print the figures; 1 if any is worse than what was asked for."""
    shown = "--alarms" in arguments
    missed = arguments[arguments.index("--missed") + 1] if "--missed" in arguments else ""
    names = [name for name in arguments if not name.startswith("--") and name != missed]
    segments = [segment for path in files(names) for segment in read_segments(path)]
    alarms = [(one, finding) for one in segments for finding in numbers_of(one.source, one.target)]
    for segment, finding in alarms if shown else ():
        print(f"{finding.message}\n    {segment.source}\n    {segment.target}")
    rate = 1000 * len(alarms) / len(segments)
    print(f"{len(segments)} segments, {len(alarms)} alarms: {rate:.2f} per 1,000 (at most {ALARMS})")
    worse = rate > ALARMS
    for kind, wanted in WANTED.items():
        seeded = list(seeds(segments, kind))
        noticed = [said_more(segment, wrong) for segment, wrong in seeded]
        share = sum(noticed) / len(noticed) if noticed else 0.0
        print(f"{kind:10} {sum(noticed)} of {len(noticed)}: {share:.2f} (at least {wanted:.2f})")
        worse = worse or share < wanted
        for (segment, wrong), seen in zip(seeded, noticed, strict=True):
            if kind == missed and not seen:
                print(f"    {segment.source}\n    {wrong}")
    return int(worse)


def files(names: Sequence[str]) -> list[Path]:
    """The files named, or those of GLOSSARY_TMX."""
    paths = [Path(name) for name in names or os.environ.get("GLOSSARY_TMX", "").split(os.pathsep) if name]
    found = [one for path in paths for one in (sorted(path.glob("*.tmx")) if path.is_dir() else [path])]
    if not found:
        raise SystemExit("name TMX files, or put them into GLOSSARY_TMX")
    return found


def seeds(segments: Sequence[Segment], kind: str) -> Iterator[tuple[Segment, str]]:
    """Up to SEEDS segments, each with a target in which one number is wrong."""
    chance = random.Random(kind)
    places = [(segment, found) for segment in segments for found in _PLACES[kind].finditer(segment.target)]
    for segment, found in chance.sample(places, min(SEEDS, len(places))):
        wrong = _CHANGES[kind](found[0], chance)
        yield segment, segment.target[: found.start()] + wrong + segment.target[found.end() :]


def said_more(segment: Segment, wrong: str) -> bool:
    """Whether a wrong target has a finding about numbers that the right one has not."""
    before = Counter(finding.message for finding in numbers_of(segment.source, segment.target))
    return bool(Counter(finding.message for finding in numbers_of(segment.source, wrong)) - before)


def numbers_of(source: str, target: str) -> list[TranslationProblem]:
    """The findings about numbers of one segment."""
    return [one for one in check([CheckedSegment(source, target, ())], "en") if one.kind == NUMBER]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
