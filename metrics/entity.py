"""What is known about one thing, and how events add up to it.

An entity's row is a pure function of a prefix of its partition's log: `latest` fields are the last known value in log
order and `first` ones the first, `earliest` fields are a minimum and `union` ones a set (so neither order nor
repetition matters), `derived` ones are the first known of several. Nothing here reads or writes; the fold in streams/
and the tables in deploy/migrations follow this page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from metrics.events import AGENCY, DOSSIER, PAYMENT, PETITION, REQUEST, SERVICE, STEP, Kind
from metrics.predicate import All, Known, OneOf, Predicate


class Type(StrEnum):
    """How a field is stored; an event carries all of them as text."""

    TEXT = "text"
    MOMENT = "moment"  # civil time of Vietnam, whole seconds
    DATE = "date"
    NUMBERS = "numbers"  # whole numbers of 64 bits, with a space between; a set of them


def type_of(name: str) -> Type:
    """The name says the type, so it is stated once: `…_at` and `due_…` are moments, `valid_…` dates."""
    if name.endswith("_at") or name == "at":
        return Type.MOMENT
    if name in {"numbers", "visitors"}:
        return Type.NUMBERS
    return Type.DATE if name.startswith("valid_") else Type.TEXT


@dataclass(frozen=True, slots=True)
class Earliest:
    """The smallest value of a field over the events of one kind for which the condition holds."""

    kind: Kind
    value: str
    where: Predicate


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """One facts table: what it is keyed by, and where each column comes from. Each is one of a kind."""

    table: str
    key: tuple[str, ...]
    kind: Kind  # the kind of event whose fields `latest` takes
    latest: tuple[str, ...] = ()
    first: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # by the field of the event
    earliest: Mapping[str, Earliest] = field(default_factory=lambda: MappingProxyType({}))
    derived: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    union: tuple[str, ...] = ()

    @property
    def state(self) -> tuple[str, ...]:
        """The columns that the next fold starts from."""
        return (*self.key, *self.latest, *self.first, *self.earliest, *self.union)

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of the table but `version`."""
        return (*self.state, *self.derived)


def _step(*codes: str) -> Earliest:
    return Earliest(STEP, "at", OneOf("status", codes))


DOSSIER_FACTS = Entity(
    table="dossier",
    key=("dossier",),
    kind=DOSSIER,
    latest=tuple(name for name in DOSSIER.fields if name != "dossier"),
    first=MappingProxyType({"first_due_at": "due_at"}),
    earliest=MappingProxyType(
        {
            "step_received_at": _step("2"),
            "step_processed_at": _step("9"),
            "step_returned_at": _step("10"),
        }
    ),
    derived=MappingProxyType(
        {
            "received_at": ("recorded_received_at", "step_received_at"),
            "resolved_at": (
                "step_processed_at",
                "step_returned_at",
                "recorded_finished_at",
                "recorded_returned_at",
            ),
        }
    ),
)

SUCCESS = All((OneOf("type", ("thanh_toan",)), OneOf("result", ("00",))))
REFUND = All((OneOf("type", ("hoan_phi",)), OneOf("result", ("00",))))

PAYMENT_FACTS = Entity(
    table="payment",
    key=("transaction",),
    kind=PAYMENT,
    latest=("amount", "gateway"),
    earliest=MappingProxyType(
        {
            "paid_at": Earliest(PAYMENT, "at", SUCCESS),
            "refunded_at": Earliest(PAYMENT, "at", REFUND),
            # The dossier named by the earliest success, else by the earliest notice: a minimum, so that it does not
            # depend on the order in which the lines arrived. See `payer_rank` in streams/decode.py.
            "payer": Earliest(PAYMENT, "payer_rank", Known("dossier")),
        }
    ),
)

SERVICE_FACTS = Entity(
    table="service",
    key=("procedure", "valid_from"),
    kind=SERVICE,
    latest=tuple(name for name in SERVICE.fields if name not in {"procedure", "valid_from"}),
)

AGENCY_FACTS = Entity(
    table="agency",
    key=("agency", "valid_from"),
    kind=AGENCY,
    latest=tuple(name for name in AGENCY.fields if name not in {"agency", "valid_from"}),
)

PETITION_FACTS = Entity(
    table="petition",
    key=("petition",),
    kind=PETITION,
    latest=tuple(name for name in PETITION.fields if name != "petition"),
)

REQUEST_FACTS = Entity(table="request", key=("at", "page", "procedure"), kind=REQUEST, union=("numbers", "visitors"))
"""The requests of a minute to a page, about a service or none (the empty text): see metrics/request.py. `visitors` are
the marks of those who were served: see metrics/visitors.py."""
