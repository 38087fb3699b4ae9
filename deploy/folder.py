"""One stack per data folder: who owns it, who has joined, and what a joiner must know.

The owner's children inherit the lock, so it is free only when the last of them is gone, however the owner ended.
A joiner holds a shared lock that the owner waits for before it takes the store away.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path


class Role(StrEnum):
    """What a stack runs for; the value is the command's name as people know it."""

    UP = "up"
    DEMO = "demo"
    LOAD = "load"
    INGEST = "ingest"
    BOARD = "board"
    READER = "reader"
    RESTORE = "restore"

    @property
    def reads_only(self) -> bool:
        """Needs the store alone."""
        return self in {Role.BOARD, Role.READER}

    @property
    def folds(self) -> bool:
        """Runs a worker."""
        return not self.reads_only and self is not Role.RESTORE


@dataclass(frozen=True, slots=True)
class State:
    """What stack.json says. `ready` once the addresses answer."""

    role: Role
    pid: int
    born: int
    ready: bool = False
    kafka: str = ""
    clickhouse: str = field(default="", repr=False)  # holds a password
    board: str = ""
    ingest: str = ""
    pids: Mapping[str, int] = field(default_factory=dict)

    @property
    def alive(self) -> bool:
        return birth(self.pid) == self.born


def birth(pid: int) -> int | None:
    """When the process started, in kernel ticks: with the pid it names one process for ever."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    state, *rest = stat.rpartition(") ")[2].split()
    return None if state == "Z" else int(rest[18])


@dataclass(frozen=True, slots=True)
class DataFolder:
    path: Path

    def try_own(self) -> int | None:
        """The lock's file descriptor, or None while somebody has it."""
        return _locked(self.path / "lock", fcntl.LOCK_EX)

    def write(self, state: State) -> None:
        fresh = self.path / f".stack-{os.getpid()}.json"
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(asdict(state), indent=1) + "\n")
        fresh.replace(self.path / "stack.json")

    def forget(self) -> None:
        (self.path / "stack.json").unlink(missing_ok=True)

    def state(self) -> State | None:
        """What the running stack wrote; None where there is none or its owner was killed."""
        try:
            said = json.loads((self.path / "stack.json").read_text())
        except FileNotFoundError:
            return None
        state = State(**said | {"role": Role(said["role"])})
        return state if state.alive else None

    @contextmanager
    def joining(self) -> Iterator[State | None]:
        """The ready stack, which stays as long as we hold it, or None."""
        held = _locked(self.path / "joined", fcntl.LOCK_SH)
        try:
            state = self.state() if held is not None else None
            yield state if state is not None and state.ready else None
        finally:
            if held is not None:
                os.close(held)

    def wait_for_joiners(self, patience: float) -> bool:
        """Whether all were gone in time; call `forget` first, so that no new one comes."""
        deadline = time.monotonic() + patience
        while (held := _locked(self.path / "joined", fcntl.LOCK_EX)) is None:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        os.close(held)
        return True


def _locked(path: Path, kind: int) -> int | None:
    path.parent.mkdir(parents=True, exist_ok=True)
    opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(opened, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(opened)
        return None
    return opened
