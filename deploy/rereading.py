"""Where the lines of dead letters are read again: in the file or the topic that their source names."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from deploy.settings import Settings
from deploy.sources.folder import far, shelf_of
from ingest.border import Border
from ingest.cluster import Cluster
from ingest.consumer import consumer, passages
from ingest.dead.reading import Material
from ingest.feed import PREFIX, TopicSaid, known, rows_of, source_of
from ingest.follow.forms import Form, Lines, kind_of
from ingest.follow.shelf import Interrupted, Shelf
from ingest.follow.tables import Table, TableSaid
from ingest.mapping.mapping import Mapped
from ingest.mapping.rows import Rows
from ingest.mapping.said import MappingSaid
from metrics.errors import Unavailable

ELSEWHERE = {
    "http:": "the sender has to send it again",
    "database:": "`nhip ingest database` asks for all rows again once its mapping is mended, and takes it back",
    "kafka:": "somebody else's record; nothing of it can be read",
}
"""What begins such a source's name, and who can do something about its letters."""


@dataclass(frozen=True, slots=True)
class Sources:
    """`kafka` has the province's own topics; `archive` is where followed folders moved what they had read."""

    settings: Settings
    kafka: Cluster
    mappings: Sequence[MappingSaid]
    archive: str

    @contextmanager
    def opened(self, source: str) -> Iterator[Material]:
        """Raises Unavailable where it cannot be read again."""
        for prefix, why in ELSEWHERE.items():
            if source.startswith(prefix):
                raise Unavailable(why)
        with self._topic(source) if source.startswith(PREFIX) else self._file(source) as material:
            yield material

    @contextmanager
    def _topic(self, source: str) -> Iterator[Material]:
        name, _, _ = source.removeprefix(PREFIX).rpartition("/")
        said = next((one for one in self.mappings if isinstance(one, TopicSaid) and one.topic == name), None)
        if said is None:
            raise Unavailable("name the mapping of the topic with --map")
        with consumer(self.kafka) as found:
            place = next((one for one in known(found, name, self.kafka) if source_of(one) == source), None)
            read = passages(found, {place: 0} if place else {})
            rows = (row for _, messages in read for row in rows_of(messages))
            yield Material(rows, Rows(Mapped(said), Border()).passed)

    @contextmanager
    def _file(self, source: str) -> Iterator[Material]:
        folder, _, name = source.rpartition("/")
        form = self._form(name)
        try:
            with self._shelf(folder or ".", name).open(name) as file:
                passed = partial(form.passed, border=Border())
                yield Material(form.rows(file, name), passed, headed=isinstance(form, Table))
        except (OSError, Interrupted) as error:
            raise Unavailable(f"cannot be read ({getattr(error, 'strerror', None) or error})") from None

    def _form(self, name: str) -> Form:
        kind = kind_of(name)
        lines = Lines(kind, kind.reader()) if kind and not kind.remembers else None
        tables = (Table(one, Mapped(one)) for one in self.mappings if isinstance(one, TableSaid))
        form = next((table for table in tables if table.takes(name)), lines)
        if form is None:
            raise Unavailable("a log is not read again" if kind else "name the mapping of the file with --map")
        return form

    def _shelf(self, folder: str, name: str) -> Shelf:
        moved = self.archive and not far(folder) and not Path(folder, name).exists()
        return shelf_of(self.archive if moved else folder, self.settings)
