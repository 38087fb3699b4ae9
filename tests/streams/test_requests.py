"""Requests to the portal through ingest, the fold and a real store: counted once, whoever writes and how often."""

import json
import math
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from clickhouse_connect.driver.client import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.figures import Scope, kpi
from dashboards.funnel import funnels
from dashboards.portal import portal
from dashboards.reconcile import drift
from dashboards.relations import Basis
from dashboards.requested import requested
from dashboards.visits import Visits, came, visits
from deploy.migrate import migrate
from ingest.access.reading import AccessReader
from metrics.errors import Rejected
from metrics.events import Topic, partition_of
from metrics.histogram import ERROR, bucket, quantile
from metrics.period import parse
from metrics.request import alike
from streams.cells import FENCE_DAY
from streams.decode import Record
from streams.keep import keep, read
from streams.state import State, connect
from tests.access_lines import STATUSES, TIMES, VISITORS, line, logs
from tests.oracle import Oracle, comparable
from tests.oracle_access import civil
from tests.support.log import batches
from tests.support.memory import MemoryState
from tests.support.store import store
from tests.support.turns import Accident, Life, Log, interleaved

PARTITIONS = 2
BOTH = frozenset({0, 1})
PERIODS = ("2021", "2022", "2021-12-31", "2022-01-01", "2022-W52", "2024-02", "2022-Q4")
PORTAL = ("portal_requests", "portal_error_rate", "portal_not_found_rate")

files = st.lists(logs, min_size=1, max_size=3)
stretches = st.lists(st.integers(1, 5), min_size=1, max_size=3)
sizes = st.lists(st.integers(1, 6), min_size=1, max_size=3)
accidents = st.dictionaries(st.integers(0, 40), st.builds(Accident, st.booleans(), st.booleans()), max_size=4)
partitions = st.lists(st.sampled_from((BOTH, frozenset({0}), frozenset({1}))), min_size=1, max_size=4)
lives = st.builds(Life, sizes, partitions, accidents)
turns = st.lists(st.tuples(st.integers(0, 1), st.integers(1, 16)), max_size=12)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with store(tmp_path_factory.mktemp("requests")) as running:
        migrate(running.url)
        yield connect(running.url)


def records(given_files: list[list[bytes]], cut: list[int]) -> list[Record]:
    """Each file read from its beginning, its requests sent after so many lines, over and over; a record an event."""
    said: list[tuple[str, bytes]] = []
    for lines in given_files:
        reader = AccessReader(salt=str.encode)
        for number, each in enumerate(lines):
            try:
                reader.read(each)
            except Rejected:
                continue
            if number % cut[number % len(cut)] == 0:
                said += reader.rest()
        said += reader.rest()
    offsets: Counter[int] = Counter()
    found = []
    for key, event in said:
        partition = partition_of(key, PARTITIONS)
        found.append(Record(partition, offsets[partition], event))
        offsets[partition] += 1 + len(event) % 2  # offsets may skip numbers
    return found


def content(given_files: list[list[bytes]]) -> list[tuple[str, bytes]]:
    return [(f"access-{n}.log", b"\n".join(lines)) for n, lines in enumerate(given_files)]


def held(state: MemoryState) -> tuple[dict[Any, Any], dict[Any, Any]]:
    names = ("numbers", "visitors", "requests", "failed", "not_found", "robots", "served", "buckets", "times")
    facts = {key: tuple(row[name] for name in names) for key, row in state.tables["request"].items()}
    measures = ("requests", "requests_failed", "requests_not_found")
    rows = (row for row in state.tables["kpi_cell"].values() if row["day"] != FENCE_DAY)
    cells = {(row["partition"], row["day"]): tuple(row[name] for name in measures) for row in rows}
    return facts, {place: counts for place, counts in cells.items() if any(counts)}


def clean(all_records: list[Record]) -> MemoryState:
    state = MemoryState()
    for record in all_records:
        keep(cast("State", state), read(Topic.REQUESTS, [record]))
    return state


@settings(max_examples=100)
@given(files, stretches, st.lists(lives, min_size=2, max_size=2), turns)
def test_two_workers_that_die_and_return_leave_what_one_clean_pass_leaves(
    given_files: list[list[bytes]], cut: list[int], workers: list[Life], schedule: list[tuple[int, int]]
) -> None:
    log, state = Log(Topic.REQUESTS, records(given_files, cut)), MemoryState()
    interleaved(state, log, workers, [number for number, times in schedule for _ in range(times)])
    interleaved(state, log, [Life([4], [BOTH], {})], [])
    assert held(state) == held(clean(list(log.records)))


@settings(max_examples=20)
@given(files, stretches, sizes, st.permutations(range(6)))
def test_figures_are_the_oracles_whatever_is_loaded_again(
    client: Client, given_files: list[list[bytes]], cut: list[int], batch: list[int], again: list[int]
) -> None:
    """Every file, then some of them once more: whole, or a part of them under another name."""
    for table in ("request", "kpi_cell"):
        client.command(f"TRUNCATE TABLE {table}")
    twice = given_files + [given_files[n][n // 2 :] for n in again if n < len(given_files)]
    for some in batches(records(twice, cut), batch):
        keep(State(client), read(Topic.REQUESTS, some))
    oracle = Oracle(content(given_files))
    for period in PERIODS:
        for basis in Basis:
            rows = [r.json() for r in kpi(client, Scope(parse(period)), basis=basis) if r.kpi.id in PORTAL]
            assert comparable(rows) == comparable([r for r in oracle.kpis(period) if r["kpi"] in PORTAL])
    assert drift(client) == []


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 86_400_000)), min_size=1, max_size=60), st.booleans())
def test_quantiles_of_merged_minutes_are_near_the_exact_ones(
    given_waits: list[tuple[int, float]], also_robots: bool
) -> None:
    said = []
    for n, (minute, time) in enumerate(given_waits):
        number = alike(status=200, bucket=bucket(time), robot=False, second=0, mark=n)
        at, robot = f"2022010100{minute:02}00", alike(status=200, bucket=900, robot=True, second=0, mark=n)
        numbers = f"{number} {robot}" if also_robots else str(number)
        event = {"kind": "requests", "at": at, "page": "home", "procedure": "", "numbers": numbers}
        said.append(Record(partition_of(at, PARTITIONS), n, json.dumps(event).encode()))
    merged: Counter[int] = Counter()
    for row in clean(said).tables["request"].values():
        merged.update(dict(zip(row["buckets"], row["times"], strict=True)))
    waits = sorted(time for _, time in given_waits)
    assert merged.total() == len(waits)
    for share in (0.5, 0.95, 0.99):
        found = quantile(merged, share)
        assert found is not None
        assert_near(found, waits, share)


timed = st.tuples(st.integers(0, 120), st.sampled_from(("home", "pay")), st.floats(0, 86_400_000), st.booleans())


@settings(max_examples=8)
@given(st.lists(timed, min_size=1, max_size=60), sizes)
def test_quantiles_that_are_read_are_near_the_exact_ones(
    client: Client, waits: list[tuple[int, str, float, bool]], batch: list[int]
) -> None:
    """Through the store: of minutes in both partitions, of each page and of all, some requests said twice."""
    client.command("TRUNCATE TABLE request")
    said = []
    for n, (minute, page, time, twice) in enumerate(waits):
        number = str(alike(status=200, bucket=bucket(time), robot=False, second=0, mark=n))
        at = f"{datetime(2022, 1, 1) + timedelta(minutes=minute):%Y%m%d%H%M%S}"  # noqa: DTZ001 - civil
        event = {"kind": "requests", "at": at, "page": page, "procedure": "", "numbers": number}
        said += [Record(partition_of(at, PARTITIONS), 2 * n + m, json.dumps(event).encode()) for m in range(1 + twice)]
    for some in batches(said, batch):
        keep(State(client), read(Topic.REQUESTS, some))
    day = parse("2022-01-01")
    read_ = portal(day, requested(client, day), {}, [])
    told = [(read_.whole, waits), *((p.answers, [one for one in waits if one[1] == p.page]) for p in read_.pages)]
    for answers, some_waits in told:
        times = sorted(time for _, _, time, _ in some_waits)
        assert answers.requests == len(times)
        for share, wait in zip((0.5, 0.95, 0.99), answers.waits, strict=True):
            assert wait is not None
            assert_near(wait, times, share)


def assert_near(found: float, waits: list[float], share: float) -> None:
    exact = waits[math.ceil(share * len(waits)) - 1]
    assert abs(found - exact) <= ERROR * exact * 1.000001 if exact >= 1 else found == 0


answered = st.lists(st.tuples(st.sampled_from((0, 199, 200, 304, 399, 400, 404, 500, 999)), st.booleans()), max_size=9)


@settings(max_examples=10)
@given(answered)
def test_served_are_the_people_who_could_go_on_also_in_rows_from_before(
    client: Client, answers: list[tuple[int, bool]]
) -> None:
    """The store computes the column where a row has none."""
    client.command("TRUNCATE TABLE request")
    numbers = [alike(status=s, bucket=900, robot=r, second=59, mark=n) for n, (s, r) in enumerate(answers)]
    expected = sum(200 <= status <= 399 and not robot for status, robot in answers)
    event = {"kind": "requests", "at": "20220101000000", "page": "pay", "procedure": ""}
    event["numbers"] = " ".join(map(str, numbers))
    (row,) = clean([Record(0, 0, json.dumps(event).encode())]).tables["request"].values()
    assert row["served"] == expected
    client.insert("request", [["2022-01-01 00:00:00", "pay", "", numbers]], ["at", "page", "procedure", "numbers"])
    assert client.query("SELECT served FROM request").result_rows == [(expected,)]


visitors = st.lists(
    st.tuples(
        st.sampled_from(TIMES),
        st.sampled_from(VISITORS),
        st.sampled_from(("Mozilla/5.0 (X11)", "Mozilla/5.0 (Mac)")),
        st.sampled_from(STATUSES),
    ),
    max_size=30,
)


@settings(max_examples=8)
@given(visitors, st.integers(0, 30), sizes)
def test_visits_are_those_of_the_exact_sets_however_lines_are_read_again(
    client: Client, seen: list[tuple[str, str, str, str]], again: int, batch: list[int]
) -> None:
    client.command("TRUNCATE TABLE request")
    lines = [line(at, "GET /nop-ho-so HTTP/1.1", status, agent, "", who) for at, who, agent, status in seen]
    for some in batches(records([lines, lines[again:]], [3]), batch):
        keep(State(client), read(Topic.REQUESTS, some))
    exact = {(str(civil(at))[:8], who, agent) for at, who, agent, status in seen if status[0] in "23"}
    old, new = (len([day for day, *_ in exact if day.startswith(year)]) for year in ("2021", "2022"))
    assert visited(client, "2021") == Visits(old or None, 0)
    whole, *services = funnels(client, parse("2022"))
    assert (whole.visitors["submit"], services) == (new, [])


def test_nothing_has_no_quantile() -> None:
    assert quantile({}, 0.5) is None


@pytest.mark.parametrize(
    "foreign", [{"at": "never"}, {"at": None}, {"numbers": "x"}, {"numbers": None}, {"numbers": "-1 1.5"},
                {"visitors": "x -1"}, {"visitors": "63 999999999999999999"}],
)  # fmt: skip
def test_what_ingest_would_not_write_stops_nobody(client: Client, foreign: dict[str, str | None]) -> None:
    client.command("TRUNCATE TABLE request")
    event = {"kind": "requests", "at": "20220101000000", "page": "home", "procedure": "", "numbers": "1"}
    keep(State(client), read(Topic.REQUESTS, [Record(0, 0, json.dumps(event | foreign).encode())]))
    keep(State(client), read(Topic.REQUESTS, [Record(0, 1, json.dumps(event).encode())]))
    assert client.query("SELECT sum(requests) FROM request FINAL").result_rows == [(1,)]
    assert not visited(client, "2022").visitors


def visited(client: Client, name: str) -> Visits:
    return visits(came(client, parse(name)), requested(client, parse(name)))
