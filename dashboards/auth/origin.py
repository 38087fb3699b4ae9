"""Forms must be ours: sent from our own pages, with a token that only they hold."""

import hmac
from urllib.parse import urlsplit

from markupsafe import Markup
from starlette.requests import HTTPConnection

from dashboards.auth.security import Security

FIELD, HEADER = "csrf", "x-csrf-token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def from_our_pages(connection: HTTPConnection, security: Security) -> bool:
    """What browsers say by themselves. Whoever is no browser says neither, and is held by the token alone."""
    site = connection.headers.get("sec-fetch-site", "same-origin")
    origin = connection.headers.get("origin")
    return site in {"same-origin", "none"} and (origin is None or _is_ours(origin, connection, security))


def _is_ours(origin: str, connection: HTTPConnection, security: Security) -> bool:
    given = urlsplit(origin)
    at = f"{given.scheme}://{given.netloc}"
    scheme = "https" if security.https else "http"
    return at in {security.public_url.rstrip("/"), f"{scheme}://{connection.headers.get('host', '')}"}


def csrf_token(connection: HTTPConnection) -> str:
    """For a form or a script on the page that answers this request."""
    state = connection.state
    state.token_given = True
    return str(state.form_token)


def csrf_field(connection: HTTPConnection) -> Markup:
    """A hidden input that every form of ours has inside."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, csrf_token(connection))


def same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())
