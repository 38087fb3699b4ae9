"""Three Kafka brokers on loopback as a province would run them: TLS, SCRAM logins, access lists, mutual TLS inside."""

import base64
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from kafka import KafkaAdminClient  # type: ignore[import-untyped]
from kafka.admin import (  # type: ignore[import-untyped]
    ACL,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    ResourcePattern,
    ResourceType,
)

from deploy import ports
from deploy.broker.jars import jars
from deploy.broker.server import FIXED, Broker
from deploy.parts import GROUP
from deploy.process import Child, Program, run, start
from deploy.settings import Settings
from ingest.cluster import Cluster, entrance
from tests.support.broker import CACHE, await_broker, print_progress
from tests.support.certificates import Authority

NODES = (1, 2, 3)
MAY: dict[str, tuple[tuple[ResourceType, ACLOperation], ...]] = {
    "nhip-ingest": (
        (ResourceType.TOPIC, ACLOperation.CREATE),
        (ResourceType.TOPIC, ACLOperation.DESCRIBE),
        (ResourceType.TOPIC, ACLOperation.WRITE),
    ),
    "nhip-worker": ((ResourceType.TOPIC, ACLOperation.READ), (ResourceType.GROUP, ACLOperation.READ)),
    "nhip-look": ((ResourceType.TOPIC, ACLOperation.DESCRIBE), (ResourceType.GROUP, ACLOperation.DESCRIBE)),
}
"""The lists of docs/operations.md: topics that begin with `nhip.`, and the group `nhip`."""
CLUSTER_ID = "bmhpcC10aHJlZS1ub2Rlcw"
LOGINS = {"nhip-ingest": "ingest-secret", "nhip-worker": "worker-secret", "nhip-look": "look-secret"}
INSIDE = "nhip-broker"  # the common name of the brokers' own certificate; it may do everything


@dataclass(frozen=True)
class Node(Broker):
    """One of the three: a broker and controller whose settings `ThreeBrokers` composes."""

    settings: dict[str, str] = field(default_factory=dict)

    def prepare(self) -> Program:
        path = self.write()
        return Program("broker", (*self._java("kafka.Kafka"), str(path)))

    def format(self) -> None:
        path = self.write()
        if not (self.folder / "log").exists():
            logins = [f"--add-scram=SCRAM-SHA-512=[name={user},password={word}]" for user, word in LOGINS.items()]
            words = ("kafka.tools.StorageTool", "format", f"--cluster-id={CLUSTER_ID}", *logins, "-c", str(path))
            done = run(self._java(words[0]) + words[1:])
            assert done.returncode == 0, done.stdout + done.stderr

    def write(self) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / "server.properties"
        said = {**FIXED, **self.settings, "log.dirs": str(self.folder / "log")}
        path.write_text("".join(f"{key}={value}\n" for key, value in said.items()))
        return path


class ThreeBrokers:
    def __init__(self, folder: Path) -> None:
        self.authority = Authority(folder / "tls")
        certificate, key = self.authority.signed(INSIDE)
        both = folder / "tls" / "broker.pem"
        both.write_bytes(key.read_bytes() + certificate.read_bytes())
        chosen, brought = ports.free(3 * len(NODES)), jars(CACHE, print_progress)
        self.clients, self.mutual, controllers = chosen[0:3], chosen[3:6], chosen[6:9]
        voters = ",".join(f"{n}@127.0.0.1:{port}" for n, port in zip(NODES, controllers, strict=True))
        self.nodes = [
            Node(
                brought, folder / f"node{n}", client, controller,
                self._settings(n, (client, mutual, controller), voters, both),
            )
            for n, client, mutual, controller in zip(NODES, self.clients, self.mutual, controllers, strict=True)
        ]  # fmt: skip
        self.children: dict[int, Child] = {}

    def secured(self, user: str, **rest: Any) -> dict[str, Any]:
        """Settings by which that user comes in."""
        login = {"kafka_user": user, "kafka_password": LOGINS[user]}
        return {"kafka": self.servers, "kafka_protocol": "SASL_SSL", "kafka_ca": self.authority.path, **login, **rest}

    def mutually(self) -> dict[str, Any]:
        """Settings of whoever comes in by a certificate of the brokers' own name."""
        certificate, key = self.authority.signed(INSIDE)
        servers = ",".join(f"127.0.0.1:{port}" for port in self.mutual)
        return {
            "kafka": servers, "kafka_protocol": "SSL", "kafka_ca": self.authority.path,
            "kafka_cert": certificate, "kafka_key": key,
        }  # fmt: skip

    def copies_in_step(self, topics: list[str]) -> int:
        """How many copies the worst partition has that hold everything."""
        admin = KafkaAdminClient(**entrance(entered(self.mutually())))
        try:
            found = admin.describe_topics(topics)
        finally:
            admin.close()
        return min(len(partition["isr_nodes"]) for topic in found for partition in topic["partitions"])

    def allow(self) -> None:
        """By mutual TLS, as an administrator would."""
        admin = KafkaAdminClient(**entrance(entered(self.mutually())))
        try:
            admin.create_acls([
                ACL(f"User:{user}", "*", operation, ACLPermissionType.ALLOW, pattern(resource))
                for user, list_ in MAY.items()
                for resource, operation in list_
            ])  # fmt: skip
        finally:
            admin.close()

    @property
    def servers(self) -> str:
        return ",".join(f"127.0.0.1:{port}" for port in self.clients)

    def start(self, *which: int) -> None:
        """All at once: two of three have to be there before one of them is."""
        for n in which:
            self._formatted(n)
            self.children[n] = start(self.nodes[n].prepare(), self.nodes[n].folder)
        for n in which:
            await_broker(self.nodes[n], self.children[n])

    def _formatted(self, n: int) -> None:
        """The first one by Kafka's own tool, which takes seconds; the others are the same but for their names."""
        first, log = self.nodes[0], self.nodes[n].folder / "log"
        first.format()
        if not log.exists():
            shutil.copytree(first.folder / "log", log)
            said = (log / "meta.properties").read_text().splitlines()
            own = {"node.id": n + 1, "directory.id": base64.urlsafe_b64encode(uuid4().bytes).decode().rstrip("=")}
            kept = [line for line in said if line.partition("=")[0] not in own]
            (log / "meta.properties").write_text("\n".join([*kept, *(f"{k}={v}" for k, v in own.items()), ""]))

    def _settings(self, n: int, at: tuple[int, int, int], voters: str, both: Path) -> dict[str, str]:
        client, mutual, controller = at
        outside = f"CLIENT://127.0.0.1:{client},MUTUAL://127.0.0.1:{mutual}"
        return {
            "node.id": str(n),
            "controller.quorum.voters": voters,
            "listeners": f"{outside},CONTROLLER://127.0.0.1:{controller}",
            "advertised.listeners": outside,
            "listener.security.protocol.map": "CLIENT:SASL_SSL,MUTUAL:SSL,CONTROLLER:SSL",
            "inter.broker.listener.name": "MUTUAL",
            "listener.name.client.sasl.enabled.mechanisms": "SCRAM-SHA-512",
            "listener.name.client.scram-sha-512.sasl.jaas.config": (
                "org.apache.kafka.common.security.scram.ScramLoginModule required;"
            ),
            "listener.name.mutual.ssl.client.auth": "required",
            "listener.name.controller.ssl.client.auth": "required",
            "ssl.keystore.type": "PEM",
            "ssl.keystore.location": str(both),
            "ssl.truststore.type": "PEM",
            "ssl.truststore.location": str(self.authority.path),
            "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users": f"User:CN={INSIDE}",
            "allow.everyone.if.no.acl.found": "false",
            "offsets.topic.replication.factor": "3",
            "controlled.shutdown.enable": "true",
        }


def pattern(resource: ResourceType) -> ResourcePattern:
    if resource is ResourceType.TOPIC:
        return ResourcePattern(resource, "nhip.", ACLResourcePatternType.PREFIXED)
    return ResourcePattern(resource, GROUP)


def entered(said: dict[str, Any]) -> Cluster:
    return Settings.read(**said).cluster(said["kafka"])


@contextmanager
def three_brokers(folder: Path) -> Iterator[ThreeBrokers]:
    made = ThreeBrokers(folder)
    with ExitStack() as stopping:
        stopping.callback(lambda: [child.stop(grace=5) for child in made.children.values()])
        made.start(*range(len(NODES)))
        made.allow()
        yield made
