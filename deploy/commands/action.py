"""`nhip action`: what was promised, by which post, until when; how it stands; who changed it and why."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from dashboards.actions.book import Book, Change, What
from dashboards.actions.words import aim
from dashboards.alerts.wishes import agencies
from dashboards.api.lists.actions import ActionChangeItem, ActionItem, ActionsAsked
from dashboards.auth.history import TERMINAL
from dashboards.auth.rows import Rows
from dashboards.naming import day_name, moment_name
from dashboards.store import connect
from deploy.action_list import actions
from deploy.alert_settings import AlertSettings
from deploy.folder import Role
from deploy.output import say_json, tell
from deploy.settings import Settings
from deploy.stack import running
from metrics.actions.action import Action, State
from metrics.actions.names import STATES
from metrics.actions.said import Known, action, revised
from metrics.alerting.refusal import unreasoned
from metrics.civil import civil
from metrics.errors import Misconfigured
from metrics.typed import day_of
from metrics.words import Text as Both

ABOUT_ONE = ("done", "change", "withdraw", "undo")
KNOWN = ("add", *ABOUT_ONE, "import", "list", "history")
WORDS = ("agency", "owner", "due", "text", "origin", "origin_name", "kpi", "target", "to")
CHANGING = ("owner", "due", "kpi", "target", "to")
CHANGED_BY: dict[str, tuple[str, ...]] = {
    "add": WORDS,
    "change": CHANGING,
    "done": ("on", "result"),
    "list": ("agency", "state"),
}
OPTIONS = (*WORDS, "on", "result", "state")


def problems(given: Namespace) -> Iterator[str]:
    if given.what not in KNOWN:
        yield f"WHAT: one of {', '.join(KNOWN)}"
        return
    said = {name for name in OPTIONS if vars(given)[name] is not None}
    yield from (
        f"--{name.replace('_', '-')}: not for `nhip action {given.what}`"
        for name in sorted(said - {*CHANGED_BY.get(given.what, ())})
    )
    if given.what in ABOUT_ONE and not given.which:
        yield "ACTION: say which; `nhip action list` names them"
    if given.what == "import" and not (given.which and Path(given.which).is_file()):
        yield f"FILE: {given.which} is no file" if given.which else "FILE: give a CSV or XLSX file"
    if given.dry_run and given.what != "import":
        yield "--dry-run: only for `nhip action import`"
    if given.what in ("add", "import", *ABOUT_ONE) and not given.dry_run:
        yield from (text.en for text in unreasoned(given.why or ""))
    if given.state is not None and given.state not in set(State):
        yield f"--state: one of {', '.join(State)}"
    if given.on is not None and day_of(given.on) is None:
        yield "--on: write a date as 2025-07-01 or 1/7/2025"


def run(given: Namespace, settings: Settings) -> int:
    groups = tuple(AlertSettings.read().groups)
    with running(settings, Role.READER, tell) as where:
        known = Known(agencies(connect(where.clickhouse)), groups)
        Desk(Book(Rows(where.clickhouse), now), known).do(given)
    return 0


def now() -> datetime:
    return datetime.now(UTC)


class Desk:
    """What can be done, over one store."""

    def __init__(self, book: Book, known: Known) -> None:
        self._book, self._known = book, known

    def do(self, given: Namespace) -> None:
        match given.what:
            case "add":
                said = {name: vars(given)[name] for name in WORDS if vars(given)[name] is not None}
                self._said(self._book.record(self._action(said), TERMINAL, given.why))
            case "change":
                changes = {name: vars(given)[name] for name in CHANGING if vars(given)[name] is not None}
                self._said(self._book.change(self._revised(given.which, changes), TERMINAL, given.why))
            case "done":
                on = given.on or civil(now()).date().isoformat()
                after = self._revised(given.which, {"done": on, "result": given.result or ""})
                self._said(self._book.change(after, TERMINAL, given.why, What.DONE))
            case "withdraw":
                self._said(self._book.withdraw(given.which, TERMINAL, given.why))
            case "undo":
                self._said(self._book.undo(given.which, TERMINAL, given.why))
            case "import":
                self._import(Path(given.which), given.why or "", dry=given.dry_run)
            case "list":
                self._list(given)
            case "history":
                self._history(given.which, pure_json=given.json)

    def _action(self, said: dict[str, str]) -> Action:
        return _found(*action(said, self._known))

    def _revised(self, name: str, changes: dict[str, str]) -> Action:
        return _found(*revised(self._book.one(name).action, changes, self._known))

    def _import(self, path: Path, why: str, *, dry: bool) -> None:
        found = actions(path, self._known)
        if dry:
            tell(f"{len(found)} actions could be imported; nothing was written")
            return
        done = self._book.record_all(found, TERMINAL, why)
        tell(f"recorded {done.new} actions; {done.known} were there already and stay as they are")
        for name in done.other:
            tell(f"{name}: the list says otherwise than when it was recorded; `nhip action change {name}` changes it")

    def _list(self, given: Namespace) -> None:
        asked = ActionsAsked(agency=given.agency, state=given.state)
        today = civil(now()).date()
        entries = [entry for entry in self._book.standing().values() if asked.wants(entry, today)]
        items = [ActionItem.of(entry, today) for entry in entries]
        if given.json:
            say_json([item.model_dump(mode="json") for item in items])
            return
        drawn = Table(Column("Việc", no_wrap=True), "Đơn vị", "Nội dung", "Phụ trách", "Hạn", "Tình trạng", "Chỉ tiêu",
                      title=f"Việc đã cam kết: {len(items)}", title_justify="left")  # fmt: skip
        for entry, item in zip(entries, items, strict=True):
            wanted = aim(entry.action)
            cells = (item.id, item.agency, item.promised, item.owner, day_name(item.due),
                     STATES[State(item.state)].vi, wanted.vi if wanted else "–")  # fmt: skip
            drawn.add_row(*map(Text, cells))
        Console().print(drawn)

    def _history(self, name: str | None, *, pure_json: bool) -> None:
        changes = self._book.history(name)
        if pure_json:
            say_json([ActionChangeItem.of(each).model_dump(mode="json") for each in changes])
            return
        drawn = Table(
            "Lúc",
            "Ai",
            Column("Việc", no_wrap=True),
            "Làm gì",
            "Lý do",
            title=f"Thay đổi: {len(changes)}",
            title_justify="left",
        )
        for each in changes:
            drawn.add_row(*map(Text, (moment_name(each.at), each.actor, each.id, each.what, each.why)))
        Console().print(drawn)

    def _said(self, change: Change) -> None:
        tell(f"{change.id}: {change.what}")


def _found(made: Action | None, wrong: tuple[Both, ...]) -> Action:
    if made is None:
        raise Misconfigured(problem.en for problem in wrong)
    return made
