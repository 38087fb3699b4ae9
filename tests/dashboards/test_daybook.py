"""What is added up from the daybook is what the store would say, whatever happens to cells and catalogue meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, cast

from clickhouse_connect.driver.client import Client
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboards.agencies import agencies
from dashboards.cache import Cache
from dashboards.daybook import LIVE, MOST, REST, WATCHED, Daybook
from dashboards.figures import Reading, Scope, kpi
from dashboards.kinds import FIRST_EVER
from dashboards.leaders import readings
from dashboards.moved import HELD, LOOKED_AT
from dashboards.recall import daybook, recalling
from dashboards.series import series
from dashboards.spans import history
from metrics.catalogue import HEADLINE
from metrics.period import parse

DAYS = [date(2022, 5, 31), *(date(2022, 6, day) for day in range(1, 6))]
A_SLIP = date(2062, 6, 1)
AGENCIES, SERVICES = ("H07", "H07.14", "H07.15", ""), ("1.1", "1.2", "")
PERIODS = ("2022-06-01", "2022-06-05", "2022-W22", "2022")


@dataclass
class Clock:
    now: datetime = field(default=datetime(2026, 1, 1, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Heard:
    """A client that remembers which days it was asked for by day and agency."""

    client: Client
    days: list[Any] = field(default_factory=list)

    def raw_query(self, question: str, *, parameters: Mapping[str, Any], **given: Any) -> Any:
        self.days.append(parameters.get("days", "live"))
        return self.client.raw_query(question, parameters=parameters, **given)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.client, name)


def cell(client: Client, day: date, agency: str, service: str, version: int) -> None:
    row = [f"nhip.{version % 2}", day, agency, service, version % 4, version % 3, version % 5, version]
    columns = ["stream", "day", "agency", "procedure", "received", "received_online", "resolved_with_due", "version"]
    client.insert("kpi_cell", [row], columns)


def entry(client: Client, service: str, begins: date, level: str, version: int) -> None:
    client.insert("service", [[service, begins, level, version]], ["procedure", "valid_from", "level", "version"])


cells = st.tuples(st.just(cell), st.sampled_from([*DAYS, A_SLIP]), st.sampled_from(AGENCIES), st.sampled_from(SERVICES))
entries = st.tuples(st.just(entry), st.sampled_from(SERVICES[:2]), st.sampled_from(DAYS), st.sampled_from(["2", "4"]))
merges = st.tuples(st.just(lambda client, _: client.command("OPTIMIZE TABLE kpi_cell FINAL")))
Change = tuple[Any, ...]


def said(client: Client) -> list[Reading]:
    """Figures of every kind that the daybook can answer."""
    found: list[Reading] = []
    for period in map(parse, PERIODS):
        for scope in (Scope(period), Scope(period, "H07.14"), Scope(period, by="agency")):
            found += kpi(client, scope)
        led = readings(client, HEADLINE, period, agencies(client, period.last), ["H07", "H07.14"])
        found += [led[each, code] for each in HEADLINE for code in ("H07", "H07.14")]
        found += [each for point in series(client, HEADLINE, history(period, 3), None) for each in point]
    return found


@settings(max_examples=8, deadline=None)
@example([[(cell, DAYS[1], "H07.14", "1.1"), (entry, "1.1", DAYS[0], "4")], [(entry, "1.1", DAYS[3], "2")]])
@given(st.lists(st.lists(st.one_of(cells, cells, cells, entries, merges), max_size=6), min_size=1, max_size=4))
def test_whatever_happens_sums_of_days_are_what_would_be_read(client: Client, story: list[list[Change]]) -> None:
    emptied(client)
    clock, versions = Clock(), count(1)
    recalled = recalling(client, Cache(clock, spawn=lambda work: work()))
    for chapter in story:
        for change, *where in chapter:
            change(client, *where, next(versions))
        clock.now += timedelta(seconds=LOOKED_AT)
        assert said(recalled) == said(client), chapter


def test_only_days_that_changed_are_read_again_and_the_newest_for_all_at_once(client: Client) -> None:
    emptied(client)
    for version, day in enumerate(DAYS, 1):
        cell(client, day, "H07.14", "1.1", version)
    clock, heard = Clock(), Heard(client)
    recalled = recalling(cast("Client", heard), Cache(clock, spawn=lambda _: None))

    def asked(*scopes: Scope, after: float = LOOKED_AT) -> list[Any]:
        clock.now += timedelta(seconds=after)
        heard.days.clear()
        for scope in scopes:
            kpi(recalled, scope)
        return [*heard.days]

    year = parse("2022")
    assert asked(Scope(year), Scope(year, "H07.14"), Scope(year, by="agency")) == [DAYS[:-1], "live"]
    assert asked(Scope(year)) == ["live"]
    assert asked(Scope(parse("2022-05"))) == []
    cell(client, DAYS[2], "H07.15", "1.2", 99)
    assert asked(Scope(year)) == [[DAYS[2]], "live"]
    entry(client, "1.1", DAYS[0], "4", 1)
    assert asked(Scope(parse("2022-05"))) == [[DAYS[0]]]
    assert asked(Scope(parse("2022-05")), after=HELD) == [[DAYS[0]]]


def test_who_asks_for_many_days_does_not_wait_for_the_daybook_and_finds_it_filled_later(client: Client) -> None:
    emptied(client)
    cell(client, FIRST_EVER, "", "", 1)
    days = [date(2022, 1, 1) + timedelta(days=n) for n in range(2 * MOST + 1)]
    for version, day in enumerate(days, 1):
        cell(client, day, "H07.14", "1.1", version)
    clock, heard, beside = Clock(), Heard(client), list[Callable[[], None]]()
    recalled = recalling(cast("Client", heard), Cache(clock, spawn=beside.append))
    told = [kpi(recalled, Scope(parse("2022")))]
    assert heard.days == []
    for _ in range(3):
        while beside:
            beside.pop()()
        clock.now += max(REST, timedelta(seconds=LIVE))
        told.append(kpi(recalled, Scope(parse("2022"))))
    assert heard.days[:2] == [days[-1 - MOST : -1], days[-1 - 2 * MOST : -1 - MOST]]
    assert heard.days[2:] == ["live"] * 3
    assert all(each == told[0] for each in told)


def emptied(client: Client) -> None:
    for table in ("kpi_cell", "service", "agency"):
        client.command(f"TRUNCATE TABLE {table}")
    rows = [["H07", date(1900, 1, 1), "", 1], ["H07.14", date(1900, 1, 1), "H07", 1], ["H07.15", DAYS[3], "H07.14", 1]]
    client.insert("agency", rows, ["agency", "valid_from", "parent", "version"])


def test_nobody_waits_for_the_newest_day_while_people_ask(client: Client) -> None:
    emptied(client)
    cell(client, DAYS[-1], "H07.14", "1.1", 1)
    clock, heard = Clock(), Heard(client)
    recalled = recalling(cast("Client", heard), Cache(clock, spawn=lambda work: work()))
    book, scope = cast("Daybook", daybook(recalled)), Scope(parse("2022"))
    kpi(recalled, scope)
    cell(client, DAYS[-1], "H07.14", "1.1", 2)
    for _ in range(9):
        clock.now += timedelta(seconds=LIVE * 0.9)
        heard.days.clear()
        book.keep_near()
        assert heard.days == (["live"] if clock.now - Clock().now < WATCHED else [])
    clock.now -= timedelta(seconds=LIVE * 0.9 * 4)
    heard.days.clear()
    assert kpi(recalled, scope) == kpi(client, scope)
    assert heard.days == []
