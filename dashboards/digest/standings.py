"""Who stands best and worst, and what lost points."""

from collections.abc import Sequence
from fractions import Fraction

from clickhouse_connect.driver.client import Client

from dashboards.digest.model import Points, Standing, Unit
from dashboards.figures import UNKNOWN, Reading, Scope, kpi
from dashboards.league import few
from metrics.catalogue.headline import ON_TIME_RESOLUTION, ONLINE_SUBMISSION_RATE
from metrics.formula import Points as Formula
from metrics.kpi import Better, Kpi
from metrics.period import Period
from metrics.what_if import lifted

COMPARED = (ON_TIME_RESOLUTION, ONLINE_SUBMISSION_RATE)
EACH_END = 3
HALF = Fraction(1, 2)
MOST_LOST = 3


def standings(client: Client, period: Period, agency: str | None) -> tuple[Standing, ...]:
    """Each agency with its own dossiers alone."""
    found = kpi(client, Scope(period, agency, "agency"), kpis=COMPARED)
    return tuple(standing(each, [one for one in found if one.kpi == each]) for each in COMPARED)


def standing(asked: Kpi, readings: Sequence[Reading]) -> Standing:
    """Equal rates: who has more cases comes first, on both ends. Who shares the best rate is not among the worst."""
    ranked = [one for one in readings if one.value is not None and one.key != UNKNOWN and not few(one)]
    sign = 1 if asked.better is Better.HIGHER else -1
    ends = min(EACH_END, len(ranked) // 2)
    best, worst = (
        sorted(ranked, key=lambda one: (-turn * sign * (one.value or 0), -(one.denominator or 0), one.key or ""))
        for turn in (1, -1)
    )
    above = [one for one in best[:ends] if one.value != worst[0].value]
    below = [one for one in worst[:ends] if one.value != best[0].value]
    return Standing(asked, len(ranked), _units(above), _units(below))


def _units(readings: Sequence[Reading]) -> tuple[Unit, ...]:
    return tuple(Unit(str(one.key), one) for one in readings)


def points(readings: Sequence[Reading]) -> tuple[Points, ...]:
    """Of these readings the indicators that lost most."""
    found = [_points(one, one.kpi.formula) for one in readings if isinstance(one.kpi.formula, Formula)]
    lost = [one for one in found if one is not None]
    return tuple(sorted(lost, key=lambda one: (one.reading.value or 0) - one.most)[:MOST_LOST])


def _points(one: Reading, formula: Formula) -> Points | None:
    part, whole = one.numerator, one.denominator
    if one.value is None or one.value >= formula.most or not isinstance(part, int) or not isinstance(whole, int):
        return None
    return Points(one, formula.most, lifted(formula, part, whole, HALF))
