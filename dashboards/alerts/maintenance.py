"""Maintenance windows in the store, beside those of the settings: set and removed while the evaluator runs."""

from collections.abc import Callable
from datetime import datetime

from dashboards import ledger
from dashboards.auth.rows import Rows
from dashboards.ledger import Ledger, age
from metrics.alerting.windows import Window, parse
from metrics.errors import Misconfigured

Change = ledger.Change[str]
ADDED, REMOVED = "added", "removed"


class Maintenance:
    """A window is called by how it is written: `2026-11-22 20:00/2026-11-22 23:00` or `sun 02:00-04:00`."""

    def __init__(self, rows: Rows, clock: Callable[[], datetime]) -> None:
        self._ledger = Ledger(rows, clock, "alert_maintenance", str)

    def holding(self) -> dict[str, Change]:
        """By how they are written, with who set each and why."""
        newest = {change.id: change for change in sorted(self._ledger.history(), key=age)}
        return {name: change for name, change in sorted(newest.items()) if change.after is not None}

    def windows(self) -> tuple[Window, ...]:
        return tuple(window for name in self.holding() for window in parse(name))

    def history(self) -> list[Change]:
        """Oldest first."""
        return self._ledger.history()

    def add(self, written: str, actor: str, why: str) -> Change:
        """Misconfigured where it is none, or several."""
        name = " ".join(written.split()).lower()
        if len(parse(name)) != 1:
            raise Misconfigured(["window: one at a time"])
        if name in self.holding():
            raise Misconfigured([f"{name}: is set already"])
        return self._ledger.add(name, None, name, ADDED, actor, why)

    def remove(self, name: str, actor: str, why: str) -> Change:
        if name not in self.holding():
            raise Misconfigured([f"{name}: no such window; `nhip maintenance list` names them"])
        return self._ledger.add(name, name, None, REMOVED, actor, why)
