"""Everything that is wrong with a mapping whose form is right."""

import re
from collections.abc import Iterator
from typing import get_args, get_type_hints

from ingest.mapping.said import KIND, MappingSaid, RecordSaid, ValueSaid
from ingest.mapping.times import zone_of

PARTS = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
"""Names of values inside a field's text."""


def problems(said: MappingSaid) -> Iterator[str]:
    yield from _zone("zone", said.zone)
    for name, value in said.values.items():
        yield from (f"values.{name}.{problem}" for problem in _value_problems(value, said))
    for number, record in enumerate(said.records, start=1):
        yield from (f"records {number} ({record.kind}): {problem}" for problem in _record_problems(record, said))


def _value_problems(value: ValueSaid, said: MappingSaid) -> Iterator[str]:
    if isinstance(value.codes, str) and value.codes not in said.codes:
        yield f"codes: there is no [codes.{value.codes}]"
    yield from _on_problems(value, said)
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


def _on_problems(value: ValueSaid, said: MappingSaid) -> Iterator[str]:
    """A code that means something by days needs a day."""
    codes = said.codes.get(value.codes, {}) if isinstance(value.codes, str) else value.codes or {}
    if not value.on and any(not isinstance(meant, str) for meant in codes.values()):
        yield "on: some codes have dates; name the value whose day counts"
    day = said.values.get(value.on)
    if value.on and (day is None or day.time not in {"moment", "date"} or day.on):
        yield f"on: there is no value {value.on} with time = 'moment' or 'date'"


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
    """National name, and whether it is required; of those that hold a text: a table has no lists."""
    for hint in get_type_hints(KIND[kind].record, include_extras=True).values():
        held, field, *_ = get_args(hint)
        if held in (str, str | None):
            yield field.alias, field.is_required()
