"""The seed, exported: what consumers of other makers read."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossary_api.exports.formats import FORMATS
from glossary_api.queries.export import exported
from glossary_api.store.edition import Edition


@pytest.fixture(scope="session")
def files(seed: Edition, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The seed in every format, by name."""
    folder = tmp_path_factory.mktemp("exports")
    paths = {name: folder / f"{name}{format_.suffix}" for name, format_ in FORMATS.items()}
    for name, path in paths.items():
        path.write_bytes(b"".join(exported(seed, FORMATS[name])))
    return paths
