"""Maintenance windows: when they hold, and how they are written."""

from datetime import datetime

import pytest

from metrics.alerting.windows import parse
from metrics.civil import CIVIL
from metrics.errors import Misconfigured


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CIVIL)


def test_a_window_holds_from_its_beginning_to_before_its_end():
    once, weekly = parse("2026-11-22 20:00/2026-11-22 23:00, sun 02:00-04:00")
    assert [once.holds(at(f"2026-11-22 {time}")) for time in ("19:59", "20:00", "22:59", "23:00")] == [
        False, True, True, False,
    ]  # fmt: skip
    assert [weekly.holds(at(f"2026-11-{day} 02:30")) for day in (21, 22, 23)] == [False, True, False]
    assert parse("") == ()


@pytest.mark.parametrize(
    "text", ["tomorrow", "sun 04:00-02:00", "2026-11-22 23:00/2026-11-22 20:00", "sun 25:00-26:00"]
)
def test_what_is_no_window_is_told(text):
    with pytest.raises(Misconfigured):
        parse(text)
