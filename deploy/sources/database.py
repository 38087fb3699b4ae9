"""`nhip ingest database MAPPING[,MAPPING…] [--follow]`: rows of any SQL database, asked for again and again."""

import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from dashboards.pipeline import dead_letters
from dashboards.store import connect
from deploy.folder import Role
from deploy.output import tell
from deploy.parts import Addresses
from deploy.settings import Settings
from deploy.sources import mappings
from deploy.sources.pouring import pour_on, pour_once, report
from deploy.sources.trying import show
from deploy.stack import running
from ingest.border import Border, mended
from ingest.database.mark import MARKS
from ingest.database.said import DatabaseSaid
from ingest.database.source import Query
from ingest.kept import Kept
from ingest.mapping.mapping import Mapped
from ingest.sink import KafkaSink
from ingest.source import Chain
from metrics.errors import Misconfigured, Unavailable

EVERY = 60.0
"""Seconds between two looks: a database has other work, too."""
TRIED = 10
"""Rows of each query that are asked for before anything is started, so that a wrong column is told at once."""
NOWHERE = "nowhere"
"""What a dry run's place is kept for; it is never written."""


def problems(given: Namespace) -> Iterator[str]:
    if not given.place:
        yield "PLACE: name the mapping files of the queries, between commas (docs/sources.md)"
    yield from mappings.problems(given.place, DatabaseSaid)
    if given.archive or given.map:
        yield "--archive, --map: only for folders"


@dataclass(frozen=True, slots=True)
class Asking:
    """One database, and where places in it are kept."""

    engine: Engine
    kept_in: Path
    border: Border
    said: Sequence[tuple[Path, DatabaseSaid]]

    def queries(self, identity: str) -> list[Query]:
        """A place is kept for the log, the database and the mapping: with another one all rows are read again."""
        return [self._query(name, said, identity) for name, said in self.said]

    def _query(self, name: Path, said: DatabaseSaid, identity: str) -> Query:
        where = f"database {self.engine.url.host}/{self.engine.url.database} {name.resolve()}"
        kept = Kept(self.kept_in, where, f"{identity} {Mapped(said).mark}", MARKS)
        return Query(
            self.engine, said, kept, self.border, f"database:{name.name}", time.sleep, lambda: datetime.now(UTC)
        )


def run(given: Namespace, settings: Settings) -> int:
    said = mappings.mappings(given.place, DatabaseSaid)
    asking = Asking(opened(settings), settings.data / "checkpoints", Border(), said)
    tried = [(query, query.first(TRIED)) for query in asking.queries(NOWHERE) if given.dry_run or query.may_ask()]
    if len(tried) < len(said) and not (given.dry_run or given.follow):
        raise Unavailable(
            "the database may not be asked now (`hours` in its mapping); with --follow its hour is waited for"
        )
    if given.dry_run:
        rows = ((query, n, row) for query, found in tried for n, row in enumerate(found, start=1))
        show(((query.name, n, Mapped(query.said), row) for query, n, row in rows), pure_json=given.json)
        return 0
    with running(settings, Role.INGEST, tell) as where:
        _take_back(settings, where, asking)
        if given.follow:
            tell(f"asking {asking.engine.url.database} every {EVERY:.0f} seconds. Ctrl-C stops it.")
            pour_on(settings, where, lambda sink: Chain(asking.queries(sink.identity)), EVERY)
            return 0
        pour_once(settings, where, lambda sink: Chain(asking.queries(sink.identity)))
    report(asking.border, pure_json=given.json)
    return 0


def _take_back(settings: Settings, where: Addresses, asking: Asking) -> None:
    """The dead letters of rows that are asked for anew: those that are still wrong are rejected again."""
    with KafkaSink(where.kafka, settings.partitions) as sink:
        anew = {query.name for query in asking.queries(sink.identity) if query.anew}
        for letter in dead_letters(connect(where.clickhouse)):
            if letter.source in anew:
                sink.send(*mended(letter.kind, letter.source, letter.line))
        sink.settle()


def opened(settings: Settings) -> Engine:
    """No connection is held between two looks."""
    if settings.database is None:
        raise Misconfigured(["NHIP_DATABASE: set it, such as postgresql+psycopg://reader:password@host/database"])
    try:
        return create_engine(settings.database.get_secret_value(), poolclass=NullPool)
    except NoSuchModuleError as error:
        raise Misconfigured([f"NHIP_DATABASE: {error}"]) from None
    except ModuleNotFoundError as error:
        raise Misconfigured([f"NHIP_DATABASE: its driver is missing: `pip install {error.name}`"]) from None
    except (ArgumentError, ValueError):
        raise Misconfigured(
            ["NHIP_DATABASE: must look like postgresql+psycopg://user:password@host/database"]
        ) from None
