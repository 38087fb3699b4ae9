"""Monday at seven, and what is no time at all."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.civil import civil
from metrics.errors import Misconfigured
from metrics.schedule import turn

TEXTS = {"week": "mon 07:00", "month": "2 07:30", "quarter": "28 00:00"}
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS, st.sampled_from(sorted(TEXTS)))
def test_the_last_turn_is_found_by_walking_back_minute_by_minute_too(now, kind):
    found = civil(turn(kind, TEXTS[kind]).last(now))
    assert found <= now
    walked = civil(now).replace(second=0, microsecond=0)
    while not _is(kind, walked):
        walked -= timedelta(days=1) if _time(walked) == TEXTS[kind][-5:] else timedelta(minutes=1)
    assert found == walked


def _time(moment: datetime) -> str:
    return f"{moment:%H:%M}"


def _is(kind: str, moment: datetime) -> bool:
    if _time(moment) != TEXTS[kind][-5:]:
        return False
    match kind:
        case "week":
            return moment.weekday() == 0
        case "month":
            return moment.day == 2
        case _:
            return moment.day == 28 and moment.month in {1, 4, 7, 10}


def test_monday_at_seven_in_vietnam():
    assert turn("week", "Mon 07:00").last(datetime(2026, 11, 16, 0, 0, tzinfo=UTC)) == datetime(
        2026, 11, 16, tzinfo=UTC
    )
    assert turn("week", "mon 07:00").last(datetime(2026, 11, 15, 23, 59, tzinfo=UTC)) == datetime(
        2026, 11, 9, tzinfo=UTC
    )


@pytest.mark.parametrize("text", ["", "off", " OFF "])
def test_nothing_is_never(text):
    assert turn("week", text) is None


@pytest.mark.parametrize(
    ("kind", "text"),
    [("week", "monday"), ("week", "mon 25:00"), ("week", "2 07:00"), ("month", "0 07:00"), ("month", "29 07:00"),
     ("quarter", "mon 07:00"), ("month", "07:00")],
)  # fmt: skip
def test_what_is_no_time_is_told(kind, text):
    with pytest.raises(Misconfigured, match=kind):
        turn(kind, text)
