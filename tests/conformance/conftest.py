"""The seed, exported: what consumers of other makers read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from glossary_api.api.exporting import exported
from glossary_api.exports.formats import FORMATS
from glossary_api.harvest import harvest, publish, seed_reports
from glossary_api.store.lookup import Edition


@pytest.fixture(scope="session")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    """The edition of the seed."""
    path = tmp_path_factory.mktemp("seed") / "seed.db"
    publish(harvest(seed_reports()), path)
    edition = Edition.open(path)
    yield edition
    edition.close()


@pytest.fixture(scope="session")
def files(seed: Edition, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The seed in every format, by name."""
    folder = tmp_path_factory.mktemp("exports")
    paths = {name: folder / f"{name}{format_.suffix}" for name, format_ in FORMATS.items()}
    for name, path in paths.items():
        path.write_bytes(b"".join(exported(seed, FORMATS[name])))
    return paths
