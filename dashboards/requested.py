"""What the portal was asked for in a period: read once for all that is shown of it."""

from dataclasses import dataclass, fields
from datetime import date

import polars as pl
from clickhouse_connect.driver.client import Client

from dashboards.question import ASKED_IN
from dashboards.recall import in_pieces
from dashboards.store import frame
from metrics.funnel import STEPS
from metrics.period import Period

PLACES = ("page", "procedure")
COUNTS = ("requests", "failed", "not_found", "robots", "served", "untold", "probes", "probes_answered")
"""Of a row of `request`; `untold` of the served came without a visitor's mark."""
SUMS = {**{name: name for name in COUNTS}, "untold": "if(empty(visitors), served, 0)"}
READ = {
    **dict.fromkeys(PLACES, pl.String()),
    **dict.fromkeys(COUNTS, pl.Int64()),
    "failed_at": pl.Datetime("us"),
    "buckets": pl.List(pl.UInt16()),
    "times": pl.List(pl.Int64()),
}


@dataclass(frozen=True, slots=True)
class Requested:
    """Of a piece of a period, or of several with their rows below each other: whoever wants a sum adds them up.

    `pages` and `services` have COUNTS by `key`, the last minute with a probe that failed, and by bucket
    (metrics/histogram.py) how often people waited so long. `steps` have the served requests of a submission's way.
    """

    pages: pl.DataFrame
    services: pl.DataFrame
    steps: pl.DataFrame


def requested(client: Client, period: Period) -> Requested:
    read = in_pieces(client, period, "requested", _read)
    return Requested(*(pl.concat([getattr(each, part.name) for each in read]) for part in fields(Requested)))


def waits(rows: pl.DataFrame) -> dict[str, dict[int, int]]:
    """How often people waited how long, by key and bucket."""
    found: dict[str, dict[int, int]] = {key: {} for key in rows["key"]}
    for key, bucket, times in _waited(rows).iter_rows():
        found[key][bucket] = times
    return found


def _waited(rows: pl.DataFrame) -> pl.DataFrame:
    each = rows.select("key", "buckets", "times").explode("buckets", "times").drop_nulls()
    return each.group_by("key", "buckets").agg(pl.col("times").sum())


def _read(client: Client, first: date, last: date) -> Requested:
    sums = ", ".join(f"sum({what}) AS {name}_" for name, what in SUMS.items())
    rows = (
        f"SELECT page, procedure, {sums}, maxOrNullIf(at, probes_answered < probes) AS failed_at, "
        "sumMap(request.buckets, request.times) AS waits "
        f"FROM request FINAL WHERE {ASKED_IN} GROUP BY page, procedure"
    )
    counts = ", ".join(f"{name}_ AS {name}" for name in COUNTS)
    question = f"SELECT page, procedure, {counts}, failed_at, waits.1 AS buckets, waits.2 AS times FROM ({rows})"
    found = frame(client, question, READ, first=first, last=last)
    return Requested(
        pages=_by(found, "page"),
        services=_by(found.filter((pl.col("procedure") != "") & (pl.col("requests") > 0)), "procedure"),
        steps=found.filter(pl.col("page").is_in(STEPS) & (pl.col("served") > 0)).select(*PLACES, "served"),
    )


def _by(found: pl.DataFrame, column: str) -> pl.DataFrame:
    rows = found.rename({column: "key"})
    counts = rows.group_by("key").agg(pl.col(COUNTS).sum(), pl.col("failed_at").max())
    histograms = _waited(rows).group_by("key").agg("buckets", "times")
    return counts.join(histograms, on="key", how="left").with_columns(pl.col("buckets", "times").fill_null([]))
