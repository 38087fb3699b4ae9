"""Limits that were broken in a period, with who took them on; figures that read otherwise than they were printed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.alerts.states import RULE
from dashboards.alerts.words import CAUSES
from dashboards.closing.closes import Close, closes
from dashboards.closing.pairs import Pair, pairs
from dashboards.digest.coverage import ends
from dashboards.digest.model import Breach, Restated
from dashboards.figures import Reading, Scope
from dashboards.store import ask
from metrics.alerting.alert import Cause
from metrics.civil import CIVIL
from metrics.period import Period

CLOSED_WITHIN = timedelta(days=100)
MOST_CLOSES = 4

FIRED = """SELECT min(toUnixTimestamp64Milli(at)) AS fired, argMin(rule, number), any(agency), argMin(shown, number),
        argMaxIf(actor, number, kind = 'acknowledged'), argMaxIf(cause, number, kind = 'resolved')
    FROM alert_transition FINAL
    WHERE (alert, episode) IN (SELECT alert, episode FROM alert_transition WHERE kind = 'fired'
        AND at >= {from:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')})
        AND kind IN ('fired', 'acknowledged', 'resolved')
    GROUP BY alert, episode ORDER BY fired DESC"""

Earlier = Mapping[tuple[str, int], Mapping[str, Any]]
"""Figures as an issue has them, by id and version of the definition."""


def breaches(client: Client, period: Period, members: Sequence[str] | None) -> tuple[Breach, ...]:
    """Newest first; of an agency those about it or one below it."""
    begins = datetime.combine(period.first, datetime.min.time(), CIVIL)
    rows = ask(client, FIRED, **{"from": begins, "to": ends(period)})
    return tuple(_breach(*row) for row in rows if members is None or row[2] in members)


def _breach(fired: int, rule: str, agency: str, shown: str, by: str, cause: str) -> Breach:  # noqa: PLR0913, PLR0917
    at = datetime.fromtimestamp(fired / 1000, UTC)
    over = CAUSES[Cause(cause)].vi if cause else ""
    return Breach(at, RULE.validate_json(rule).threshold, agency or None, shown, by, over)


def reprinted(printed: Earlier, now: Sequence[Reading]) -> Iterator[Restated]:
    """What the issue before said of its period, and what that reads now."""
    for reading in now:
        was = printed.get((reading.kpi.id, reading.kpi.version))
        if was is not None and Pair(reading.kpi, was, reading.json()).differs:
            yield Restated(reading.kpi, reading.scope.period, was["display"], reading.display)


def restated(client: Client, period: Period, agency: str | None) -> Iterator[Restated]:
    """Of what was closed lately."""
    found = [each for each in closes(client).values() if period.first - CLOSED_WITHIN <= each.period.last]
    for close in found[:MOST_CLOSES]:
        yield from _restated(client, close, agency)


def _restated(client: Client, close: Close, agency: str | None) -> Iterator[Restated]:
    for pair in pairs(client, close, Scope(close.period, agency)):
        if pair.was is not None and pair.now is not None and pair.differs:
            yield Restated(pair.kpi, close.period, pair.was["display"], pair.now["display"])
