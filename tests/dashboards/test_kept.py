"""What requests of days that are over come to is read again when one of them has changed, and only then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count, pairwise
from typing import Any, cast

import pytest
from clickhouse_connect.driver.client import Client
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboards.cache import Cache
from dashboards.funnel import funnels
from dashboards.kept import NEAR, SETTLED, pieces
from dashboards.moved import HELD, LOOKED_AT, REQUESTS
from dashboards.outside import outside
from dashboards.portal import by_minute, portal, step_of
from dashboards.portal_ahead import read_months
from dashboards.recall import recalling
from dashboards.requested import requested
from dashboards.visits import came, visits
from metrics.period import Period, parse

TODAY = date(2022, 6, 20)
DAYS = [date(2021, 12, 31), date(2022, 1, 1), date(2022, 5, 31), *(TODAY - timedelta(days=n) for n in (4, 3, 1, 0, -1))]
PERIODS = [parse(name) for name in ("2021-12-31", "2022-05", "2022-06", "2022-W24", "2022-W25", "2022-06-20", "2022")]


@dataclass
class Heard:
    """A client that remembers which of its questions were about requests."""

    client: Client
    asked: list[str] = field(default_factory=list)

    def raw_query(self, question: str, **given: Any) -> Any:
        self.asked.append(question)
        return self.client.raw_query(question, **given)

    def query(self, question: str, parameters: Mapping[str, Any]) -> Any:
        if "FROM request" in question and question != REQUESTS:
            self.asked.append(question)
        return self.client.query(question, parameters=dict(parameters))


@dataclass
class Clock:
    """Noon, so that some seconds later it is the same day."""

    now: datetime = field(default=datetime(2022, 6, 20, 5, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now


COLUMNS = (
    "at",
    "page",
    "procedure",
    "requests",
    "failed",
    "served",
    "probes",
    "buckets",
    "times",
    "visitors",
    "version",
)


def write(client: Client, day: date, version: int) -> None:
    """A minute of one page of one service, or of a probe: other ones for each version."""
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=version % 600)  # from 7 in the morning
    page, procedure = (("submit", "1.000001"), ("home", ""), ("start", "1.000002"), ("probe:home", ""))[version % 4]
    asked, probes = (0, 2) if page == "probe:home" else (3 + version % 5, 0)
    marks = [number % 7 << 6 | 1 + number % 3 for number in (version, version + 3)]
    row = [at, page, procedure, asked, version % 2, asked, probes, [40 + version % 9, 300], [1, 2], marks, version]
    client.insert("request", [row], COLUMNS)


def said(client: Client, period: Period) -> list[Any]:
    asked, marks = requested(client, period), came(client, period)
    minutes = by_minute(client, period, step_of(period))
    return [portal(period, asked, {}, minutes), outside(asked), visits(marks, asked), funnels(client, period)]


changes = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(DAYS)),
    st.tuples(st.just("delete"), st.sampled_from(DAYS)),
    st.tuples(st.just("merge"), st.none()),
    st.tuples(st.just("empty"), st.none()),
    st.tuples(st.just("rest"), st.none()),
)


def change(client: Client, clock: Clock, what: str, day: date | None, version: int) -> None:
    match what:
        case "write" if day is not None:
            write(client, day, version)
        case "delete":
            client.command(f"ALTER TABLE request DELETE WHERE toDate(at) = '{day}' SETTINGS mutations_sync = 2")
        case "merge":
            client.command("OPTIMIZE TABLE request FINAL")
        case "rest":
            clock.now += timedelta(seconds=HELD)
        case _:
            client.command("TRUNCATE TABLE request")


WRITTEN = [("write", day) for day in (*DAYS, *DAYS)]


@settings(max_examples=10)
@example([WRITTEN, [("empty", None)]])
@example([WRITTEN, [("rest", None)], [("write", DAYS[0]), ("delete", DAYS[3])]])
@example([WRITTEN, [("merge", None), ("write", DAYS[2])], [("merge", None)]])
@given(st.lists(st.lists(changes, max_size=4), min_size=1, max_size=4))
def test_whatever_happens_to_requests_what_is_kept_is_what_would_be_read(
    client: Client, story: list[list[tuple[str, date | None]]]
) -> None:
    client.command("TRUNCATE TABLE request")
    clock, versions = Clock(), count(1)
    keeps = recalling(client, Cache(clock, spawn=lambda _: None))
    for chapter in story:
        for what, day in chapter:
            change(client, clock, what, day, next(versions))
        clock.now += timedelta(seconds=LOOKED_AT)
        for period in PERIODS:
            assert said(keeps, period) == said(client, period), (chapter, period.name)


def test_a_month_is_read_again_only_when_it_changed_and_today_always(client: Client) -> None:
    asked = asking(client, clock := Clock())
    write(client, DAYS[2], 1)
    write(client, TODAY, 2)
    assert [asked("2022-05"), asked("2022-05"), asked("2022-06-20"), asked("2022-06-20")] == [1, 0, 1, 1]
    write(client, DAYS[1], 3)
    assert [asked("2022-05"), asked("2022-01-01"), asked("2022-01-01")] == [0, 1, 0]
    write(client, DAYS[2], 4)
    assert [asked("2022-05"), asked("2022-05")] == [1, 0]
    clock.now += timedelta(seconds=HELD)  # one that lagged has caught up
    assert [asked("2022-05"), asked("2022-05")] == [1, 0]
    clock.now += timedelta(seconds=SETTLED / 2)
    assert asked("2022-05") == 0


def test_months_that_were_read_ahead_are_not_read_when_a_year_is_asked_for(client: Client) -> None:
    heard, clock = Heard(client), Clock()
    client.command("TRUNCATE TABLE request")
    for version, day in enumerate(DAYS):
        write(client, day, version)
    keeps = recalling(cast("Client", heard), Cache(clock, spawn=lambda _: None))
    read_months(keeps)
    heard.asked.clear()
    assert said(keeps, parse("2021")) == said(client, parse("2021"))
    assert heard.asked == []


def test_marks_of_many_days_are_read_some_days_at_a_time(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = Heard(client)
    client.command("TRUNCATE TABLE request")
    for version, day in enumerate((*DAYS, *DAYS, *DAYS)):
        write(client, day, version)
    year = parse("2022")
    at_once = funnels(client, year), visits(came(client, year), requested(client, year))
    monkeypatch.setattr("dashboards.visits.MOST_MARKS", 13)  # a day has six
    marks = came(cast("Client", heard), year)
    assert (funnels(client, year), visits(marks, requested(client, year))) == at_once
    assert len(heard.asked) == 1 + 4  # which days have how many, and seven days by twos


def asking(client: Client, clock: Clock) -> Callable[[str], int]:
    heard = Heard(client)
    client.command("TRUNCATE TABLE request")
    keeps = recalling(cast("Client", heard), Cache(clock, spawn=lambda _: None))

    def asked(name: str) -> int:
        clock.now += timedelta(seconds=LOOKED_AT)
        before = len(heard.asked)
        requested(keeps, parse(name))
        return len(heard.asked) - before

    return asked


days = st.dates(date(2019, 1, 1), date(2025, 12, 31))


@given(days, st.integers(0, 800), days)
def test_pieces_are_all_days_once_and_none_holds_days_of_two_months_or_of_what_is_over_and_not(
    first: date, more: int, today: date
) -> None:
    last = first + timedelta(days=more)
    found = list(pieces(first, last, today))
    assert (found[0][0], found[-1][1]) == (first, last)
    assert all(begins == end + timedelta(days=1) for (_, end), (begins, _) in pairwise(found))
    near = {today - timedelta(days=days) for days in range(NEAR + 1)}
    for begins, ends in found:
        assert begins <= ends
        assert (begins.year, begins.month) == (ends.year, ends.month)
        assert begins == ends or not near & {begins, ends}
        assert not begins < today <= ends
