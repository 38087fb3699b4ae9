"""`nhip user`: the board's accounts. Nothing secret is printed, and none travels in the command's words."""

import getpass
import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dashboards.auth.account import Role
from dashboards.auth.accounts import Accounts
from dashboards.auth.administer import Administration
from dashboards.auth.history import TERMINAL, History
from dashboards.auth.passwords import Passwords
from dashboards.auth.rows import Rows
from deploy.folder import Role as Stack
from deploy.output import say_json, tell
from deploy.settings import Settings
from deploy.stack import running
from metrics.errors import Misconfigured

ABOUT_ONE = ("add", "password", "role", "disable", "enable", "end-sessions")
ABOUT_ALL = ("list", "history")
WITH_ROLE, WITH_PASSWORD = ("add", "role"), ("add", "password")
MOST_EVENTS = 200


def problems(given: Namespace) -> Iterator[str]:
    if given.what not in ABOUT_ONE + ABOUT_ALL:
        yield f"WHAT: one of {', '.join(ABOUT_ONE + ABOUT_ALL)}"
        return
    if given.what in ABOUT_ONE and not given.name:
        yield "NAME: say which account"
    if given.what in ABOUT_ALL and given.name:
        yield f"NAME: not for `nhip user {given.what}`"
    if given.what in WITH_ROLE and given.role not in set(Role):
        yield f"--role: one of {', '.join(Role)}"
    if given.what not in WITH_ROLE and given.role:
        yield f"--role: only for `nhip user {'` and `nhip user '.join(WITH_ROLE)}`"
    if given.title is not None and given.what != "add":
        yield "--title: only for `nhip user add`"
    if given.password_stdin and given.what not in WITH_PASSWORD:
        yield f"--password-stdin: only for `nhip user {'` and `nhip user '.join(WITH_PASSWORD)}`"


def run(given: Namespace, settings: Settings) -> int:
    """The password is asked for before the store is started: nobody waits for it in vain."""
    password = read_password(given.password_stdin) if given.what in WITH_PASSWORD else ""
    with running(settings, Stack.READER, tell) as where:
        rows = Rows(where.clickhouse)
        desk = Desk(Accounts(rows, time.time), History(rows, time.time))
        if given.what in ABOUT_ALL:
            desk.show(given.what, pure_json=given.json)
        else:
            desk.do(given, password)
    return 0


@dataclass(frozen=True, slots=True)
class Desk:
    accounts: Accounts
    history: History

    def do(self, given: Namespace, password: str) -> None:
        administration = Administration(self.accounts, self.history, Passwords(), TERMINAL)
        match given.what:
            case "add":
                administration.add(given.name, given.title or "", Role(given.role), password)
            case "password":
                administration.change_password(given.name, password)
            case "role":
                administration.change_role(given.name, Role(given.role))
            case "disable":
                administration.disable(given.name)
            case "enable":
                administration.enable(given.name)
            case "end-sessions":
                administration.end_sessions(given.name)
        tell(f"{given.what} {given.name}: done; a running board knows within 5 seconds")

    def show(self, what: str, *, pure_json: bool) -> None:
        rows = self._history() if what == "history" else self._list()
        if pure_json:
            say_json(rows)
            return
        title = "Nhật ký đăng nhập" if what == "history" else "Tài khoản"
        drawn = Table(*(rows[0] if rows else ()), title=f"{title}: {len(rows)}", title_justify="left")
        for row in rows:
            drawn.add_row(*(Text(str(value)) for value in row.values()))
        Console().print(drawn)

    def _list(self) -> list[dict[str, object]]:
        return [
            {
                "name": account.name,
                "title": account.title,
                "role": account.role.value,
                "login": "password" if account.password else "single sign-on",
                "disabled": account.disabled,
            }
            for account in self.accounts.all().values()
        ]

    def _history(self) -> list[dict[str, object]]:
        return [event.json() for event in self.history.newest(MOST_EVENTS)]


def read_password(from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise Misconfigured(["no terminal to ask for the password: give it on standard input with --password-stdin"])
    first = getpass.getpass("Mật khẩu mới (new password): ")
    if getpass.getpass("Nhập lại (again): ") != first:
        raise Misconfigured(["the two passwords differ: start again"])
    return first
