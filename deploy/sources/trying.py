"""A dry run of a mapping: what would become of the first rows. Nothing is sent."""

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from deploy.output import say_json
from ingest.mapping.mapping import Mapped
from ingest.mapping.rows import READERS, as_line
from ingest.mapping.value import Row
from metrics.errors import Rejected

Tried = tuple[str, int, Mapped, Row | Rejected]
"""Source, line, its mapping, and the row."""


def show(rows: Iterable[Tried], *, pure_json: bool) -> None:
    found = [line for row in rows for line in _lines(*row)]
    if pure_json:
        say_json(found)
        return
    drawn = Table("Nguồn", "Dòng", "Bản ghi", "Nội dung", title=f"Thử ánh xạ: {len(found)}", title_justify="left")
    for line in found:
        made = " ".join(f"{name}={value}" for name, value in line["fields"].items()) or line["rejected"]
        drawn.add_row(*(Text(str(cell)) for cell in (line["source"], line["line"], line["kind"], made)))
    Console().print(drawn)


def _lines(source: str, number: int, mapped: Mapped, row: Row | Rejected) -> list[dict[str, Any]]:
    """The records of a row, each as it would be sent; or why there is none."""
    place = {"source": source, "line": number}
    try:
        if isinstance(row, Rejected):
            raise row
        found = list(mapped.records(row))
        for kind, fields in found:
            READERS[kind].read(as_line(fields))
    except Rejected as reason:
        return [{**place, "kind": mapped.kinds[0], "fields": {}, "rejected": str(reason)}]
    return [{**place, "kind": kind, "fields": fields, "rejected": ""} for kind, fields in found]
