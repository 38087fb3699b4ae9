"""Everything that guards one board, put together once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Self

from starlette.requests import HTTPConnection

from dashboards.auth.accounts import Accounts
from dashboards.auth.address import client
from dashboards.auth.ended import EndedSessions
from dashboards.auth.history import History
from dashboards.auth.passwords import Passwords
from dashboards.auth.provider import SignOn
from dashboards.auth.roll import Roll
from dashboards.auth.rows import Rows
from dashboards.auth.security import Security
from dashboards.auth.session import Sessions
from dashboards.auth.signing import Signer
from dashboards.auth.throttle import GrowingDelay

HASHES_AT_ONCE = 2  # 46 MiB each


@dataclass(frozen=True, slots=True)
class Guard:
    security: Security
    accounts: Accounts
    ended: EndedSessions
    history: History
    passwords: Passwords
    signer: Signer
    sessions: Sessions
    roll: Roll
    delay: GrowingDelay
    sign_on: SignOn | None
    hashing: ThreadPoolExecutor

    @classmethod
    def of(cls, security: Security) -> Self:
        rows, clock = Rows(security.clickhouse), security.clock
        accounts, ended = Accounts(rows, clock), EndedSessions(rows, clock)
        signer = Signer(security.secret, clock)
        return cls(
            security=security,
            accounts=accounts,
            ended=ended,
            history=History(rows, clock),
            passwords=Passwords(),
            signer=signer,
            sessions=Sessions(signer, security),
            roll=Roll(accounts, ended, clock),
            delay=GrowingDelay(clock),
            sign_on=SignOn(security.provider, security) if security.provider else None,
            hashing=ThreadPoolExecutor(HASHES_AT_ONCE, "password"),
        )

    def address(self, connection: HTTPConnection) -> str:
        return client(connection, self.security.proxies)


def guard_of(connection: HTTPConnection) -> Guard:
    guard: Guard = connection.app.state.guard
    return guard
