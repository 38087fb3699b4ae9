"""What alerts would have seen at moments of the past: KPIs by day, late lists and kept readings by moment."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from clickhouse_connect.driver.client import Client

from dashboards.agencies import Agency
from dashboards.alerts.figures import seen
from dashboards.alerts.others import WINDOWS, late_then
from dashboards.alerts.readings import KEPT, Readings
from dashboards.alerts.spans import as_of_day, span
from dashboards.alerts.watched import Watched
from dashboards.auth.rows import Rows
from dashboards.store import ask
from dashboards.units import turns_of
from metrics.alerting.alert import Seen
from metrics.alerting.subject import subject
from metrics.alerting.threshold import Threshold
from metrics.civil import civil

Sights = Mapping[datetime, Mapping[str, Seen]]
"""By moment, and by alert."""


def has_history(threshold: Threshold) -> bool:
    about = subject(threshold.subject, threshold.version)
    return about is not None and (about.kpi is not None or about.id in WINDOWS or about.id in KEPT)


def begins(client: Client, threshold: Threshold, earliest: date) -> date | None:
    """The first day of the history, from the earliest on."""
    if threshold.subject in KEPT:
        return Readings(Rows.over(client)).first(threshold.subject, earliest)
    rows = ask(
        client, "SELECT min(day) FROM kpi_cell WHERE day >= {earliest:Date32} HAVING count() > 0", earliest=earliest
    )
    found: date | None = rows[0][0] if rows else None
    return found


def sights(
    client: Client, alerts: Sequence[Watched], known: Mapping[str, Agency], moments: Sequence[datetime]
) -> Sights:
    """All alerts are of one threshold; moments in order."""
    if not alerts:
        return {at: {} for at in moments}
    about = alerts[0].rule.threshold.subject
    if about in KEPT:
        read = Readings(Rows.over(client)).at_each(about, moments)
        return {at: {each.alert: one for each in alerts} for at, one in zip(moments, read, strict=True)}
    if about in WINDOWS:
        counts = late_then(client, moments, about, known, {each.agency for each in alerts})
        return {at: {each.alert: counts[each.agency][n] for each in alerts} for n, at in enumerate(moments)}
    days = {day: _figures(client, alerts, known, day) for day in dict.fromkeys(civil(at).date() for at in moments)}
    return {at: days[civil(at).date()] for at in moments}


def _figures(client: Client, alerts: Sequence[Watched], known: Mapping[str, Agency], day: date) -> dict[str, Seen]:
    wanted = {each: as_of_day(span(each.rule.threshold, day), day) for each in alerts}
    return seen(client, wanted, known, turns_of(client))
