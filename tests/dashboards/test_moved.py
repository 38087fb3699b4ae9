"""Figures of days that are over are read again when one of their cells has changed, and only then."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, cast

from clickhouse_connect.driver.client import Client
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboards.cache import Cache
from dashboards.figures import Scope, kpi
from dashboards.moved import CELLS, LOOKED_AT, Moved, look
from dashboards.recall import recalling
from metrics.period import parse

DAYS = [date(2022, 6, day) for day in range(1, 7)]
PERIODS = [parse(name) for name in ("2022-06-01", "2022-06-03", "2022-06", "2022-W22", "2022")]


@dataclass
class Heard:
    """A client that remembers which of its questions were about the figures of days."""

    client: Client
    figures: int = 0

    def raw_query(self, question: str, **given: Any) -> Any:
        self.figures += 1
        return self.client.raw_query(question, **given)

    def query(self, question: str, parameters: Mapping[str, Any]) -> Any:
        self.figures += "kpi_cell" in question and question != CELLS
        return self.client.query(question, parameters=dict(parameters))


@dataclass
class Clock:
    now: datetime = field(default=datetime(2026, 1, 1, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now


def write(client: Client, day: date, version: int) -> None:
    row = ["nhip.payments", day, "H07.14", 1 + version % 5, version]
    client.insert("kpi_cell", [row], ["stream", "day", "agency", "paid", "version"])


changes = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(DAYS)),
    st.tuples(st.just("delete"), st.sampled_from(DAYS)),
    st.tuples(st.just("merge"), st.none()),
    st.tuples(st.just("empty"), st.none()),
)


def change(client: Client, what: str, day: date | None, version: int) -> None:
    match what:
        case "write" if day is not None:
            write(client, day, version)
        case "delete":
            client.command(f"ALTER TABLE kpi_cell DELETE WHERE day = '{day}' SETTINGS mutations_sync = 2")
        case "merge":
            client.command("OPTIMIZE TABLE kpi_cell FINAL")
        case _:
            client.command("TRUNCATE TABLE kpi_cell")


WRITTEN = [("write", DAYS[0]), ("write", DAYS[5])]


@settings(max_examples=12)
@example([WRITTEN, [("empty", None)]])
@example([WRITTEN, [("delete", DAYS[0])]])
@example([WRITTEN, [("merge", None), ("write", DAYS[0])], [("merge", None)]])
@given(st.lists(st.lists(changes, max_size=3), min_size=1, max_size=5))
def test_whatever_happens_to_the_cells_what_is_recalled_is_what_would_be_read(
    client: Client, story: list[list[tuple[str, date | None]]]
) -> None:
    client.command("TRUNCATE TABLE kpi_cell")
    clock, versions = Clock(), count(1)
    recalled = recalling(client, Cache(clock, spawn=lambda _: None))
    for chapter in story:
        for what, day in chapter:
            change(client, what, day, next(versions))
        clock.now += timedelta(seconds=LOOKED_AT)
        for period in PERIODS:
            told, read = (
                [(one.numerator, one.denominator) for one in kpi(each, Scope(period))] for each in (recalled, client)
            )
            assert told == read, (chapter, period.name)


def test_a_day_is_read_again_only_when_it_changed_and_the_newest_one_always(client: Client) -> None:
    client.command("TRUNCATE TABLE kpi_cell")
    for version, day in enumerate(DAYS, 1):
        write(client, day, version)
    clock, heard = Clock(), Heard(client)
    recalled = recalling(cast("Client", heard), Cache(clock, spawn=lambda _: None))

    def asked(name: str) -> int:
        clock.now += timedelta(seconds=LOOKED_AT)
        before = heard.figures
        kpi(recalled, Scope(parse(name)))
        return heard.figures - before

    assert [asked(name) for name in ("2022-06-01", "2022-06-01", "2022-06-06", "2022-06-06")] == [1, 0, 1, 1]
    write(client, DAYS[1], 99)
    assert [asked(name) for name in ("2022-06-01", "2022-06-02", "2022-06-02", "2022-W22")] == [0, 1, 0, 1]
    client.command("OPTIMIZE TABLE kpi_cell FINAL")
    assert [asked(name) for name in ("2022-06-01", "2022-06-01")] == [1, 0]


def test_a_look_reads_nothing_of_what_is_known(client: Client) -> None:
    client.command("TRUNCATE TABLE kpi_cell")
    write(client, DAYS[0], 1)
    first = look(client, CELLS, Moved())
    write(client, DAYS[2], 2)
    second = look(client, CELLS, first)
    assert dict(first.days) == {DAYS[0]: 1}
    assert dict(second.days) == {DAYS[0]: 1, DAYS[2]: 2}
    assert set(first.parts) < set(second.parts)
    assert dict(look(client, CELLS, second).days) == dict(second.days)


def test_a_look_reads_one_stretch_of_a_known_part_however_long_it_is(client: Client) -> None:
    client.command("TRUNCATE TABLE kpi_cell")
    rows = "SELECT 'nhip.payments', toDate32('2022-06-01'), toString(number), 1, 1 FROM numbers(5000)"
    client.command(f"INSERT INTO kpi_cell (stream, day, agency, paid, version) {rows}")
    client.command("OPTIMIZE TABLE kpi_cell FINAL")
    known = list(look(client, CELLS, Moved()).parts)
    *_, marks = client.query(f"EXPLAIN ESTIMATE {CELLS}", parameters={"known": known}).result_rows[0]
    assert (len(known), marks) == (1, 1)


def test_a_table_in_the_place_of_another_is_read_again_though_its_parts_have_the_same_names(client: Client) -> None:
    client.command("TRUNCATE TABLE kpi_cell")
    client.command("CREATE OR REPLACE TABLE kpi_cell_other AS kpi_cell")
    client.command("EXCHANGE TABLES kpi_cell AND kpi_cell_other")
    write(client, DAYS[0], 1)
    write(client, DAYS[5], 2)
    clock = Clock()
    recalled = recalling(client, Cache(clock, spawn=lambda _: None))
    assert paid(recalled) == 2
    client.command("CREATE OR REPLACE TABLE kpi_cell_other AS kpi_cell")
    client.command("EXCHANGE TABLES kpi_cell AND kpi_cell_other")
    write(client, DAYS[0], 3)
    write(client, DAYS[5], 4)
    clock.now += timedelta(seconds=LOOKED_AT)
    assert paid(recalled) == 4
    client.command("DROP TABLE kpi_cell_other")


def paid(client: Client) -> int:
    found = kpi(client, Scope(PERIODS[0]))
    return next(int(one.numerator or 0) for one in found if one.kpi.id == "payment_transactions")
