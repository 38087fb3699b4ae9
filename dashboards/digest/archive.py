"""Issues as they were sent: only ever added, each to be had again byte by byte."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dashboards.alerts.outbox import Outcome
from dashboards.auth.rows import Rows
from dashboards.digest.issue import Issue
from metrics.period import Period, parse

COLUMNS = ("period", "agency", "revision", "made_at", "subject", "changes", "printed", "mail")
READ = "period, agency, revision, toUnixTimestamp64Milli(made_at), subject, changes, printed, mail"
FIRST = "ORDER BY period, agency, revision, made_at LIMIT 1 BY period, agency, revision"
"""Two processes may have written the same one; the first holds."""
MESSAGES = "digest/"
"""How the keys of messages that bring an issue begin."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An issue in the list; `outcomes`: to how many it was sent, is still to be sent, or could not be."""

    period: Period
    agency: str | None
    revision: int
    made_at: datetime
    subject: str
    changes: tuple[str, ...]
    outcomes: dict[Outcome, int]


class Archive:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def add(self, issue: Issue) -> None:
        values = (
            issue.period.name, issue.agency or "", issue.revision, issue.made_at, issue.subject, list(issue.changes),
            json.dumps(issue.printed, ensure_ascii=False), issue.mail.decode("ascii"),
        )  # fmt: skip
        self._rows.add_all("digest_issue", COLUMNS, [values])

    def newest(self, period: Period, agency: str | None) -> Issue | None:
        """The last issue about that period and place."""
        return self._one("ORDER BY revision DESC, made_at LIMIT 1", period, agency)

    def get(self, period: Period, agency: str | None, revision: int) -> Issue | None:
        return self._one("AND revision = {revision:UInt16} ORDER BY made_at LIMIT 1", period, agency, revision=revision)

    def _one(self, how: str, period: Period, agency: str | None, **given: Any) -> Issue | None:
        rows = self._rows.ask(
            f"SELECT {READ} FROM digest_issue WHERE period = {{period:String}} AND agency = {{agency:String}} {how}",
            period=period.name,
            agency=agency or "",
            **given,
        )
        return _issue(rows[0]) if rows else None

    def entries(self) -> list[Entry]:
        """Newest first."""
        outcomes = self._outcomes()
        rows = self._rows.ask(
            "SELECT period, agency, revision, toUnixTimestamp64Milli(made_at), subject, changes FROM digest_issue "
            + FIRST
        )
        found = [
            Entry(
                parse(period), agency or None, int(revision), _moment(made), subject, tuple(changes),
                outcomes.get((period, agency, int(revision)), {}),
            )
            for period, agency, revision, made, subject, changes in rows
        ]  # fmt: skip
        return sorted(found, key=lambda entry: entry.made_at, reverse=True)

    def _outcomes(self) -> dict[tuple[str, str, int], dict[Outcome, int]]:
        rows = self._rows.ask(
            "SELECT splitByChar('/', key) AS parts, parts[2], decodeURLComponent(parts[3]), toUInt16(parts[4]), "
            "outcome, count() FROM alert_message FINAL WHERE startsWith(key, {begins:String}) GROUP BY ALL",
            begins=MESSAGES,
        )
        found: dict[tuple[str, str, int], dict[Outcome, int]] = {}
        for _, period, agency, revision, outcome, number in rows:
            place = found.setdefault((period, "" if agency == "*" else agency, int(revision)), {})
            place[Outcome(outcome)] = place.get(Outcome(outcome), 0) + int(number)
        return found


def _issue(row: Sequence[Any]) -> Issue:
    period, agency, revision, made_at, subject, changes, printed, mail = row
    return Issue(
        parse(period), agency or None, int(revision), _moment(made_at), subject, tuple(changes), json.loads(printed),
        mail.encode("ascii"),
    )  # fmt: skip


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
