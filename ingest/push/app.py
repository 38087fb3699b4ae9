"""`POST /v1/…`: records in, 202 once Kafka has them."""

import asyncio
import hashlib
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import to_json
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ingest.border import Outgoing, dead_letter, whole
from ingest.kinds import KINDS
from ingest.lines import Numbered
from ingest.national import FILE_KINDS
from ingest.push.acknowledged import Acknowledger, Busy
from ingest.push.body import MOST_SENT, TooLarge, records, unpacked
from ingest.push.description import described
from ingest.push.repeats import Answer, OtherBody, Repeats
from ingest.push.sender import Sender
from ingest.reading import Reader
from metrics.errors import Rejected, Unavailable

SMALL = 1 << 16
"""Bytes of a body that is read at once; larger ones are read aside, two at a time."""
BODY_WITHIN = 60.0
LONGEST_KEY = 200
SOON, LATER = 1, 5
"""Seconds after which to come again."""

READERS = {kind.name: Reader(kind) for kind in FILE_KINDS}
TOPICS = {kind.name: kind.topic for kind in KINDS}


class Refusal(Exception):
    def __init__(self, status: int, error: str, **headers: str) -> None:
        self.status, self.error = status, error
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a request's lines. `events` are the dead letters, too."""

    events: Sequence[Outgoing]
    accepted: int
    rejected: Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Desk:
    """`sender` knows whose a token is; `wait` takes one request of theirs, or says in how many seconds there is one."""

    acknowledger: Acknowledger
    sender: Callable[[str], Awaitable[Sender | None]]
    wait: Callable[[Sender], float]
    repeats: Repeats
    aside: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(2, "body"))


def create_app(desk: Desk) -> Starlette:
    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        desk.acknowledger.start()
        try:
            yield
        finally:
            await asyncio.to_thread(desk.acknowledger.stop)

    app = Starlette(
        routes=[
            Route("/v1/openapi.json", description),
            Route("/healthz", health),
            *(Route(f"/v1/{kind}", take, methods=["POST"], name=kind) for kind in READERS),
        ],
        lifespan=running,
        exception_handlers={Refusal: refused},
    )
    app.state.desk = desk
    return app


async def description(_: Request) -> Response:
    return JSONResponse(described())


async def health(request: Request) -> Response:
    ready = request.app.state.desk.acknowledger.ready
    return JSONResponse({"kafka": "answers" if ready else "away"}, 200 if ready else 503)


async def take(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    kind = request.url.path.rpartition("/")[2]
    sender = await _admitted(desk, kind, request.headers.get("authorization", ""))
    body = await _body(request)
    content_type = request.headers.get("content-type", "").lower()
    mark = await _aside(desk, body, lambda: hashlib.sha256(body).hexdigest())

    async def answer() -> Answer:
        outcome = await _aside(desk, body, lambda: _outcome(kind, sender, body, content_type, mark))
        await _acknowledged(desk, outcome)
        return _told(outcome)

    key = request.headers.get("idempotency-key", "")
    if len(key) > LONGEST_KEY:
        raise Refusal(400, f"Idempotency-Key: at most {LONGEST_KEY} characters")
    try:
        status, said = await desk.repeats.once((sender.name, key), f"{kind} {mark}", answer) if key else await answer()
    except OtherBody:
        raise Refusal(422, "this Idempotency-Key came with other records before; use a new one") from None
    return Response(said, status, media_type="application/json")


async def _admitted(desk: Desk, kind: str, authorization: str) -> Sender:
    scheme, _, token = authorization.partition(" ")
    sender = await desk.sender(token.strip()) if scheme.lower() == "bearer" else None
    if sender is None:
        raise Refusal(
            401, "no token that is known: send Authorization: Bearer TOKEN (`nhip token add` makes one)",
            WWW_Authenticate="Bearer",
        )  # fmt: skip
    if not sender.may_send(kind):
        raise Refusal(403, f"this token may send {', '.join(sorted(sender.kinds))} only")
    if wait := desk.wait(sender):
        raise Refusal(429, "too many requests with this token; send more records in each", Retry_After=_seconds(wait))
    return sender


async def _body(request: Request) -> bytes:
    encoding = request.headers.get("content-encoding", "identity").lower()
    if encoding not in {"gzip", "x-gzip", "identity"}:
        raise Refusal(415, "Content-Encoding: gzip or none")
    found = bytearray()
    try:
        async with asyncio.timeout(BODY_WITHIN):
            async for piece in request.stream():
                found += piece
                if len(found) > MOST_SENT:
                    break
    except TimeoutError:
        raise Refusal(408, f"the body did not come within {BODY_WITHIN:.0f} s; send it again") from None
    if len(found) > MOST_SENT:
        raise Refusal(413, _TOO_LARGE)
    return bytes(found)


_TOO_LARGE = "at most 16 MiB, and 64 MiB unpacked: send the records in several requests"


async def _aside(desk: Desk, body: bytes, work: Callable[[], Any]) -> Any:
    """A large body must not make the others wait."""
    if len(body) <= SMALL:
        return work()
    return await asyncio.get_running_loop().run_in_executor(desk.aside, work)


def _outcome(kind: str, sender: Sender, body: bytes, content_type: str, mark: str) -> Outcome:
    try:
        lines: list[Numbered] = records(unpacked(body), content_type)
    except Rejected as reason:
        lines = [(1, reason)]
    except TooLarge:
        raise Refusal(413, _TOO_LARGE) from None
    events: list[Outgoing] = []
    rejected: list[dict[str, Any]] = []
    for number, line in lines:
        try:
            event = (TOPICS[kind], *READERS[kind].read(whole(line)))
            sender.require(event)
        except Rejected as reason:
            rejected.append({"line": number, "reason": str(reason)})
            events.append(dead_letter(kind, f"http:{sender.name}/{mark[:12]}", number, reason))
        else:
            events.append(event)
    return Outcome(events, len(events) - len(rejected), rejected)


async def _acknowledged(desk: Desk, outcome: Outcome) -> None:
    if not outcome.events:
        return
    try:
        await asyncio.shield(asyncio.wrap_future(desk.acknowledger.send(outcome.events)))
    except Busy:
        raise Refusal(503, "too much is waiting for Kafka; come again", Retry_After=str(SOON)) from None
    except Unavailable as error:
        raise Refusal(503, str(error), Retry_After=str(LATER)) from None


def _told(outcome: Outcome) -> Answer:
    said = {"accepted": outcome.accepted, "rejected": list(outcome.rejected)}
    if outcome.accepted:
        return 202, to_json(said)
    why = "nothing could be read: see `rejected`" if outcome.rejected else "the body holds no record"
    return 400, to_json({"error": why, **said})


def _seconds(wait: float) -> str:
    return str(max(math.ceil(wait), 1))


async def refused(_: Request, refusal: Exception) -> Response:
    if not isinstance(refusal, Refusal):
        raise refusal
    return JSONResponse({"error": refusal.error}, refusal.status, refusal.headers)
