"""Checks of the settings that say who may come to the board. No message quotes a secret."""

from ipaddress import ip_network
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr

from dashboards.auth.account import Role
from dashboards.auth.security import is_loopback

SHORTEST_SECRET = 32


def long_enough(secret: SecretStr) -> SecretStr:
    if len(secret.get_secret_value()) < SHORTEST_SECRET:
        raise ValueError(f"needs at least {SHORTEST_SECRET} random characters (`openssl rand -hex 32` makes some)")
    return secret


def web_address(text: str) -> str:
    url = urlsplit(text)
    if url.scheme not in {"http", "https"} or not url.hostname or url.path.strip("/") or url.query or url.fragment:
        raise ValueError(f"must look like https://board.example.vn, without a path, and is {text!r}")
    return text.rstrip("/")


def issuer(text: str) -> str:
    url = urlsplit(text)
    if not url.hostname or not (url.scheme == "https" or (url.scheme == "http" and is_loopback(url.hostname))):
        raise ValueError(f"must begin with https://, and is {text!r}")
    return text


def networks(text: str) -> str:
    for one in text.split(","):
        ip_network(one.strip())
    return text


def roles(text: str) -> str:
    pairs(text)
    return text


def pairs(text: str) -> tuple[tuple[str, Role], ...]:
    """`admin=it-admins,viewer=*`: the claim's value and the role it gives."""
    found = [one.partition("=") for one in text.split(",")]
    if any(role.strip() not in set(Role) or not value.strip() for role, _, value in found):
        raise ValueError(f"must look like admin=it-admins,viewer=*, with roles {', '.join(Role)}, and is {text!r}")
    return tuple((value.strip(), Role(role.strip())) for role, _, value in found)


Secret = Annotated[SecretStr, AfterValidator(long_enough)]
WebAddress = Annotated[str, AfterValidator(web_address)]
Issuer = Annotated[str, AfterValidator(issuer)]
Networks = Annotated[str, AfterValidator(networks)]
Roles = Annotated[str, AfterValidator(roles)]
PerMinute = Annotated[int, Field(ge=1, le=100_000)]
Minutes = Annotated[int, Field(ge=5, le=7 * 24 * 60)]
