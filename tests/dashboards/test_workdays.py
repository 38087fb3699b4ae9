from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.workdays import after
from metrics.civil import CIVIL


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-20", 1, "2026-11-23"),  # Friday to Monday
        ("2026-11-23", 3, "2026-11-26"),
        ("2026-11-19", 3, "2026-11-24"),
        ("2026-11-21", 1, "2026-11-23"),  # Saturday
        ("2026-11-23", 7, "2026-12-02"),
        ("2026-11-23", 0, "2026-11-23"),
    ],
)
def test_weekends_are_skipped(start, days, end):
    at = datetime.fromisoformat(f"{start}T09:30:00").replace(tzinfo=CIVIL)
    assert after(at, days).isoformat() == f"{end}T09:30:00+07:00"


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)), st.integers(0, 30))  # noqa: DTZ001
def test_as_many_weekdays_lie_between_as_were_asked_for(start, days):
    end = after(start, days)
    passed = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(day.weekday() < 5 for day in passed) == days
