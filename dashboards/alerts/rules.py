"""Thresholds in the store: each change a row with who, when and why; the newest that is in force holds.

Where two people have to agree, a change is a proposal first: it holds once somebody else approves of it.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import TypeAdapter

from dashboards import ledger
from dashboards.auth.rows import Rows
from dashboards.ledger import Ledger, age
from metrics.alerting.rule import Rule
from metrics.alerting.threshold import Threshold
from metrics.errors import Misconfigured

Change = ledger.Change[Threshold]

STORED = TypeAdapter(Threshold)
EXPIRES = timedelta(days=7)
"""After which a proposal can be approved no more."""


class What(StrEnum):
    """What was done to a threshold."""

    SET = "set"
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"
    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"


ONLY_SAID = frozenset({What.PROPOSED, What.REFUSED})
"""These change nothing by themselves."""


class Rules:
    """`clock` gives the moment of a change; `four_eyes`: whether a second person has to approve of each."""

    def __init__(self, rows: Rows, clock: Callable[[], datetime], *, four_eyes: bool = False) -> None:
        self._ledger = Ledger(rows, clock, "threshold", Threshold)
        self._four_eyes = four_eyes

    def history(self, threshold: str | None = None, until: datetime | None = None) -> list[Change]:
        """Oldest first; of one threshold or all, up to and with that moment."""
        return self._ledger.history(threshold, until)

    def holding(self, at: datetime | None = None) -> dict[str, Rule]:
        """The thresholds that hold now, or held at a moment, by id."""
        newest = _newest(change for change in self.history(until=at) if change.what not in ONLY_SAID)
        return {name: rule for name, change in sorted(newest.items()) if (rule := rule_of(change)) is not None}

    def proposals(self) -> list[Change]:
        """What waits for somebody's approval, oldest first. No `after`: to be withdrawn."""
        since = self._ledger.clock() - EXPIRES
        newest = _newest(self.history()).values()
        return [each for each in newest if each.what == What.PROPOSED and each.at > since]

    def put(self, wanted: Threshold, actor: str, why: str) -> Change:
        """Misconfigured where it would change nothing. Whether it may be set is asked of `refusals` before."""
        newest = self._in_force(wanted.id)
        if newest is not None and newest.after == wanted:
            raise Misconfigured([f"{wanted.id}: is set so already, since {newest.at:%Y-%m-%d}"])
        return self._change(wanted.id, newest, wanted, What.SET, actor, why)

    def withdraw(self, threshold: str, actor: str, why: str) -> Change:
        newest = self._known(threshold)
        if newest.after is None:
            raise Misconfigured([f"{threshold}: is withdrawn already"])
        return self._change(threshold, newest, None, What.WITHDRAWN, actor, why)

    def undo(self, threshold: str, actor: str, why: str) -> Change:
        """As it was before the last change; undone twice, it is as before."""
        newest = self._known(threshold)
        return self._change(threshold, newest, newest.before, What.UNDONE, actor, why)

    def approve(self, threshold: str, actor: str) -> Change:
        """By anybody but who proposed it; the reason names them."""
        asked = self._proposed(threshold)
        if asked.actor == actor:
            raise Misconfigured([f"{threshold}: {actor} proposed it; somebody else has to approve"])
        why = f"{asked.why} (đề nghị: {asked.actor})"
        return self._ledger.add(threshold, asked.before, asked.after, What.APPROVED, actor, why)

    def refuse(self, threshold: str, actor: str, why: str) -> Change:
        """Who proposed it may take it back so."""
        asked = self._proposed(threshold)
        return self._ledger.add(threshold, asked.before, asked.before, What.REFUSED, actor, why)

    def _change(  # noqa: PLR0913, PLR0917  (the columns of a row)
        self, name: str, newest: Change | None, after: Threshold | None, what: What, actor: str, why: str
    ) -> Change:
        said = What.PROPOSED if self._four_eyes else what
        return self._ledger.add(name, newest.after if newest else None, after, said, actor, why)

    def _known(self, threshold: str) -> Change:
        newest = self._in_force(threshold)
        if newest is None:
            raise Misconfigured([f"{threshold}: no such threshold; `nhip threshold list` names them"])
        return newest

    def _in_force(self, threshold: str) -> Change | None:
        return _newest(each for each in self.history(threshold) if each.what not in ONLY_SAID).get(threshold)

    def _proposed(self, threshold: str) -> Change:
        found = next((each for each in self.proposals() if each.id == threshold), None)
        if found is None:
            raise Misconfigured(
                [f"{threshold}: nothing waits for approval, or it waited longer than {EXPIRES.days} days"]
            )
        return found


def rule_of(change: Change) -> Rule | None:
    return Rule(change.after, change.revision, change.at, change.actor, change.why) if change.after else None


def stored(threshold: Threshold) -> str:
    return STORED.dump_json(threshold).decode()


def _newest(changes: Iterable[Change]) -> dict[str, Change]:
    return {change.id: change for change in sorted(changes, key=age)}
