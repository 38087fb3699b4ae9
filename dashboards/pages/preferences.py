"""Language and theme: asked for in the address, remembered in a cookie."""

from enum import StrEnum
from typing import TypeVar

from starlette.datastructures import MutableHeaders, QueryParams
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards.pages.visit import Theme
from dashboards.texts import Lang

YEAR = 365 * 24 * 3600

E = TypeVar("E", bound=StrEnum)


class Preferences:
    """Every request behind it has state.lang and state.theme. An unknown value counts as none."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        asked = {
            name: value
            for name, kind in (("lang", Lang), ("theme", Theme))
            if (value := known(kind, connection.query_params, name)) is not None
        }
        connection.state.lang = asked.get("lang") or known(Lang, connection.cookies, "lang") or Lang.VI
        connection.state.theme = asked.get("theme") or known(Theme, connection.cookies, "theme") or Theme.AUTO

        async def remembering(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in asked.items():
                    headers.append("Set-Cookie", f"{name}={value}; Path=/; Max-Age={YEAR}; SameSite=Lax; HttpOnly")
            await send(message)

        await self._app(scope, receive, remembering)


def known(kind: type[E], given: QueryParams | dict[str, str], name: str) -> E | None:
    value = given.get(name)
    return kind(value) if value in {each.value for each in kind} else None
