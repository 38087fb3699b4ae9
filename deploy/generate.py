"""Writes again what is derived from the declarations: `make generate`. A test compares it with what is committed."""

from pathlib import Path

from dashboards.handbook import handbook
from metrics.catalogue import CATALOGUE

HANDBOOK = Path(__file__).parents[1] / "docs" / "kpis"


def main() -> None:
    HANDBOOK.mkdir(exist_ok=True)
    pages = handbook(CATALOGUE)
    for stray in set(HANDBOOK.glob("*.md")) - {HANDBOOK / name for name in pages}:
        stray.unlink()
    for name, text in pages.items():
        (HANDBOOK / name).write_text(text)


if __name__ == "__main__":
    main()
