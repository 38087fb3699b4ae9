"""Our cookies: for this host alone, not for scripts, not sent along from other sites."""

from http.cookies import SimpleCookie

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection

from dashboards.auth.security import Security

SESSION, VISIT, DEVICE, SINGLE_SIGN_ON = "nhip_session", "nhip_visit", "nhip_device", "nhip_sso"


def name_of(cookie: str, security: Security) -> str:
    """Browsers take a __Host- cookie only from this very host, and only by https."""
    return f"__Host-{cookie}" if security.https else cookie


def value(connection: HTTPConnection, cookie: str, security: Security) -> str:
    return connection.cookies.get(name_of(cookie, security), "")


def set_cookie(headers: MutableHeaders, cookie: str, text: str, security: Security, seconds: int | None = None) -> None:
    """Until the browser is closed, or for so long; 0 takes it away."""
    made: SimpleCookie = SimpleCookie()
    name = name_of(cookie, security)
    made[name] = text
    wanted = {"path": "/", "httponly": True, "samesite": "Lax", "secure": security.https, "max-age": seconds}
    for attribute, its in wanted.items():
        if its is not None:
            made[name][attribute] = its
    headers.append("set-cookie", made[name].OutputString())


def take_away(headers: MutableHeaders, cookie: str, security: Security) -> None:
    set_cookie(headers, cookie, "", security, 0)
