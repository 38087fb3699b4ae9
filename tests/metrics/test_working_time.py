"""Working time in Python, Polars and SQL on the real engine, against an oracle that looks at every minute."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from clickhouse_connect.driver.client import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards.calendar import stored
from deploy.migrate import connect, migrate
from metrics.calendar import Calendar, Hours, Kind, works
from metrics.civil import CIVIL
from metrics.errors import Misconfigured
from metrics.readings import working_rows
from metrics.readings.working_sql import elapsed_sql, working_seconds_sql
from metrics.working_time import after, before, elapsed, latest, workday_after, working_seconds
from tests.oracle_calendar import OFFICE, Naive
from tests.support.store import store

BEGIN, END = datetime(2026, 1, 24), datetime(2026, 2, 14)  # noqa: DTZ001
some = settings(max_examples=40, deadline=None)
on_the_engine = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

days = st.dates(BEGIN.date(), END.date())
clocks = st.lists(st.integers(0, 1440), min_size=4, max_size=4, unique=True).map(
    lambda found: tuple(map(clock, sorted(found)))
)
edges = st.sampled_from([0, 7 * 3600, 11 * 3600 + 1800, 12 * 3600, 13 * 3600 + 1800, 17 * 3600, 86399])
moments = st.one_of(
    st.datetimes(BEGIN, END).map(lambda at: at.replace(microsecond=0)),
    st.builds(
        lambda day, second, nudge: datetime(day.year, day.month, day.day) + timedelta(seconds=second + nudge),  # noqa: DTZ001
        days,
        edges,
        st.integers(-1, 1),
    ),
)
calendars = st.builds(
    lambda kinds, hours: Naive(kinds, {date(2000, 1, 1): OFFICE} | hours),
    st.dictionaries(days, st.sampled_from([kind.value for kind in Kind]), max_size=12),
    st.dictionaries(days, clocks, max_size=2),
)


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def seconds(text: str) -> int:
    return int(text[:2]) * 3600 + int(text[3:]) * 60


def product(naive: Naive) -> Calendar:
    return Calendar(
        {day: Kind(kind) for day, kind in naive.kinds.items()},
        {day: Hours(*map(seconds, four)) for day, four in naive.hours.items()},
    )


def civil(at: datetime) -> datetime:
    return at.replace(tzinfo=CIVIL)


@some
@given(calendars, moments, moments)
def test_working_seconds_between_two_moments(naive, start, end):
    assert working_seconds(product(naive), civil(start), civil(end)) == naive.seconds(start, end)


@some
@given(calendars, moments, st.integers(1, 5 * 28_800))
def test_the_moment_after_and_before_working_time(naive, at, wanted):
    calendar = product(naive)
    assert after(calendar, civil(at), seconds=wanted) == civil(naive.after(at, wanted))
    assert latest(calendar, civil(at), seconds=wanted) == civil(naive.latest(at, wanted))
    assert before(calendar, civil(at), seconds=wanted) == civil(naive.before(at, wanted))
    assert after(calendar, civil(at), seconds=-wanted) == before(calendar, civil(at), seconds=wanted)
    assert after(calendar, civil(at)) == before(calendar, civil(at)) == civil(at)


@some
@given(calendars, st.lists(st.tuples(moments | st.none(), moments | st.none(), st.integers(0, 5 * 28_800)), min_size=1))
def test_polars_reads_the_same(naive, given_rows):
    calendar = product(naive)
    utc = [(a and civil(a).astimezone(UTC), b and civil(b).astimezone(UTC), n) for a, b, n in given_rows]
    kind = pl.Datetime("ms", "UTC")
    frame = pl.DataFrame(utc, schema={"a": kind, "b": kind, "n": pl.Int64}, orient="row")
    a, b, n = pl.col("a"), pl.col("b"), pl.col("n")
    found = frame.select(
        between=working_rows.working_seconds(calendar, a, b),
        after=working_rows.after(calendar, a, n),
        latest=working_rows.latest(calendar, a, n),
    )
    for (start, end, wanted), row in zip(utc, found.iter_rows(named=True), strict=True):
        assert row["between"] == (working_seconds(calendar, start, end) if start and end else None)
        assert row["after"] == (after(calendar, start, seconds=wanted) if start and wanted else None)
        assert row["latest"] == (latest(calendar, start, seconds=wanted) if start else None)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with store(tmp_path_factory.mktemp("calendar")) as running:
        migrate(running.url)
        yield running


@pytest.fixture(scope="module")
def client(running):
    return connect(running.url)


def keep(client: Client, naive: Naive) -> None:
    """Older versions stand below, as changes leave them."""
    for table in ("calendar_day", "calendar_hours"):
        client.command(f"TRUNCATE TABLE {table}")
    for version, kind in ((1, "half-morning"), (2, None)):
        rows = [(day, kind or said, version) for day, said in naive.kinds.items()]
        if rows:
            client.insert("calendar_day", rows, column_names=["day", "kind", "version"])
    bounds = ["morning_from", "morning_to", "afternoon_from", "afternoon_to"]
    rows = [(day, *map(seconds, four), 1) for day, four in naive.hours.items()]
    client.insert("calendar_hours", rows, column_names=["valid_from", *bounds, "version"])


@on_the_engine
@given(calendars, st.lists(st.tuples(moments | st.none(), moments | st.none()), min_size=1, max_size=30))
def test_the_store_reads_the_same(client, naive, pairs):
    keep(client, naive)
    calendar = product(naive)
    assert client.query("SELECT begun FROM calendar_clock").first_row[0] == list(calendar.begun)
    found = stored(client)
    assert (found.begun, found.open) == (calendar.begun, calendar.open)
    utc = [(place, *(at and civil(at).astimezone(UTC) for at in pair)) for place, pair in enumerate(pairs)]
    kind = "Nullable(DateTime64(0, ''UTC''))"
    client.command(f"CREATE OR REPLACE TABLE pairs (n UInt32, a {kind}, b {kind}) ENGINE = Memory".replace("''", "'"))
    client.insert("pairs", utc, column_names=["n", "a", "b"])
    rows = client.query(f"SELECT {working_seconds_sql('a', 'b')} FROM pairs ORDER BY n").result_rows
    assert [row[0] for row in rows] == [a and b and naive.seconds(a, b) for a, b in pairs]


@pytest.mark.parametrize(
    "at",
    [
        "1900-01-01T00:00:00",
        "1969-12-31T23:59:59",
        "1999-12-31T17:00:00",
        "2000-01-03T00:00:01",
        "2026-11-23T16:59:59",
        "2038-01-19T03:14:08",
        "2099-12-31T09:59:59",
        "2099-12-31T17:00:00",
        "2106-02-07T06:28:16",
        "2299-12-31T23:59:59",
    ],
)
def test_at_the_edges_of_every_calendar_all_readings_agree(client, at):
    keep(client, Naive())
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    expected = elapsed(Calendar(), moment)
    frame = pl.DataFrame({"a": [moment]}).select(working_rows.elapsed(Calendar(), pl.col("a")))
    text = f"toDateTime64('{at.replace('T', ' ')}', 0, 'UTC')"
    assert (frame.item(), client.query(f"SELECT {elapsed_sql(text)}").first_row[0]) == (expected, expected)


def test_who_may_only_read_asks_with_a_plain_datetime_and_a_parameter(running, client):
    keep(client, Naive())
    reader = connect(running.reader_url)
    question = working_seconds_sql("toDateTime('2026-11-23 00:00:00', 'UTC')", "{b:DateTime64(0, 'UTC')}")
    at = datetime(2026, 11, 23, 3, tzinfo=UTC)
    assert reader.query(f"SELECT {question}", parameters={"b": at}).first_row == (3 * 3600,)


@pytest.mark.parametrize(
    ("start", "days", "first", "last"),
    [
        ("2026-11-18T08:00", 5, "2026-11-25T08:00", "2026-11-25T08:00"),  # Wednesday to Wednesday: the hour is kept
        ("2026-11-18T07:00", 5, "2026-11-24T17:00", "2026-11-25T07:00"),  # a fifth day done is a sixth day's beginning
        ("2026-11-20T18:00", 1, "2026-11-23T17:00", "2026-11-24T07:00"),  # filed after hours: from Monday
        ("2026-11-20T12:00", 1, "2026-11-23T11:30", "2026-11-23T13:30"),  # in the break: as if when it ends
    ],
)
def test_days_are_eight_hours(start, days, first, last):
    at, calendar = civil(datetime.fromisoformat(start)), Calendar()
    assert after(calendar, at, days=days) == civil(datetime.fromisoformat(first))
    assert latest(calendar, at, days=days) == civil(datetime.fromisoformat(last))


def test_days_of_the_civil_code_are_counted_whole():
    calendar = Calendar({date(2026, 11, 24): Kind.OFF, date(2026, 11, 25): Kind.HALF_MORNING})
    assert workday_after(calendar, date(2026, 11, 20), 3) == date(2026, 11, 26)
    assert workday_after(calendar, date(2026, 11, 26), -3) == date(2026, 11, 20)
    assert workday_after(calendar, date(2026, 11, 21), 0) == date(2026, 11, 21)
    assert not works(calendar, date(2026, 11, 24))


@pytest.mark.parametrize(
    "beyond",
    [
        lambda calendar, at: after(calendar, at, days=30_000),
        lambda calendar, at: latest(calendar, at, days=30_000),
        lambda calendar, at: before(calendar, at, days=30_000),
        lambda calendar, at: workday_after(calendar, at.date(), 30_000),
    ],
)
def test_what_leads_beyond_the_calendar_is_said(beyond):
    with pytest.raises(Misconfigured, match="2099"):
        beyond(Calendar(), civil(BEGIN))
