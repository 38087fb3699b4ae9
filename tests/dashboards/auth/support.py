"""A small guarded board with a clock of its own, and a browser for it."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from fastapi import Depends, FastAPI, Request
from httpx2 import Response
from starlette.responses import HTMLResponse, StreamingResponse
from starlette.testclient import TestClient

from dashboards.app import create_app
from dashboards.auth.account import Role
from dashboards.auth.administer import Administration
from dashboards.auth.guard import Guard
from dashboards.auth.security import Security
from dashboards.auth.visitor import require
from dashboards.board import BoardConfig

PASSWORD = "bốn từ không liên quan"  # noqa: S105
SECRET = "s" * 40
BROWSER = {"accept": "text/html", "sec-fetch-site": "same-origin"}


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Board:
    app: FastAPI
    guard: Guard
    clock: Clock
    browser: TestClient
    pulses: list[float] = field(default_factory=list)

    def account(self, name: str, role: Role = Role.VIEWER) -> None:
        self.administration().add(name, "Văn phòng", role, PASSWORD)
        self.guard.roll.changed()

    def administration(self) -> Administration:
        return Administration(self.guard.accounts, self.guard.history, self.guard.passwords, "terminal")

    def token(self, browser: TestClient | None = None, page: str = "/login") -> str:
        found = re.search(r'name="csrf" value="(\w+)"', (browser or self.browser).get(page).text)
        assert found
        return found[1]

    def log_in(self, name: str, password: str = PASSWORD, browser: TestClient | None = None, **form: str) -> Response:
        one = browser or self.browser
        form |= {"name": name, "password": password, "csrf": self.token(one)}
        return one.post("/login", data=form)

    def another(self, address: str = "192.0.2.7") -> TestClient:
        made = TestClient(
            self.app, self.browser.base_url, headers=BROWSER, client=(address, 5), follow_redirects=False,
            raise_server_exceptions=False,
        )  # fmt: skip
        made.portal = self.browser.portal  # one event loop for all of them
        return made


@contextmanager
def board(clickhouse: str, reader: str | None = None, **changes: Any) -> Iterator[Board]:
    clock = Clock()
    given = {
        "public_url": "http://board.example.vn",
        "login_required": True,
        "clock": clock,
        "logins_per_minute": 90_000,
    }
    groups, four_eyes = changes.pop("alert_groups", {}), changes.pop("four_eyes", False)
    security = Security(clickhouse=clickhouse, secret=SECRET, **given | changes)
    now = lambda: datetime.fromtimestamp(clock(), UTC)  # noqa: E731
    app = create_app(
        BoardConfig(reader or clickhouse, now, security=security, alert_groups=groups, four_eyes=four_eyes)
    )
    made = Board(app, app.state.guard, clock, browser=None)  # type: ignore[arg-type]
    routes(app, made)
    with TestClient(
        app, security.public_url, headers=BROWSER, client=("192.0.2.6", 5), follow_redirects=False,
        raise_server_exceptions=False,
    ) as made.browser:  # fmt: skip
        yield made


def routes(app: FastAPI, made: Board) -> None:
    """What a board has: pages, an API, something to edit, a live stream."""

    @app.get("/page")
    def page(request: Request) -> HTMLResponse:
        return HTMLResponse(f"<p>{request.state.user.role.value} {request.state.user.name}</p>")

    @app.get("/api/v1/secret")
    def api() -> dict[str, str]:
        return {"secret": "figure"}

    @app.get("/tra-cuu/test")
    def public() -> dict[str, str]:
        return {"public": "steps"}

    @app.post("/thresholds", dependencies=[Depends(require(Role.EDITOR))])
    def edit() -> dict[str, str]:
        return {"done": "edit"}

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("secret of the inside")

    @app.get("/stream")
    def live() -> StreamingResponse:
        async def beats() -> AsyncIterator[str]:
            for _ in range(20):
                made.clock.now += made.pulses.pop(0) if made.pulses else 1.0
                yield "data: beat\n\n"
                await asyncio.sleep(0)

        return StreamingResponse(beats(), media_type="text/event-stream")
