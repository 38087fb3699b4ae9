"""Lines into a store as the worker would bring them, without a broker."""

from pathlib import Path

from clickhouse_connect.driver.client import Client

from ingest.simulate.files import write
from streams.keep import keep, read
from streams.state import State
from tests.strategies import KINDS, History
from tests.support.log import batches, logs

TABLES = (
    "dossier", "step", "apology", "rating", "petition", "payment", "kpi_cell", "service", "agency", "dead_letter",
    "pipeline_progress",
)  # fmt: skip


def fill(client: Client, history: History, records: int = 200, cut: int = 50) -> None:
    """Into an emptied store."""
    for table in TABLES:
        client.command(f"TRUNCATE TABLE {table}")
    for topic, all_records in logs(history, [records]).items():
        for batch in batches(all_records, [cut]):
            keep(State(client), read(topic, batch))


def province(folder: Path, dossiers: int, seed: int) -> History:
    """A simulated year; its lines arrive kind by kind."""
    write(folder, dossiers, seed)
    lines: dict[str, list[bytes]] = {kind: [] for kind in KINDS}
    for path in sorted(folder.iterdir()):
        lines[path.stem.partition("-")[0]] += path.read_bytes().splitlines()
    return History(lines, tuple(kind for kind in KINDS for _ in lines[kind]))
