"""`nhip threshold`: limits on KPIs, lists and the data itself; what they would do; who changed them and why."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from typing import Any

from dashboards.alerts.preview import preview
from dashboards.alerts.rules import Change, Rules, What
from dashboards.alerts.shapes import ChangeItem, PreviewItem, ThresholdItem
from dashboards.alerts.wishes import approve, wish
from dashboards.auth.history import TERMINAL
from dashboards.auth.rows import Rows
from dashboards.store import connect
from deploy.alert_settings import AlertSettings
from deploy.commands.threshold_view import show_changes, show_preview, show_thresholds
from deploy.folder import Role
from deploy.output import say_json, tell
from deploy.settings import Settings
from deploy.stack import running
from metrics.alerting.refusal import unreasoned
from metrics.alerting.said import LIMITS
from metrics.alerting.threshold import Threshold
from metrics.civil import CIVIL
from metrics.errors import Misconfigured
from metrics.period import parse

ABOUT_LIMITS = ("set", "preview")
ABOUT_ONE = ("undo", "withdraw", "approve", "refuse")
ABOUT_ALL = ("list", "history", "proposals")
WORDS = (*LIMITS, "warn", "agency", "tier", "over", "least", "for", "calm", "back", "to")
CHANGING = ("set", "undo", "withdraw", "refuse")


def problems(given: Namespace) -> Iterator[str]:
    known = ABOUT_LIMITS + ABOUT_ONE + ABOUT_ALL
    if given.what not in known:
        yield f"WHAT: one of {', '.join(known)}"
        return
    if given.what in ABOUT_LIMITS + ABOUT_ONE and not given.kpi:
        yield (
            "KPI: say which"
            if given.what in ABOUT_LIMITS
            else "KPI: say which threshold; `nhip threshold list` names them"
        )
    if given.what in ("list", "proposals") and given.kpi:
        yield f"KPI: not for `nhip threshold {given.what}`"
    limits = [name for name in WORDS if vars(given)[name] is not None] + ["office-hours"] * given.office_hours
    if given.what not in ABOUT_LIMITS:
        yield from (f"--{name}: only for `nhip threshold set` and `preview`" for name in limits)
    if given.what in CHANGING:
        yield from (text.en for text in unreasoned(given.why or ""))
    elif given.why is not None:
        yield "--why: only where something is changed"
    if given.on is not None and given.what != "list":
        yield "--on: only for `nhip threshold list`"


def run(given: Namespace, settings: Settings) -> int:
    alerts = AlertSettings.read()
    on = end_of(given.on) if given.on else None
    with running(settings, Role.READER, tell) as where:
        desk = Desk(where.clickhouse, tuple(alerts.groups), four_eyes=alerts.four_eyes)
        match given.what:
            case "set":
                desk.set(given)
            case "preview":
                desk.preview(given)
            case "undo":
                desk.said(desk.rules.undo(given.kpi, TERMINAL, given.why))
            case "withdraw":
                desk.said(desk.rules.withdraw(given.kpi, TERMINAL, given.why))
            case "approve":
                desk.approve(given.kpi)
            case "refuse":
                desk.said(desk.rules.refuse(given.kpi, TERMINAL, given.why))
            case "proposals":
                desk.show(desk.rules.proposals(), pure_json=given.json)
            case "list":
                desk.list(on, pure_json=given.json)
            case "history":
                desk.show(desk.rules.history(given.kpi), pure_json=given.json)
    return 0


def end_of(day: str) -> datetime:
    """The last moment of a civil day."""
    return datetime.combine(parse(day).last, time.max, CIVIL)


class Desk:
    """What can be done, over one store."""

    def __init__(self, url: str, recipients: tuple[str, ...], *, four_eyes: bool) -> None:
        self.rules = Rules(Rows(url), lambda: datetime.now(UTC), four_eyes=four_eyes)
        self._client = connect(url)
        self._recipients = recipients

    def set(self, given: Namespace) -> None:
        self.said(self.rules.put(self._wanted(given), TERMINAL, given.why))

    def approve(self, name: str) -> None:
        self.said(approve(self.rules, name, TERMINAL, self._client, self._recipients))

    def preview(self, given: Namespace) -> None:
        """Of a threshold that holds, by its name, or of one that somebody thinks of."""
        held = self.rules.holding().get(given.kpi)
        found = preview(self._client, held.threshold if held else self._wanted(given), datetime.now(UTC))
        item = PreviewItem.of(found)
        if given.json:
            say_json(item.model_dump(mode="json"))
        else:
            show_preview(item)

    def list(self, on: datetime | None, *, pure_json: bool) -> None:
        items = [ThresholdItem.of(rule) for rule in self.rules.holding(on).values()]
        if pure_json:
            say_json([item.model_dump(mode="json") for item in items])
        else:
            show_thresholds(items)

    def show(self, changes: Sequence[Change], *, pure_json: bool) -> None:
        items = [ChangeItem.of(change) for change in changes]
        if pure_json:
            say_json([item.model_dump(mode="json") for item in items])
        else:
            show_changes(items)

    def said(self, change: Change) -> None:
        follows = {
            What.PROPOSED: "it holds once somebody else has approved of it, on the board or here",
            What.REFUSED: "nothing changes",
        }
        usual = "it holds from the next look on, within 30 seconds"
        tell(f"{change.id}: {change.what}; {follows.get(What(change.what), usual)}")

    def _wanted(self, given: Namespace) -> Threshold:
        said = {name: vars(given)[name] for name in WORDS if vars(given)[name] is not None}
        hours: dict[str, Any] = {"office-hours": "yes"} if given.office_hours else {}
        wanted, problems = wish({"kpi": given.kpi, **said, **hours}, self._client, self.rules, self._recipients)
        if wanted is None:
            raise Misconfigured(problem.en for problem in problems)
        return wanted
