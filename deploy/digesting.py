"""Who gets digests, checked before anything starts; and what makes and brings them, put together."""

from datetime import UTC, datetime

from dashboards.actions.book import Book
from dashboards.alerts.delivery import Courier, usable
from dashboards.alerts.outbox import Outbox, Routes
from dashboards.alerts.rules import Rules
from dashboards.auth.rows import Rows
from dashboards.digest.archive import Archive
from dashboards.digest.post import Post
from dashboards.digest.promises import promises_of
from dashboards.digest.publishing import Publisher
from dashboards.store import connect
from deploy.alert_settings import AlertSettings
from deploy.digest_settings import DigestSettings
from deploy.settings import Settings
from metrics.errors import Misconfigured

PATIENCE = 300.0
"""Seconds to wait for an answer of the store: a digest's questions are the long ones."""


def settled(alerts: AlertSettings) -> DigestSettings:
    """As they are set, and usable."""
    digests = DigestSettings.read()
    wrong = [f"Apprise knows no such address in {to}" for to, found in digests.addresses.items() if not usable(found)]
    signed = any(found.startswith(("http://", "https://")) for found in digests.addresses.values())
    if signed and alerts.secret is None:
        wrong.append("webhooks are signed: set NHIP_ALERT_SECRET")
    if wrong:
        raise Misconfigured(f"NHIP_DIGEST_RECIPIENTS: {problem}" for problem in wrong)
    return digests


def now() -> datetime:
    return datetime.now(UTC)


def publisher(url: str, settings: Settings, digests: DigestSettings, routes: Routes) -> Publisher:
    rows, board = Rows(url), settings.public_url or f"http://{settings.board}"
    return Publisher(
        connect(url, PATIENCE),
        Rules(rows, now),
        Archive(rows),
        Outbox(rows, routes, board),
        digests.circle,
        board,
        promises_of(Book(rows, now)),
    )


def post(url: str, alerts: AlertSettings, digests: DigestSettings, groups: dict[str, str]) -> Post:
    """A courier for everything; `groups` are the alerts' addresses by recipient."""
    secret = alerts.secret.get_secret_value() if alerts.secret else ""
    addresses = dict(digests.addresses)
    return Post(addresses, Archive(Rows(url)), Courier(groups | addresses, secret, now))


def routes_of(alerts: AlertSettings) -> Routes:
    return Routes({name: len(found) for name, found in alerts.groups.items()}, alerts.usual, alerts.escalated)
