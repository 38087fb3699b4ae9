"""The dossiers behind a number: its denominator's, or the counted ones where it has none.

The conditions are the declaration's own, so that the list and the figure cannot disagree. A KPI of services has the
dossiers received of those services. One of payments has the dossiers that its transactions name and that are known:
several transactions may name one dossier, some name none, so this list can be shorter than the number.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.figures import UNKNOWN, agencies_below
from dashboards.items import COLUMNS, OF_AGENCIES, Item, item, of_agencies
from dashboards.judged import holds as judged_holds
from dashboards.judged import names, relation
from dashboards.judged import parameters as edges
from dashboards.kinds import Held, held, of_kind, parameters_of
from dashboards.question import FIRST, LAST, kinds_of, on_the_day, services_on_last_day
from dashboards.store import ask
from dashboards.stretches import Rows, in_stretches
from metrics.civil import CIVIL_SQL_ZONE
from metrics.kpi import Kpi
from metrics.measure import Measure
from metrics.period import Period
from metrics.predicate import Predicate
from metrics.readings.sql import sql
from metrics.terms import COUNTED, JUDGED, Counted, Judged, ServicesWith

Kinds = Mapping[Predicate, Held]
"""The services that a figure asks for, as they are in its period."""
NO_KINDS: Kinds = MappingProxyType({})
"""Where nothing goes along, the catalogue is read by the condition itself."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which number; `alone` leaves out the agencies below, as a row of a list by agency does."""

    kpi: Kpi
    period: Period
    agency: str | None = None
    procedure: str | None = None
    channel: str | None = None
    counted: bool | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Behind:
    """One dossier of the denominator; `counted` says whether it is in the numerator too."""

    item: Item
    counted: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the list, in the order of codes; `next` is the code after which it goes on."""

    items: tuple[Behind, ...]
    next: str | None


def behind(client: Client, wanted: Wanted, after: str, limit: int) -> Page:
    """The first so many dossiers whose codes come after `after`."""
    given: dict[str, Any] = {**edges([wanted.period], None), "after": after}
    places = _places(client, wanted, given)
    kinds = kinds_in(client, [wanted.kpi], wanted.period.first, wanted.period.last)
    given |= parameters_of(kinds.values())
    part, *whole = conditions(wanted.kpi, kinds)
    columns = (*COLUMNS, f"ifNull({part}, 0) AS counted")
    where = " AND ".join(f"({condition})" for condition in (*places, *_counted(wanted, part, whole)))
    rows = _rows(client, wanted, columns, where, limit + 1, given)
    items = tuple(Behind(item(row), bool(row[-1])) for row in rows[:limit])
    return Page(items, items[-1].item.dossier if len(rows) > limit else None)


def _counted(wanted: Wanted, part: str, whole: Sequence[str]) -> Iterator[str]:
    """In the denominator, and in the numerator or not where that is asked for."""
    yield " OR ".join(f"({condition})" for condition in (*whole, part))
    if wanted.counted is not None:
        yield f"ifNull({part}, 0) = {int(wanted.counted)}"


def _rows(  # noqa: PLR0913, PLR0917 - a question in its parts
    client: Client, wanted: Wanted, columns: Sequence[str], where: str, limit: int, given: dict[str, Any]
) -> Rows:
    """What looks at other tables, too, is asked at once: asked twice it would cost twice."""
    judged = [term for term in wanted.kpi.terms() if isinstance(term, JUDGED)]
    others = any(isinstance(term, COUNTED) and term.measure.facts.table != "dossier" for term in wanted.kpi.terms())
    if not judged and not others:
        return in_stretches(client, columns, where, limit, given)
    table = f"({relation(names(judged), some_agencies=wanted.agency is not None)})" if judged else "dossier FINAL"
    asked = f"SELECT {', '.join(columns)} FROM {table} WHERE dossier > {{after:String}} AND {where} ORDER BY dossier"
    return ask(client, f"{asked} LIMIT {{limit:UInt32}}", limit=limit, **given)


def kinds_in(client: Client, kpis: Sequence[Kpi], first: date, last: date) -> Kinds:
    """What the conditions below can go by, and their parameters."""
    asked = kinds_of([term for kpi in kpis for term in kpi.terms() if isinstance(term, COUNTED)])
    return {each: held(of_kind(client, each), place, first, last) for place, each in enumerate(asked)}


def conditions(kpi: Kpi, kinds: Kinds = NO_KINDS) -> list[str]:
    """When a dossier is in the part, and in the whole where that is made of dossiers."""
    return [holds(term, kinds) for term in kpi.terms() if isinstance(term, (*COUNTED, *JUDGED))]


def holds(term: Counted | Judged, kinds: Kinds = NO_KINDS) -> str:
    """A condition on a dossier: the term counts it in the period."""
    if isinstance(term, JUDGED):
        return judged_holds(term)
    if term.measure.facts.table != "dossier":
        return f"dossier IN (SELECT dossier FROM {term.measure.facts.table} FINAL WHERE {_in_period(term.measure)})"
    if term.services is None:
        return _in_period(term.measure)
    day = LAST if isinstance(term, ServicesWith) else _day(term.measure)
    return f"{_in_period(term.measure)} AND {_such(term.services, day, kinds)}"


def _such(services: Predicate, day: str, kinds: Kinds) -> str:
    """Its service is of the kind on that day."""
    if services in kinds:
        return kinds[services].on_day("procedure", day)
    return f"procedure IN ({services_on_last_day(services)})" if day == LAST else on_the_day(services, day)


def _in_period(measure: Measure) -> str:
    return f"ifNull({_day(measure)} BETWEEN {FIRST} AND {LAST}, 0) AND {sql(measure.where)}"


def _day(measure: Measure) -> str:
    return f"toDate32({measure.dated_by}, '{CIVIL_SQL_ZONE}')"


def _places(client: Client, wanted: Wanted, parameters: dict[str, Any]) -> list[str]:
    """Conditions on agency, procedure and channel; an unknown procedure or channel is asked for as `?`."""
    conditions = []
    if wanted.agency is not None:
        agencies = [wanted.agency] if wanted.alone else agencies_below(client, wanted.agency, wanted.period)
        parameters |= of_agencies(agencies)
        conditions.append(OF_AGENCIES)
    for name, value in (("procedure", wanted.procedure), ("channel", wanted.channel)):
        if value is not None:
            parameters[name] = "" if value == UNKNOWN else value
            conditions.append(f"ifNull({name}, '') = {{{name}:String}}")
    return conditions
