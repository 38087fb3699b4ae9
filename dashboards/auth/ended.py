"""Sessions that were logged out: remembered until they would have run out by themselves."""

from collections.abc import Callable
from datetime import UTC, datetime

from dashboards.auth.rows import Rows


class EndedSessions:
    """Held here at once, even where the store cannot be told; other boards learn of it from the store."""

    def __init__(self, rows: Rows, clock: Callable[[], float]) -> None:
        self._rows = rows
        self._clock = clock
        self._here: dict[str, float] = {}

    def end(self, session: str, until: float) -> None:
        self._here = {one: its for one, its in self._here.items() if its > self._clock()} | {session: until}
        self._rows.add("board_session_end", session=session, until=datetime.fromtimestamp(until, UTC))

    def all(self) -> frozenset[str]:
        now = datetime.fromtimestamp(self._clock(), UTC)
        question = "SELECT session FROM board_session_end WHERE until > {now:DateTime('UTC')}"
        return frozenset(row[0] for row in self._rows.ask(question, now=now)) | self._here.keys()

    def here(self, session: str) -> bool:
        return session in self._here
