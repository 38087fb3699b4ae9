"""CSV exports that a mapping explains keep the contract of every source."""

import csv
from pathlib import Path

from ingest.follow.folder import Plan
from ingest.follow.tables import Table, TableSaid
from ingest.mapping.mapping import Mapped
from ingest.mapping.problems import fields_of
from ingest.mapping.said import KIND
from tests.ingest.contract.suite import Records, SourceContract
from tests.ingest.contract.test_folder import Folder

COLUMNS = {kind: [name for name, _ in fields_of(kind)] for kind in KIND}


def table(kind: str) -> Table:
    """Every field of that kind under its own name."""
    values = {f"v{place}": name for place, name in enumerate(COLUMNS[kind])}
    fields = {name: f"{{{value}}}" for value, name in values.items()}
    said = TableSaid.model_validate(
        {"files": f"{kind}*.csv", "values": values, "records": [{"kind": kind, "fields": fields}]}
    )
    return Table(said, Mapped(said))


TABLES = {kind: table(kind) for kind in KIND}


class Tables(Folder):
    """A file of each kind, which is written again with more rows."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, Plan(lambda name: TABLES.get(name.removesuffix(".csv")), quiet=0.0))

    def deliver(self, records: Records) -> None:
        for kind, record in records:
            path = self.drop / f"{kind}.csv"
            fresh = not path.exists()
            with path.open("a", newline="") as file:
                writer = csv.DictWriter(file, [*COLUMNS[kind], "ChuHoSo"], extrasaction="ignore")
                if fresh:
                    writer.writeheader()
                writer.writerow(record)
            self.leap(path)


class TestTables(SourceContract):
    examples = 5

    def delivery(self, folder: Path) -> Tables:
        return Tables(folder)
