"""How good the data is: what is missing or contradicts itself in dossiers, and what could not be read at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.items import COLUMNS, Item, item
from dashboards.pipeline import DeadLetter
from dashboards.question import FIRST, LAST
from dashboards.store import ask
from dashboards.stretches import Stretching, in_stretches
from metrics.civil import CIVIL_SQL_ZONE
from metrics.period import Period
from metrics.predicate import All, Known, Not, NotAfter, OneOf
from metrics.readings.sql import sql
from metrics.words import Text

EXAMPLES = 3
KEPT = 60.0
"""Seconds for which the checks of all days serve everybody: they read every dossier, and the payments beside them."""
PAID = "SELECT dossier FROM payment FINAL WHERE dossier IS NOT NULL AND paid_at IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Check:
    """Something that a dossier should not be; `where` is its condition in SQL."""

    id: str
    title: Text
    where: str


CHECKS = (
    Check("no_due_date", Text("không có ngày hẹn trả", "no due date"), sql(Not(Known("due_at")))),
    Check("no_service", Text("không rõ thủ tục", "no service named"), sql(Not(Known("procedure")))),
    Check(
        "unknown_service",
        Text("thủ tục ngoài danh mục", "service not in the catalogue"),
        "ifNull(procedure NOT IN (SELECT procedure FROM service), 0)",
    ),
    Check(
        "unknown_agency",
        Text("đơn vị ngoài danh mục", "agency not in the catalogue"),
        "agency NOT IN (SELECT agency FROM agency)",
    ),
    Check("no_channel", Text("không rõ kênh thực hiện", "no channel"), sql(Not(Known("channel")))),
    Check(
        "paid_without_payment",
        Text("đánh dấu đã thanh toán trực tuyến, không có giao dịch", "marked paid online, no transaction"),
        f"{sql(OneOf('paid_online', ('1', '2')))} AND dossier NOT IN ({PAID})",
    ),
    Check(
        "payment_without_mark",
        Text("có giao dịch, không đánh dấu đã thanh toán", "a transaction, not marked paid online"),
        f"NOT {sql(OneOf('paid_online', ('1', '2')))} AND dossier IN ({PAID})",
    ),
    Check(
        "due_before_received",
        Text("hẹn trả trước khi tiếp nhận", "due before it was received"),
        sql(All((Known("due_at"), Not(NotAfter("received_at", "due_at"))))),
    ),
    Check(
        "resolved_before_received",
        Text("giải quyết xong trước khi tiếp nhận", "resolved before it was received"),
        sql(All((Known("resolved_at"), Not(NotAfter("received_at", "resolved_at"))))),
    ),
)


@dataclass(frozen=True, slots=True)
class Found:
    """How many of the dossiers received in the period fail a check."""

    check: Check
    dossiers: int


@dataclass(frozen=True, slots=True)
class Checked:
    """All checks of a period; `received` is what they were tried on."""

    received: int
    found: tuple[Found, ...]


Days = Mapping[date, tuple[int, ...]]
"""For each day on which dossiers were received how many, and how many of them fail each check."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Dead letters of one kind of file for one reason, with the first few."""

    kind: str
    reason: str
    lines: int
    examples: tuple[DeadLetter, ...]


RECEIVED_DAY = f"toDate32(received_at, '{CIVIL_SQL_ZONE}')"
DATED = "received_at IS NOT NULL"
RECEIVED = f"ifNull({RECEIVED_DAY} BETWEEN {FIRST} AND {LAST}, 0)"


def by_day(client: Client) -> Days:
    """Of all days: one question for everybody who asks, whatever the period."""
    counts = ", ".join(f"countIf({check.where})" for check in CHECKS)
    rows = ask(client, f"SELECT {RECEIVED_DAY} AS day, count(), {counts} FROM dossier FINAL WHERE {DATED} GROUP BY day")
    return {day: tuple(map(int, found)) for day, *found in rows}


def checked(days: Days, period: Period) -> Checked:
    """The days of the period together."""
    inside = [found for day, found in days.items() if period.first <= day <= period.last]
    received, *found = map(sum, zip(*inside, strict=True)) if inside else [0] * (1 + len(CHECKS))
    return Checked(received, tuple(Found(check, n) for check, n in zip(CHECKS, found, strict=True)))


def failing(client: Client, check: Check, period: Period, after: str, limit: int) -> tuple[list[Item], str | None]:
    """The dossiers that fail a check, by code, and the code after which the list goes on."""
    given = {"after": after, "first": period.first, "last": period.last}
    where = f"{RECEIVED} AND {check.where}"
    found = in_stretches(
        client, Stretching(COLUMNS, where, where), limit + 1, given, lambda rows: list(map(item, rows))
    )
    return found[:limit], found[limit - 1].dossier if len(found) > limit else None


def reasons(client: Client) -> list[Reason]:
    """Most frequent first."""
    rows = ask(
        client,
        "SELECT file_kind, reason, count() AS lines, arraySlice(arraySort(groupArray((source, line))), 1, {n:UInt8}) "
        "FROM dead_letter FINAL GROUP BY file_kind, reason ORDER BY lines DESC, file_kind, reason",
        n=EXAMPLES,
    )
    return [Reason(kind, reason, int(lines), _letters(kind, reason, where)) for kind, reason, lines, where in rows]


def _letters(kind: str, reason: str, where: Sequence[tuple[str, int]]) -> tuple[DeadLetter, ...]:
    return tuple(DeadLetter(kind, source, int(line), reason) for source, line in where)


def letters(
    client: Client, kind: str | None, reason: str | None, after: tuple[str, int], limit: int
) -> tuple[list[DeadLetter], tuple[str, int] | None]:
    """Dead letters by source and line, and the place after which the list goes on."""
    given: dict[str, Any] = {"file_kind": kind, "reason": reason}
    wanted = {name: value for name, value in given.items() if value is not None}
    where = "".join(f" AND {name} = {{{name}:String}}" for name in wanted)
    rows = ask(
        client,
        "SELECT file_kind, source, line, reason FROM dead_letter FINAL "
        f"WHERE (source, line) > ({{source:String}}, {{line:UInt64}}){where} ORDER BY source, line "
        "LIMIT {limit:UInt32}",
        source=after[0],
        line=after[1],
        limit=limit + 1,
        **wanted,
    )
    found = [DeadLetter(*row) for row in rows[:limit]]
    return found, (found[-1].source, found[-1].line) if len(rows) > limit else None
