"""How dossiers reach the portal: a worked example, and what is not known is not counted."""

from datetime import UTC, date, datetime

import pytest

from dashboards.figures import Scope, kpi
from dashboards.national.differences import named
from dashboards.national.imports import Import, digest, holds, keep
from dashboards.national.pairs import Beside
from ingest.portal_export import record
from metrics.catalogue import CATALOGUE
from metrics.period import parse
from tests.dashboards.national.systems import Dossier as One
from tests.dashboards.national.systems import history
from tests.dashboards.national.test_planted import TABLES
from tests.support.filling import fill

BY_ID = {each.id: each for each in CATALOGUE}
JUNE = (date(2026, 6, 1), date(2026, 6, 30))


def one(number, day):
    received = datetime(2026, 6, day, 9)  # noqa: DTZ001 - civil
    return One(number, "H07", "1.000001", "2", received, None, None, "0", "0", submitted=received)


def said(number, day, synced):
    fields = {"MaTTHC": "1.000001", "NgayTiepNhan": f"202606{day:02}090000", "NgayDongBo": synced}
    return record({"MaHoSo": f"H07-260101-{number:04}", **{name: value for name, value in fields.items() if value}})


def export(records, covers, at=datetime(2026, 7, 1, tzinfo=UTC), carries=("received_at", "synced_at")):
    return Import("june.csv", digest(records), *covers, date(2026, 7, 1), carries, len(records), at)


@pytest.fixture
def empty(client):
    for table in TABLES:
        client.command(f"TRUNCATE TABLE {table}")
    fill(client, history([one(1, 1), one(2, 2), one(3, 3), one(4, 20)]))
    return client


def read(client, *names):
    found = kpi(client, Scope(parse("2026-06")), kpis=[BY_ID[name] for name in names])
    return [(each.numerator, each.denominator, each.display) for each in found]


def test_without_an_export_there_is_no_figure(empty):
    assert read(empty, "qd766_sync", "qd766_sync_points", "national_sync_late") == [
        (0, 0, "–"), (0, 0, "–"), (0, 0, "–"),
    ]  # fmt: skip


def test_what_no_export_covers_is_not_counted(empty):
    """Of 1 to 10 June: 1 came after two hours, 2 after three days, 3 is not there; 4 was received on the 20th."""
    records = [said(1, 1, "20260601110000"), said(2, 2, "20260605090000")]
    keep(empty, export(records, (date(2026, 6, 1), date(2026, 6, 10))), records)
    assert read(empty, "qd766_sync", "qd766_sync_points", "national_sync_late") == [
        (2, 3, "66,6 %"), (2, 3, "4,00 điểm"), (1, 2, "50,0 %"),
    ]  # fmt: skip


def test_the_newest_export_of_a_day_holds_as_a_whole(empty):
    older, newer = [said(1, 1, ""), said(2, 2, ""), said(4, 20, "")], [said(1, 1, "")]
    keep(empty, export(older, JUNE), older)
    assert read(empty, "qd766_sync") == [(3, 4, "75,0 %")]
    keep(empty, export(newer, (date(2026, 6, 1), date(2026, 6, 10))), newer)
    assert read(empty, "qd766_sync") == [(2, 4, "50,0 %")]


def test_the_same_export_again_is_known(empty):
    records = [said(1, 1, ""), said(2, 2, "")]
    keep(empty, export(records, JUNE), records)
    assert holds(empty, export(records[::-1], JUNE, datetime(2026, 7, 9, tzinfo=UTC)))
    assert not holds(empty, export(records[:1], JUNE))
    keep(empty, export(records[:1], JUNE, datetime(2026, 7, 9, tzinfo=UTC)), records[:1])
    assert not holds(empty, export(records, JUNE))


def test_a_second_record_of_a_dossier_is_one_more_there(empty):
    """The same dossier under two codes: the portal counts it twice, and the second is only there."""
    twice = record({
        "MaHoSo": "H99-260601-55555", "MaHoSoDiaPhuong": "H07-260101-0001", "MaTTHC": "1.000001",
        "NgayTiepNhan": "20260601090000",
    })  # fmt: skip
    records = [said(1, 1, ""), twice]
    carries = ("received_at", "local_code")
    keep(empty, export(records, (date(2026, 6, 1), date(2026, 6, 1)), carries=carries), records)
    listed, _ = named(empty, Beside(Scope(parse("2026-06"))), None, ("", 0), 10)
    assert [(one.difference.id, one.dossier, one.national_code) for one in listed] == [
        ("only_there", "", "H99-260601-55555")
    ]
