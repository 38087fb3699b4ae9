"""Live pages by server-sent events: one watch over the store for all, one drawing of each page for all who look at it.

A watcher that reads slowly loses nothing but time: of each kind of message only the newest waits for it.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from metrics.civil import civil
from metrics.errors import NhipError, Unavailable

TICK = 1.0
BEAT_EVERY = 5
REDRAW_EVERY = 30
"""Ticks after which a page is drawn again though nothing came: what depends on the time moves on."""
SETTLE = 5
"""Ticks for which pages are drawn after a change, so that answers kept for a moment are out of the way."""
REST = 2.0
"""Times as long as a page took to draw nothing is drawn: many different pages take turns, and leave the store alone."""
MOST_PAGES, MOST_WATCHERS = 300, 2000

V = TypeVar("V", bound=Hashable)


@dataclass(eq=False, slots=True)
class Watcher:
    """One open stream."""

    waiting: dict[str, bytes] = field(default_factory=dict)
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, kind: str, message: bytes) -> None:
        self.waiting[kind] = message
        self.ready.set()

    async def next(self) -> bytes:
        await self.ready.wait()
        self.ready.clear()
        told, self.waiting = self.waiting, {}
        return b"".join(told.values())


@dataclass(eq=False, slots=True)
class Page:
    """What everybody who looks at one page sees."""

    html: str | None = None
    message: bytes = b""
    drawn: int = 0
    watchers: set[Watcher] = field(default_factory=set)


class Hub(Generic[V]):
    """`mark` tells by its change that there is something new; `draw` makes a page. Both may block, and may raise.

    `settled` says of which pages new events hardly ever change anything: those are drawn only now and then, and not at
    once either, as whoever opens the stream has just loaded the page.
    """

    def __init__(
        self,
        mark: Callable[[], Hashable],
        draw: Callable[[V], str],
        clock: Callable[[], datetime],
        settled: Callable[[V], bool] = lambda _: False,
    ) -> None:
        self._mark, self._draw, self._clock, self._settled = mark, draw, clock, settled
        self._pages: dict[V, Page] = {}
        self._tasks: tuple[asyncio.Task[None], ...] = ()
        self._ticks = 0
        self._seen: Hashable = None
        self._changed = 0
        self._away: datetime | None = None

    @property
    def watchers(self) -> int:
        return sum(len(page.watchers) for page in self._pages.values())

    def stream(self, visit: V) -> AsyncIterator[bytes]:
        """Until the reader goes. Unavailable at once where there are too many."""
        if self.watchers >= MOST_WATCHERS or (visit not in self._pages and len(self._pages) >= MOST_PAGES):
            raise Unavailable("too many live pages are open: try again later")
        return self._messages(visit)

    async def _messages(self, visit: V) -> AsyncIterator[bytes]:
        page, watcher = self._pages.setdefault(visit, Page(drawn=self._ticks)), Watcher()
        page.watchers.add(watcher)
        if not self._tasks:
            self._tasks = (asyncio.create_task(self._watch()), asyncio.create_task(self._draw_all()))
        try:
            yield b"retry: 3000\n\n" + self._beat() + page.message  # it may have changed since it was loaded
            while True:
                yield await watcher.next()
        finally:
            self._leave(visit, watcher)

    def _leave(self, visit: V, watcher: Watcher) -> None:
        page = self._pages[visit]
        page.watchers.discard(watcher)
        if not page.watchers:
            del self._pages[visit]
        if not self._pages:
            for task in self._tasks:
                task.cancel()
            self._tasks = ()

    async def _watch(self) -> None:
        """Apart from the drawing, so that a slow page delays no beat."""
        while True:
            await self._look()
            if self._ticks % BEAT_EVERY == 0:
                self._tell_all("beat", self._beat())
            self._ticks += 1
            await asyncio.sleep(TICK)

    async def _draw_all(self) -> None:
        while True:
            for visit, page in list(self._pages.items()):
                if self._is_due(visit, page):
                    began = asyncio.get_running_loop().time()
                    await self._refresh(visit, page)
                    await asyncio.sleep(REST * (asyncio.get_running_loop().time() - began))
            await asyncio.sleep(TICK)

    async def _look(self) -> None:
        try:
            mark = await asyncio.to_thread(self._mark)
        except Unavailable:
            if self._away is None:
                self._away = self._clock()
                self._tell_all("beat", self._beat())
            return
        if self._away is not None or mark != self._seen:
            self._changed, self._seen = self._ticks, mark
        if self._away is not None:
            self._away = None
            self._tell_all("beat", self._beat())
            for page in self._pages.values():  # it may have been loaded as one that says that the store is away
                page.drawn = self._ticks - REDRAW_EVERY

    def _is_due(self, visit: V, page: Page) -> bool:
        if self._away is not None or not page.watchers:
            return False
        if self._ticks - page.drawn >= REDRAW_EVERY:
            return True
        return not self._settled(visit) and (page.html is None or self._changed >= page.drawn - SETTLE)

    async def _refresh(self, visit: V, page: Page) -> None:
        page.drawn = self._ticks
        try:
            html = await asyncio.to_thread(self._draw, visit)
        except NhipError:
            return  # the store just went, which the next look tells; or a wrong address, which its page has told
        if html != page.html:
            page.html, page.message = html, event("page", {"html": html})
            for watcher in page.watchers:
                watcher.tell("page", page.message)

    def _tell_all(self, kind: str, message: bytes) -> None:
        for page in self._pages.values():
            for watcher in page.watchers:
                watcher.tell(kind, message)

    def _beat(self) -> bytes:
        away = civil(self._away).isoformat(timespec="seconds") if self._away else None
        return event("beat", {"now": civil(self._clock()).isoformat(timespec="milliseconds"), "away": away})


def event(kind: str, data: dict[str, object]) -> bytes:
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
