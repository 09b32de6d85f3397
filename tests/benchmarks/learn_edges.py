"""Learn from reports where lists begin: make `parsing/likely_edges.json` anew.

    python -m tests.benchmarks.learn_edges FOLDER [-o FILE]

Nothing is labelled by hand. A list of three or more items shows where its first item begins if what is left of it,
behind a verb or a preposition, is an item between two signs in several other reports. A conditional logistic model of
all places where the first item could begin, fitted by AdaGrad (Duchi, Hazan, Singer 2011), learns the signs around that
place; the last lists are held back, and what share of them it finds is printed. It takes minutes.
"""

from __future__ import annotations

import argparse
import functools
import json
import math
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from glossary_api.errors import GlossaryError
from glossary_api.parsing import likely_edges
from glossary_api.parsing.list_edges import words
from glossary_api.reading.read import read
from glossary_api.text.everyday import common_words, verbs
from glossary_api.text.folding import plain

_HAN = "\u4e00-\u9fff"
_LIST = re.compile(rf"(?:(?<=[,;。:!?\n])|^)\s*(?P<first>[{_HAN}]{{2,24}})(?P<others>(?:、[{_HAN}]{{2,14}}){{2,}})")
_LEADS = re.compile(rf"(?:{words('verb', 'preposition', 'verb-or-noun', 'adverb')})(?:[了着好]|起)?$|^[使让令是为有]$")
_ITEM = re.compile(rf"(?<=[、“])[{_HAN}]{{2,12}}(?=、)")
_ENDS_ITEM = re.compile(rf"(?<=、)[{_HAN}]{{2,12}}(?P<end>[{_HAN}]{{2}})(?=、)")
_GOVERNS = re.compile(rf"(?P<verb>[{_HAN}]{{2}})(?=“[双两三四五六七八九十])")
_PAIR = re.compile(rf"(?<=[、“])(?P<one>[{_HAN}]{{2}})、(?=(?P<other>[{_HAN}]{{2}})[、和与及等”“])")
_KNOWN, _LISTED, _SEEN = 3, 6, 15
"""In so many reports a phrase is an item, two words stand side by side, or a verb ends items or governs a name."""
_HELD_BACK, _EPOCHS, _RATE = 4000, 3, 0.15
_LEAST_WEIGHT, _LEAST_STEP, _LEAST_TIMES = 0.2, 0.13, 10
"""Smaller weights, of lengths and likenesses, too, and signs at fewer places are left out."""


class _Example(NamedTuple):
    first: str
    edge: int
    others: tuple[str, ...]

    @functools.cache  # noqa: B019 - the examples live as long as the program
    def signs(self, at: int) -> list[str]:
        """Return what tells for or against an edge at a place."""
        others = likely_edges.Others.of(list(self.others))
        return list(map(sys.intern, likely_edges.signs(self.first, 0, at, len(self.first), others)))


def texts(folder: Path) -> Iterator[str]:
    """Yield the plain text of every file that can be read."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            yield plain(read(path).text)
        except GlossaryError as error:
            print(f"{path}: {error}")


def examples(reports: Iterable[str], known: Counter[str]) -> Iterator[_Example]:
    """Yield the lists that show where their first items begin."""
    for text in reports:
        for found in _LIST.finditer(text):
            first, others = found["first"], tuple(found["others"][1:].split("、")[:-1])  # the last one may run on
            longest, shortest = max(map(len, others)), min(map(len, others))
            for edge in range(len(first) - 1):
                fits = 0.6 * shortest <= len(first) - edge <= 1.5 * longest + 1
                if fits and known[first[edge:]] >= _KNOWN:
                    before = first[:edge]
                    if not before or _LEADS.search(before) or before[-2:] in verbs():
                        yield _Example(first, edge, others)
                    break


def fitted(train: list[_Example]) -> dict[str, float]:
    """Return the weight of each sign."""
    weights: defaultdict[str, float] = defaultdict(float)
    squares: defaultdict[str, float] = defaultdict(lambda: 1e-3)
    for _ in range(_EPOCHS):
        random.shuffle(train)
        for example in train:
            signs, chances = _chances(weights, example)
            for at, chance in enumerate(chances):
                gradient = (at == example.edge) - chance
                for sign in signs[at] if abs(gradient) > 0.003 else ():
                    squares[sign] += gradient * gradient
                    weights[sign] += _RATE * gradient / math.sqrt(squares[sign])
    return weights


def _chances(weights: dict[str, float], example: _Example) -> tuple[list[list[str]], list[float]]:
    signs = [example.signs(at) for at in range(len(example.first) - 1)]
    scores = [sum(weights.get(sign, 0.0) for sign in some) for some in signs]
    whole = [math.exp(score - max(scores)) for score in scores]
    return signs, [one / sum(whole) for one in whole]


def _class(weight: float) -> str:
    """Return a weight to the quarter; empty for none."""
    return str(round(weight * 4) / 4) if round(weight * 4) else ""


def learned(reports: list[str]) -> dict[str, object]:
    """Return the weights and rows as `likely_edges.json` has them."""
    known = Counter(item for text in reports for item in set(_ITEM.findall(text)))
    ends = Counter(end for text in reports for end in set(_ENDS_ITEM.findall(text)))
    governs = Counter(verb for text in reports for verb in set(_GOVERNS.findall(text)))
    pairs = Counter(pair for text in reports for pair in {tuple(sorted(found)) for found in _PAIR.findall(text)})
    found = list(examples(reports, known))
    random.shuffle(found)
    train, held_back = found[:-_HELD_BACK], found[-_HELD_BACK:]
    weights = fitted(train)
    right = 0
    for example in held_back:
        chances = _chances(weights, example)[1]
        right += chances.index(max(chances)) == example.edge
    print(f"{len(train)} lists; of {len(held_back)} held back {right / max(len(held_back), 1):.3f} right")
    times = Counter(sign for example in train for at in range(len(example.first) - 1) for sign in example.signs(at))
    by_weight: defaultdict[str, list[str]] = defaultdict(list)
    for sign, weight in weights.items():
        told = abs(weight) >= (_LEAST_STEP if sign[0] in "deh" else _LEAST_WEIGHT)
        if told and (sign[0] in "deh" or times[sign] >= _LEAST_TIMES) and " " not in sign:
            by_weight[_class(weight)].append(sign)
    for verb in verbs():
        if ends[verb] + governs[verb] >= _SEEN:
            odds = math.log((ends[verb] + 0.5) / (governs[verb] + 0.5))
            by_weight[_class(max(-4.0, min(4.0, odds))) or "0.1"].append(f"g{verb}")  # one that does both ends items
    by_weight.pop("", None)
    common = common_words()
    rows = sorted(
        one + other for (one, other), many in pairs.items() if many >= _LISTED and {one, other} <= common.keys()
    )
    return {
        "weights": {weight: " ".join(sorted(by_weight[weight])) for weight in sorted(by_weight)},
        "rows": " ".join(rows),
    }


def main() -> None:
    """Read the command line, learn, and write the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path(likely_edges.__file__).with_suffix(".json"))
    given = parser.parse_args()
    random.seed(3)
    said = json.loads(Path(likely_edges.__file__).with_suffix(".json").read_text("utf-8"))
    given.output.write_text(
        json.dumps(said | learned(list(texts(given.folder))), ensure_ascii=False, indent=1) + "\n", "utf-8"
    )


if __name__ == "__main__":
    main()
