"""Editions made by chance, for truths that are looked for on many cases at once."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from glossary_api.model.things import Harvest
from glossary_api.store.edition import Edition
from glossary_api.store.writing import write_edition

_SYNTHETIC = Path(__file__).parent / "benchmarks" / "synthetic.py"


@pytest.fixture(scope="session")
def synthetic() -> Any:
    """The module that makes harvests by chance."""
    spec = importlib.util.spec_from_file_location("synthetic_harvests", _SYNTHETIC)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where its dataclasses look for it
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def chance_harvest(synthetic: Any) -> Harvest:
    """Three hundred terms, six reports."""
    harvest: Harvest = synthetic.synthetic_harvest(300, 3000)
    return harvest


@pytest.fixture(scope="session")
def chance_edition(chance_harvest: Harvest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    """The edition of that."""
    path = tmp_path_factory.mktemp("chance") / "glossary.db"
    write_edition(chance_harvest, path)
    edition = Edition.open(path)
    yield edition
    edition.close()


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Callable[[Harvest], Edition]]:
    """From a harvest to its edition, open."""
    editions: list[Edition] = []

    def write(harvest: Harvest) -> Edition:
        path = tmp_path / f"{len(editions)}.db"
        write_edition(harvest, path)
        editions.append(Edition.open(path))
        return editions[-1]

    yield write
    for edition in editions:
        edition.close()
