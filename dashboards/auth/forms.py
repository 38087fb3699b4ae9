"""No unsafe request passes that was not sent from our own pages. What a form says is then in request.state.form."""

from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards.auth.guard import Guard
from dashboards.auth.origin import FIELD, HEADER, SAFE, from_our_pages, same
from dashboards.auth.refusal import Refusal, refused

REPORTS = "/csp-report"  # browsers send these by themselves, without a token
LONGEST_FORM, MOST_FIELDS = 64 * 1024, 200
FORM = "application/x-www-form-urlencoded"


class Forms:
    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self._app = app
        self._guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE or scope["path"] == REPORTS:
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        why, body = await self._problem(request)
        if why is not None:
            await refused(request, why)(scope, receive, send)
            return
        await self._app(scope, receive if body is None else again(body, receive), send)

    async def _problem(self, request: Request) -> tuple[Refusal | None, bytes | None]:
        """Why not, and the body where it had to be read."""
        if not from_our_pages(request, self._guard.security):
            return Refusal.FORM, None
        form, body = dict[str, str](), None
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() == FORM:
            body = await read(request)
            form = fields(body) if body is not None else {}
            if body is None:
                return Refusal.LONG, None
        request.state.form = form
        given = request.headers.get(HEADER) or form.get(FIELD, "")
        return None if same(given, request.state.form_token) else Refusal.FORM, body


async def read(request: Request) -> bytes | None:
    """The body; None where it is longer than a form of ours."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_FORM:
            return None
    return bytes(body)


def fields(body: bytes) -> dict[str, str]:
    """Nothing, where it is no form: the token is missing then."""
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        return {}


def again(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay
