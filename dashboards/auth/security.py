"""How a board is guarded: decided where it is composed, fixed while it runs."""

import ipaddress
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from dashboards.auth.account import Role

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID Connect provider. `roles` maps values of `role_claim` to roles; the value `*` is anybody it knows."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    role_claim: str
    roles: tuple[tuple[str, Role], ...]


@dataclass(frozen=True, slots=True)
class Security:
    """`clickhouse` must be able to write. `public_url` is how people reach the board.

    Without `login_required`, anybody may look as long as there is no account and no provider.
    """

    clickhouse: str = field(repr=False)
    secret: str = field(repr=False)
    public_url: str = "http://127.0.0.1:8600"
    login_required: bool = False
    provider: Provider | None = None
    proxies: tuple[str, ...] = ()
    lookups_per_minute: int = 30
    logins_per_minute: int = 30
    idle_seconds: int = 60 * 60
    session_seconds: int = 12 * 60 * 60
    clock: Callable[[], float] = time.time
    fresh: Callable[[], str] = secrets.token_urlsafe

    @property
    def https(self) -> bool:
        return urlsplit(self.public_url).scheme == "https"

    @property
    def reached_by_others(self) -> bool:
        """From other machines, by the name that people are told or whatever address it listens on."""
        return not is_loopback(urlsplit(self.public_url).hostname or "")

    @property
    def hosts(self) -> frozenset[str]:
        """What a Host header may name; anything else may be a stranger's name for our address (DNS rebinding)."""
        return LOOPBACK_NAMES | {urlsplit(self.public_url).hostname or ""}


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches it. A name that is not surely ours counts as not."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
