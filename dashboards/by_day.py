"""What cells count by day and agency, as a table: little, however many dossiers there are, and any figure's parts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from clickhouse_connect.driver.client import Client

from dashboards.kinds import kinds_in, parameters_of
from dashboards.question import kinds_of
from dashboards.relations import Basis, relation
from dashboards.store import frame
from metrics.catalogue import CATALOGUE
from metrics.measure import Measure
from metrics.predicate import Predicate
from metrics.terms import COUNTED, Counted, ServicesWith, Term, Total

TERMS = tuple(dict.fromkeys(term for kpi in CATALOGUE for term in kpi.terms() if isinstance(term, COUNTED)))
TOTALS = tuple(term for term in TERMS if isinstance(term, Total))
USED = tuple(dict.fromkeys(term.measure for term in TERMS if isinstance(term, ServicesWith)))
SCHEMA: Mapping[str, pl.DataType] = {
    "day": pl.Date(),
    "agency": pl.String(),
    **{f"total{place}": pl.Int64() for place in range(len(TOTALS))},
    **{f"used{place}": pl.List(pl.Categorical()) for place in range(len(USED))},
}
"""A row a day and agency that have cells: their totals, and the services that they count anything of."""


@dataclass(frozen=True, slots=True)
class Key:
    """What rows are added up by: what is made of one of their columns, `day` or `agency`."""

    column: str
    of: Callable[[Any], Any]

    def beside(self, rows: pl.DataFrame) -> pl.DataFrame:
        """With a column `key`."""
        values = rows[self.column].unique().to_list()
        keys = pl.col(self.column).replace_strict(values, [self.of(value) for value in values])
        return rows.with_columns(key=keys if values else pl.lit(None))


def read(client: Client, where: str, first: date, last: date, given: Mapping[str, Any]) -> pl.DataFrame:
    """Asked of the store, for days from first to last; `where` is a condition on day and agency, parameters given."""
    kinds = kinds_in(client, kinds_of(TOTALS), first, last)
    flags = "".join(f", {kind.on_day('procedure', 'day')} AS such{kind.place}" for kind in kinds.values())
    such: dict[Predicate | None, str] = {None: "1"}
    such |= {each: f"such{kind.place}" for each, kind in kinds.items()}
    counts = [f"sumIf({each.measure.name}, {such[each.services]}) AS {_column(each)}" for each in TOTALS]
    counts += [f"groupUniqArrayIf(procedure, {each.name} > 0) AS {_used(each)}" for each in USED]
    cells = f"SELECT *{flags} FROM ({relation(Basis.CELLS, where)})"
    question = f"SELECT day, agency, {', '.join(counts)} FROM ({cells}) GROUP BY day, agency"
    return frame(client, question, SCHEMA, first=first, last=last, **given, **parameters_of(kinds.values()))


def added(
    rows: pl.DataFrame, terms: Sequence[Counted], key: Key, such: Callable[[ServicesWith, Any], frozenset[str]]
) -> dict[Term, dict[Any, int]]:
    """Of each term its number by key; `such` says which services are of the term's kind when the key's time ends."""
    totals = [pl.col(_column(term)).sum() for term in terms if isinstance(term, Total)]
    counted = dict.fromkeys(_used(term.measure) for term in terms if isinstance(term, ServicesWith))
    used = [pl.col(name).explode().drop_nulls().unique() for name in counted]
    found = key.beside(rows).group_by("key").agg(*totals, *used).to_dict(as_series=False)
    return {term: dict(zip(found["key"], _numbers(term, found, such), strict=True)) for term in terms}


def _numbers(
    term: Counted, found: Mapping[str, list[Any]], such: Callable[[ServicesWith, Any], frozenset[str]]
) -> list[int]:
    if isinstance(term, Total):
        return found[_column(term)]
    return [
        len(such(term, key).intersection(used))
        for key, used in zip(found["key"], found[_used(term.measure)], strict=True)
    ]


def _column(term: Total) -> str:
    return f"total{TOTALS.index(term)}"


def _used(measure: Measure) -> str:
    return f"used{USED.index(measure)}"
