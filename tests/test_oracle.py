"""The oracle itself, against figures worked out by hand."""

import gzip
import json

import pytest

from tests.oracle import Oracle, comparable, shown, span
from tests.oracle_lines import exists, national

ONLINE = {"MaTTHC": "1.000001", "TenTTHC": "Dịch vụ", "MucDo": "4", "HieuLucTu": "20200101"}
JUNE = "2026-06"


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def oracle(**files: bytes) -> Oracle:
    return Oracle([(f"{name}.jsonl", content) for name, content in files.items()])


def eleven() -> Oracle:
    """The eleven dossiers of June 2026: A is on time, B late by half an hour, C came in May, K is not received."""

    def dossier(name: str, channel: str, received: str | None, due: str | None) -> dict[str, str | None]:
        code = f"H07.14-260601-{name}"
        return {
            "MaHoSo": code,
            "MaTTHC": "1.000001",
            "KenhThucHien": channel,
            "NgayTiepNhan": received,
            "NgayHenTra": due,
        }

    def step(name: str, at: str, status: str) -> dict[str, str]:
        return {"MaHoSo": f"H07.14-260601-{name}", "ThoiDiemXuLy": at, "TrangThai": status}

    dossiers = lines(
        dossier("A", "1", "20260601080000", "20260605170000"),
        dossier("B", "2", "20260602090000", "20260609160000"),
        dossier("C", "2", "20260520090000", "20260529170000"),
        dossier("D", "2", "20260603080000", "20260610170000"),
        dossier("E", "3", "20260608090000", "20260703170000"),
        dossier("F", "1", "20260610090000", "20260619170000"),
        dossier("G", "2", "20260622090000", None),
        dossier("H", "2", "20260624090000", "20260703170000"),
        dossier("I", "1", "20260615090000", "20260622170000"),
        dossier("J", "2", "20260611090000", "20260618170000"),
        dossier("K", "2", None, None),
    )
    progress = lines(
        step("A", "20260604100000", "9"),
        step("A", "20260605100000", "10"),
        step("B", "20260609163000", "9"),
        step("C", "20260602090000", "9"),
        step("D", "20260605100000", "5"),
        step("D", "20260612100000", "4"),
        step("D", "20260615090000", "9"),
        step("G", "20260626090000", "9"),
        step("H", "20260629090000", "5"),
        step("I", "20260617090000", "5"),
        step("I", "20260619090000", "4"),
        step("I", "20260624090000", "5"),
        step("J", "20260612090000", "7"),
        step("K", "20260629160000", "1"),
    )
    return oracle(services=lines(ONLINE), dossiers=dossiers, progress=progress)


def figures(o: Oracle, period: str, agency: str | None = None) -> dict[str, tuple[int, int | None, str]]:
    return {r["kpi"]: (r["numerator"], r["denominator"], r["display"]) for r in o.kpis(period, agency)}


def test_eleven_dossiers_of_june() -> None:
    found = figures(eleven(), JUNE)
    assert found["on_time_resolution"] == (1, 4, "25,0 %")
    assert found["online_submission_rate"] == (5, 9, "55,5 %")
    assert found["services_with_dossiers"] == (1, 1, "100,0 %")
    assert found["payment_transactions"] == (0, None, "0")


def test_each_counts_in_the_period_of_its_moment() -> None:
    assert figures(eleven(), "2026-05")["online_submission_rate"] == (1, 1, "100,0 %")
    assert figures(eleven(), "2026-05")["on_time_resolution"] == (0, 0, "–")
    assert figures(eleven(), "2026-06-09")["on_time_resolution"] == (0, 1, "0,0 %")
    assert figures(eleven(), "2026-W23")["online_submission_rate"] == (2, 3, "66,6 %")  # A, B, D


def test_order_and_repetition_change_nothing() -> None:
    once = [("dossiers.jsonl", lines({"MaHoSo": "A-1", "MaTTHC": "1.000001", "NgayHenTra": "20260603000000"}))]
    steps = lines(
        {"MaHoSo": "A-1", "ThoiDiemXuLy": "20260604000000", "TrangThai": "9"},
        {"MaHoSo": "A-1", "ThoiDiemXuLy": "20260603000000", "TrangThai": 9},
    )
    for files in ([*once, ("progress.jsonl", steps)], [("progress.jsonl", steps * 2), *once, *once]):
        assert figures(Oracle(files), JUNE)["on_time_resolution"] == (1, 1, "100,0 %")


def test_a_later_value_wins_and_null_never_does() -> None:
    first = {"MaHoSo": "A-1", "MaTTHC": "1.000001", "NgayTiepNhan": "20260601000000", "KenhThucHien": "1"}
    o = oracle(
        services=lines(ONLINE),
        dossiers=lines(first, first | {"KenhThucHien": "2", "NgayTiepNhan": None}, first | {"KenhThucHien": ""}),
    )
    assert figures(o, JUNE)["online_submission_rate"] == (1, 1, "100,0 %")


def test_levels_follow_the_day() -> None:
    """Level 2 until 9 June, level 4 from the 10th, ended on the 20th."""
    versions = lines(
        ONLINE | {"MucDo": "2"}, ONLINE | {"HieuLucTu": "20260610", "HieuLucDen": "20260620", "MucDo": "4"}
    )
    days = ("09", "10", "20", "21")
    dossiers = lines(
        *(
            {"MaHoSo": f"A-{d}", "MaTTHC": "1.000001.X", "NgayTiepNhan": f"202606{d}235959", "KenhThucHien": "2"}
            for d in days
        )
    )
    o = oracle(services=versions, dossiers=dossiers)
    assert figures(o, JUNE)["online_submission_rate"] == (2, 2, "100,0 %")
    assert figures(o, JUNE)["services_with_dossiers"] == (0, 0, "–")  # none is in force on 30 June
    assert figures(o, "2026-06-20")["services_with_dossiers"] == (1, 1, "100,0 %")


def test_payments() -> None:
    pay = {"MaGiaoDich": "T1", "ThoiGian": "20260601000000", "MaTrangThai": "00", "LoaiGiaoDich": "thanh_toan"}
    o = oracle(
        agencies=lines({"MaDonVi": "A.1", "TenDonVi": "Xã", "MaDonViCha": "A"}),
        payments=lines(
            pay | {"ThoiGian": "20260602000000"},
            pay | {"ThoiGian": "20260531235959", "MaHoSo": "A.1-1"},  # the earlier notice decides: May
            pay | {"MaGiaoDich": "T2"},  # no dossier: the province's alone
            pay | {"MaGiaoDich": "T3", "MaTrangThai": "24", "MaHoSo": "A.1-1"},
            pay | {"MaGiaoDich": "T3", "ThoiGian": "20260603000000"},  # the failure names its dossier
            pay | {"MaGiaoDich": "T4", "LoaiGiaoDich": "hoan_phi"},
        ),
    )
    assert figures(o, JUNE)["payment_transactions"] == (2, None, "2")
    assert figures(o, "2026-05")["payment_transactions"] == (1, None, "1")
    assert figures(o, JUNE, "A")["payment_transactions"] == (1, None, "1")
    by_agency = comparable(o.kpis(JUNE, by="agency"), "agency")
    assert [(row["agency"], row["numerator"]) for row in by_agency] == [("A.1", 1)]


def test_the_tree_is_the_declared_one() -> None:
    """A.1 is below B until July, whatever its code says; a circle of parents does no harm."""
    tree = lines(
        {"MaDonVi": "A.1", "TenDonVi": "x", "MaDonViCha": "B", "HieuLucTu": "20260101"},
        {"MaDonVi": "A.1", "TenDonVi": "x", "MaDonViCha": "C", "HieuLucTu": "20260701"},
        {"MaDonVi": "C", "TenDonVi": "x", "MaDonViCha": "A.1"},
    )
    dossier = {"MaHoSo": "A.1-1", "MaTTHC": "1.000001", "NgayTiepNhan": "20260615000000"}
    o = oracle(agencies=tree, services=lines(ONLINE), dossiers=lines(dossier))
    counted = {
        unit: figures(o, period, unit)["online_submission_rate"][1]
        for unit, period in (("A", JUNE), ("B", JUNE), ("C", JUNE))
    }
    assert counted == {"A": 0, "B": 1, "C": 0}
    assert figures(o, "2026", "B")["online_submission_rate"][1] == 0
    assert figures(o, "2026", "C")["online_submission_rate"][1] == 1


def test_lists() -> None:
    second = ONLINE | {"MaTTHC": "1.000002.H07"}
    dossier = {"MaHoSo": "A-1", "MaTTHC": "9.999999", "NgayTiepNhan": "20260615000000"}
    o = oracle(
        services=lines(ONLINE, second), dossiers=lines(dossier, dossier | {"MaHoSo": "A-2", "MaTTHC": "1.000002"})
    )
    listed = comparable(o.kpis(JUNE, by="procedure"), "procedure")
    assert [(r["kpi"], r["procedure"], r["numerator"], r["denominator"]) for r in listed] == [
        ("online_submission_rate", "1.000002", 0, 1),
        ("services_with_dossiers", "1.000001", 0, 1),
        ("services_with_dossiers", "1.000002", 1, 1),
    ]
    channels = comparable(o.kpis(JUNE, by="channel"), "channel")
    assert {(r["kpi"], r["channel"], r["denominator"]) for r in channels} == {
        ("services_with_dossiers", "?", 2),
        ("online_submission_rate", "?", 1),
    }


@pytest.mark.parametrize(
    "raw",
    [
        b"{", b"[]", b"1", b'"x"', b"\xff", b'{"MaHoSo": "A-1"}', b'{"MaHoSo": "A-1", "MaTTHC": ""}',
        b'{"MaHoSo": "A1", "MaTTHC": "1.000001"}', b'{"MaHoSo": "-1", "MaTTHC": "1.000001"}',
        b'{"MaHoSo": "A-", "MaTTHC": "1.000001"}',
        b'{"MaHoSo": "A-1", "MaTTHC": "1.000001", "NgayTra": "20260631000000"}',
        b'{"MaHoSo": "A-1", "MaTTHC": "1.000001", "KenhThucHien": "4"}',
        b'{"MaHoSo": "A-1", "MaTTHC": "1.000001", "x": "' + b"x" * (1 << 20) + b'"}',
    ],
)  # fmt: skip
def test_a_broken_line_is_rejected_alone(raw: bytes) -> None:
    good = lines({"MaHoSo": "A-1", "MaTTHC": "1.000001", "Fax": {"any": ["thing"]}})
    o = oracle(dossiers=b"\xef\xbb\xbf" + good + b"\n" + raw + b"\r\n" + good.removesuffix(b"\n"))
    assert (o.accepted, o.rejected, o.dead) == ({"dossiers": 2}, {"dossiers": 1}, {("dossiers.jsonl", 3)})


def test_a_gz_that_breaks_off_gives_its_whole_lines() -> None:
    good = lines(*({"MaHoSo": f"A-{n * 7919}", "MaTTHC": "1.000001"} for n in range(1000)))
    packed = gzip.compress(good)
    whole = Oracle([("dossiers.jsonl.gz", packed)])
    assert (whole.accepted, whole.rejected) == ({"dossiers": 1000}, {})
    broken = Oracle([("dossiers.jsonl.gz", packed[: len(packed) // 2])])
    assert 0 < broken.accepted["dossiers"] < 1000
    assert broken.rejected == {"dossiers": 1}


def test_moments() -> None:
    assert exists("20240229235959", "moment")
    for text in ("20230229000000", "20230101240000", "20230101000060", "2023010100000", "2023010100000٣", ""):
        assert not exists(text, "moment")


def test_periods() -> None:
    assert span("2022-Q3") == ("20220701", "20220930")
    assert span("2024-02") == ("20240201", "20240229")
    assert span("2020-W53") == ("20201228", "20210103")
    assert span("2025-W01") == ("20241230", "20250105")
    assert span("2022-06-15") == ("20220615", "20220615")


def test_codes_and_displays() -> None:
    assert {national(c) for c in ("1.002835.000.00.00.H56", "1.002835.H56", "1.002835")} == {"1.002835"}
    assert shown(45646, 91919) == "49,6 %"
    assert shown(1, 1) == "100,0 %"
    assert shown(1547, None) == "1.547"
    assert shown(1234567, None) == "1.234.567"
    assert shown(0, 0) == "–"
