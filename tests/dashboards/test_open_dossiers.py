"""What the board holds of open dossiers is what would be read of all, whatever becomes of the store's parts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, cast

import pytest
from clickhouse_connect.driver.client import Client
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboards import late, open_dossiers
from dashboards.cache import Cache
from dashboards.late import Window, by_agency
from dashboards.moved import HELD
from dashboards.open_dossiers import PARTS, SERVES, TRIES, OpenDossiers, read_open
from dashboards.recall import recalling
from metrics.errors import Unavailable

CODES = [f"H07.{number % 3}-{number}" for number in range(12)]
DUE = datetime(2022, 6, 1, 10, tzinfo=UTC)
COLUMNS = ("dossier", "agency", "due_at", "status", "resolved_at", "version")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is a large part here."""
    monkeypatch.setattr(open_dossiers, "LARGE", 4)


@dataclass
class Clock:
    now: datetime = field(default=datetime(2022, 6, 1, 12, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Told:
    """A client that says what it is about to read."""

    client: Client
    before: Callable[[str], None]

    def raw_query(self, question: str, **given: Any) -> Any:
        self.before(question)
        return self.client.raw_query(question, **given)

    def query(self, question: str, parameters: Mapping[str, Any]) -> Any:
        return self.client.query(question, parameters=dict(parameters))


def write(client: Client, codes: list[str], version: int, how: str = "open") -> None:
    """One part, with these dossiers: each is due another hour, some agencies and due moments with each version."""
    status, resolved = {"open": ("4", None), "done": ("4", DUE), "ended": ("3", None), "undue": ("4", None)}[how]
    rows = [
        (
            code,
            f"H07.{(version + number) % 4}",
            None if how == "undue" else DUE + timedelta(hours=(number + version) % 6),
            status,
            resolved,
            version,
        )
        for number, code in enumerate(codes)
    ]
    client.insert("dossier", rows, COLUMNS)


written = st.tuples(
    st.just("write"),
    st.lists(st.sampled_from(CODES), min_size=1, max_size=8, unique=True),
    st.sampled_from(["open", "open", "done", "ended", "undue", "open late", "done late"]),
)
happenings = st.one_of(
    written,
    written,
    st.tuples(st.just("delete"), st.sampled_from(CODES).map(lambda code: [code]), st.just("")),
    st.tuples(st.just("merge"), st.just([]), st.just("")),
    st.tuples(st.just("empty"), st.just([]), st.just("")),
)


def happens(client: Client, what: str, codes: list[str], how: str, version: int) -> None:
    match what:
        case "write":
            how, _, late_ = how.partition(" ")  # by a worker that was thought to be dead: what it says is older
            write(client, codes, version * 10 - (25 if late_ else 0), how)
        case "delete":
            client.command(f"ALTER TABLE dossier DELETE WHERE dossier = '{codes[0]}' SETTINGS mutations_sync = 2")
        case "merge":
            client.command("OPTIMIZE TABLE dossier FINAL")
        case _:
            client.command("TRUNCATE TABLE dossier")


@settings(max_examples=25)
@example([[("write", CODES, "open")], [("write", CODES[:5], "done"), ("write", CODES[4:6], "open")]])
@example([[("write", CODES, "done")], [("write", CODES[:2], "open")], [("merge", [], "")]])
@example([[("write", CODES[:2], "open"), ("write", CODES, "done")]])
@example([[("merge", [], ""), ("merge", [], ""), ("write", CODES, "done"), ("write", CODES[:2], "open late")]])
@given(st.lists(st.lists(happenings, max_size=4), min_size=1, max_size=5))
def test_whatever_happens_what_is_held_is_what_would_be_read(
    client: Client, story: list[list[tuple[str, list[str], str]]]
) -> None:
    client.command("TRUNCATE TABLE dossier")
    clock, versions = Clock(), count(3)
    held = OpenDossiers(client, Cache(clock, spawn=lambda _: None))
    for chapter in story:
        for what, codes, how in chapter:
            happens(client, what, codes, how, next(versions))
        clock.now += timedelta(seconds=SERVES)
        assert held.now().rows() == read_open(client).rows(), chapter


@pytest.fixture
def asked(client: Client) -> tuple[Callable[[], int], Clock]:
    """How often large parts were read for an answer."""
    client.command("TRUNCATE TABLE dossier")
    clock, questions = Clock(), list[str]()
    told = cast("Client", Told(client, questions.append))
    held = OpenDossiers(told, Cache(clock, spawn=lambda _: None))

    def answers() -> int:
        clock.now += timedelta(seconds=SERVES)
        questions.clear()
        assert held.now().rows() == read_open(client).rows()
        return sum("NOT _part IN" not in question for question in questions)

    return answers, clock


def test_a_large_part_is_read_once_and_again_when_it_may_have_lagged(client, asked):
    answers, clock = asked
    write(client, CODES, 1)
    write(client, CODES[:2], 2, "done")
    assert [answers(), answers()] == [1, 0]
    write(client, CODES[5:6], 3)
    assert answers() == 0
    write(client, CODES[2:7], 4, "done")
    assert [answers(), answers()] == [1, 0]
    clock.now += timedelta(seconds=HELD)
    assert [answers(), answers()] == [1, 0]


def test_a_table_in_the_place_of_another_is_read_though_its_parts_have_the_same_names(client, asked):
    answers, _ = asked
    for version in (1, 2):
        client.command("CREATE OR REPLACE TABLE other AS dossier")
        client.command("EXCHANGE TABLES dossier AND other")
        write(client, CODES, version)
        assert answers() == 1
    client.command("DROP TABLE other")


@pytest.mark.parametrize("large", [True, False])
def test_parts_that_are_put_together_while_they_are_read_are_not_missed(client, large):
    client.command("TRUNCATE TABLE dossier")
    write(client, CODES[:6], 1)
    write(client, CODES[6:], 2)

    def merge(question: str) -> None:
        if ("NOT _part IN" in question) is not large and merges:
            merges.pop()
            client.command("OPTIMIZE TABLE dossier FINAL")

    merges = [1]
    held = OpenDossiers(cast("Client", Told(client, merge)), Cache(Clock(), spawn=lambda _: None))
    assert held.now().rows() == read_open(client).rows()
    assert not merges


@pytest.mark.parametrize("times", [1, 9])
def test_what_became_large_meanwhile_is_not_read_whole(client, times):
    """It is read again, or, where it goes on and on, later."""
    client.command("TRUNCATE TABLE dossier")
    versions = count(1)
    read = []

    def grow(question: str) -> None:
        if "LIMIT" in question and len(read) < times:
            read.append(question)
            write(client, CODES[:10], next(versions))

    held = OpenDossiers(cast("Client", Told(client, grow)), Cache(Clock(), spawn=lambda _: None))
    if times == 1:
        assert held.now().rows() == read_open(client).rows()
    else:
        with pytest.raises(Unavailable, match="try again"):
            held.now()
    assert len(read) == min(times, TRIES)


@pytest.mark.parametrize("most", [1, 2_000])
def test_what_only_its_last_step_says_has_ended_is_not_counted(client, monkeypatch, most):
    """However many there are with a turn in their course."""
    monkeypatch.setattr(late, "MOST_ROWS", most)
    for table in ("dossier", "step", "turned"):
        client.command(f"TRUNCATE TABLE {table}")
    write(client, CODES[:4], 1)
    for code, steps in zip(CODES[:4], ("4", "24", "7", "74"), strict=True):
        rows = [(code, DUE + timedelta(minutes=number), step, 1) for number, step in enumerate(steps)]
        client.insert("step", rows, ["dossier", "at", "status", "version"])
    clock = Clock()
    counts = [by_agency(each, clock.now) for each in (client, recalling(client, Cache(clock, spawn=lambda _: None)))]
    assert counts[0] == counts[1]
    assert sum(each[Window.OVERDUE] + each[Window.DAY] for each in counts[0].values()) == 3


def test_a_known_part_is_looked_at_without_reading_its_rows(client):
    client.command("TRUNCATE TABLE dossier")
    client.command("INSERT INTO dossier (dossier, version) SELECT toString(number), 1 FROM numbers(5000)")
    rows = client.query(f"EXPLAIN ESTIMATE {PARTS}").result_rows
    assert sum(marks for *_, marks in rows) <= 1
