"""Whether the things that a close kept come to the figures that it kept: counted once for all definitions."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from clickhouse_connect.driver.client import Client

from dashboards.closing.things import Thing, counting, mark
from dashboards.figures import Reading
from dashboards.store import ask
from metrics.formula import Number
from metrics.terms import Quantile, ServicesJudged, ServicesWith, Sum, Term

WHOLE, COUNTED = "whole", "counted"


@dataclass(frozen=True, slots=True)
class Amount:
    """How many things, of how many services, and their numbers summed."""

    things: int = 0
    services: int = 0
    total: int = 0

    def of(self, term: Term) -> int:
        """What the things of a term come to."""
        match term:
            case ServicesWith() | ServicesJudged():
                return self.services
            case Sum():
                return self.total
            case _:
                return self.things


Amounts = Mapping[tuple[str, str], Amount]
"""By `whole` or `counted`, and the definition's mark."""


def amounts(client: Client, close: UUID, thing: Thing) -> Amounts:
    service = "procedure" if "procedure" in thing.facts else "''"
    question = f"""
        SELECT among, mark, count(), uniqExact(service), sum(amount) FROM (
            SELECT '{WHOLE}' AS among, arrayJoin(whole) AS mark, {service} AS service, toInt64(0) AS amount
            FROM {thing.kept} WHERE close = {{close:UUID}}
            UNION ALL
            SELECT '{COUNTED}', one.1, {service}, one.2
            FROM {thing.kept} ARRAY JOIN arrayZip(counted, amounts) AS one WHERE close = {{close:UUID}})
        GROUP BY among, mark"""
    return {(row[0], row[1]): Amount(*map(int, row[2:])) for row in ask(client, question, close=close)}


def adds_up(reading: Reading, kept: Amounts) -> bool:
    """Whether it does, as far as the figure is a count or a sum."""
    numbers = zip(counting(reading.kpi), (reading.numerator, reading.denominator), (COUNTED, WHOLE), strict=False)
    return all(_same(term, number, kept.get((among, mark(reading.kpi)), Amount())) for term, number, among in numbers)


def _same(term: Term, number: Number | None, amount: Amount) -> bool:
    return isinstance(term, Quantile) or number == amount.of(term)
