"""What a new store knows of holidays: the `holidays` library, corrected by decisions.csv, which has the swaps.

A later version of either only adds rows, and only about days of which nobody but the seed has decided.
"""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path

from holidays.countries.vietnam import Vietnam

from dashboards.calendar import Entry
from metrics.calendar import Kind
from metrics.words import Text

DECISIONS = Path(__file__).with_name("decisions.csv")
YEARS = range(2018, 2031)
DECIDED_TO = 2026
"""The last year whose holidays the Prime Minister has fixed, as far as the data of this version goes."""
NEW_LABOUR_CODE = 2021
CULTURE = "Ngày Văn hóa Việt Nam"
SEED = "nhip"
"""The actor of what was seeded."""


def seeds() -> list[Entry]:
    """By day; our own decisions stand over the library's."""
    found = {each.day: each for part in (_holidays(), _make_up_days(), _decisions()) for each in part}
    return [found[day] for day in sorted(found)]


def _holidays() -> Iterator[Entry]:
    english = _named(YEARS, "en_US")
    for day, name in _named(YEARS, "vi").items():
        yield Entry(day, Kind.OFF, None, Text(name, english[day]), _law(day, name), day.year > DECIDED_TO)


def _named(years: range, language: str) -> Vietnam:
    return Vietnam(years=years, language=language)  # type: ignore[no-untyped-call]


def _make_up_days() -> Iterator[Entry]:
    name = Text("Làm bù", "Make-up working day")
    for year in YEARS:
        for day in _named(range(year, year + 1), "vi").weekend_workdays:
            if day.year in YEARS:
                yield Entry(day, Kind.WORK, None, name, _library(), day.year > DECIDED_TO)


def _decisions() -> Iterator[Entry]:
    with DECISIONS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield _decision(row)


def _decision(row: Mapping[str, str]) -> Entry:
    swap = date.fromisoformat(row["swap"]) if row["swap"] else None
    name = Text(row["name_vi"], row["name_en"])
    day, kind = date.fromisoformat(row["day"]), Kind(row["kind"])
    return Entry(day, kind, swap, name, row["why"], row["provisional"] == "yes")


def _law(day: date, name: str) -> str:
    if name.startswith(CULTURE):
        return f"Nghị quyết 80-NQ/TW ngày 07/01/2026 ({_library()})"
    new = day.year >= NEW_LABOUR_CODE
    return f"Bộ luật Lao động {'2019, Điều 111 và 112' if new else '2012, Điều 115'} ({_library()})"


def _library() -> str:
    return f"thư viện holidays {version('holidays')}"
