"""What visitors are hashed with: a secret for each civil day of requests, forgotten soon after, and never made again.

While it lives, a line that is read again leaves the same mark. Once it is gone nobody can tell whose mark is whose, and
requests of that day that come later leave none: a second salt would count their visitors twice.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from ingest.kept import Kept
from metrics.civil import civil

LIFE = timedelta(hours=36)
"""From the first request of a day that is read: the day, and what is read of it on the next morning."""
BYTES = 32
PAST, FUTURE = timedelta(days=3653), timedelta(days=1)
"""Days further away have no salt: a clock that was wrong, or a line that was forged, must not make millions of them."""


class _Salt(BaseModel):
    """`secret` is None once it is gone."""

    model_config = ConfigDict(frozen=True)

    until: datetime
    secret: str | None


_SALTS = TypeAdapter(dict[str, _Salt])


@dataclass(slots=True)
class Salts:
    """Shared by all processes that read logs into one data folder. `random` gives so many bytes that nobody guesses."""

    folder: Path
    now: Callable[[], datetime]
    random: Callable[[int], bytes]
    _living: dict[str, bytes | None] = field(default_factory=dict)
    _until: datetime | None = None
    """When the next one has to go."""

    def of(self, day: str) -> bytes | None:
        """Of a day as yyyyMMdd; None where it had one that is gone, or can have none."""
        now = self.now()
        if day not in self._living and _near(day, now):
            self._renew(now, day)
        elif self._until is not None and now >= self._until:
            self._renew(now)
        return self._living.get(day)

    def _renew(self, now: datetime, *days: str) -> None:
        with self._locked():
            kept = Kept(self.folder, "visitor salts", "", _SALTS)
            before = kept.read() or {}
            after = {name: _spent(salt, now) for name, salt in before.items() if _near(name, now)}
            for day in days:
                after.setdefault(day, _Salt(until=now + LIFE, secret=self.random(BYTES).hex()))
            if after != before:
                kept.write(after)
        self._living = {name: bytes.fromhex(salt.secret) if salt.secret else None for name, salt in after.items()}
        self._until = min((salt.until for salt in after.values() if salt.secret), default=None)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "salts.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _near(day: str, now: datetime) -> bool:
    return f"{civil(now - PAST):%Y%m%d}" <= day <= f"{civil(now + FUTURE):%Y%m%d}"


def _spent(salt: _Salt, now: datetime) -> _Salt:
    return salt.model_copy(update={"secret": None}) if now >= salt.until else salt
