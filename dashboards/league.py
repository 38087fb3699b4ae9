"""Agencies side by side: each with its figure, its counts, and the same period a year before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from clickhouse_connect.driver.client import Client

from dashboards.agencies import Agency, agencies, at_tier, unknown
from dashboards.change import breaks
from dashboards.figures import Reading, Scope, kpi
from dashboards.leaders import by_leader, counts
from dashboards.spans import alongside, year_before
from dashboards.units import turns_of
from metrics.breaks import Break
from metrics.kpi import Better, Kpi
from metrics.period import Period

FEWEST = 10
"""A rate of fewer cases than this says little: it is marked and not ranked."""


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
    """Ranked rows first, best first, then the others by code."""

    kpi: Kpi
    period: Period
    tier: str | None
    rows: tuple[Row, ...]


Standings = Mapping[Kpi, Mapping[str, Reading]]
"""Of each KPI its reading by agency."""


def league(client: Client, asked: Kpi, period: Period, today: date, tier: str | None = None) -> League:
    """Agencies of a tier, each with all below it; without a tier every agency with its own alone."""
    known, earlier = agencies(client, period.last), compared(period, today)
    now = standings(client, [asked], period, known, tier)
    before = standings(client, [asked], earlier, known, tier) if earlier else {asked: {}}
    return beside(now[asked], before[asked], League(asked, period, tier, ()), known, turns_of(client))


def compared(period: Period, today: date) -> Period | None:
    """As much of the same period a year before as has passed of this one."""
    earlier = year_before(period)
    return alongside(earlier, period, today) if earlier else None


def beside(
    now: Mapping[str, Reading],
    before: Mapping[str, Reading],
    empty: League,
    known: Mapping[str, Agency],
    turns: Mapping[str, tuple[Break, ...]],
) -> League:
    """The league with its rows: figures set beside those of a year before, and ranked."""
    ranks = _ranks(empty.kpi, now)
    rows = [
        Row(known.get(code) or unknown(code), reading, before.get(code), ranks.get(code), turns.get(code, ()))
        for code, reading in now.items()
    ]
    return replace(empty, rows=tuple(sorted(rows, key=_place)))


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


def standings(
    client: Client, kpis: Sequence[Kpi], period: Period, known: Mapping[str, Agency], tier: str | None
) -> Standings:
    """Several KPIs by one question."""
    scope = Scope(period, by="agency")
    if tier is None:
        found: dict[Kpi, dict[str, Reading]] = {each: {} for each in kpis}
        for reading in kpi(client, scope, kpis=kpis):
            found[reading.kpi][str(reading.key)] = reading
        return found
    numbers = by_leader(client, kpis, period, at_tier(known, tier))
    there = {
        code
        for code, agency in known.items()
        if agency.tier == tier and (agency.exists(period) or any(code in counted for counted in numbers.values()))
    }
    return {
        each: {code: Reading(each, scope, code, *counts(each, numbers, code)) for code in known if code in there}
        for each in kpis
    }


def together(client: Client, asked: Kpi, period: Period, agency: str, members: Sequence[str]) -> Reading:
    """One figure of several agencies, counted as if all their dossiers were this one's."""
    numbers = by_leader(client, [asked], period, dict.fromkeys(members, agency))
    return Reading(asked, Scope(period, agency), None, *counts(asked, numbers, agency))
