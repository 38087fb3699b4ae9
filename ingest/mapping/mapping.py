"""A mapping, read from its file and checked: every problem is listed before the first row is read."""

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args, get_type_hints

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import to_json

from ingest.kept import digest
from ingest.mapping.times import HOME, ISO, Times, zone_of
from ingest.mapping.value import Row, Value
from ingest.national import FILE_KINDS
from metrics.errors import Misconfigured

KIND = {kind.name: kind for kind in FILE_KINDS}
PARTS = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
Said = Mapping[str, Any]


def _known(kind: str) -> str:
    if kind not in KIND:
        raise ValueError(f"must be one of {', '.join(KIND)}")
    return kind


class _Checked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ValueSaid(_Checked):
    """`[values]`: a column alone, or with what is made of it."""

    column: str
    empty: str | None = None
    match: str | None = None
    time: str | None = None
    at: dt.time | None = None
    formats: tuple[str, ...] = ()
    zone: str = ""
    codes: str | dict[str, str] | None = None
    other: str | None = None
    pad: Annotated[int, Field(ge=0, le=40)] = 0


class RecordSaid(_Checked):
    """`[[records]]`: one a row. Where the value `needs` is nothing, the row has no such record."""

    kind: Annotated[str, AfterValidator(_known)]
    needs: str = ""
    fields: dict[str, str]


def _as_table(said: Any) -> Any:
    return {"column": said} if isinstance(said, str) else said


class MappingSaid(_Checked):
    """What every mapping says, whatever its rows come from."""

    zone: str = HOME
    formats: tuple[str, ...] = (ISO,)
    codes: dict[str, dict[str, str]] = {}
    values: dict[str, Annotated[ValueSaid, BeforeValidator(_as_table)]]
    records: Annotated[tuple[RecordSaid, ...], Field(min_length=1)]


M = TypeVar("M", bound=MappingSaid)


def read(path: Path, model: type[M]) -> M:
    """Misconfigured names every problem."""
    try:
        said = model.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise Misconfigured([f"{path}: cannot be read ({error.strerror})"]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured([f"{path}: no TOML ({error})"]) from None
    except ValidationError as error:
        found = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_url=False))
        raise Misconfigured(f"{path}: {problem}" for problem in found) from None
    problems = [f"{path}: {problem}" for problem in _problems(said)]
    if problems:
        raise Misconfigured(problems)
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
        values = {name: value.of(row) for name, value in self._values.items()}
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
            codes=self.said.codes[value.codes] if isinstance(value.codes, str) else value.codes,
            other=value.other,
            pad=value.pad,
        )


def _filled(text: str, values: Mapping[str, str | None]) -> str | None:
    """None where a part of it is nothing."""
    parts = PARTS.split(text)
    found = [values[part] if place % 2 else part for place, part in enumerate(parts)]
    return None if None in found else "".join(part for part in found if part)


def _problems(said: MappingSaid) -> Iterator[str]:
    yield from _zone("zone", said.zone)
    for name, value in said.values.items():
        yield from (f"values.{name}.{problem}" for problem in _value_problems(value, said))
    for number, record in enumerate(said.records, start=1):
        yield from (f"records {number} ({record.kind}): {problem}" for problem in _record_problems(record, said))


def _value_problems(value: ValueSaid, said: MappingSaid) -> Iterator[str]:
    if isinstance(value.codes, str) and value.codes not in said.codes:
        yield f"codes: there is no [codes.{value.codes}]"
    if value.codes is not None and value.time is not None:
        yield "time: a code is no time; take one of both away"
    if value.other is not None and value.codes is None:
        yield "other: only with codes"
    if value.zone:
        yield from _zone("zone", value.zone)
    try:
        if value.match and re.compile(value.match).groups > 1:
            yield "match: more than one group; write the others as (?:…)"
    except re.error as error:
        yield f"match: {error}"


def _zone(where: str, name: str) -> Iterator[str]:
    try:
        zone_of(name)
    except (KeyError, OSError, ValueError):
        yield f"{where}: {name!r} is no time zone that this machine knows, such as Asia/Ho_Chi_Minh"


def _record_problems(record: RecordSaid, said: MappingSaid) -> Iterator[str]:
    known = dict(fields_of(record.kind))
    for name, text in record.fields.items():
        if name not in known:
            yield f"{name} is no field that nhip reads of {record.kind}: {', '.join(known)}"
        yield from (f"{name}: there is no value {{{part}}}" for part in PARTS.findall(text) if part not in said.values)
    yield from (f"{name} is missing" for name, needed in known.items() if needed and name not in record.fields)
    if record.needs and record.needs not in said.values:
        yield f"needs: there is no value {record.needs}"


def fields_of(kind: str) -> Iterator[tuple[str, bool]]:
    """National name, and whether it is required."""
    for hint in get_type_hints(KIND[kind].record, include_extras=True).values():
        field = get_args(hint)[1]
        yield field.alias, field.is_required()
