"""Backup, destroy, restore: every figure is what it was, whoever wrote meanwhile and whatever became of the topics."""

import json
from datetime import UTC, datetime
from itertools import islice, zip_longest

import pytest

from dashboards.figures import EVERY, Scope, kpi, of_families
from dashboards.pipeline import progress
from dashboards.reconcile import drift
from deploy.backup.manifest import opened
from deploy.backup.restore import require_room, restore
from deploy.backup.save import save
from deploy.backup.tables import FROM_LOG, tables
from metrics.errors import Misconfigured
from metrics.period import parse
from streams.keep import keep, read
from streams.state import State
from tests.support.filling import province
from tests.support.log import batches, logs

pytestmark = pytest.mark.stack
AT = datetime(2026, 11, 29, tzinfo=UTC)
TOPICS = "these topics"


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """Batches of records as a worker would get them."""
    found = logs(province(tmp_path_factory.mktemp("province"), 120, 7), [20])
    cut = [[(topic, batch) for batch in batches(records, [4])] for topic, records in found.items()]
    return [one for turn in zip_longest(*cut) for one in turn if one]


def empty(client):
    for table in tables(client):
        client.command(f"TRUNCATE TABLE {table.name}")


def work(client, batches_):
    for topic, records in batches_:
        keep(State(client), read(topic, records))


def go_on(client, log):
    """As a worker does: the records behind the progress."""
    reached = {(p.stream, p.partition): p.next_offset for p in progress(client)}
    behind = [
        (topic, [r for r in records if r.offset >= reached.get((topic.value, r.partition), 0)])
        for topic, records in log
    ]
    work(client, [(topic, records) for topic, records in behind if records])


def figures(client):
    """Every definition's, over all that was simulated, and by agency."""
    year = parse("2026")
    whole = [reading.json() for reading in kpi(client, Scope(year), kpis=of_families(year, EVERY))]
    return whole + [reading.json() for reading in kpi(client, Scope(year, by="agency"))]


def back(client, folder, *, new_log=False):
    backup = opened(folder)
    restore(client, backup, [table.name for table in tables(client)], lambda _: None, new_log=new_log)


def saved(client, folder, tell=lambda _: None):
    save(client, folder, TOPICS, AT, tell)
    return folder


def saved_while_working(client, log, folder):
    """A few batches come in before each table is read."""
    left = iter(log)
    work(client, islice(left, len(log) // 2))
    return saved(client, folder, lambda _: work(client, islice(left, 3)))


def test_everything_comes_back_and_the_work_goes_on(client, log, tmp_path):
    empty(client)
    half = len(log) // 2
    work(client, log[:half])
    client.command("INSERT INTO board_account VALUES ('van-phong', 'Văn phòng', 'admin', 'hash', 1, false, 1)")
    before, folder = contents(client), saved(client, tmp_path / "backup")
    go_on(client, log)
    whole = figures(client)
    assert sum(bool(figure["denominator"]) for figure in whole) > 50

    empty(client)
    back(client, folder)
    assert contents(client) == before
    go_on(client, log)
    assert (figures(client), drift(client)) == (whole, [])


def contents(client):
    """Rows of every table, as one number each; without those that newer ones replace, which vanish at any time."""
    replacing = client.query("SELECT name FROM system.tables WHERE engine LIKE '%ingMergeTree'").result_columns[0]
    asked = "SELECT count(), sum(cityHash64(tuple(*)::String)) FROM {} {}"
    return {
        t.name: client.query(asked.format(t.name, "FINAL" if t.name in replacing else "")).result_rows[0]
        for t in tables(client)
    }


def test_a_worker_that_writes_between_the_tables_does_no_harm(client, log, tmp_path):
    empty(client)
    folder = saved_while_working(client, log, tmp_path / "backup")
    go_on(client, log)
    whole = figures(client)

    empty(client)
    back(client, folder)
    go_on(client, log)
    assert (figures(client), drift(client)) == (whole, [])


def test_with_new_topics_cells_are_counted_from_the_facts_and_everything_new_is_read(client, log, tmp_path):
    empty(client)
    folder = saved_while_working(client, log, tmp_path / "backup")
    go_on(client, log)
    whole = figures(client)

    empty(client)
    back(client, folder, new_log=True)
    assert drift(client) == []
    assert {p.next_offset for p in progress(client)} <= {0}
    work(client, log)  # all of it again, from offset 0
    assert (figures(client), drift(client)) == (whole, [])


def test_a_damaged_backup_is_refused_before_anything_is_touched(client, log, tmp_path):
    work(client, log[:5])
    folder = saved(client, tmp_path / "backup")
    file = next(folder.glob("dossier-*.parquet"))
    file.write_bytes(file.read_bytes() + b"x")
    with pytest.raises(Misconfigured, match="checksum differs"):
        opened(folder)
    file.unlink()
    with pytest.raises(Misconfigured, match="is missing"):
        opened(folder)
    (folder / "manifest.json").unlink()
    with pytest.raises(Misconfigured, match="no whole backup"):
        opened(folder)


def test_a_file_outside_the_backup_is_not_taken_for_a_part_of_it(client, log, tmp_path):
    work(client, log[:5])
    folder = saved(client, tmp_path / "backup")
    said = json.loads((folder / "manifest.json").read_text())
    said["tables"]["dossier"][0]["name"] = "../elsewhere.parquet"
    (folder / "manifest.json").write_text(json.dumps(said))
    with pytest.raises(Misconfigured, match="is missing"):
        opened(folder)


def test_what_the_store_holds_is_not_overwritten_unasked(client, log, tmp_path):
    empty(client)
    work(client, log[:5])
    backup = opened(saved(client, tmp_path / "backup"))
    with pytest.raises(Misconfigured, match=r"not empty .*--force"):
        require_room(client, backup, force=False)
    require_room(client, backup, force=True)


def test_a_backup_of_a_newer_nhip_is_refused(client, tmp_path):
    folder = saved(client, tmp_path / "backup")
    said = json.loads((folder / "manifest.json").read_text()) | {"schema_number": 9999}
    (folder / "manifest.json").write_text(json.dumps(said))
    with pytest.raises(Misconfigured, match="newer nhip"):
        require_room(client, opened(folder), force=True)


def test_only_its_owner_reads_a_backup_and_it_gets_a_folder_of_its_own(client, tmp_path):
    folder = saved(client, tmp_path / "backup")
    assert folder.stat().st_mode & 0o777 == 0o700
    with pytest.raises(Misconfigured, match="folder of its own"):
        saved(client, folder)


def test_what_workers_write_is_known():
    """Otherwise a replay would leave it as it is, and new topics would be taken for read."""
    assert {"dossier", "step", "rating", "petition", "payment", "dead_letter", "kpi_cell"} <= set(FROM_LOG)


def test_no_table_is_left_out(client):
    """A new table is in the backup by itself; what is not, is named here."""
    asked = "SELECT name FROM system.tables WHERE database = 'nhip' AND engine NOT LIKE '%View'"
    held = {row[0] for row in client.query(asked).result_rows}
    assert held - {table.name for table in tables(client)} == {"schema_migration"}
