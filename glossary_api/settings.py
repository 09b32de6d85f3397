"""Settings: read once from a file and the environment into a frozen object. Nothing else reads the environment."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
import tomllib
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from glossary_api.errors import SettingError
from glossary_api.model.messages import CHINESE, ENGLISH

PREFIX = "GLOSSARY_"
ON, OFF = "on", "off"
AS_ASKED = "as asked"
BY_LOCALE = "by locale"
LANGUAGES = ("en", "zh")
"""The languages that messages can be shown in."""
NONE = "none"
REMEMBERED = "as before"
BESIDE = "beside the edition"
ANY_ORIGIN, EXTENSIONS = "*", "extensions"
"""Words for origins: every one, and those of browser extensions."""
UNIX = "unix:"
"""Beginning of a host that is the path of a socket."""
TEXT, JSON = "text", "json"
LOG_FORMATS = (TEXT, JSON)
_CHOICES = {
    **dict.fromkeys(("log_requests", "metrics", "proxy_prefix"), (ON, OFF)),
    "log_format": LOG_FORMATS,
    "language": LANGUAGES,
}
"""The values that a setting may have, besides its default."""
CONFIG: ContextVar[str | None] = ContextVar("CONFIG", default=None)
"""The file of settings that the command line names; it outranks the one that the environment names."""
_COUNTS = "PROMETHEUS_MULTIPROC_DIR"
_ORIGIN = re.compile(r"https?://[^\s/?#@]+")
_ADDRESS = re.compile(r"https?://[^\s/?#@]+(/[^\s?#]+)?/?")


@dataclass(frozen=True, slots=True)
class Settings:
    """One field for each `GLOSSARY_…` variable."""

    edition: Path = field(
        default=Path("glossary.db"), metadata={"text": "the edition that is written, served and looked up in"}
    )
    host: str = field(
        default="127.0.0.1",
        metadata={"text": "the address that `serve` listens on; `unix:/run/glossary.sock` for a socket in a file"},
    )
    port: int = field(default=8000, metadata={"text": "the port that `serve` listens on"})
    address: str = field(
        default=AS_ASKED,
        metadata={"text": "where readers find the server, such as `https://glossary.example/`, if a proxy hides it"},
    )
    workers: int = field(default=2, metadata={"text": "how many processes `serve` answers with"})
    follow: str = field(
        default=NONE,
        metadata={"text": "where `serve` fetches the edition that `publish` put there, and each one that follows"},
    )
    follow_seconds: int = field(default=30, metadata={"text": "every how many seconds it looks for another"})
    rate_limit: str = field(
        default=OFF,
        metadata={
            "text": "how often one address may ask the API or send a text, such as `100/minute`;"
            " each process counts for itself"
        },
    )
    proxies: int = field(
        default=0,
        metadata={"text": "how many proxies in front say truly in `X-Forwarded-For` which address asks"},
    )
    proxy_prefix: str = field(
        default=OFF,
        metadata={"text": "`on`: the proxy in front says truly in `X-Forwarded-Prefix` which path it took off"},
    )
    max_age: int = field(
        default=60,
        metadata={
            "text": "for how many seconds browsers and shared caches show an answer without asking again, and at"
            " most as long again while they ask; `0`: they ask each time"
        },
    )
    cors: str = field(
        default=EXTENSIONS,
        metadata={
            "text": "whose scripts may read answers in a browser: origins such as `https://site.example`, `extensions`"
            " (of browsers), with spaces between them, `*` for every site, or `none`"
        },
    )
    metrics: str = field(
        default=OFF,
        metadata={"text": "`on`: `/metrics` has figures for Prometheus, for whoever does not come through a proxy"},
    )
    log_requests: str = field(
        default=OFF, metadata={"text": "`on`: `serve` prints a line for each request, with its id and microseconds"}
    )
    log_format: str = field(
        default=TEXT, metadata={"text": "`json`: each line of the log of `serve` is a JSON object; else `text`"}
    )
    language: str = field(
        default=BY_LOCALE, metadata={"text": "the language of messages on the command line: `en` or `zh`"}
    )

    renderings: str = field(
        default=NONE,
        metadata={"text": "files of curated renderings that `harvest` lays to the terms, `:` between them"},
    )

    decisions: str = field(
        default=BESIDE,
        metadata={"text": "the log of what people decided, which every harvest applies"},
    )

    reports: str = field(
        default=REMEMBERED,
        metadata={
            "text": "files and folders that a server harvests again when something was decided, `:` between them"
        },
    )

    keep: int = field(
        default=0,
        metadata={"text": "how many editions `harvest` and `add` keep when another takes their place; `0`: none"},
    )

    config: str = field(
        default=NONE,
        metadata={"text": "a TOML file with settings, `port = 8001`; what the environment says outranks it"},
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the file of settings, if one is named, and every `GLOSSARY_…` variable that names a field.

        Other variables are left to whoever set them. Raises SettingError when the file cannot be read or names
        something else, or a value does not fit its field.
        """
        environment = os.environ if environment is None else environment
        given = {f.name: environment.get(variable(f.name)) for f in fields(cls)}
        return cls().updated(_of_file(CONFIG.get() or environment.get(variable("config")))).updated(given)

    @classmethod
    def described(cls) -> list[tuple[str, str, str]]:
        """Return variable, default and meaning of every setting."""
        return [(variable(f.name), str(f.default), f.metadata["text"]) for f in fields(cls)]

    def updated(self, values: Mapping[str, object]) -> Settings:
        """Return a copy with `values` in place of the fields they name; values of None change nothing.

        Raises SettingError when a value does not fit its field.
        """
        given = {name: self._converted(name, value) for name, value in values.items() if value is not None}
        settings = replace(self, **given)
        settings._check()
        return settings

    def environment(self) -> dict[str, str]:
        """Return the environment of a process that is to have these settings, those of a file included."""
        own = {variable(f.name): str(getattr(self, f.name)) for f in fields(self) if getattr(self, f.name) != f.default}
        return {**os.environ, **own}

    @property
    def root(self) -> str:
        """Return root of the server, with a slash at its end: as readers find it if that is set, else as it listens."""
        return self.listening if self.address == AS_ASKED else self.address.rstrip("/") + "/"

    @property
    def bind(self) -> str:
        """Return where the server listens: `host:port`, an IPv6 host in brackets, or `unix:/path`."""
        if self.socket_path:
            return self.host
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def listening(self) -> str:
        """Return root of the server where it listens; behind a socket in a file it has no other name than localhost."""
        return "http://localhost/" if self.socket_path else f"http://{self.bind}/"

    @property
    def socket_path(self) -> Path | None:
        """Return the file of the socket that the server listens on; None if it listens on a port."""
        return Path(self.host.removeprefix(UNIX)) if self.host.startswith(UNIX) else None

    @property
    def origins(self) -> tuple[str, ...]:
        """Origins that may read, and the words for several of them."""
        return () if self.cors == NONE else tuple(self.cors.lower().split())

    @property
    def curated(self) -> tuple[Path, ...]:
        """Return files of curated renderings."""
        return () if self.renderings == NONE else tuple(map(Path, filter(None, self.renderings.split(os.pathsep))))

    @property
    def reports_named(self) -> tuple[str, ...]:
        """Files and folders to harvest again; none for those that the edition was made of."""
        return () if self.reports == REMEMBERED else tuple(filter(None, self.reports.split(os.pathsep)))

    @property
    def decision_log(self) -> Path:
        """Return the log of decisions: as it is set, else `decisions.jsonl` beside the edition."""
        return self.edition.with_name("decisions.jsonl") if self.decisions == BESIDE else Path(self.decisions)

    def _check(self) -> None:
        if not 0 < self.port <= 65535:
            raise SettingError("is-no-port", place=variable("port"), remedy="use-1-to-65535", port=self.port)
        if self.workers < 1:
            raise SettingError(
                "processes-cannot-answer", place=variable("workers"), remedy="use-1-or-more", workers=self.workers
            )
        if self.follow_seconds < 1:
            raise SettingError(
                "is-no-interval", place=variable("follow_seconds"), remedy="use-1-or-more", seconds=self.follow_seconds
            )
        if self.proxies < 0:
            raise SettingError("is-no-number-of-proxies", place=variable("proxies"), proxies=self.proxies)
        if self.max_age < 0:
            raise SettingError("is-no-age", place=variable("max_age"), remedy="use-0-or-more", age=self.max_age)
        if self.keep < 0:
            raise SettingError(
                "is-no-number-of-editions", place=variable("keep"), remedy="use-0-or-more", keep=self.keep
            )
        self._check_words()
        if self.rate_limit != OFF:
            _check_limit(self.rate_limit)

    def _check_words(self) -> None:
        for name, choices in _CHOICES.items():
            if (value := getattr(self, name)) not in (getattr(Settings(), name), *choices):
                raise SettingError(
                    "is-no-choice", place=variable(name), remedy="use-one-of", value=value, choices=", ".join(choices)
                )
        for origin in self.origins:
            if origin not in (ANY_ORIGIN, EXTENSIONS) and not _ORIGIN.fullmatch(origin):
                raise SettingError(
                    "is-no-origin", place=variable("cors"), remedy="use-such-as-https-host", origin=origin
                )
        if self.address != AS_ASKED and not _ADDRESS.fullmatch(self.address):
            raise SettingError(
                "is-no-address", place=variable("address"), remedy="use-such-as-https-host-path", address=self.address
            )

    def _converted(self, name: str, value: object) -> Any:
        wanted = type(getattr(self, name))
        kind: type = Path if issubclass(wanted, Path) else wanted
        try:
            return kind(value)
        except (TypeError, ValueError):
            raise SettingError("value-of-wrong-type", place=variable(name), value=value, type=kind.__name__) from None


def _check_limit(limit: str) -> None:
    from limits import parse  # heavy, and only needed where there is a limit

    try:
        if parse(limit).amount < 1:
            raise ValueError("nobody could ask")
    except ValueError:
        raise SettingError(
            "is-no-limit", place=variable("rate_limit"), remedy="use-such-as-100-minute-or-off", limit=limit
        ) from None


def _of_file(path: str | None) -> dict[str, object]:
    """Return the settings in a TOML file, by field. Raises SettingError."""
    if path in (None, "", NONE):
        return {}
    try:
        values = tomllib.loads(Path(path).read_text("utf-8"))
    except OSError as error:
        raise SettingError("cannot-read-settings", place=path, why=error.strerror or error) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError("settings-are-no-toml", place=path, why=error) from None
    known = [f.name for f in fields(Settings) if f.name != "config"]
    for name, value in values.items():
        if name not in known:
            raise SettingError("is-no-setting", place=path, remedy="use-one-of", name=name, choices=", ".join(known))
        if isinstance(value, dict | list | bool):
            raise SettingError("is-no-text-or-number", place=path, name=name)
    return values


def folder_of_counts() -> Path:
    """Return the folder in which all processes of a server count together, and tell prometheus_client of it.

    It is the one that `PROMETHEUS_MULTIPROC_DIR` names, else a new one, which is deleted when the process ends.
    """
    folder = os.environ.get(_COUNTS)
    if folder is None:
        folder = os.environ[_COUNTS] = made = tempfile.mkdtemp(prefix="glossary-counts-")
        master = os.getpid()  # a process that was forked ends with the same functions, and must leave it alone
        atexit.register(lambda: shutil.rmtree(made, ignore_errors=True) if os.getpid() == master else None)
    return Path(folder)


def language_tag(asked: str | None, environment: Mapping[str, str] | None = None) -> str:
    """Return the tag of the language of messages: as asked for, else by `GLOSSARY_LANGUAGE`, else by the locale."""
    environment = os.environ if environment is None else environment
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    wanted = asked or environment.get(variable("language")) or locale
    return CHINESE if wanted.startswith("zh") else ENGLISH


def unknown_variables(environment: Mapping[str, str] | None = None) -> list[str]:
    """Return the variables of the environment that are called like settings and are none: slips, mostly."""
    known = {variable(f.name) for f in fields(Settings)}
    given = os.environ if environment is None else environment
    return sorted(name for name in given if name.startswith(PREFIX) and name not in known)


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return PREFIX + name.upper()


def seed_folder() -> Path:
    """Return the folder with `reports/`: inside the package in a wheel, beside it in a clone.

    Raises SettingError when neither is there.
    """
    package = Path(__file__).parent
    for folder in (package / "seed", package.parent / "seed"):
        if (folder / "reports").is_dir():
            return folder
    raise SettingError(
        "seed-reports-are-missing-from-this-installation",
        remedy="reinstall-package-or-name-files-to-harvest",
    )
