"""Where codes are, and which of them are past their term. Only SQL is made here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from deploy.retention.pseudonym import LIKE, Name
from metrics.entity import DOSSIER_FACTS, PETITION_FACTS, Entity, Type, type_of
from metrics.events import Kind
from streams.fold import RANK_LENGTH
from streams.logs import OF_DOSSIERS

NEVER = "toDateTime64(0, 0, 'UTC')"
WITHOUT_RESULT = "('3', '7', '8')"
"""Statuses that end a dossier without one: refused, withdrawn, stopped."""


@dataclass(frozen=True, slots=True)
class Place:
    """A column of codes; `moments` say when something happened to the thing, and `rank` signs stand before the code."""

    table: str
    column: str
    kind: Name
    moments: tuple[str, ...]
    rank: int = 0

    @property
    def name(self) -> str:
        return f"ifNull(substring({self.column}, {self.rank + 1}), '')" if self.rank else f"ifNull({self.column}, '')"

    @property
    def newest(self) -> str:
        return f"greatest({', '.join([NEVER, *(f'ifNull({moment}, {NEVER})' for moment in self.moments)])})"

    def with_name(self, other: str) -> str:
        """The column with another code in it."""
        return f"concat(substring({self.column}, 1, {self.rank}), {other})" if self.rank else other


def _happened(known: Entity | Kind) -> tuple[str, ...]:
    """A due moment may lie in the far future, and says nothing of when anything happened."""
    names = known.columns if isinstance(known, Entity) else known.fields
    return tuple(name for name in names if type_of(name) is Type.MOMENT and "due" not in name)


_PAID = ("paid_at", "refunded_at", "parseDateTimeOrNull(substring(payer, 2, 14), '%Y%m%d%H%i%S', 'Etc/GMT-7')")
_CLOSED = ("received_at", "resolved_at")
_NATIONAL = ("submitted_at", "received_at", "resolved_at", "synced_at", "toDateTime64(day, 0, 'Etc/GMT-7')")
_PETITION = _happened(PETITION_FACTS)

PLACES = (
    Place("dossier", "dossier", Name.DOSSIER, _happened(DOSSIER_FACTS)),
    *(Place(table, "dossier", Name.DOSSIER, _happened(kind)) for table, kind, _ in OF_DOSSIERS),
    Place("turned", "dossier", Name.DOSSIER, ()),
    Place("payment", "transaction", Name.TRANSACTION, _PAID),
    Place("payment", "dossier", Name.DOSSIER, _PAID),
    Place("payment", "payer", Name.DOSSIER, _PAID, rank=RANK_LENGTH),
    Place("petition", "petition", Name.PETITION, _PETITION),
    Place("petition", "dossier", Name.DOSSIER, _PETITION),
    Place("closed_dossier", "dossier", Name.DOSSIER, _CLOSED),
    Place("closed_payment", "transaction", Name.TRANSACTION, ("paid_at",)),
    Place("closed_payment", "dossier", Name.DOSSIER, ("paid_at",)),
    Place("national_dossier", "dossier", Name.DOSSIER, _NATIONAL),
    Place("national_dossier", "local_code", Name.DOSSIER, _NATIONAL),
)
OF_FACTS = {"dossier": "dossier", "payment": "transaction", "petition": "petition"}
"""Tables of facts, and the key of each: a thing is one row there."""
OPEN = f"""SELECT dossier FROM dossier FINAL
WHERE resolved_at IS NULL AND ifNull(status, '') NOT IN {WITHOUT_RESULT}
    AND dossier NOT IN (SELECT dossier FROM step WHERE status IN {WITHOUT_RESULT})"""
"""A term begins when the dossier ends: these have not begun theirs."""


def past(cut: datetime) -> str:
    """SQL of (kind, name): nothing happened to the thing since `cut`, wherever it is spoken of.

    What has no moment at all may be new.
    """
    said = " UNION ALL ".join(
        f"SELECT '{place.kind}' AS kind, {place.name} AS name, {place.newest} AS at FROM {place.table}"
        for place in PLACES
    )
    return (
        f"SELECT kind, name FROM ({said}) WHERE name != '' AND NOT match(name, '{LIKE}') GROUP BY kind, name "
        f"HAVING max(at) > {NEVER} AND max(at) < toDateTime64('{cut:%Y-%m-%d %H:%M:%S}', 0, 'UTC') "
        f"AND NOT (kind = '{Name.DOSSIER}' AND name IN ({OPEN}))"
    )


def by_table() -> Iterator[tuple[str, list[Place]]]:
    for table in dict.fromkeys(place.table for place in PLACES):
        yield table, [place for place in PLACES if place.table == table]
