"""CSV and XLSX exports in a followed folder, by a mapping file."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Annotated, Any, BinaryIO, Literal
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from pydantic import Field

from ingest.border import Border, Outgoing
from ingest.mapping.mapping import Mapped
from ingest.mapping.rows import Rows
from ingest.mapping.said import MappingSaid
from ingest.mapping.value import Row
from metrics.errors import Rejected

Numbered = Iterator[tuple[int, Row | Rejected]]


class TableSaid(MappingSaid):
    """A mapping of files: which ones, and how they are written. `sheet` is of an XLSX file; the first, if not said."""

    files: Annotated[str, Field(min_length=1)]
    encoding: Literal["utf-8", "utf-16", "cp1252", "cp1258"] = "utf-8"
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Read as a whole: a row may go over several lines, and is numbered by its first."""

    said: TableSaid
    mapped: Mapped

    @property
    def order(self) -> int:
        """After what explains codes, which comes as lines."""
        return 1

    @property
    def mark(self) -> str:
        return self.mapped.mark

    @property
    def resumes(self) -> bool:
        return True

    def takes(self, name: str) -> bool:
        return fnmatchcase(name, self.said.files)

    def passed(self, source: str, rows: Iterable[tuple[int, Any]], border: Border) -> Iterator[Outgoing]:
        return Rows(self.mapped, border).passed(source, rows)

    def rows(self, file: BinaryIO, name: str) -> Numbered:
        lines = self._sheet(file) if name.lower().endswith(".xlsx") else self._text(file, name)
        head: list[str] = []
        for number, cells in lines:
            if isinstance(cells, Rejected):
                yield number, cells
            elif not head:
                head = [str(cell or "").strip() for cell in cells]
                unclear = [name for name in sorted(self.mapped.columns) if head.count(name) != 1]
                if unclear:
                    names = ", ".join(unclear)
                    yield (
                        number,
                        Rejected(f"columns are missing or there twice: {names}; mend the mapping or the export"),
                    )
                    return
            elif any(cell not in (None, "") for cell in cells):
                yield number, _row(head, cells)

    def _text(self, file: BinaryIO, name: str) -> Iterator[tuple[int, list[str] | Rejected]]:
        content = gzip.open(file) if name.endswith(".gz") else file  # noqa: SIM115
        encoding = self.said.encoding.replace("utf-8", "utf-8-sig")
        text = io.TextIOWrapper(content, encoding, errors="surrogateescape", newline="")
        reader = csv.reader(text, delimiter=self.said.delimiter)
        try:
            yield from _rows(reader)
        finally:
            if not text.closed:  # whoever opened the file closes it, and may have done so
                text.detach()

    def _sheet(self, file: BinaryIO) -> Iterator[tuple[int, list[Any] | Rejected]]:
        try:
            book = load_workbook(file, read_only=True, data_only=True)
            sheet = book[self.said.sheet] if self.said.sheet else book.worksheets[0]
            yield from enumerate((list(row) for row in sheet.values), start=1)
        except (BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, SyntaxError, EOFError, zlib.error):
            named = f" with a sheet {self.said.sheet}" if self.said.sheet else ""
            yield 1, Rejected(f"no XLSX file{named} that can be read; export it again, or mend the mapping")


def _rows(reader: Any) -> Iterator[tuple[int, list[str] | Rejected]]:
    """A row that is none is rejected alone; where the file breaks off, the break is."""
    while True:
        number = reader.line_num + 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield number, Rejected("no row of a table; a quote that is never closed, or a cell of more than 128 KiB")
        except (EOFError, gzip.BadGzipFile, zlib.error):
            yield number, Rejected("the .gz breaks off here; send the file again")
            return
        except UnicodeError:
            yield number, Rejected("from here on not in the encoding that the mapping says; mend one of both")
            return


def _row(head: list[str], cells: list[Any]) -> Mapping[str, Any] | Rejected:
    if any(cell not in (None, "") for cell in cells[len(head) :]):
        return Rejected(f"{len(cells)} cells, and the head has {len(head)}; mend the export")
    return dict(zip(head, cells, strict=False))
