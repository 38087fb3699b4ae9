"""The three years that a store is filled with, and what follows from a number in them."""

from dataclasses import dataclass
from datetime import date, timedelta

DAYS = 3 * 365
SERVICES = 1_500
SERVICE = "leftPad(toString(100000 + service * 7), 8, '1.')"
"""The code of the service of that number."""


@dataclass(frozen=True, slots=True)
class Past:
    """So many dossiers, the last ones received on the day `until`."""

    dossiers: int
    until: date

    @property
    def first(self) -> date:
        return self.until - timedelta(days=DAYS - 1)
