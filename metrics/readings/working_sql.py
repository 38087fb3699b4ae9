"""Working time as ClickHouse SQL, by the calendar as it is stored: the view `calendar_clock`.

No join: the view's arrays are read once a question and looked up by day. Each place that names one has a copy of it in
the store's memory, so each names the one it needs and not all of them. A question such as "later than 8 working
hours" or "due 5 working days after" is one about a difference: `working_seconds(a, b) > 8 * 3600`.
"""

from metrics.calendar import BEGINNING, BOUNDS, DAYS, MIDNIGHT

COLUMNS = ("begun", *BOUNDS)
CLOCK = "calendar_clock"


def working_seconds_sql(start: str, end: str) -> str:
    """An Int64, NULL where one of the two expressions is; negative where the end comes first."""
    return f"({elapsed_sql(end)} - {elapsed_sql(start)})"


def elapsed_sql(moment: str) -> str:
    """Working seconds from the calendar's beginning to a moment (DateTime or DateTime64, in whole seconds)."""
    passed = f"least(greatest(ifNull(toInt64({moment}), 0) - {int(BEGINNING.timestamp())}, 0), {DAYS * MIDNIGHT})"
    second = f"({passed} % {MIDNIGHT})"
    begun, *hours = (f"(SELECT {name} FROM {CLOCK})[intDiv({passed}, {MIDNIGHT}) + 1]" for name in COLUMNS)
    morning_from, morning_to, afternoon_from, afternoon_to = hours
    worked = (
        f"toInt64({begun}) + least(greatest({second}, {morning_from}), {morning_to}) - {morning_from}"
        f" + least(greatest({second}, {afternoon_from}), {afternoon_to}) - {afternoon_from}"
    )
    return f"if({moment} IS NULL, NULL, {worked})"
