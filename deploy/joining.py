"""Who may share a data folder with whom: own it, join its stack, wait for it, or be refused."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from deploy.folder import DataFolder, Role, State
from metrics.errors import Unavailable

JOINS = {
    Role.UP: frozenset[Role](),
    Role.DEMO: frozenset[Role](),
    Role.LOAD: frozenset({Role.UP, Role.DEMO, Role.INGEST}),
    Role.INGEST: frozenset({Role.UP, Role.DEMO, Role.INGEST}),
    Role.BOARD: frozenset({Role.UP, Role.DEMO, Role.INGEST}),
    Role.READER: frozenset(Role) - {Role.RESTORE},
    Role.RESTORE: frozenset[Role](),
}
LASTING = frozenset({Role.UP, Role.DEMO, Role.BOARD, Role.INGEST, Role.RESTORE})
DYING_PATIENCE = 15.0
POLL = 0.05

Tell = Callable[[str], None]


@contextmanager
def entered(folder: DataFolder, role: Role, tell: Tell) -> Iterator[int | State]:
    """Either the lock of a folder that is now ours (closed by whoever owns it), or the stack we have joined."""
    waiting = Waiting(folder, role, tell)
    while (lock := folder.try_own()) is None:
        with ExitStack() as held:
            state = held.enter_context(folder.joining())
            if state is not None and state.role in JOINS[role]:
                yield state
                return
        waiting.once_more()
    yield lock


class Waiting:
    """Says once whom we wait for, and gives up where waiting is no use."""

    def __init__(self, folder: DataFolder, role: Role, tell: Tell) -> None:
        self._folder, self._role, self._tell = folder, role, tell
        self._told: str | None = None
        self._dying_since: float | None = None

    def once_more(self) -> None:
        state = self._folder.state()
        if state is None:
            self._for_the_dying()
        else:
            self._dying_since = None
            self._for_the_living(state)
        time.sleep(POLL)

    def _for_the_living(self, state: State) -> None:
        who = f"nhip {state.role} (process {state.pid})"
        if {self._role, state.role} <= LASTING:
            raise Unavailable(
                f"{who} already runs on {self._folder.path}: stop it first, or give another folder with --data"
            )
        if state.role is not Role.READER:  # those are gone in a moment
            self._say(f"{who} uses {self._folder.path}; waiting for it…")

    def _for_the_dying(self) -> None:
        """Nobody alive owns the folder, yet it is locked: the rest of a killed stack, or one just beginning."""
        now = time.monotonic()
        self._dying_since = self._dying_since or now
        if now - self._dying_since > 1:
            self._say(f"waiting for the last processes of an earlier nhip to leave {self._folder.path}…")
        if now - self._dying_since > DYING_PATIENCE:
            raise Unavailable(
                f"processes of an earlier nhip still use {self._folder.path}: end them"
                f" (`fuser {self._folder.path / 'lock'}` names them), or give another folder with --data"
            )

    def _say(self, text: str) -> None:
        if text != self._told:
            self._told = text
            self._tell(text)
