"""The seven boards, each in Vietnamese and English."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from dashboards.grafana import kpis, lists
from dashboards.grafana.bounds import MONTH, WEEK
from dashboards.grafana.frame import age, agency, board, choice, said
from dashboards.grafana.panels import Json, Look, Panel, course, stat, table
from dashboards.texts import Lang
from metrics.catalogue import HEADLINE, USUAL

TEXT, NUMBER, MOMENT = "string", "locale", "dateTimeAsLocal"
LEVELS = {"1": ("warn", "orange"), "2": ("act", "red")}

PORTAL = [kpi for kpi in USUAL if kpi not in HEADLINE]
OF_AGENCIES = [kpi for kpi in HEADLINE if "agency" in kpi.dimensions()]


def wall(lang: Lang, address: str) -> Json:
    """Large numbers of today, nothing to scroll: `?kiosk&autofitpanels`."""
    panels = [
        *(kpis.tile(kpi, lang, key="wall", w=6, h=6) for kpi in HEADLINE),
        _overdue(lang, w=6, h=6),
        *(kpis.tile(kpi, lang, key="wall", w=6, h=6) for kpi in PORTAL[1:2]),
        age(lang, w=12, h=6),
        _open_alerts(lang, w=24, h=8),
    ]
    return board("wall", lang, panels, address=address, range_=("now/d", "now"), refresh="10s")


def overview(lang: Lang, address: str) -> Json:
    panels = [
        *(kpis.of_agencies(kpi, lang, w=6, h=4) for kpi in HEADLINE),
        *(kpis.of_agencies(kpi, lang, w=6, h=4) for kpi in PORTAL),
        age(lang, w=6, h=4),
        *(kpis.by_day(kpi, lang, w=12, h=8) for kpi in HEADLINE),
        *kpis.families(lang),
    ]
    return board("overview", lang, panels, address=address, variables=[agency(lang)])


def agencies(lang: Lang, address: str) -> Json:
    link = (said("open_nhip", lang), "${nhip}/late?window=overdue&agency=${__data.fields[0]}")
    late = {
        "agency": Look(said("agency", lang), TEXT, link=link),
        "name": Look(said("agency_name", lang), TEXT),
        "late": Look(said("overdue", lang), NUMBER),
    }
    panels = [
        *(kpis.of_agencies(kpi, lang, w=6, h=4) for kpi in HEADLINE),
        kpis.by_agency(OF_AGENCIES, lang, w=24, h=12),
        *(kpis.by_day(kpi, lang, w=8, h=8) for kpi in OF_AGENCIES[:3]),
        table("late", said("late_by_agency", lang), said("overdue_means", lang), lists.overdue_by_agency(), late,
              w=12, h=10),
        _overdue(lang, some_agencies=True, w=6, h=5),
        age(lang, w=6, h=5),
    ]  # fmt: skip
    return board("agency", lang, panels, address=address, variables=[agency(lang)])


def services(lang: Lang, address: str) -> Json:
    link = (said("open_nhip", lang), "${nhip}/services?period=${__to:date:YYYY-MM}")
    fields = {
        "procedure": Look(said("procedure", lang), TEXT, link=link),
        "name": Look(said("service", lang), TEXT),
        "field": Look(said("field", lang), TEXT),
        "received": Look(said("received", lang), NUMBER),
        "received_online": Look(said("received_online", lang), NUMBER),
    }
    panels = [
        *(kpis.of_agencies(kpi, lang, w=9, h=5) for kpi in HEADLINE[:2]),
        age(lang),
        table(
            "services", said("by_service", lang), said("by_service_means", lang), lists.services(), fields, w=24, h=20
        ),
    ]
    chosen = [agency(lang), choice("field", lang, lists.fields())]
    return board("services", lang, panels, address=address, variables=chosen)


def pipeline(lang: Lang, address: str) -> Json:
    progress = {
        "stream": Look(said("stream", lang), TEXT),
        "partitions": Look(said("partitions", lang), NUMBER),
        "records": Look(said("records", lang), NUMBER),
        "newest": Look(said("newest", lang), MOMENT),
        "written_at": Look(said("written_at", lang), MOMENT),
        "delay": Look(said("delay", lang), "s"),
    }
    dead = {"kind": Look(said("kind", lang), TEXT), "lines": Look(said("lines", lang), NUMBER)}
    looked = {
        "age": Look(said("looks", lang), "s", 0, ((None, "green"), (120, "red"))),
        "watched": Look(said("watched", lang), NUMBER),
    }
    means = said("lag_means", lang)
    panels = [
        age(lang, w=12),
        stat("looks", said("looks", lang), said("looks_means", lang), [lists.looks()], looked, w=12),
        course("lag", said("lag", lang), means, lists.lag(), Look(unit="locale", steps=((None, "green"),)), w=24, h=8),
        table("progress", said("progress", lang), said("progress_means", lang), lists.progress(), progress, w=24, h=8),
        table("dead", said("dead", lang), said("dead_means", lang), lists.dead(), dead, w=8, h=10),
        table("reasons", said("dead_last", lang), said("dead_means", lang), lists.reasons(),
              dead | {"reason": Look(said("reason", lang), TEXT)}, w=16, h=10),
    ]  # fmt: skip
    return board("pipeline", lang, panels, address=address, range_=("now-6h", "now"), refresh="30s")


def alerts(lang: Lang, address: str) -> Json:
    limits = {
        "subject": Look(said("subject", lang), TEXT, link=(said("open_nhip", lang), "${nhip}/alerts")),
        **{name: Look(said(name, lang), TEXT) for name in ("over", "direction", "agency")},
        "warn": Look(said("warn", lang)),
        "act": Look(said("act", lang)),
        "actor": Look(said("who", lang), TEXT),
        "why": Look(said("why", lang), TEXT),
        "since": Look(said("since", lang), MOMENT),
    }
    noisy = {"threshold": Look(said("threshold", lang), TEXT), "fired": Look(said("fired", lang), NUMBER)}
    happened = {
        "time": Look(said("since", lang), MOMENT),
        "what": Look(said("what", lang), TEXT),
        "level": _level(lang),
        "threshold": Look(said("threshold", lang), TEXT),
        "agency": Look(said("agency", lang), TEXT),
        "shown": Look(said("number", lang), TEXT),
    }
    panels = [
        _open_alerts(lang, w=18, h=10),
        age(lang),
        table("limits", said("in_force", lang), said("in_force_means", lang), lists.in_force(), limits, w=24, h=10),
        table("noisy", said("noisy", lang), said("open_alerts_means", lang), lists.noisiest(), noisy, w=8, h=10),
        table("history", said("history", lang), said("open_alerts_means", lang), lists.history(), happened, w=16, h=10),
    ]
    return board("alerts", lang, panels, address=address, range_=("now-7d", "now"))


def leaders(lang: Lang, address: str) -> Json:
    """The week and the month in which the range ends."""
    panels = [age(lang, w=24, h=3)]
    for key, span in (("week", WEEK), ("month", MONTH)):
        panels += [_named(kpis.tile(kpi, lang, span, key, w=6, h=6), said(key, lang)) for kpi in HEADLINE]
    panels += [_overdue(lang, w=6, h=6), _open_alerts(lang, w=18, h=6)]
    return board("leaders", lang, panels, address=address, refresh="5m")


def _named(panel: Panel, span: str) -> Panel:
    return Panel(panel.key, panel.w, panel.h, panel.body | {"title": f"{panel.body['title']} – {span}"})


def _overdue(lang: Lang, *, some_agencies: bool = False, **size: int) -> Panel:
    look = Look(said("overdue", lang), NUMBER, 0, link=(said("open_nhip", lang), "${nhip}/late?window=overdue"))
    return stat(
        "overdue",
        said("overdue", lang),
        said("overdue_means", lang),
        [lists.overdue(some_agencies=some_agencies)],
        {"overdue": look},
        **size,
    )


def _open_alerts(lang: Lang, **size: int) -> Panel:
    fields = {
        "threshold": Look(said("threshold", lang), TEXT, link=(said("open_nhip", lang), "${nhip}/alerts")),
        "agency": Look(said("agency", lang), TEXT),
        "level": _level(lang),
        "shown": Look(said("number", lang), TEXT),
        "since": Look(said("since", lang), MOMENT),
    }
    return table(
        "open", said("open_alerts", lang), said("open_alerts_means", lang), lists.open_alerts(), fields, **size
    )


def _level(lang: Lang) -> Look:
    texts = {value: (said(word, lang), colour) for value, (word, colour) in LEVELS.items()}
    return Look(said("level", lang), texts=texts)


BOARDS: Mapping[str, Callable[[Lang, str], Json]] = MappingProxyType(
    {
        "wall": wall,
        "overview": overview,
        "agency": agencies,
        "services": services,
        "pipeline": pipeline,
        "alerts": alerts,
        "leaders": leaders,
    }
)


def boards(address: str) -> Iterator[Json]:
    """All of them; `address` is nhip's own board, where drill-down leads."""
    for make in BOARDS.values():
        for lang in Lang:
            yield make(lang, address)
