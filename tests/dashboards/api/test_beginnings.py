"""Where data begins: what lies before is no zero to compare with."""

from datetime import date

import pytest

from dashboards.ages import beginnings
from tests.support.closing import empty
from tests.support.filling import fill, province

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module", autouse=True)
def loaded(api, tmp_path_factory):
    empty(api.client)
    fill(api.client, province(tmp_path_factory.mktemp("province"), 300, seed=4))


def test_a_period_that_was_over_before_the_first_dossier_is_none_to_compare_with(api):
    begun = beginnings(api.client)["nhip.dossiers"]
    ((first,),) = api.client.query("SELECT toDate32(min(received_at), 'Asia/Ho_Chi_Minh') FROM dossier").result_rows
    assert begun == first
    first_year, second = (api.http.get(f"/?period={year}").text for year in (begun.year, begun.year + 1))
    assert "chưa có kỳ để so" in first_year
    assert f"so với năm {begun.year - 1}" not in first_year.lower()
    assert begun < date(begun.year, 12, 31)
    assert "chưa có kỳ để so" not in second
