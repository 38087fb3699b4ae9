"""Payments beside transactions, and what people say: against naive readings of the same lines."""

import json
from datetime import datetime, timedelta

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dashboards.figures import Scope, kpi
from dashboards.payments import unplaced, unplaced_by_day, unplaced_count
from dashboards.quality import by_day, checked
from dashboards.reconcile import drift
from metrics.catalogue import CATALOGUE
from metrics.period import parse
from tests.oracle import span, success
from tests.oracle_lines import understood
from tests.strategies import KINDS, History, histories, periods, text
from tests.support.filling import fill

BY_ID = {each.id: each for each in CATALOGUE}
slowly = settings(phases=(Phase.explicit, Phase.reuse, Phase.generate))


def lines(**records) -> History:
    kinds = (*KINDS, "feedback", "petitions")
    found = {kind: [text(one) for one in records.get(kind, [])] for kind in kinds}
    return History(found, tuple(kind for kind in kinds for _ in found[kind]))


def read(client, period, *names):
    found = kpi(client, Scope(parse(period)), kpis=[BY_ID[name] for name in names])
    return {each.kpi.id: (each.numerator, each.denominator) for each in found}


def notices(history):
    """Of each transaction its good notices, by moment."""
    found = {}
    for raw in history.lines["payments"]:
        line = understood("payments", raw) if raw.strip() else None
        if line is not None:
            found.setdefault(line["MaGiaoDich"], []).append(line)
    return found


@settings(slowly, max_examples=6)
@given(histories(), periods)
def test_refunds_are_taken_off_and_counted_by_themselves(client, history, period):
    fill(client, history)
    first, last = span(period)
    paid, net, refunded = 0, 0, 0
    for every in notices(history).values():
        good = [line["ThoiGian"] for line in every if success(line)]
        back = [
            line["ThoiGian"] for line in every if line["LoaiGiaoDich"] == "hoan_phi" and line["MaTrangThai"] == "00"
        ]
        mine = bool(good) and first <= min(good)[:8] <= last
        paid += mine
        net += mine and not back
        refunded += bool(good and back) and first <= min(back)[:8] <= last
    assert read(client, period, "payment_transactions", "payment_transactions_net", "payment_refunds") == {
        "payment_transactions": (paid, None),
        "payment_transactions_net": (net, None),
        "payment_refunds": (refunded, None),
    }
    assert drift(client) == []


def dossier(number, **more):
    return {"MaHoSo": f"H07-1-{number}", "MaTTHC": "1.000001", "NgayTiepNhan": "20260601080000", **more}


def payment(code, number=None, kind="thanh_toan", result="00", **more):
    named = {} if number is None else {"MaHoSo": f"H07-1-{number}"}
    return {
        "MaGiaoDich": code,
        "ThoiGian": "20260602080000",
        "MaTrangThai": result,
        "LoaiGiaoDich": kind,
        **named,
        **more,
    }


def test_transactions_dossiers_and_procedures_are_counted_apart(client):
    """1 is paid twice; 2 was refunded; 3 is only marked; 4 failed; two name no dossier, or an unknown one."""
    marked = {"DuocThanhToanTrucTuyen": "2"}
    fill(client, lines(
        services=[{"MaTTHC": f"1.00000{n}", "TenTTHC": "x", "CoPhi": "1"} for n in (1, 2)],
        dossiers=[dossier(1), dossier(2, **marked), dossier(3, **marked), dossier(4)],
        payments=[
            payment("A", 1, SoTien="20000"), payment("B", 1, SoTien="5000"), payment("C", 2, SoTien="9000"),
            payment("C", 2, "hoan_phi"), payment("D", 4, result="24"), payment("E"), payment("F", 9),
            payment("G", ThoiGian="20260701080000"), payment("H", 9, ThoiGian="20251231235900"),
        ],
    ))  # fmt: skip
    names = [each.id for each in CATALOGUE if each.family.id == "payment"]
    assert read(client, "2026-06", *names) == {
        "payment_transactions_net": (4, None),
        "payment_refunds": (1, None),
        "payment_dossiers": (1, None),
        "payment_fee_dossiers": (1, 4),
        "payment_procedures": (1, 2),
        "payment_amount": (25000, None),
        "payment_marked_only": (2, None),
    }
    june = parse("2026-06")
    assert [each.transaction for each in unplaced(client, june, "", 10)[0]] == ["E", "F"]
    days = unplaced_by_day(client)
    assert (unplaced(client, june, "", 1)[1], unplaced_count(days, june)) == ("E", 2)
    assert [unplaced_count(days, parse(name)) for name in ("2025", "2025-12-31", "2026-W01", "2026")] == [1, 1, 1, 3]
    failed = {each.check.id: each.dossiers for each in checked(by_day(client), june).found}
    assert (failed["paid_without_payment"], failed["payment_without_mark"]) == (1, 1)


def rating(number, grade, question="chung", at="20260605080000"):
    return {
        "MaHoSo": f"H07-1-{number}",
        "CauHoi": question,
        "ThoiDiemDanhGia": at,
        "MucDoHaiLong": grade,
        "YKien": "CANARY",
    }


def test_ratings_by_question(client):
    """The last answer by the period's end counts, once; who was not asked is in no share."""
    ended = {"KenhThucHien": "2", "NgayKetThucXuLy": "20260604080000"}
    fill(client, lines(
        services=[{"MaTTHC": "1.000001", "TenTTHC": "x", "MucDo": "4"}],
        dossiers=[dossier(number, **ended) for number in range(1, 6)],
        feedback=[
            rating(1, "rat_hai_long"), rating(1, "rat_hai_long"), rating(2, "hai_long"), rating(3, "chua_hai_long"),
            rating(4, "hai_long"), rating(4, "chua_hai_long", at="20260606080000"),
            rating(2, "chua_hai_long", at="20260701080000"), rating(1, "hai_long", "ho_tro"),
        ],
    ))  # fmt: skip
    assert read(client, "2026-06", "tt32_satisfied_overall", "tt32_satisfied_support", "tt32_satisfied_timeliness") == {
        "tt32_satisfied_overall": (2, 4),
        "tt32_satisfied_support": (1, 1),
        "tt32_satisfied_timeliness": (0, 0),
    }
    assert "CANARY" not in json.dumps([list(map(str, row)) for row in client.query("SELECT * FROM rating").result_rows])


LIMITS = {"tra_loi": 15, "tu_choi": 2, "chuyen": 2, "bo_sung": 5}
"""In working days; June and July 2026 have no holiday."""
END = datetime(2026, 7, 1)  # noqa: DTZ001 - civil
june_days = st.integers(0, 29).map(lambda day: datetime(2026, 6, 1, 10) + timedelta(days=day))  # noqa: DTZ001


@st.composite
def petitions(draw):
    received = draw(june_days)
    handled = draw(st.one_of(st.none(), st.integers(0, 35).map(lambda days: received + timedelta(days=days, hours=3))))
    published = handled and draw(
        st.one_of(st.none(), st.integers(0, 6).map(lambda days: handled + timedelta(days=days)))
    )
    return {
        "NgayTiepNhan": received,
        "NgayXuLy": handled,
        "NgayCongKhai": published,
        "KetQuaXuLy": draw(st.sampled_from(sorted(LIMITS))) if handled else None,
        "SoLuotHaiLong": draw(st.sampled_from(("0", "3"))),
        "SoLuotKhongHaiLong": draw(st.sampled_from((None, "0", "5"))),
        "LapLai": draw(st.sampled_from((None, "0", "1"))),
        "Loai": draw(st.sampled_from((None, "quy_dinh", "hanh_vi"))),
        "MaDonVi": draw(st.sampled_from(("H07", "H07.1"))),
    }


def between(start, end):
    """Working days strictly between two days."""
    days = (start.date() + timedelta(days=n) for n in range(1, (end.date() - start.date()).days))
    return sum(day.weekday() < 5 for day in days)


def in_time(one):
    done = one["NgayXuLy"] is not None and one["NgayXuLy"] < END
    until = one["NgayXuLy"] if done else END - timedelta(seconds=1)
    limit = LIMITS[one["KetQuaXuLy"]] if done else 15
    published = one["NgayCongKhai"]
    late = done and published is not None and published < END and between(one["NgayXuLy"], published) >= 2
    return between(one["NgayTiepNhan"], until) < limit and not late


def liked(one):
    return int(one["SoLuotKhongHaiLong"] or 0) <= int(one["SoLuotHaiLong"] or 0) and one["LapLai"] != "1"


def said(number, one):
    written = {name: f"{value:%Y%m%d%H%M%S}" if isinstance(value, datetime) else value for name, value in one.items()}
    return {"MaPAKN": f"P{number}", "NoiDung": "CANARY", **written}


@settings(slowly, max_examples=6)
@given(st.lists(petitions(), min_size=1, max_size=12))
def test_petitions_as_they_stood_at_the_end_of_the_period(client, found):
    """Each line twice, and a first word of each that knows less: the order of what is known is the log's."""
    early = [said(number, {"NgayTiepNhan": one["NgayTiepNhan"]}) for number, one in enumerate(found)]
    whole = [said(number, one) for number, one in enumerate(found)]
    fill(client, lines(petitions=[*early, *whole, *whole]))
    good, content = [one for one in found if in_time(one)], [one for one in found if in_time(one) and liked(one)]
    assert read(client, "2026-06", "qd766_petition_on_time", "qd766_petition_satisfied", "qd766_petitions_rules") == {
        "qd766_petition_on_time": (len(good), len(found)),
        "qd766_petition_satisfied": (len(content), len(found)),
        "qd766_petitions_rules": (sum(one["Loai"] == "quy_dinh" for one in found), None),
    }
    listed = kpi(client, Scope(parse("2026-06"), by="agency"), kpis=[BY_ID["qd766_petition_on_time"]])
    counted = {each.key: (each.numerator, each.denominator) for each in listed}
    for agency in {one["MaDonVi"] for one in found}:
        mine = [one for one in found if one["MaDonVi"] == agency]
        assert counted[agency] == (sum(map(in_time, mine)), len(mine))
    assert "CANARY" not in str(client.query("SELECT * FROM petition").result_rows)


POINTS = ("qd766_petition_on_time_points", "qd766_petition_satisfied_points", "qd766_satisfied_points")


def points(client, period):
    found = kpi(client, Scope(parse(period)), kpis=[BY_ID[name] for name in POINTS])
    return [each.display for each in found]


def test_no_petition_gives_all_points_and_an_unknown_register_none(client):
    fill(client, lines(dossiers=[dossier(1)]))
    assert points(client, "2026-06") == ["–", "–", "–"]
    fill(client, lines(petitions=[{"MaPAKN": "P", "NgayTiepNhan": "20260601080000"}]))
    assert points(client, "2026-05")[:2] == ["6,00 điểm", "6,00 điểm"]


def test_satisfied_is_in_time_without_a_dislike_or_a_petition(client):
    """1 is fine; 2 late; 3 disliked once; 4 late and disliked; 5 petitioned about; 6 petitioned about later."""
    due = {"NgayHenTra": "20260610170000", "NgayKetThucXuLy": "20260604080000"}
    late = due | {"NgayKetThucXuLy": "20260615080000"}
    fill(client, lines(
        dossiers=[dossier(1, **due), dossier(2, **late), dossier(3, **due), dossier(4, **late), dossier(5, **due),
                  dossier(6, **due)],
        feedback=[rating(1, "hai_long"), rating(3, "chua_hai_long", "ho_tro"), rating(4, "chua_hai_long")],
        petitions=[
            {"MaPAKN": "P", "NgayTiepNhan": "20260612080000", "MaHoSo": "H07-1-5"},
            {"MaPAKN": "Q", "NgayTiepNhan": "20260702080000", "MaHoSo": "H07-1-6"},
        ],
    ))  # fmt: skip
    assert read(client, "2026-06", "qd766_satisfied") == {"qd766_satisfied": (2, 6)}
    assert points(client, "2026-06")[2] == "2,22 điểm"
