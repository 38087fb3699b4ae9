"""Working time as Polars expressions over columns of moments; null where a moment is."""

from collections.abc import Callable
from datetime import UTC

import polars as pl

from metrics.calendar import BEGINNING, BOUNDS, DAYS, MIDNIGHT, Calendar

BEGUN = int(BEGINNING.timestamp())


def working_seconds(calendar: Calendar, start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """From start to end; negative where the end comes first."""
    return elapsed(calendar, end) - elapsed(calendar, start)


def elapsed(calendar: Calendar, moment: pl.Expr) -> pl.Expr:
    """Working seconds from the calendar's beginning to the moment, in UTC."""
    unix = moment.dt.timestamp("ms").floordiv(1000)
    passed = (unix - BEGUN).clip(0, DAYS * MIDNIGHT)
    day, second = passed // MIDNIGHT, passed % MIDNIGHT
    hours = {name: _of(day, [getattr(each, name) for each in calendar.open]) for name in BOUNDS}
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
    day = _begun(calendar).search_sorted(target, "left").cast(pl.Int64) - 1
    return pl.when(seconds > 0).then(_at(calendar, day, target, lambda worked, morning: worked <= morning))


def latest(calendar: Calendar, moment: pl.Expr, seconds: pl.Expr) -> pl.Expr:
    """The last moment until which no more working seconds have passed; null beyond the calendar. UTC."""
    target = elapsed(calendar, moment) + seconds
    day = _begun(calendar).search_sorted(target, "right").cast(pl.Int64) - 1
    return _at(calendar, day, target, lambda worked, morning: worked < morning)


def _at(
    calendar: Calendar, day: pl.Expr, target: pl.Expr, in_morning: Callable[[pl.Expr, pl.Expr], pl.Expr]
) -> pl.Expr:
    inside = day.clip(0, DAYS)
    worked = target - _of(inside, calendar.begun)
    morning, begins, goes_on = (
        _of(inside, [getattr(each, name) for each in calendar.open])
        for name in ("morning", "morning_from", "afternoon_from")
    )
    second = pl.when(in_morning(worked, morning)).then(begins + worked).otherwise(goes_on + worked - morning)
    unix = BEGUN + inside * MIDNIGHT + second
    found = pl.from_epoch(unix, "s").dt.replace_time_zone(str(UTC)).dt.cast_time_unit("ms")
    return pl.when(target.is_not_null(), day >= 0, day < DAYS).then(found)


def _begun(calendar: Calendar) -> pl.Expr:
    return pl.lit(pl.Series(calendar.begun, dtype=pl.Int64))


def _of(day: pl.Expr, values: list[int] | tuple[int, ...]) -> pl.Expr:
    return pl.lit(pl.Series(values, dtype=pl.Int64)).gather(day)
