"""Many open live streams at once, over minutes: does each go on, and does the board's memory stay?"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from urllib.parse import quote

from tests.bench.board.addresses import PAGES, Chooser
from tests.bench.board.load import province
from tests.bench.result import Wrong
from tests.bench.stack import tell
from tests.bench.usage import usage

LOOK, MINUTE = 10.0, 60.0
SETTLED = 300.0
"""Seconds until memory has to be flat: answers are kept so long, and the board has as many as it will have."""
CHUNK = 65_536
PATIENCE = 30.0
LIVE = ("/", "/ of an agency", "/agencies", "/agencies/{code}", "/services", "/kpi/{kpi}", "/late", "/quality")


@dataclass(slots=True)
class Seen:
    """What one stream brought: pages, beats, and the longest silence between two of its messages."""

    pages: int = 0
    beats: int = 0
    silence: float = 0.0
    heard: float = field(default_factory=time.monotonic)

    def hear(self, message: bytes) -> None:
        now = time.monotonic()
        self.silence, self.heard = max(self.silence, now - self.heard), now
        self.pages += message.count(b"event: page")
        self.beats += message.count(b"event: beat")


@dataclass(frozen=True, slots=True)
class Streamed:
    """`memory` is the board's resident size in MB every `LOOK` seconds; `cpu` in cores."""

    dossiers: int
    streams: int
    pages: int
    seconds: float
    rate: int
    seen: Sequence[Seen]
    memory: Sequence[float]
    cpu: float

    def size_at(self, seconds: float) -> float:
        """In the middle of a minute's looks from then on, or of the last ones: a single look may be 15 MB off."""
        minute = int(MINUTE / LOOK)
        begin = max(0, min(int(seconds / LOOK), len(self.memory) - minute))
        return median(self.memory[begin : begin + minute])


def streams(folder: Path, dossiers: int, rate: int, count: int, seconds: float) -> Streamed:
    """Half of them watch the wall or the overview, as screens and desks do; the others look at anything."""
    with province(folder, dossiers, rate) as there:
        chooser = Chooser(Random(3), there.past.first, there.past.until, there.known.old)
        pages = list(_pages(chooser, count))
        tell(f"{count} streams of {len(set(pages))} pages…")
        began, before = time.monotonic(), usage(there.pids["board"]).cpu
        seen, memory = asyncio.run(_watched(there.where.board, pages, seconds, there.pids["board"]))
        took = time.monotonic() - began
        cpu = (usage(there.pids["board"]).cpu - before) / took
    return Streamed(dossiers, count, len(set(pages)), took, rate, seen, memory, cpu)


def _pages(chooser: Chooser, count: int) -> Iterator[str]:
    for number in range(count):
        usual = ("/wall", "/")[number // 2 % 2]
        yield usual if number % 2 else PAGES[chooser.rng.choice(LIVE)](chooser)


async def _watched(board: str, pages: list[str], seconds: float, pid: int) -> tuple[list[Seen], list[float]]:
    seen = [Seen() for _ in pages]
    until = time.monotonic() + seconds
    async with asyncio.TaskGroup() as open_ones:
        for page, each in zip(pages, seen, strict=True):
            open_ones.create_task(_hold(board, page, until, each))
            await asyncio.sleep(0.01)
        memory = open_ones.create_task(_memory(pid, until))
    return seen, memory.result()


async def _hold(board: str, page: str, until: float, seen: Seen) -> None:
    host, _, port = board.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"GET /live?page={quote(page)} HTTP/1.1\r\nHost: {board}\r\n\r\n".encode())
    status = await asyncio.wait_for(reader.readline(), PATIENCE)
    if b" 200 " not in status:
        raise Wrong(f"/live?page={page}: {status!r}")
    with suppress(TimeoutError):
        async with asyncio.timeout(until - time.monotonic()):
            while message := await reader.read(CHUNK):
                seen.hear(message)
            raise Wrong(f"/live?page={page} broke off")
    writer.close()


async def _memory(pid: int, until: float) -> list[float]:
    found = []
    while time.monotonic() < until:
        found.append(_resident(pid))
        await asyncio.sleep(min(LOOK, max(until - time.monotonic(), 0)))
    return found


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))
