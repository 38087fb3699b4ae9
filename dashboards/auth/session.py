"""A session is a signed cookie. It runs out by itself, and ends early where its account or its logout says so."""

from dataclasses import dataclass, replace
from typing import Any, Self

from dashboards.auth.account import Account
from dashboards.auth.security import Security
from dashboards.auth.signing import Purpose, Signer

RENEW_AFTER = 60.0


@dataclass(frozen=True, slots=True)
class Session:
    """`id` is made anew at each login, so that none can be planted before it."""

    id: str
    name: str
    version: int
    began: float
    seen: float

    @classmethod
    def of(cls, account: Account, security: Security) -> Self:
        now = security.clock()
        return cls(security.fresh(), account.name, account.session_version, now, now)

    def claims(self) -> dict[str, Any]:
        return {"jti": self.id, "sub": self.name, "ver": self.version, "iat": self.began, "seen": self.seen}


class Sessions:
    def __init__(self, signer: Signer, security: Security) -> None:
        self._signer = signer
        self._security = security

    def signed(self, session: Session) -> str:
        return self._signer.sign(Purpose.SESSION, session.claims(), self.until(session))

    def until(self, session: Session) -> float:
        """Idle since it was last seen, or simply long enough ago."""
        return min(session.seen + self._security.idle_seconds, self.last_end(session))

    def last_end(self, session: Session) -> float:
        return session.began + self._security.session_seconds

    def read(self, cookie: str) -> Session | None:
        claims = self._signer.read(Purpose.SESSION, cookie)
        if claims is None:
            return None
        return Session(claims["jti"], claims["sub"], claims["ver"], claims["iat"], claims["seen"])

    def renewed(self, session: Session) -> Session | None:
        """With a later end, where it was seen some time ago."""
        now = self._security.clock()
        return replace(session, seen=now) if now - session.seen > RENEW_AFTER else None
