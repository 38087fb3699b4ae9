"""What browsers are told with every answer, and the names this server goes by."""

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards.auth.refusal import Refusal, refused
from dashboards.auth.security import Security

SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "report-uri": "/csp-report",
}
POLICY = "; ".join(f"{what} {where}" for what, where in SOURCES.items())
UNUSED = ("camera", "display-capture", "geolocation", "microphone", "payment", "publickey-credentials-get", "usb")
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{one}=()" for one in UNUSED),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HSTS = "max-age=31536000"


class Headers:
    """The outermost: an answer to a fault of our own carries them, too."""

    def __init__(self, app: ASGIApp, security: Security) -> None:
        self._app = app
        self._headers = HEADERS | ({"Strict-Transport-Security": HSTS} if security.https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def tell(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                self._add(MutableHeaders(scope=message))
            await send(message)

        try:
            await self._app(scope, receive, tell)
        except Exception:
            if not begun:
                await refused(HTTPConnection(scope), Refusal.FAULT)(scope, receive, tell)
            raise  # for the log

    def _add(self, headers: MutableHeaders) -> None:
        own = headers.get("Content-Security-Policy")  # an archived letter's: closed off further than any page
        for name, value in self._headers.items():
            headers[name] = value
        if own is not None:
            headers["Content-Security-Policy"] = own
        headers.setdefault("Cache-Control", "private, no-cache")


class Hosts:
    """A page of a stranger whose name leads to our address must not read what we answer."""

    def __init__(self, app: ASGIApp, security: Security) -> None:
        self._app = app
        self._names = security.hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope) if scope["type"] == "http" else None
        if connection and not is_scrape(connection) and name_in(connection.headers.getlist("host")) not in self._names:
            await refused(connection, Refusal.HOST)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def is_scrape(connection: HTTPConnection) -> bool:
    """Prometheus names a machine or a container, and brings a token that no page of a stranger has."""
    return connection.scope["path"] == "/metrics" and "authorization" in connection.headers


def name_in(given: list[str]) -> str:
    """The name without the port; nothing where there is not exactly one."""
    if len(given) != 1:
        return ""
    host = given[0].lower()
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
