"""A Kafka as its clients need it: where it is, how it is entered, and how topics are made in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Cluster:
    """`access` are arguments that kafka-python and aiokafka both know by these names; it holds a password.

    `replication` is of new topics, -1 the cluster's own default; `topics` are further settings of new ones.
    """

    servers: str
    access: Mapping[str, Any] = field(default_factory=dict, repr=False)
    replication: int = -1
    topics: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.servers

    def __bool__(self) -> bool:
        """False where no broker is known."""
        return bool(self.servers)


def entrance(kafka: Cluster | str) -> dict[str, Any]:
    """The arguments by which any client finds it and comes in; an address alone is a Kafka that is open."""
    return {"bootstrap_servers": str(kafka), **(kafka.access if isinstance(kafka, Cluster) else NOTHING)}
