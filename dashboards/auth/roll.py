"""The accounts and ended sessions as last read, so that not every request asks the store.

What is changed at a terminal holds here within FRESH_SECONDS. While the store is away the last reading holds: nobody
can change an account then.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dashboards.auth.account import Account
from dashboards.auth.accounts import Accounts
from dashboards.auth.ended import EndedSessions
from dashboards.auth.session import Session
from metrics.errors import Unavailable

FRESH_SECONDS = 5.0
PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class Known:
    accounts: Mapping[str, Account] = field(default_factory=dict)
    ended: frozenset[str] = frozenset()


class Roll:
    """Read again before it is old, so that requests seldom wait; where it is old, a little, then by what was known."""

    def __init__(self, accounts: Accounts, ended: EndedSessions, clock: Callable[[], float]) -> None:
        self._accounts = accounts
        self._ended = ended
        self._clock = clock
        self._known: Known | None = None
        self._due = float("-inf")
        self._reading: asyncio.Task[None] | None = None

    async def known(self) -> Known:
        """Unavailable where it could never be read."""
        now = self._clock()
        old = now >= self._due
        if now >= self._due - FRESH_SECONDS / 2 and (self._reading is None or self._reading.done()):
            self._reading = asyncio.create_task(self._read())
        if old and self._reading is not None:
            await asyncio.wait({self._reading}, timeout=PATIENCE)
        if self._known is None:
            raise Unavailable("the accounts cannot be read: the store does not answer; try again")
        return self._known

    def holder(self, session: Session, known: Known) -> Account | None:
        """Whose session it is, if it still holds."""
        account = known.accounts.get(session.name)
        if account is None or account.disabled or account.session_version != session.version:
            return None
        return None if session.id in known.ended or self._ended.here(session.id) else account

    def changed(self) -> None:
        """The next request reads again."""
        self._due = float("-inf")

    async def _read(self) -> None:
        self._due = self._clock() + FRESH_SECONDS
        try:
            self._known = await asyncio.to_thread(self._ask)
        except Unavailable:  # the last reading holds; `known` says so where there is none
            return

    def _ask(self) -> Known:
        return Known(self._accounts.all(), self._ended.all())
