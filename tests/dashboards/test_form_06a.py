"""The form's workbook says what the KPIs say, in the form's layout, with its checks."""

from io import BytesIO

import openpyxl
import pytest

from dashboards.exports.form_06a import HEAD, workbook
from dashboards.report_06a import report
from deploy.migrate import migrate
from metrics.period import parse
from streams.state import connect
from tests.golden.tables import history
from tests.support.filling import fill
from tests.support.store import store

JUNE = parse("2026-06")
TOTAL = ["Tổng số", 10, 5, 4, 1, 6, 2, 3, 1, 4, 3, 1]


def cells(book):
    return [list(row) for row in openpyxl.load_workbook(BytesIO(book)).active.iter_rows(values_only=True)]


@pytest.fixture(scope="module")
def june(tmp_path_factory):
    with store(tmp_path_factory.mktemp("form")) as running:
        migrate(running.url)
        client = connect(running.url)
        fill(client, history("june_2026_dossiers.csv"))
        yield cells(report(client, JUNE, None))


def numbers(row):
    return [row[1], *row[2:13]]


def test_the_row_of_the_example(june):
    assert numbers(june[HEAD]) == ["H99.01", *TOTAL[1:]]
    assert numbers(june[HEAD + 1]) == TOTAL


def test_the_checks_are_told(june):
    said = [row[1] for row in june if row[1] and "khớp" in str(row[1])]
    assert said == [
        "(3) = (4) + (5) + (6): khớp",
        "(7) = (8) + (9) + (10): khớp",
        "(11) = (12) + (13): khớp",
        "(3) = (7) + (11): khớp",
    ]


def test_a_sum_that_does_not_hold_is_told():
    columns = dict.fromkeys(range(3, 14), 0) | {3: 2, 4: 1, 7: 2}
    said = [str(row[1]) for row in cells(workbook(JUNE, "Toàn tỉnh", [], columns))]
    assert "(3) = (4) + (5) + (6): LỆCH" in said
    assert "(3) = (7) + (11): khớp" in said
