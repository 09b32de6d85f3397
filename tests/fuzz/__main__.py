"""Fuzz targets by hand, guided by coverage: `python -m tests.fuzz TARGET [options of libFuzzer] [FOLDER]`."""

from __future__ import annotations

import sys

import atheris


def main() -> None:
    """Run a target until it fails, or as long as the options say (`-runs=100000`, `-max_total_time=60`)."""
    name = sys.argv.pop(1)
    with atheris.instrument_imports(include=["glossary_api"]):
        from tests.fuzz.targets import TARGETS
    atheris.Setup(sys.argv, TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
