"""The HTTP side. The whole answer is there before the status line, so a late failure is an error status."""

import json
import logging
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from deploy.store import body, request
from deploy.store.faults import NOT_ALLOWED, Fault
from deploy.store.guard import Guard, single
from deploy.store.hello import asks_hello, hello
from deploy.store.logins import Logins
from deploy.store.passed import Passed
from deploy.store.pool import Pool
from deploy.store.request import Asked
from deploy.store.session import Answer, Session

log = logging.getLogger("nhip.store")


@dataclass(frozen=True)
class Store:
    """Everything a request needs."""

    logins: Logins
    writers: Pool
    readers: Pool
    guard: Guard
    version: str
    passed: Passed = field(default_factory=Passed)

    async def answer(self, asked: Asked, *, may_write: bool) -> Answer:
        if asked.by_driver and asks_hello(asked.sql):
            return Answer(hello("nhip", self.version, "UTC"))
        if may_write:
            return await self.writers.run(lambda session: written(session, asked))
        return await self.readers.run(lambda session: self.read(session, asked))

    def read(self, session: Session, asked: Asked) -> Answer:
        if asked.rows or asked.tables or asked.database not in ("default", self.guard.database):
            raise Fault(NOT_ALLOWED, f"A reader may only read database {self.guard.database}")
        if not self.passed.knows(asked.sql):
            self.guard.refuse_all_but_reading(session, asked.sql, asked.params)
            self.passed.note(asked.sql)
        return session.ask(asked.sql, asked.format, asked.params)


def written(session: Session, asked: Asked) -> Answer:
    session.use(asked.database)
    if asked.rows:
        return session.insert(asked.rows)
    if ";" in asked.sql:  # the engine would run several statements, a ClickHouse server would not
        single(session, asked.sql)
    with session.with_tables(asked.tables):
        return session.ask(asked.sql, asked.format, asked.params)


def app(store: Store) -> Starlette:
    async def ask(http: Request) -> Response:
        try:
            # As in ClickHouse, what comes by GET only reads, whoever asks.
            may_write = store.logins.may_write(http.headers) and http.method == "POST"
            content = await body.whole(http)
            asked = request.read(http.query_params.multi_items(), http.headers, content)
            return reply(await store.answer(asked, may_write=may_write))
        except Fault as fault:
            log.warning("code %d for %.200s", fault.code, http.headers.get("user-agent", "an unnamed client"))
            return failure(fault)

    return Starlette(routes=[Route("/ping", ping), Route("/", ask, methods=["GET", "POST"])])


async def ping(_: Request) -> Response:
    return PlainTextResponse("Ok.\n")


def reply(answer: Answer) -> Response:
    counts = {"read_rows": str(answer.read_rows), "written_rows": str(answer.written_rows)}
    headers = {"X-ClickHouse-Summary": json.dumps(counts), "X-ClickHouse-Timezone": "UTC"}
    return Response(answer.body, headers=headers, media_type="application/octet-stream")


def failure(fault: Fault) -> Response:
    headers = {"X-ClickHouse-Exception-Code": str(fault.code)}
    return PlainTextResponse(fault.text, fault.status, headers)
