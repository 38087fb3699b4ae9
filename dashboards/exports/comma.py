"""CSV as Excel with Vietnamese settings opens it: UTF-8 with its mark, semicolons, decimal commas."""

import csv
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from typing import Any

from pydantic import BaseModel

from dashboards.exports.columns import columns, rows
from dashboards.exports.table import Items

MARK = "\ufeff"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula."""


def lines(item: type[BaseModel], parts: Items, lang: str) -> Iterator[bytes]:
    """A block for each part, as it comes."""
    yield MARK.encode() + _block([[column.title(lang) for column in columns(item)]])
    for part in parts:
        yield _block([[_cell(value) for value in row] for row in rows(part)])


def _block(cells: list[list[str]]) -> bytes:
    text = StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(cells)
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(int(value))
        case float():
            return repr(value).replace(".", ",")
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M:%S")
        case _:
            return _harmless(str(value)) if isinstance(value, str) else str(value)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(DANGEROUS) else text
