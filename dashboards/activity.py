"""How much is happening: how many steps and payments arrived, by the minute.

Measured by arrival and not by what events say of themselves: a clock that is wrong at the source shows nothing wrong
here. The store knows the number of its rows without reading them; a merge that removes repeated ones counts as nothing.
"""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from threading import Lock

from clickhouse_connect.driver.client import Client

from dashboards.store import ask

MINUTES = 60
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Activity:
    """Arrivals of each of the last minutes, oldest first; the last ends now."""

    counts: tuple[int, ...]

    @property
    def last(self) -> int:
        return self.counts[-1]

    @property
    def most(self) -> int:
        return max(self.counts)


class Meter:
    """Remembers the last hour for as long as the board runs."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen: deque[tuple[datetime, int]] = deque(maxlen=MINUTES * 60)

    def note(self, at: datetime, rows: int) -> None:
        """So many rows were there then; looked at once a second at most."""
        with self._lock:
            if not self._seen or at - self._seen[-1][0] >= timedelta(seconds=1):
                self._seen.append((at, rows))

    def activity(self, now: datetime) -> Activity:
        counts = [0] * MINUTES
        with self._lock:
            seen = list(self._seen)
        for (_, before), (at, rows) in pairwise(seen):
            ago = (now - at) // MINUTE
            if 0 <= ago < MINUTES:
                counts[-1 - ago] += max(rows - before, 0)
        return Activity(tuple(counts))


def rows(client: Client) -> int:
    """Of the tables in which an event is a row."""
    return int(ask(client, "SELECT (SELECT count() FROM step) + (SELECT count() FROM payment)")[0][0])
