"""Where the records of a request become events and dead letters, and are acknowledged."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import to_json

from ingest.border import Outgoing, dead_letter, whole
from ingest.lines import Numbered
from ingest.national import FILE_KINDS
from ingest.push.acknowledged import Acknowledger, Busy
from ingest.push.body import TooLarge, records, unpacked
from ingest.push.refusal import LATER, SOON, TOO_LARGE, Refusal
from ingest.push.repeats import Answer, Repeats
from ingest.push.sender import Sender
from ingest.reading import Reader
from metrics.errors import Rejected, Unavailable

SMALL = 1 << 16
"""Bytes of a body that is read at once; larger ones are read aside, two at a time."""

READERS = {kind.name: Reader(kind) for kind in FILE_KINDS}
TOPICS = {kind.name: kind.event.topic for kind in FILE_KINDS}


@dataclass(frozen=True, slots=True)
class Given:
    """A request's records. `mark` tells its body from any other."""

    kind: str
    sender: Sender
    body: bytes
    content_type: str
    mark: str


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

    async def answer(self, given: Given) -> Answer:
        """Once Kafka has all that can be had of it. Raises Refusal."""
        found = await self.beside(given.body, lambda: _outcome(given))
        await self._acknowledged(found)
        return _told(found)

    async def beside(self, body: bytes, work: Callable[[], Any]) -> Any:
        """A large body must not make the others wait."""
        if len(body) <= SMALL:
            return work()
        return await asyncio.get_running_loop().run_in_executor(self.aside, work)

    async def _acknowledged(self, outcome: Outcome) -> None:
        if not outcome.events:
            return
        try:
            await asyncio.shield(asyncio.wrap_future(self.acknowledger.send(outcome.events)))
        except Busy:
            raise Refusal(503, "too much is waiting for Kafka; come again", Retry_After=str(SOON)) from None
        except Unavailable as error:
            raise Refusal(503, str(error), Retry_After=str(LATER)) from None


def _outcome(given: Given) -> Outcome:
    try:
        lines: list[Numbered] = records(unpacked(given.body), given.content_type)
    except Rejected as reason:
        lines = [(1, reason)]
    except TooLarge:
        raise Refusal(413, TOO_LARGE) from None
    source = f"http:{given.sender.name}/{given.mark[:12]}"
    events: list[Outgoing] = []
    rejected: list[dict[str, Any]] = []
    for number, line in lines:
        try:
            event = (TOPICS[given.kind], *READERS[given.kind].read(whole(line)))
            given.sender.require(event)
        except Rejected as reason:
            rejected.append({"line": number, "reason": str(reason)})
            events.append(dead_letter(given.kind, source, number, reason))
        else:
            events.append(event)
    return Outcome(events, len(events) - len(rejected), rejected)


def _told(outcome: Outcome) -> Answer:
    said = {"accepted": outcome.accepted, "rejected": list(outcome.rejected)}
    if outcome.accepted:
        return 202, to_json(said)
    why = "nothing could be read: see `rejected`" if outcome.rejected else "the body holds no record"
    return 400, to_json({"error": why, **said})
