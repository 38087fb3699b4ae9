"""Two brakes with bounded memory: a delay that grows with every wrong password, and a bucket of requests a minute."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

MOST_KEYS = 10_000
FREE, LONGEST_DELAY, FORGOTTEN_AFTER = 4, 60.0, 15 * 60.0


@dataclass(slots=True)
class Tries:
    count: int = 0
    last: float = 0.0

    @property
    def delay(self) -> float:
        return 0.0 if self.count < FREE else min(2.0 ** (self.count - FREE), LONGEST_DELAY)


class GrowingDelay:
    """After a few wrong passwords each further one waits twice as long, up to a minute; then it is tried again.

    A try counts before its password is looked at, so that many at once are no way around. Nobody is locked out for
    ever: the wait ends by itself, and a browser that has logged in before has a count of its own.
    """

    def __init__(self, clock: Callable[[], float], most: int = MOST_KEYS) -> None:
        self._clock = clock
        self._most = most
        self._tries: OrderedDict[str, Tries] = OrderedDict()

    def begin(self, keys: Iterable[str]) -> float:
        """Seconds to wait; 0.0: go on, and the try is counted for each of these keys."""
        now, held = self._clock(), [self._of(key) for key in keys]
        wait = max(max(tries.last + tries.delay - now, 0.0) for tries in held)
        if not wait:
            for tries in held:
                tries.count, tries.last = tries.count + 1, now
        return wait

    def succeeded(self, proved: Iterable[str], shared: Iterable[str]) -> None:
        """What was proved starts anew; what others share (an address) only loses this try."""
        for key in proved:
            self._tries.pop(key, None)
        for key in shared:
            tries = self._of(key)
            tries.count = max(tries.count - 1, 0)

    def __len__(self) -> int:
        return len(self._tries)

    def _of(self, key: str) -> Tries:
        tries = self._tries.pop(key, None)
        if tries is None or self._clock() - tries.last > FORGOTTEN_AFTER:
            tries = Tries()
        self._tries[key] = tries
        while len(self._tries) > self._most:
            self._tries.popitem(last=False)
        return tries


class Buckets:
    """So many requests a minute for each key, a third of them at once."""

    def __init__(self, per_minute: int, clock: Callable[[], float], most: int = MOST_KEYS) -> None:
        self._rate = per_minute / 60
        self._size = max(per_minute / 3, 1.0)
        self._clock = clock
        self._most = most
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> float:
        """Seconds until there is one more; 0.0: it was taken."""
        now = self._clock()
        level, at = self._levels.pop(key, (self._size, now))
        level = min(level + max(now - at, 0.0) * self._rate, self._size)
        taken = level >= 1
        self._levels[key] = (level - 1 if taken else level, now)
        while len(self._levels) > self._most:
            self._levels.popitem(last=False)
        return 0.0 if taken else (1 - level) / self._rate

    def __len__(self) -> int:
        return len(self._levels)
