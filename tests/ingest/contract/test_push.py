"""Records that are pushed by HTTP keep the contract of every source, where the sender repeats what was not taken."""

import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ingest.push import acknowledged
from ingest.push.acknowledged import Acknowledger
from ingest.push.app import create_app
from ingest.push.desk import Desk
from ingest.push.repeats import Repeats
from ingest.push.sender import Sender
from ingest.sink import Sink
from ingest.source import Stretch
from metrics.errors import Unavailable
from tests.ingest.contract.suite import Records, SourceContract
from tests.ingest.support import MemorySink
from tests.support.processes import eventually

TAKEN = {202, 400}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acknowledged, "PAUSE", 0.01)


async def anybody(_: str) -> Sender:
    return Sender("mot-cua")


class Sending:
    """A system with an outbox: what was not answered stays in it. One request after the other, some with more lines."""

    def __init__(self) -> None:
        self.outbox: deque[tuple[str, bytes]] = deque()
        self.reached = True
        self._running = ExitStack()

    def deliver(self, records: Records) -> None:
        before = ""
        for kind, record in records:
            line = json.dumps(record, ensure_ascii=False).encode()
            if kind == before:
                line = self.outbox.pop()[1] + b"\n" + line
            self.outbox.append((kind, line))
            before = kind

    def source(self, sink: Sink) -> "Sending":
        self._running.close()
        assert isinstance(sink, MemorySink)
        acknowledger = Acknowledger(lambda: sink, threading.Event().set, lambda _: None)
        app = create_app(Desk(acknowledger, anybody, lambda _: 0.0, Repeats(lambda: 0.0)))
        self._client = self._running.enter_context(TestClient(app, headers={"Authorization": "Bearer x"}))
        assert eventually(lambda: acknowledger.ready)
        return self

    def look(self) -> Iterator[Stretch]:
        if not self.reached:
            raise Unavailable("no way to the ingest")
        while self.outbox:
            kind, lines = self.outbox[0]
            answer = self._client.post(f"/v1/{kind}", content=lines, headers={"Content-Type": "application/x-ndjson"})
            if answer.status_code not in TAKEN:
                raise Unavailable(answer.json()["error"])
            self.outbox.popleft()
        return iter(())

    def away(self) -> None:
        self.reached = False

    def back(self) -> None:
        self.reached = True

    def jump(self, seconds: int) -> None: ...

    def close(self) -> None:
        self._running.close()


class TestPush(SourceContract):
    def delivery(self, folder: Path) -> Sending:
        return Sending()
