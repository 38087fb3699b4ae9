"""The act of closing: a period that is over gets its figures frozen, once, with everything that they counted.

Data may arrive while the figures are read. So those of the province and their lists are read once more at the end, and
what was kept has to add up to them; where either differs the attempt is left as it is, unnamed, and another is made.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clickhouse_connect.driver.client import Client

from dashboards.closing.adding_up import adds_up, amounts
from dashboards.closing.closes import Close, closes, record
from dashboards.closing.figures import NOBODY, PROVINCE, WHOLE, freeze, frozen
from dashboards.closing.pairs import pairs
from dashboards.closing.things import THINGS, keeping, thing_of
from dashboards.closing.tree import keep_tree, tree
from dashboards.figures import EVERY, Reading, Scope, in_force, kpi
from dashboards.judged import parameters as edges
from dashboards.question import DIMENSIONS
from dashboards.store import tell
from metrics.catalogue import CATALOGUE, USUAL
from metrics.civil import civil
from metrics.errors import Refused, Unavailable
from metrics.kpi import Kpi
from metrics.period import Period

ATTEMPTS = 5
PAUSE = 1.0
"""Seconds in which a batch that is being written is whole again."""
LISTS = (None, *DIMENSIONS)
AT_ONCE = 8
"""Definitions whose things are kept by one question: each condition of working time holds a calendar in memory."""
NO_AGENCY = "-"
"""No dossier's: the code of one ends before the first hyphen of the dossier's."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which period somebody wants closed, who, and why; with a family only that one beside the usual definitions."""

    period: Period
    who: str
    why: str
    family: str = EVERY

    @property
    def kpis(self) -> list[Kpi]:
        """In the catalogue's order, as far as they are in force in the period."""
        chosen = {each for each in CATALOGUE if self.family in {EVERY, each.family.id}}.union(USUAL)
        return [each for each in in_force(self.period) if each in chosen]


def close(client: Client, wish: Wish, clock: Callable[[], datetime], new: Callable[[], UUID]) -> Close:
    """The close of the period: a new one, or the earlier one where nothing has changed since.

    Refused where the period is not over, or was closed with other figures than those of now.
    """
    period = wish.period
    if civil(clock()).date() <= period.last:
        raise Refused(f"{period.name} is not over before the end of {period.last:%d/%m/%Y}: its figures still move")
    earlier = closes(client).get(period.name)
    if earlier is not None:
        return _unchanged(client, earlier, wish)
    for _ in range(ATTEMPTS):
        made = Close(new(), period, clock(), wish.who, wish.why)
        if Keeping(client, made, wish.kpis).whole():
            record(client, made)
            return closes(client)[period.name]
        time.sleep(PAUSE)
    raise Unavailable(
        f"{period.name} keeps changing while it is read, or facts and cells disagree: `nhip reconcile` tells which"
        "; nothing was closed, try again"
    )


def _unchanged(client: Client, earlier: Close, wish: Wish) -> Close:
    kept = {(row["kpi"], row["version"]) for row in frozen(client, earlier, Scope(wish.period))}
    missing = [each.id for each in wish.kpis if (each.id, each.version) not in kept]
    if missing:
        raise Refused(
            f"{wish.period.name} was closed on {earlier.at:%d/%m/%Y %H:%M} by {earlier.who}, and a closed period is"
            f" not closed again: then without {', '.join(missing)}"
        )
    if any(pair.differs for scope in scopes(earlier.period) for pair in pairs(client, earlier, scope, EVERY)):
        raise Refused(
            f"{earlier.period.name} was closed on {earlier.at:%d/%m/%Y %H:%M} by {earlier.who} and has changed since:"
            " a closed period is not closed again, its changes are shown as restatements (/restatements)"
        )
    return earlier


def scopes(period: Period) -> list[Scope]:
    """Every way to ask for the figures of the province."""
    return [Scope(period, by=by) for by in LISTS]


class Keeping:
    """One attempt at everything that a close keeps."""

    def __init__(self, client: Client, close: Close, kpis: Sequence[Kpi]) -> None:
        self._client, self._close, self._kpis = client, close, kpis

    def whole(self) -> bool:
        """Whether all of it was kept as of one state of the data."""
        province = self._province()
        for by, readings in zip(LISTS, province, strict=True):
            freeze(self._client, self._close.id, PROVINCE, by or WHOLE, readings)
        self._keep_agencies(tree(self._client, self._close.period))
        self._keep_things([reading.kpi for reading in province[0]])
        return self._province() == province and self._adds_up(province[0])

    def _province(self) -> list[list[Reading]]:
        return [kpi(self._client, scope, kpis=self._kpis) for scope in scopes(self._close.period)]

    def _keep_agencies(self, found: Mapping[str, list[str]]) -> None:
        keep_tree(self._client, self._close.id, found)
        freeze(self._client, self._close.id, PROVINCE, NOBODY, self._of(NO_AGENCY))
        for agency, below in found.items():
            if len(below) > 1:
                freeze(self._client, self._close.id, agency, WHOLE, self._of(agency))

    def _of(self, agency: str) -> list[Reading]:
        return kpi(self._client, Scope(self._close.period, agency), kpis=self._kpis)

    def _keep_things(self, kpis: Sequence[Kpi]) -> None:
        asked = edges([self._close.period], None) | {"close": self._close.id}
        for thing in THINGS:
            mine = [each for each in kpis if thing_of(each) is thing]
            for start in range(0, len(mine), AT_ONCE):
                tell(self._client, keeping(thing, mine[start : start + AT_ONCE]), **asked)

    def _adds_up(self, readings: Sequence[Reading]) -> bool:
        kept = {thing: amounts(self._client, self._close.id, thing) for thing in THINGS}
        return all(adds_up(each, kept[thing]) for each in readings if (thing := thing_of(each.kpi)) is not None)
