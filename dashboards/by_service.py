"""What cells count of each service: which services are of a kind is told here, of the sums.

A list of all such services is long for the store to think about, and here the services are the answer's rows.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.kinds import Kinds
from dashboards.question import FIRST
from dashboards.store import ask
from metrics.formula import Number
from metrics.terms import Counted, ServicesWith, Term

SERVICE = "procedure"

Days = Mapping[date, Mapping[str, int]]
"""The sums of one service by the names of measures, for each day where that matters."""


def by_service(
    client: Client, terms: Sequence[Counted], rows: str, kinds: Kinds, parameters: Mapping[str, Any]
) -> dict[Term, dict[Any, Number]]:
    """Of each term its number by service."""
    sums = _sums(client, list(dict.fromkeys(term.measure.name for term in terms)), rows, kinds, parameters)
    last = parameters["last"]
    return {
        term: {service: _number(term, service, days, kinds, last) for service, days in sums.items()} for term in terms
    }


def _sums(
    client: Client, names: Sequence[str], rows: str, kinds: Kinds, parameters: Mapping[str, Any]
) -> Mapping[str, Days]:
    """The few services that are of a kind on some days have a sum for each of their days, others one."""
    changing = sorted({service for kind in kinds.values() for service, *_ in kind.changing})
    on_day = f"if({SERVICE} IN {{changing:Array(String)}}, day, {FIRST}) AS on_day"
    asked = ", ".join(f"sum({name}) AS {name}_" for name in names)
    question = f"SELECT {SERVICE}, {on_day}, {asked} FROM ({rows}) GROUP BY {SERVICE}, on_day"
    sums: dict[str, dict[date, Mapping[str, int]]] = defaultdict(dict)
    for service, day, *numbers in ask(client, question, changing=changing, **parameters):
        sums[service][day] = dict(zip(names, map(int, numbers), strict=True))
    return sums


def _number(term: Counted, service: str, days: Days, kinds: Kinds, last: date) -> int:
    if isinstance(term, ServicesWith):
        return int(
            kinds[term.services].has(service, last) and sum(each[term.measure.name] for each in days.values()) > 0
        )
    such = None if term.services is None else kinds[term.services]
    return sum(each[term.measure.name] for day, each in days.items() if such is None or such.has(service, day))
