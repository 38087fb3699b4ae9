"""Puts the guard before an application: the one call that create_app needs."""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from dashboards.auth import own_account, pages, reports, sign_on
from dashboards.auth.forms import Forms
from dashboards.auth.gate import Gate
from dashboards.auth.guard import Guard
from dashboards.auth.limits import Limits
from dashboards.auth.refusal import refused
from dashboards.auth.security import Security
from dashboards.auth.visitor import TurnedAway
from dashboards.headers import Headers, Hosts


def install(app: FastAPI, security: Security) -> Guard:
    """Afterwards every request has request.state.user, and none but the public pages is answered without one.

    Call it last: what is added after it would stand before it.
    """
    guard = Guard.of(security)
    app.state.guard = guard
    for one in (pages, sign_on, own_account, reports):
        app.include_router(one.router)
    app.add_exception_handler(TurnedAway, turned_away)
    # The last one added is the first one passed.
    app.add_middleware(Forms, guard=guard)
    app.add_middleware(Gate, guard=guard)
    app.add_middleware(Limits, guard=guard)
    app.add_middleware(Hosts, security=security)
    app.add_middleware(Headers, security=security)
    return guard


async def turned_away(request: Request, raised: Exception) -> Response:
    if not isinstance(raised, TurnedAway):
        raise raised
    return refused(request, raised.why)
