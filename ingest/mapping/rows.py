"""Mapped rows at the border: a row is taken whole, or it is one dead letter and nothing of it is sent."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ingest.border import Border, Outgoing, dead_letter
from ingest.mapping.mapping import Mapped
from ingest.mapping.said import KIND
from ingest.mapping.value import Row
from ingest.reading import Reader
from metrics.errors import Rejected

READERS = {name: Reader(kind) for name, kind in KIND.items()}


@dataclass(frozen=True, slots=True)
class Rows:
    """Of one source. Records are counted by kind; a rejected row counts for the first kind of its mapping."""

    mapped: Mapped
    border: Border

    def passed(self, source: str, rows: Iterable[tuple[int, Row | Rejected]]) -> Iterator[Outgoing]:
        for number, row in rows:
            try:
                found = list(self._events(row))
            except Rejected as reason:
                self.border.rejected[self.mapped.kinds[0]] += 1
                yield dead_letter(self.mapped.kinds[0], source, number, reason)
            else:
                for kind, event in found:
                    self.border.accepted[kind] += 1
                    yield event

    def _events(self, row: Row | Rejected) -> Iterator[tuple[str, Outgoing]]:
        if isinstance(row, Rejected):
            raise row
        for kind, fields in self.mapped.records(row):
            try:
                yield kind, (KIND[kind].event.topic, *READERS[kind].read(as_line(fields)))
            except Rejected as reason:
                raise Rejected(f"{kind}: {reason}") from None


def as_line(fields: Mapping[str, str]) -> bytes:
    """Escaped, since half a character of a broken file is no UTF-8."""
    return json.dumps(fields).encode()
