"""What hardly changes is asked again when it has changed, and only then; nothing else is ever recalled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from clickhouse_connect.driver.client import Client

from dashboards.cache import Cache
from dashboards.moved import LOOKED_AT
from dashboards.question import FIRST, LAST
from dashboards.recall import MARKS, recalling
from dashboards.store import ask

AGENCIES = "SELECT agency FROM agency FINAL WHERE valid_from <= {day:Date32}"


@dataclass
class Store:
    """Answers with what is in it, and remembers what it was asked."""

    agencies: list[tuple[str]] = field(default_factory=lambda: [("H07",)])
    asked: list[str] = field(default_factory=list)

    def query(self, question: str, parameters: Mapping[str, Any]) -> "Store":
        self.asked.append(question)
        self.result_rows = [("agency", len(self.agencies), 0)] if question == MARKS else list(self.agencies)
        return self


@dataclass
class Clock:
    now: datetime = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def test_asked_again_only_when_something_changed() -> None:
    store, clock = Store(), Clock()
    client = recalling(cast("Client", store), Cache(clock, spawn=lambda _: None))

    def agencies(day: str) -> list[tuple[Any, ...]]:
        clock.now += timedelta(seconds=LOOKED_AT)
        return ask(client, AGENCIES, day=day)

    assert agencies("2026-01-01") == agencies("2026-01-01") == [("H07",)]
    assert store.asked.count(AGENCIES) == 1
    agencies("2026-01-02")
    assert store.asked.count(AGENCIES) == 2
    store.agencies.append(("H08",))
    assert agencies("2026-01-01") == [("H07",), ("H08",)]


def test_what_reads_any_other_table_is_asked_every_time() -> None:
    store = Store()
    client = recalling(cast("Client", store), Cache(Clock()))
    for question in (
        "SELECT 1",
        "SELECT day FROM kpi_cell FINAL",
        f"SELECT day FROM kpi_cell FINAL PREWHERE day BETWEEN {FIRST} AND {LAST} UNION ALL SELECT day FROM kpi_cell",
        "SELECT 1 FROM service WHERE procedure IN (SELECT procedure FROM dossier)",
        "SELECT 1 FROM service AS s JOIN dossier AS d ON d.procedure = s.procedure",
        "WITH late AS (SELECT 1) SELECT 1 FROM late, agency",
    ):
        for _ in range(2):
            ask(client, question)
        assert store.asked == [question, question]
        store.asked.clear()
