"""Form II.06a/VPCP/KSTT as a workbook in the form's layout: a row an agency, the province's sum, the checks below."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

from dashboards.exports.sheet import OPTIONS
from metrics.catalogue.vpcp06a import FIRST_COLUMN, IDENTITIES, LAST_COLUMN
from metrics.period import Period

Columns = Mapping[int, int]
"""Column of the form → number."""

GROUPS = (
    (2, 5, "Số hồ sơ nhận giải quyết"),
    (6, 9, "Số lượng hồ sơ đã giải quyết"),
    (10, 12, "Số lượng hồ sơ đang giải quyết"),
)
"""First and last column of the sheet, from 0."""
TITLES = (
    "TT", "Đơn vị", "Tổng số", "Trong kỳ: trực tuyến", "Trong kỳ: trực tiếp, bưu chính", "Từ kỳ trước",
    "Tổng số", "Trước hạn", "Đúng hạn", "Quá hạn", "Tổng số", "Trong hạn", "Quá hạn",
)  # fmt: skip
HEAD = 4


def workbook(period: Period, place: str, rows: Sequence[tuple[str, Columns]], total: Columns) -> bytes:
    """`place` is the province or agency that reports; each row has an agency's name and its numbers."""
    held = BytesIO()
    with xlsxwriter.Workbook(held, OPTIONS | {"constant_memory": False, "in_memory": True}) as book:
        sheet = book.add_worksheet("II.06a")
        _head(book, sheet, period, place)
        for at, (name, columns) in enumerate(rows, start=HEAD):
            _row(sheet, at, (str(at - HEAD + 1), name), columns)
        last = HEAD + len(rows)
        _row(sheet, last, ("", "Tổng số"), total, book.add_format({"bold": True, "border": 1}))
        _checks(sheet, last + 2, total)
    return held.getvalue()


def _head(book: Any, sheet: Any, period: Period, place: str) -> None:
    bold = book.add_format({"bold": True, "font_size": 13})
    title = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
    sheet.write(0, 0, "Biểu số II.06a/VPCP/KSTT: Tình hình, kết quả giải quyết thủ tục hành chính", bold)
    sheet.write(1, 0, f"Đơn vị báo cáo: {place}. Kỳ báo cáo: {period.first:%d/%m/%Y} – {period.last:%d/%m/%Y}")
    for first, last, words in GROUPS:
        sheet.merge_range(HEAD - 2, first, HEAD - 2, last, words, title)
    for column, words in enumerate(TITLES):
        sheet.write(HEAD - 1, column, f"{words}\n({column + 1})", title)
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 36)
    sheet.set_column(2, 12, 12)
    sheet.set_row(HEAD - 1, 48)
    sheet.freeze_panes(HEAD, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _row(sheet: Any, at: int, named: Sequence[str], columns: Columns, style: Any = None) -> None:
    numbers = [columns.get(column, 0) for column in range(FIRST_COLUMN, LAST_COLUMN + 1)]
    sheet.write_row(at, 0, [*named, *numbers], style)


def _checks(sheet: Any, at: int, total: Columns) -> None:
    for line, (whole, parts) in enumerate(IDENTITIES):
        right = sum(total[part] for part in parts)
        said = "khớp" if total[whole] == right else "LỆCH"
        sheet.write(at + line, 1, f"({whole}) = {' + '.join(f'({part})' for part in parts)}: {said}")
