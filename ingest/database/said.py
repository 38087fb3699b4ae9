"""What the mapping of a database says beside its values and records."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from ingest.mapping.said import MappingSaid

_READS = re.compile(r"\s*(select|with)\b", re.IGNORECASE)


def _reads(query: str) -> str:
    if not _READS.match(query) or ";" in query:
        raise ValueError("must be one SELECT, without a semicolon: nhip only reads")
    return query


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
