"""The script that other sites embed: the extension's files that mark a page, joined to one that needs no other.

`web/embed/` stands in for what only an extension has; a file of it takes the place of the one of the same name in
`web/extension/`. One file it is because a policy that allows a script by its hash allows none that it would import.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import posixpath
import re
from dataclasses import dataclass, field
from pathlib import Path

import orjson

_WEB = Path(__file__).parent.parent / "web"
_START, _LOOK, _STYLES = "start.js", "look.js", "shared/tooltip.css"
_COMMENTS = re.compile(r"^[ \t]*/\*\*?(?:(?!\*/).)*\*/[ \t]*\n|/\*\* @type (?:(?!\*/).)*\*/", re.M | re.S)
"""Comments that name types of other files as an import does."""
_STATIC = re.compile(r'^(?:import|export) (?P<names>\{[^}]*\}) from "(?P<file>[^"]+)";\n', re.M)
_LAZY = re.compile(r'\bimport\("(?P<file>[^"]+)"\)')
_EXPORTED = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const|let) )", re.M)
_NAMED = re.compile(r"^export (?:async )?(?P<kind>function\*?|class|const|let) (?P<rest>.+)$", re.M)


@functools.cache
def script() -> bytes:
    """Return the script, UTF-8; the same release and minifier always give the same bytes."""
    import minify  # starts a runtime of its own, which no other part of the program needs

    bundle = _Bundle()
    bundle.take(_START)
    whole = '"use strict";(() => {\n' + "".join(bundle.parts) + "})();\n"
    return str(minify.string("application/javascript", whole)).encode()


@functools.cache
def integrity() -> str:
    """Return the hash of the script, as `integrity` and Content-Security-Policy put it."""
    return "sha384-" + base64.b64encode(hashlib.sha384(script()).digest()).decode()


@dataclass(slots=True)
class _Bundle:
    """Modules as functions that give what they export, each behind those that it imports."""

    parts: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def take(self, name: str) -> int:
        """Return the number of a module, which is taken in with all that it imports unless it is there already."""
        if name not in self.numbers:
            text = self._joined(name, _COMMENTS.sub("", _content(name)))
            self.numbers[name] = len(self.numbers)
            self.parts.append(f"const m{self.numbers[name]} = (() => {{\n{text}}})();\n")
        return self.numbers[name]

    def _joined(self, name: str, text: str) -> str:
        given = _exports(text)

        def static(found: re.Match[str]) -> str:
            names = found["names"].replace(" as ", ": ")
            if found[0].startswith("export"):
                given.extend(re.findall(r"\w+", names))
            return f"const {names} = m{self.take(_beside(name, found['file']))};\n"

        text = _STATIC.sub(static, text)
        text = _LAZY.sub(lambda found: f"Promise.resolve(m{self.take(_beside(name, found['file']))})", text)
        return _EXPORTED.sub("", text) + f"return {{ {', '.join(given)} }};\n"


def _exports(text: str) -> list[str]:
    """Return the names that a module declares and exports; several constants can stand in one line."""
    found: list[str] = []
    for one in _NAMED.finditer(text):
        several = re.findall(r"(?:^|, )(\w+) = ", one["rest"]) if one["kind"] == "const" else []
        found += several or [re.split(r"\W", one["rest"])[0]]
    return found


def _beside(name: str, file: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), file))


def _content(name: str) -> str:
    if name == _LOOK:
        styles = re.sub(r"^ +|/\*.*?\*/\n?|\n(?=\n)", "", (_WEB / _STYLES).read_text("utf-8"), flags=re.M | re.S)
        return f"export const TOOLTIP = {orjson.dumps(styles).decode()};\n"
    for folder in (_WEB / "embed", _WEB / "extension", _WEB):
        if (folder / name).is_file():
            return (folder / name).read_text("utf-8")
    raise FileNotFoundError(name)
