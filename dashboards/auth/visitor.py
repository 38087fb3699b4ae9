"""Who is asking, told from cookies; and what a route may ask about that."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import HTTPConnection, Request

from dashboards.auth import cookies
from dashboards.auth.account import ANYBODY, Role, User
from dashboards.auth.guard import Guard
from dashboards.auth.refusal import Refusal
from dashboards.auth.session import Session
from dashboards.auth.signing import Purpose


@dataclass(frozen=True, slots=True)
class Visitor:
    """No user: nobody we know, who sees the public pages alone."""

    user: User | None
    session: Session | None = None


NOBODY = Visitor(None)


class TurnedAway(Exception):
    """Raised by a route's requirement; answered as any other refusal."""

    def __init__(self, why: Refusal) -> None:
        self.why = why
        super().__init__(why.name)


async def visitor(connection: HTTPConnection, guard: Guard) -> Visitor:
    """Unavailable where it cannot be told."""
    session = guard.sessions.read(cookies.value(connection, cookies.SESSION, guard.security))
    known = await guard.roll.known()
    account = guard.roll.holder(session, known) if session else None
    if account is not None:
        return Visitor(account.user, session)
    guarded = guard.security.login_required or guard.security.provider or known.accounts
    return NOBODY if guarded else Visitor(ANYBODY)


def form_token(session: Session | None, visit: str, guard: Guard) -> str:
    """Another one for each session, and before it for each browser."""
    return guard.signer.mark(Purpose.FORM, f"session {session.id}" if session else f"visit {visit}")


def current_user(request: Request) -> User | None:
    user: User | None = request.state.user
    return user


def require(role: Role) -> Callable[[Request], User]:
    """A dependency: the user, if the role suffices."""

    def required(request: Request) -> User:
        user = current_user(request)
        if user is None:
            raise TurnedAway(Refusal.LOGIN)
        if not user.role.covers(role):
            raise TurnedAway(Refusal.ROLE)
        return user

    return required
