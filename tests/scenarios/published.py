"""Figures that provinces have printed, as far as definitions cover them: tests/golden/published_figures.csv.

Percentages in these articles are cut after one decimal: 45,646 of 91,919 is printed 49,6 %, though 49,66 would round
to 49,7; 1,745 of 3,377 is printed 51,6 %, though 51,67 would round to 51,7.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).parents[1] / "golden" / "published_figures.csv"


@dataclass(frozen=True, slots=True)
class Published:
    """One printed figure. `procedure` asks for one service of the list by procedure."""

    province: str
    period: str
    kpi: str
    numerator: int
    denominator: int | None
    display: str
    source: str
    procedure: str | None = None


CRIMINAL_RECORD = "2.000488"
HEADLINE = ("services_with_dossiers", "online_submission_rate", "payment_transactions")


def _read() -> Iterator[Published]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Published(
                row["tỉnh"],
                row["kỳ"],
                row["định nghĩa"],
                int(row["tử số"]),
                int(row["mẫu số"]) if row["mẫu số"] else None,
                row["hiển thị"],
                row["nguồn"],
                row["thủ tục"] or None,
            )


PUBLISHED = tuple(_read())


def of(province: str, procedure: str | None = None, *, headline: bool | None = None) -> tuple[Published, ...]:
    mine = (each for each in PUBLISHED if each.province == province and each.procedure == procedure)
    return tuple(each for each in mine if headline in {None, each.kpi in HEADLINE})


BEN_TRE, BEN_TRE_TOO = (of("Bến Tre", headline=headline) for headline in (True, False))
DIEN_BIEN, DIEN_BIEN_TOO = (of("Điện Biên", CRIMINAL_RECORD, headline=headline) for headline in (True, False))
"""The others are figures of the family `service`."""
