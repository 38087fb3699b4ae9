"""Single events by HTTP at a steady rate, while the ingest, the broker and the worker are killed: nothing is lost."""

import asyncio
import contextlib
import json
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from dashboards.auth.rows import Rows
from dashboards.store import ask, connect
from deploy.folder import DataFolder, Role
from deploy.health import measure
from deploy.parts import Addresses
from deploy.stack import running
from deploy.tokens import MOST, Tokens
from ingest.push.sender import Sender
from metrics.errors import Unavailable
from tests.bench.result import Wrong
from tests.bench.stack import settings_of, tell
from tests.bench.usage import Usage, spent, usages

CONNECTIONS = 64
VICTIMS = ("ingest", "broker", "worker")
PATIENCE = 300.0
AGAIN = 0.1


@dataclass(frozen=True, slots=True)
class Pushed:
    """`waits`: seconds from the moment a request was due until it was acknowledged, repeats included."""

    rate: int
    seconds: float
    waits: list[float]
    again: int
    ingest: Usage
    visible: float

    def row(self) -> dict[str, str]:
        ordered, requests = sorted(self.waits), len(self.waits)
        part = {f"p{percent}": ordered[requests * percent // 100] for percent in (50, 99)}
        return {
            "wanted": f"{self.rate:,} requests/s",
            "acknowledged": f"{requests / self.seconds:,.0f} requests/s for {self.seconds:.0f} s",
            **{name: f"{1000 * wait:.0f} ms" for name, wait in part.items()},
            "longest, over a kill": f"{ordered[-1]:.1f} s",
            "sent again": f"{self.again:,}",
            "processor of the ingest since it was last started": f"{self.ingest.cpu:.1f} s",
            "lost": "0",
            "all visible after": f"{self.visible:.1f} s",
        }


@dataclass(slots=True)
class Sending:
    """Many connections take requests of one row, each due at its moment. Where they fall behind, time ends it."""

    address: str
    token: str
    rate: int
    seconds: int
    numbers: Iterator[int] = field(default_factory=count)
    waits: list[float] = field(default_factory=list)
    again: int = 0

    async def run(self) -> float:
        """Seconds until the last was acknowledged."""
        began = time.monotonic()
        await asyncio.gather(*(self._connection(began) for _ in range(CONNECTIONS)))
        return time.monotonic() - began

    async def _connection(self, began: float) -> None:
        streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        while (number := next(self.numbers)) < self.rate * self.seconds and time.monotonic() < began + self.seconds:
            due = began + number / self.rate
            await asyncio.sleep(max(due - time.monotonic(), 0))
            while True:
                try:
                    streams = streams or await self._opened()
                    async with asyncio.timeout(PATIENCE / 5):
                        if await self._taken(*streams, number):
                            break
                except (OSError, EOFError, IndexError):
                    streams = None
                self.again += 1
                await asyncio.sleep(AGAIN)
            self.waits.append(time.monotonic() - due)
        if streams:
            streams[1].close()

    async def _opened(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, _, port = self.address.rpartition(":")
        return await asyncio.open_connection(host, int(port))

    async def _taken(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> bool:
        body = json.dumps(
            {"MaHoSo": f"H07.14-260601-{number:07}", "ThoiDiemXuLy": "20260601080000", "TrangThai": "2"}
        ).encode()
        head = f"POST /v1/progress HTTP/1.1\r\nHost: {self.address}\r\nAuthorization: Bearer {self.token}\r\n"
        writer.write(head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        length = int(answer.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        return answer.split(b" ", 2)[1] == b"202"


def push(folder: Path, rate: int, seconds: int) -> Pushed:
    with running(settings_of(folder), Role.UP, tell) as where:
        token = Tokens(Rows(where.clickhouse), time.time).add(Sender("bench", per_minute=MOST))
        sending = Sending(where.ingest, token, rate, seconds)
        before = usages(pids(folder))
        took = asyncio.run(_killing(sending, folder))
        ended = time.monotonic()
        _await(where, folder)
        visible = time.monotonic() - ended
        [(found,)] = ask(connect(where.clickhouse), "SELECT uniqExact(dossier) FROM step")
        if found != len(sending.waits):
            raise Wrong(f"{len(sending.waits)} were acknowledged, and {found} are there")
        ingest = spent(before, {"ingest": pids(folder)["ingest"]})["ingest"]
    return Pushed(rate, took, sending.waits, sending.again, ingest, visible)


async def _killing(sending: Sending, folder: Path) -> float:
    """Each victim once, at the quarters of the run."""

    async def kill() -> None:
        for victim in VICTIMS:
            await asyncio.sleep(sending.seconds / (len(VICTIMS) + 1))
            os.kill(pids(folder)[victim], signal.SIGKILL)

    killing = asyncio.create_task(kill())
    took = await sending.run()
    await killing
    return took


def pids(folder: Path) -> dict[str, int]:
    state = DataFolder(folder).state()
    return dict(state.pids) if state else {}


def _await(where: Addresses, folder: Path) -> None:
    settings, deadline = settings_of(folder), time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with contextlib.suppress(Unavailable):
            if measure(where.kafka, settings.partitions, where.clickhouse).behind == 0:
                return
        time.sleep(0.2)
    raise Wrong("the worker never came to the end of the log")
