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
_STATIC = re.compile(r'^(?:import|export) \{[^}]*\} from "(?P<file>[^"]+)";\n', re.M)
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
def script_packed() -> bytes:
    """Return the script as gzip, always the same bytes; packing it well takes most of a second."""
    from zopfli.gzip import compress

    packed: bytes = compress(script())
    return packed


@functools.cache
def integrity() -> str:
    """Return the hash of the script, as `integrity` and Content-Security-Policy put it."""
    return "sha384-" + base64.b64encode(hashlib.sha384(script()).digest()).decode()


@dataclass(slots=True)
class _Bundle:
    """Modules as functions whose exports are constants of one scope, each behind those that it imports.

    So no two modules of the script may export the same name, or import one by another.
    """

    parts: list[str] = field(default_factory=list)
    exports: dict[str, list[str]] = field(default_factory=dict)
    """What each module exports."""

    def take(self, name: str) -> list[str]:
        """Take a module in, with all that it imports, unless it is there already; return what it exports."""
        if name not in self.exports:
            text, names = self._joined(name, _COMMENTS.sub("", _content(name)))
            self.exports[name] = names
            listed = f"[{', '.join(names)}]"
            self.parts.append(f"const {listed} = (() => {{\n{text}return {listed};\n}})();\n")
        return self.exports[name]

    def _joined(self, name: str, text: str) -> tuple[str, list[str]]:
        exported = _exports(text)

        def static(found: re.Match[str]) -> str:
            self.take(_beside(name, found["file"]))
            return ""

        def lazy(found: re.Match[str]) -> str:
            names = ", ".join(self.take(_beside(name, found["file"])))
            whole = f"m{len(self.parts)}"  # a name of its own: what is taken out of it there has the names in it
            self.parts.append(f"const {whole} = {{ {names} }};\n")
            return f"Promise.resolve({whole})"

        text = _LAZY.sub(lazy, _STATIC.sub(static, text))
        return _EXPORTED.sub("", text), exported


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
        import minify

        styles = minify.string("text/css", (_WEB / _STYLES).read_text("utf-8"))
        return f"export const TOOLTIP = {orjson.dumps(styles).decode()};\n"
    for folder in (_WEB / "embed", _WEB / "extension", _WEB):
        if (folder / name).is_file():
            return (folder / name).read_text("utf-8")
    raise FileNotFoundError(name)
