"""A dossier as lists show it: what it is, where, and its moments in civil time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from metrics.civil import civil

COLUMNS = ("dossier", "procedure", "agency", "channel", "received_at", "due_at", "resolved_at")
OF_AGENCIES = "agency IN {agencies:Array(String)} AND dossier >= {from_code:String} AND dossier < {to_code:String}"
"""A condition on a dossier, with the parameters of `of_agencies`."""


@dataclass(frozen=True, slots=True)
class Item:
    """Nothing in it is personal, because nothing personal is stored."""

    dossier: str
    procedure: str | None
    agency: str
    channel: str | None
    received_at: datetime | None
    due_at: datetime | None
    resolved_at: datetime | None


def moment(stored: datetime | None) -> datetime | None:
    """The store answers in UTC without saying so."""
    return None if stored is None else civil(stored.replace(tzinfo=UTC))


def item(row: tuple[object, ...]) -> Item:
    """From a row that begins with COLUMNS."""
    values = [moment(value) if isinstance(value, datetime) else value for value in row[: len(COLUMNS)]]
    return Item(*values)  # type: ignore[arg-type]  # the store's columns have these types


def of_agencies(agencies: Collection[str]) -> dict[str, Any]:
    """A dossier's code begins with its agency and a hyphen, so an agency's dossiers lie together in the table."""
    bounds = {
        "from_code": min(f"{agency}-" for agency in agencies),
        "to_code": max(f"{agency}." for agency in agencies),
    }
    return {"agencies": list(agencies), **bounds}
