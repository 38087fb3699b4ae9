"""How often one address may look up a dossier or try to log in."""

from math import ceil

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboards.auth.address import one_source
from dashboards.auth.guard import Guard
from dashboards.auth.refusal import Refusal, refused
from dashboards.auth.throttle import Buckets

REPORTS_PER_MINUTE = 60


class Limits:
    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self._app = app
        self._guard = guard
        security = guard.security
        self._lookups = Buckets(security.lookups_per_minute, security.clock)
        self._logins = Buckets(security.logins_per_minute, security.clock)
        self._reports = Buckets(REPORTS_PER_MINUTE, security.clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        buckets = self._of(scope) if scope["type"] == "http" else None
        if buckets is not None:
            connection = HTTPConnection(scope)
            wait = buckets.take(one_source(self._guard.address(connection)))
            if wait:
                reply = refused(connection, Refusal.OFTEN, {"Retry-After": str(ceil(wait))})
                await reply(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _of(self, scope: Scope) -> Buckets | None:
        path = scope["path"].rstrip("/")
        if path == "/tra-cuu" or path.startswith("/tra-cuu/"):
            return self._lookups
        if path.startswith("/login/") or (path == "/login" and scope["method"] == "POST"):
            return self._logins
        return self._reports if path == "/csp-report" else None
