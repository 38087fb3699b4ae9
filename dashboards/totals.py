"""What cells or facts count, asked for with what the catalogue says of services put in.

`question.summed` reads the spans of services itself, so that it can be shown and run by anybody; the store thinks
longer about that than about all the cells of a month. Here the spans, which are known (`recall.py`), go along as
parameters: services that are such on all the days asked for, and the few that are on some of them. Whether a cell is of
such a service is then asked once for each name of a service in a block, and cells need not be summed by service first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.by_day import TERMS, Key, added
from dashboards.by_service import SERVICE, by_service
from dashboards.kinds import Kinds, kinds_in, of_kind, on, parameters_of
from dashboards.question import LAST, kinds_of
from dashboards.recall import daybook
from dashboards.store import ask
from metrics.formula import Number
from metrics.predicate import Predicate
from metrics.terms import Counted, ServicesWith, Term


@dataclass(frozen=True, slots=True)
class Summing:
    """SQL of the rows of a relation, of the key that they are summed by, and of the last day of the key's period."""

    rows: str
    key: str
    last: str = LAST
    by_day: Key | None = None
    """The same key where the rows are cells and it can be told from their day or their agency."""


def totals(
    client: Client, terms: Sequence[Counted], summing: Summing, parameters: Mapping[str, Any]
) -> Mapping[Term, Mapping[Any, Number]]:
    """Of each term its number by key; of `parameters` at least first and last."""
    held = _held(client, terms, summing, parameters)
    return _asked(client, terms, summing, parameters) if held is None else held


def _held(
    client: Client, terms: Sequence[Counted], summing: Summing, parameters: Mapping[str, Any]
) -> dict[Term, dict[Any, int]] | None:
    """Added up from the daybook, where there is one that has these days."""
    book = daybook(client)
    if book is None or summing.by_day is None or not set(terms) <= set(TERMS):
        return None
    rows = book.rows(parameters["first"], parameters["last"], parameters.get("agencies"))
    if rows is None:
        return None
    lasts = dict(zip(parameters.get("keys", ()), parameters.get("lasts", ()), strict=True))

    @cache
    def such(services: Predicate, last: date) -> frozenset[str]:
        return frozenset(on(of_kind(client, services), last))

    return added(rows, terms, summing.by_day, lambda term, key: such(term.services, lasts.get(key, parameters["last"])))


def _asked(
    client: Client, terms: Sequence[Counted], summing: Summing, parameters: Mapping[str, Any]
) -> dict[Term, dict[Any, Number]]:
    first, last = parameters["first"], parameters["last"]
    kinds = kinds_in(client, kinds_of(terms), first, last)
    if summing.key == SERVICE:
        return by_service(client, terms, summing.rows, kinds, parameters)
    given = parameters_of(kinds.values())
    rows = ask(client, _question(terms, summing, kinds), **parameters, **given)
    return {term: {row[0]: int(row[1 + place]) for row in rows} for place, term in enumerate(terms)}


def _question(terms: Sequence[Counted], summing: Summing, held: Kinds) -> str:
    """Summed by key, and by service first where services are counted."""
    sums = ", ".join(f"{_summed(term, held)} AS sum{place}" for place, term in enumerate(terms))
    counted = (_counted(term, place, held, summing.last) for place, term in enumerate(terms))
    counts = ", ".join(f"{count} AS term{place}" for place, count in enumerate(counted))
    by = "key, procedure" if any(isinstance(term, ServicesWith) for term in terms) else "key"
    flags = "".join(f", {kind.on_day('procedure', 'day')} AS such{kind.place}" for kind in held.values())
    rows = f"SELECT *, {summing.key} AS key{flags} FROM ({summing.rows})"
    return f"SELECT key, {counts} FROM (SELECT {by}, {sums} FROM ({rows}) GROUP BY {by}) GROUP BY key"


def _summed(term: Counted, held: Kinds) -> str:
    count = term.measure.name
    if term.services is None or isinstance(term, ServicesWith):
        return f"sum({count})"
    return f"sumIf({count}, such{held[term.services].place})"


def _counted(term: Counted, place: int, held: Kinds, last: str) -> str:
    if isinstance(term, ServicesWith):
        return f"countIf(sum{place} > 0 AND {held[term.services].on_day('procedure', last)})"
    return f"sum(sum{place})"
