"""Working time as Polars expressions over columns of moments; null where a moment is."""

from datetime import UTC

import polars as pl

from metrics.calendar import BEGINNING, DAYS, MIDNIGHT, Calendar

BEGUN = int(BEGINNING.timestamp())


def working_seconds(calendar: Calendar, start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """From start to end; negative where the end comes first."""
    return elapsed(calendar, end) - elapsed(calendar, start)


def elapsed(calendar: Calendar, moment: pl.Expr) -> pl.Expr:
    """Working seconds from the calendar's beginning to the moment, which has a zone."""
    unix = moment.dt.timestamp("ms").floordiv(1000)
    passed = (unix - BEGUN).clip(0, DAYS * MIDNIGHT)
    day, second = passed // MIDNIGHT, passed % MIDNIGHT
    hours = {name: _of(day, [getattr(each, name) for each in calendar.open]) for name in calendar.open[0].__slots__}
    return (
        _of(day, calendar.begun)
        + second.clip(hours["morning_from"], hours["morning_to"])
        - hours["morning_from"]
        + second.clip(hours["afternoon_from"], hours["afternoon_to"])
        - hours["afternoon_from"]
    )


def after(calendar: Calendar, moment: pl.Expr, seconds: pl.Expr) -> pl.Expr:
    """The first moment by which so many working seconds, more than none, have passed; null beyond the calendar. UTC."""
    target = elapsed(calendar, moment) + seconds
    day = pl.lit(pl.Series(calendar.begun, dtype=pl.Int64)).search_sorted(target, "left").cast(pl.Int64) - 1
    inside = day.clip(0, DAYS)
    worked = target - _of(inside, calendar.begun)
    morning = _of(inside, [each.morning for each in calendar.open])
    second = (
        pl.when(worked <= morning)
        .then(_of(inside, [each.morning_from for each in calendar.open]) + worked)
        .otherwise(_of(inside, [each.afternoon_from for each in calendar.open]) + worked - morning)
    )
    unix = BEGUN + inside * MIDNIGHT + second
    found = pl.from_epoch(unix, "s").dt.replace_time_zone(str(UTC)).dt.cast_time_unit("ms")
    return pl.when(target.is_not_null(), day < DAYS, seconds > 0).then(found)


def _of(day: pl.Expr, values: list[int] | tuple[int, ...]) -> pl.Expr:
    return pl.lit(pl.Series(values, dtype=pl.Int64)).gather(day)
