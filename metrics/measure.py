"""Measures: what is counted. Each is one additive column of `kpi_cell`, and one condition over facts."""

from dataclasses import dataclass

from metrics.entity import DOSSIER_FACTS, PAYMENT_FACTS, REQUEST_FACTS, Entity
from metrics.events import Topic
from metrics.predicate import All, Known, Not, NotAfter, OneOf, Predicate


@dataclass(frozen=True, slots=True)
class Measure:
    """A count of things for which `where` holds, each on the civil day of its moment `dated_by`.

    With `times`, a row of the facts counts as often as that column says.
    """

    name: str
    facts: Entity
    dated_by: str
    where: Predicate
    times: str | None = None


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
PAID_NET = Measure("paid_net", PAYMENT_FACTS, "paid_at", Not(Known("refunded_at")))
REFUNDED = Measure("refunded", PAYMENT_FACTS, "refunded_at", Known("paid_at"))

REQUESTS = Measure("requests", REQUEST_FACTS, "at", Known("at"), "requests")
REQUESTS_FAILED = Measure("requests_failed", REQUEST_FACTS, "at", Known("at"), "failed")
REQUESTS_NOT_FOUND = Measure("requests_not_found", REQUEST_FACTS, "at", Known("at"), "not_found")
PROBES = Measure("probes", REQUEST_FACTS, "at", Known("at"), "probes")
PROBES_ANSWERED = Measure("probes_answered", REQUEST_FACTS, "at", Known("at"), "probes_answered")

MEASURES = (
    RECEIVED,
    RECEIVED_ONLINE,
    RESOLVED_WITH_DUE,
    RESOLVED_ON_TIME,
    PAID,
    PAID_NET,
    REFUNDED,
    REQUESTS,
    REQUESTS_FAILED,
    REQUESTS_NOT_FOUND,
    PROBES,
    PROBES_ANSWERED,
)


@dataclass(frozen=True, slots=True)
class Stream:
    """A topic whose facts are counted in cells, and the columns that place a row in a cell ('' where none)."""

    topic: Topic
    facts: Entity
    agency: str | None
    procedure: str | None
    channel: str | None

    @property
    def places(self) -> frozenset[str]:
        """What its rows can be listed by."""
        given = {"agency": self.agency, "procedure": self.procedure, "channel": self.channel}
        return frozenset(place for place, column in given.items() if column is not None)


DOSSIER_STREAM = Stream(Topic.DOSSIERS, DOSSIER_FACTS, "agency", "procedure", "channel")
PAYMENT_STREAM = Stream(Topic.PAYMENTS, PAYMENT_FACTS, "agency", None, None)
REQUEST_STREAM = Stream(Topic.REQUESTS, REQUEST_FACTS, None, None, None)
STREAMS = (DOSSIER_STREAM, PAYMENT_STREAM, REQUEST_STREAM)


PLACES = DOSSIER_STREAM.places


def stream_of(measure: Measure) -> Stream:
    """Where it is counted."""
    return next(stream for stream in STREAMS if stream.facts is measure.facts)


def measures_of(stream: Stream) -> tuple[Measure, ...]:
    return tuple(measure for measure in MEASURES if measure.facts is stream.facts)
