"""Codes past their term go from everywhere, and no figure changes: open or closed, of cells or of facts."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dashboards.closing.closes import close_of
from dashboards.closing.restating import restatements
from dashboards.figures import Scope, kpi, of_families
from dashboards.reconcile import drift
from deploy.retention.audit import delete
from deploy.retention.pseudonym import Name, Pseudonyms
from deploy.retention.retire import Store, found, retire
from metrics.period import parse
from streams.keep import keep, read
from streams.state import State
from tests.support.closing import closed, empty
from tests.support.filling import province
from tests.support.log import batches, logs

pytestmark = pytest.mark.stack
YEAR = parse("2026")
SAID = (
    "rating (dossier, question, at, grade, version) SELECT dossier, 'overall', resolved_at, '5', 1",
    "apology (dossier, sent_at, version) SELECT dossier, resolved_at, 1",
    "petition (petition, dossier, received_at, version) SELECT concat('P', dossier), dossier, resolved_at, 1",
)
"""What a simulated province does not say."""
NAMES = Pseudonyms(b"a key of the province")


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    return province(tmp_path_factory.mktemp("province"), 90, 7)


def work(client, history, skip=0):
    """`skip` moves the records on in the log, as if the same lines were loaded again."""
    for topic, records in logs(history, [500]).items():
        again = [replace(record, offset=record.offset + skip) for record in records]
        for batch in batches(again, [1000]):
            keep(State(client), read(topic, batch))


@pytest.fixture
def worked(client, history):
    """A year, one month of which is closed, and what the national portal says of some of its dossiers."""
    empty(client)
    client.command("TRUNCATE TABLE national_dossier")
    work(client, history)
    closed(client, "2026-02")
    client.command(
        "INSERT INTO national_dossier (dossier, local_code, day, received_at, version) "
        "SELECT concat('G', dossier), dossier, toDate32(received_at), received_at, 1 FROM dossier FINAL "
        "WHERE received_at IS NOT NULL LIMIT 50"
    )
    for each in SAID:
        client.command(f"INSERT INTO {each} FROM dossier FINAL WHERE resolved_at IS NOT NULL")
    return client


def figures(client):
    """Of cells, by agency; what has changed since the close."""
    agencies = sorted(str(reading.json()) for reading in kpi(client, Scope(YEAR, by="agency")))
    return agencies, restatements(client, close_of(client, parse("2026-02")))


def of_facts(client):
    return [reading.json() for reading in kpi(client, Scope(YEAR), kpis=of_families(YEAR, "qd766"))]


def texts(client):
    """All that is in the store, as one text a table: whichever column a code is in, it is found."""
    tables = "SELECT name FROM system.tables WHERE database = 'nhip' AND engine LIKE '%MergeTree'"
    names = [name for (name,) in client.query(tables).result_rows]
    return {
        name: "\n".join(row[0] for row in client.query(f"SELECT toString(tuple(*)) FROM {name}").result_rows)
        for name in names
    }


def naive(client, cut):
    """Codes of dossiers that ended, and of which nothing is said from the cut on; looked at one by one."""
    newest, ended = {}, set()
    for code, resolved, status, *moments in client.query(
        "SELECT dossier, resolved_at, status, submitted_at, received_at, resolved_at, recorded_received_at, "
        "recorded_finished_at, recorded_returned_at, step_received_at, step_processed_at, step_returned_at "
        "FROM dossier FINAL"
    ).result_rows:
        newest[code] = max((m for m in moments if m), default=None)
        ended |= {code} if resolved or status in {"3", "7", "8"} else set()
    known = set(newest)
    said = client.query("SELECT dossier, at, status IN ('3', '7', '8') FROM step").result_rows
    said += client.query(
        "SELECT dossier, sent_at, 0 FROM apology UNION ALL SELECT dossier, at, 0 FROM rating"
    ).result_rows
    said += client.query(
        "SELECT dossier, greatest(paid_at, refunded_at), 0 FROM payment WHERE dossier != ''"
    ).result_rows
    said += client.query(
        "SELECT dossier, greatest(received_at, handled_at), 0 FROM petition WHERE dossier != ''"
    ).result_rows
    for code, at, ends in said:
        newest[code] = max((m for m in (newest.get(code), at) if m), default=None)
        ended |= {code} if ends else set()
    return {code for code, at in newest.items() if at and at < cut and (code in ended or code not in known)}


CUT = datetime(2026, 7, 1, tzinfo=UTC)


def test_codes_go_from_every_table_and_no_figure_changes(worked):
    before, gone = (figures(worked), of_facts(worked)), naive(worked, CUT.replace(tzinfo=None))
    kept = set(worked.query("SELECT DISTINCT dossier FROM dossier").result_columns[0]) - gone
    assert min(len(gone), len(kept)) > 20
    closed_codes = texts(worked)["closed_dossier"]
    assert any(code in closed_codes for code in gone)

    assert found(worked, CUT)[Name.DOSSIER] >= len(gone)
    rows = retire(Store(worked), CUT, NAMES, lambda _: None)
    after = texts(worked)
    assert [(table, code) for table, text in after.items() for code in gone if f"'{code}'" in text] == []
    assert kept <= set(worked.query("SELECT dossier FROM dossier").result_columns[0])
    assert {"dossier", "step", "payment", "closed_dossier", "national_dossier"} <= {t for t, n in rows.items() if n}
    assert (figures(worked), of_facts(worked)) == before
    assert drift(worked) == []
    assert not any("retained" in table or "retired" in table for table in texts(worked))


def test_lines_that_are_loaded_again_after_their_term_are_not_counted_twice(worked, history):
    before = figures(worked)
    retire(Store(worked), CUT, NAMES, lambda _: None)
    work(worked, history, skip=10_000)
    assert figures(worked) != before
    retire(Store(worked), CUT, NAMES, lambda _: None)
    assert (figures(worked), drift(worked)) == (before, [])


def test_a_run_that_was_broken_off_is_brought_to_its_end(worked):
    gone = naive(worked, CUT.replace(tzinfo=None))
    with pytest.raises(KeyboardInterrupt):
        retire(Store(worked), CUT, NAMES, stop_at("payment"))
    half_way = texts(worked)
    assert not any(code in half_way["dossier"] for code in gone)
    assert any(code in half_way["payment"] for code in gone)
    retire(Store(worked), CUT, NAMES, lambda _: None)
    after = texts(worked)
    assert not any(f"'{code}'" in text for text in after.values() for code in gone)
    assert drift(worked) == []


def stop_at(table):
    def tell(text):
        if text.startswith(f"{table}:"):
            raise KeyboardInterrupt

    return tell


def test_open_dossiers_and_what_has_no_moment_keep_their_codes(worked):
    worked.command("INSERT INTO dossier (dossier, agency, version) VALUES ('H07.14-x', 'H07.14', 1)")
    worked.command(
        "INSERT INTO dossier (dossier, agency, received_at, due_at, version) "
        "VALUES ('H07.14-open', 'H07.14', '2001-01-01 00:00:00', '2001-02-01 00:00:00', 1)"
    )
    retire(Store(worked), datetime(2099, 1, 1, tzinfo=UTC), NAMES, lambda _: None)
    left = {code for code in worked.query("SELECT dossier FROM dossier").result_columns[0] if "~" not in code}
    assert {"H07.14-x", "H07.14-open"} <= left


def test_old_messages_go_and_new_ones_stay(worked):
    rows = [[datetime(year, 1, 1, tzinfo=UTC), "login", "a", "a", "", ""] for year in (2019, 2026)]
    worked.insert("board_event", rows, column_names=["at", "what", "account", "actor", "detail", "address"])
    assert delete(Store(worked), datetime(2020, 1, 1, tzinfo=UTC))["board_event"] == 1
    assert [at.year for (at,) in worked.query("SELECT at FROM board_event").result_rows] == [2026]


def test_a_pseudonym_says_the_agency_and_nothing_more():
    name = NAMES.of(Name.DOSSIER, "H07.14-220601-0001")
    assert name.startswith("H07.14-~")
    assert "220601" not in name
    assert name == NAMES.of(Name.DOSSIER, "H07.14-220601-0001") != NAMES.of(Name.PETITION, "H07.14-220601-0001")
    assert name != Pseudonyms(b"another").of(Name.DOSSIER, "H07.14-220601-0001")
    assert "key" not in repr(NAMES)
