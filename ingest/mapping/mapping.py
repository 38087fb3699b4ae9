"""A mapping, read from its file and checked: every problem is listed before the first row is read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic_core import to_json

from ingest.kept import digest
from ingest.mapping.problems import PARTS, problems
from ingest.mapping.said import Codes, MappingSaid, ValueSaid
from ingest.mapping.times import Times, zone_of
from ingest.mapping.value import Row, Value
from ingest.toml import read_toml
from metrics.errors import Misconfigured

M = TypeVar("M", bound=MappingSaid)


def read(path: Path, model: type[M]) -> M:
    """Misconfigured names every problem."""
    said = read_toml(path, model)
    wrong = [f"{path}: {problem}" for problem in problems(said)]
    if wrong:
        raise Misconfigured(wrong)
    return said


@dataclass(frozen=True)
class Mapped:
    """A mapping that is right: rows in, national records out."""

    said: MappingSaid

    @cached_property
    def mark(self) -> str:
        """Another one for another mapping."""
        return digest(to_json(self.said))[:16]

    @cached_property
    def columns(self) -> frozenset[str]:
        return frozenset(value.column for value in self.said.values.values())

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        return tuple(record.kind for record in self.said.records)

    def records(self, row: Row) -> Iterator[tuple[str, dict[str, str]]]:
        """Kind and fields, national names. Raises Rejected."""
        values = {name: value.of(row) for name, value in self._values.items() if not value.on}
        values |= {name: value.of(row, values[value.on]) for name, value in self._values.items() if value.on}
        for record in self.said.records:
            if not record.needs or values[record.needs] is not None:
                filled = {name: _filled(text, values) for name, text in record.fields.items()}
                yield record.kind, {name: text for name, text in filled.items() if text is not None}

    @cached_property
    def _values(self) -> dict[str, Value]:
        return {name: self._value(name, value) for name, value in self.said.values.items()}

    def _value(self, name: str, value: ValueSaid) -> Value:
        times = Times(value.formats or self.said.formats, zone_of(value.zone or self.said.zone), value.at)
        return Value(
            name=name,
            column=value.column,
            empty=value.empty,
            match=re.compile(value.match) if value.match else None,
            times=times if value.time else None,
            form=value.time or "",
            codes=codes_of(value, self.said),
            on=value.on,
            other=value.other,
            pad=value.pad,
        )


def codes_of(value: ValueSaid, said: MappingSaid) -> Codes | None:
    return said.codes[value.codes] if isinstance(value.codes, str) else value.codes


def _filled(text: str, values: Mapping[str, str | None]) -> str | None:
    """None where a part of it is nothing."""
    parts = PARTS.split(text)
    found = [values[part] if place % 2 else part for place, part in enumerate(parts)]
    return None if None in found else "".join(part for part in found if part)
