"""What people ask for: each page and API route with what they would choose there, differently at every click."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from metrics.period import FORMS_BY_NAME, parse
from tests.bench.board.fill import COMMUNES, DEPARTMENTS, ROOT

API = "/api/v1"
BEGUN = 7  # days


@dataclass(frozen=True, slots=True)
class Chooser:
    """Periods, agencies and codes: half of the periods are the running one, the others lie anywhere in the past."""

    rng: Random
    first: date
    until: date
    codes: Sequence[str]

    def period(self) -> str:
        if self.rng.random() < 0.5:
            return self.running()
        form = self.rng.choice(["day", "week", "month", "month", "quarter", "year"])
        day = date.fromordinal(self.rng.randint(self.first.toordinal(), self.until.toordinal()))
        return FORMS_BY_NAME[form](day)

    def running(self) -> str:
        """The month, or a longer one where that has just begun: a run weighs about the same on any day."""
        names = [FORMS_BY_NAME[form](self.until) for form in ("month", "quarter", "year")]
        return next((name for name in names if (self.until - parse(name).first).days >= BEGUN), names[-1])

    def past_month(self) -> str:
        day = date.fromordinal(self.rng.randint(self.first.toordinal(), self.until.toordinal()))
        return FORMS_BY_NAME["month"](day)

    def agency(self) -> str:
        communes = [f"{ROOT}.{n + 100}" for n in range(1, COMMUNES + 1)]
        return self.rng.choice([f"{ROOT}.{n:02}" for n in range(1, DEPARTMENTS + 1)] + communes)

    def kpi(self) -> str:
        return self.rng.choice(KPIS)

    def code(self) -> str:
        return self.rng.choice(self.codes)

    def tier(self) -> str:
        return self.rng.choice(["so", "xa"])

    def window(self) -> str:
        return self.rng.choice(["overdue", "24h", "3d", "7d"])


KPIS = ("services_with_dossiers", "online_submission_rate", "payment_transactions", "on_time_resolution")
RATES = ("online_submission_rate", "on_time_resolution")

Address = Callable[[Chooser], str]
PAGES: Mapping[str, Address] = {
    "/": lambda c: f"/?period={c.period()}",
    "/ of an agency": lambda c: f"/?period={c.period()}&agency={c.agency()}",
    "/wall": lambda _: "/wall",
    "/agencies": lambda c: f"/agencies?period={c.period()}&tier={c.tier()}&kpi={c.rng.choice(RATES)}",
    "/agencies/{code}": lambda c: f"/agencies/{c.agency()}?period={c.period()}",
    "/services": lambda c: f"/services?period={c.period()}",
    "/services of an agency": lambda c: f"/services?period={c.period()}&agency={c.agency()}&used=false",
    "/kpi/{kpi}": lambda c: f"/kpi/{c.kpi()}?period={c.period()}",
    "/kpi/{kpi}/dossiers": lambda c: f"/kpi/{c.kpi()}/dossiers?period={c.period()}",
    "/kpi/{kpi}/dossiers of an agency": lambda c: f"/kpi/{c.kpi()}/dossiers?period={c.period()}&agency={c.agency()}",
    "/dossiers/{code}": lambda c: f"/dossiers/{c.code()}",
    "/late": lambda c: f"/late?window={c.window()}",
    "/late of an agency": lambda c: f"/late?window={c.window()}&agency={c.agency()}",
    "/calendar": lambda c: f"/calendar?year={c.until.year}",
    "/indices": lambda _: "/indices",
    "/portal": lambda c: f"/portal?period={c.period()}",
    "/restatements": lambda _: "/restatements",
    "/quality": lambda c: f"/quality?period={c.period()}",
    "/quality, one check": lambda c: f"/quality?period={c.period()}&check=no_due_date",
    "/tra-cuu": lambda c: f"/tra-cuu?ma={c.code()}",
    "/chart/trend.json": lambda c: f"/chart/trend.json?kpi={c.kpi()}&period={c.period()}",
}
ROUTES: Mapping[str, Address] = {
    "/kpi": lambda c: f"{API}/kpi?period={c.period()}&family=headline",
    "/kpi by agency": lambda c: f"{API}/kpi?period={c.period()}&family=headline&by=agency",
    "/kpi by procedure": lambda c: f"{API}/kpi?period={c.period()}&family=headline&agency={c.agency()}&by=procedure",
    "/series": lambda c: f"{API}/series?kpi={c.kpi()}&period={c.period()}",
    "/league": lambda c: f"{API}/league?kpi={c.rng.choice(RATES)}&period={c.period()}&tier={c.tier()}",
    "/agencies": lambda c: f"{API}/agencies?period={c.period()}",
    "/services": lambda c: f"{API}/services?period={c.period()}",
    "/dossiers": lambda c: f"{API}/dossiers?kpi={c.kpi()}&period={c.period()}&counted=true",
    "/dossiers/{code}": lambda c: f"{API}/dossiers/{c.code()}",
    "/late": lambda c: f"{API}/late?window={c.window()}&agency={c.agency()}",
    "/late/counts": lambda c: f"{API}/late/counts?agency={c.agency()}",
    "/quality": lambda c: f"{API}/quality?period={c.period()}",
    "/failing": lambda c: f"{API}/failing?check=no_due_date&period={c.period()}",
    "/dead": lambda _: f"{API}/dead",
    "/calendar": lambda c: f"{API}/calendar?year={c.until.year}",
    "/indices": lambda _: f"{API}/indices",
    "/portal": lambda c: f"{API}/portal?period={c.period()}",
    "/closes": lambda _: f"{API}/closes",
    "/catalogue": lambda _: f"{API}/catalogue",
    "/healthz": lambda _: "/healthz",
}

ALONE: Mapping[str, Address] = {
    "/kpi, all definitions": lambda c: f"{API}/kpi?period={c.past_month()}",
    "/kpi, QĐ 766": lambda c: f"{API}/kpi?period={c.past_month()}&family=qd766",
    "/kpi of a judged figure (page)": lambda c: f"/kpi/online_share_of_all?period={c.past_month()}",
}
"""What is judged from the facts costs seconds: asked by one person, after the others."""


def unasked(paths: Iterable[str]) -> list[str]:
    """Of the board's paths those that nobody asks for here, so that the report can say so."""
    pages = {what.split()[0].rstrip(",").partition("{")[0] for what in PAGES}
    routes = {what.split()[0].rstrip(",").partition("{")[0] for what in ROUTES}
    return [
        path
        for path in paths
        if path.removeprefix(API).partition("{")[0] not in (routes if path.startswith((API, "/healthz")) else pages)
    ]
