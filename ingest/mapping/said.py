"""What a mapping file may say, before it is known to be right."""

import datetime as dt
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from ingest.mapping.times import HOME, ISO
from ingest.national import FILE_KINDS

KIND = {kind.name: kind for kind in FILE_KINDS}


def _known(kind: str) -> str:
    if kind not in KIND:
        raise ValueError(f"must be one of {', '.join(KIND)}")
    return kind


class _Checked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DatedSaid(_Checked):
    """What a code means from one day to another, both included; without an edge it always did, or still does."""

    code: str
    since: Annotated[dt.date | None, Field(alias="from")] = None
    until: Annotated[dt.date | None, Field(alias="to")] = None


Codes = dict[str, str | tuple[DatedSaid, ...]]
"""Theirs → ours, for ever or by days."""


class ValueSaid(_Checked):
    """`[values]`: a column alone, or with what is made of it. `on`: the value whose day tells what a code means."""

    column: str
    empty: str | None = None
    match: str | None = None
    time: str | None = None
    at: dt.time | None = None
    formats: tuple[str, ...] = ()
    zone: str = ""
    codes: str | Codes | None = None
    on: str = ""
    other: str | None = None
    pad: Annotated[int, Field(ge=0, le=40)] = 0


class RecordSaid(_Checked):
    """`[[records]]`: one a row. Where the value `needs` is nothing, the row has no such record."""

    kind: Annotated[str, AfterValidator(_known)]
    needs: str = ""
    fields: dict[str, str]


def _as_table(said: Any) -> Any:
    return {"column": said} if isinstance(said, str) else said


class MappingSaid(_Checked):
    """What every mapping says, whatever its rows come from."""

    zone: str = HOME
    formats: tuple[str, ...] = (ISO,)
    codes: dict[str, Codes] = {}
    values: dict[str, Annotated[ValueSaid, BeforeValidator(_as_table)]]
    records: Annotated[tuple[RecordSaid, ...], Field(min_length=1)]
