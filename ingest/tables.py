"""Tables that staff keep in CSV or XLSX files: rows by the names of their columns, in Vietnamese or English."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from metrics.errors import Misconfigured

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "chỉ số": "index",
        "năm": "year",
        "đơn vị": "unit",
        "cấp": "tier",
        "điểm": "score",
        "điểm tự chấm": "self_score",
        "xếp hạng": "rank",
        "trong số": "ranked_of",
        "nguồn": "source",
        "mã tiêu chí": "criterion",
        "tên tiêu chí": "name",
        "điểm đạt": "points",
        "điểm tối đa": "maximum",
        "chỉ số trực tiếp": "kpi",
        "đơn vị cũ": "predecessor",
        "đơn vị mới": "successor",
        "ngày": "date",
        "tỷ lệ": "share",
        "mã đơn vị": "agency",
        "cách viết": "written",
        "từ ngày": "from",
        "đến ngày": "to",
        "phụ trách": "owner",
        "hạn": "due",
        "nội dung": "text",
        "theo": "origin",
        "văn bản": "origin_name",
        "mã chỉ số": "kpi",
        "chỉ tiêu": "target",
        "nhóm nhận": "recipients",
        "ngày xong": "done",
        "kết quả": "result",
    }
)
"""What a column is called by staff, and here."""


@dataclass(frozen=True, slots=True)
class Row:
    """`place` is where it stands, for people: file, sheet and line."""

    place: str
    fields: Mapping[str, str]


def table(path: Path, names: Mapping[str, str] = NAMES) -> list[Row]:
    """Every row that says anything, by `names` of its columns. Misconfigured where the file is no table."""
    try:
        return list(_sheets(path, names) if path.suffix.lower() == ".xlsx" else _text(path, names))
    except (OSError, UnicodeDecodeError, csv.Error, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "neither a CSV file in UTF-8 nor an XLSX file"
        raise Misconfigured([f"{path.name}: {reason}"]) from error


def _text(path: Path, names: Mapping[str, str]) -> Iterator[Row]:
    """Separated by commas, or by semicolons as Excel does where the comma is the decimal sign."""
    text = path.read_text(encoding="utf-8-sig")
    head = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(), delimiter=";" if ";" in head else ",", strict=True)
    yield from _rows(path.name, ((reader.line_num, values) for values in reader), names)


def _sheets(path: Path, names: Mapping[str, str]) -> Iterator[Row]:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            place = f"{path.name} ({sheet.title})"
            yield from _rows(place, enumerate((list(map(_cell, row)) for row in sheet.values), start=1), names)
    finally:
        book.close()


def _rows(place: str, lines: Iterable[tuple[int, list[str]]], names: Mapping[str, str]) -> Iterator[Row]:
    head: list[str] = []
    for number, values in lines:
        if not any(value.strip() for value in values):
            continue
        if not head:
            head = [_name(value, names) for value in values]
            continue
        extra = [value for value in values[len(head) :] if value.strip()]
        if extra:
            raise Misconfigured([f"{place} line {number}: more cells than the head has columns"])
        yield Row(f"{place} line {number}", dict(zip(head, values, strict=False)))


def _name(written: str, names: Mapping[str, str]) -> str:
    words = " ".join(written.split()).casefold()
    return names.get(words, words)


def _cell(value: Any) -> str:
    """As staff would write it: a moment at 0 h is a day."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (value.date() if value.time() == time.min else value.replace(microsecond=0)).isoformat()
    return str(value)
