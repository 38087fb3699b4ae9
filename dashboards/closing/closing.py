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

from dashboards.closing.closes import Close, closes, record
from dashboards.closing.figures import NOBODY, PROVINCE, WHOLE, freeze
from dashboards.closing.pairs import pairs
from dashboards.closing.things import THINGS, Thing, counting, keeping, mark, thing_of
from dashboards.closing.tree import keep_tree, tree
from dashboards.figures import Reading, Scope, kpi
from dashboards.judged import parameters as edges
from dashboards.question import DIMENSIONS
from dashboards.store import ask, tell
from metrics.catalogue import USUAL
from metrics.civil import civil
from metrics.errors import Refused, Unavailable
from metrics.kpi import Kpi
from metrics.period import Period
from metrics.terms import Quantile, ServicesJudged, ServicesWith, Sum, Term

ATTEMPTS = 5
PAUSE = 1.0
"""Seconds in which a batch that is being written is whole again."""
LISTS = (None, *DIMENSIONS)
NO_AGENCY = "-"
"""No dossier's: the code of one ends before the first hyphen of the dossier's."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which period somebody wants closed, who, and why."""

    period: Period
    who: str
    why: str


def close(client: Client, wish: Wish, clock: Callable[[], datetime], new: Callable[[], UUID]) -> Close:
    """The close of the period: a new one, or the earlier one where nothing has changed since.

    Refused where the period is not over, or was closed with other figures than those of now.
    """
    period = wish.period
    if civil(clock()).date() <= period.last:
        raise Refused(f"{period.name} is not over before the end of {period.last:%d/%m/%Y}: its figures still move")
    earlier = closes(client).get(period.name)
    if earlier is not None:
        return _unchanged(client, earlier)
    for _ in range(ATTEMPTS):
        made = Close(new(), period, clock(), wish.who, wish.why)
        if Keeping(client, made).whole():
            record(client, made)
            return closes(client)[period.name]
        time.sleep(PAUSE)
    raise Unavailable(
        f"{period.name} keeps changing while it is read, or facts and cells disagree: `nhip reconcile` tells which"
        "; nothing was closed, try again"
    )


def _unchanged(client: Client, earlier: Close) -> Close:
    if any(pair.differs for scope in scopes(earlier.period) for pair in pairs(client, earlier, scope)):
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

    def __init__(self, client: Client, close: Close) -> None:
        self._client, self._close = client, close
        self._kpis = USUAL

    def whole(self) -> bool:
        """Whether all of it was kept as of one state of the data."""
        province = self._province()
        for by, readings in zip(LISTS, province, strict=True):
            freeze(self._client, self._close.id, PROVINCE, by or WHOLE, readings)
        self._keep_agencies(tree(self._client, self._close.period))
        self._keep_things([reading.kpi for reading in province[0]])
        return self._province() == province and all(self._adds_up(reading) for reading in province[0])

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
            if mine:
                tell(self._client, keeping(thing, mine), **asked)

    def _adds_up(self, reading: Reading) -> bool:
        """Whether what was kept amounts to the figure, as far as it is a count or a sum."""
        thing = thing_of(reading.kpi)
        terms = list(counting(reading.kpi))
        numbers = zip(terms, (reading.numerator, reading.denominator), ("counted", "whole"), strict=False)
        return thing is None or all(
            isinstance(term, Quantile) or number == self._amount(thing, reading.kpi, term, among)
            for term, number, among in numbers
        )

    def _amount(self, thing: Thing, kpi: Kpi, term: Term, among: str) -> int:
        """What the kept things of a term come to, of those in the numerator or in the denominator."""
        match term:
            case ServicesWith() | ServicesJudged():
                what = "uniqExact(procedure)"
            case Sum():
                what = "sum(amounts[indexOf(counted, {mark:String})])"
            case _:
                what = "count()"
        question = f"SELECT {what} FROM {thing.kept} WHERE close = {{close:UUID}} AND has({among}, {{mark:String}})"
        return int(ask(self._client, question, close=self._close.id, mark=mark(kpi))[0][0])
