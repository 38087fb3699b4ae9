"""The national portal's dossier export as records: CSV, XLSX, JSON or JSON Lines, by the names of its columns.

This is a border as the drop folder's is: only columns that a field is named for are read, so that no personal one can
pass. A mapping file (TOML) names other columns, and what words stand for a code:

    [columns]
    MaHoSo = "Số hồ sơ"
    [codes.KenhThucHien]
    "nộp trên Cổng" = "2"
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

from ingest.lines import LineFile
from ingest.national import USED_ONLY, Dossier, FileKind, Maybe
from ingest.portal_columns import Mapped
from ingest.reading import Reader
from ingest.shapes import DOSSIER_CODE, MOMENT, TEXT, may
from ingest.tables import Row, table
from metrics.civil import CIVIL, FIRST_YEAR, LAST_YEAR
from metrics.errors import Misconfigured, Rejected
from metrics.events import DOSSIER
from metrics.national.record import CARRIED, Record

MOST_PROBLEMS = 50
_EARLIEST, _LATEST = datetime(FIRST_YEAR, 1, 2, tzinfo=CIVIL), datetime(LAST_YEAR, 12, 30, tzinfo=CIVIL)
_LISTS = ("data", "items", "DanhSachHoSo", "DuLieu")
"""Where a JSON answer of the portal holds its records."""


class Exported(Dossier):
    """The national record, with what only the portal knows."""

    __pydantic_config__ = USED_ONLY  # type: ignore[misc]  # pydantic reads it from the class body
    unit: Annotated[Maybe, may("DonViXuLy", TEXT)]
    local_code: Annotated[Maybe, may("MaHoSoDiaPhuong", DOSSIER_CODE)]
    synced_at: Annotated[Maybe, may("NgayDongBo", MOMENT)]


_READER = Reader(FileKind("national", Exported, DOSSIER))


@dataclass(frozen=True, slots=True)
class Export:
    """`carries` is what the file's columns say something of; `left_out` how many of them were not read at all."""

    records: tuple[Record, ...]
    carries: frozenset[str]
    left_out: int


def read(rows: Iterable[Row], mapped: Mapped, covers: tuple[date, date]) -> Export:
    """Misconfigured with the problems of the rows; `covers` are the days of reception that the export is of."""
    records: list[Record] = []
    problems: list[str] = []
    heads: set[str] = set()
    seen: dict[str, str] = {}
    for row in rows:
        heads.update(row.fields)
        try:
            found = record(mapped.national(row.fields))
        except Rejected as reason:
            problems.append(f"{row.place}: {reason}")
            continue
        problems += _out_of_place(found, row.place, seen, covers)
        records.append(found)
    known = {field for head in heads if (field := mapped.field(head))}
    problems += mapped.unmet(heads)
    if not records and not problems:
        problems.append("no rows; docs/national.md shows what a file looks like")
    if problems:
        raise Misconfigured([*_most(problems), "nothing was imported"])
    carries = frozenset(CARRIED[field] for field in known if field in CARRIED)
    return Export(tuple(records), carries, len(heads) - len(known))


def _out_of_place(found: Record, place: str, seen: dict[str, str], covers: tuple[date, date]) -> Iterator[str]:
    """An export that holds something else than it is said to cover would make other dossiers look not synced."""
    if found.dossier in seen:
        yield f"{place}: repeats {seen[found.dossier]}"
    seen.setdefault(found.dossier, place)
    day = found.day
    if day is None:
        yield f"{place}: neither NgayTiepNhan nor NgayNopHoSo"
    elif not covers[0] <= day <= covers[1]:
        yield f"{place}: received on {day}, outside {covers[0]} to {covers[1]}; name the period that the file covers"


def _most(problems: list[str]) -> Iterator[str]:
    yield from problems[:MOST_PROBLEMS]
    if len(problems) > MOST_PROBLEMS:
        yield f"… and {len(problems) - MOST_PROBLEMS} more problems"


def record(fields: Mapping[str, str]) -> Record:
    """Rejected says which field is wrong; it quotes nothing."""
    said = json.loads(_READER.read(json.dumps(fields).encode())[1])
    at = {name: _moment(said[name]) for name in said if name.endswith("_at")}
    return Record(
        dossier=said["dossier"],
        local_code=said.get("local_code"),
        unit=said.get("unit"),
        procedure=said.get("procedure"),
        channel=said.get("channel"),
        submitted_at=at.get("submitted_at"),
        received_at=at.get("recorded_received_at"),
        due_at=at.get("due_at"),
        status=said.get("status"),
        resolved_at=at.get("recorded_finished_at") or at.get("recorded_returned_at"),
        paid_online=said.get("paid_online"),
        digitised=said.get("digitised"),
        synced_at=at.get("synced_at"),
    )


def _moment(text: str) -> datetime:
    """Kept at the edge of the store's calendar, as the facts' moments are."""
    found = datetime.fromisoformat(f"{text[:8]}T{text[8:]}").replace(tzinfo=CIVIL)
    return min(max(found, _EARLIEST), _LATEST)


def rows(path: Path) -> Iterator[Row]:
    """By the names of the columns as they are written. Misconfigured where the file is no table, or no JSON."""
    kind = path.name.lower().removesuffix(".gz").rpartition(".")[2]
    if kind == "json":
        return _objects(path.name, _whole(path))
    if kind == "jsonl":
        return _lines(path)
    return iter(table(path, {}))


def _whole(path: Path) -> list[Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"), parse_int=str, parse_float=str)
    except (OSError, ValueError, RecursionError):
        raise Misconfigured([f"{path.name}: no JSON in UTF-8 that can be read"]) from None
    if isinstance(found, dict):
        found = next((found[name] for name in _LISTS if isinstance(found.get(name), list)), [found])
    if not isinstance(found, list):
        raise Misconfigured([f"{path.name}: neither a list of dossiers nor an object that holds one"])
    return found


def _objects(name: str, found: Iterable[Any]) -> Iterator[Row]:
    for number, each in enumerate(found, 1):
        yield _row(f"{name} record {number}", each)


def _lines(path: Path) -> Iterator[Row]:
    for number, line in LineFile(path):
        place = f"{path.name} line {number}"
        if isinstance(line, Rejected):
            raise Misconfigured([f"{place}: {line}"])
        try:
            yield _row(place, json.loads(line, parse_int=str, parse_float=str))
        except (ValueError, RecursionError):
            raise Misconfigured([f"{place}: not JSON; write one JSON object a line"]) from None


def _row(place: str, found: Any) -> Row:
    """Of an object its texts; what is nested holds nothing that is compared."""
    if not isinstance(found, dict):
        raise Misconfigured([f"{place}: not a JSON object"])
    return Row(place, {str(name): value for name, value in found.items() if isinstance(value, str)})
