"""Child processes: each in its own group, with one rotated log, none of which outlives this process.

The kernel's promise is bound to the *thread* that starts the child: start children from a thread that lives
as long as they should.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

GUARD = Path(__file__).with_name("guard.py")
LOG_BYTES = 10 * 1024 * 1024
OLD_LOGS = 3
BEHIND = 10
"""Niceness of what comes after people who wait for an answer; it still gets what they leave."""


@dataclass(frozen=True, slots=True)
class Program:
    """What to run; `environment` is added to ours. `nice` is how far it stands back, from 0 to 19."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    nice: int = 0


@dataclass(frozen=True, slots=True)
class Child:
    """A running program. It writes its log file itself: it never waits for us, nor loses its last words."""

    program: Program
    process: subprocess.Popen[bytes] = field(repr=False)
    log: Path

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def status(self) -> int | None:
        """Its exit status; None while it runs."""
        return self.process.poll()

    def stop(self, grace: float) -> None:
        """Ask, wait, then force: afterwards nothing of its group is left."""
        if self.status is None:
            self._signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(grace)
        self._signal(signal.SIGKILL)
        self.process.wait()

    def _signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    def last_words(self, lines: int = 5) -> str:
        text = self.log.read_bytes()[-4096:].decode(errors="replace")
        return "\n".join(text.strip().splitlines()[-lines:])


def guarded(command: tuple[str, ...], nice: int = 0) -> list[str]:
    return [sys.executable, "-I", "-S", str(GUARD), str(os.getpid()), str(nice), *command]


def run(command: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    """To its end; it does not outlive us either."""
    return subprocess.run(guarded(command), capture_output=True, text=True, check=False)  # noqa: S603


def start(program: Program, logs: Path, *, keep: tuple[int, ...] = ()) -> Child:
    """Start it; the file descriptors in `keep` stay open in it for as long as it lives."""
    logs.mkdir(parents=True, exist_ok=True)
    log = logs / f"{program.name}.log"
    with log.open("ab") as output:  # appending, so that it may be cut while it is written
        process = subprocess.Popen(  # noqa: S603
            guarded(program.command, program.nice),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **program.environment},
            start_new_session=True,
            pass_fds=keep,
        )
    return Child(program, process, log)


def rotate(log: Path, limit: int = LOG_BYTES, old: int = OLD_LOGS) -> None:
    """Copy a full log away and cut it in place: the child keeps its open file."""
    if log.stat().st_size < limit:
        return
    numbered = [log.with_suffix(f".log.{number}") for number in range(1, old + 1)]
    for older, newer in reversed(list(zip(numbered[1:], numbered[:-1], strict=True))):
        if newer.exists():
            newer.replace(older)
    shutil.copyfile(log, numbered[0])
    os.truncate(log, 0)
