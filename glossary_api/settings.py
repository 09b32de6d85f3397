"""Settings: read once from the environment into a frozen object. Nothing else reads the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from glossary_api.errors import SettingError

PREFIX = "GLOSSARY_"


@dataclass(frozen=True, slots=True)
class Settings:
    """One field for each `GLOSSARY_…` variable; the docstring below a field is its help text."""

    edition: Path = Path("glossary.db")
    """The edition that is served and looked up in."""
    host: str = "127.0.0.1"
    """The address that `serve` listens on."""
    port: int = 8000
    """The port that `serve` listens on."""
    workers: int = 2
    """How many processes `serve` answers with."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read every `GLOSSARY_…` variable that names a field; the others are left to whoever set them.

        Raises SettingError when a value does not fit its field.
        """
        environment = os.environ if environment is None else environment
        found = {
            f.name: environment[PREFIX + f.name.upper()] for f in fields(cls) if PREFIX + f.name.upper() in environment
        }
        return cls().updated(found)

    def updated(self, values: Mapping[str, object]) -> Settings:
        """A copy with `values` in place of the fields they name; values of None change nothing.

        Raises SettingError when a value does not fit its field.
        """
        given = {name: self._converted(name, value) for name, value in values.items() if value is not None}
        settings = replace(self, **given)  # type: ignore[arg-type]  # _converted has made each value fit
        if not 0 <= settings.port <= 65535:
            raise SettingError(f"{settings.port} is no port", place=PREFIX + "PORT", remedy="use 0 to 65535")
        if settings.workers < 1:
            raise SettingError(
                f"{settings.workers} workers cannot answer", place=PREFIX + "WORKERS", remedy="use 1 or more"
            )
        return settings

    def _converted(self, name: str, value: object) -> object:
        wanted = type(getattr(self, name))
        kind: type = Path if issubclass(wanted, Path) else wanted
        try:
            return kind(value)
        except (TypeError, ValueError):
            raise SettingError(f"{value!r} is no {kind.__name__}", place=PREFIX + name.upper()) from None


def seed_folder() -> Path:
    """The folder with `reports/`: inside the package in a wheel, beside it in a clone.

    Raises SettingError when neither is there.
    """
    package = Path(__file__).parent
    for folder in (package / "seed", package.parent / "seed"):
        if (folder / "reports").is_dir():
            return folder
    raise SettingError(
        "the seed reports are missing from this installation",
        remedy="reinstall the package, or name the files to harvest",
    )
