"""One month of eleven dossiers under every definition: all of them right, and none of them the same."""

import pytest

from dashboards.behind import Wanted, behind
from dashboards.figures import Scope, kpi
from deploy.migrate import migrate
from metrics.catalogue import CATALOGUE
from metrics.catalogue.vpcp06a import COLUMNS, IDENTITIES
from metrics.period import parse
from streams.state import connect
from tests.golden.tables import figures, history, letter
from tests.support.filling import fill
from tests.support.store import store

JUNE = parse("2026-06")
FIGURES = figures("june_2026_figures.csv")
BY_ID = {each.id: each for each in CATALOGUE}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with store(tmp_path_factory.mktemp("june")) as running:
        migrate(running.url)
        client = connect(running.url)
        fill(client, history("june_2026_dossiers.csv"))
        yield client


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.kpi)
def test_each_definition_reads_what_the_table_says(client, figure):
    (reading,) = kpi(client, Scope(JUNE), kpis=[BY_ID[figure.kpi]])
    assert (reading.numerator, reading.denominator, reading.display) == (
        figure.numerator,
        figure.denominator,
        figure.display,
    )


@pytest.mark.parametrize("figure", [each for each in FIGURES if each.counted], ids=lambda figure: figure.kpi)
def test_the_dossiers_behind_are_those_of_the_table(client, figure):
    found = behind(client, Wanted(BY_ID[figure.kpi], JUNE), "", 100).items
    assert {letter(one.item.dossier) for one in found if one.counted} == figure.counted
    assert {letter(one.item.dossier) for one in found if not one.counted} == figure.others


def test_the_identities_of_the_form_hold(client):
    numbers = {int(each.title.vi[1:].partition(")")[0]): each for each in COLUMNS}
    read = {reading.kpi: reading.numerator for reading in kpi(client, Scope(JUNE), kpis=COLUMNS)}
    for whole, parts in IDENTITIES:
        assert read[numbers[whole]] == sum(read[numbers[part]] for part in parts)
