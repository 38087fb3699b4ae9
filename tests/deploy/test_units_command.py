"""`nhip units` and `nhip index`, as staff type them, with good files and bad ones."""

import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from deploy.migrate import connect
from tests.support.terminal import Terminal

AGENCIES = (
    ("H07", date(1900, 1, 1), date(2025, 6, 30), "UBND tỉnh Bến Tre"),
    ("H59", date(1900, 1, 1), date(2025, 6, 30), "UBND tỉnh Trà Vinh"),
    ("H61", date(1900, 1, 1), None, "UBND tỉnh Vĩnh Long"),
)


@pytest.fixture(scope="module")
def known(url: str) -> None:
    columns = ["agency", "valid_from", "valid_to", "name", "version"]
    connect(url).insert("agency", [[*row, 1] for row in AGENCIES], column_names=columns)


@pytest.fixture
def nhip(terminal: Terminal, known: None) -> Terminal:
    return terminal


def written(folder: Path, text: str, name: str = "succession.csv") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


GOOD = 'predecessor,successor,date,share\nH07,H61,2025-07-01,1\nH59,H61,1/7/2025,"1,0"\n'


def test_links_are_imported_and_listed(nhip, tmp_path):
    assert nhip("units", "import", written(tmp_path, GOOD))[0] == 0
    assert json.loads(nhip("units", "succession", "--json")[1]) == [
        {"predecessor": "H07", "successor": "H61", "date": "2025-07-01", "share": 1.0},
        {"predecessor": "H59", "successor": "H61", "date": "2025-07-01", "share": 1.0},
    ]
    [ben_tre, _, vinh_long] = json.loads(nhip("units", "list", "--json")[1])
    assert ben_tre == {
        "agency": "H07", "name": "UBND tỉnh Bến Tre", "from": None, "to": "2025-06-30", "predecessors": [],
        "successors": ["H61"],
    }  # fmt: skip
    assert vinh_long["predecessors"] == ["H07", "H59"]
    assert "Đơn vị cũ" in nhip("units", "succession")[1]


def test_every_problem_is_listed_and_nothing_is_imported(nhip, tmp_path):
    assert nhip("units", "import", written(tmp_path, GOOD))[0] == 0
    bad = "Đơn vị cũ;Đơn vị mới;Ngày;Tỷ lệ\nH07;H61;31/6/2025;1\nH59;;2025-07-01;một phần\n"
    status, out, err = nhip("units", "import", written(tmp_path, bad))
    assert (status, out) == (2, "")
    for said in ("line 2: date: '31/6/2025' is no date", "line 3: successor is missing", "line 3: share: 'một phần'"):
        assert said in err
    wrong = "predecessor,successor,date,share\nH07,H61,2025-07-01,0.8\nH07,H59,2025-07-01,0.8\nH99,H61,2025-07-01,1\n"
    status, _, err = nhip("units", "import", written(tmp_path, wrong))
    assert status == 2
    for said in ("H07: its shares add up to 1.6", "H59 already ended on 2025-06-30", "H99 is not in the catalogue"):
        assert said in err
    assert len(json.loads(nhip("units", "succession", "--json")[1])) == 2


def test_other_ways_to_write_codes(nhip, tmp_path):
    text = "Mã đơn vị,Cách viết,Từ ngày,Đến ngày\nH61,000.00.00.H61,,\nH07,UBND tỉnh Bến Tre,,30/6/2025\n"
    assert nhip("units", "import", written(tmp_path, text, "codes.csv"))[0] == 0
    assert json.loads(nhip("units", "aliases", "--json")[1]) == [
        {"agency": "H07", "written": "UBND tỉnh Bến Tre", "from": None, "to": "2025-06-30"},
        {"agency": "H61", "written": "000.00.00.H61", "from": None, "to": None},
    ]
    double = text + "H61,ubnd tỉnh  bến tre,2025-06-30,\n"
    status, _, err = nhip("units", "import", written(tmp_path, double, "codes.csv"))
    assert status == 2
    assert "line 4: 'ubnd tỉnh bến tre' means H61 here and H07 in codes.csv line 3" in err


def test_the_reform_is_built_in(nhip):
    provinces = json.loads(nhip("units", "provinces", "--json")[1])
    assert (len(provinces), sum(len(each["before"]) for each in provinces)) == (34, 63)
    assert sum(each["communes"] for each in provinces) == 3321
    assert len(json.loads(nhip("units", "communes", "86", "--json")[1])) == 124
    assert nhip("units", "communes", "87")[0] == 2


def test_words_that_do_not_fit(nhip):
    assert "WHAT: one of" in nhip("units", "merge")[2]
    assert "FILE: give a CSV" in nhip("units", "import")[2]
    assert "FILE: not for" in nhip("units", "list", "x")[2]
    assert "--dry-run: only for" in nhip("index", "list", "--dry-run")[2]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("par_index,Hà Nam,2021,81.5.1,60,63", "score: '81.5.1' is no number"),
        ("par_index,Hà Nam,2021,81.51,60,", "rank and ranked_of go together"),
        ("par_index,Hà Nam,2021,81.51,64,63", "rank 64 of 63"),
        ("par_index,Hà Nam,2021,81.51,1.5,63", "rank: '1.5' is no whole number"),
        ("par_index,Hà Nam,21,81.51,,", "year: 21 is not between"),
        ("par_index,Hà Nam,,81.51,,", "year is missing"),
        ("par_index,,2021,81.51,,", "unit is missing"),
        ("PAR!,Hà Nam,2021,81.51,,", "index: 'par!' is no name"),
        ("par_index,Hà Nam,2021,,,", "neither a score nor a rank"),
        ("par_index,Hà Nam,2021,-1,,", "score: -1 is not between"),
        ("par_index,Hà Nam,2021,81.51,60,63\nPAR INDEX,Hà Nam,2021,80,59,63", "line 3: repeats"),
        ("papi,Hà Nam,2021,1,20,60\npapi,Bến Tre,2021,1,21,63", "papi 2021: ranked among 60 and among 63 at once"),
        ("par_index,Hà Nam,2021,1,2,3,4", "more cells than the head has columns"),
    ],
)
def test_what_is_wrong_with_an_index(nhip, tmp_path, rows, said):
    path = written(tmp_path, f"index,unit,year,score,rank,ranked_of\n{rows}\n", "index.csv")
    for words in (("index", "import", path), ("index", "import", path, "--dry-run")):
        status, out, err = nhip(*words)
        assert (status, out) == (2, "")
        assert said in err
    assert json.loads(nhip("index", "list", "--json")[1]) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A,Một,3,2,", "3 points of at most 2"),
        ("A,Một,,2,", "points is missing"),
        ("A,Một,0,0,", "maximum is 0"),
        (",Một,1,2,", "criterion is missing"),
        ("A,Một,1,2,no_such_kpi", "there is no KPI 'no_such_kpi'"),
    ],
)
def test_what_is_wrong_with_a_criterion(nhip, tmp_path, row, said):
    text = f"index,unit,year,criterion,name,points,maximum,kpi\npar_index,Hà Nam,2021,{row}\n"
    status, _, err = nhip("index", "import", written(tmp_path, text, "criteria.csv"))
    assert status == 2
    assert said in err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("no.xlsx", b"not a workbook"),
        ("no.csv", b"\xff\xfe\x00binary"),
        ("open.csv", b'index,unit\n"never closed'),
        ("empty.csv", b""),
    ],
)
def test_a_file_that_is_no_table_is_told(nhip, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    for command in ("index", "units"):
        status, out, err = nhip(command, "import", str(tmp_path / name))
        assert (status, out) == (2, "")
        assert name in err


def test_a_dry_run_writes_nothing(nhip, tmp_path):
    book = Workbook()
    book.active.append(["Chỉ số", "Đơn vị", "Năm", "Điểm"])
    book.active.append(["PCI", "Bến Tre", 2022, 67.5])
    book.save(tmp_path / "pci.xlsx")
    status, _, err = nhip("index", "import", str(tmp_path / "pci.xlsx"), "--dry-run")
    assert status == 0
    assert "1 scores and 0 criteria could be imported" in err
    assert json.loads(nhip("index", "list", "--json")[1]) == []
