"""What provinces printed of their catalogues comes out to the digit, from lines to the store."""

import pytest

from dashboards.figures import Scope, kpi
from deploy.migrate import migrate
from metrics.catalogue import CATALOGUE
from metrics.period import parse
from streams.state import connect
from tests.scenarios.catalogues import DIEN_BIEN, HAU_GIANG, dien_bien_lines, hau_giang_lines
from tests.support.filling import fill
from tests.support.store import store

BY_ID = {each.id: each for each in CATALOGUE}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with store(tmp_path_factory.mktemp("catalogues")) as running:
        migrate(running.url)
        yield connect(running.url)


@pytest.mark.parametrize(
    ("lines", "published"), [(hau_giang_lines, HAU_GIANG), (dien_bien_lines, DIEN_BIEN)], ids=["hau_giang", "dien_bien"]
)
def test_published_figures_come_out_to_the_digit(client, lines, published):
    fill(client, lines(), records=500, cut=100)
    for period in dict.fromkeys(each.period for each in published):
        wanted = [each for each in published if each.period == period]
        read = kpi(client, Scope(parse(period)), kpis=[BY_ID[each.kpi] for each in wanted])
        found = {each.kpi.id: (each.numerator, each.denominator, each.display) for each in read}
        assert found == {each.kpi: (each.numerator, each.denominator, each.display) for each in wanted}


def test_cut_shares_of_a_whole_need_not_add_up():
    """77,3 + 14,2 + 8,3 is 99,8; and the two ways of being interlinked are no parts of the whole."""
    counts = {each.kpi.removeprefix("catalogue_"): each.numerator for each in HAU_GIANG}
    assert counts["province_share"] + counts["district_share"] + counts["commune_share"] == counts["all"]
    assert counts["within_level"] + counts["between_levels"] != counts["all"]
