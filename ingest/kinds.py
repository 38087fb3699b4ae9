"""The kinds of files in a drop folder: how their names begin and end, and how their lines are read."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from ingest.access.page_map import PageMap
from ingest.access.reading import AccessReader
from ingest.national import FILE_KINDS
from ingest.reading import LineReader, Reader
from metrics.events import REQUEST, Topic


@dataclass(frozen=True, slots=True)
class Kind:
    """Files called `name…` with one of the endings; each is read by a reader of its own.

    `remembers`: the reader has to see the lines again that were sent before. `optional`: beyond the contract.
    """

    name: str
    endings: tuple[str, ...]
    topic: Topic
    reader: Callable[[], LineReader] = field(compare=False)
    remembers: bool = False
    optional: bool = False

    def takes(self, name: str) -> bool:
        return name.startswith(self.name) and name.endswith(self.endings)


_LINES = (".jsonl", ".jsonl.gz")
_LOG = (".log", ".log.gz")

ACCESS = Kind("access", _LOG, REQUEST.topic, AccessReader, remembers=True)

# In the order they are loaded.
KINDS = (
    *(Kind(kind.name, _LINES, kind.event.topic, partial(Reader, kind), optional=kind.optional) for kind in FILE_KINDS),
    ACCESS,
)


def kinds(pages: PageMap, salt: Callable[[str], bytes | None]) -> tuple[Kind, ...]:
    """All of them, with the portal's addresses read by that map and its visitors hashed with the salt of their day."""
    return *KINDS[:-1], replace(ACCESS, reader=partial(AccessReader, pages, salt))
