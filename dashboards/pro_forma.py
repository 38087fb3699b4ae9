"""What a merged agency would have read before it was merged: the union of itself and its predecessors.

Marked as such wherever it is shown. Each agency counts once, and a rate is divided last, out of the counts of all.
Where a predecessor was split, nothing is summed: those who know see each of them by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from clickhouse_connect.driver.client import Client

from dashboards.figures import Reading
from dashboards.league import together
from dashboards.store import ask
from dashboards.tree import AgencyVersion, below
from dashboards.units import links
from metrics.kpi import Kpi
from metrics.period import Period
from metrics.succession import Link, Origin, origin


@dataclass(frozen=True, slots=True)
class Past:
    """`own` are the agency's figures without its predecessors, `union` those of all `members`.

    Without members nothing may be summed for the period. `apart` are each predecessor's own figures, its whole tree,
    as long as there was one; `after` is who took over from the agency itself.
    """

    origin: Origin
    after: tuple[Link, ...]
    own: tuple[Reading, ...]
    members: tuple[str, ...]
    union: tuple[Reading, ...]
    apart: tuple[tuple[Link, tuple[Reading, ...]], ...]


def past(client: Client, agency: str, period: Period, kpis: Sequence[Kpi]) -> Past | None:
    """None where nobody went into the agency, nor it into another. Of the KPIs those that agencies have."""
    asked = [kpi for kpi in kpis if "agency" in kpi.dimensions()]
    linked = links(client)
    found, after = origin(agency, linked), tuple(link for link in linked if link.predecessor == agency)
    if not (found.whole or found.split or after):
        return None
    tree = [AgencyVersion(*row) for row in ask(client, "SELECT agency, valid_from, parent FROM agency FINAL")]
    members = union(agency, found, tree, period)
    return Past(
        found,
        after,
        tuple(together(client, kpi, period, agency, below(agency, tree, period.last)) for kpi in asked),
        members,
        tuple(together(client, kpi, period, agency, members) for kpi in asked if members),
        tuple(
            (link, tuple(together(client, kpi, period, link.predecessor, before(link, tree, period)) for kpi in asked))
            for link in (*found.whole, *found.split)
        ),
    )


def union(agency: str, found: Origin, tree: Sequence[AgencyVersion], period: Period) -> tuple[str, ...]:
    """The agencies of an agency and its predecessors; none where a split after the period's first day forbids it."""
    if not found.whole or any(link.day > period.first for link in found.split):
        return ()
    members = set(below(agency, tree, period.last))
    return tuple(sorted(members.union(*(before(link, tree, period) for link in found.whole))))


def before(link: Link, tree: Sequence[AgencyVersion], period: Period) -> list[str]:
    """The predecessor's own tree in the period, or as it was on its last day."""
    return below(link.predecessor, tree, min(period.last, link.day - timedelta(days=1)))
