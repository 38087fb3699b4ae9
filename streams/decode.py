"""Kafka records to columns: JSON Lines batches become one frame of events, each with its place in the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl

from metrics.civil import FIRST_YEAR, LAST_YEAR
from metrics.entity import Type, type_of
from metrics.events import KINDS, Topic

UTC_MOMENT = pl.Datetime("ms", "UTC")
_EARLIEST, _LATEST = datetime(FIRST_YEAR, 1, 2), datetime(LAST_YEAR, 12, 30)  # noqa: DTZ001 - civil
_OFFSET = timedelta(hours=7)

_DTYPES: Mapping[Type, pl.DataType] = {
    Type.MOMENT: UTC_MOMENT,
    Type.DATE: pl.Date(),
    Type.NUMBERS: pl.List(pl.UInt64),
    Type.TEXT: pl.String(),
}

LOG_PLACE = pl.Schema({"partition": pl.UInt16, "offset": pl.UInt64})


@dataclass(frozen=True, slots=True)
class Record:
    """One Kafka record as it was read."""

    partition: int
    offset: int
    value: bytes


def fields_of(topic: Topic) -> tuple[str, ...]:
    """Every field that any kind of event of this topic has, once."""
    names = dict.fromkeys(name for kind in KINDS.values() if kind.topic is topic for name in kind.fields)
    return ("kind", *names)


def decode(topic: Topic, records: Sequence[Record]) -> pl.DataFrame:
    """All events in log order, text only. Raises ValueError when a record is not whole JSON Lines."""
    lines = [record.value.strip() for record in records]
    counts = [line.count(b"\n") + 1 for line in lines]
    schema = dict.fromkeys(fields_of(topic), pl.String)
    try:
        events = pl.read_ndjson(b"\n".join(lines), schema=schema)
    except pl.exceptions.PolarsError as error:
        raise ValueError(str(error)) from None
    if events.height != sum(counts):
        msg = f"{events.height} events in {sum(counts)} lines"
        raise ValueError(msg)
    return events.hstack(_places(records, counts))


def readable(topic: Topic, records: Sequence[Record]) -> tuple[list[Record], list[Record]]:
    """Which records decode, and which do not: somebody else's, since ingest writes none of those."""
    good: list[Record] = []
    bad: list[Record] = []
    for record in records:
        try:
            decode(topic, [record])
        except ValueError:
            bad.append(record)
        else:
            good.append(record)
    return good, bad


def _places(records: Sequence[Record], counts: Sequence[int]) -> pl.DataFrame:
    """Partition and offset of each event."""
    places = pl.DataFrame([(r.partition, r.offset) for r in records], schema=LOG_PLACE, orient="row")
    return places.select(pl.all().repeat_by(pl.Series(counts, dtype=pl.UInt32)).explode(empty_as_null=False))


def typed(name: str) -> pl.Expr:
    """The text of a field as the value it is stored as; a text that is none becomes null."""
    column = pl.col(name)
    match type_of(name):
        case Type.MOMENT:
            civil = column.str.to_datetime("%Y%m%d%H%M%S", time_unit="ms", strict=False)
            return (civil.clip(_EARLIEST, _LATEST) - _OFFSET).dt.replace_time_zone("UTC").alias(name)
        case Type.DATE:
            day = column.str.to_date("%Y%m%d", strict=False)
            return day.clip(_EARLIEST.date(), _LATEST.date()).alias(name)
        case Type.NUMBERS:
            return column.str.split(" ").cast(pl.List(pl.UInt64), strict=False).list.drop_nulls()
        case Type.TEXT:
            return column


def civil_day(moment: pl.Expr) -> pl.Expr:
    """The day an official would write on the receipt."""
    return (moment.dt.replace_time_zone(None) + _OFFSET).dt.date()


def dtype(name: str) -> pl.DataType:
    """The column type of a field in a frame of facts."""
    return _DTYPES[type_of(name)]
