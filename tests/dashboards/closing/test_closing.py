"""Who may close what, and when: once, when it is over, and only what is whole."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from dashboards.closing import closing
from dashboards.closing.closes import closes
from dashboards.closing.closing import Wish, close
from dashboards.closing.figures import as_closed
from dashboards.figures import Scope, kpi
from metrics.errors import Misconfigured, Refused, Unavailable
from metrics.period import parse
from tests.dashboards.closing.test_restating import dossier, service
from tests.strategies import History
from tests.support.closing import CLOSED, LATER, USUAL, bring, closed, empty

LINES = {"agencies": [], "services": [service()], "progress": [], "payments": [], "dossiers": [dossier(1), dossier(2)]}


@pytest.fixture(autouse=True)
def loaded(client):
    empty(client)
    bring(client, HISTORY, 2)


HISTORY = History(LINES, ("services", "dossiers", "dossiers"))


def rows(client):
    return {table: client.query(f"SELECT * FROM {table} ORDER BY ALL").result_rows for table in CLOSED}


def test_a_close_says_when_by_whom_and_why(client):
    made = closed(client, "2022-01", "báo cáo tháng 1")
    assert (made.period.name, made.at, made.who, made.why) == ("2022-01", LATER, "lan", "báo cáo tháng 1")
    assert closes(client) == {"2022-01": made}


@pytest.mark.parametrize("period", ["2022", "2022-Q1", "2022-01", "2022-W01", "2022-01-03"])
def test_every_form_of_period_can_be_closed_and_read_again(client, period):
    closed(client, period)
    live = [reading.json() for reading in kpi(client, Scope(parse(period)))]
    bring(client, HISTORY, after=2)
    assert [reading.json() for reading in kpi(client, Scope(parse(period)))] != live
    assert json.dumps(list(as_closed(client, Scope(parse(period))))) == json.dumps(live)


@pytest.mark.parametrize(
    ("moment", "over"),
    [((2022, 1, 31, 16, 59, 59), False), ((2022, 1, 31, 17, 0, 0), True)],  # midnight in Viet Nam is 17:00 UTC
)
def test_a_period_is_closed_only_when_it_is_over(client, moment, over):
    at = datetime(*moment, tzinfo=UTC)
    if over:
        assert closed(client, "2022-01", at=at).at == at
    else:
        with pytest.raises(Refused, match="not over before the end of 31/01/2022"):
            closed(client, "2022-01", at=at)
        assert closes(client) == {}


def test_closing_again_changes_nothing_and_is_refused_once_something_has_changed(client):
    made = closed(client, "2022-01")
    before = rows(client)
    assert closed(client, "2022-01", "again") == made
    bring(client, HISTORY, after=2)
    with pytest.raises(Refused, match="has changed since"):
        closed(client, "2022-01", "again")
    assert rows(client) == before


def test_what_was_not_closed_cannot_be_read_as_closed(client):
    closed(client, "2022-01")
    with pytest.raises(Refused, match="2022-02 was not closed"):
        as_closed(client, Scope(parse("2022-02")))
    with pytest.raises(Misconfigured, match="whole province alone"):
        as_closed(client, Scope(parse("2022-01"), "H07.14", "channel"))


def test_of_two_closes_the_first_that_was_written_is_the_one(client):
    first = closed(client, "2022-01")
    client.command(
        "INSERT INTO period_close (close, period, at, who, why, written_at) "
        "SELECT generateUUIDv4(), period, at - 5, 'minh', '', written_at + 1 FROM period_close"
    )
    assert closes(client)["2022-01"] == first


def test_data_that_arrives_while_figures_are_read_makes_another_attempt(client, monkeypatch):
    """After the first figures are read, a dossier comes: nothing of that attempt counts."""
    monkeypatch.setattr(closing, "PAUSE", 0)
    tell, coming = closing.tell, [lambda: bring(client, HISTORY, after=2)]

    def late(*given, **parameters):
        if coming:
            coming.pop()()
        tell(*given, **parameters)

    monkeypatch.setattr(closing, "tell", late)
    made = closed(client, "2022-01")
    live = [reading.json() for reading in kpi(client, Scope(parse("2022-01")))]
    assert list(as_closed(client, Scope(parse("2022-01")))) == live
    kept = client.query("SELECT close, count() FROM closed_dossier GROUP BY close").result_rows
    assert dict(kept)[made.id] == 2
    assert len(kept) == 2


def test_facts_that_do_not_add_up_to_the_figures_are_not_closed(client, monkeypatch):
    monkeypatch.setattr(closing, "PAUSE", 0)
    client.command(
        "INSERT INTO dossier SELECT * REPLACE(NULL AS received_at, version + 1 AS version) FROM dossier FINAL"
    )
    with pytest.raises(Unavailable, match="nhip reconcile"):
        closed(client, "2022-01")
    assert closes(client) == {}


def test_an_attempt_that_was_broken_off_leaves_no_close(client, monkeypatch):
    def crash(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(closing, "record", crash)
    with pytest.raises(KeyboardInterrupt):
        closed(client, "2022-01")
    assert closes(client) == {}
    monkeypatch.undo()
    wish = Wish(parse("2022-01"), "lan", "", USUAL)
    assert close(client, wish, lambda: LATER, uuid4) == closes(client)["2022-01"]
