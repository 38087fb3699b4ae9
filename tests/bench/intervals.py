"""Working time between two moments, for as many pairs as a province has dossiers in years, by Polars and by SQL."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import polars as pl

from dashboards.calendar import stored
from deploy.migrate import connect, migrate
from metrics.calendar import WORKING_DAY
from metrics.readings.working_rows import latest, working_seconds
from metrics.readings.working_sql import working_seconds_sql
from tests.bench.result import Result, Wrong
from tests.bench.usage import Usage, spent, usages
from tests.support.store import store

T = TypeVar("T")
START, END = pl.col("start"), pl.col("end")
TWO_YEARS, TWO_MONTHS = 63_072_000, 5_184_000
PRIMES = 7_919, 104_729
LIMIT = 5 * WORKING_DAY


def intervals(folder: Path, count: int) -> Iterator[Result]:
    """Both sum to the same, or it raises Wrong."""
    moments = _moments(count)
    with store(folder) as running:
        migrate(running.url)
        client = connect(running.url)
        calendar = stored(client)
        columns = "start DateTime64(0, 'UTC'), end DateTime64(0, 'UTC')"
        client.command(f"CREATE TABLE interval ({columns}) ENGINE = MergeTree ORDER BY tuple()")
        client.insert_arrow("interval", moments.to_arrow())
        question = f"SELECT sum({working_seconds_sql('start', 'end')}) FROM interval"
        pids = {"Python": os.getpid(), "store": running.process.pid}
        in_polars, rows = _timed(pids, lambda: moments.select(working_seconds(calendar, START, END).sum()).item())
        in_store, sql = _timed(pids, lambda: client.query(question).first_row[0])
        due, _ = _timed(pids, lambda: moments.select(latest(calendar, START, pl.lit(LIMIT)).max()).item())
    if rows != sql:
        raise Wrong(f"working time: Polars sums to {rows}, the store to {sql}")
    yield Result("working time, Polars", "columns in memory", count, *in_polars)
    yield Result("working time, SQL", "a table of the store", count, *in_store)
    yield Result("due in 5 working days, Polars", "columns in memory", count, *due)


def _moments(count: int) -> pl.DataFrame:
    begin = int(datetime(2025, 1, 1, tzinfo=UTC).timestamp())
    number = pl.int_range(count, dtype=pl.Int64)
    start = begin + number * PRIMES[0] % TWO_YEARS
    kind = pl.Datetime("ms", "UTC")
    both = {"start": start, "end": start + number * PRIMES[1] % TWO_MONTHS}
    return pl.select(**{name: (unix * 1000).cast(kind) for name, unix in both.items()})


def _timed(pids: Mapping[str, int], work: Callable[[], T]) -> tuple[tuple[float, dict[str, Usage]], T]:
    before, began = usages(pids), time.perf_counter()
    found = work()
    return (time.perf_counter() - began, spent(before, pids)), found
