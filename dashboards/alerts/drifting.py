"""How far the figures of cells and facts differ, read beside everything else: all there is is read for it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock, Thread

from clickhouse_connect.driver.client import Client

from dashboards.alerts.figures import FAILED
from dashboards.alerts.seen import number_of
from dashboards.reconcile import drift
from metrics.alerting.alert import Seen, Sight
from metrics.errors import Unavailable

EVERY = timedelta(minutes=10)
"""How long a reading serves those who ask."""
UNREAD = Seen(away=Sight.NO_DATA)


def in_a_thread(work: Callable[[], None]) -> None:
    Thread(target=work, name="drift", daemon=True).start()


class Drifting:
    """The last reading. Whoever asks when it is old has a new one begun, and is not kept waiting for it."""

    def __init__(self, client: Client, beside: Callable[[Callable[[], None]], None] = in_a_thread) -> None:
        self._client, self._beside = client, beside
        self._one = Lock()
        self._begun: datetime | None = None
        self._last = UNREAD

    def seen(self, now: datetime) -> Seen:
        """NO_DATA before the first reading is there."""
        old = self._begun is None or not timedelta(0) <= now - self._begun < EVERY
        if old and self._one.acquire(blocking=False):
            self._begun = now
            self._beside(self._read)
        return self._last

    def _read(self) -> None:
        try:
            self._last = number_of(len(drift(self._client)))
        except Unavailable:
            self._last = FAILED
        finally:
            self._one.release()
