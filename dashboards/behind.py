"""The dossiers behind a number: its denominator's, or the counted ones where it has none.

The conditions are the declaration's own, so that the list and the figure cannot disagree. A KPI of services has the
dossiers received of those services. One of payments has the dossiers that its transactions name and that are known:
several transactions may name one dossier, some name none, so this list can be shorter than the number.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.counted import FACTS, Counts, holding
from dashboards.figures import UNKNOWN, agencies_below
from dashboards.items import COLUMNS, OF_AGENCIES, Item, item, of_agencies
from dashboards.judged import names, relation
from dashboards.judged import parameters as edges
from dashboards.kinds import kinds_in, parameters_of
from dashboards.membership import conditions
from dashboards.question import kinds_of
from dashboards.store import ask
from dashboards.stretches import Rows, Stretching, in_stretches
from metrics.kpi import Kpi
from metrics.measure import Measure
from metrics.period import Period
from metrics.terms import COUNTED, JUDGED, Counted


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
    terms = [term for term in wanted.kpi.terms() if isinstance(term, COUNTED)]
    judged = any(isinstance(term, JUDGED) for term in wanted.kpi.terms())
    if judged or any(term.measure.facts.table != "dossier" for term in terms):
        found = _asked(client, wanted, places, limit + 1, given)
    else:
        found = _in_stretches(client, wanted, terms, places, limit + 1, given)
    return Page(tuple(found[:limit]), found[limit - 1].item.dossier if len(found) > limit else None)


def _in_stretches(  # noqa: PLR0913, PLR0917 - a question in its parts
    client: Client, wanted: Wanted, terms: Sequence[Counted], places: str, limit: int, given: dict[str, Any]
) -> list[Behind]:
    """By the conditions of measures in the store; whether a service is of a kind on a day is told here, of few rows.

    A list of all such services is long for the store to think about, each time that a question names it.
    """
    kinds = kinds_in(client, kinds_of(terms), wanted.period.first, wanted.period.last)
    counts = Counts(wanted.period, kinds)
    chosen = terms[:1] if wanted.counted else terms
    asked = Stretching(tuple(FACTS), f"{places} AND ({counts.perhaps(chosen)})", places)

    def read(rows: Rows) -> list[Behind]:
        return [each for pair in zip(rows, holding(rows), strict=True) for each in one(*pair)]

    def one(row: tuple[Any, ...], holds: Collection[Measure]) -> Iterator[Behind]:
        found = item(row)
        part, *whole = (counts.of(found, holds, term) for term in terms)
        if (part or any(whole)) and wanted.counted in {None, part}:
            yield Behind(found, part)

    given |= parameters_of(kind.perhaps for kind in kinds.values())
    return in_stretches(client, asked, limit, given, read)


def _asked(client: Client, wanted: Wanted, places: str, limit: int, given: dict[str, Any]) -> list[Behind]:
    """What looks at other tables, too, is asked at once: asked twice it would cost twice."""
    judged = [term for term in wanted.kpi.terms() if isinstance(term, JUDGED)]
    table = f"({relation(names(judged), some_agencies=wanted.agency is not None)})" if judged else "dossier FINAL"
    part, *whole = conditions(wanted.kpi)
    where = f"dossier > {{after:String}} AND {places} AND ({' OR '.join(f'({one})' for one in (*whole, part))})"
    if wanted.counted is not None:
        where += f" AND ifNull({part}, 0) = {int(wanted.counted)}"
    columns = ", ".join((*COLUMNS, f"ifNull({part}, 0)"))
    question = f"SELECT {columns} FROM {table} WHERE {where} ORDER BY dossier LIMIT {{limit:UInt32}}"
    return [Behind(item(row), bool(row[-1])) for row in ask(client, question, limit=limit, **given)]


def _places(client: Client, wanted: Wanted, parameters: dict[str, Any]) -> str:
    """A condition on agency, procedure and channel; an unknown procedure or channel is asked for as `?`."""
    conditions = ["1"]
    if wanted.agency is not None:
        agencies = [wanted.agency] if wanted.alone else agencies_below(client, wanted.agency, wanted.period)
        parameters |= of_agencies(agencies)
        conditions.append(OF_AGENCIES)
    for name, value in (("procedure", wanted.procedure), ("channel", wanted.channel)):
        if value is not None:
            parameters[name] = "" if value == UNKNOWN else value
            conditions.append(f"ifNull({name}, '') = {{{name}:String}}")
    return " AND ".join(conditions)
