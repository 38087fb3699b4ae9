"""`nhip target`: what the province itself wants figures to reach; who set it and why."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dashboards.auth.history import TERMINAL
from dashboards.auth.rows import Rows
from dashboards.goals import Change, Goals
from dashboards.naming import moment_name
from deploy.folder import Role
from deploy.output import say_json, tell
from deploy.settings import Settings
from deploy.stack import running
from metrics.alerting.refusal import unreasoned
from metrics.catalogue import CATALOGUE
from metrics.display import NOTHING, shown
from metrics.errors import Misconfigured
from metrics.goal import Goal, goal
from metrics.kpi import Kpi

CHANGING = ("set", "withdraw", "undo")
KNOWN = (*CHANGING, "list", "history")
NEWEST: dict[str, Kpi] = {each.id: each for each in sorted(CATALOGUE, key=lambda kpi: kpi.version)}


def problems(given: Namespace) -> Iterator[str]:
    if given.what not in KNOWN:
        yield f"WHAT: one of {', '.join(KNOWN)}"
        return
    if given.kpi is not None and given.kpi not in NEWEST:
        yield f"KPI: no such definition: {given.kpi}; docs/kpis/ has all"
    elif given.what in CHANGING and given.kpi is None:
        yield "KPI: say which"
    if given.what == "set" and given.kpi in NEWEST:
        yield from (f"--reach: {wrong.en}" for wrong in goal(NEWEST[given.kpi], given.reach or "")[1])
    elif given.reach is not None:
        yield "--reach: only for `nhip target set`"
    if given.what in CHANGING:
        yield from (text.en for text in unreasoned(given.why or ""))
    elif given.why is not None:
        yield "--why: only where something is changed"


def run(given: Namespace, settings: Settings) -> int:
    with running(settings, Role.READER, tell) as where:
        done(Goals(Rows(where.clickhouse), lambda: datetime.now(UTC)), given)
    return 0


def done(goals: Goals, given: Namespace) -> None:
    if given.what in CHANGING:
        change = changed(goals, given)
        tell(f"{change.id}: {change.what}, now {said(change.after)}")
        return
    changes = goals.history() if given.what == "history" else list(goals.holding().values())
    wanted = [each for each in changes if given.kpi in {None, each.id.partition("@")[0]}]
    if given.json:
        say_json([item(each) for each in wanted])
    else:
        Console().print(drawn(given.what, wanted))


def changed(goals: Goals, given: Namespace) -> Change:
    kpi = NEWEST[given.kpi]
    wanted, wrong = goal(kpi, given.reach or "0")
    if wanted is None:
        raise Misconfigured(each.en for each in wrong)
    match given.what:
        case "set":
            return goals.put(wanted, TERMINAL, given.why)
        case "withdraw":
            return goals.withdraw(wanted.id, TERMINAL, given.why)
        case _:
            return goals.undo(wanted.id, TERMINAL, given.why)


def said(wanted: Goal | None) -> str:
    """`85,0 %`."""
    if wanted is None:
        return NOTHING
    kpi = NEWEST[wanted.kpi]
    return shown(kpi.unit, wanted.target(kpi).value)


def item(change: Change) -> dict[str, Any]:
    return {
        "goal": change.id,
        "at": change.at.isoformat(),
        "actor": change.actor,
        "what": change.what,
        "before": None if change.before is None else float(change.before.value),
        "after": None if change.after is None else float(change.after.value),
        "why": change.why,
    }


def drawn(what: str, changes: list[Change]) -> Table:
    table = Table("Chỉ số", "Mục tiêu", "Trước đó", "Lúc", "Ai", "Làm gì", "Lý do", title=f"nhip target {what}")
    for each in changes:
        cells = (each.id, said(each.after), said(each.before), moment_name(each.at), each.actor, each.what, each.why)
        table.add_row(*map(Text, cells))
    return table
