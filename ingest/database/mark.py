"""How far a query has come: the newest watermark, and the rows near it that were sent already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import to_json

from ingest.kept import digest
from metrics.errors import Misconfigured

Water = int | datetime
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """A row near the newest watermark: `row` is a digest of it. The same content under a later watermark is news."""

    water: Water
    row: str


@dataclass(frozen=True, slots=True)
class Mark:
    """`count` rows were read so far. `water` is None before the first."""

    count: int
    water: Water | None
    sent: tuple[Sent, ...]

    def since(self, overlap: int) -> Water | None:
        return None if self.water is None else behind(self.water, overlap)

    def moved(self, rows: Iterable[Sent], overlap: int) -> "Mark":
        """With these rows sent, too. A watermark that goes back does not take the mark with it."""
        told = {one.row: one for one in (*self.sent, *rows)}
        reached = [one.water for one in told.values()] + ([] if self.water is None else [self.water])
        water = max(reached, key=_rank, default=None)
        least = 0.0 if water is None else _rank(behind(water, overlap))
        return Mark(self.count, water, tuple(one for one in told.values() if _rank(one.water) >= least))

    def counted(self, rows: int) -> "Mark":
        return Mark(self.count + rows, self.water, self.sent)


START = Mark(0, None, ())
MARKS = TypeAdapter(Mark)


def behind(water: Water, overlap: int) -> Water:
    return water - timedelta(seconds=overlap) if isinstance(water, datetime) else water - overlap


def _rank(water: Water) -> float:
    """Seconds or the number itself: watermarks of one column are all of one sort."""
    if isinstance(water, datetime):
        return (water if water.tzinfo else water.replace(tzinfo=UTC)).timestamp()
    return water


def water_of(value: Any) -> Water:
    """Misconfigured where the column is neither a moment nor a whole number."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, datetime.min.time())
    if isinstance(value, int | Decimal) and value == int(value):
        return int(value)
    raise Misconfigured(["watermark: the column has to hold moments or whole numbers"])


def sent(row: Row, water: Water) -> Sent:
    return Sent(water, digest(to_json(sorted((name, str(value)) for name, value in row.items()))))
