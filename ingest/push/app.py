"""`POST /v1/…`: records in, 202 once Kafka has them."""

import asyncio
import hashlib
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ingest.push.body import MOST_SENT
from ingest.push.description import described
from ingest.push.desk import READERS, Desk, Given
from ingest.push.refusal import TOO_LARGE, Refusal, refused
from ingest.push.repeats import Answer, OtherBody
from ingest.push.sender import Sender

BODY_WITHIN = 60.0
LONGEST_KEY = 200


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
    mark = await desk.beside(body, lambda: hashlib.sha256(body).hexdigest())
    given = Given(kind, sender, body, request.headers.get("content-type", "").lower(), mark)
    key = request.headers.get("idempotency-key", "")
    if len(key) > LONGEST_KEY:
        raise Refusal(400, f"Idempotency-Key: at most {LONGEST_KEY} characters")
    status, said = await (_once(desk, key, given) if key else desk.answer(given))
    return Response(said, status, media_type="application/json")


async def _once(desk: Desk, key: str, given: Given) -> Answer:
    try:
        request = f"{given.kind} {given.mark}"
        return await desk.repeats.once((given.sender.name, key), request, lambda: desk.answer(given))
    except OtherBody:
        raise Refusal(422, "this Idempotency-Key came with other records before; use a new one") from None


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
    except ClientDisconnect:
        raise Refusal(400, "the body broke off; send it again") from None
    except TimeoutError:
        raise Refusal(408, f"the body did not come within {BODY_WITHIN:.0f} s; send it again") from None
    if len(found) > MOST_SENT:
        raise Refusal(413, TOO_LARGE)
    return bytes(found)


def _seconds(wait: float) -> str:
    return str(max(math.ceil(wait), 1))
