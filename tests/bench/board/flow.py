"""Events as they come on a busy day: dossiers received now, open ones moved on, a few old ones corrected, payments."""

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from deploy.feeding import SETTLE_EVERY
from ingest.sink import KafkaSink
from metrics.civil import civil
from metrics.events import Topic
from tests.bench.board.fill import ROOT
from tests.bench.board.past import SERVICES

Event = tuple[Topic, str, str]
FORM = "%Y%m%d%H%M%S"


@dataclass(frozen=True, slots=True)
class Known:
    """Codes of dossiers in the store: open ones, and any."""

    open: Sequence[str]
    old: Sequence[str]


def events(known: Known, rng: Random) -> Iterator[Event]:
    """Without end. Half of them are about dossiers of today, a fifth moves open ones, one in a hundred corrects."""
    number = 0
    while True:
        number += 1
        now = civil(datetime.now(UTC))
        code = f"{ROOT}.{rng.randint(101, 209)}-{now:%y%m%d}-9{number:06}"
        service = f"1.{100_000 + int(rng.random() ** 3 * SERVICES) * 7}"
        due = f"{now + timedelta(days=rng.randint(1, 20)):%Y%m%d}170000"
        said = f'"procedure":"{service}","channel":"{rng.choice("1122223")}","due_at":"{due}","status":"2"'
        said += f',"recorded_received_at":"{now:{FORM}}"'
        yield Topic.DOSSIERS, code, f'{{"kind":"dossier","dossier":"{code}",{said}}}'
        yield _step(code, "2", now)
        yield _step(rng.choice(known.open), rng.choice("449"), now)
        if number % 3 == 0:
            yield Topic.PAYMENTS, f"L{number}", _payment(f"L{number}", code, now)
        if number % 33 == 0:
            yield _step(rng.choice(known.old), "10", now)


def _step(code: str, status: str, at: datetime) -> Event:
    said = f'{{"kind":"step","dossier":"{code}","at":"{at:{FORM}}","status":"{status}","unit":"Phòng 1"}}'
    return Topic.DOSSIERS, code, said


def _payment(transaction: str, code: str, at: datetime) -> str:
    said = f'"at":"{at:{FORM}}","result":"00","type":"thanh_toan","dossier":"{code}","amount":"30000"'
    return f'{{"kind":"payment","transaction":"{transaction}",{said},"gateway":"VNPAY"}}'


@dataclass(slots=True)
class Flow:
    """Sends so many events a second from a thread, whatever the store does, until it is stopped.

    Every `beat` seconds what is due goes out and is waited for, by default as nhip's own feeding does.
    """

    sink: KafkaSink
    rate: int
    known: Known
    beat: float = SETTLE_EVERY
    sent: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        coming = events(self.known, Random(7))
        began = time.monotonic()
        while not self._stop.wait(self.beat):
            due = int((time.monotonic() - began) * self.rate)
            for topic, key, event in (next(coming) for _ in range(due - self.sent)):
                self.sink.send(topic, key, event.encode())
            self.sent = due
            self.sink.settle()

    def stop(self) -> None:
        self._stop.set()
