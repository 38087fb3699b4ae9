"""Migrations beside older processes, by several at once, and as they would be on a cluster's replicas."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dashboards.store import connect
from deploy import migrate as migrating
from deploy.migrate import migrate, migrations, statements
from deploy.replicated import replicated
from deploy.upgrade import TURN, adds, turn
from metrics.errors import Misconfigured, Unavailable
from tests.support.store import store

USERS = Path(migrating.__file__).parent / "clickhouse" / "users.sql"
NEED_NOBODY = {9, 10, 24}
"""They copy tables and exchange them: processes are stopped for them. Think twice before one more."""


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with store(tmp_path_factory.mktemp("upgrade")) as found:
        yield found


@pytest.mark.parametrize(
    ("statement", "fine"),
    [
        ("CREATE TABLE IF NOT EXISTS a (b String) ENGINE = MergeTree ORDER BY b", True),
        ("ALTER TABLE a\n ADD COLUMN IF NOT EXISTS b Decimal(9, 4),\n ADD COLUMN IF NOT EXISTS c String", True),
        ("ALTER TABLE a ADD COLUMN IF NOT EXISTS b String, DROP COLUMN c", False),
        ("ALTER TABLE a MODIFY COLUMN b UInt8", False),
        ("ALTER TABLE a DROP INDEX IF EXISTS b", True),
        ("ALTER TABLE a DROP INDEX IF EXISTS b, DROP COLUMN c", False),
        ("ALTER TABLE a DELETE WHERE 1", False),
        ("CREATE TABLE a (b String) ENGINE = MergeTree ORDER BY b", False),
        ("DROP TABLE a", False),
        ("EXCHANGE TABLES a AND b", False),
        ("TRUNCATE TABLE a", False),
        ("INSERT INTO a SELECT 1", True),
    ],
)
def test_what_an_older_process_can_live_with(statement, fine):
    assert adds(statement) is fine


def test_a_migration_is_known_by_its_name():
    names = [each.name for each in migrations()]
    assert len(names) == len(set(names))


def test_migrations_only_add_but_for_those_that_are_named():
    assert {each.number for each in migrations() if not all(map(adds, each.statements))} <= NEED_NOBODY


@pytest.mark.stack
def test_what_changes_tables_in_use_is_refused_until_nobody_uses_them(running, tmp_path):
    url = running.url.replace("/nhip", "/changing")
    (tmp_path / "0101_one.sql").write_text("CREATE TABLE IF NOT EXISTS one (a String) ENGINE = MergeTree ORDER BY a;")
    assert len(migrate(url, tmp_path, alone=False)) == 1
    (tmp_path / "0102_two.sql").write_text("ALTER TABLE one ADD COLUMN IF NOT EXISTS b String;")
    (tmp_path / "0103_three.sql").write_text("ALTER TABLE one DROP COLUMN b;")
    with pytest.raises(Misconfigured, match=r"migration 103, three, .*ALTER TABLE one DROP.*--alone"):
        migrate(url, tmp_path, alone=False)
    assert [each.number for each in migrate(url, tmp_path)] == [102, 103]


@pytest.mark.stack
def test_a_migration_whose_number_was_anothers_before_is_applied(running, tmp_path):
    """Numbers 14 to 21 were others once, and 22 and 27 were of what is 19 and 20 now."""
    url = running.url.replace("/nhip", "/renumbered")
    made = "CREATE TABLE IF NOT EXISTS {} (a String) ENGINE = MergeTree ORDER BY a;"
    (tmp_path / "0022_tokens.sql").write_text(made.format("tokens"))
    assert len(migrate(url, tmp_path)) == 1
    (tmp_path / "0022_tokens.sql").rename(tmp_path / "0019_tokens.sql")
    (tmp_path / "0022_served.sql").write_text(made.format("served"))
    assert [each.name for each in migrate(url, tmp_path, alone=False)] == ["served"]
    assert connect(url).query("SELECT count() FROM served").result_rows == [(0,)]


@pytest.mark.stack
def test_of_many_who_start_at_once_one_migrates(running):
    url = running.url.replace("/nhip", "/at_once")
    with ThreadPoolExecutor(4) as together:
        done = list(together.map(lambda _: migrate(url, alone=False), range(4)))
    assert max(map(len, done)) == len(migrations())
    assert sum(map(len, done)) == len(migrations())


@pytest.mark.stack
def test_a_turn_that_was_never_given_back_is_told(running):
    client = connect(running.url)
    with turn(client), pytest.raises(Unavailable, match=f"DROP TABLE {TURN}"), turn(client, lambda _: None, 2):
        pass
    with turn(client):
        pass


@pytest.mark.stack
def test_on_a_cluster_every_statement_is_the_engines_own_language(running):
    """No cluster was ever here: the engine reads them, and nothing more."""
    client = connect(running.url)
    for statement in (one for each in migrations() for one in (*each.statements, migrating.RECORD)):
        said = client.query("SELECT formatQuery({q:String})", parameters={"q": replicated(statement, "soc")})
        text = said.result_rows[0][0]
        assert "INSERT INTO" in text or "ON CLUSTER soc" in text.replace("'", "")
        assert "MergeTree" not in text or "Replicated" in text


@pytest.mark.stack
def test_users_and_grants_are_the_engines_own_language_and_hide_what_is_the_boards(running):
    client = connect(running.url)
    said = [
        client.query("SELECT formatQuery({q:String})", parameters={"q": one}).result_rows[0][0]
        for one in statements(USERS.read_text())
    ]
    assert any("REVOKE SELECT ON nhip.board_* FROM nhip_reader, nhip_grafana" in one for one in said)
    migrate(running.url)
    private = client.query(
        "SELECT name FROM system.tables WHERE database = 'nhip' AND match(name, 'account|session|token|secret')"
    )
    assert all(row[0].startswith("board_") for row in private.result_rows)
