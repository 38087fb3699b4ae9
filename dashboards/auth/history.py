"""Who came in and what was changed about accounts. Rows are only ever added."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from dashboards.auth.rows import Rows

TERMINAL = "terminal"


class What(StrEnum):
    LOGIN = "login"
    REFUSED = "login refused"
    LOGOUT = "logout"
    ADDED = "added"
    PASSWORD = "password changed"  # noqa: S105  (the name of an event)
    ROLE = "role changed"
    DISABLED = "disabled"
    ENABLED = "enabled"
    ENDED = "all sessions ended"
    TOKEN_ADDED = "token added"  # noqa: S105  (the name of an event)
    TOKEN_REVOKED = "token revoked"  # noqa: S105
    RETAINED = "terms applied"


@dataclass(frozen=True, slots=True)
class Event:
    """`account` is whom it concerns, `actor` who did it; a name that is no account's or token's is never kept."""

    at: datetime
    what: str
    account: str
    actor: str
    detail: str
    address: str

    def json(self) -> dict[str, Any]:
        return asdict(self) | {"at": self.at.isoformat(timespec="milliseconds")}


class History:
    def __init__(self, rows: Rows, clock: Callable[[], float]) -> None:
        self._rows = rows
        self._clock = clock

    def add(self, what: What, account: str, actor: str, *, detail: str = "", address: str = "") -> None:
        at = datetime.fromtimestamp(self._clock(), UTC)
        self._rows.add(
            "board_event", at=at, what=what.value, account=account, actor=actor, detail=detail, address=address
        )

    def newest(self, most: int) -> list[Event]:
        question = (
            "SELECT toUnixTimestamp64Milli(at), what, account, actor, detail, address FROM board_event "
            "ORDER BY at DESC LIMIT {most:UInt32}"
        )
        rows = self._rows.ask(question, most=most)
        return [Event(datetime.fromtimestamp(at / 1000, UTC), *rest) for at, *rest in rows]
