"""XLSX, written row by row into a file."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, assert_never

import xlsxwriter  # type: ignore[import-untyped]  # it ships no types
from pydantic import BaseModel

from dashboards.exports.columns import Column, Form, columns, rows
from dashboards.exports.table import Items, TooLong
from metrics.civil import FIRST_YEAR

MOST_ROWS = 1_048_575
LONGEST = 32_767
"""Characters of a cell."""
WIDTH = 20
# Text stays text, whatever it looks like: nothing in a file of ours is a formula or a link.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}


Write = Callable[[int, int, Any], object]
"""Row, column and value."""


def write(path: Path, item: type[BaseModel], parts: Items, lang: str) -> None:
    with xlsxwriter.Workbook(str(path), OPTIONS) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        found = columns(item)
        sheet.set_column(0, len(found) - 1, WIDTH)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [column.title(lang) for column in found], bold)
        formats = {
            Form.MOMENT: book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"}),
            Form.DATE: book.add_format({"num_format": "dd/mm/yyyy"}),
        }
        _fill(parts, [_writer(sheet, column, formats) for column in found])


def _fill(parts: Items, writers: list[Write]) -> None:
    number = 0
    for part in parts:
        for row in rows(part):
            number += 1
            if number > MOST_ROWS:
                raise TooLong
            for place, (write_cell, value) in enumerate(zip(writers, row, strict=True)):
                if value is not None:
                    write_cell(number, place, value)


def _writer(sheet: Any, column: Column, formats: dict[Form, Any]) -> Write:
    match column.form:
        case Form.TEXT:
            return lambda row, place, value: sheet.write_string(row, place, value[:LONGEST])
        case Form.NUMBER | Form.FRACTION:
            return lambda *cell: sheet.write_number(*cell)  # noqa: PLW0108  (Any would pass for anything)
        case Form.YES_NO:
            return lambda *cell: sheet.write_boolean(*cell)  # noqa: PLW0108
        case Form.DATE | Form.MOMENT:
            shape = formats[column.form]
            return lambda row, place, value: _write_moment(sheet, (row, place), value, shape)
        case _:
            assert_never(column.form)


def _write_moment(sheet: Any, cell: tuple[int, int], value: date, shape: Any) -> None:
    """Civil time, since a sheet knows no zones; what its calendar lacks is written as text."""
    plain = value.replace(tzinfo=None) if isinstance(value, datetime) else value
    if value.year > FIRST_YEAR:
        sheet.write_datetime(*cell, plain, shape)
    else:
        sheet.write_string(*cell, plain.isoformat(sep=" ") if isinstance(plain, datetime) else plain.isoformat())
