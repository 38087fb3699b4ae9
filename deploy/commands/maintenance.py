"""`nhip maintenance`: spans in which alerts are watched and nobody is called."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dashboards.alerts.maintenance import Change, Maintenance
from dashboards.auth.history import TERMINAL
from dashboards.auth.rows import Rows
from dashboards.naming import moment_name
from deploy.folder import Role
from deploy.output import say_json, tell
from deploy.settings import Settings
from deploy.stack import running
from metrics.alerting.refusal import unreasoned
from metrics.alerting.windows import FORMS, parse
from metrics.errors import Misconfigured

CHANGING, SHOWING = ("add", "remove"), ("list", "history")


def problems(given: Namespace) -> Iterator[str]:
    if given.what not in CHANGING + SHOWING:
        yield f"WHAT: one of {', '.join(CHANGING + SHOWING)}"
        return
    if given.what in SHOWING:
        if given.window or given.why:
            yield f"WINDOW, --why: not for `nhip maintenance {given.what}`"
        return
    if not given.window:
        yield f"WINDOW: write {FORMS}"
    else:
        try:
            parse(given.window)
        except Misconfigured as error:
            yield from error.problems
    yield from (text.en for text in unreasoned(given.why or ""))


def run(given: Namespace, settings: Settings) -> int:
    with running(settings, Role.READER, tell) as where:
        desk = Maintenance(Rows(where.clickhouse), lambda: datetime.now(UTC))
        match given.what:
            case "add":
                tell(f"{desk.add(given.window, TERMINAL, given.why).id}: nobody is called in it, from the next look on")
            case "remove":
                tell(f"{desk.remove(given.window, TERMINAL, given.why).id}: removed")
            case "list":
                show(list(desk.holding().values()), pure_json=given.json)
            case "history":
                show(desk.history(), pure_json=given.json)
    return 0


def show(changes: list[Change], *, pure_json: bool) -> None:
    if pure_json:
        rows = [{"window": each.id, "at": each.at.isoformat(), "actor": each.actor, "what": each.what, "why": each.why}
                for each in changes]  # fmt: skip
        say_json(rows)
        return
    drawn = Table("Khoảng", "Lúc", "Ai", "Làm gì", "Lý do", title=f"Bảo trì: {len(changes)}", title_justify="left")
    for each in changes:
        drawn.add_row(*map(Text, (each.id, moment_name(each.at), each.actor, each.what, each.why)))
    Console().print(drawn)
