"""Restatements: a figure of a closed period that is no longer what it was, with what it was, what it is, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from clickhouse_connect.driver.client import Client

from dashboards.closing.closes import Close
from dashboards.closing.differences import Asked, Why, summed, why
from dashboards.closing.figures import Frozen
from dashboards.closing.pairs import pairs
from dashboards.closing.services import SERVICE, of_services, services
from dashboards.closing.things import thing_of
from dashboards.figures import Scope
from metrics.kpi import Kpi


@dataclass(frozen=True, slots=True)
class Restatement:
    """`whys` has an entry for each kind of thing that explains it; none where the figure counts no things by itself."""

    kpi: Kpi
    close: Close
    agency: str | None
    was: Frozen
    now: Frozen
    whys: tuple[Why, ...]


def restatements(
    client: Client, close: Close, agency: str | None = None, family: str | None = None
) -> list[Restatement]:
    """Of the province, or of an agency with all below it; of a family as `pairs` has it, in the catalogue's order."""
    return [
        Restatement(pair.kpi, close, agency, pair.was, pair.now, tuple(_whys(client, close, pair.kpi, agency)))
        for pair in pairs(client, close, Scope(close.period, agency), family)
        if pair.differs and pair.was is not None and pair.now is not None
    ]


def _whys(client: Client, close: Close, kpi: Kpi, agency: str | None) -> Iterator[Why]:
    if of_services(kpi):
        yield summed(SERVICE, ((each, 1) for each in services(client, close, kpi, agency)))
    thing = thing_of(kpi)
    if thing is not None:
        yield why(client, Asked(close, kpi, thing, agency))
