"""A file says what the API says, whoever opens it."""

import csv
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from threading import Event, Semaphore
from zipfile import ZipFile

import polars as pl
import pytest

from dashboards.actions.book import Book
from dashboards.api import exports
from dashboards.api.lists.tables import TABLES
from dashboards.auth.rows import Rows
from dashboards.board import MOST_EXPORTS
from dashboards.exports import comma, sheet
from dashboards.exports.columns import TITLES, Form, columns
from dashboards.indices import keep
from metrics.actions.action import Action
from metrics.annual import Criterion, Scored
from metrics.civil import CIVIL
from tests.support.closing import closed, empty
from tests.support.filling import fill, province
from tests.support.portal import exported
from tests.support.processes import eventually
from tests.support.sheets import cells

SCORES = [
    Scored("sipas", "Hà Nam", 2021, Decimal("88.38"), 19, 63, Decimal(90), "tinh", "Bộ Nội vụ"),
    Scored("sipas", "Hà Nam", 2020, None, 18, 63),
]
CRITERIA = [Criterion("sipas", "Hà Nam", 2021, "A", "Một", Decimal("0.25"), Decimal(2), ("a", "b"))]
PROMISED = [
    Action("H99.20", "Giám đốc", date(2026, 3, 1), '=1+1; "a"', kpi="on_time_resolution", target=Decimal("95.5")),
    Action("H99.20", "Giám đốc", date(2026, 4, 1), "Xong", done=date(2026, 4, 2), result="đạt"),
]
QUESTIONS = {
    "actions": {},
    "kpi": {"period": "2026", "by": "agency"},
    "parts": {"period": "2026", "family": "nd224"},
    "dossiers": {"kpi": "on_time_resolution", "period": "2026", "agency": "H99.20"},
    "agencies": {"period": "2026"},
    "league": {"kpi": "online_submission_rate", "period": "2026", "tier": "huyen"},
    "closes": {},
    "restated": {"kpi": "on_time_resolution", "period": "2026"},
    "indices": {},
    "criteria": {"index": "sipas"},
    "national": {"period": "2026"},
    "national_agencies": {"period": "2026"},
    "national_differences": {"period": "2026", "difference": "not_synced"},
    "national_published": {},
    "services": {"period": "2026", "used": "true"},
    "late": {"window": "overdue"},
    "unplaced": {"period": "2026"},
    "portal_funnel": {"period": "2026"},
    "failing": {"check": "no_due_date", "period": "2026"},
    "dead": {},
}
EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0", "-", '"; DROP', "a;b\r\nc", "Đúng hạn")


@pytest.fixture(scope="module", autouse=True)
def loaded(api, tmp_path_factory):
    """Small parts, so that lists of several come about; and dead letters with all that spreadsheets stumble over."""
    empty(api.client)
    fill(api.client, province(tmp_path_factory.mktemp("province"), 300, seed=4))
    rows = [("dossiers", text, number, text, 1) for number, text in enumerate(EVIL, 1)]
    names = ["file_kind", "source", "line", "reason", "version"]
    api.client.insert("dead_letter", rows, column_names=names)
    closed(api.client, "2026")
    api.client.command(
        "INSERT INTO dossier SELECT * REPLACE(due_at - 864000 AS due_at, version + 1 AS version) FROM dossier"
    )
    keep(api.client, SCORES, CRITERIA, 0)
    exported(api.client, "2026")
    Book(Rows.over(api.client), lambda: datetime(2026, 2, 1, tzinfo=UTC)).record_all(PROMISED, "x", "y")
    before, exports.PART = exports.PART, 11
    yield
    exports.PART = before
    empty(api.client)


def items(api, table):
    asked = QUESTIONS[table]
    if table == "criteria":
        return api.get("indices/criteria", **asked)
    if table.startswith(("national", "portal")):
        path = table.replace("_", "/")
        return api.every(path, **asked) if table == "national_differences" else api.get(path, **asked)
    if table in {"actions", "kpi", "parts", "agencies", "closes", "indices"}:
        return api.get(table, **asked)
    if table == "league":
        return api.get(table, **asked)["items"]
    return api.every(table, limit=1000, **asked)


def file(api, table, form, **more):
    answer = api.http.get(f"/api/v1/exports/{table}.{form}", params=QUESTIONS[table] | more)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"] == f'attachment; filename="nhip-{table}.{form}"'
    return answer.content


def expected(api, table):
    """The API's items with moments and days as such."""
    found = columns(TABLES[table].item)
    return [{one.name: understood(one.form, item[one.name]) for one in found} for item in items(api, table)]


def understood(form, value):
    if value is None:
        return None
    if form is Form.MOMENT:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if form is Form.DATE else value


@pytest.mark.parametrize("table", TABLES)
def test_parquet_equals_the_api(api, table):
    rows = pl.read_parquet(BytesIO(file(api, table, "parquet"))).to_dicts()
    assert rows == [
        {name: v.astimezone(UTC) if isinstance(v, datetime) else v for name, v in row.items()}
        for row in expected(api, table)
    ]


@pytest.mark.parametrize("table", TABLES)
def test_xlsx_equals_the_api(api, table):
    head, *rows = cells(file(api, table, "xlsx"))
    assert head == [TITLES[name].vi for name in TABLES[table].item.model_fields]
    assert rows == [[in_sheet(value) for value in row.values()] for row in expected(api, table)]


def in_sheet(value):
    """Excel's day 0 is 30 December 1899, and it knows 15 digits."""
    if isinstance(value, datetime):
        since = value - datetime(1899, 12, 30, tzinfo=CIVIL)
        return pytest.approx(since.days + since.seconds / 86400)
    if isinstance(value, date):
        return float((value - date(1899, 12, 30)).days)
    return pytest.approx(value) if isinstance(value, float) else value


@pytest.mark.parametrize("table", TABLES)
def test_csv_equals_the_api(api, table):
    content = file(api, table, "csv", lang="en")
    assert content.startswith("\ufeff".encode())
    head, *rows = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert head == [TITLES[name].en for name in TABLES[table].item.model_fields]
    assert rows == [[in_text(value) for value in row.values()] for row in expected(api, table)]


def in_text(value):
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case datetime():
            return value.astimezone(CIVIL).strftime("%Y-%m-%d %H:%M:%S")
        case float():
            return str(value).replace(".", ",")
        case str() if value[:1] in set("=+-@\t\r\n"):
            return "'" + value
        case _:
            return str(value)


def test_no_cell_is_a_formula_or_a_link(api):
    content = file(api, "dead", "csv").decode("utf-8-sig")
    rows = list(csv.reader(StringIO(content, newline=""), delimiter=";"))[1:]
    assert len(rows) == len(EVIL)
    assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r")]
    with ZipFile(BytesIO(file(api, "dead", "xlsx"))) as book:
        whole = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in whole
    assert "<hyperlink" not in whole


def test_a_sheet_that_would_overflow_is_refused_and_leaves_nothing(api, monkeypatch, tmp_path):
    monkeypatch.setattr(sheet, "MOST_ROWS", 3)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    said = api.get("exports/agencies.xlsx", status=400, period="2026")
    assert said["field"] == "form"
    assert list(tmp_path.iterdir()) == []


def test_every_column_has_a_title():
    assert {column.name for table in TABLES.values() for column in columns(table.item)} == set(TITLES)


def test_csv_is_written_as_it_is_read():
    """Nothing of the second part is asked for before the first is on its way."""
    asked = []

    def parts():
        for number in range(3):
            asked.append(number)
            yield []

    blocks = comma.lines(TABLES["dead"].item, parts(), "vi")
    next(blocks)
    assert asked == []
    next(blocks)
    assert asked == [0]


def test_more_exports_than_the_store_answers_at_once_are_asked_to_come_back(api, monkeypatch):
    opened, begun, part = Event(), Semaphore(0), TABLES["dead"].part

    def slowly(asked, cut):
        begun.release()
        opened.wait(20)
        return part(asked, cut)

    monkeypatch.setattr(exports, "TABLES", {**TABLES, "dead": replace(TABLES["dead"], part=slowly)})
    with ThreadPoolExecutor(MOST_EXPORTS) as pool:
        first = [pool.submit(file, api, "dead", form) for form in ("csv", "xlsx")]
        assert all(begun.acquire(timeout=10) for _ in first)
        refused = api.http.get("/api/v1/exports/dead.csv")
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "10")
        api.get("exports/nothing.csv", status=404)
        opened.set()
        assert all(one.result() for one in first)
    assert file(api, "dead", "csv")


def test_exports_that_fail_or_are_left_give_their_places_back(api, monkeypatch):
    for _ in range(MOST_EXPORTS + 1):
        api.get("exports/kpi.csv", status=400, period="never")
        with api.http.stream("GET", "/api/v1/exports/dossiers.csv", params=QUESTIONS["dossiers"]) as begun:
            assert begun.status_code == 200
            next(begun.iter_bytes(1))
        assert eventually(lambda: api.http.get("/api/v1/exports/dead.csv").status_code == 200, within=10)
    monkeypatch.setattr(sheet, "MOST_ROWS", 3)
    for _ in range(MOST_EXPORTS + 1):
        api.get("exports/agencies.xlsx", status=400, period="2026")
