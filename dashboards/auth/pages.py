"""The routes of logging in and out."""

import asyncio
from math import ceil

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from dashboards.auth import cookies
from dashboards.auth.address import truncated
from dashboards.auth.entering import TooSoon, begin_session, by_password
from dashboards.auth.guard import Guard, guard_of
from dashboards.auth.history import What
from dashboards.auth.origin import csrf_field
from dashboards.auth.session import Session
from dashboards.auth.texts import words
from dashboards.pages.render import render
from metrics.errors import Unavailable

router = APIRouter(include_in_schema=False)


def shown(request: Request, problem: str = "", status: int = 200, next_page: str = "/", **numbers: int) -> Response:
    """The login page, with what went wrong."""
    said = words(request.state.lang)
    reply = render(
        request,
        "auth/login.html",
        said=said,
        problem=said[problem].format(**numbers) if problem else "",
        next_page=next_page,
        csrf=csrf_field(request),
        sign_on=guard_of(request).sign_on is not None,
    )
    reply.status_code = status
    reply.headers["Cache-Control"] = "no-store"
    return reply


@router.get("/login")
async def ask(request: Request) -> Response:
    next_page = local(request.query_params.get("next", "/"))
    if request.state.session is not None:
        return RedirectResponse(next_page, 303)
    return shown(request, next_page=next_page)


@router.post("/login")
async def enter(request: Request) -> Response:
    guard, form = guard_of(request), request.state.form
    next_page = local(form.get("next", "/"))
    name = form.get("name", "").strip().lower()
    try:
        found = await by_password(request, guard, name, form.get("password", ""))
    except Unavailable:
        return shown(request, "away", 503, next_page)
    if isinstance(found, TooSoon):
        seconds = ceil(found.seconds)
        reply = shown(request, "too_soon", 429, next_page, seconds=seconds)
        reply.headers["Retry-After"] = str(seconds)
        return reply
    if found is None:
        return shown(request, "wrong", 401, next_page)
    entered = RedirectResponse(next_page, 303)
    begin_session(request, entered.headers, guard, found)
    return entered


@router.post("/logout")
async def leave(request: Request) -> Response:
    """The cookie is worth nothing afterwards, wherever a copy of it is."""
    guard, session = guard_of(request), request.state.session
    left = RedirectResponse("/login", 303)
    request.state.session_changed = True
    cookies.take_away(left.headers, cookies.SESSION, guard.security)
    if session is not None:
        await asyncio.to_thread(_end, guard, session, truncated(guard.address(request)))
    return left


def _end(guard: Guard, session: Session, network: str) -> None:
    guard.ended.end(session.id, guard.sessions.last_end(session))
    guard.history.add(What.LOGOUT, session.name, session.name, address=network)


def local(page: str) -> str:
    """Only a page of ours: no other host may be slipped in as the place to go on to."""
    plain = page.isascii() and page.isprintable() and "\\" not in page
    return page if plain and page.startswith("/") and not page.startswith("//") else "/"
