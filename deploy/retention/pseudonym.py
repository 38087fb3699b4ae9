"""What stands in the place of a code once its term is over. Pure."""

import hmac
from dataclasses import dataclass, field
from enum import StrEnum

LENGTH = 20
"""Hexadecimal digits, 80 bits: among ten million codes two alike are one chance in 10¹⁰."""
LIKE = rf"(^|-)~[0-9a-f]{{{LENGTH}}}$"
"""How a pseudonym looks, to ClickHouse's `match`."""


class Name(StrEnum):
    """What leads to one dossier, in the system that it came from."""

    DOSSIER = "dossier"
    TRANSACTION = "transaction"
    PETITION = "petition"


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Codes can be guessed (agency, day, number), so a hash without a key would be undone by trying them all."""

    key: bytes = field(repr=False)

    def of(self, kind: str, name: str) -> str:
        """The same for the same code. A dossier's keeps the agency, which the fold reads out of the code."""
        agency, dash, _ = name.partition("-") if kind == Name.DOSSIER else ("", "", "")
        digest = hmac.digest(self.key, f"{kind}:{name}".encode(), "sha256").hex()
        return f"{agency}{dash}~{digest[:LENGTH]}"
