"""What a contender leaves behind for whoever started it. Standard library only."""

import json
import time
from pathlib import Path

from tests.bench.counting import Totals, without_nothing
from tests.bench.usage import Usage, usage


class Watch:
    """Begins with the first event, so that no contender is charged for its start."""

    def __init__(self, events: int, outcome: Path) -> None:
        self._events, self._outcome = events, outcome
        self._seen = 0
        self._began: float | None = None
        self._before = Usage(0.0, 0.0)

    def begin(self) -> None:
        """Called before every event; only the first call sets the clock."""
        if self._began is None:
            self._began, self._before = time.monotonic(), usage()

    def done(self) -> bool:
        """Whether this event was the last."""
        self._seen += 1
        return self._seen == self._events

    def finish(self, totals: Totals) -> None:
        if self._began is None:
            raise RuntimeError("no event came")
        seconds, after = time.monotonic() - self._began, usage()
        said = {
            "seconds": seconds,
            "cpu": after.cpu - self._before.cpu,
            "peak_mb": after.peak_mb,
            "totals": without_nothing(totals),
        }
        fresh = self._outcome.with_suffix(".new")
        fresh.write_text(json.dumps(said))
        fresh.replace(self._outcome)
