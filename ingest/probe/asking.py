"""One page asked for once. Whoever answers may be broken or hostile: time, bytes and hops are bounded."""

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

import httpx2

from ingest.probe.said import PageSaid

HOPS = 5
"""Redirections that are followed, on the same host."""
MOST = 1 << 20
"""Bytes in which the text is looked for."""
AGENT = "nhip-probe"


@dataclass(frozen=True, slots=True)
class Answer:
    """`why` is empty where all was as expected; it quotes nothing of the page. `status` is 0 where there was none.

    `days`: how long the certificate lasts.
    """

    page: str
    status: int
    milliseconds: float
    why: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class _Reply:
    url: str
    status: int
    location: str
    body: bytes
    ends: datetime | None
    """When the certificate ends."""


class _Wrong(Exception):
    """Why an answer is not what was expected."""


def ask(page: PageSaid, now: datetime, clock: Callable[[], float] = time.monotonic) -> Answer:
    """`clock` counts seconds."""
    began, status, days, why = clock(), 0, None, ""
    try:
        reply = _reply(page, began + page.timeout, clock)
        status, days = reply.status, None if reply.ends is None else (reply.ends - now) // timedelta(days=1)
        why = _judged(page, reply, days)
    except _Wrong as error:
        why = str(error)
    except httpx2.TimeoutException:
        why = f"no answer within {page.timeout:g} s"
    except (httpx2.HTTPError, httpx2.InvalidURL, ssl.SSLError, OSError) as error:
        why = f"no answer ({type(error).__name__})"
    return Answer(page.name, status, 1000 * (clock() - began), why, days)


def _judged(page: PageSaid, reply: _Reply, days: int | None) -> str:
    if reply.status not in page.status:
        return f"status {reply.status}"
    if page.text and page.text.encode() not in reply.body:
        return "the text is not there"
    if days is not None and days < page.certificate_days:
        return f"the certificate ends in {days} days"
    return ""


def _reply(page: PageSaid, deadline: float, clock: Callable[[], float]) -> _Reply:
    """The last one on the way; it never leads to another host, nor back to plain text."""
    url = page.url
    with httpx2.Client(headers={"User-Agent": AGENT}, follow_redirects=False) as client:
        for _ in range(HOPS):
            reply = _one(client, page, url, deadline, clock)
            if reply.status in page.status or not reply.location:
                return reply
            url = urljoin(url, reply.location)
            before, behind = urlsplit(reply.url), urlsplit(url)
            if behind.hostname != before.hostname or (before.scheme, behind.scheme) == ("https", "http"):
                raise _Wrong("it leads to another host, or to plain http")
    raise _Wrong(f"it leads on more than {HOPS} times")


def _one(client: httpx2.Client, page: PageSaid, url: str, deadline: float, clock: Callable[[], float]) -> _Reply:
    left = max(deadline - clock(), 0.001)
    with client.stream("GET", url, timeout=left) as response:
        stream = response.extensions.get("network_stream")
        secured = stream.get_extra_info("ssl_object") if stream else None
        body = b""
        for piece in response.iter_bytes():
            body += piece
            if clock() > deadline:
                raise _Wrong(f"no whole answer within {page.timeout:g} s")
            if len(body) > MOST:
                break
        location = response.headers.get("location", "") if response.is_redirect else ""
        return _Reply(url, response.status_code, location, body[:MOST], _ends(secured))


def _ends(secured: ssl.SSLObject | None) -> datetime | None:
    certificate = secured.getpeercert() if secured is not None else None
    if not certificate:
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), tz=UTC)
