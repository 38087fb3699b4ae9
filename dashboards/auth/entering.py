"""Coming in: by password, or from the identity provider. Nobody comes in whom the history cannot record."""

import asyncio
from dataclasses import dataclass, replace

from starlette.datastructures import MutableHeaders
from starlette.requests import Request

from dashboards.auth import cookies
from dashboards.auth.account import Account
from dashboards.auth.address import one_source, truncated
from dashboards.auth.guard import Guard
from dashboards.auth.history import What
from dashboards.auth.session import Session
from dashboards.auth.signing import Purpose

LONGEST_KEY = 64
DEVICE_SECONDS = 90 * 24 * 3600
UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class TooSoon:
    seconds: float


async def by_password(request: Request, guard: Guard, name: str, password: str) -> Account | TooSoon | None:
    """None: the name or the password is wrong, and nothing says which."""
    address = guard.address(request)
    device = known_device(request, guard, name)
    own = f"device {device}" if device else f"account {name[:LONGEST_KEY]}"
    shared = () if device else (f"address {one_source(address)}",)
    wait = guard.delay.begin((own, *shared))
    if wait:
        return TooSoon(wait)
    loop = asyncio.get_running_loop()
    account = await loop.run_in_executor(guard.hashing, _checked, guard, name, password, truncated(address))
    if account is not None:
        guard.delay.succeeded((own,), shared)
    return account


def _checked(guard: Guard, name: str, password: str, network: str) -> Account | None:
    account = guard.accounts.get(name)
    right = guard.passwords.right(password, account.password if account else "")
    if account is None or account.disabled or not right:
        concerned = account.name if account else UNKNOWN  # what else was typed there may be a password
        guard.history.add(What.REFUSED, concerned, concerned, address=network)
        return None
    if guard.passwords.outdated(account.password):
        account = replace(account, password=guard.passwords.hashed(password))
        guard.accounts.put(account)
    guard.history.add(What.LOGIN, account.name, account.name, address=network)
    return account


def by_provider(guard: Guard, found: Account, network: str) -> Account | None:
    """Blocking. The provider decides on title and role; whoever was disabled here stays out."""
    known = guard.accounts.get(found.name)
    if known is not None and known.disabled:
        guard.history.add(What.REFUSED, known.name, known.name, address=network)
        return None
    account = replace(known, title=found.title, role=found.role) if known else found
    if account != known:
        guard.accounts.put(account)
        what = What.ROLE if known else What.ADDED
        guard.history.add(what, account.name, "identity provider", detail=account.role.value)
    guard.history.add(What.LOGIN, account.name, account.name, address=network)
    return account


def begin_session(request: Request, headers: MutableHeaders, guard: Guard, account: Account) -> None:
    """Always a new one, whatever the browser brought along."""
    session = Session.of(account, guard.security)
    request.state.session_changed = True
    guard.roll.changed()
    cookies.set_cookie(headers, cookies.SESSION, guard.sessions.signed(session), guard.security)
    cookies.take_away(headers, cookies.VISIT, guard.security)
    if account.password:
        claims = {"sub": account.name, "jti": guard.security.fresh()}
        signed = guard.signer.sign(Purpose.DEVICE, claims, guard.security.clock() + DEVICE_SECONDS)
        cookies.set_cookie(headers, cookies.DEVICE, signed, guard.security, DEVICE_SECONDS)


def known_device(request: Request, guard: Guard, name: str) -> str | None:
    """A browser from which this account has logged in before."""
    claims = guard.signer.read(Purpose.DEVICE, cookies.value(request, cookies.DEVICE, guard.security))
    return str(claims["jti"]) if claims and claims["sub"] == name else None
