"""Writes again what is derived from the declarations: `make generate`. A test compares it with what is committed."""

from collections.abc import Mapping
from pathlib import Path

from dashboards.grafana.files import files
from dashboards.handbook import handbook
from deploy.examples import examples
from metrics.catalogue import CATALOGUE

ROOT = Path(__file__).parents[1]
HANDBOOK = ROOT / "docs" / "kpis"
GRAFANA = ROOT / "deploy" / "grafana"


def main() -> None:
    write(HANDBOOK, handbook(CATALOGUE, examples()))
    write(GRAFANA, files())


def write(folder: Path, texts: Mapping[str, str]) -> None:
    """These files, and no others."""
    for stray in {path for path in folder.rglob("*") if path.is_file()} - {folder / name for name in texts}:
        stray.unlink()
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


if __name__ == "__main__":
    main()
