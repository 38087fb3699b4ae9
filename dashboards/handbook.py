"""A page of documentation for each KPI, said from its declaration: Vietnamese first, English below."""

import re
from collections.abc import Iterator, Mapping, Sequence

from dashboards.examples import Example, section
from dashboards.judged import names
from metrics.catalogue import DERIVED
from metrics.display import shown
from metrics.fields import needed
from metrics.kpi import TRUSTED, Kpi, Ratio
from metrics.readings.prose import definition
from metrics.readings.sql import sql
from metrics.terms import COUNTED, JUDGED
from metrics.words import FIELDS

BANNER = "<!-- Written by `make generate` from metrics/catalogue/. Edit the declaration, not this page. -->\n"
LONGEST = 400
PLACE_IN_ACT = re.compile(r"[,:;]")
"""What follows is an article, an annex or a remark."""
UNITS = {
    "percent": ("phần trăm, cắt sau một chữ số thập phân", "percent, cut after one decimal"),
    "count": ("số đếm", "count"),
    "number": ("số, cắt sau hai chữ số thập phân", "number, cut after two decimals"),
    "mark": ("điểm, làm tròn một chữ số thập phân", "points, rounded to one decimal"),
    "points": ("điểm, cắt sau hai chữ số thập phân", "points, cut after two decimals"),
    "hours": ("giờ", "hours"),
    "days": ("ngày (24 giờ)", "days of 24 hours"),
    "working_hours": ("giờ làm việc", "working hours"),
    "working_days": ("ngày làm việc (8 giờ)", "working days of 8 hours"),
}
BETTER = {"higher": ("càng cao càng tốt", "higher is better"), "lower": ("càng thấp càng tốt", "lower is better")}


def handbook(kpis: Sequence[Kpi], examples: Mapping[str, Sequence[Example]]) -> dict[str, str]:
    """File name → text; `examples` by the id of the definition."""
    pages = {name_of(kpi): "\n".join((*page(kpi), *section(examples.get(kpi.id, ())))) + "\n" for kpi in kpis}
    return {"README.md": "\n".join(index(kpis)) + "\n", **pages}


def index(kpis: Sequence[Kpi]) -> Iterator[str]:
    yield BANNER
    yield "# Danh mục chỉ số · KPI catalogue\n"
    yield "| chỉ số | KPI | id | phiên bản · version | căn cứ · source |"
    yield "|---|---|---|---|---|"
    for kpi in kpis:
        yield f"| {kpi.title.vi} | {kpi.title.en} | {_link(kpi)} | {kpi.version} | {kpi.source.act} |"
    yield from by_regulation(kpis)


def by_regulation(kpis: Sequence[Kpi]) -> Iterator[str]:
    """Which definitions each act, form or report gives rise to."""
    acts: dict[str, list[str]] = {}
    for kpi in kpis:
        acts.setdefault(PLACE_IN_ACT.split(kpi.source.act)[0], []).append(_link(kpi))
    yield "\n## Theo căn cứ · By regulation\n"
    yield "| căn cứ · source | chỉ số · KPIs |\n|---|---|"
    for act, links in sorted(acts.items()):
        yield f"| {act} | {', '.join(links)} |"


def name_of(kpi: Kpi) -> str:
    return f"{kpi.id}.v{kpi.version}.md"


def _link(kpi: Kpi) -> str:
    return f"[`{kpi.id}`]({name_of(kpi)})"


def page(kpi: Kpi) -> Iterator[str]:
    words, unit, better = definition(kpi), UNITS[kpi.unit], BETTER[kpi.better]
    begins, ends = (day.isoformat() if day else "–" for day in kpi.source.in_force)
    yield BANNER
    yield f"# {kpi.title.vi} · {kpi.title.en}\n"
    yield f"`{kpi.id}` phiên bản · version {kpi.version}\n"
    yield f"**Định nghĩa.** {words.vi}\n"
    yield f"**Definition.** {words.en}\n"
    yield "| | |\n|---|---|"
    yield f"| căn cứ · source | {kpi.source.act} |"
    yield f"| hiệu lực · in force | {begins} → {ends} |"
    yield f"| mức tin cậy · trust | {TRUSTED[kpi.source.trust].vi} · {TRUSTED[kpi.source.trust].en} |"
    yield f"| đơn vị tính · unit | {unit[0]} · {unit[1]} |"
    yield f"| chiều · direction | {better[0]} · {better[1]} |"
    yield f"| coi là cũ sau · stale after | {kpi.freshness} s |"
    if kpi.target is not None:
        aim, said = shown(kpi.unit, kpi.target.value), kpi.target.source
        yield f"| mục tiêu · target | {aim}: {said.act} ({TRUSTED[said.trust].vi}) |"
    yield f"| phụ trách · owner | {kpi.owner} |"
    yield f"| xem theo · lists by | {', '.join(sorted(kpi.dimensions()))} |\n"
    yield from _formula(kpi)


def _formula(kpi: Kpi) -> Iterator[str]:
    if kpi.of_cells:
        yield from _measures(kpi)
    else:
        yield from _conditions(kpi)
    if isinstance(kpi.formula, Ratio):
        yield "\nMẫu số bằng 0: không có giá trị (–), không bao giờ là 0."
        yield "An empty denominator gives no value (–), never 0."


def _measures(kpi: Kpi) -> Iterator[str]:
    yield "## Số đếm · Measures\n"
    yield "| cột · column | bảng · table | ngày theo · dated by | điều kiện · condition |\n|---|---|---|---|"
    for measure in dict.fromkeys(term.measure for term in kpi.terms() if isinstance(term, COUNTED)):
        dated = f"`{measure.dated_by}` ({FIELDS[measure.dated_by].vi})"
        table = f"{measure.facts.table}.{measure.times}" if measure.times else measure.facts.table
        yield f"| `{measure.name}` | `{table}` | {dated} | `{sql(measure.where)}` |"


def _conditions(kpi: Kpi) -> Iterator[str]:
    judged = [term for term in kpi.terms() if isinstance(term, JUDGED)]
    yield "## Điều kiện · Conditions\n"
    for term in judged:
        yield f"* `{sql(term.where)}`"
    derived = list(needed(names(judged), DERIVED))
    if derived:
        yield "\n| trường · field | nghĩa · meaning | biểu thức · expression |\n|---|---|---|"
    for field in derived:
        yield f"| `{field.name}` | {field.text.vi} · {field.text.en} | {_said(field.sql)} |"


def _said(expression: str) -> str:
    """Working time makes an expression of a page's length: such a one is read in the declaration."""
    return f"`{expression}`" if len(expression) <= LONGEST else "→ metrics/course.py, metrics/catalogue/"
