"""An export of the national portal made of what is in the store, with something of every kind wrong in it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from clickhouse_connect.driver.client import Client

from dashboards.national.imports import Import, digest, keep, keep_figures
from metrics.national.published import Published
from metrics.national.record import Record
from metrics.period import parse

NAMES = ("dossier", "agency", "procedure", "channel", "submitted_at", "received_at", "due_at", "status", "resolved_at",
         "paid_online", "digitised")  # fmt: skip
CARRIES = ("procedure", "channel", "submitted_at", "received_at", "due_at", "resolved_at", "paid_online", "digitised",
           "unit", "synced_at")  # fmt: skip
AT = datetime(2026, 12, 31, tzinfo=UTC)


def exported(client: Client, period: str) -> None:
    """Imported, with a published figure beside it."""
    asked = parse(period)
    rows = client.query(
        f"SELECT {', '.join(NAMES)} FROM dossier FINAL WHERE toDate32(received_at, 'Etc/GMT-7') BETWEEN "
        "{first:Date32} AND {last:Date32} ORDER BY dossier",
        parameters={"first": asked.first, "last": asked.last},
    ).result_rows
    found = [record for place, row in enumerate(rows) if (record := wrong(place, dict(zip(NAMES, row, strict=True))))]
    about = Import("cong.xlsx", digest(found), asked.first, asked.last, asked.last, CARRIES, len(found), AT)
    keep(client, about, found)
    figure = Published(period, "", "on_time_resolution", date(2026, 7, 1), Decimal(9), Decimal(10), Decimal(90), None)
    keep_figures(client, [figure], AT)


def wrong(place: int, here: dict) -> Record | None:
    """Every ninth is not there; of the others some are sent late, rewritten, moved, taken for another unit's."""
    moments = {name: at and at.replace(tzinfo=UTC) for name, at in here.items() if name.endswith("_at")}
    said = {**here, **moments, "unit": here["agency"], "local_code": None, "synced_at": moments["received_at"]}
    del said["agency"]
    match place % 9:
        case 0:
            return None
        case 1:
            said["synced_at"] += timedelta(days=9)
        case 2:
            said["resolved_at"] = said["received_at"]
        case 3:
            said["channel"] = "1"
        case 4:
            said["due_at"] = None
        case 5:
            said["unit"] = "Sở Không Tên"
        case 6:
            said["dossier"] += "9"
    return Record(**said)
