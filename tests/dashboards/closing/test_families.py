"""A close of everything: judged definitions are kept, read as they were, and restated dossier by dossier."""

import pytest

from dashboards.calendar import stored
from dashboards.closing.closes import closes
from dashboards.closing.figures import as_closed, of_kept
from dashboards.closing.named import Wanted, named
from dashboards.closing.restating import restatements
from dashboards.figures import EVERY, Scope, in_force, kpi
from metrics.catalogue import CATALOGUE
from metrics.catalogue.vpcp06a import COLUMNS, number
from metrics.period import parse
from metrics.terms import Quantile, Sum
from tests.golden.tables import SERVICE, history
from tests.oracle import Oracle
from tests.oracle_course import courses, form_06a
from tests.strategies import History
from tests.support.closing import beginning, bring, closed, empty

PERIOD = parse("2026-06")
JUNE = history("june_2026_dossiers.csv", (SERVICE, SERVICE | {"MaTTHC": "1.000002"}))
WHERE = (Scope(PERIOD), Scope(PERIOD, by="agency"), Scope(PERIOD, "H99.01"))
STORY = History(JUNE.lines, (*JUNE.arrival[1:], JUNE.arrival[0]))
LATE = len(JUNE.arrival) - 10
"""The last nine steps, and then the second service, come after the close."""


def columns(client, lines):
    """Column of form 06a → its dossiers, by a look at each."""
    looked = courses(Oracle(lines.files()), PERIOD.first, PERIOD.last, stored(client))
    return {each: {one.dossier.code for one in looked if number(each) in form_06a(one)} for each in COLUMNS}


@pytest.fixture(scope="module")
def close(client):
    empty(client)
    bring(client, STORY, LATE)
    before = [[reading.json() for reading in kpi(client, scope, kpis=in_force(PERIOD))] for scope in WHERE]
    made = closed(client, PERIOD.name, family=EVERY)
    bring(client, STORY, after=LATE)
    assert [list(of_kept(as_closed(client, scope), EVERY)) for scope in WHERE] == before
    return made


def test_every_definition_in_force_is_kept(client, close):
    assert closes(client) == {PERIOD.name: close}
    kept = {figure["kpi"] for figure in as_closed(client, Scope(PERIOD))}
    assert kept == {each.id for each in CATALOGUE if each.source.holds(PERIOD.first, PERIOD.last)}


def test_form_06a_is_restated_by_exactly_the_dossiers_that_moved(client, close):
    was, now = columns(client, beginning(STORY, LATE)), columns(client, STORY)
    restated = {each.kpi: each for each in restatements(client, close, family="vpcp06a")}
    assert (
        {each for each in COLUMNS if len(was[each]) != len(now[each])} == set(restated).intersection(COLUMNS) != set()
    )
    for column in restated.keys() & set(COLUMNS):
        moved = {one.difference.code: one.difference.turn for one in named(client, Wanted(close, column), "", 99).items}
        assert moved == dict.fromkeys(now[column] - was[column], "entered") | dict.fromkeys(
            was[column] - now[column], "left"
        )
        (why,) = restated[column].whys
        assert why.numerator == len(now[column]) - len(was[column])


def test_a_service_that_came_later_is_named(client, close):
    (all_of_them, *_) = restatements(client, close, family="catalogue")
    assert (all_of_them.was["numerator"], all_of_them.now["numerator"]) == (1, 2)
    (one,) = named(client, Wanted(close, all_of_them.kpi), "", 9).items
    assert (one.thing, one.difference.code, one.difference.turn) == ("service", "1.000002", "entered")


def test_what_is_named_adds_up(client, close):
    for each in restatements(client, close, family="qd766"):
        for why in each.whys:
            part = next(each.kpi.terms())
            if not isinstance(part, Quantile | Sum):
                assert why.numerator == each.now["numerator"] - each.was["numerator"], each.kpi.id
