"""Goals in the store: each change a row with who, when and why; the newest holds."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from clickhouse_connect.driver.client import Client

from dashboards import ledger
from dashboards.auth.rows import Rows
from dashboards.ledger import Ledger, age
from metrics.civil import CIVIL
from metrics.errors import Misconfigured
from metrics.goal import Goal, name_of
from metrics.kpi import Kpi, Target
from metrics.period import Period

Change = ledger.Change[Goal]


class What(StrEnum):
    """What was done to a goal."""

    SET = "set"
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"


class Goals:
    """`clock` gives the moment of a change."""

    def __init__(self, rows: Rows, clock: Callable[[], datetime]) -> None:
        self._ledger = Ledger(rows, clock, "goal", Goal)

    def history(self, name: str | None = None) -> list[Change]:
        """Oldest first; of one goal or all."""
        return self._ledger.history(name)

    def holding(self, until: datetime | None = None) -> dict[str, Change]:
        """By id the changes that made the goals what they are, or were at a moment."""
        newest = {change.id: change for change in sorted(self._ledger.history(until=until), key=age)}
        return {name: change for name, change in sorted(newest.items()) if change.after is not None}

    def put(self, wanted: Goal, actor: str, why: str) -> Change:
        before = self._now(wanted.id)
        if before == wanted:
            raise Misconfigured([f"{wanted.id}: is set so already"])
        return self._ledger.add(wanted.id, before, wanted, What.SET, actor, why)

    def withdraw(self, name: str, actor: str, why: str) -> Change:
        before = self._now(name)
        if before is None:
            raise Misconfigured([f"{name}: no goal is set; `nhip target list` names those there are"])
        return self._ledger.add(name, before, None, What.WITHDRAWN, actor, why)

    def undo(self, name: str, actor: str, why: str) -> Change:
        """As it was before the last change; undone twice, it is as before."""
        newest = self._ledger.newest(name)
        if newest is None:
            raise Misconfigured([f"{name}: no goal was ever set"])
        return self._ledger.add(name, newest.after, newest.before, What.UNDONE, actor, why)

    def _now(self, name: str) -> Goal | None:
        newest = self._ledger.newest(name)
        return newest.after if newest else None


Standing = Mapping[str, Goal]


def standing(client: Client, period: Period, now: datetime) -> Standing:
    """The goals by id, as they stood when the period ended, or stand while it runs."""
    ends = datetime.combine(period.last + timedelta(days=1), datetime.min.time(), CIVIL)
    held = Goals(Rows.over(client), lambda: now).holding(min(now, ends))
    return {name: change.after for name, change in held.items() if change.after is not None}


def target(kpi: Kpi, goals: Standing) -> Target | None:
    """The province's own, else the one that the definition comes with."""
    own = goals.get(name_of(kpi.id, kpi.version))
    return kpi.target if own is None else own.target(kpi)
