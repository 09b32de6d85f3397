"""All tables of an edition as Parquet, for tools that read columns with their types."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any

from glossary_api.errors import BadParameter

MANUAL = """The tables of the format datapackage, each as a Parquet file in one archive, compressed with zstd: the same
columns, typed. All of the edition is in it, so terms cannot be chosen; what datapackage leaves out is left out here. It
wants pyarrow."""
_GROUP = 100_000
"""Rows that are written at once."""
_CAST: Mapping[str, Callable[[Any], Any]] = {"boolean": bool, "date": datetime.date.fromisoformat}


def table(columns: Mapping[str, str], rows: Iterable[tuple[Any, ...]]) -> bytes:
    """Return rows as a Parquet file; `columns` has the types of Frictionless by name.

    Raises BadParameter where pyarrow is not installed.
    """
    try:
        import pyarrow  # type: ignore[import-untyped]  # an extra, and heavy
        from pyarrow import parquet
    except ImportError:
        raise BadParameter("format", "parquet-wants-pyarrow", remedy="install-parquet-extra") from None
    types = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "boolean": pyarrow.bool_(),
        "year": pyarrow.int16(),
        "date": pyarrow.date32(),
    }
    schema = pyarrow.schema([(name, types[type_]) for name, type_ in columns.items()])
    sink = io.BytesIO()
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        remaining = iter(rows)
        while group := list(islice(remaining, _GROUP)):
            by_column = zip(columns.values(), zip(*group, strict=True), strict=True)
            values = [_cast(type_, column) for type_, column in by_column]
            writer.write_batch(pyarrow.record_batch(values, schema=schema))
    return sink.getvalue()


def _cast(type_: str, column: Iterable[Any]) -> list[Any]:
    cast = _CAST.get(type_)
    return list(column) if cast is None else [None if value is None else cast(value) for value in column]
