"""Feeds the live simulation into the pipeline, as a province would send it."""

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ingest.national import FILE_KINDS
from ingest.reading import Reader
from ingest.simulate.live import Beat
from ingest.sink import KafkaSink

SETTLE_EVERY = 0.25


@dataclass(frozen=True, slots=True)
class Fed:
    """How many lines were sent, up to which moment of the simulated province, and where in the topics they end."""

    lines: int
    at: datetime | None
    ends: dict[tuple[str, int], int]


class Feeder(threading.Thread):
    """One thread owns the sink. `fed` may be read from another; `failure` is why it ended, if it did."""

    def __init__(self, sink: KafkaSink, beats: Iterable[Beat]) -> None:
        super().__init__(name="feeder", daemon=True)
        self._sink, self._beats = sink, beats
        self._done = threading.Event()
        self.fed = Fed(0, None, {})
        self.failure: Exception | None = None

    def finish(self) -> None:
        self._done.set()
        self.join()

    def run(self) -> None:
        try:
            self._feed()
        except Exception as failure:  # noqa: BLE001  (shown by whoever watches)
            self.failure = failure

    def _feed(self) -> None:
        kinds = {kind.name: (kind.event.topic, Reader(kind)) for kind in FILE_KINDS}
        settled = time.monotonic()
        for lines, beat in enumerate(self._beats, start=1):
            if beat.wait and self._done.wait(beat.wait):
                return
            topic, reader = kinds[beat.kind]
            key, event = reader.read(beat.line)
            self._sink.send(topic, key, event)
            if time.monotonic() - settled > SETTLE_EVERY:
                self._sink.settle()
                settled = time.monotonic()
                self.fed = Fed(lines, beat.at, dict(self._sink.ends))
                if self._done.is_set():
                    return
