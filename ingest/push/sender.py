"""Who sends, and what they may send."""

import hashlib
from dataclasses import dataclass

from pydantic_core import from_json

from ingest.border import Outgoing
from metrics.errors import Rejected

OUTSIDE = Rejected("of an agency that this token may not send for; ask for a token that covers it")


@dataclass(frozen=True, slots=True)
class Sender:
    """`kinds` of records and `agencies` that may be sent; empty: all of them. `per_minute`: requests."""

    name: str
    kinds: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    per_minute: int = 0

    def may_send(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds

    def require(self, event: Outgoing) -> None:
        """Raises Rejected where the event is of another agency. Codes are compared whole: nothing is below another."""
        if self.agencies and _agency(event[2]) not in self.agencies:
            raise OUTSIDE


def digest(token: str) -> str:
    """What is kept of a token. It is random and long, so a quick hash cannot be undone by guessing."""
    return hashlib.sha256(token.encode()).hexdigest()


def _agency(event: bytes) -> str | None:
    """The one it names, or that of its dossier; None for what belongs to none, such as a service."""
    said = from_json(event)
    named: str | None = said.get("agency")
    return named or said.get("dossier", "").partition("-")[0] or None
