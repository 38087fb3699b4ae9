"""Whether figures count a dossier, told from its row: by the reading that cells are counted with."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import compress

import polars as pl

from dashboards.items import COLUMNS, Item
from dashboards.kinds import Kinds
from dashboards.membership import in_period
from dashboards.stretches import Rows
from metrics.entity import Type, type_of
from metrics.measure import DOSSIER_STREAM, Measure, measures_of
from metrics.period import Period
from metrics.predicate import Predicate, fields
from metrics.readings.rows import rows
from metrics.terms import Counted, ServicesWith

MEASURES = tuple(measures_of(DOSSIER_STREAM))
_ASKED = frozenset[str]().union(*(fields(measure.where) for measure in MEASURES))
_COLUMNS = dict.fromkeys((*COLUMNS, "status", "submitted_at", "return_way", *sorted(_ASKED)))
FACTS: Mapping[str, pl.DataType] = {
    name: pl.Datetime() if type_of(name) is Type.MOMENT else pl.String() for name in _COLUMNS
}
"""What is asked of a dossier, in this order: what is shown, and what measures look at besides."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted in a period, where these services are of the kinds that terms ask for."""

    period: Period
    kinds: Kinds

    def perhaps(self, terms: Iterable[Counted]) -> str:
        """A condition in SQL: one of them may count the dossier. It names each kind once, with all of its services."""
        by_kind: dict[Predicate | None, list[str]] = {}
        for term in terms:
            by_kind.setdefault(term.services, []).append(f"({in_period(term.measure)})")
        return " OR ".join(f"({self._of_kind(kind)} AND ({' OR '.join(each)}))" for kind, each in by_kind.items())

    def _of_kind(self, kind: Predicate | None) -> str:
        return "1" if kind is None else self.kinds[kind].perhaps.on_day("procedure", "")

    def of(self, found: Item, holds: Collection[Measure], term: Counted) -> bool:
        """Whether the term counts the dossier; `holds` are the measures whose condition holds for it."""
        day = day_of(found, term.measure)
        if day is None or term.measure not in holds or not self.period.first <= day <= self.period.last:
            return False
        held_on = self.period.last if isinstance(term, ServicesWith) else day
        return term.services is None or self.kinds[term.services].has(found.procedure, held_on)


def holding(found: Rows) -> list[frozenset[Measure]]:
    """Of each row of FACTS the measures whose condition holds for it."""
    facts = pl.DataFrame(found, schema=FACTS, orient="row")
    said = facts.select(rows(measure.where).alias(measure.name) for measure in MEASURES)
    return [frozenset(compress(MEASURES, one)) for one in said.rows()]


def day_of(found: Item, measure: Measure) -> date | None:
    """The civil day that the measure dates it by."""
    at = getattr(found, measure.dated_by)
    return at.date() if isinstance(at, datetime) else None
