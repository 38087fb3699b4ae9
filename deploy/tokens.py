"""The tokens of those who push records: rows in the store, and what a running ingest knows of them."""

import asyncio
import re
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from dashboards.auth.rows import Rows
from dashboards.auth.throttle import Buckets
from ingest.national import FILE_KINDS
from ingest.push.sender import Sender, digest
from metrics.errors import Refused, Unavailable

KINDS = tuple(kind.name for kind in FILE_KINDS)
USUAL, MOST = 60_000, 600_000
"""Requests a minute."""
FRESH = 5.0
"""Seconds after which a running ingest knows that a token was revoked."""
PAUSE = 0.5
"""Seconds between two readings for tokens that are not known."""
NAME = re.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
MADE = re.compile("nhip_[A-Za-z0-9_-]{43}")
ALL = (
    "SELECT name, digest, kinds, agencies, per_minute, toUnixTimestamp(made_at), revoked "
    "FROM board_token FINAL ORDER BY name"
)


@dataclass(frozen=True, slots=True)
class Token:
    sender: Sender
    digest: str
    made_at: datetime
    revoked: bool = False

    def json(self) -> dict[str, Any]:
        return {
            "name": self.sender.name,
            "kinds": sorted(self.sender.kinds) or list(KINDS),
            "agencies": sorted(self.sender.agencies),
            "per_minute": self.sender.per_minute,
            "made_at": self.made_at.isoformat(),
            "revoked": self.revoked,
        }


def problems(sender: Sender) -> Iterator[str]:
    if not NAME.fullmatch(sender.name):
        yield "NAME: up to 64 letters without marks, digits, '.', '_' and '-'; a system, such as mot-cua, not a person"
    if unknown := sender.kinds - set(KINDS):
        yield f"--kinds: {', '.join(sorted(unknown))}: some of {', '.join(KINDS)}"


class Tokens:
    """In the store: a row a change, the newest holds."""

    def __init__(self, rows: Rows, clock: Callable[[], float]) -> None:
        self._rows, self._clock = rows, clock

    def all(self) -> list[Token]:
        return list(map(_token, self._rows.ask(ALL)))

    def add(self, sender: Sender) -> str:
        """The token, which nobody can read again."""
        if any(one.sender.name == sender.name and not one.revoked for one in self.all()):
            raise Refused(f"{sender.name} has a token: revoke it first, or add one under another name")
        made = f"nhip_{secrets.token_urlsafe(32)}"
        self._put(Token(sender, digest(made), datetime.fromtimestamp(self._clock(), UTC)))
        return made

    def revoke(self, name: str) -> None:
        found = next((one for one in self.all() if one.sender.name == name and not one.revoked), None)
        if found is None:
            raise Refused(f"{name} has no token that holds: `nhip token list` shows them")
        self._put(replace(found, revoked=True))

    def _put(self, token: Token) -> None:
        """Newer than any row before it, even where the clock went back."""
        question = "SELECT max(version) FROM board_token WHERE name = {name:String}"
        [(newest,)] = self._rows.ask(question, name=token.sender.name)
        self._rows.add(
            "board_token",
            name=token.sender.name,
            digest=token.digest,
            kinds=sorted(token.sender.kinds),
            agencies=sorted(token.sender.agencies),
            per_minute=token.sender.per_minute,
            made_at=token.made_at,
            revoked=token.revoked,
            version=max(int(self._clock() * 1_000_000), newest + 1),
        )


def _token(row: tuple[Any, ...]) -> Token:
    name, kept, kinds, agencies, per_minute, made_at, revoked = row
    sender = Sender(name, frozenset(kinds), frozenset(agencies), per_minute)
    return Token(sender, kept, datetime.fromtimestamp(made_at, UTC), bool(revoked))


class Known:
    """Who may send, as last read. While the store is away the last reading holds: nobody can change it then."""

    def __init__(self, read: Callable[[], list[Token]], clock: Callable[[], float]) -> None:
        """Raises Unavailable where it cannot be read at all."""
        self._read, self._clock = read, clock
        self._reading = asyncio.Lock()
        self._look()

    async def sender(self, token: str) -> Sender | None:
        """A token that is not known yet may have been made just now: the store is asked, twice a second at most."""
        if digest(token) not in self._senders and MADE.fullmatch(token):
            await self._look_again(self._clock())
        return self._senders.get(digest(token))

    def __bool__(self) -> bool:
        return bool(self._senders)

    def keep_reading(self, stop: threading.Event, every: float = FRESH) -> None:
        """In a thread of its own, so that no request waits for the store."""
        while not stop.wait(every):
            with suppress(Unavailable):
                self._look()

    async def _look_again(self, came: float) -> None:
        """All that wait share one reading."""
        async with self._reading:
            if self._at >= came:
                return
            await asyncio.sleep(max(self._at + PAUSE - came, 0.0))
            with suppress(Unavailable):
                await asyncio.to_thread(self._look)

    def _look(self) -> None:
        self._at = self._clock()
        self._senders = {token.digest: token.sender for token in self._read() if not token.revoked}


class Brakes:
    """One bucket of requests a minute for each sender."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._buckets: dict[int, Buckets] = {}

    def wait(self, sender: Sender) -> float:
        """Seconds until there is one more; 0.0: it was taken."""
        per_minute = sender.per_minute
        if per_minute not in self._buckets:
            self._buckets[per_minute] = Buckets(per_minute, self._clock)
        return self._buckets[per_minute].take(sender.name)
