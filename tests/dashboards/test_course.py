"""Every definition of the catalogue: the store's answer is that of a naive look at each dossier."""

import json
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dashboards.behind import Wanted, behind
from dashboards.calendar import stored
from dashboards.figures import Scope, kpi
from dashboards.national.imports import Import, digest, keep
from ingest.portal_export import record
from metrics.calendar import Calendar
from metrics.catalogue import CATALOGUE
from metrics.catalogue.vpcp06a import COLUMNS, IDENTITIES, number
from metrics.events import Topic
from metrics.formula import Points, Score
from metrics.period import parse
from metrics.request import alike
from streams.decode import Record
from streams.keep import keep as write
from streams.keep import read
from streams.state import State
from tests.courses import AGENCIES, PERIODS, exported, history, probes
from tests.oracle import Oracle
from tests.oracle_course import courses, form_06a
from tests.oracle_definitions import every, points
from tests.oracle_world import World
from tests.strategies import History
from tests.support.filling import fill

NUMBER = {each: number(each) for each in COLUMNS}
OF_POINTS = {each.id for each in CATALOGUE if isinstance(each.formula, Points | Score)}


slowly = settings(
    max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate)
)


randoms, sizes = st.randoms(use_true_random=True), st.integers(1, 60)


def bring(client, story, there):
    """The lines, and the export of the portal."""
    fill(client, story)
    for table in ("national_import", "national_dossier"):
        client.command(f"TRUNCATE TABLE {table}")
    if there is None:
        return
    received = {code: each.attributes.get("NgayTiepNhan") for code, each in Oracle(story.files()).dossiers.items()}
    told = [
        {"MaHoSo": code, "MaTTHC": "1.000001", "NgayTiepNhan": received[code], "NgayDongBo": synced}
        for code, synced in there.synced.items()
    ]
    records = [record({name: value for name, value in one.items() if value}) for one in told]
    carried = ("received_at", "synced_at")
    found = Import("x", digest(records), *there.covers, date(2025, 1, 1), carried, len(records), datetime.now(UTC))
    keep(client, found, records)


def probe(client, asked):
    """Each answer a number of its own; one that was not as expected has a robot's bit."""
    client.command("TRUNCATE TABLE request")
    for offset, each in enumerate(asked):
        answers = [alike(status=200, bucket=0, robot=n >= each.answered, second=0, mark=n) for n in range(each.asked)]
        event = {"kind": "requests", "at": each.minute, "page": "probe:home", "procedure": ""}
        event["numbers"] = " ".join(map(str, answers))
        write(State(client), read(Topic.REQUESTS, [Record(0, offset, json.dumps(event).encode())]))


def test_no_definition_is_without_an_oracle():
    day = date(2022, 1, 1)
    found = every(World(History({}, ()), None, day, day, Calendar()))
    assert found.keys() | points(found).keys() == {each.id for each in CATALOGUE}


@slowly
@given(randoms, sizes, st.sampled_from(PERIODS), st.sampled_from((None, None, *AGENCIES)))
def test_every_definition_is_what_a_look_at_each_dossier_says(client, rng, dossiers, name, agency):
    story = history(rng, dossiers)
    there, asked = exported(story, rng), probes(rng)
    bring(client, story, there)
    probe(client, asked)
    period = parse(name)
    figures = every(World(story, there, period.first, period.last, stored(client), agency, asked))
    worth = points(figures)
    found = {each.kpi.id: each for each in kpi(client, Scope(period, agency), kpis=CATALOGUE)}
    counted = {name: (each.numerator, each.denominator) for name, each in found.items() if name not in OF_POINTS}
    assert counted == {name: figures[name] for name in counted}
    assert {name: found[name].value for name in OF_POINTS} == pytest.approx(worth)
    columns = {NUMBER[each]: found[each.id].numerator for each in COLUMNS}
    for whole, parts in IDENTITIES:
        assert columns[whole] == sum(columns[part] for part in parts)


@slowly
@given(randoms, sizes, st.sampled_from(PERIODS), st.sampled_from(COLUMNS))
def test_the_list_behind_a_column_and_its_rows_by_agency_add_up(client, rng, dossiers, name, asked):
    story = history(rng, dossiers)
    fill(client, story)
    period = parse(name)
    looked = courses(Oracle(story.files()), period.first, period.last, stored(client))
    members = {each.dossier.code for each in looked if NUMBER[asked] in form_06a(each)}
    assert {one.item.dossier for one in behind(client, Wanted(asked, period), "", 100).items} == members
    rows = kpi(client, Scope(period, by="agency"), kpis=[asked])
    assert {row.key: row.numerator for row in rows} == Counter(code.split("-")[0] for code in members)
