"""One line of a file becomes one event, or a Rejected that says why.

Almost every line takes the quick way: parsed, checked and written again in compiled code. What that refuses is
read once more, carefully: numbers as they are written, empty texts as null, half characters where nobody looks.
Only then is a line rejected. A reason never quotes the line, which may hold personal data.
"""

import json
from collections.abc import Iterator
from typing import Annotated, Any, Protocol, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from ingest.national import FileKind
from metrics.errors import Rejected

# As written: 1.002830 is a code, not a number that may lose its last digit.
_AS_WRITTEN = json.JSONDecoder(parse_int=str, parse_float=str)


Said = tuple[str, bytes]
"""The key of the thing that a line is about, and its event as one JSON line."""


class LineReader(Protocol):
    """Reads the lines of one file, in order; `skip` takes those that were sent before."""

    def read(self, line: bytes) -> Said | None:
        """The line's event, or None where it is gathered. Raises Rejected."""

    def skip(self, line: bytes) -> None: ...

    def rest(self) -> Iterator[Said]:
        """What was gathered and not given yet."""


class Reader:
    """Reads the lines of one kind of file."""

    def __init__(self, kind: FileKind) -> None:
        self._adapter: TypeAdapter[Any] = TypeAdapter(kind.record)
        self._quick = self._adapter.validator.validate_json
        self._write = self._adapter.serializer.to_json
        self._rules = dict(_rules(kind.record))
        self._key = kind.event.key
        self._head = f'{{"kind":"{kind.event.name}",'.encode()

    def read(self, line: bytes) -> Said:
        try:
            record = self._quick(line)
        except ValidationError:
            record = self._carefully(line)
        written = self._write(record, exclude_none=True, exclude_defaults=True)
        return record[self._key], self._head + written[1:]

    def skip(self, line: bytes) -> None:
        """A line that was sent before means nothing to the ones after it."""

    def rest(self) -> Iterator[Said]:
        """Nothing is gathered: each line is an event."""
        return iter(())

    def _carefully(self, line: bytes) -> Any:
        given = _parsed(line)
        used = {name: value for name, value in given.items() if name in self._rules and value != ""}
        try:
            return self._adapter.validate_python(used)
        except ValidationError as refused:
            raise Rejected(self._reason(refused.errors(include_url=False, include_context=False))) from None

    def _reason(self, errors: list[ErrorDetails]) -> str:
        return "; ".join(dict.fromkeys(self._sentence(error) for error in errors))

    def _sentence(self, error: ErrorDetails) -> str:
        path = [part for part in error["loc"] if isinstance(part, str)]
        name = ".".join(path)
        if error["type"] == "missing" or (error["input"] is None and error["loc"][-1] == path[-1]):
            return f"{name}: missing; give it a value"
        if error["type"] == "string_unicode":
            return f"{name}: holds half a character; write it as valid Unicode"
        return f"{name}: must be {self._rules[path[-1]]}"


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        given = _AS_WRITTEN.decode(line.decode())
    except UnicodeDecodeError:
        raise Rejected("not UTF-8; write the file in UTF-8") from None
    except RecursionError:
        raise Rejected("nested too deeply to be read") from None
    except ValueError:
        raise Rejected("not JSON; write one JSON object a line") from None
    if not isinstance(given, dict):
        raise Rejected("not a JSON object; write one JSON object a line")
    return given


def _rules(record: Any) -> Iterator[tuple[str, str]]:
    """National name → what its value must be, of a record and of the records in its lists."""
    for hint in get_type_hints(record, include_extras=True).values():
        if get_origin(hint) is not Annotated:
            continue
        inner, field, *_ = get_args(hint)
        yield field.alias, field.description
        for nested in (part for choice in get_args(inner) for part in get_args(choice)):
            yield from _rules(nested)
