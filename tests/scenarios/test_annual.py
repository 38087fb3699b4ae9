"""What the articles print of yearly indices comes out to the digit, through the files, the command and the store."""

import csv
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from dashboards.indices import criteria, scores
from dashboards.store import connect
from deploy.cli import main
from deploy.migrate import migrate
from metrics.annual import field, losses, moves, printed
from metrics.display import percent
from tests.scenarios.annual import HA_NAM_PAPI, HEAD, MOVES, PUBLISHED, ZERO, dong_thap, ha_nam_criteria
from tests.support.store import store


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("annual")
    with store(folder) as running, pytest.MonkeyPatch.context() as patch:
        migrate(running.url)
        patch.setenv("NHIP_CLICKHOUSE", running.url)
        patch.setenv("NHIP_DATA", str(folder))
        patch.setattr("deploy.cli._stop_on_signals", lambda: None)
        for path in (xlsx(folder), criteria_csv(folder), league_csv(folder)):
            assert main(["index", "import", str(path)]) == 0
            assert main(["index", "import", str(path)]) == 0  # again changes nothing
        yield running.url


def xlsx(folder: Path) -> Path:
    """Two sheets, Vietnamese heads, numbers as Excel keeps them."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Chỉ số", "Đơn vị", "Năm", "Điểm", "Xếp hạng", "Trong số"])
    for index, unit, year, score, rank, ranked_of in PUBLISHED:
        sheet.append([index, unit, year, score and float(score.replace(",", ".")), rank, ranked_of])
    other = book.create_sheet("PAPI 2021")
    other.append(HEAD)
    other.append(HA_NAM_PAPI)
    book.save(folder / "indices.xlsx")
    return folder / "indices.xlsx"


def criteria_csv(folder: Path) -> Path:
    """Semicolons and decimal commas, as Excel writes them."""
    names, path = dict(ZERO), folder / "criteria.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(
            ["Chỉ số", "Đơn vị", "Năm", "Mã tiêu chí", "Tên tiêu chí", "Điểm đạt", "Điểm tối đa", "Chỉ số trực tiếp"]
        )
        for code, points, maximum in ha_nam_criteria():
            fed = "online_submission_rate on_time_resolution" if code == "TC-04.1" else ""
            writer.writerow(
                ["PAR INDEX", "Hà Nam", 2021, code, names.get(code, f"Tiêu chí {code}"), points, maximum, fed]
            )
    return path


def league_csv(folder: Path) -> Path:
    path = folder / "league.csv"
    counts = {"so": 17, "huyen": 12}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["index", "tier", "unit", "year", "score", "self_score", "rank", "ranked_of"])
        for tier, unit, year, score, own, rank in dong_thap():
            writer.writerow(["par_units", tier, unit, year, score, own, rank, counts[tier]])
    return path


def test_ranks_and_changes_are_those_of_the_articles(url):
    found = {(each.index, each.unit, each.year): (each, moved) for each, moved in moves(scores(connect(url)))}
    for key, (rank, places, points) in MOVES.items():
        each, moved = found[key]
        assert f"{each.rank}/{each.ranked_of}" == rank
        assert moved is not None
        assert str(moved.places) == places
        assert moved.score == (None if points is None else Decimal(points))
        assert moved.broken is None


def test_scores_are_printed_as_they_were(url):
    found = {(each.index, each.unit, each.year): each.score for each in scores(connect(url))}
    for index, unit, year, score, _, _ in [*PUBLISHED, HA_NAM_PAPI]:
        kept = found[index.lower().replace(" ", "_"), unit, year]
        assert (None if kept is None else printed(kept)) == score
    assert printed(Decimal("4.42"), sign=True) == "+4,42"


def test_a_year_that_is_not_loaded_gives_no_change(url):
    found = {(each.index, each.unit, each.year): moved for each, moved in moves(scores(connect(url)))}
    assert found["papi", "Hà Nam", 2021] is None
    assert found["sipas", "Bến Tre", 2022] is None


def test_22_of_43_criteria_lost_points_and_3_have_none(url):
    found = [each for each in criteria(connect(url)) if each.unit == "Hà Nam"]
    lost = losses(found)
    assert (lost.criteria, lost.below, lost.zero) == (43, 22, 3)
    assert percent(lost.below, lost.criteria) == "51,1 %"
    assert percent(lost.zero, lost.criteria) == "6,9 %"
    assert {each.title for each in found if each.points == 0} == {name for _, name in ZERO}
    [post] = [each for each in found if each.criterion == "TC-04.1"]
    assert post.kpis == ("online_submission_rate", "on_time_resolution")


def test_the_league_of_dong_thap(url):
    rows = [row for row in moves(scores(connect(url))) if row[0].index == "par_units" and row[0].year == 2021]
    departments = field([row for row in rows if row[0].tier == "so"])
    districts = field([row for row in rows if row[0].tier == "huyen"])
    assert (departments.units, departments.good, departments.rose, departments.fell) == (17, 16, 15, 2)
    assert [percent(n, 17) for n in (16, 15, 2)] == ["94,1 %", "88,2 %", "11,7 %"]
    assert (districts.units, districts.good) == (12, 6)
    of_districts = [each.score for each, _ in rows if each.tier == "huyen" and each.score is not None]
    assert percent(sum(score >= 90 for score in of_districts), 12) == "0,0 %"
    assert percent(sum(score < 70 for score in of_districts), 12) == "0,0 %"
    best = next(each for each, _ in rows if each.rank == 1 and each.tier == "so")
    assert (best.unit, best.score, best.self_score) == ("Sở Kế hoạch và Đầu tư", Decimal("90.94"), Decimal("95.5"))
    assert next(each.score for each, _ in rows if each.unit == "Huyện Châu Thành") == Decimal("88.68")


def test_the_list_says_it_too(url, capsys):
    assert main(["index", "list", "--json"]) == 0
    rows = {(row["index"], row["unit"], row["year"]): row for row in json.loads(capsys.readouterr().out)}
    ha_nam = rows["par_index", "Hà Nam", 2021]
    assert (ha_nam["score"], ha_nam["rank"], ha_nam["rank_change"]) == (81.51, 60, -17)
    assert (ha_nam["criteria"], ha_nam["below_maximum"], ha_nam["zero"]) == (43, 22, 3)
    assert main(["index", "list"]) == 0
    assert "81,51" in capsys.readouterr().out


def test_criteria_that_a_new_import_leaves_out_are_gone(url, tmp_path, capsys):
    path = tmp_path / "less.csv"
    path.write_text(
        "index,unit,year,criterion,name,points,maximum\npci,Hà Nam,2021,A,Một,1,2\npci,Hà Nam,2021,B,Hai,2,2\n"
    )
    assert main(["index", "import", str(path)]) == 0
    path.write_text("index,unit,year,criterion,name,points,maximum\npci,Hà Nam,2021,A,Một,1.5,2\n")
    assert main(["index", "import", str(path)]) == 0
    [only] = [each for each in criteria(connect(url)) if each.index == "pci"]
    assert (only.criterion, only.points) == ("A", Decimal("1.5"))
