"""Reads a digest: the same readings as the board and the API show, put together for one period and place."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from clickhouse_connect.driver.client import Client

from dashboards.agencies import agencies
from dashboards.alerts.rules import Rules
from dashboards.closing.closes import closes
from dashboards.digest import flow as flows
from dashboards.digest.coverage import complete, coverage, ends, quality
from dashboards.digest.happened import Earlier, breaches, reprinted, restated
from dashboards.digest.model import Digest, Figure, Promises, Restated, State
from dashboards.digest.standings import COMPARED, points, standings
from dashboards.digest.used import jumps, unused
from dashboards.digest.verdict import verdict
from dashboards.figures import Reading, Scope, agencies_below, kpi
from dashboards.series import series
from dashboards.services import Service, services
from dashboards.spans import alongside, before, form, history, year_before
from dashboards.units import turns_of
from metrics.alerting.threshold import Measured, Threshold
from metrics.breaks import between
from metrics.catalogue import CATALOGUE, HEADLINE
from metrics.civil import civil
from metrics.errors import Misconfigured
from metrics.formula import Points
from metrics.kpi import Kpi
from metrics.period import Period

SHOWN = (*HEADLINE, *(each for each in CATALOGUE if each.id == "reception_late"))
"""The figures that a digest prints, with their changes."""
COURTESY = tuple(
    each
    for each in CATALOGUE
    if each.id in {"apologies_due", "nd61_apology_on_time", "reappointed_share", "reappointed_dossiers"}
)
SCORED = tuple(each for each in CATALOGUE if each.family.id == "qd766" and isinstance(each.formula, Points))
POINTS = 12
"""Of a trend."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to tell of, and as of when. `printed`: figures of the issue about the period before."""

    period: Period
    agency: str | None
    now: datetime
    printed: Earlier = field(default_factory=dict)


def read(client: Client, rules: Rules, wish: Wish, promises: Promises) -> Digest:
    """Misconfigured where nobody knows the agency."""
    period, agency = wish.period, wish.agency
    known = agencies(client, period.last)
    if agency is not None and agency not in known:
        raise Misconfigured([f"--agency: no such agency: {agency}"])
    members = None if agency is None else agencies_below(client, agency, period)
    state, counted = state_of(client, period, wish.now), flows.counted(client, period, members)
    covered = coverage(client, period, members, wish.now)
    now = {each.kpi: each for each in kpi(client, Scope(period, agency), kpis=[*SHOWN, *SCORED, *COURTESY])}
    earlier = _earlier(client, wish, before(period))
    yearly = _earlier(client, wish, year_before(period))
    turns = turns_of(client).get(agency, ()) if agency else ()
    limits = [rule.threshold for rule in rules.holding().values()]
    names = {code: each.name or code for code, each in known.items()}
    listed, previous = services(client, period, agency), before(period)
    return Digest(
        period=period,
        agency=agency,
        names=names,
        made_at=wish.now,
        state=state,
        coverage=covered,
        flow=flows.flow(counted),
        figures=tuple(
            Figure(
                now[each], earlier.get(each), yearly.get(each), target(limits, each, agency, period), turns,
                verdict(now[each], earlier.get(each), turns, complete=complete(state, covered)),
            )
            for each in SHOWN if each in now
        ),
        trends=_trends(client, period, agency),
        standings=standings(client, period, agency),
        loads=flows.loads(counted),
        late_procedures=_named(flows.late_procedures(counted), listed),
        courtesy=tuple(now[each] for each in COURTESY if each in now and now[each].value),
        points=points([now[each] for each in SCORED if each in now]),
        unused=unused(listed),
        jumps=(
            jumps(listed, period, services(client, previous, agency), previous)
            if previous and not between(previous, period, unit=turns) else ()
        ),
        breaches=breaches(client, period, members),
        restated=tuple(_restated(client, wish, earlier)),
        quality=quality(client, period, agency),
        promised=tuple(promises(client, period, members, names)),
        turns=turns,
    )  # fmt: skip


def _named(numbers: Iterable[tuple[str, int]], known: Iterable[Service]) -> tuple[tuple[str, int], ...]:
    names = {service.procedure: service.name for service in known}
    return tuple((names.get(code) or code, number) for code, number in numbers)


def state_of(client: Client, period: Period, now: datetime) -> State:
    if now < ends(period):
        return State.RUNNING
    return State.CLOSED if period.name in closes(client) else State.OVER


def _earlier(client: Client, wish: Wish, period: Period | None) -> Mapping[Kpi, Reading]:
    """As much of it as has passed of the one that is told of; nothing of a period of which nothing is known."""
    if period is None:
        return {}
    today: date = civil(wish.now).date()
    scope = Scope(alongside(period, wish.period, today), wish.agency)
    found = kpi(client, scope, kpis=SHOWN)
    return {each.kpi: each for each in found} if any(each.numerator for each in found) else {}


def target(limits: Sequence[Threshold], asked: Kpi, agency: str | None, period: Period) -> Threshold | None:
    """The limit that was set for exactly this figure; of several the one for this kind of period."""
    mine = [
        each
        for each in limits
        if (each.subject, each.version) == (asked.id, asked.version)
        and each.measured is Measured.VALUE
        and each.agency == agency
        and each.tier is None
    ]
    return min(mine, key=lambda each: (each.over != form(period), each.id), default=None)


def _trends(client: Client, period: Period, agency: str | None) -> tuple[tuple[Reading, ...], ...]:
    points_of = series(client, COMPARED, history(period, POINTS), agency)
    return tuple(zip(*points_of, strict=True))


def _restated(client: Client, wish: Wish, earlier: Mapping[Kpi, Reading]) -> Iterator[Restated]:
    yield from reprinted(wish.printed, list(earlier.values()))
    yield from restated(client, wish.period, wish.agency)
