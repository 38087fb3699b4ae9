"""`nhip national`, as staff type it: exports in every form, good and bad ones, and what is compared."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from dashboards.store import connect
from tests.dashboards.national.systems import Dossier, Planted, export, history
from tests.support.filling import fill
from tests.support.terminal import Terminal

RECEIVED = datetime(2026, 6, 2, 9, 30)  # noqa: DTZ001 - civil
ONE = Dossier(1, "H07", "1.000001", "2", RECEIVED, RECEIVED.replace(day=9), RECEIVED.replace(day=5), "1", "1", "9",
              RECEIVED)  # fmt: skip
TWO = Dossier(2, "H07", "1.000001", "2", RECEIVED.replace(day=3), None, None, "0", "0", "5", RECEIVED.replace(day=3))
HEADS = "Mã hồ sơ;Mã TTHC;Hình thức nộp;Ngày nộp;Ngày tiếp nhận;Ngày hẹn trả;Trạng thái;Ngày kết thúc xử lý;Chủ hồ sơ"
ROW = "H07-260101-0001;1.000001.H07;Trực tuyến;02/06/2026 09:30;2026-06-02 09:30:00;9/6/2026;Đã xử lý xong;2026-06-05;X"
SAME = f"{HEADS}\n{ROW}\n"


@pytest.fixture(scope="module")
def loaded(url: str) -> None:
    fill(connect(url), history([ONE, TWO]))


@pytest.fixture
def nhip(terminal: Terminal, url: str, loaded: None) -> Terminal:
    for table in ("national_import", "national_dossier", "national_figure"):
        connect(url).command(f"TRUNCATE TABLE {table}")
    return replace(terminal, before=("national",))


def written(folder: Path, text: str, name: str = "export.csv") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def compared(nhip):
    status, out, _ = nhip("compare", "--period", "2026-06", "--json")
    assert status == 0
    return json.loads(out)


def test_an_export_says_the_same_in_any_form(nhip, tmp_path):
    """CSV with the portal's own words, an XLSX file of the same, JSON records: all are one content."""
    file = written(tmp_path, SAME)
    assert nhip("import", file, "--period", "2026-06")[0] == 0
    book = Workbook()
    for row in SAME.splitlines():
        book.active.append(row.split(";"))
    book.active["E2"] = RECEIVED
    book.save(tmp_path / "export.xlsx")
    status, _, told = nhip("import", str(tmp_path / "export.xlsx"), "--period", "2026-06")
    assert (status, "nothing was changed" in told) == (0, True)
    record = {
        "MaHoSo": "H07-260101-0001", "MaTTHC": 1.000001, "KenhThucHien": 2, "NgayNopHoSo": "20260602093000",
        "NgayTiepNhan": "20260602093000", "NgayHenTra": "20260609000000", "TrangThaiHoSo": "9",
        "NgayKetThucXuLy": "20260605", "ChuHoSo": {"ten": "X"}, "Email": "x@y.z",
    }  # fmt: skip
    told = nhip("import", written(tmp_path, json.dumps({"data": [record]}), "a.json"), "--period", "2026-06")[2]
    assert "nothing was changed" in told
    told = nhip("import", written(tmp_path, json.dumps(record), "a.jsonl"), "--period", "2026-06")[2]
    assert "nothing was changed" in told
    assert len(json.loads(nhip("list", "--json")[1])["exports"]) == 1


def test_days_without_an_hour_are_no_difference_and_missing_columns_neither(nhip, tmp_path):
    nhip("import", written(tmp_path, SAME), "--period", "2026-06")
    found = compared(nhip)
    counted = {each["difference"]: each["dossiers"] for each in found["differences"] if each["dossiers"]}
    assert counted == {"not_synced": 1}
    assert found["dossiers"] == {"here": 2, "there": 1, "differing": 1, "uncovered": 0}
    [online] = [each for each in found["figures"] if each["kpi"] == "qd766_online_share"]
    assert (online["here"]["numerator"], online["there"]["numerator"], online["gap"]) == (2, 1, 0.0)


def test_what_is_planted_is_told_with_its_effect(nhip, tmp_path):
    records = export([Planted(ONE, ("channel_differs",)), Planted(TWO, ("rewritten",))])
    nhip("import", written(tmp_path, json.dumps(records), "a.json"), "--period", "2026-06")
    found = compared(nhip)
    [online] = [each for each in found["figures"] if each["kpi"] == "qd766_online_share"]
    assert online["gap_exact"] == "-1/2"
    assert online["effects"] == [{"difference": "channel_differs", "effect": -0.5, "exact": "-1/2"}]
    [on_time] = [each for each in found["figures"] if each["kpi"] == "qd766_on_time"]
    assert on_time["gap"] == sum(each["effect"] for each in on_time["effects"])
    status, out, _ = nhip("compare", "--period", "2026-06", "--family", "headline")
    assert (status, "khác kênh nộp" in out, "−50,00 điểm %" in out) == (0, True, True)


def test_a_mapping_names_other_columns_and_words(nhip, tmp_path):
    text = SAME.replace("Mã hồ sơ", "Số biên nhận").replace("Trực tuyến", "Nộp qua mạng")
    given = '[columns]\nMaHoSo = "số biên nhận"\n[codes.KenhThucHien]\n"nộp qua mạng" = "2"\n'
    rule, file = written(tmp_path, given, "map.toml"), written(tmp_path, text)
    assert nhip("import", file, "--period", "2026-06")[0] == 2
    assert nhip("import", file, "--period", "2026-06", "--mapping", rule)[0] == 0
    wrong = written(tmp_path, '[columns]\nMaHS = "x"\nMaHoSo = 1\n[codes]\nKenhThucHien = 2\n[more]\n', "wrong.toml")
    told = nhip("import", file, "--period", "2026-06", "--mapping", wrong)[2]
    assert all(part in told for part in ("[more]", "no field MaHS", "column of MaHoSo", "[codes.KenhThucHien]"))
    other = written(tmp_path, '[columns]\nNgayDongBo = "lúc đồng bộ"\n', "other.toml")
    assert "no column 'lúc đồng bộ'" in nhip("import", written(tmp_path, SAME), "--period", "2026-06",
                                              "--mapping", other)[2]  # fmt: skip


def test_every_problem_is_listed_and_nothing_is_written_or_quoted(nhip, tmp_path):
    rows = (
        ROW,
        ROW,
        ROW.replace("0001", "0002").replace("Trực tuyến", "Bay"),
        ROW.replace("0001", "0003").replace("2026-06-02 09:30:00", "2026-07-02"),
        ROW.replace("H07-260101-0001", "CANARY"),
        ";;;;;;;;Y",
    )
    status, _, told = nhip("import", written(tmp_path, "\n".join((HEADS, *rows))), "--period", "2026-06")
    assert status == 2
    for part in ("line 3: repeats export.csv line 2", "line 4: KenhThucHien", "line 5: received on 2026-07-02",
                 "line 6: MaHoSo", "line 7: MaHoSo: missing", "nothing was imported"):  # fmt: skip
        assert part in told
    assert "CANARY" not in told
    assert json.loads(nhip("list", "--json")[1]) == {"exports": [], "figures": []}


def test_a_dry_run_writes_nothing(nhip, tmp_path):
    status, _, told = nhip("import", written(tmp_path, SAME), "--period", "2026-06", "--dry-run")
    assert (status, "1 dossiers" in told, "1 columns not read" in told) == (0, True, True)
    assert json.loads(nhip("list", "--json")[1])["exports"] == []


def test_published_figures_are_kept_as_printed(nhip, tmp_path):
    text = "Kỳ,Đơn vị,Chỉ số,Ngày công bố,Tử số,Mẫu số,Giá trị,Điểm,Ghi chú\n"
    text += '2026-06,,DOSSIER_SYNC,1/7/2026,90,100,"90,00","5,40",NO_NATIONAL_REPORT_DATA\n'
    text += '2026-06,H07.14,qd766_on_time,1/7/2026,,,"97,1",,\n'
    file = written(tmp_path, text, "figures.csv")
    assert "2 were new" in nhip("import", file)[2]
    assert "0 were new" in nhip("import", file)[2]
    listed = json.loads(nhip("list", "--json")[1])["figures"]
    assert {(each["indicator"], each["unit"], each["value"], each["points"], each["flags"]) for each in listed} == {
        ("qd766_sync", "", 90.0, 5.4, "NO_NATIONAL_REPORT_DATA"),
        ("qd766_on_time", "H07.14", 97.1, None, ""),
    }
    wrong = "Kỳ,Chỉ số,Giá trị\n2026-13,x,\n2026-06,qd766_sync,nhiều\n"
    status, _, told = nhip("import", written(tmp_path, wrong, "wrong.csv"))
    assert (status, told.count("line 2"), told.count("line 3")) == (2, 3, 2)


@pytest.mark.parametrize(
    "words",
    [
        ("import",),
        ("import", "nowhere.csv"),
        ("compare",),
        ("compare", "--period", "2026-13"),
        ("compare", "--period", "2026-06", "--as-of", "soon"),
        ("compare", "--period", "2026-06", "--family", "none"),
        ("tell",),
        ("list", "x.csv"),
    ],
)
def test_wrong_words(nhip, words):
    assert nhip(*words)[0] == 2


def test_a_file_without_its_period_or_that_is_no_file_of_records(nhip, tmp_path):
    assert "--period" in nhip("import", written(tmp_path, SAME))[2]
    for name, text in (("a.json", "{"), ("b.json", '"x"'), ("c.jsonl", "[]"), ("d.csv", HEADS), ("e.xlsx", "no")):
        assert nhip("import", written(tmp_path, text, name), "--period", "2026-06")[0] == 2
