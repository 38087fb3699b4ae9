"""An action: what an agency has promised to do until when, and by which figure it is to be seen."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import blake2b


class Origin(StrEnum):
    """What it follows from."""

    ALERT = "alert"
    DIGEST = "digest"
    INSPECTION = "inspection"
    OTHER = "other"


class State(StrEnum):
    """LATE: done after it was due. OVERDUE: due and not done."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    LATE = "late"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Action:
    """`owner` is a post, never a person. `origin_name` says which alert, week or decision it follows from.

    `target` is in the KPI's unit, of a rate in percent. `recipients` are names of groups; none are the usual ones.
    `due` and `done` are civil days; the day itself is still in time. `result`: what came of it, in words.
    """

    agency: str
    owner: str
    due: date
    text: str
    origin: Origin = Origin.OTHER
    origin_name: str = ""
    kpi: str | None = None
    target: Decimal | None = None
    recipients: tuple[str, ...] = ()
    done: date | None = None
    result: str = ""
    withdrawn: bool = False

    @property
    def id(self) -> str:
        """What makes it this one: the agency, what was promised, and what it follows from. The rest may change."""
        said = f"{self.agency}\0{self.origin}\0{self.origin_name}\0{self.text}"
        return blake2b(said.encode(), digest_size=5).hexdigest()

    @property
    def ended(self) -> bool:
        return self.withdrawn or self.done is not None

    def state(self, today: date) -> State:
        if self.withdrawn:
            return State.WITHDRAWN
        if self.done is not None:
            return State.LATE if self.done > self.due else State.DONE
        return State.OVERDUE if today > self.due else State.OPEN
