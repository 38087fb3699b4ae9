"""Months of a few dossiers under every definition, told in tables: all figures right, and few of them the same."""

import pytest

from dashboards.behind import Wanted, behind
from dashboards.figures import Scope, kpi
from deploy.migrate import migrate
from metrics.catalogue import CATALOGUE
from metrics.period import parse
from streams.state import connect
from tests.golden.tables import SERVICE, figures, history, letter_of, rows
from tests.support.filling import fill
from tests.support.store import store

JUNE, JULY, MAY = parse("2026-06"), parse("2026-07"), parse("2025-05")
OF_MAY = figures("may_2025_figures.csv")
OF_JUNE, OF_JULY = figures("june_2026_figures.csv"), figures("july_2026_figures.csv")
BY_ID = {each.id: each for each in CATALOGUE}
SCORES = {  # the points added up: 1,875 + 1,333 + 6; 3 + 2 + 2; 16 + 9,208 + 7 + 1,6
    "qd766_online_split246": "9,20 điểm",
    "qd766_online_full12": "12,00 điểm",
    "qd766_payment": "7,00 điểm",
    "qd766_total": "33,80 điểm",
}
ELSEWHERE = {
    "services_with_dossiers", "payment_transactions", "online_share_of_all", "dossiers_processed",
    "dossiers_processed_share",
}  # fmt: skip
"""Definitions whose examples are the published scenarios, or that repeat another one's conditions."""
OF_EXPORTS = {"qd766_sync", "national_sync_late"}
"""Definitions of the national portal's exports: tests/dashboards/national/test_sync.py."""
OF_VOICES = {"payment_dossiers", "payment_fee_dossiers", "payment_procedures", "payment_amount", "payment_marked_only"}
OF_VOICES |= {f"tt32_satisfied_{name}" for name in ("overall", "convenience", "timeliness", "support")}
OF_VOICES |= {"qd766_petition_on_time", "qd766_petition_satisfied", "qd766_petitions_rules", "qd766_petitions_conduct"}
OF_VOICES |= {"qd766_satisfied", "qd766_total_with_voices"}
"""Definitions of payments, ratings and petitions: tests/dashboards/test_payments_and_voices.py."""


def filled(folder, dossiers, services):
    with store(folder) as running:
        migrate(running.url)
        client = connect(running.url)
        fill(client, history(dossiers, services))
        yield client


@pytest.fixture(scope="module")
def june(tmp_path_factory):
    yield from filled(tmp_path_factory.mktemp("june"), "june_2026_dossiers.csv", (SERVICE,))


@pytest.fixture(scope="module")
def july(tmp_path_factory):
    services = tuple(rows("july_2026_services.csv"))
    yield from filled(tmp_path_factory.mktemp("july"), "july_2026_dossiers.csv", services)


@pytest.fixture(scope="module")
def may(tmp_path_factory):
    yield from filled(tmp_path_factory.mktemp("may"), "may_2025_dossiers.csv", (SERVICE,))


def check(client, period, figure):
    asked = BY_ID[figure.kpi]
    (reading,) = kpi(client, Scope(period), kpis=[asked])
    told = (figure.numerator, figure.denominator, figure.display)
    assert (reading.numerator, reading.denominator, reading.display) == told
    if figure.counted:
        found = behind(client, Wanted(asked, period), "", 100).items
        assert {letter_of(one.item.dossier) for one in found if one.counted} == figure.counted
        assert {letter_of(one.item.dossier) for one in found if not one.counted} == figure.others


@pytest.mark.parametrize("figure", OF_JUNE, ids=lambda figure: figure.kpi)
def test_june(june, figure):
    check(june, JUNE, figure)


@pytest.mark.parametrize("figure", OF_JULY, ids=lambda figure: figure.kpi)
def test_july(july, figure):
    check(july, JULY, figure)


@pytest.mark.parametrize("figure", OF_MAY, ids=lambda figure: figure.kpi)
def test_may(may, figure):
    """A month under Decree 61: supplements as recorded, appointments moved, letters of apology."""
    check(may, MAY, figure)


def test_letters_are_nothing_where_there_are_none(june):
    (reading,) = kpi(june, Scope(JUNE), kpis=[BY_ID["nd61_apology_on_time"]])
    assert reading.display == "–"


@pytest.mark.parametrize("name", SCORES)
def test_scores(july, name):
    (reading,) = kpi(july, Scope(JULY), kpis=[BY_ID[name]])
    assert reading.display == SCORES[name]


def test_every_definition_judged_from_the_facts_has_an_example():
    shown = {figure.kpi for figure in (*OF_JUNE, *OF_JULY, *OF_MAY)} | set(SCORES)
    shown |= OF_EXPORTS | OF_VOICES
    repeated = {name for name in BY_ID if name.removesuffix("_points") in shown}
    assert [each.id for each in CATALOGUE if not each.of_cells and each.id not in shown | repeated | ELSEWHERE] == []
