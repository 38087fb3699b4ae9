"""How many open dossiers were overdue or soon due at moments of the past, as their steps and dates say it today.

Of the present moment it says what `late.by_agency` says. Due dates that were moved count as they are now, and a dossier
that the record alone calls ended, without a step that says when, counts at no moment.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from clickhouse_connect.driver.client import Client

from dashboards.calendar import stored
from dashboards.late import ENDS, Window
from dashboards.open_dossiers import ENDED
from dashboards.store import ask

NEVER, EVER = 2**62, -(2**62)
LAST_ENDED = f"""SELECT dossier FROM step WHERE dossier IN (SELECT dossier FROM step WHERE status IN {ENDED})
    GROUP BY dossier HAVING argMax(status, (at, status)) IN {ENDED}"""
DOSSIERS = f"""SELECT dossier, agency, toInt64(assumeNotNull(due_at)) AS due,
        ifNull(toInt64(received_at), {EVER}) AS begins, ifNull(toInt64(resolved_at), {NEVER}) AS ends
    FROM dossier FINAL WHERE due_at IS NOT NULL
        AND (ifNull(status, '') NOT IN {ENDED} OR dossier IN ({LAST_ENDED}))
        AND begins <= {{last:Int64}} AND ends > {{first:Int64}} AND due <= {{latest:Int64}}"""
REFUSED = f"""SELECT dossier, ended, back FROM (
        SELECT dossier, status, toInt64(at) AS ended, leadInFrame(toInt64(at), 1, {NEVER}) OVER (
            PARTITION BY dossier ORDER BY at, status ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS back
        FROM step FINAL WHERE dossier IN (SELECT dossier FROM step WHERE status IN {ENDED}))
    WHERE status IN {ENDED}"""
"""From a step that ends a dossier to the next one, if there is one: so long nobody works on it."""
COUNTED = "sumForEach(arrayMap((now, upto) -> {so}, {{moments:Array(Int64)}}, {{ends:Array(Int64)}}))"
OPEN = "begins <= now AND now < ends"
DUE: Mapping[bool, str] = {True: "due < now", False: "due >= now AND due <= upto"}


def late_then(client: Client, moments: Sequence[datetime], window: Window) -> dict[str, list[int]]:
    """By agency, without those below it: the number at each of the moments."""
    if not moments:
        return {}
    so = f"{OPEN} AND {DUE[window is Window.OVERDUE]}"
    worked_on = COUNTED.format(so=f"toInt64({so})")
    ended = COUNTED.format(so=f"toInt64({so} AND ended <= now AND now < back)")
    given = _parameters(client, moments, window)
    found = {agency: list(numbers) for agency, numbers in ask(
        client, f"SELECT agency, {worked_on} FROM ({DOSSIERS}) GROUP BY agency", **given
    )}  # fmt: skip
    less = ask(
        client,
        f"SELECT agency, {ended} FROM ({REFUSED}) AS hole "
        f"INNER JOIN ({DOSSIERS}) AS one USING (dossier) GROUP BY agency",
        **given,
    )
    for agency, numbers in less:
        found[agency] = [all_ - ended_ for all_, ended_ in zip(found[agency], numbers, strict=True)]
    return found


def _parameters(client: Client, moments: Sequence[datetime], window: Window) -> dict[str, int | list[int]]:
    """Moments as whole seconds since 1970, each with the end of its window."""
    calendar, end = stored(client), ENDS.get(window)
    ends = [_seconds(end(calendar, moment)) if end else _seconds(moment) for moment in moments]
    starts = [_seconds(moment) for moment in moments]
    return {"moments": starts, "ends": ends, "first": min(starts), "last": max(starts), "latest": max(ends)}


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
