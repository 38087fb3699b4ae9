"""`nhip catalogue`: every KPI's definition."""

from argparse import Namespace
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from dashboards.api.models import Definition
from deploy.output import say_json
from deploy.settings import Settings
from metrics.catalogue import CATALOGUE
from metrics.readings.prose import definition


def problems(_given: Namespace) -> Iterator[str]:
    return iter(())


def run(given: Namespace, _settings: Settings) -> int:
    if given.json:
        say_json([Definition.of(kpi, definition(kpi)).model_dump(mode="json") for kpi in CATALOGUE])
    else:
        Console().print(table())
    return 0


def table() -> Table:
    drawn = Table("Chỉ số", "id", "Bản", "Định nghĩa", "Căn cứ", title="Danh mục chỉ số", title_justify="left")
    for kpi in CATALOGUE:
        drawn.add_row(kpi.title.vi, f"{kpi.id}", str(kpi.version), definition(kpi).vi, kpi.source.act)
    return drawn
