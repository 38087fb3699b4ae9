"""Measures: what is counted. Each is one additive column of `kpi_cell`, and one condition over facts."""

from dataclasses import dataclass

from metrics.entity import DOSSIER_FACTS, PAYMENT_FACTS, Entity
from metrics.events import Topic
from metrics.predicate import All, Known, NotAfter, OneOf, Predicate


@dataclass(frozen=True, slots=True)
class Measure:
    """A count of things for which `where` holds, each on the civil day of its moment `dated_by`."""

    name: str
    facts: Entity
    dated_by: str
    where: Predicate


RECEIVED = Measure("received", DOSSIER_FACTS, "received_at", Known("received_at"))
RECEIVED_ONLINE = Measure("received_online", DOSSIER_FACTS, "received_at", OneOf("channel", ("2",)))
RESOLVED_WITH_DUE = Measure("resolved_with_due", DOSSIER_FACTS, "resolved_at", Known("due_at"))
RESOLVED_ON_TIME = Measure(
    "resolved_on_time",
    DOSSIER_FACTS,
    "resolved_at",
    All((Known("due_at"), NotAfter("resolved_at", "due_at"))),
)
PAID = Measure("paid", PAYMENT_FACTS, "paid_at", Known("paid_at"))

MEASURES = (RECEIVED, RECEIVED_ONLINE, RESOLVED_WITH_DUE, RESOLVED_ON_TIME, PAID)


@dataclass(frozen=True, slots=True)
class Stream:
    """A topic whose facts are counted in cells, and the columns that place a row in a cell ('' where none)."""

    topic: Topic
    facts: Entity
    agency: str
    procedure: str | None
    channel: str | None


DOSSIER_STREAM = Stream(Topic.DOSSIERS, DOSSIER_FACTS, "agency", "procedure", "channel")
PAYMENT_STREAM = Stream(Topic.PAYMENTS, PAYMENT_FACTS, "agency", None, None)
STREAMS = (DOSSIER_STREAM, PAYMENT_STREAM)


def measures_of(stream: Stream) -> tuple[Measure, ...]:
    return tuple(measure for measure in MEASURES if measure.facts is stream.facts)
