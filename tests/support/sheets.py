"""Reads the first sheet of an XLSX file with nothing but the standard library."""

import re
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

ESCAPED = re.compile(r"_x([0-9A-F]{4})_")
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(content: bytes) -> list[list[Any]]:
    """Rows of values; text, numbers as floats, truth values, None where a cell is empty."""
    with ZipFile(BytesIO(content)) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314  (our own)
    rows = [_row(row) for row in sheet.iter(f"{SPACE}row")]
    width = max(max(row, default=0) for row in rows) + 1 if rows else 0
    width = max(width, max(rows[0]) + 1) if rows else 0
    return [[row.get(place) for place in range(width)] for row in rows]


def _row(row: ET.Element) -> dict[int, Any]:
    return {_place(str(cell.get("r"))): _value(cell) for cell in row.iter(f"{SPACE}c")}


def _place(name: str) -> int:
    """`B7` is 1."""
    place = 0
    for letter in name.rstrip("0123456789"):
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _value(cell: ET.Element) -> Any:
    kind, value = cell.get("t"), cell.find(f"{SPACE}v")
    if kind == "inlineStr":
        return ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(p.text or "" for p in cell.iter(f"{SPACE}t")))
    text = value.text if value is not None else None
    if text is None:
        return None
    return text == "1" if kind == "b" else float(text)
