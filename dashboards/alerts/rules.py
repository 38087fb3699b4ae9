"""Thresholds in the store: each change a row with who, when and why; the newest revision holds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from dashboards.auth.rows import Rows
from metrics.alerting.rule import Rule
from metrics.alerting.threshold import Threshold
from metrics.errors import Misconfigured

COLUMNS = "id, revision, toUnixTimestamp64Milli(at), actor, what, before, after, why"
STORED = TypeAdapter(Threshold)


class What(StrEnum):
    """What was done to a threshold."""

    SET = "set"
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the history. No `before`: there was none; no `after`: it was withdrawn."""

    id: str
    revision: int
    at: datetime
    actor: str
    what: What
    before: Threshold | None
    after: Threshold | None
    why: str

    @property
    def rule(self) -> Rule | None:
        return Rule(self.after, self.revision, self.at, self.actor, self.why) if self.after else None


class Rules:
    """`clock` gives the moment of a change."""

    def __init__(self, rows: Rows, clock: Callable[[], datetime]) -> None:
        self._rows = rows
        self._clock = clock

    def history(self, threshold: str | None = None, until: datetime | None = None) -> list[Change]:
        """Oldest first; of one threshold or all, up to and with that moment."""
        where = ["1"]
        given: dict[str, Any] = {}
        if threshold is not None:
            where, given = [*where, "id = {id:String}"], {**given, "id": threshold}
        if until is not None:
            where, given = [*where, "at <= {until:DateTime64(3, 'UTC')}"], {**given, "until": until}
        rows = self._rows.ask(
            f"SELECT {COLUMNS} FROM threshold WHERE {' AND '.join(where)} ORDER BY at, id, revision, actor", **given
        )
        return [_change(row) for row in rows]

    def holding(self, at: datetime | None = None) -> dict[str, Rule]:
        """The thresholds that hold now, or held at a moment, by id."""
        newest: dict[str, Change] = {}
        for change in sorted(self.history(until=at), key=lambda each: (each.revision, each.at)):
            newest[change.id] = change
        return {name: rule for name, change in sorted(newest.items()) if (rule := change.rule) is not None}

    def put(self, wanted: Threshold, actor: str, why: str) -> Change:
        """Misconfigured where it would change nothing. Whether it may be set is asked of `refusals` before."""
        newest = self._newest(wanted.id)
        if newest is not None and newest.after == wanted:
            raise Misconfigured([f"{wanted.id}: is set so already, since {newest.at:%Y-%m-%d}"])
        return self._add(wanted.id, newest, wanted, What.SET, actor, why)

    def withdraw(self, threshold: str, actor: str, why: str) -> Change:
        newest = self._known(threshold)
        if newest.after is None:
            raise Misconfigured([f"{threshold}: is withdrawn already"])
        return self._add(threshold, newest, None, What.WITHDRAWN, actor, why)

    def undo(self, threshold: str, actor: str, why: str) -> Change:
        """As it was before the last change; undone twice, it is as before."""
        newest = self._known(threshold)
        return self._add(threshold, newest, newest.before, What.UNDONE, actor, why)

    def _known(self, threshold: str) -> Change:
        newest = self._newest(threshold)
        if newest is None:
            raise Misconfigured([f"{threshold}: no such threshold; `nhip threshold list` names them"])
        return newest

    def _newest(self, threshold: str) -> Change | None:
        return max(self.history(threshold), key=lambda each: (each.revision, each.at), default=None)

    def _add(  # noqa: PLR0913, PLR0917  (the columns of a row)
        self, name: str, newest: Change | None, after: Threshold | None, what: What, actor: str, why: str
    ) -> Change:
        before, revision = (newest.after, newest.revision) if newest else (None, 0)
        at = max(self._clock(), newest.at) if newest else self._clock()
        made = Change(name, revision + 1, at, actor, what, before, after, why.strip())
        self._rows.add(
            "threshold",
            id=name,
            revision=made.revision,
            at=at,
            actor=actor,
            what=what.value,
            before=stored(before),
            after=stored(after),
            why=made.why,
        )
        return made


def stored(threshold: Threshold | None) -> str:
    return "" if threshold is None else STORED.dump_json(threshold).decode()


def read(text: str) -> Threshold | None:
    return STORED.validate_json(text) if text else None


def _change(row: tuple[Any, ...]) -> Change:
    name, revision, at, actor, what, before, after, why = row
    moment = datetime.fromtimestamp(at / 1000, UTC)
    return Change(name, revision, moment, actor, What(what), read(before), read(after), why)


def thresholds(rules: dict[str, Rule]) -> Iterator[Threshold]:
    return (rule.threshold for rule in rules.values())
