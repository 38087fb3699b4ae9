"""What is generated and committed is what the declarations say now."""

from pathlib import Path

from dashboards.grafana.files import files
from dashboards.handbook import handbook
from deploy.examples import examples
from deploy.generate import GRAFANA, HANDBOOK, write
from metrics.catalogue import CATALOGUE
from tests.golden.test_definitions import ELSEWHERE, OF_EXPORTS, OF_VOICES, SCORES


def committed(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_the_handbook_is_up_to_date():
    assert committed(HANDBOOK) == handbook(CATALOGUE, examples()), "run `make generate`"


def test_every_judged_definition_shows_an_example_that_can_be_checked_by_hand():
    without = [kpi.id for kpi in CATALOGUE if not kpi.of_cells and kpi.id not in examples()]
    told = {*examples(), *ELSEWHERE, *SCORES, *OF_EXPORTS, *OF_VOICES}
    assert [name for name in without if name not in told and name.removesuffix("_points") not in told] == []
    assert "2 / 4 → **50,0 %**" in handbook(CATALOGUE, examples())["on_time_resolution.v1.md"]


def test_grafanas_files_are_up_to_date():
    assert committed(GRAFANA) == files(), "run `make generate`"


def test_what_is_no_more_generated_goes_away(tmp_path):
    write(tmp_path, {"a/b.json": "1", "c.md": "2"})
    write(tmp_path, {"a/b.json": "3"})
    assert committed(tmp_path) == {"a/b.json": "3"}
