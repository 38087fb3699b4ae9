"""Digests by schedule, beat by beat: makes what is due and not there yet; the outbox brings it to people."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dashboards.digest.publishing import Publisher
from dashboards.spans import before
from metrics.civil import civil
from metrics.errors import NhipError
from metrics.period import FORMS_BY_NAME, Period, parse
from metrics.schedule import Turn

log = logging.getLogger("nhip.digest")

LATE = timedelta(days=2)
"""What was missed for longer, because nothing ran, is left to people: `nhip digest --send`."""
PAUSE = timedelta(minutes=10)
"""After something went wrong."""


@dataclass(slots=True)
class Digests:
    """Call `beat` from who evaluates alone. What was issued is in the store; memory only saves asking."""

    publisher: Publisher
    turns: Sequence[Turn]
    _done: set[tuple[str, str | None]] = field(default_factory=set)
    _paused: datetime | None = None

    def beat(self, now: datetime) -> None:
        """One at a time, so that alerts need not wait. What goes wrong here must not stop them: it is tried again."""
        if self._paused is not None and timedelta(0) <= now - self._paused < PAUSE:
            return
        for period, agency in self._missing(now):
            try:
                self.publisher.first(period, agency, now)
            except NhipError:
                raise
            except Exception:
                self._paused = now
                log.exception("the digest of %s for %s was not made", period.name, agency or "the province")
            else:
                self._done.add((period.name, agency))
            return

    def _missing(self, now: datetime) -> Iterator[tuple[Period, str | None]]:
        for period in due(self.turns, now):
            yield from ((period, place) for place in self.publisher.circle if (period.name, place) not in self._done)


def due(turns: Sequence[Turn], now: datetime) -> Iterator[Period]:
    """The periods that were over when their turn came, not long ago."""
    for turn in turns:
        moment = turn.last(now)
        if now - moment <= LATE:
            period = before(parse(FORMS_BY_NAME[turn.kind](civil(moment).date())))
            if period is not None:
                yield period
