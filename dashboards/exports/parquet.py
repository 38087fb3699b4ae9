"""Parquet, by part: moments in UTC, columns named as in the API."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

import polars as pl
from pydantic import BaseModel

from dashboards.exports.columns import Form, columns, rows
from dashboards.exports.table import Items

TYPES: Mapping[Form, pl.DataType] = MappingProxyType(
    {
        Form.TEXT: pl.String(),
        Form.NUMBER: pl.Int64(),
        Form.FRACTION: pl.Float64(),
        Form.YES_NO: pl.Boolean(),
        Form.DATE: pl.Date(),
        Form.MOMENT: pl.Datetime("us", "UTC"),
    }
)


def write(path: Path, item: type[BaseModel], parts: Items) -> None:
    """Each part is laid aside, and then all are joined as they stream by."""
    schema = {column.name: TYPES[column.form] for column in columns(item)}
    with TemporaryDirectory(dir=path.parent) as aside:
        for number, part in enumerate(parts):
            frame = pl.DataFrame(list(rows(part)), schema=schema, orient="row")
            frame.write_parquet(Path(aside) / f"{number:06d}.parquet")
        pl.scan_parquet(Path(aside) / "*.parquet").sink_parquet(path)
