"""What is asked of a password, and its hash.

Argon2id with 46 MiB, one pass, one lane: a row of OWASP's table. Parameters that are raised here reach each account
the next time it logs in.
"""

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST, FEWEST_SIGNS = 12, 256, 5
HASHER = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)


def problems(password: str, name: str) -> Iterator[str]:
    """Length is what counts; no composition rules."""
    plain = normal(password)
    if len(plain) < SHORTEST:
        yield f"the password needs at least {SHORTEST} characters; a few unrelated words are good"
    if len(plain) > LONGEST:
        yield f"the password may have at most {LONGEST} characters"
    if name and name.casefold() in plain.casefold():
        yield "the password must not contain the account's name"
    if plain and len(set(plain)) < FEWEST_SIGNS:
        yield f"the password needs at least {FEWEST_SIGNS} different characters"
    if _is_run(plain):
        yield "the password must not be a run such as 123456789012"


def normal(password: str) -> str:
    """Vietnamese letters come composed or not, depending on the keyboard: both are one password."""
    return unicodedata.normalize("NFKC", password)


def _is_run(text: str) -> bool:
    steps = {(ord(later) - ord(earlier)) % 10 for earlier, later in pairwise(text)}
    return len(text) > 1 and steps in ({1}, {9})


class Passwords:
    """Takes as long for an account that does not exist as for a wrong password."""

    def __init__(self, hasher: PasswordHasher = HASHER) -> None:
        self._hasher = hasher
        self._nobody = hasher.hash("no account has this password")

    def hashed(self, password: str) -> str:
        return self._hasher.hash(normal(password))

    def right(self, password: str, stored: str) -> bool:
        """An empty stored hash has no right password, and costs the same."""
        try:
            self._hasher.verify(stored or self._nobody, normal(password)[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
        return bool(stored) and len(normal(password)) <= LONGEST

    def outdated(self, stored: str) -> bool:
        return self._hasher.check_needs_rehash(stored)
