"""Which addresses of a portal are which step of a submission, where they are not what portals usually call them.

A request keeps the class it was counted under, also when its log is read again: so a map is dated, and each of its
parts holds for the requests of its day and later ones. What was before goes by the part before, or by the usual words.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from ingest.access.pages import OTHER, UNREADABLE, Place, place, written
from ingest.toml import read_toml
from metrics.funnel import STEPS


def _pattern(text: str) -> str:
    if not re.fullmatch(r"(?:[A-Z]{1,20} )?[/*]\S*", text):
        raise ValueError("write an address such as /nop-ho-so/*, perhaps with POST and a space before it")
    return text


Patterns = Annotated[tuple[Annotated[str, AfterValidator(_pattern)], ...], Field(min_length=1)]


class Since(BaseModel):
    """One part: from which day on, and the addresses of each step that it names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: date
    service: Patterns | None = None
    start: Patterns | None = None
    submit: Patterns | None = None
    pay: Patterns | None = None
    done: Patterns | None = None


class MapSaid(BaseModel):
    """The file: `[[pages]]`, oldest first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pages: Annotated[tuple[Since, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if any(later.since <= earlier.since for earlier, later in pairwise(self.pages)):
            raise ValueError("since: each part must begin on a later day than the one before it")
        return self


@dataclass(frozen=True)
class _Part:
    """`day` as requests have it: yyyyMMdd."""

    day: str
    said: Since

    @cached_property
    def steps(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        named = ((step, getattr(self.said, step)) for step in STEPS)
        return tuple((step, _any_of(patterns)) for step, patterns in named if patterns)

    def place(self, request: bytes) -> Place:
        """A step that is named is what was said, and nothing else; files of a page stay files."""
        page, service = place(request)
        if page in {"static", UNREADABLE}:
            return page, service
        text = written(request)
        step = next((step for step, fits in self.steps if fits.fullmatch(text)), None)
        if step is None:
            step = OTHER if any(page == named for named, _ in self.steps) else page
        return step, service


class PageMap:
    """The parts of a file, or none: then the usual words are all there is."""

    def __init__(self, said: MapSaid | None = None) -> None:
        parts = said.pages if said else ()
        self._parts = tuple(_Part(f"{part.since:%Y%m%d}".zfill(8), part) for part in reversed(parts))

    def place(self, request: bytes, minute: str) -> Place:
        for part in self._parts:
            if minute[:8] >= part.day:
                return part.place(request)
        return place(request)


def read_page_map(path: Path) -> PageMap:
    """Misconfigured names every problem of the file."""
    return PageMap(read_toml(path, MapSaid))


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(_regex, patterns)), re.DOTALL)


def _regex(pattern: str) -> str:
    """`*` is any text. Without a `?` the query may be any. No hostile address makes it look twice at anything."""
    method, _, address = pattern.rpartition(" ")
    first, *others = (re.escape(part) for part in address.lower().split("*"))
    between = "".join(f"(?>.*?{part})" for part in others[:-1])
    end = f".*{others[-1]}" if others else ""
    query = "" if "?" in address else r"(?:\?.*)?"
    return f"{method or '[A-Z]+'} {first}{between}{end}{query}"
