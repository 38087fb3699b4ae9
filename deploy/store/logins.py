"""Who asks. Two logins, compared in constant time; headers as ClickHouse clients send them."""

import base64
import binascii
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from deploy.store.faults import LOGIN, Fault


@dataclass(frozen=True)
class Login:
    """A user and the right password; never shown in any text."""

    user: str
    password: str

    @classmethod
    def of(cls, text: str) -> "Login":
        user, _, password = text.partition(":")
        return cls(user, password)

    def same(self, other: "Login") -> bool:
        """Compares both parts always, so that time tells nothing."""
        user = hmac.compare_digest(self.user.encode(), other.user.encode())
        password = hmac.compare_digest(self.password.encode(), other.password.encode())
        return user and password

    def __repr__(self) -> str:
        return "Login(…)"


@dataclass(frozen=True)
class Logins:
    writer: Login
    reader: Login

    def may_write(self, headers: Mapping[str, str]) -> bool:
        """True for the writer, False for the reader; anybody else is refused."""
        given = presented(headers)
        writes, reads = self.writer.same(given), self.reader.same(given)
        if not (writes or reads):
            raise Fault(LOGIN, "Authentication failed: password is incorrect, or there is no such user")
        return writes


def presented(headers: Mapping[str, str]) -> Login:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        return decoded(token)
    return Login(headers.get("x-clickhouse-user", ""), headers.get("x-clickhouse-key", ""))


def decoded(token: str) -> Login:
    try:
        return Login.of(base64.b64decode(token, validate=True).decode())
    except (binascii.Error, UnicodeDecodeError):
        return Login("", "")
