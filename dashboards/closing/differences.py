"""The things by which a figure differs from what it was when its period was closed.

Each is set beside itself: where it was counted then, where it is counted now. Summed over all of them, that is exactly
how the numerator and the denominator have changed.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.closing.closes import Close
from dashboards.closing.things import Thing, conditions, mark, source
from dashboards.closing.tree import agencies_then
from dashboards.figures import agencies_below
from dashboards.judged import parameters as edges
from dashboards.store import ask
from metrics.kpi import Kpi


class Turn(StrEnum):
    """The figure did not count it then; does not count it now; counts it both times, and its numerator once.

    CHANGED is one whose place in the denominator, or whose number that is summed or ranked, is another one.
    """

    ENTERED = "entered"
    LEFT = "left"
    NOW_COUNTED = "now_counted"
    NO_LONGER_COUNTED = "no_longer_counted"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Side:
    """Where a figure counts a thing; `amount` is the number that is summed or ranked, 0 where things are counted."""

    whole: bool
    counted: bool
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing, then and now; None where the figure does not count it at all."""

    code: str
    was: Side | None
    now: Side | None

    @property
    def turn(self) -> Turn:
        if self.was is None:
            return Turn.ENTERED
        if self.now is None:
            return Turn.LEFT
        if self.was.counted == self.now.counted:
            return Turn.CHANGED
        return Turn.NOW_COUNTED if self.now.counted else Turn.NO_LONGER_COUNTED


@dataclass(frozen=True, slots=True)
class Why:
    """How many things of a kind did what, and by how much that changed the numbers of things counted."""

    thing: str
    entered: int
    left: int
    now_counted: int
    no_longer_counted: int
    changed: int
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which figure of a closed period; an agency includes all below it, as it then was and as it is."""

    close: Close
    kpi: Kpi
    thing: Thing
    agency: str | None = None


COLUMNS = "was_there, was_whole, was_counted, was_amount, is_there, is_whole, is_counted, is_amount"


def why(client: Client, asked: Asked) -> Why:
    question, parameters = _differing(client, asked)
    flags = COLUMNS.replace("was_amount, ", "0, ").replace("is_amount", "0")
    rows = ask(client, f"SELECT count(), {flags} FROM ({question}) GROUP BY ALL", **parameters)
    return summed(asked.thing.name, ((_difference("", *row[1:]), int(row[0])) for row in rows))


def summed(thing: str, found: Iterable[tuple[Difference, int]]) -> Why:
    """From differences, and how many there are of each."""
    turns, numerator, denominator = Counter[Turn](), 0, 0
    for one, count in found:
        turns[one.turn] += count
        for side, sign in ((one.was, -count), (one.now, count)):
            numerator += sign * (side is not None and side.counted)
            denominator += sign * (side is not None and side.whole)
    return Why(thing, **{turn.value: turns[turn] for turn in Turn}, numerator=numerator, denominator=denominator)


def differences(client: Client, asked: Asked, turn: Turn | None, after: str, limit: int) -> list[Difference]:
    """The first so many whose codes come after `after`, by code."""
    question, parameters = _differing(client, asked)
    where = "" if turn is None else " AND turn = {turn:String}"
    rows = ask(
        client,
        f"SELECT code, {COLUMNS} FROM ({question}) WHERE code > {{after:String}}{where} "
        "ORDER BY code LIMIT {limit:UInt32}",
        after=after,
        limit=limit,
        turn=turn.value if turn else "",
        **parameters,
    )
    return [_difference(*row) for row in rows]


def _difference(code: str, *sides: int) -> Difference:
    was, now = (
        Side(bool(whole), bool(counted), int(amount)) if there else None
        for there, whole, counted, amount in (sides[:4], sides[4:])
    )
    return Difference(code, was, now)


def _differing(client: Client, asked: Asked) -> tuple[str, dict[str, Any]]:
    """SQL for every such thing, with its parameters."""
    thing, period, some = asked.thing, asked.close.period, asked.agency is not None
    agencies = None if asked.agency is None else agencies_below(client, asked.agency, period)
    parameters = edges([period], agencies) | {"close": asked.close.id, "mark": mark(asked.kpi)}
    if asked.agency is not None:
        parameters["agencies_then"] = agencies_then(client, asked.close, asked.agency)
    return _question(thing, asked.kpi, some=some), parameters


def _question(thing: Thing, kpi: Kpi, *, some: bool) -> str:
    """A thing is there once or twice: as it was kept, as it is. Parameters: close, mark, and the agencies of each."""
    now = conditions(kpi)
    below = " AND agency IN {agencies_then:Array(String)}" if some else ""
    return f"""
        SELECT code, max(then) AS was_there, maxIf(whole, then) AS was_whole, maxIf(counted, then) AS was_counted,
            sumIf(amount, then) AS was_amount, max(NOT then) AS is_there, maxIf(whole, NOT then) AS is_whole,
            maxIf(counted, NOT then) AS is_counted, sumIf(amount, NOT then) AS is_amount,
            multiIf(NOT was_there, 'entered', NOT is_there, 'left', was_counted = is_counted, 'changed',
                is_counted, 'now_counted', 'no_longer_counted') AS turn
        FROM (
            SELECT {thing.code} AS code, 1 AS then, has(kept.whole, {{mark:String}}) AS whole,
                has(kept.counted, {{mark:String}}) AS counted, amounts[indexOf(kept.counted, {{mark:String}})] AS amount
            FROM {thing.kept} AS kept WHERE close = {{close:UUID}} AND (whole OR counted){below}
            UNION ALL
            SELECT {thing.code}, 0, {now.whole} AS whole, {now.counted} AS counted, if(counted, {now.amount}, 0)
            FROM {source(thing, [kpi], some_agencies=some)} AS facts WHERE whole OR counted)
        GROUP BY code
        HAVING (was_there, was_whole, was_counted, was_amount) != (is_there, is_whole, is_counted, is_amount)"""
