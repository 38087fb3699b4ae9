"""What an operator may set: the environment variables NHIP_*, read here and nowhere else."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import SettingsConfigDict

from deploy.kafka_settings import KafkaSettings
from deploy.login_settings import Issuer, Minutes, Networks, PerMinute, Roles, Secret, WebAddress
from deploy.retention_settings import RetentionSettings
from metrics.errors import Misconfigured

ADDRESS = re.compile(r"(?P<host>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\]):(?P<port>\d{1,5})")
PLACEHOLDER = re.compile(
    r"change.?me|placeholder|replace.?me|<[^>]*>|\$\{|\btodo\b|\bxxx+\b|\byour[-_ ]", re.IGNORECASE
)
LARGEST_PORT = 65535


def real(text: str) -> str:
    if PLACEHOLDER.search(text):
        raise ValueError("still holds a placeholder; put the real value in, or unset it")
    return text


def address(text: str) -> str:
    match = ADDRESS.fullmatch(text)
    if match is None or not 0 < int(match["port"]) <= LARGEST_PORT:
        raise ValueError(f"must be host:port, such as 127.0.0.1:9092, and is {text!r}")
    return text


def addresses(text: str) -> str:
    for one in text.split(","):
        address(real(one))
    return text


def clickhouse_url(secret: SecretStr) -> SecretStr:
    """The messages never quote the value: it holds a password."""
    url = urlsplit(real(secret.get_secret_value()))
    whole = url.scheme in {"http", "https"} and url.hostname and url.username and url.path.strip("/")
    if not whole:
        raise ValueError("must look like http://user:password@host:8123/database")
    return secret


def folder(path: Path) -> Path:
    if path.exists() and not path.is_dir():
        raise ValueError(f"must be a folder, and {str(path)!r} is a file")
    return path.absolute()


Address = Annotated[str, AfterValidator(real), AfterValidator(address)]
Folder = Annotated[Path, AfterValidator(Path.expanduser), AfterValidator(folder)]


class Settings(KafkaSettings, RetentionSettings):
    """Frozen; a secret shows as stars. An empty variable counts as unset."""

    model_config = SettingsConfigDict(
        env_prefix="NHIP_", env_ignore_empty=True, frozen=True, extra="forbid", validate_default=True
    )

    data: Folder = Path(".nhip")
    """Where the local broker and store keep their files."""
    kafka: Annotated[str, AfterValidator(addresses)] | None = None
    """host:port of a Kafka that is not ours; none is started then."""
    clickhouse: Annotated[SecretStr, AfterValidator(clickhouse_url)] | None = None
    """http://user:password@host:port/database of a ClickHouse that is not ours; none is started then."""
    clickhouse_cluster: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+$")] | None = None
    """ClickHouse's name of a cluster whose replicas all hold the tables."""
    board: Address = "127.0.0.1:8600"
    ingest: Address = "127.0.0.1:8601"
    database: SecretStr | None = None
    """Of `nhip ingest database`: postgresql+psycopg://reader:password@host/database, or any that SQLAlchemy knows."""
    topic_kafka: Annotated[str, AfterValidator(addresses)] | None = None
    """Of `nhip ingest topic`: host:port of the Kafka with the province's topics, where it is another than ours."""
    sftp_password: SecretStr | None = None
    sftp_key: Path | None = None
    """A private key's file, for folders on other machines; without one an agent or the usual keys."""
    sftp_known_hosts: Annotated[Path, AfterValidator(Path.expanduser)] = Path("~/.ssh/known_hosts")
    portal_pages: Path | None = None
    """A TOML file that says which addresses of the portal are which step of a submission; see docs/portal.md."""
    partitions: Annotated[int, Field(ge=1, le=1024)] = 16
    """Of each topic, fixed when it is created."""
    cache: Folder = Path("~/.cache/nhip")
    public_url: WebAddress | None = None
    """How people reach the board, such as https://board.example.vn; needed where that is not this machine alone."""
    login: bool = False
    """Nobody sees the board without logging in, not even on this machine."""
    secret: Secret | None = None
    """Signs sessions; the same for all boards of one address. Without it, one is made and kept in the data folder."""
    metrics_token: Secret | None = None
    """What Prometheus brings to /metrics; without it only this machine may ask, of a board that nobody else reaches."""
    log: Literal["text", "json"] = "text"
    """json: one object a line."""
    otlp_endpoint: WebAddress | None = None
    """Who takes traces by OTLP over HTTP, such as http://collector:4318; without it there are none."""
    otlp_token: SecretStr | None = None
    """What he wants to see: `Authorization: Bearer …`."""
    proxies: Networks | None = None
    """Networks of our own reverse proxies, whose X-Forwarded-For is believed: 10.0.0.5/32,10.0.0.6/32."""
    session_idle_minutes: Minutes = 60
    session_minutes: Minutes = 12 * 60
    lookups_per_minute: PerMinute = 30
    """Of dossiers at /tra-cuu, from one address."""
    logins_per_minute: PerMinute = 30
    """Tried from one address."""
    oidc_issuer: Issuer | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_role_claim: str = "groups"
    """A point leads into an object: realm_access.roles."""
    oidc_roles: Roles | None = None
    """admin=it-admins,viewer=*"""

    @classmethod
    def read(cls, **given: Any) -> Self:
        """From the environment, under what is given here; Misconfigured names every problem."""
        try:
            found = cls(**given)
        except ValidationError as error:
            raise Misconfigured(sentence(problem) for problem in error.errors()) from None
        wrong = list(found.kafka_problems(configured=found.kafka is not None))
        if wrong:
            raise Misconfigured(wrong)
        return found


def sentence(problem: ErrorDetails) -> str:
    name = "NHIP_" + str(problem["loc"][0]).upper()
    return f"{name}: {problem['msg'].removeprefix('Value error, ')}"
