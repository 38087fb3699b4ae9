"""Dossiers of a period by form 06a, and where the late ones are: asked once by agency and procedure, and added up."""

from collections import Counter
from collections.abc import Mapping, Sequence

from clickhouse_connect.driver.client import Client

from dashboards.digest.model import Flow, Load
from dashboards.judged import judged
from metrics.catalogue.vpcp06a import COLUMNS, NEW, OPEN
from metrics.period import Period
from metrics.predicate import All, Known, OneOf
from metrics.terms import Dossiers

TERMS: Mapping[str, Dossiers] = {
    **{
        each.id.removeprefix("vpcp06a_"): term
        for each in COLUMNS
        for term in each.terms()
        if isinstance(term, Dossiers)
    },
    "post": Dossiers(All((NEW, OneOf("channel", ("3",))))),
    "waiting": Dossiers(All((OPEN, Known("waiting_since")))),
    "due": Dossiers(All((OPEN, OneOf("due_in_week_after", ("1",))))),
}
"""The form's columns by their names, and what the form does not tell apart."""
LATE = ("late", "overdue")
MOST, MOST_PROCEDURES = 5, 3
PLACE, BETWEEN = "concat(agency, char(10), ifNull(procedure, ''))", "\n"

Counts = Mapping[str, Mapping[tuple[str, str], int]]
"""Of each of the terms its number by agency and procedure."""


def counted(client: Client, period: Period, members: Sequence[str] | None) -> Counts:
    """`members`: the agencies concerned; without them all."""
    (answer,) = judged(client, list(TERMS.values()), [period], PLACE, None if members is None else list(members))
    return {name: {_place(key): int(number) for key, number in answer[term].items()} for name, term in TERMS.items()}


def _place(key: str) -> tuple[str, str]:
    agency, _, procedure = key.partition(BETWEEN)
    return agency, procedure


def flow(found: Counts) -> Flow:
    sums = {name: sum(numbers.values()) for name, numbers in found.items()}
    return Flow(
        received=sums["received"],
        carried=sums["carried_over"],
        online=sums["online"],
        desk=sums["desk_post"] - sums["post"],
        post=sums["post"],
        resolved=sums["resolved"],
        early=sums["early"],
        in_time=sums["in_time"],
        late=sums["late"],
        open=sums["open"],
        open_in_time=sums["open_in_time"],
        overdue=sums["overdue"],
        waiting=sums["waiting"],
        due=sums["due"],
    )


def loads(found: Counts) -> tuple[Load, ...]:
    """Agencies with something late, the most first; and after them the ones with the most due soon."""
    late, overdue, due = (_by(0, found[name]) for name in (*LATE, "due"))
    every = [Load(agency, late[agency], overdue[agency], due[agency]) for agency in late | overdue | due]
    most = sorted(every, key=lambda load: (-load.late - load.overdue, -load.due, load.agency))
    return tuple(load for load in most[:MOST] if load.late + load.overdue + load.due)


def late_procedures(found: Counts) -> tuple[tuple[str, int], ...]:
    """Procedures with the most dossiers resolved late or overdue."""
    numbers = _by(1, found["late"]) + _by(1, found["overdue"])
    most = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
    return tuple((code, number) for code, number in most[:MOST_PROCEDURES] if code)


def _by(at: int, numbers: Mapping[tuple[str, str], int]) -> Counter[str]:
    """By agency, or by procedure."""
    found: Counter[str] = Counter()
    for place, number in numbers.items():
        found[place[at]] += number
    return found
