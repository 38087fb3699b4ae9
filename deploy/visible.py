"""Waiting until what was sent can be seen in the KPIs."""

from collections.abc import Callable
from contextlib import suppress

from metrics.errors import Unavailable

POLL = 0.05
PATIENCE = 120.0

Clock = Callable[[], float]


def wait_until_visible(
    behind: Callable[[], int], *, clock: Clock, sleep: Callable[[float], None], patience: float = PATIENCE
) -> None:
    """`behind` counts what is not seen yet. A store that is away for a while is waited for; standing still is not."""
    least: int | None = None
    moved = clock()
    while least != 0:
        with suppress(Unavailable):
            now = behind()
            if least is None or now < least:
                least, moved = now, clock()
        if clock() - moved > patience:
            left = "the store does not answer" if least is None else f"{least} records are not in the store yet"
            raise Unavailable(f"nothing has moved for {patience:.0f} s ({left}): see worker.log and store.log")
        if least != 0:
            sleep(POLL)
