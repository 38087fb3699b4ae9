"""The event vocabulary: the only thing that ingest and streams share.

A Kafka record is a batch of events of one partition as JSON Lines (UTF-8). Every value is a text, and null or
absent means unknown. Moments keep the national form `yyyyMMddHHmmss`, dates `yyyyMMdd`, both in civil time of
Vietnam: nothing is converted before the worker, so a topic can be read beside the source file. Codes stay the
national ones. No personal field has a name here, so none can travel.
"""

from dataclasses import dataclass
from enum import StrEnum
from zlib import crc32


class Topic(StrEnum):
    """Each topic is keyed so that all events about one thing share a partition."""

    DOSSIERS = "nhip.dossiers"  # dossier and step events, by dossier
    PAYMENTS = "nhip.payments"  # by transaction: a notice without a dossier must meet its success
    REFERENCE = "nhip.reference"  # service and agency versions, petitions, by code
    REQUESTS = "nhip.requests"  # requests to the portal, by minute
    DEAD = "nhip.dead"  # rejected lines, and those that were mended, by source


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event: its name in the `kind` field, its topic, the field that names its thing, all fields."""

    name: str
    topic: Topic
    key: str
    fields: tuple[str, ...]


DOSSIER = Kind(
    "dossier", Topic.DOSSIERS, "dossier",
    ("dossier", "procedure", "channel", "applicant", "submitted_at", "recorded_received_at", "due_at", "status",
     "recorded_finished_at", "recorded_returned_at", "return_way", "paid_online", "digitised", "supplements"),
)  # fmt: skip
STEP = Kind("step", Topic.DOSSIERS, "dossier", ("dossier", "at", "status", "unit", "started_at", "step_due_at"))
APOLOGY = Kind("apology", Topic.DOSSIERS, "dossier", ("dossier", "sent_at", "new_due_at"))
RATING = Kind("rating", Topic.DOSSIERS, "dossier", ("dossier", "question", "at", "grade"))
PAYMENT = Kind(
    "payment", Topic.PAYMENTS, "transaction",
    ("transaction", "at", "result", "type", "dossier", "amount", "gateway"),
)  # fmt: skip
SERVICE = Kind(
    "service", Topic.REFERENCE, "procedure",
    ("procedure", "name", "field", "field_name", "authority", "level", "has_fee", "one_stop", "interlinked",
     "electronic_process", "by_post", "shared", "within_level", "between_levels", "on_the_spot", "time_cut",
     "time_limit", "time_limit_online", "valid_from", "valid_to"),
)  # fmt: skip
AGENCY = Kind("agency", Topic.REFERENCE, "agency", ("agency", "name", "parent", "tier", "valid_from", "valid_to"))
PETITION = Kind(
    "petition", Topic.REFERENCE, "petition",
    ("petition", "agency", "procedure", "dossier", "about", "received_at", "handled_at", "handled", "published_at",
     "likes", "dislikes", "repeated"),
)  # fmt: skip
REQUEST = Kind("requests", Topic.REQUESTS, "at", ("at", "page", "procedure", "numbers", "visitors"))
DEAD = Kind("dead", Topic.DEAD, "source", ("source", "line", "reason", "file_kind", "mended"))

KINDS = {
    kind.name: kind for kind in (DOSSIER, STEP, APOLOGY, PAYMENT, SERVICE, AGENCY, REQUEST, DEAD, RATING, PETITION)
}


def partition_of(key: str, partitions: int) -> int:
    """Where a thing lives, for ever: the number of partitions is part of the contract of a topic."""
    return crc32(key.encode()) % partitions
