"""Yearly indices in the store: what was imported of them, and how it is read."""

from collections.abc import Iterable, Sequence

from clickhouse_connect.driver.client import Client

from dashboards.store import ask
from dashboards.units import insert
from metrics.annual import Criterion, Scored

SCORE = ("index", "unit", "year", "tier", "score", "self_score", "rank", "ranked_of", "source")
CRITERION = ("index", "unit", "year", "criterion", "title", "points", "maximum", "kpis")


def scores(client: Client) -> list[Scored]:
    rows = ask(client, f"SELECT {_columns(SCORE)} FROM index_score FINAL ORDER BY name, year, unit")
    return [Scored(**dict(zip(SCORE, row, strict=True))) for row in rows]


def criteria(client: Client) -> list[Criterion]:
    """Those of the newest import of their index, unit and year, in the order of their codes."""
    columns = _columns(CRITERION)
    rows = ask(
        client,
        f"SELECT {columns} FROM (SELECT *, max(version) OVER (PARTITION BY name, unit, year) AS newest "
        "FROM index_criterion) WHERE version = newest ORDER BY name, year, unit, criterion",
    )
    return [Criterion(**dict(zip(CRITERION, (*row[:-1], tuple(row[-1])), strict=True))) for row in rows]


def keep(client: Client, found: Sequence[Scored], judged: Sequence[Criterion], at: float) -> None:
    """Replaces what is known of the same index, unit and year."""
    newest = ask(
        client,
        "SELECT max(version) FROM (SELECT version FROM index_score UNION ALL SELECT version FROM index_criterion)",
    )
    version = max(int(at * 1_000_000), newest[0][0] + 1)
    insert(client, "index_score", [(*_values(each, SCORE), version) for each in found], _stored(SCORE))
    insert(client, "index_criterion", [(*_values(each, CRITERION), version) for each in judged], _stored(CRITERION))


def _columns(names: Iterable[str]) -> str:
    """`index` is a word of SQL."""
    return ", ".join("name" if name == "index" else name for name in names)


def _stored(names: Sequence[str]) -> list[str]:
    return [*("name" if name == "index" else name for name in names), "version"]


def _values(row: Scored | Criterion, names: Sequence[str]) -> Iterable[object]:
    return (list(value) if isinstance(value := getattr(row, name), tuple) else value for name in names)
