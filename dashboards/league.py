"""Agencies side by side: each with its figure, its counts, and the same period a year before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.agencies import Agency, agencies, at_tier, unknown
from dashboards.change import breaks
from dashboards.figures import Reading, Scope, kpi
from dashboards.judged import judged
from dashboards.question import question, services_on_last_day
from dashboards.relations import Basis
from dashboards.spans import alongside, year_before
from dashboards.store import ask
from dashboards.units import turns_of
from metrics.breaks import Break
from metrics.formula import Number, pair
from metrics.kpi import Better, Kpi
from metrics.period import Period
from metrics.terms import COUNTED, JUDGED, Quantile, ServicesInForce, Term

FEWEST = 10
"""A rate of fewer cases than this says little: it is marked and not ranked."""

LEADER = "transform(agency, {members:Array(String)}, {leaders:Array(String)}, '')"


@dataclass(frozen=True, slots=True)
class Row:
    """One agency of the league; `rank` is None where there are too few cases or none. `turns`: what happened to it."""

    agency: Agency
    reading: Reading
    before: Reading | None
    rank: int | None
    turns: tuple[Break, ...] = ()

    @property
    def breaks(self) -> tuple[Break, ...]:
        """Why it must not be compared with a year before."""
        return breaks(self.reading, self.before, self.turns)

    @property
    def change(self) -> float | None:
        """Of the value against the same span a year before, where both stand on enough cases and may be compared."""
        now, then = self.reading, None if self.breaks else self.before
        if then is None or now.value is None or then.value is None or few(now) or few(then):
            return None
        return now.value - then.value


@dataclass(frozen=True, slots=True)
class League:
    """Ranked rows first, best first, then the others by code. `up` and `down` count the changes."""

    kpi: Kpi
    period: Period
    tier: str | None
    rows: tuple[Row, ...]

    @property
    def up(self) -> int:
        return sum((row.change or 0) > 0 for row in self.rows)

    @property
    def down(self) -> int:
        return sum((row.change or 0) < 0 for row in self.rows)


def league(client: Client, asked: Kpi, period: Period, today: date, tier: str | None = None) -> League:
    """Agencies of a tier, each with all below it; without a tier every agency with its own alone."""
    known = agencies(client, period.last)
    now = _by_agency(client, asked, period, known, tier)
    earlier = year_before(period)
    before = _by_agency(client, asked, alongside(earlier, period, today), known, tier) if earlier else {}
    ranks, turns = _ranks(asked, now), turns_of(client)
    rows = [
        Row(known.get(code) or unknown(code), reading, before.get(code), ranks.get(code), turns.get(code, ()))
        for code, reading in now.items()
    ]
    return League(asked, period, tier, tuple(sorted(rows, key=_place)))


def _place(row: Row) -> tuple[bool, int, str]:
    return row.rank is None, row.rank or 0, row.agency.agency


def _ranks(asked: Kpi, readings: Mapping[str, Reading]) -> dict[str, int]:
    """1 is best; equal values share a rank."""
    enough = {code: r.value for code, r in readings.items() if r.value is not None and not few(r)}
    sign = -1 if asked.better is Better.HIGHER else 1
    better = sorted(sign * value for value in enough.values())
    return {code: better.index(sign * value) + 1 for code, value in enough.items()}


def few(reading: Reading) -> bool:
    """Whether a rate stands on too few cases to be compared."""
    return reading.denominator is not None and reading.denominator < FEWEST


def _by_agency(
    client: Client, asked: Kpi, period: Period, known: Mapping[str, Agency], tier: str | None
) -> dict[str, Reading]:
    scope = Scope(period, by="agency")
    if tier is None:
        return {str(reading.key): reading for reading in kpi(client, scope, kpis=[asked])}
    numbers = _numbers(client, asked, period, at_tier(known, tier))
    return {
        agency.agency: Reading(asked, scope, agency.agency, *_counts(asked, numbers, agency.agency))
        for agency in known.values()
        if agency.tier == tier
        and (agency.exists(period) or any(agency.agency in counted for counted in numbers.values()))
    }


Numbers = Mapping[Term, Mapping[str, Number]]


def together(client: Client, asked: Kpi, period: Period, agency: str, members: Sequence[str]) -> Reading:
    """One figure of several agencies, counted as if all their dossiers were this one's."""
    numbers = _numbers(client, asked, period, dict.fromkeys(members, agency))
    return Reading(asked, Scope(period, agency), None, *_counts(asked, numbers, agency))


def _counts(asked: Kpi, numbers: Numbers, agency: str) -> tuple[Number | None, Number | None]:
    return pair(asked.formula, lambda term: numbers[term].get(agency, None if isinstance(term, Quantile) else 0))


def _numbers(client: Client, asked: Kpi, period: Period, leaders: Mapping[str, str]) -> Numbers:
    """For each term its number by leader; services in force are the province's, whoever asks."""
    days = {"first": period.first, "last": period.last}
    places: dict[str, Any] = {"members": list(leaders), "leaders": list(leaders.values())}
    terms = list(dict.fromkeys(asked.terms()))
    numbers: dict[Term, Mapping[str, Number]] = {}
    if counted := [term for term in terms if isinstance(term, COUNTED)]:
        asking = question(counted, Basis.CELLS, LEADER, some_agencies=True)
        rows = ask(client, asking, **days, **places, agencies=list(leaders))
        numbers |= {term: {row[0]: int(row[at]) for row in rows} for at, term in enumerate(counted, start=1)}
    facts = [term for term in terms if isinstance(term, JUDGED)]
    numbers |= judged(client, facts, [period], LEADER, list(leaders), **places)[0]
    for term in terms:
        if isinstance(term, ServicesInForce):
            in_force = len(ask(client, services_on_last_day(term.services), **days))
            numbers[term] = dict.fromkeys(leaders.values(), in_force)
    return numbers
