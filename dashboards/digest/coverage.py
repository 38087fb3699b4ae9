"""How complete the data of a period is: who has not been heard of, and how far it reaches."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from clickhouse_connect.driver.client import Client

from dashboards.ages import as_of, stream_as_of
from dashboards.calendar import stored
from dashboards.digest.model import Coverage, Quality, State
from dashboards.pipeline import progress
from dashboards.quality import by_day, checked
from dashboards.relations import Basis, relation
from dashboards.store import ask
from metrics.catalogue import HEADLINE
from metrics.civil import CIVIL, civil
from metrics.measure import STREAMS
from metrics.period import Period
from metrics.working_time import working_seconds

LOOKED_BACK = 90
"""Days before a period by which is known what an agency usually has."""
SURELY_SOME = 5
"""Dossiers to be expected of an agency: with so many usual, none at all comes by chance once in 150 times."""
WORKING_DAY = 8 * 3600
"""Working seconds that the data may end before the period: nights and weekends bring nothing."""


def coverage(client: Client, period: Period, members: Sequence[str] | None, now: datetime) -> Coverage:
    """`members`: the agencies concerned; without them all."""
    days = (period.last - period.first).days + 1
    rows = list(_activity(client, period, members))
    waited_for = [(agency, seen) for agency, seen, usual in rows if seen or usual * days >= SURELY_SOME * LOOKED_BACK]
    done = progress(client)
    known = [at for kpi in HEADLINE if (at := as_of(kpi, done)) is not None]
    reaches = min([*known, civil(now)]) if known else None
    end = min(now, ends(period))
    lag = 0 if reaches is None else max(working_seconds(stored(client), reaches, end), 0)
    return Coverage(len(waited_for), tuple(agency for agency, seen in waited_for if not seen), reaches, lag)


def _activity(client: Client, period: Period, members: Sequence[str] | None) -> Iterator[tuple[str, int, int]]:
    """Of each agency how much was counted in the period, and in the days before it."""
    where = "day BETWEEN {before:Date32} AND {last:Date32}"
    if members is not None:
        where += " AND agency IN {agencies:Array(String)}"
    counted = "received + resolved_with_due"
    yield from (
        (agency, int(seen), int(usual))
        for agency, seen, usual in ask(
            client,
            f"SELECT agency, sumIf({counted}, day >= {{first:Date32}}), sumIf({counted}, day < {{first:Date32}}) "
            f"FROM ({relation(Basis.CELLS, where)}) WHERE agency != '' GROUP BY agency ORDER BY agency",
            before=period.first - timedelta(days=LOOKED_BACK),
            first=period.first,
            last=period.last,
            **({} if members is None else {"agencies": list(members)}),
        )
    )


def ends(period: Period) -> datetime:
    """The first moment after it."""
    return datetime.combine(period.last + timedelta(days=1), datetime.min.time(), CIVIL)


def complete(state: State, found: Coverage) -> bool:
    """Whether figures of the period may be called better or worse."""
    reaching = found.as_of is not None and found.lag <= WORKING_DAY
    return state is not State.RUNNING and reaching and not found.silent


def quality(client: Client, period: Period, agency: str | None) -> Quality:
    """What is wrong with the data is known of the province as a whole."""
    done = progress(client)
    silent = tuple(stream.topic.value for stream in STREAMS[:2] if stream_as_of(stream.topic, done) is None)
    if agency is not None:
        return Quality((), 0, silent)
    found = checked(by_day(client), period).found
    failing = tuple((each.check.title.vi, each.dossiers) for each in found if each.dossiers)
    ((dead,),) = ask(client, "SELECT count() FROM dead_letter FINAL")
    return Quality(failing, int(dead), silent)
