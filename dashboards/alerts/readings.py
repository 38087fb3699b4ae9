"""What the board said at a moment: the province's headline figures, and how the data stood, kept as they were read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from dashboards.auth.rows import Rows
from metrics.alerting.alert import Seen, Sight
from metrics.civil import CIVIL, civil

KEPT: Mapping[str, timedelta] = {
    "data_age": timedelta(minutes=2),
    "dead_letter_share": timedelta(hours=2),
    "drift": timedelta(hours=12),
}
"""Of what no history can be computed later: for how long a reading of it stands."""
MINUTES = timedelta(minutes=2)
COLUMNS = ("subject", "version", "period", "at", "value", "whole", "away", "shown")
SELECTED = "subject, version, period, toUnixTimestamp64Milli(at), value, whole, away, shown"
UNSEEN = Seen(away=Sight.NO_DATA)


@dataclass(frozen=True, slots=True)
class Said:
    """One figure as it was read. `version` is 0 where it is no KPI."""

    subject: str
    version: int
    at: datetime
    seen: Seen


class Readings:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def keep(self, found: Mapping[tuple[str, int], Seen], at: datetime) -> None:
        self._rows.add_all("kpi_reading", COLUMNS, [[*key, *_row(seen, at)] for key, seen in found.items()])

    def said(self, at: datetime) -> list[Said]:
        """Of each figure the last reading up to that moment; nothing where nobody read within two minutes before."""
        rows = self._rows.ask(
            f"SELECT {SELECTED} FROM kpi_reading FINAL WHERE at <= {{at:DateTime64(3, 'UTC')}} "
            "AND at > {since:DateTime64(3, 'UTC')} ORDER BY subject, version, at DESC LIMIT 1 BY subject, version",
            at=at,
            since=at - MINUTES,
        )
        return [_said(row) for row in rows]

    def first(self, subject: str, earliest: date) -> date | None:
        """The first day from then on of which something is kept."""
        rows = self._rows.ask(
            "SELECT toUnixTimestamp64Milli(min(at)) FROM kpi_reading WHERE subject = {subject:String} "
            "AND at >= {since:DateTime64(3, 'UTC')} HAVING count() > 0",
            subject=subject,
            since=datetime.combine(earliest, time(), CIVIL),
        )
        return civil(_moment(rows[0][0])).date() if rows else None

    def at_each(self, subject: str, moments: Sequence[datetime]) -> list[Seen]:
        """At each moment, in order, the last reading that still stood; else nothing was seen."""
        stands = KEPT[subject]
        rows = self._rows.ask(
            f"SELECT {SELECTED} FROM kpi_reading FINAL WHERE subject = {{subject:String}} "
            "AND at > {since:DateTime64(3, 'UTC')} AND at <= {until:DateTime64(3, 'UTC')} ORDER BY at",
            subject=subject,
            since=moments[0] - stands,
            until=moments[-1],
        )
        found, read, last = [], iter([_said(row) for row in rows]), None
        coming = next(read, None)
        for at in moments:
            while coming is not None and coming.at <= at:
                last, coming = coming, next(read, None)
            found.append(last.seen if last is not None and at - last.at < stands else UNSEEN)
        return found


def _row(seen: Seen, at: datetime) -> list[Any]:
    return [seen.period, at, _text(seen.value), _text(seen.whole), seen.away.value if seen.away else "", seen.shown]


def _said(row: tuple[Any, ...]) -> Said:
    subject, version, period, at, value, whole, away, shown = row
    seen = Seen(period, _fraction(value), _fraction(whole), Sight(away) if away else None, shown)
    return Said(subject, int(version), _moment(at), seen)


def _text(value: Fraction | None) -> str:
    return "" if value is None else str(value)


def _fraction(text: str) -> Fraction | None:
    return Fraction(text) if text else None


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
