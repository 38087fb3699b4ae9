"""ClickHouse's own client for Java asks the store: the protocol as others than clickhouse-connect read it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from deploy.process import run
from tests.support.broker import CACHE
from tests.support.store import READER, RunningStore

HERE = Path(__file__).parent / "java"
KEPT = CACHE / "store-client-0.10.0"
FORMATS = ("RowBinaryWithNamesAndTypes", "Native")
ANSWERS = {
    "SELECT 1": "{1=1}",
    "SELECT toUInt64(18446744073709551615) AS n, 'Đồng Tháp' AS t, toDate('2026-03-01') AS d": (
        "{d=2026-03-01, n=18446744073709551615, t=Đồng Tháp}"
    ),
    "SELECT toDateTime64('2026-02-28 17:00:00.123', 3, 'UTC') AS a": "{a=2026-02-28T17:00:00.123Z[UTC]}",
    "SELECT toDecimal64(12.34, 2) AS d": "{d=12.34}",
    "SELECT {text:String} AS a, {number:UInt8} AS n": "{a=Sở Y tế'; --, n=7}",
    "SELECT number FROM numbers(3)": "{number=0}{number=1}{number=2}",
    "SELECT count() AS n, max(number) AS m FROM (SELECT * FROM numbers(300000))": "{m=299999, n=300000}",
    "SELECT nope": "Code: 47.",
    "SELECT throwIf(number = 3) FROM numbers(10)": "Code: 395.",
    "INSERT INTO nhip.x VALUES (1)": "Code: 164.",
    "SELECT * FROM file('x')": "Code: 164.",
    "SELECT name FROM board_account": "Code: 164.",
    "SELECT 2 AS after": "{after=2}",
}
BY_ROW_ALONE = {
    "SELECT NULL::Nullable(String) AS a, map('x', 1) AS m, toLowCardinality('y') AS l": "{a=null, l=y, m={x=1}}",
}
"""This client reads values of Native blocks one by one, which is wrong for columns that are several streams; the others
(tests/deploy/store/test_contract.py) do not."""


@pytest.fixture(scope="module")
def jars() -> Path:
    """Fetched once, into the cache that all share."""
    if not KEPT.exists():
        fresh = KEPT.with_name(".fetching-client")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(HERE, fresh)  # Maven writes beside the pom
        options = ("-DincludeScope=runtime", f"-DoutputDirectory={fresh / 'jars'}")
        done = run(("mvn", "-q", "-B", "-f", str(fresh / "pom.xml"), "dependency:copy-dependencies", *options))
        assert done.returncode == 0, done.stdout
        (fresh / "jars").rename(KEPT)
        shutil.rmtree(fresh)
    return KEPT


def test_a_java_program_reads_types_parameters_and_refusals(running: RunningStore, jars: Path) -> None:
    asked = [(form, *each) for form in FORMATS for each in ANSWERS.items()]
    asked += [(FORMATS[0], *each) for each in BY_ROW_ALONE.items()]
    user, _, password = READER.partition(":")
    done = subprocess.run(
        [
            "java",
            "-cp",
            f"{jars}/*",
            HERE / "StoreClient.java",
            f"http://127.0.0.1:{running.port}",
            "nhip",
            user,
            password,
        ],
        input="\n".join(f"{form} {sql}" for form, sql, _ in asked),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    answers = done.stdout.splitlines()
    assert len(answers) == len(asked), done.stderr
    wrong = [
        (form, sql, answer) for (form, sql, said), answer in zip(asked, answers, strict=True) if not fits(answer, said)
    ]
    assert wrong == []


def fits(answer: str, said: str) -> bool:
    """Of a refusal its code is enough: the words are the engine's."""
    return answer.startswith(said) if said.startswith("Code") else answer == said
