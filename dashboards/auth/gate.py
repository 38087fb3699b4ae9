"""What every request passes: who asks, and may they come in. Plain ASGI, so that streams stay streams."""

from collections.abc import Callable
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards.auth import cookies
from dashboards.auth.guard import Guard
from dashboards.auth.refusal import Refusal, for_people, refused
from dashboards.auth.roll import FRESH_SECONDS
from dashboards.auth.visitor import NOBODY, Visitor, form_token, visitor
from metrics.errors import Unavailable

PUBLIC = frozenset(
    {
        "/login",
        "/login/sso",
        "/login/sso/back",
        "/healthz",
        "/tra-cuu",
        "/csp-report",
        "/favicon.ico",
        "/robots.txt",
        "/metrics",
    }
)
BELOW = ("/static/", "/tra-cuu/")
POLICY_VIOLATION = 1008


class StreamOver(Exception):
    """The session of an open stream has ended."""


class Gate:
    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self._app = app
        self._guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match scope["type"]:
            case "http":
                await self._http(scope, receive, send)
            case "websocket":  # the board has none
                await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            case _:
                await self._app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        who: Visitor | Response
        try:
            who = await visitor(connection, self._guard)
        except Unavailable:
            who = refused(connection, Refusal.AWAY, {"Retry-After": "5"})
        if is_public(scope["path"]):
            who = NOBODY if isinstance(who, Response) else who
        elif isinstance(who, Visitor) and who.user is None:
            who = to_login(connection)
        if isinstance(who, Response):
            await who(scope, receive, send)
            return
        await self._admit(who, scope, receive, send)

    async def _admit(self, who: Visitor, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        guard = self._guard
        visit = cookies.value(connection, cookies.VISIT, guard.security)
        fresh = "" if visit else guard.security.fresh()
        scope.setdefault("state", {}).update(
            user=who.user,
            session=who.session,
            form_token=form_token(who.session, visit or fresh, guard),
            token_given=False,
            session_changed=False,
        )
        reply = Reply(send, connection, who, fresh, guard)
        try:
            await self._app(scope, receive, reply)
        except* StreamOver:
            pass  # the answer was ended properly


class Reply:
    """Renews cookies as the answer begins, and ends a stream that has outlived its session."""

    def __init__(self, send: Send, connection: HTTPConnection, who: Visitor, visit: str, guard: Guard) -> None:
        self._send = send
        self._connection = connection
        self._who = who
        self._visit = visit
        self._guard = guard
        self._clock: Callable[[], float] = guard.security.clock
        self._began = self._checked = self._clock()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._cookies(MutableHeaders(scope=message))
        elif message.get("more_body", False) and await self._is_over():
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})
            raise StreamOver
        await self._send(message)

    def _cookies(self, headers: MutableHeaders) -> None:
        state, guard = self._connection.state, self._guard
        session = self._who.session
        if state.token_given and session is None and self._visit:
            cookies.set_cookie(headers, cookies.VISIT, self._visit, guard.security)
        renewed = guard.sessions.renewed(session) if session else None
        if renewed and not state.session_changed:
            cookies.set_cookie(headers, cookies.SESSION, guard.sessions.signed(renewed), guard.security)

    async def _is_over(self) -> bool:
        """Asked every few seconds of a long stream.

        It ends at half the idle time, too: the browser comes back at once, and its session is renewed for as long as
        the page is open.
        """
        now = self._clock()
        if is_public(self._connection.scope["path"]) or now - self._checked < FRESH_SECONDS:
            return False
        self._checked = now
        session = self._who.session
        too_long = session is not None and now - self._began > self._guard.security.idle_seconds / 2
        return too_long or await self._is_gone(now)

    async def _is_gone(self, now: float) -> bool:
        session, known = self._who.session, await self._guard.roll.known()
        if session is None:
            return bool(known.accounts)
        return now > self._guard.sessions.last_end(session) or self._guard.roll.holder(session, known) is None


def is_public(path: str) -> bool:
    return path in PUBLIC or path.startswith(BELOW)


def to_login(connection: HTTPConnection) -> Response:
    if connection.scope["method"] not in {"GET", "HEAD"} or not for_people(connection):
        return refused(connection, Refusal.LOGIN)
    url = connection.url
    here = url.path + (f"?{url.query}" if url.query else "")
    return RedirectResponse(f"/login?next={quote(here, safe='')}", 303)
