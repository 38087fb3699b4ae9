"""What the board's pages of alerts work with: read under the reader's login, written under the writer's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request

from dashboards.actions.book import Book
from dashboards.agencies import Agency, agencies
from dashboards.alerts.maintenance import Maintenance
from dashboards.alerts.outbox import Outbox, Routes
from dashboards.alerts.readings import Readings
from dashboards.alerts.rules import Rules
from dashboards.alerts.standing import Standing
from dashboards.alerts.states import States
from dashboards.auth.rows import Rows
from dashboards.board import Board
from metrics.civil import civil

SLOW = 10.0


@dataclass(frozen=True, slots=True)
class Desk:
    """`write` is None on a board that knows no accounts: nothing is changed there. `groups`: who can be called."""

    board: Board
    standing: Standing
    write: Rows | None
    groups: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, board: Board) -> "Desk":
        security = board.config.security
        write = Rows(security.clickhouse) if security else None
        return cls(board, Standing(Rows(board.config.clickhouse), board.now), write, board.config.alert_groups)

    def rules(self) -> Rules:
        return Rules(self._writer(), self.board.now, four_eyes=self.board.config.four_eyes)

    def maintenance(self) -> Maintenance:
        return Maintenance(self._writer(), self.board.now)

    def read_maintenance(self) -> Maintenance:
        return Maintenance(Rows(self.board.config.clickhouse), self.board.now)

    def read_actions(self) -> Book:
        return Book(Rows(self.board.config.clickhouse), self.board.now)

    def readings(self) -> Readings:
        return Readings(Rows(self.board.config.clickhouse))

    def actions(self) -> Book:
        return Book(self._writer(), self.board.now)

    def states(self) -> States:
        return States(self._writer())

    def outbox(self, url: str) -> Outbox:
        return Outbox(self._writer(), Routes(self.groups, (), ()), url)

    def known(self) -> dict[str, Agency]:
        today = civil(self.board.now()).date()
        return self.board.read(("agencies", today), lambda client: agencies(client, today), SLOW).value

    def now(self) -> datetime:
        return self.board.now()

    def _writer(self) -> Rows:
        if self.write is None:
            raise AssertionError  # routes that change something are only there with a guard
        return self.write


def desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.alerts
    return desk


AtDesk = Annotated[Desk, Depends(desk_of)]
"""A route's parameter."""
