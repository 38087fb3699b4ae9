"""What is handed to Grafana where it delivers: how near every alert is to its limits, as this look saw it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from dashboards.alerts.evaluator import Sighted
from dashboards.auth.rows import Rows
from metrics.alerting.breach import breach_ratio, levels

COLUMNS = ("alert", "level", "subject", "kpi_version", "over", "agency", "breach_ratio", "shown", "at")


def hand_over(rows: Rows, sighted: Sequence[Sighted], at: datetime) -> None:
    """A row a limit, always: an alert of which nothing is told any more would end."""
    rows.add_all("alert_reading", COLUMNS, [row for each in sighted for row in _rows(each, at)])


def _rows(sighted: Sighted, at: datetime) -> Iterator[list[Any]]:
    each, threshold = sighted.watched, sighted.watched.rule.threshold
    for level in levels(threshold):
        ratio = breach_ratio(threshold, level, sighted.seen, sighted.state)
        said = (threshold.subject, threshold.version, threshold.over, each.agency or "", ratio, sighted.seen.shown, at)
        yield [each.alert, level.name.lower(), *said]
