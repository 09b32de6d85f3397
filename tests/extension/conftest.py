"""The matcher of the extension in a process of node's, which answers one question after another."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from glossary_api.exports.extension import unpack


class Matcher:
    """What `answering.js` answers; a question takes less than a millisecond and its answer."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def open(self, pack: str) -> Any:
        """Open the text of a pack for all further questions."""
        return self._ask(open=pack)

    def fold(self, text: str) -> Any:
        """`{"units", "starts", "ends"}`."""
        return self._ask(fold=text)

    def find(self, text: str, **wanted: Any) -> Any:
        """`[{"start", "end", "term"}]`."""
        return self._ask(find=text, **wanted)

    def card(self, term: str, root: str) -> Any:
        """What a tooltip shows; None for a term that is not there."""
        return self._ask(card=term, root=root)

    def explain(self, text: str) -> Any:
        """`[start, term, whether it is explained there, definitions, number of meanings elsewhere]` of each term."""
        return self._ask(explain=text)

    def card_of(self, answer: Any, root: str) -> Any:
        """What a tooltip shows of the answer of a look-up."""
        return self._ask(answer=answer, root=root)

    def _ask(self, **question: Any) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matcher]:
    """The matcher, without an open pack."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is missing: apt-get install nodejs")
    folder = tmp_path_factory.mktemp("extension")
    unpack("http://glossary.example/", folder)
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")  # else node takes .js for something older
    program = shutil.copy(Path(__file__).parent / "answering.js", folder)
    with subprocess.Popen(
        [node, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", cwd=folder
    ) as process:
        yield Matcher(process)
        assert process.stdin
        process.stdin.close()
