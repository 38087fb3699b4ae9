"""What a merged agency was made of: its union against a count by hand, and nothing summed where one was split."""

import json
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards.league import league
from dashboards.pro_forma import past
from dashboards.tally import Group, turn
from dashboards.units import LINKS, replace
from metrics.breaks import Why
from metrics.catalogue import HEADLINE
from metrics.period import parse
from metrics.succession import Link
from tests.strategies import KINDS, History
from tests.support.filling import fill

D = date(2025, 7, 1)
TREE = (
    ("OLD1", None),
    ("OLD1.A", "OLD1"),
    ("OLD2", None),
    ("OLD2.A", "OLD2"),
    ("NEW", None),
    ("NEW.A", "NEW"),
    ("X", None),
)
PARENT = dict(TREE)
CODES = tuple(PARENT)
MERGED = [Link("OLD1", "NEW", D, Decimal(1)), Link("OLD2", "NEW", D, Decimal(1))]
ON_TIME = next(kpi for kpi in HEADLINE if kpi.id == "on_time_resolution")
ONLINE = next(kpi for kpi in HEADLINE if kpi.id == "online_submission_rate")
USED = next(kpi for kpi in HEADLINE if kpi.id == "services_with_dossiers")


def ended(code):
    return "20250630" if code.startswith("OLD") else None


def province(dossiers):
    """Lines: the tree, two online services, and dossiers (agency, service, channel, day, late)."""
    lines = {kind: [] for kind in KINDS}
    lines["agencies"] = [
        {"MaDonVi": code, "TenDonVi": code, "MaDonViCha": parent, "Cap": "so", "HieuLucDen": ended(code)}
        for code, parent in TREE
    ]
    lines["services"] = [{"MaTTHC": f"1.00000{n}", "TenTTHC": "Dịch vụ", "MucDo": "4"} for n in (1, 2)]
    lines["dossiers"] = [
        {
            "MaHoSo": f"{agency}-250601-{n:04d}",
            "MaTTHC": f"1.00000{service}",
            "KenhThucHien": channel,
            "NgayTiepNhan": f"{day}080000",
            "NgayHenTra": f"{day}120000",
            "NgayKetThucXuLy": f"{day}{'130000' if late else '110000'}",
        }
        for n, (agency, service, channel, day, late) in enumerate(dossiers)
    ]
    encoded = {kind: [json.dumps(line).encode() for line in found] for kind, found in lines.items()}
    return History(encoded, tuple(kind for kind in KINDS for _ in encoded[kind]))


def linked(client, links):
    replace(client, LINKS, links, "test.csv", 0)


dossiers = st.lists(
    st.tuples(
        st.sampled_from(CODES),
        st.sampled_from((1, 2)),
        st.sampled_from(("1", "2")),
        st.sampled_from(("20250615", "20250630", "20250701", "20250715")),
        st.booleans(),
    ),
    max_size=25,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(dossiers, st.sampled_from(("2025-06", "2025-07", "2025")))
def test_the_union_is_what_a_hand_would_count(client, found, period):
    fill(client, province(found))
    linked(client, MERGED)
    union = {reading.kpi.id: reading for reading in past(client, "NEW", parse(period), HEADLINE).union}
    mine = [each for each in found if each[0] != "X" and (period == "2025" or each[3][:6] == period.replace("-", ""))]
    counts = {
        ON_TIME.id: (sum(not late for *_, late in mine), len(mine)),
        ONLINE.id: (sum(channel == "2" for _, _, channel, *_ in mine), len(mine)),
        USED.id: (len({service for _, service, *_ in mine}), 2),
    }
    for kpi, (numerator, denominator) in counts.items():
        assert (union[kpi].numerator, union[kpi].denominator) == (numerator, denominator), kpi


SOME = [
    *[("OLD1", 1, "2", "20250615", False)] * 3,
    *[("OLD1.A", 2, "1", "20250615", False)] * 2,
    *[("OLD2.A", 1, "2", "20250616", True)] * 4,
    *[("NEW.A", 1, "1", "20250715", False)] * 12,
    *[("X", 1, "1", "20250615", False)] * 30,
]


def online(readings):
    return next((r.numerator, r.denominator) for r in readings if r.kpi == ONLINE)


def test_each_predecessor_is_shown_by_itself_too(client):
    fill(client, province(SOME))
    linked(client, MERGED)
    found = past(client, "NEW", parse("2025-06"), HEADLINE)
    assert found.members == ("NEW", "NEW.A", "OLD1", "OLD1.A", "OLD2", "OLD2.A")
    assert online(found.own) == (0, 0)
    assert [(link.predecessor, online(readings)) for link, readings in found.apart] == [
        ("OLD1", (3, 5)),
        ("OLD2", (4, 4)),
    ]
    assert online(found.union) == (7, 9)
    gone = past(client, "OLD1", parse("2025-06"), HEADLINE)
    assert (gone.after, gone.apart, gone.union) == ((MERGED[0],), (), ())
    assert past(client, "X", parse("2025-06"), HEADLINE) is None


def test_nothing_is_summed_where_a_predecessor_was_split(client):
    fill(client, province(SOME))
    split = [Link("OLD2", "NEW", D, Decimal("0.6")), Link("OLD2", "X", D, Decimal("0.4"))]
    linked(client, [MERGED[0], *split])
    before = past(client, "NEW", parse("2025-06"), HEADLINE)
    assert (before.members, before.union) == ((), ())
    assert [online(readings) for _, readings in before.apart] == [(3, 5), (4, 4)]
    assert past(client, "NEW", parse("2025"), HEADLINE).members == ()  # half of the year lies before the split
    assert past(client, "NEW", parse("2025-07"), HEADLINE).members != ()  # it begins on the very day
    after = past(client, "NEW", parse("2025-08"), HEADLINE)
    assert after.members == ("NEW", "NEW.A", "OLD1", "OLD1.A")
    assert past(client, "X", parse("2025-06"), HEADLINE).members == ()


def test_an_import_replaces_what_held_before(client):
    linked(client, MERGED)
    linked(client, MERGED[:1])
    assert past(client, "OLD2", parse("2025-06"), HEADLINE) is None
    linked(client, [])
    assert past(client, "NEW", parse("2025-06"), HEADLINE) is None


def test_the_league_does_not_compare_over_the_merger(client):
    fill(
        client,
        province([*SOME, *[("NEW.A", 1, "2", "20240715", False)] * 12, *[("X", 1, "2", "20240601", False)] * 12]),
    )
    linked(client, MERGED)
    rows = {row.agency.agency: row for row in league(client, ONLINE, parse("2025-07"), date(2026, 1, 1)).rows}
    assert rows["NEW.A"].before.numerator == 12
    assert rows["NEW.A"].change is None
    assert {each.why for each in rows["NEW.A"].breaks} == {Why.REFORM}
    found = league(client, ONLINE, parse("2025-06"), date(2026, 1, 1))
    unbroken = {row.agency.agency: row for row in found.rows}["X"]
    assert unbroken.breaks == ()
    assert unbroken.change == -1
    assert [turn(row) for row in found.rows].count(Group.FELL) == 1
