"""Whether every part moves, and if not, since when. Judged by progress: a part that hangs looks alive."""

import logging
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import TypeVar

from dashboards.items import moment
from dashboards.pipeline import Progress
from metrics.civil import civil
from metrics.errors import Unavailable

log = logging.getLogger("nhip.board")

STILL = timedelta(seconds=30)
"""A worker that is behind and has written nothing for so long does not move. A restart takes some ten seconds."""

T = TypeVar("T")

Clock = Callable[[], datetime]
Ends = Callable[[], Mapping[tuple[str, int], int]]
"""Where the log of each (stream, partition) ends."""


@dataclass(frozen=True, slots=True)
class Part:
    """`since` when it has been as it is now, as far as this process has seen."""

    name: str
    moves: bool
    since: datetime
    lag: int | None = None
    said: str | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """All parts. `data_at` is the newest moment in the data, `written_at` when anything was last written."""

    parts: tuple[Part, ...]
    data_at: datetime | None
    written_at: datetime | None

    @property
    def moves(self) -> bool:
        return all(part.moves for part in self.parts)


class Watch:
    """Remembers since when each part has been as it is. `ends` is None where no broker is known to this process."""

    def __init__(self, clock: Clock, ends: Ends | None) -> None:
        self._clock = clock
        self._ends = ends
        self._lock = Lock()
        self._since: dict[str, tuple[Hashable, datetime]] = {}

    def look(self, progress: Callable[[], list[Progress]]) -> Health:
        written, store = self._try("store", progress)
        parts, ends = [store], None
        if self._ends is not None:
            ends, broker = self._try("broker", self._ends)
            parts.append(broker)
        if written is not None and ends is not None:
            parts.extend(self._stream(stream, written, ends) for stream in sorted({stream for stream, _ in ends}))
        moments = [p.newest_at for p in written or () if p.newest_at]
        return Health(
            tuple(parts),
            moment(max(moments, default=None)),
            moment(max((p.written_at for p in written or ()), default=None)),
        )

    def _try(self, name: str, answer: Callable[[], T]) -> tuple[T | None, Part]:
        try:
            found = answer()
        except Unavailable as failure:
            log.warning("%s", failure)  # it names inner addresses: not for everybody
            return None, Part(name, moves=False, since=self._as_it_is(name, False), said=f"the {name} does not answer")
        return found, Part(name, moves=True, since=self._as_it_is(name, True))

    def _stream(self, stream: str, written: list[Progress], ends: Mapping[tuple[str, int], int]) -> Part:
        reached = {(p.stream, p.partition): p.next_offset for p in written if p.stream == stream}
        lag = sum(max(end - reached.get(place, 0), 0) for place, end in ends.items() if place[0] == stream)
        since = self._as_it_is(stream, (sum(reached.values()), lag > 0))
        return Part(f"worker {stream}", moves=not lag or self._clock() - since < STILL, since=since, lag=lag)

    def _as_it_is(self, name: str, state: Hashable) -> datetime:
        with self._lock:
            if name not in self._since or self._since[name][0] != state:
                self._since[name] = (state, civil(self._clock()))
            return self._since[name][1]
