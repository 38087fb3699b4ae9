"""What a text of the national record must look like. All checks run inside pydantic's compiled core.

A pattern says only which texts exist: one that fits is passed on as it is. The description is what a person reads in
a dead letter, so it says what is right and never shows what was there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from re import compile as pattern_of
from typing import Any

from pydantic import AfterValidator, Field

# Rust's regex: [0-9] because \d is any script's digit, and \A…\z because nothing may stand around the text.
_YEAR = "(?:[0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})"  # there is no year 0000
_LEAP_YEAR = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)"
_DAY = (
    "(?:(?:0[13578]|1[02])(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)(?:0[1-9]|[12][0-9]|30)|02(?:0[1-9]|1[0-9]|2[0-8]))"
)
_DATE = f"(?:{_YEAR}{_DAY}|{_LEAP_YEAR}0229)"
_TIME = "(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]"


@dataclass(frozen=True, slots=True)
class Shape:
    """The texts that are allowed, and how to say so."""

    pattern: str
    description: str


def one_of(codes: Iterable[str]) -> Shape:
    """A code of a short list."""
    listed = tuple(codes)
    return Shape("|".join(listed), "one of " + ", ".join(listed))


TEXT = Shape("(?s:.+)", "a text")
MOMENT = Shape(_DATE + _TIME, "a moment yyyyMMddHHmmss that exists")
DATE = Shape(_DATE, "a date yyyyMMdd that exists")
STATUS = one_of(str(status) for status in range(1, 11))
YES_NO = one_of("01")
WORKING_DAYS = Shape("[1-9][0-9]{0,2}", "a number of working days from 1 to 999")
NUMBER = Shape("[0-9]{1,9}", "a whole number")
DOSSIER_CODE = Shape("[^-]+-(?s:.+)", "an agency, '-' and a number, with something before and after the first '-'")


def needed(name: str, shape: Shape) -> Any:
    """A required field: absent, null and empty are all missing."""
    return Field(alias=name, pattern=rf"\A(?:{shape.pattern})\z", description=shape.description)


def may(name: str, shape: Shape) -> Any:
    """An optional field. The empty text passes and is its default, so that writing leaves it out like null."""
    return Field(alias=name, pattern=rf"\A(?:{shape.pattern})?\z", description=shape.description, default="")


_NATIONAL_PART = pattern_of(r"([0-9]\.[0-9]{6})(?:\.|\Z)")


@lru_cache(maxsize=16_384)
def national_part(code: str) -> str:
    """`1.002835.000.00.00.H56`, `1.002835.H56` and `1.002835` are one service."""
    found = _NATIONAL_PART.match(code)
    return found[1] if found else code


NATIONAL_PART = AfterValidator(national_part)
