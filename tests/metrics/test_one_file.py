"""Adding a KPI is adding one file: a folder elsewhere on the Python path is enough."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULE = """
from metrics.kpi import Better, Family, Kpi, Ratio, Source
from metrics.predicate import All, OneOf, Within
from metrics.terms import Dossiers
from metrics.words import Text

FAMILY = Family("ours", Text("Của tỉnh", "Our own"))
RECEIVED = Within("received_at")
KPIS = (
    Kpi("citizens_share", 1, FAMILY, Text("Hồ sơ của công dân", "Dossiers of citizens"),
        Ratio(Dossiers(All((RECEIVED, OneOf("channel", ("1",))))), Dossiers(RECEIVED)),
        Better.HIGHER, Source("Quyết định của tỉnh")),
)
"""
LOOK = """
import json
from dashboards.api.models import Definition
from dashboards.grafana.files import files
from dashboards.handbook import handbook
from dashboards.pages.definitions import FAMILIES
from metrics.catalogue import CATALOGUE
from metrics.readings.prose import definition
ours = next(each for each in CATALOGUE if each.id == "citizens_share")
print(json.dumps({
    "api": Definition.of(ours, definition(ours)).model_dump(mode="json"),
    "page": handbook(CATALOGUE, {})["citizens_share.v1.md"],
    "tabs": [each.id for each in FAMILIES],
    "grafana": [name for name, text in files().items() if "citizens_share" in text],
}))
"""


def test_a_file_elsewhere_is_a_kpi_everywhere(tmp_path):
    folder = tmp_path / "metrics" / "catalogue"
    folder.mkdir(parents=True)
    (folder / "ours.py").write_text(MODULE, encoding="utf-8")
    paths = os.pathsep.join((str(ROOT), str(tmp_path)))
    told = subprocess.run(
        [sys.executable, "-c", LOOK], env=os.environ | {"PYTHONPATH": paths}, capture_output=True, check=True, cwd=ROOT
    )
    found = json.loads(told.stdout)
    assert found["api"]["family"] == "ours"
    assert "kênh thực hiện trực tiếp" in found["api"]["means"]["vi"]
    assert "# Hồ sơ của công dân" in found["page"]
    assert "ours" in found["tabs"]
    assert "dashboards/nhip-overview.json" in found["grafana"]
