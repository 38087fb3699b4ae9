"""A dossier as lists show it: what it is, where, and its moments in civil time."""

from dataclasses import dataclass
from datetime import UTC, datetime

from metrics.civil import civil

COLUMNS = ("dossier", "procedure", "agency", "channel", "received_at", "due_at", "resolved_at")


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
