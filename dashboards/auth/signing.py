"""Signed texts that browsers keep for us. A text signed for one purpose is worth nothing for another."""

import hmac
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey


class Purpose(StrEnum):
    SESSION = "session"
    FORM = "form"
    DEVICE = "device"
    SINGLE_SIGN_ON = "single sign-on"


class Signer:
    """A key a purpose, all made of one secret."""

    def __init__(self, secret: str, clock: Callable[[], float]) -> None:
        self._keys = {purpose: hmac.digest(secret.encode(), purpose.encode(), "sha256") for purpose in Purpose}
        self._clock = clock

    def sign(self, purpose: Purpose, claims: Mapping[str, Any], until: float) -> str:
        return jwt.encode({"alg": "HS256"}, {**claims, "exp": int(until)}, self._key(purpose), ["HS256"])

    def read(self, purpose: Purpose, text: str) -> dict[str, Any] | None:
        """What we signed for this purpose, as long as it holds; None for anything else."""
        try:
            claims = jwt.decode(text, self._key(purpose), ["HS256"]).claims
        except (JoseError, ValueError):  # whatever a stranger may send
            return None
        return claims if claims.get("exp", 0) > self._clock() else None

    def mark(self, purpose: Purpose, text: str) -> str:
        return hmac.digest(self._keys[purpose], text.encode(), "sha256").hex()

    def _key(self, purpose: Purpose) -> OctKey:
        return OctKey.import_key(self._keys[purpose])
