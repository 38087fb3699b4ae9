"""Which dossiers differ and how: counts of each class, an agency's row, and the list that a complaint carries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.items import moment
from dashboards.national.pairs import NUMBER, Beside, asked, pairs
from dashboards.store import ask
from metrics.civil import CIVIL_SQL_ZONE
from metrics.national.classes import CLASSES, Difference

Place = tuple[str, int]
"""Where the list goes on: after this dossier's class of that number."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Dossiers of the period: here, there, those that differ, those of days that no export covers; and by class.

    `agency` is the one here, else there; a dossier of several classes counts in each.
    """

    agency: str
    of: tuple[int, ...]
    here: int
    there: int
    differing: int
    uncovered: int


@dataclass(frozen=True, slots=True)
class Named:
    """One dossier and one class of its differences, as both sides say it; codes are empty where it is not."""

    difference: Difference
    dossier: str
    national_code: str
    agency: str
    unit: str
    procedure: str | None
    here: str
    there: str
    synced_at: datetime | None


_CODE = "if(here_dossier = '', there_dossier, here_dossier)"
_AGENCY = "if(here_dossier = '', there_agency, here_agency)"


def counts(client: Client, beside: Beside) -> list[Counts]:
    """A row for each agency that has any, by code."""
    classes = ", ".join(f"countIf(has(classes, {number}))" for number in NUMBER.values())
    rows = ask(
        client,
        f"SELECT {_AGENCY} AS agency, countIf(here_dossier != ''), countIf(there_dossier != '' AND NOT unseen), "
        "countIf(notEmpty(classes)), countIf(here_dossier != '' AND there_dossier = '' AND NOT here_covered), "
        f"[{classes}] FROM ({pairs(some_agencies=beside.some_agencies)}) GROUP BY agency ORDER BY agency",
        **asked(client, beside),
    )
    return [Counts(agency, tuple(of), *numbers) for agency, *numbers, of in rows]


def added(found: Sequence[Counts]) -> Counts:
    """Of all of them together."""
    names = ("here", "there", "differing", "uncovered")
    totals = {name: sum(getattr(each, name) for each in found) for name in names}
    of = tuple(sum(each.of[place] for each in found) for place in range(len(CLASSES)))
    return Counts("", of, **totals)


def named(
    client: Client, beside: Beside, difference: Difference | None, after: Place, limit: int
) -> tuple[list[Named], Place | None]:
    """By code, then by class; and where the list goes on."""
    wanted = "1" if difference is None else f"n = {NUMBER[difference.id]}"
    here, there = (", ".join(_said(each, side) for each in CLASSES) for side in ("here", "there"))
    rows = ask(
        client,
        f"SELECT n, {_CODE} AS code, here_dossier, there_dossier, {_AGENCY} AS agency, said_unit, "
        f"if(here_dossier = '', there_procedure, here_procedure), [{here}][n], [{there}][n], synced_at "
        f"FROM ({pairs(some_agencies=beside.some_agencies)}) ARRAY JOIN classes AS n "
        f"WHERE {wanted} AND (code, n) > ({{code:String}}, {{number:UInt8}}) ORDER BY code, n LIMIT {{limit:UInt32}}",
        **asked(client, beside),
        code=after[0],
        number=after[1],
        limit=limit + 1,
    )
    found = [_named(row) for row in rows[:limit]]
    return found, (rows[limit - 1][1], rows[limit - 1][0]) if len(rows) > limit else None


def _named(row: tuple[Any, ...]) -> Named:
    number, _, here_code, there_code, agency, unit, procedure, here, there, synced_at = row
    return Named(CLASSES[number - 1], here_code, there_code, agency, unit, procedure, here, there, moment(synced_at))


def _said(difference: Difference, side: str) -> str:
    """What that side says of what differs: of the columns that are handed over, else of the reception."""
    if difference.id == "code_changed":
        return f"{side}_dossier"
    if difference.id == "synced_late" and side == "there":
        return _text("synced_at")
    if difference.hands == ("agency",) and side == "there":
        return "said_unit"
    if difference.presence:
        return f"if({side}_dossier = '', '', {_column(side, 'received_at')})"
    return _joined([_column(side, name) for name in difference.hands])


def _joined(parts: Sequence[str]) -> str:
    return f"arrayStringConcat(arrayFilter(one -> one != '', [{', '.join(parts)}]), ' · ')"


def _column(side: str, name: str) -> str:
    return _text(f"{side}_{'stands' if (side, name) == ('here', 'status') else name}", dated=name.endswith("_at"))


def _text(column: str, *, dated: bool = True) -> str:
    if dated:
        return f"ifNull(formatDateTime({column}, '%Y-%m-%d %H:%i:%S', '{CIVIL_SQL_ZONE}'), '')"
    return f"ifNull(toString({column}), '')"
