"""Where a folder over SFTP is, and how one comes in. No secret is part of the address."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from metrics.errors import Misconfigured

PORT = 22


@dataclass(frozen=True, slots=True)
class Login:
    """`password` and `key` may be empty: then an agent or the usual keys of whoever runs us."""

    user: str
    host: str
    port: int
    path: str
    known_hosts: Path
    password: str = field(default="", repr=False)
    key: str = ""


def login(url: str, known_hosts: Path, password: str, key: str) -> Login:
    """Of sftp://user@host[:port]/path. Misconfigured where it is none; a password in it is refused."""
    parts = urlsplit(url)
    if parts.scheme != "sftp" or not parts.hostname or not parts.username or not parts.path.strip("/"):
        raise Misconfigured(["PLACE: must look like sftp://user@host/path"])
    if parts.password:
        raise Misconfigured(["PLACE: no password in the address: set NHIP_SFTP_PASSWORD or NHIP_SFTP_KEY"])
    if key and not Path(key).is_file():
        raise Misconfigured([f"NHIP_SFTP_KEY: there is no file {key}"])
    path = unquote(parts.path).rstrip("/")
    return Login(unquote(parts.username), parts.hostname, parts.port or PORT, path, known_hosts, password, key)
