"""The protocol itself, byte by byte where clients depend on it."""

import base64
import gzip
import http.client
import json
from urllib.parse import urlencode

import polars as pl
import pytest

from deploy.store.body import LIMIT
from deploy.store.hello import asks_hello, hello
from tests.support.store import READER, WRITER, RunningStore

GOLDEN_HELLO = bytes.fromhex(
    "01 00 02 ff ff ff ff 00 04 01 0d 64 69 73 70 6c 61 79 4e 61 6d 65 28 29 06 53 74 72 69 6e 67 00 04 6e 68 69 70"
    "09 76 65 72 73 69 6f 6e 28 29 06 53 74 72 69 6e 67 00 08 32 36 2e 39 2e 32 2e 31 0a 72 65 76 69 73 69 6f 6e 28 29"
    "06 55 49 6e 74 33 32 00 00 00 00 00 0a 74 69 6d 65 7a 6f 6e 65 28 29 06 53 74 72 69 6e 67 00 03 55 54 43"
)
HELLO = "SELECT displayName(), version(), revision(), timezone()"
Reply = tuple[int, bytes, http.client.HTTPMessage]


def basic(login: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(login.encode()).decode()}


def ask(
    store: RunningStore,
    body: str | bytes = b"",
    method: str = "POST",
    headers: dict[str, str] | None = None,
    **address: str,
) -> Reply:
    connection = http.client.HTTPConnection("127.0.0.1", store.port, timeout=20)
    given = basic(WRITER) if headers is None else headers
    connection.request(method, "/?" + urlencode(address), body.encode() if isinstance(body, str) else body, given)
    reply = connection.getresponse()
    content = reply.read()
    connection.close()
    return reply.status, content, reply.headers


def grafana(store: RunningStore, sql: str) -> Reply:
    """As clickhouse-go sends it from Grafana's plugin."""
    address = {"client_protocol_version": "54460", "database": "nhip", "default_format": "Native"}
    headers = {**basic(READER), "Accept-Encoding": "gzip", "User-Agent": "grafana/13.3 clickhouse-go/2.47.0"}
    return ask(store, sql, headers=headers, max_execution_time="64", query_id="1", **address)


def test_the_hello_is_the_golden_one() -> None:
    assert hello("nhip", "26.9.2.1", "UTC") == GOLDEN_HELLO
    assert asks_hello(" select displayname(),\n version(), revision(),  timezone() ; ")
    assert not asks_hello("SELECT version()")


def test_a_driver_is_told_that_blocks_follow_at_revision_0(running: RunningStore) -> None:
    _, version, _ = ask(running, "SELECT version()")
    assert grafana(running, HELLO)[:2] == (200, hello("nhip", version.decode().strip(), "UTC"))
    assert grafana(running, "SELECT 1")[:2] == (200, bytes.fromhex("01 01 01 31 05 55 49 6e 74 38 01"))


def test_anybody_else_gets_the_engines_own_answer(running: RunningStore) -> None:
    status, answer, _ = ask(running, HELLO)
    assert (status, answer.count(b"\t")) == (200, 3)


def test_no_rows_are_no_bytes(running: RunningStore) -> None:
    status, answer, headers = grafana(running, "SELECT name FROM system.columns WHERE 0")
    assert (status, answer, headers["Content-Length"]) == (200, b"", "0")


def test_ping_needs_no_login(running: RunningStore) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=20)
    connection.request("GET", "/ping")
    assert connection.getresponse().read() == b"Ok.\n"
    connection.close()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        basic("writer:wrong"),
        basic("nobody:write-secret"),
        basic("writer:"),
        basic(READER.replace("read-secret", "write-secret")),
        {"Authorization": "Basic %%%"},
        {"Authorization": "Bearer write-secret"},
        {"X-ClickHouse-User": "writer", "X-ClickHouse-Key": "mật"},
    ],
)
def test_a_bad_login_is_refused_before_anything_runs(running: RunningStore, headers: dict[str, str]) -> None:
    encoded = {name: value.encode().decode("latin-1") for name, value in headers.items()}
    status, answer, got = ask(running, "SELECT 1", headers=encoded)
    assert (status, got["X-ClickHouse-Exception-Code"]) == (403, "516")
    assert answer.startswith(b"Code: 516. DB::Exception: ")


def test_the_login_may_come_in_clickhouse_headers(running: RunningStore) -> None:
    user, _, key = READER.partition(":")
    headers = {"X-ClickHouse-User": user, "X-ClickHouse-Key": key, "X-ClickHouse-SSL-Certificate-Auth": "off"}
    assert ask(running, "SELECT 1", headers=headers)[:2] == (200, b"1\n")


@pytest.mark.parametrize(
    ("form", "answer"),
    [
        ("TabSeparated", b"1\tx\n"),
        ("JSONEachRow", b'{"a":1,"b":"x"}\n'),
        ("Native", b"\x02\x01\x01a\x05UInt8\x01\x01b\x06String\x01x"),
    ],
)
def test_the_format_is_the_named_one(running: RunningStore, form: str, answer: bytes) -> None:
    sql = "SELECT 1 AS a, 'x' AS b"
    assert ask(running, sql, default_format=form)[1] == answer
    assert ask(running, f"{sql} FORMAT {form}", default_format="JSON")[1] == answer
    assert ask(running, method="GET", query=f"{sql}\nFORMAT {form}")[1] == answer


def test_json_carries_names_and_types(running: RunningStore) -> None:
    answer = json.loads(ask(running, "SELECT 1 AS a", default_format="JSON")[1])
    assert (answer["meta"], answer["data"]) == ([{"name": "a", "type": "UInt8"}], [{"a": 1}])


def test_what_comes_by_get_only_reads(running: RunningStore) -> None:
    status, answer, _ = ask(running, method="GET", query="CREATE TABLE x (a Int8) ENGINE = Memory")
    assert (status, answer[:10]) == (403, b"Code: 164.")


def test_a_query_goes_on_in_the_body(running: RunningStore) -> None:
    assert ask(running, "+ 1", query="SELECT 1")[1] == b"2\n"


def test_a_compressed_question_is_read(running: RunningStore) -> None:
    packed = {**basic(WRITER), "Content-Encoding": "gzip"}
    assert ask(running, gzip.compress(b"SELECT 1"), headers=packed)[1] == b"1\n"
    for broken in (b"SELECT 1", gzip.compress(b"SELECT 1")[:-4]):
        assert ask(running, broken, headers=packed)[0] == 400


def test_settings_are_refused_unless_they_change_nothing(running: RunningStore) -> None:
    assert ask(running, "SELECT 1", session_id="x", wait_end_of_query="1", compress="0")[0] == 200
    for name, value in (("final", "1"), ("compress", "1"), ("max_rows_to_read", "1")):
        status, answer, headers = ask(running, "SELECT 1", "POST", None, **{name: value})
        assert (status, headers["X-ClickHouse-Exception-Code"]) == (400, "115")
        assert name.encode() in answer


def test_too_large_a_body_is_refused_unread(running: RunningStore) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=20)
    connection.putrequest("POST", "/")
    for name, value in {**basic(WRITER), "Content-Length": str(LIMIT + 1)}.items():
        connection.putheader(name, value)
    connection.endheaders(b"SELECT 1")
    reply = connection.getresponse()
    assert (reply.status, reply.headers["X-ClickHouse-Exception-Code"]) == (413, "307")
    reply.read()
    connection.close()


def test_a_small_body_may_not_unpack_into_a_large_one(running: RunningStore) -> None:
    bomb = gzip.compress(bytes(LIMIT + 1), 1)
    assert ask(running, bomb, headers={**basic(WRITER), "Content-Encoding": "gzip"})[0] == 413


def test_the_log_names_the_client_and_no_secret(running: RunningStore) -> None:
    ask(running, "SELECT nope({x:String})", headers={**basic(WRITER), "User-Agent": "board/7"}, param_x="0123456789")
    ask(running, "SELECT 1", headers=basic("writer:guessed-secret"))
    log = running.log.read_text()
    assert "code 46 for board/7" in log
    assert not [word for word in ("0123456789", "nope", "secret") if word in log]


def test_database_and_format_may_come_in_headers(running: RunningStore) -> None:
    headers = {**basic(READER), "X-ClickHouse-Database": "nhip", "X-ClickHouse-Format": "JSONEachRow"}
    sql = "SELECT currentDatabase() AS d"
    assert ask(running, sql, headers=headers)[1] == b'{"d":"nhip"}\n'
    assert ask(running, sql, headers=headers, default_format="TabSeparated")[1] == b"nhip\n"
    assert ask(running, sql, headers=headers | {"X-ClickHouse-Database": "elsewhere"})[0] == 403


def test_one_connection_serves_question_after_question_also_after_a_fault(running: RunningStore) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=20)
    connection.connect()
    held = connection.sock
    for sql, status, answer in (
        ("SELECT 1", 200, b"1\n"),
        ("SELECT throwIf(1)", 400, None),
        ("SELECT 1 WHERE 0", 200, b""),
        ("SELECT 2", 200, b"2\n"),
    ):
        connection.request("POST", "/", sql.encode(), basic(READER))
        reply = connection.getresponse()
        content = reply.read()
        assert (reply.status, content if answer is not None else None) == (status, answer)
        assert connection.sock is held
    connection.close()


def test_arrow_is_given_to_who_asks_for_it(running: RunningStore) -> None:
    sql = "SELECT 1 AS a, 'x' AS b"
    for form, read in (("Arrow", pl.read_ipc), ("ArrowStream", pl.read_ipc_stream)):
        assert read(ask(running, sql, default_format=form)[1]).to_dict(as_series=False) == {"a": [1], "b": ["x"]}


@pytest.mark.parametrize("login", [WRITER, READER])
def test_no_question_waits_until_it_is_compiled(running: RunningStore, login: str) -> None:
    counted = "SELECT sum(number + 7), max(number * 3), count() FROM numbers(100000) GROUP BY number % 5"
    for _ in range(5):
        assert ask(running, counted, headers=basic(login))[0] == 200
    compiled = "SELECT sum(value) FROM system.events WHERE event = 'CompileFunction'"
    assert ask(running, compiled)[1] == b"0\n"
