"""The page of one's own account: another password, all sessions ended."""

import asyncio
from dataclasses import replace

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from dashboards.auth import passwords
from dashboards.auth.account import Account, Role, User
from dashboards.auth.address import truncated
from dashboards.auth.entering import begin_session
from dashboards.auth.guard import Guard, guard_of
from dashboards.auth.history import What
from dashboards.auth.origin import csrf_field
from dashboards.auth.refusal import Refusal
from dashboards.auth.texts import words
from dashboards.auth.visitor import TurnedAway, require
from dashboards.pages.render import render

router = APIRouter(include_in_schema=False)
ANY = Depends(require(Role.VIEWER))


def shown(request: Request, problem: str = "", status: int = 200) -> Response:
    said, user = words(request.state.lang), request.state.user
    reply = render(
        request,
        "auth/account.html",
        said=said,
        problem=said[problem] if problem else "",
        csrf=csrf_field(request),
        has_session=request.state.session is not None,
        has_password=not user.name.startswith("sso-"),
    )
    reply.status_code = status
    reply.headers["Cache-Control"] = "no-store"
    return reply


@router.get("/account", dependencies=[ANY])
async def look(request: Request) -> Response:
    return shown(request)


@router.post("/account/password")
async def change(request: Request, user: User = ANY) -> Response:
    """All other sessions of the account end; this one goes on as a new one."""
    guard, form = guard_of(request), request.state.form
    fresh = form.get("new", "")
    if fresh != form.get("repeated", ""):
        return shown(request, "not_repeated", 400)
    if any(passwords.problems(fresh, user.name)):
        return shown(request, "weak", 400)
    wait = guard.delay.begin((f"own password {user.name}",))
    if wait:
        raise TurnedAway(Refusal.OFTEN)
    loop = asyncio.get_running_loop()
    network = truncated(guard.address(request))
    changed = await loop.run_in_executor(guard.hashing, _change, guard, user, form.get("old", ""), fresh, network)
    if changed is None:
        return shown(request, "wrong", 401)
    guard.delay.succeeded((f"own password {user.name}",), ())
    back = RedirectResponse("/account", 303)
    begin_session(request, back.headers, guard, changed)
    return back


def _change(guard: Guard, user: User, old: str, fresh: str, network: str) -> Account | None:
    account = guard.accounts.get(user.name)
    if account is None or not guard.passwords.right(old, account.password):
        return None
    changed = replace(account, password=guard.passwords.hashed(fresh), session_version=account.session_version + 1)
    guard.accounts.put(changed)
    guard.history.add(What.PASSWORD, user.name, user.name, address=network)
    return changed


@router.post("/account/sessions")
async def end_all(request: Request, user: User = ANY) -> Response:
    guard = guard_of(request)
    await asyncio.to_thread(_end_all, guard, user, truncated(guard.address(request)))
    guard.roll.changed()
    return RedirectResponse("/login", 303)


def _end_all(guard: Guard, user: User, network: str) -> None:
    account = guard.accounts.get(user.name)
    if account is not None:
        guard.accounts.put(replace(account, session_version=account.session_version + 1))
        guard.history.add(What.ENDED, user.name, user.name, address=network)
