"""How an operator's Kafka is entered and how topics are made in it: NHIP_KAFKA_*. No message quotes a secret."""

import ssl
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, FilePath, SecretStr
from pydantic_settings import BaseSettings

from ingest.cluster import Cluster
from metrics.errors import Misconfigured

DAY_MS = 24 * 60 * 60 * 1000


class Protocol(StrEnum):
    """As Kafka calls them."""

    PLAINTEXT = "PLAINTEXT"
    SSL = "SSL"
    SASL_SSL = "SASL_SSL"
    SASL_PLAINTEXT = "SASL_PLAINTEXT"

    @property
    def encrypted(self) -> bool:
        return self in {Protocol.SSL, Protocol.SASL_SSL}

    @property
    def has_login(self) -> bool:
        return self in {Protocol.SASL_SSL, Protocol.SASL_PLAINTEXT}


class Mechanism(StrEnum):
    PLAIN = "PLAIN"
    SCRAM_SHA_256 = "SCRAM-SHA-256"
    SCRAM_SHA_512 = "SCRAM-SHA-512"


class KafkaSettings(BaseSettings):
    """Part of the settings."""

    kafka_protocol: Protocol = Protocol.PLAINTEXT
    kafka_ca: FilePath | None = None
    """PEM file of who signed the brokers' certificates; without it the system's own list."""
    kafka_cert: FilePath | None = None
    """PEM file of our own certificate, for mutual TLS."""
    kafka_key: FilePath | None = None
    kafka_mechanism: Mechanism = Mechanism.SCRAM_SHA_512
    kafka_user: str | None = None
    kafka_password: SecretStr | None = None
    kafka_replication: Annotated[int, Field(ge=1, le=9)] | None = None
    """Copies of each new topic; without it the cluster's default."""
    kafka_min_insync: Annotated[int, Field(ge=1, le=9)] | None = None
    """Copies that must have a record before it is acknowledged."""
    kafka_retention_days: Annotated[int, Field(ge=1, le=36_500)] | None = None
    """How long new topics keep records; without it for ever, since figures are replayed from them."""

    def cluster(self, servers: str) -> Cluster:
        """Misconfigured where a file is no certificate or key."""
        return Cluster(servers, self._access(), self.kafka_replication or -1, self._topics())

    def kafka_problems(self, *, configured: bool) -> Iterator[str]:
        """`configured` says whether a Kafka is named that is not ours."""
        if not configured and self.kafka_protocol is not Protocol.PLAINTEXT:
            yield "NHIP_KAFKA: NHIP_KAFKA_PROTOCOL is for a Kafka of your own: say where it is"
        if self.kafka_protocol.has_login and not (self.kafka_user and self.kafka_password):
            yield f"NHIP_KAFKA_USER, NHIP_KAFKA_PASSWORD: {self.kafka_protocol} needs both"
        if not self.kafka_protocol.has_login and (self.kafka_user or self.kafka_password):
            yield f"NHIP_KAFKA_PROTOCOL: {self.kafka_protocol} takes no user and password: SASL_SSL does"
        if not self.kafka_protocol.encrypted and (self.kafka_ca or self.kafka_cert or self.kafka_key):
            yield f"NHIP_KAFKA_PROTOCOL: {self.kafka_protocol} uses no certificates: SSL and SASL_SSL do"
        if bool(self.kafka_cert) != bool(self.kafka_key):
            yield "NHIP_KAFKA_CERT, NHIP_KAFKA_KEY: a certificate and its key come together"
        if (self.kafka_min_insync or 1) > (self.kafka_replication or 9):
            yield "NHIP_KAFKA_MIN_INSYNC: cannot be more than NHIP_KAFKA_REPLICATION"

    def _access(self) -> Mapping[str, Any]:
        found: dict[str, Any] = {"security_protocol": self.kafka_protocol.value}
        if self.kafka_protocol.encrypted:
            found["ssl_context"] = self._tls()
        if self.kafka_protocol.has_login and self.kafka_password:
            found["sasl_mechanism"] = self.kafka_mechanism.value
            found["sasl_plain_username"] = self.kafka_user
            found["sasl_plain_password"] = self.kafka_password.get_secret_value()
        return found

    def _tls(self) -> ssl.SSLContext:
        try:
            context = ssl.create_default_context(cafile=self.kafka_ca)
        except ssl.SSLError as error:
            raise Misconfigured([f"NHIP_KAFKA_CA: {self.kafka_ca} holds no certificate in PEM ({error})"]) from None
        if self.kafka_cert and self.kafka_key:
            try:
                context.load_cert_chain(self.kafka_cert, self.kafka_key, password=_no_password)
            except ssl.SSLError as error:
                problem = f"NHIP_KAFKA_CERT, NHIP_KAFKA_KEY: they are no pair in PEM without a password ({error})"
                raise Misconfigured([problem]) from None
        return context

    def _topics(self) -> Mapping[str, str]:
        found = {"retention.ms": str(self.kafka_retention_days * DAY_MS) if self.kafka_retention_days else "-1"}
        if self.kafka_min_insync:
            found["min.insync.replicas"] = str(self.kafka_min_insync)
        return found


def _no_password() -> str:
    """Otherwise OpenSSL would ask the terminal."""
    return ""
