"""Definitions that look at a dossier's course: the store's answer is that of a naive look at each dossier."""

import json
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards.behind import Wanted, behind
from dashboards.calendar import stored
from dashboards.figures import Scope, kpi
from deploy.migrate import migrate
from metrics.catalogue import CATALOGUE
from metrics.catalogue.vpcp06a import COLUMNS, IDENTITIES, number
from metrics.period import parse
from streams.state import connect
from tests.oracle import Oracle
from tests.oracle_course import appointments, courses, form_06a, in_time_766, simple
from tests.strategies import KINDS, SERVICES, History, days, dues, moments
from tests.support.filling import fill
from tests.support.store import store

NUMBER = {each: number(each) for each in COLUMNS}
KPIS = {each.id: each for each in CATALOGUE}
CODES = tuple(f"{agency}-220101-{n}" for agency in ("H07", "H07.14") for n in "123")
PERIODS = (
    "2021",
    "2022",
    "2021-12",
    "2022-01",
    "2022-W01",
    "2022-01-02",
    "2022-Q1",
    "2024-02",
    "2022-BC01",
    "2022-BCQ1",
    "2022-BC9M",
)

statuses = st.sampled_from(("2", "4", "5", "5", "5", "6", "7", "8", "9", "10", "3", "1"))
supplement = st.fixed_dictionaries(
    {"NgayBoSung": moments},
    optional={
        "NgayTiepNhanBoSung": moments,
        "NgayHenTraTruoc": st.sampled_from((None, "20220102170000", "20220103170000")),
        "NgayHenTraMoi": st.sampled_from((None, "20220103170000")),
    },
)
dossier = st.fixed_dictionaries(
    {"MaTTHC": st.sampled_from(SERVICES[:3])},
    optional={
        "KenhThucHien": st.sampled_from(("1", "2", "3")),
        "NgayNopHoSo": moments,
        "DuocThanhToanTrucTuyen": st.sampled_from(("0", "1", "2", "3")),
        "NgayTiepNhan": moments,
        "NgayHenTra": dues,
        "NgayKetThucXuLy": moments,
        "DanhSachHoSoBoSung": st.lists(supplement, max_size=2),
    },
)
service = st.fixed_dictionaries(
    {"MaTTHC": st.sampled_from(SERVICES[:3]), "TenTTHC": st.just("Thủ tục"), "MucDo": st.sampled_from(("2", "3", "4"))},
    optional={
        "CoPhi": st.sampled_from(("0", "1")),
        "HieuLucTu": days,
        "HieuLucDen": days,
        "ThoiHanNgayLamViec": st.sampled_from(("1", "60")),
        "ThoiHanTrucTuyenNgayLamViec": st.just("2"),
    },
)
course = st.tuples(dossier, st.lists(st.tuples(statuses, moments), max_size=5))


@st.composite
def histories(draw):
    told = draw(st.dictionaries(st.sampled_from(CODES), course, min_size=1))
    lines = {kind: [] for kind in KINDS}
    lines["services"] = [json.dumps(one).encode() for one in draw(st.lists(service, max_size=4))]
    for code, (attributes, steps) in told.items():
        lines["dossiers"].append(json.dumps({"MaHoSo": code, **attributes}).encode())
        if draw(st.booleans()):  # the due moment is moved by a later line
            moved = {"MaHoSo": code, "MaTTHC": attributes["MaTTHC"], "NgayHenTra": draw(dues)}
            lines["dossiers"].append(json.dumps(moved).encode())
        for status, at in steps:
            lines["progress"].append(json.dumps({"MaHoSo": code, "ThoiDiemXuLy": at, "TrangThai": status}).encode())
    return History(lines, tuple(kind for kind in KINDS for _ in lines[kind]))


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with store(tmp_path_factory.mktemp("course")) as running:
        migrate(running.url)
        yield connect(running.url)


slowly = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@slowly
@given(story=histories(), name=st.sampled_from(PERIODS))
def test_form_06a_and_766_are_what_a_look_at_each_dossier_says(client, story, name):
    fill(client, story)
    period = parse(name)
    looked = courses(Oracle(story.files()), period.first, period.last, stored(client))
    columns = Counter(column for each in looked for column in form_06a(each))
    read = {reading.kpi: reading.numerator for reading in kpi(client, Scope(period), kpis=COLUMNS)}
    assert {NUMBER[each]: number for each, number in read.items()} == {each: columns[each] for each in NUMBER.values()}
    for whole, parts in IDENTITIES:
        assert columns[whole] == sum(columns[part] for part in parts)
    judged = [found for each in looked if (found := in_time_766(each)) is not None]
    by_second, by_day = kpi(client, Scope(period), kpis=[KPIS["qd766_on_time_second"], KPIS["qd766_on_time"]])
    assert (by_second.numerator, by_second.denominator) == (sum(second for second, _ in judged), len(judged))
    assert (by_day.numerator, by_day.denominator) == (sum(day for _, day in judged), len(judged))


@slowly
@given(story=histories(), name=st.sampled_from(PERIODS), asked=st.sampled_from(COLUMNS))
def test_the_list_behind_a_column_and_its_rows_by_agency_add_up(client, story, name, asked):
    fill(client, story)
    period = parse(name)
    looked = courses(Oracle(story.files()), period.first, period.last, stored(client))
    members = {each.dossier.code for each in looked if NUMBER[asked] in form_06a(each)}
    assert {one.item.dossier for one in behind(client, Wanted(asked, period), "", 100).items} == members
    rows = kpi(client, Scope(period, by="agency"), kpis=[asked])
    assert {row.key: row.numerator for row in rows} == Counter(code.split("-")[0] for code in members)


@slowly
@given(story=histories(), name=st.sampled_from(PERIODS))
def test_definitions_that_are_said_in_a_line(client, story, name):
    fill(client, story)
    period, oracle = parse(name), Oracle(story.files())
    looked = courses(oracle, period.first, period.last, stored(client))
    expected = simple(oracle, looked) | appointments(looked)
    read = kpi(client, Scope(period), kpis=[KPIS[each] for each in expected])
    assert {each.kpi.id: (each.numerator, each.denominator) for each in read} == expected
