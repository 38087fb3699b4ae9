"""The two routes of single sign-on: off to the provider, and back."""

import asyncio
import logging

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from dashboards.auth import cookies
from dashboards.auth.address import truncated
from dashboards.auth.entering import begin_session, by_provider
from dashboards.auth.guard import Guard, guard_of
from dashboards.auth.pages import local, shown
from dashboards.auth.provider import BACK, NotSignedOn
from dashboards.auth.signing import Purpose
from metrics.errors import Unavailable

log = logging.getLogger(__name__)
router = APIRouter(include_in_schema=False)
SECONDS_TO_RETURN = 600


@router.get("/login/sso")
async def go(request: Request) -> Response:
    guard = guard_of(request)
    if guard.sign_on is None:
        return shown(request, "no_sign_on", 404)
    try:
        url, kept = await asyncio.to_thread(guard.sign_on.begin)
    except Unavailable:
        return shown(request, "no_provider", 503)
    kept["next"] = local(request.query_params.get("next", "/"))
    signed = guard.signer.sign(Purpose.SINGLE_SIGN_ON, kept, guard.security.clock() + SECONDS_TO_RETURN)
    away = RedirectResponse(url, 303)
    cookies.set_cookie(away.headers, cookies.SINGLE_SIGN_ON, signed, guard.security, SECONDS_TO_RETURN)
    return away


@router.get(BACK)
async def back(request: Request) -> Response:
    guard = guard_of(request)
    kept = guard.signer.read(Purpose.SINGLE_SIGN_ON, cookies.value(request, cookies.SINGLE_SIGN_ON, guard.security))
    reply = await _finished(request, guard, kept)
    cookies.take_away(reply.headers, cookies.SINGLE_SIGN_ON, guard.security)  # it serves once
    return reply


async def _finished(request: Request, guard: Guard, kept: dict[str, str] | None) -> Response:
    if guard.sign_on is None or kept is None:
        return shown(request, "no_sign_on", 400)
    try:
        found = await asyncio.to_thread(guard.sign_on.finish, kept, request.query_params)
        network = truncated(guard.address(request))
        account = await asyncio.to_thread(by_provider, guard, found, network)
    except NotSignedOn as reason:
        log.warning("single sign-on refused: %s", str(reason).encode("unicode_escape").decode())
        return shown(request, "no_sign_on", 403)
    except Unavailable as reason:
        log.warning("single sign-on is not possible now: %s", str(reason).encode("unicode_escape").decode())
        return shown(request, "no_provider", 503)
    if account is None:
        return shown(request, "no_sign_on", 403)
    entered = RedirectResponse(kept["next"], 303)
    begin_session(request, entered.headers, guard, account)
    return entered
