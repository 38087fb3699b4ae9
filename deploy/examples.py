"""The worked examples that the handbook shows: the tables that the tests hold the definitions against."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from dashboards.examples import Example

GOLDEN = Path(__file__).parents[1] / "tests" / "golden"
MONTHS = {"may_2025": "Tháng 5/2025", "june_2026": "Tháng 6/2026", "july_2026": "Tháng 7/2026"}
PUBLISHED = "published_figures.csv"


def examples() -> Mapping[str, list[Example]]:
    """By the id of the definition, those of published figures first."""
    found: dict[str, list[Example]] = {}
    for name, example in (*_published(), *(one for month in MONTHS for one in _of_month(month))):
        found.setdefault(name, []).append(example)
    return found


def _published() -> Iterator[tuple[str, Example]]:
    for row in _rows(PUBLISHED):
        where = f"{row['tỉnh']}, {row['kỳ']}" + (f", thủ tục {row['thủ tục']}" if row["thủ tục"] else "")
        yield row["định nghĩa"], Example(where, PUBLISHED, row["tử số"], row["mẫu số"], row["hiển thị"])


def _of_month(month: str) -> Iterator[tuple[str, Example]]:
    dossiers = {row["hồ sơ"]: row for row in _rows(f"{month}_dossiers.csv")}
    for row in _rows(f"{month}_figures.csv"):
        counted = tuple(row["hồ sơ được tính"].split())
        looked = sorted({*counted, *row["hồ sơ không được tính"].split()})
        yield (
            row["định nghĩa"],
            Example(
                MONTHS[month],
                f"{month}_dossiers.csv",
                row["tử số"],
                row["mẫu số"],
                row["hiển thị"],
                counted,
                [dossiers[letter] for letter in looked],
            ),
        )


def _rows(name: str) -> list[dict[str, str]]:
    with (GOLDEN / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
