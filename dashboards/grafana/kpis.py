"""Panels of KPIs, as their declarations say."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboards.grafana import figures
from dashboards.grafana.bounds import RANGE, Days
from dashboards.grafana.frame import said
from dashboards.grafana.panels import Look, Panel, course, row, stat, table
from dashboards.texts import Lang, pick
from metrics.catalogue import CATALOGUE, FAMILIES
from metrics.display import AFTER
from metrics.kpi import Family, Kpi
from metrics.readings.prose import definition
from metrics.unit import Unit, decimals

GREEN, ORANGE, RED = "green", "orange", "red"
LOCALE = {Unit.PERCENT: "percent", Unit.COUNT: "locale"}


def named(kpi: Kpi) -> str:
    return f"{kpi.id}.v{kpi.version}"


def means(kpi: Kpi, lang: Lang) -> str:
    """The definition in words, its regulation and version."""
    return f"{pick(definition(kpi), lang)}\n\n{kpi.source.act} · {named(kpi)}"


def look(kpi: Kpi, lang: Lang) -> Look:
    """Values come cut; Grafana shows as many decimals as they have and rounds nothing."""
    unit = LOCALE.get(kpi.unit, f"suffix:{pick(AFTER[kpi.unit], lang)}" if AFTER[kpi.unit].vi else "none")
    link = f"${{nhip}}/kpi/{kpi.id}?period=${{__to:date:YYYY-MM}}"
    return Look(pick(kpi.title, lang), unit, decimals(kpi.unit), link=(said("open_nhip", lang), link))


def state(lang: Lang) -> Look:
    """Against the limits that hold: a word and a colour, never a colour alone."""
    texts = {
        "0": (said("inside", lang), GREEN),
        "1": (said("warn", lang), ORANGE),
        "2": (said("act", lang), RED),
    }
    return Look(said("state", lang), texts=texts)


def tile(kpi: Kpi, lang: Lang, span: Days = RANGE, key: str = "tile", **size: int) -> Panel:
    """A figure of the province with its state. A count depends on how long the range is, and is held to no limit."""
    title, about = pick(kpi.title, lang), means(kpi, lang)
    if kpi.unit is Unit.COUNT:
        return stat(f"{key}:{named(kpi)}", title, about, figures.row([kpi], some_agencies=False, span=span),
                    {kpi.id: look(kpi, lang)}, **size)  # fmt: skip
    fields = {"value": look(kpi, lang), "state": state(lang)}
    return stat(f"{key}:{named(kpi)}", title, about, [figures.judged_by_limits(kpi, span)], fields, **size)


def of_agencies(kpi: Kpi, lang: Lang, **size: int) -> Panel:
    """Of the agencies chosen on the board with all below them, together."""
    asked = figures.row([kpi], some_agencies="agency" in kpi.dimensions())
    return stat(f"one:{named(kpi)}", pick(kpi.title, lang), means(kpi, lang), asked, {kpi.id: look(kpi, lang)}, **size)


def by_day(kpi: Kpi, lang: Lang, **size: int) -> Panel:
    title = f"{pick(kpi.title, lang)} – {said('by_day', lang)}"
    sql = figures.by_day(kpi, some_agencies="agency" in kpi.dimensions())
    shown = replace(look(kpi, lang), steps=((None, GREEN),))
    return course(f"day:{named(kpi)}", title, means(kpi, lang), sql, shown, **size)


def by_agency(kpis: Sequence[Kpi], lang: Lang, **size: int) -> Panel:
    link = (said("open_nhip", lang), "${nhip}/agencies/${__data.fields[0]}")
    fields = {
        "agency": Look(said("agency", lang), "string", link=link),
        "name": Look(said("agency_name", lang), "string"),
        **{kpi.id: replace(look(kpi, lang), link=(said("behind", lang), _behind(kpi))) for kpi in kpis},
    }
    return table(
        "by_agency", said("by_agency", lang), said("by_agency_means", lang), figures.by_agency(kpis), fields, **size
    )


def _behind(kpi: Kpi) -> str:
    page = f"{kpi.id}/dossiers" if kpi.has_dossiers else kpi.id
    return f"${{nhip}}/kpi/{page}?period=${{__to:date:YYYY-MM}}&agency=${{__data.fields[0]}}"


def families(lang: Lang) -> Iterator[Panel]:
    """Every definition there is, a closed row a family; one added by a file on the path is there, too."""
    for family in FAMILIES:
        yield row(f"family:{family.id}", pick(family.title, lang), list(_family(family, lang)))


def _family(family: Family, lang: Lang) -> Iterator[Panel]:
    """What knows agencies is asked of the chosen ones; the rest is the province's."""
    kpis = [kpi for kpi in CATALOGUE if kpi.family == family and not kpi.of_petitions]
    for some, part in ((True, [k for k in kpis if _of_agencies(k)]), (False, [k for k in kpis if not _of_agencies(k)])):
        if part:
            key = f"family:{family.id}:{'agencies' if some else 'province'}"
            about = "\n\n".join(f"**{pick(kpi.title, lang)}** {means(kpi, lang)}" for kpi in part)
            yield stat(key, pick(family.title, lang), about, figures.row(part, some_agencies=some),
                       {kpi.id: look(kpi, lang) for kpi in part}, w=24, h=4 + 2 * (len(part) // 4))  # fmt: skip


def _of_agencies(kpi: Kpi) -> bool:
    return "agency" in kpi.dimensions()
