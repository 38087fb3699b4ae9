"""A figure as a tile shows it: now, against the same span before, over the last periods, and how old it is."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from clickhouse_connect.driver.client import Client

from dashboards.ages import as_of, beginnings, counted
from dashboards.board import FRESH, Board
from dashboards.cache import Read
from dashboards.change import Change, breaks, change
from dashboards.figures import Reading, Scope, kpi
from dashboards.goals import Standing, standing, target
from dashboards.pipeline import Progress, progress
from dashboards.series import series
from dashboards.spans import alongside, before, form, history
from dashboards.units import turns_of
from metrics.breaks import Break
from metrics.catalogue import CATALOGUE, HEADLINE
from metrics.civil import civil
from metrics.kpi import Family, Kpi, Target
from metrics.period import Period

POINTS, YEARS = 12, 5
"""Periods of a trend; of years fewer, as each costs a question and most lie before the first dossier."""
JUDGED_FRESH = 20.0
"""Seconds for which figures that are judged from the facts serve everybody: they cost more, and say as of when."""
TURNED = 10.0
"""Seconds for which what happened to agencies is kept."""
SETTLED = 300.0
"""Seconds for which figures of periods that are over are kept: only late data changes them."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One KPI of a scope; `trend` ends with the reading itself."""

    reading: Reading
    before: Reading | None
    trend: tuple[Reading, ...]
    as_of: datetime | None
    running: bool
    turns: tuple[Break, ...] = ()
    target: Target | None = None

    @property
    def kpi(self) -> Kpi:
        return self.reading.kpi

    @property
    def reached(self) -> bool | None:
        """Whether the target is; None where there is none, or no value."""
        if self.target is None or self.reading.value is None:
            return None
        return self.kpi.better.met(self.reading.value, self.target.value)

    @property
    def change(self) -> Change | None:
        return change(self.reading, self.before, self.turns)

    @property
    def breaks(self) -> tuple[Break, ...]:
        """Why there is no change to show."""
        return breaks(self.reading, self.before, self.turns)

    @property
    def trend_breaks(self) -> tuple[tuple[Break, ...], ...]:
        """Of each point of the trend, what lies between it and the one before."""
        pairs = zip(self.trend, (None, *self.trend), strict=False)
        return tuple(breaks(now, then, self.turns) for now, then in pairs)

    @property
    def line(self) -> list[float | None]:
        """The values of the trend, with a gap where it must not be drawn through."""
        points = zip(self.trend, self.trend_breaks, strict=True)
        return [value for now, broken in points for value in ([None, now.value] if broken else [now.value])]

    @property
    def silent(self) -> bool:
        """Something that it is counted from never brought anything: its zero is not known to be one."""
        return self.as_of is None

    def stale(self, now: datetime) -> bool:
        """Older than its declaration allows. A period that is over does not age."""
        return self.running and self.as_of is not None and now - self.as_of > timedelta(seconds=self.kpi.freshness)


def tiles(board: Board, scope: Scope, *, kpis: Sequence[Kpi] = HEADLINE) -> list[Tile]:
    today = civil(board.now()).date()
    period = scope.period
    earlier = before(period)
    read = {family: of_family(board, scope, family) for family in dict.fromkeys(each.family for each in kpis)}
    now = {reading.kpi: reading for each in read.values() for reading in each.value}
    turns = turns_of_all(board).get(scope.agency, ()) if scope.agency else ()
    points = YEARS if form(period) == "year" else POINTS
    past = trend(board, kpis, history(period, points)[:-1], scope.agency)
    then: Mapping[Kpi, Reading] = {}
    if earlier and alongside(earlier, period, today) != earlier:
        then = figures(board, Scope(alongside(earlier, period, today), scope.agency), kpis, SETTLED)
    elif earlier:
        then = {each: past[each][-1] for each in kpis}  # whole, and so the last point of the trend
    done = board.read("progress", progress).value
    begun = board.read("beginnings", beginnings, SETTLED).value
    goals = goals_of(board, scope)
    return [
        Tile(
            now[each],
            counted(then.get(each), begun),
            (*(point for point in past[each] if counted(point, begun)), now[each]),
            complete(each, done, read[each.family].as_of),
            running=period.first <= today <= period.last,
            turns=turns,
            target=target(each, goals),
        )
        for each in kpis
    ]


def goals_of(board: Board, scope: Scope) -> Standing:
    """Goals are the whole province's: an agency has none of its own."""
    if scope.agency is not None:
        return {}
    return board.read(("goals", scope.period), lambda client: standing(client, scope.period, board.now()), TURNED).value


def complete(kpi: Kpi, done: Sequence[Progress], read: datetime) -> datetime | None:
    """Up to when everything is in the figure: never later than it was read, however new the data is by now."""
    known = as_of(kpi, done)
    return None if known is None else min(known, civil(read))


def turns_of_all(board: Board) -> dict[str, tuple[Break, ...]]:
    return board.read("turns", turns_of, TURNED).value


def figures(board: Board, scope: Scope, kpis: Sequence[Kpi], seconds: float = FRESH) -> dict[Kpi, Reading]:
    """A family's figures are kept together, so that pages, tiles and the API all show the same reading of them."""
    families = dict.fromkeys(each.family for each in kpis)
    return {reading.kpi: reading for family in families for reading in of_family(board, scope, family, seconds).value}


def of_family(board: Board, scope: Scope, family: Family, seconds: float = FRESH) -> Read[list[Reading]]:
    """All definitions of the family, whether in force in the period or not."""
    kpis = of(family)
    longer = seconds if all(each.of_cells for each in kpis) else max(seconds, JUDGED_FRESH)
    return board.read(("kpi", family.id, scope), lambda client: kpi(client, scope, kpis=kpis), longer)


def of(family: Family) -> list[Kpi]:
    """All definitions of the family."""
    return [each for each in CATALOGUE if each.family == family]


def trend(board: Board, kpis: Sequence[Kpi], periods: Sequence[Period], agency: str | None) -> dict[Kpi, list[Reading]]:
    """Of each KPI its readings of these periods: a point is kept for every trend that it is in.

    An agency's trend follows those that are below it at its end.
    """
    found: dict[Kpi, list[Reading]] = {each: [] for each in kpis}
    for family in dict.fromkeys(each.family for each in kpis if periods):
        asked = of(family) if all(each.of_cells for each in of(family)) else [k for k in kpis if k.family == family]
        ids, tree = tuple((each.id, each.version) for each in asked), periods[-1] if agency else None
        keys: dict[Hashable, Period] = {("trend", ids, period, agency, tree): period for period in periods}
        points = board.read_all(list(keys), _missing(asked, periods, agency, keys), SETTLED)
        for reading in (reading for point in points for reading in point.value if reading.kpi in found):
            found[reading.kpi].append(reading)
    return found


def _missing(
    kpis: Sequence[Kpi], periods: Sequence[Period], agency: str | None, keys: Mapping[Hashable, Period]
) -> Callable[[Client, Sequence[Hashable]], list[list[Reading]]]:
    """Reads the points that are not kept: by one question, from the first of them to the last."""

    def read(client: Client, missing: Sequence[Hashable]) -> list[list[Reading]]:
        places = [periods.index(keys[key]) for key in missing]
        spanned = periods[places[0] : places[-1] + 1]
        drawn = series(client, kpis, spanned, agency, tree=periods[-1])
        return [drawn[place - places[0]] for place in places]

    return read
