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

LIFE = timedelta(hours=36)
"""From the first request of a day that is read: the day, and what is read of it on the next morning."""
BYTES = 32
MOST_DAYS = 20_000
"""Days that are known to have had a salt; the first ones are forgotten then."""


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
        """Of a day as yyyyMMdd; None where it had one that is gone."""
        if day not in self._living or (self._until is not None and self.now() >= self._until):
            self._renew(day)
        return self._living[day]

    def _renew(self, day: str) -> None:
        now = self.now()
        with self._locked():
            kept = Kept(self.folder, "visitor salts", "", _SALTS)
            before = kept.read() or {}
            after = {name: _spent(salt, now) for name, salt in before.items()}
            after.setdefault(day, _Salt(until=now + LIFE, secret=self.random(BYTES).hex()))
            while len(after) > MOST_DAYS:
                del after[next(iter(after))]
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


def _spent(salt: _Salt, now: datetime) -> _Salt:
    return salt.model_copy(update={"secret": None}) if now >= salt.until else salt
