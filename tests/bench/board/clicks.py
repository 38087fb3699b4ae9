"""People at the board: each opens a page, watches it live for some seconds, asks the API, and goes on to the next."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection
from urllib.parse import quote

from tests.bench.board.addresses import ALONE, PAGES, ROUTES, Address, Chooser
from tests.bench.result import Wrong

THINKING = 3.0
"""Seconds on average between two clicks of one person; from none to twice as many."""
PATIENCE, ALONE_PATIENCE = 60.0, 30.0
CHUNK = 65_536


@dataclass(slots=True)
class Clicks:
    """Seconds until the last byte of each answer, by what was asked for; and how often a live page changed."""

    pages: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    routes: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    changes: int = 0
    watched: float = 0.0


def click(board: str, people: int, seconds: float, chooser: Callable[[int], Chooser]) -> Clicks:
    """All of them at once, for so long. Wrong where an answer is an error."""
    done, until = Clicks(), time.monotonic() + seconds
    with ThreadPoolExecutor(people) as crowd:
        going = [crowd.submit(_Person(board, chooser(number), done).go, until) for number in range(people)]
        for person in going:
            person.result()
    return done


@dataclass(frozen=True, slots=True)
class _Person:
    board: str
    chooser: Chooser
    done: Clicks

    def go(self, until: float) -> None:
        time.sleep(self.chooser.rng.uniform(0, 2 * THINKING))
        for what, address, waits in self._endless():
            asked = address(self.chooser)
            pause = self.chooser.rng.uniform(0, 2 * THINKING)
            if time.monotonic() + pause > until:
                return
            waits[what].append(ask(self.board, asked))
            if waits is self.done.pages:
                self._watch(asked, pause)
            else:
                time.sleep(pause)

    def _endless(self) -> Iterator[tuple[str, Address, dict[str, list[float]]]]:
        """In an order of their own, so that every page and route is asked for about as often."""
        everything = [(*each, self.done.pages) for each in PAGES.items()]
        everything += [(*each, self.done.routes) for each in ROUTES.items()]
        while True:
            self.chooser.rng.shuffle(everything)
            yield from everything

    def _watch(self, page: str, seconds: float) -> None:
        """As a browser does with an open page, where it is one that is live."""
        began = time.monotonic()
        with closing(HTTPConnection(self.board, timeout=PATIENCE)) as connection:
            connection.request("GET", f"/live?page={quote(page)}")
            answer = connection.getresponse()
            with suppress(TimeoutError):
                while answer.status == HTTPStatus.OK and (left := began + seconds - time.monotonic()) > 0:
                    connection.sock.settimeout(left)
                    self.done.changes += answer.read1(CHUNK).count(b"event: page")
            self.done.watched += time.monotonic() - began
        time.sleep(max(began + seconds - time.monotonic(), 0))


def alone(board: str, chooser: Chooser, times: int) -> dict[str, list[float]]:
    """The same by one person; what was refused is left out."""
    waits: dict[str, list[float]] = {what: [] for what in ALONE}
    for what, address in ALONE.items():
        for _ in range(times):
            with suppress(Wrong, TimeoutError):
                waits[what].append(ask(board, address(chooser), ALONE_PATIENCE))
    return waits


def ask(board: str, address: str, patience: float = PATIENCE) -> float:
    """Seconds until all of the answer was there, connecting included."""
    began = time.monotonic()
    with closing(HTTPConnection(board, timeout=patience)) as connection:
        connection.request("GET", address)
        answer = connection.getresponse()
        said = answer.read()
    took = time.monotonic() - began
    if answer.status != HTTPStatus.OK:
        raise Wrong(f"{address}: {answer.status} {said[:200]!r}")
    return took
