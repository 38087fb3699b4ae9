"""What the mapping of a database says beside its values and records."""

import re
from datetime import datetime, time
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from ingest.mapping.said import MappingSaid
from ingest.mapping.times import zone_of

_READS = re.compile(r"\s*(select|with)\b", re.IGNORECASE)


def _reads(query: str) -> str:
    if not _READS.match(query) or ";" in query:
        raise ValueError("must be one SELECT, without a semicolon: nhip only reads")
    return query


class Hours(BaseModel):
    """From a time of day to another one, which it does not include; over midnight, or all day."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    since: Annotated[time, Field(alias="from")]
    until: Annotated[time, Field(alias="to")]

    def hold(self, now: time) -> bool:
        if self.since < self.until:
            return self.since <= now < self.until
        return now >= self.since or now < self.until


class DatabaseSaid(MappingSaid):
    """`watermark` names a column that grows with every change, a moment or a number; `key` one that tells rows apart.

    Both come out of the query and are never null in a row that is wanted. `overlap` is how far behind the newest
    watermark rows are asked for again, in seconds or in numbers, since what was begun first may be committed last.
    """

    query: Annotated[str, AfterValidator(_reads)]
    watermark: Annotated[str, Field(min_length=1)]
    key: Annotated[str, Field(min_length=1)]
    overlap: Annotated[int, Field(ge=0)] = 600
    rows: Annotated[int, Field(ge=1, le=100_000)] = 5_000
    """Asked for at a time."""
    pause: Annotated[float, Field(ge=0, le=3_600)] = 0.0
    """Seconds of rest for the database between two such questions."""
    hours: tuple[Hours, ...] = ()
    """When it may be asked, by the clock of `zone`; without any, always."""

    def may_ask(self, now: datetime) -> bool:
        here = now.astimezone(zone_of(self.zone)).time()
        return not self.hours or any(hours.hold(here) for hours in self.hours)
