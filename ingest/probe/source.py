"""Probes as a source: at each look every page is asked for, and what it answered goes to Kafka as its requests do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from pydantic_core import to_json

from ingest.border import Outgoing
from ingest.probe.asking import Answer
from ingest.probe.said import PageSaid, ProbeSaid
from ingest.source import Stretch
from metrics.civil import civil
from metrics.events import REQUEST
from metrics.histogram import UNTOLD, bucket
from metrics.request import MARK_BITS, PROBE, alike


@dataclass(frozen=True, slots=True)
class Probes:
    """`now` has a zone. `heard` is told each answer."""

    said: ProbeSaid
    ask: Callable[[PageSaid, datetime], Answer]
    now: Callable[[], datetime]
    heard: Callable[[Answer], None]

    def look(self) -> Iterator[Stretch]:
        for page in self.said.pages:
            at = self.now()
            answer = self.ask(page, at)
            self.heard(answer)
            yield Stretch([outgoing(answer, page.url, at)], lambda: None)


def outgoing(answer: Answer, url: str, at: datetime) -> Outgoing:
    minute = f"{civil(at):%Y%m%d%H%M}00"
    number = alike(
        status=answer.status,
        bucket=UNTOLD if answer.why else bucket(answer.milliseconds),
        robot=bool(answer.why),
        second=at.second,
        mark=crc32(url.encode()) % (1 << MARK_BITS),
    )
    said = {
        "kind": REQUEST.name,
        "at": minute,
        "page": f"{PROBE}{answer.page}",
        "procedure": "",
        "numbers": str(number),
    }
    return REQUEST.topic, minute, to_json(said)
