"""What every route of the board works with: the store, the cache, the watch over the parts."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from threading import BoundedSemaphore, Event, Lock, Thread
from typing import Annotated, TypeVar

from clickhouse_connect.driver.client import Client
from fastapi import Depends, Request

from dashboards.activity import Meter
from dashboards.auth.security import Security
from dashboards.cache import Cache, Read
from dashboards.health import Clock, Ends, Health, Watch
from dashboards.pipeline import progress
from dashboards.portal_ahead import AGAIN, read_months
from dashboards.recall import daybook, recalling
from dashboards.store import connect
from metrics.errors import Unavailable

T = TypeVar("T")

FRESH = 2.0
"""Seconds for which an answer serves everybody who asks."""
PATIENCE = 35.0
"""Seconds to wait for the store: it gives its readers 30, and one that hangs must show as away."""
MOST_BESIDE = 6
"""Readings of pages beside others: as many as the store answers at once."""
STEP = 0.2
"""Seconds from one look to the next whether the newest day has to be read again."""
MOST_EXPORTS = 2
"""Whole lists that are written at once: as many as the store answers questions at once."""


@dataclass(frozen=True, slots=True)
class BoardConfig:
    """`clickhouse` is a login that may only read. `ends` is None where this process knows no broker.

    Without `security` the board runs open, with no accounts at all: for tests of what lies behind the login.
    """

    clickhouse: str = field(repr=False)
    clock: Clock
    ends: Ends | None = None
    security: Security | None = None
    grafana: str = ""
    """Where a Grafana with our boards is, if there is one."""
    alert_groups: Mapping[str, int] = field(default_factory=dict)
    """Who can be called by alerts: groups, and how many addresses each has."""
    four_eyes: bool = False
    """Whether a second person has to approve of each change of a threshold."""
    metrics_token: str = field(default="", repr=False)


class Board:
    """Connects when it is first asked, so that the board also starts while the store is away."""

    def __init__(self, config: BoardConfig) -> None:
        self.config = config
        self.meter = Meter()
        self.exporting = BoundedSemaphore(MOST_EXPORTS)
        self._cache = Cache(config.clock)
        self._watch = Watch(config.clock, config.ends)
        self._client: Client | None = None
        self._connecting = Lock()
        self._ended = Event()
        self._beside = ThreadPoolExecutor(MOST_BESIDE, thread_name_prefix="beside")

    def now(self) -> datetime:
        return self.config.clock()

    def read(self, key: Hashable, reading: Callable[[Client], T], seconds: float = FRESH) -> Read[T]:
        """What the reading says of the store. The key names the reading and everything it depends on."""
        return self._cache.get(key, lambda: reading(self.client()), seconds)

    def soon(self, work: Callable[[], T]) -> Future[T]:
        """Beside whatever comes next: for a page that asks several things of which none needs another."""
        return self._beside.submit(work)

    def read_all(
        self, keys: Sequence[Hashable], reading: Callable[[Client, Sequence[Hashable]], Sequence[T]], seconds: float
    ) -> list[Read[T]]:
        """Of several keys; what is not there is read together."""
        return self._cache.get_all(keys, lambda missing: reading(self.client(), missing), seconds)

    def client(self) -> Client:
        """Unavailable while the store is away."""
        with self._connecting:
            if self._client is None:
                self._client = recalling(connect(self.config.clickhouse, PATIENCE), self._cache)
                if (book := daybook(self._client)) is not None:
                    book.read_ahead()
                    self._again_and_again("near", book.keep_near, STEP)
                self._again_and_again("months", partial(read_months, self._client), AGAIN)
            return self._client

    def health(self) -> Read[Health]:
        return self._cache.get("health", lambda: self._watch.look(lambda: progress(self.client())), FRESH)

    def close(self) -> None:
        """Nothing is asked any more that nobody waits for."""
        self._ended.set()

    def _again_and_again(self, name: str, work: Callable[[], None], seconds: float) -> None:
        def go() -> None:
            while not self._ended.is_set():
                with suppress(Unavailable):  # whoever asks is told
                    work()
                self._ended.wait(seconds)

        Thread(target=go, name=name, daemon=True).start()


def board_of(request: Request) -> Board:
    board: Board = request.app.state.board
    return board


Given = Annotated[Board, Depends(board_of)]
"""A route's parameter."""
