"""Accounts in the store: a row a change, the newest holds."""

from collections.abc import Callable
from typing import Any

from dashboards.auth.account import Account, Role
from dashboards.auth.rows import Rows

COLUMNS = "name, title, role, password, session_version, disabled"


class Accounts:
    def __init__(self, rows: Rows, clock: Callable[[], float]) -> None:
        self._rows = rows
        self._clock = clock

    def all(self) -> dict[str, Account]:
        found = self._rows.ask(f"SELECT {COLUMNS} FROM board_account FINAL ORDER BY name")
        return {row[0]: _account(row) for row in found}

    def get(self, name: str) -> Account | None:
        found = self._rows.ask(f"SELECT {COLUMNS} FROM board_account FINAL WHERE name = {{name:String}}", name=name)
        return _account(found[0]) if found else None

    def put(self, account: Account) -> None:
        """Newer than any row before it, even where the clock went back."""
        question = "SELECT max(version) FROM board_account WHERE name = {name:String}"
        [(newest,)] = self._rows.ask(question, name=account.name)
        self._rows.add(
            "board_account",
            name=account.name,
            title=account.title,
            role=account.role.value,
            password=account.password,
            session_version=account.session_version,
            disabled=account.disabled,
            version=max(int(self._clock() * 1_000_000), newest + 1),
        )


def _account(row: tuple[Any, ...]) -> Account:
    name, title, role, *rest = row
    return Account(name, title, Role(role), *rest)
