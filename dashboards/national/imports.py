"""Exports and figures of the national portal in the store: what was imported, and when it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from clickhouse_connect.driver.client import Client

from dashboards.store import add, ask
from metrics.national.published import Published
from metrics.national.record import Record

RECORD = tuple(Record.__slots__)
CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class Import:
    """An export: `covers_from` to `covers_to` are days of reception, both included."""

    filename: str
    digest: str
    covers_from: date
    covers_to: date
    taken_on: date
    carries: tuple[str, ...]
    dossiers: int
    at: datetime


COLUMNS = tuple(Import.__slots__)
FIGURE = tuple(Published.__slots__)


def imports(client: Client) -> list[Import]:
    """All of them, the newest first."""
    rows = ask(client, f"SELECT {', '.join(COLUMNS)} FROM national_import ORDER BY version DESC")
    return [Import(**{**dict(zip(COLUMNS, row, strict=True)), "carries": tuple(row[5])}) for row in rows]


def digest(records: Sequence[Record]) -> str:
    """Of what is kept, in whatever order it came."""
    lines = sorted("\x1f".join(map(str, _values(each))) for each in records)
    return sha256("\n".join(lines).encode()).hexdigest()


def holds(client: Client, wanted: Import) -> bool:
    """Whether the very same content is what holds of its days already."""
    newest = next((each for each in imports(client) if _meets(each, wanted)), None)
    return newest is not None and _content(newest) == _content(wanted)


def keep(client: Client, found: Import, records: Sequence[Record]) -> None:
    """The dossiers, then the import that makes them count."""
    version = _version(client, "national_import", found.at)
    for start in range(0, len(records), CHUNK):
        rows = [(*_values(each), version) for each in records[start : start + CHUNK]]
        add(client, "national_dossier", rows, [*RECORD, "day", "version"])
    row = [getattr(found, name) for name in COLUMNS]
    row[COLUMNS.index("carries")] = list(found.carries)
    add(client, "national_import", [(*row, version)], [*COLUMNS, "version"])


def figures(client: Client, period: str | None = None) -> list[Published]:
    """As published, of each figure every publication; the newest first."""
    where = "" if period is None else "WHERE period = {period:String} "
    rows = ask(
        client,
        f"SELECT {', '.join(FIGURE)} FROM national_figure FINAL {where}"
        "ORDER BY period DESC, unit, indicator, published_on DESC",
        **({} if period is None else {"period": period}),
    )
    return [Published(*row) for row in rows]


def keep_figures(client: Client, found: Sequence[Published], at: datetime) -> int:
    """What was not known yet, or otherwise; returns how many."""
    known = set(figures(client))
    fresh = [each for each in found if each not in known]
    version = _version(client, "national_figure", at)
    if fresh:
        rows = [(*(getattr(each, name) for name in FIGURE), version) for each in fresh]
        add(client, "national_figure", rows, [*FIGURE, "version"])
    return len(fresh)


def _meets(one: Import, other: Import) -> bool:
    return one.covers_from <= other.covers_to and other.covers_from <= one.covers_to


def _content(each: Import) -> tuple[object, ...]:
    return each.digest, each.covers_from, each.covers_to, each.taken_on, each.carries


def _values(record: Record) -> tuple[object, ...]:
    return (*(getattr(record, name) for name in RECORD), record.day)


def _version(client: Client, table: str, at: datetime) -> int:
    [(newest,)] = ask(client, f"SELECT max(version) FROM {table}")
    return max(int(at.timestamp() * 1_000_000), int(newest) + 1)
