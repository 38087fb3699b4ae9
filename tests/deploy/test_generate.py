"""What is generated and committed is what the declarations say now."""

from pathlib import Path

from dashboards.grafana.files import files
from dashboards.handbook import handbook
from deploy.generate import GRAFANA, HANDBOOK, write
from metrics.catalogue import CATALOGUE


def committed(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_the_handbook_is_up_to_date():
    assert committed(HANDBOOK) == handbook(CATALOGUE), "run `make generate`"


def test_grafanas_files_are_up_to_date():
    assert committed(GRAFANA) == files(), "run `make generate`"


def test_what_is_no_more_generated_goes_away(tmp_path):
    write(tmp_path, {"a/b.json": "1", "c.md": "2"})
    write(tmp_path, {"a/b.json": "3"})
    assert committed(tmp_path) == {"a/b.json": "3"}
