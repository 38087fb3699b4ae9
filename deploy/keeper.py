"""Starts parts in order, starts a crashed one again, stops them in reverse order.

All of it happens in one thread, because the kernel ends a child together with the thread that started it.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from deploy.process import Child, Program, rotate, start
from metrics.errors import Unavailable

TICK = 0.1
ROTATE_EVERY = 5.0
FIRST_DELAY, LONGEST_DELAY, CALM = 0.1, 5.0, 30.0


@dataclass(frozen=True, slots=True)
class Part:
    """One process of the stack. `starting` is said where it takes a while; `then` runs once, when it first answers."""

    name: str
    starting: str | None
    prepare: Callable[[], Program]
    ready: Callable[[int], bool]
    then: Callable[[], None] = lambda: None
    patience: float = 60.0
    grace: float = 10.0


@dataclass(slots=True)
class Kept:
    """A part that was started. It starts again at once, then ever later, until it has been calm for a while."""

    part: Part
    child: Child
    since: float
    delay: float = FIRST_DELAY
    due: float | None = field(default=None)


class Stopped(Exception):
    """Asked to stop while still starting."""


class Keeper:
    """`changed` hears the process ids whenever they change; `tell` what an operator should know."""

    def __init__(
        self,
        parts: Sequence[Part],
        logs: Path,
        lock: int,
        *,
        changed: Callable[[Mapping[str, int]], None],
        tell: Callable[[str], None],
    ) -> None:
        self._parts = parts
        self._logs = logs
        self._lock = lock
        self._changed = changed
        self._tell = tell
        self._kept: list[Kept] = []
        self._started = threading.Event()
        self._stop = threading.Event()
        self._hurry = threading.Event()
        self._condemned: set[str] = set()
        self._failure: Exception | None = None
        self._unannounced = False
        self._complaint: str | None = None
        self._thread = threading.Thread(target=self._run, name="keeper")

    def start(self) -> None:
        """Return when every part answers; raise what went wrong, with nothing left running."""
        self._thread.start()
        self._started.wait()
        if self._failure is not None:
            self._thread.join()
            self._raise_failure()

    def stop(self) -> None:
        """Return when nothing runs any more. Interrupted, it stops asking nicely, but never leaves a child."""
        self._stop.set()
        try:
            self._thread.join()
        except BaseException:
            self._hurry.set()
            self._thread.join()
            raise
        self._raise_failure()

    def _raise_failure(self) -> None:
        """Once: whoever has heard of it need not hear it again."""
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    def end(self, name: str) -> None:
        """From any thread: this part is to be ended and started again."""
        self._condemned.add(name)

    def _run(self) -> None:
        try:
            for part in self._parts:
                self._begin(part)
            self._started.set()
            self._watch()
        except Stopped:
            pass
        except Exception as failure:  # noqa: BLE001  (raised again by start or stop, in the caller's thread)
            self._failure = failure
            if self._started.is_set():  # nobody waits for us any more, and everything is about to be stopped
                os.kill(os.getpid(), signal.SIGTERM)
        finally:
            for kept in reversed(self._kept):
                kept.child.stop(0 if self._hurry.is_set() else kept.part.grace)
            self._started.set()

    def _begin(self, part: Part) -> None:
        if part.starting:
            self._tell(part.starting)
        child = start(part.prepare(), self._logs, keep=(self._lock,))
        self._kept.append(Kept(part, child, time.monotonic()))
        self._announce()
        self._await(part, child)
        part.then()

    def _await(self, part: Part, child: Child) -> None:
        deadline = time.monotonic() + part.patience
        while not part.ready(child.pid):
            if self._stop.wait(TICK / 2):
                raise Stopped
            if child.status is not None:
                raise Unavailable(
                    f"the {part.name} ended with status {child.status}; {child.log} ends:\n{child.last_words()}"
                )
            if time.monotonic() > deadline:
                raise Unavailable(f"the {part.name} did not answer in {part.patience:.0f} s; see {child.log}")

    def _watch(self) -> None:
        rotated = time.monotonic()
        while not self._stop.wait(TICK) and threading.main_thread().is_alive():
            now = time.monotonic()
            for kept in self._kept:
                if kept.part.name in self._condemned:
                    self._condemned.discard(kept.part.name)
                    kept.child.stop(0)
                self._trying(partial(self._mend, kept, now))
            if self._unannounced:
                self._trying(self._announce)
            if now - rotated > ROTATE_EVERY:
                rotated = now
                for kept in self._kept:
                    self._trying(partial(rotate, kept.child.log))

    def _trying(self, action: Callable[[], None]) -> None:
        """A full disk passes: what runs goes on meanwhile, and what could not be done is tried again."""
        try:
            action()
        except OSError as error:
            if str(error) != self._complaint:
                self._complaint = str(error)
                self._tell(f"{error}; trying again until it works")

    def _mend(self, kept: Kept, now: float) -> None:
        if kept.child.status is None:
            return
        if kept.due is None:
            kept.delay = FIRST_DELAY if now - kept.since > CALM else min(kept.delay * 2, LONGEST_DELAY)
            kept.due = now + kept.delay
            self._tell(
                f"the {kept.part.name} ended with status {kept.child.status}; starting it again ({kept.child.log})"
            )
        elif now >= kept.due:
            kept.due = now + LONGEST_DELAY  # should it not start
            kept.child.stop(0)  # whatever else is in its group
            kept.child = start(kept.child.program, self._logs, keep=(self._lock,))
            kept.since, kept.due = now, None
            self._unannounced = True

    def _announce(self) -> None:
        self._changed({kept.part.name: kept.child.pid for kept in self._kept})
        self._unannounced = False
