"""Keeps what the board says, beside the looks of the alerts: figures every minute, what costs more less often."""

from datetime import datetime, timedelta

from clickhouse_connect.driver.client import Client

from dashboards.alerts import others
from dashboards.alerts.drifting import Drifting
from dashboards.alerts.readings import Readings
from dashboards.alerts.seen import value_of
from dashboards.figures import Scope, kpi
from dashboards.pipeline import progress
from metrics.alerting.alert import Seen
from metrics.catalogue import HEADLINE
from metrics.civil import civil
from metrics.period import FORMS_BY_NAME, parse

OFTEN, SELDOM, RARELY = timedelta(minutes=1), timedelta(hours=1), timedelta(hours=6)
DATA_AGE, DEAD, DRIFT = ("data_age", 0), ("dead_letter_share", 0), ("drift", 0)


class Keeper:
    """Of the running month of the whole province, as the first page shows it."""

    def __init__(self, client: Client, readings: Readings, drifting: Drifting) -> None:
        self._client, self._readings, self._drifting = client, readings, drifting
        self._last: dict[timedelta, datetime] = {}

    def look(self, at: datetime) -> None:
        found: dict[tuple[str, int], Seen] = {}
        for every, read in ((OFTEN, self._figures), (SELDOM, self._dead), (RARELY, self._drift)):
            if _due(self._last.get(every), at, every) and (seen := read(at)):
                found |= seen
                self._last[every] = at
        self._readings.keep(found, at)

    def _figures(self, at: datetime) -> dict[tuple[str, int], Seen]:
        month = parse(FORMS_BY_NAME["month"](civil(at).date()))
        figures = {
            (each.kpi.id, each.kpi.version): value_of(each) for each in kpi(self._client, Scope(month), kpis=HEADLINE)
        }
        return figures | {DATA_AGE: others.data_age(progress(self._client), at)}

    def _dead(self, _at: datetime) -> dict[tuple[str, int], Seen]:
        return {DEAD: others.dead_letter_share(self._client)}

    def _drift(self, at: datetime) -> dict[tuple[str, int], Seen]:
        """Nothing while it is still being read: then it is asked for at the next look."""
        seen = self._drifting.seen(at)
        return {DRIFT: seen} if seen.away is None else {}


def _due(last: datetime | None, at: datetime, every: timedelta) -> bool:
    """A look comes a little early as easily as a little late; a clock that went back begins anew."""
    return last is None or not timedelta(0) <= at - last < every - every / 10
