"""What thresholds look at beside KPIs: late dossiers, the age of the data, dead letters, drift."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from clickhouse_connect.driver.client import Client

from dashboards.agencies import Agency, lineage
from dashboards.ages import as_of
from dashboards.alerts.seen import number_of, share_of
from dashboards.late import Window, by_agency
from dashboards.late_then import late_then as counted_then
from dashboards.pipeline import Progress
from dashboards.store import ask
from metrics.alerting.alert import Seen, Sight
from metrics.catalogue import CATALOGUE
from metrics.display import decimal

WINDOWS: Mapping[str, Window] = {
    "overdue": Window.OVERDUE,
    "due_24h": Window.DAY,
    "due_3d": Window.THREE_DAYS,
    "due_7d": Window.SEVEN_DAYS,
}
NEVER = Seen(away=Sight.NO_DATA)
HOUR = timedelta(hours=1)


def late(
    client: Client, now: datetime, known: Mapping[str, Agency], agencies: Collection[str | None]
) -> dict[tuple[str, str | None], Seen]:
    """Of each list and agency, with all below it; the province has what is nobody's, too."""
    own = {code: [counts[window] for window in WINDOWS.values()] for code, counts in by_agency(client, now).items()}
    sums = with_those_below(own, known, agencies, len(WINDOWS))
    return {(name, code): number_of(sums[code][place]) for code in agencies for place, name in enumerate(WINDOWS)}


def late_then(
    client: Client,
    moments: Sequence[datetime],
    asked: str,
    known: Mapping[str, Agency],
    agencies: Collection[str | None],
) -> dict[str | None, list[Seen]]:
    """Of one list, at each of the moments: by agency, with all below it as they are today."""
    own = counted_then(client, moments, WINDOWS[asked])
    sums = with_those_below(own, known, agencies, len(moments))
    return {code: [number_of(number) for number in numbers] for code, numbers in sums.items()}


def with_those_below(
    own: Mapping[str, Sequence[int]], known: Mapping[str, Agency], agencies: Collection[str | None], width: int
) -> dict[str | None, list[int]]:
    """Numbers side by side, each the sum over the agency and all below it."""
    sums: dict[str | None, list[int]] = {code: [0] * width for code in agencies}
    for code, numbers in own.items():
        for above in {None, code, *(each.agency for each in lineage(known, code))} & set(agencies):
            sums[above] = [one + other for one, other in zip(sums[above], numbers, strict=True)]
    return sums


def data_age(progress: Sequence[Progress], now: datetime) -> Seen:
    """Hours since the moment up to which the figures are complete; of sources that ever brought something."""
    known = [at for kpi in CATALOGUE if (at := as_of(kpi, progress)) is not None]
    if not known:
        return NEVER
    hours = Fraction(max(now - min(known), timedelta(0)) // timedelta(seconds=1), 3600)
    return Seen("now", hours, shown=f"{decimal(int(hours * 10), 1)} giờ")


def dead_letter_share(client: Client) -> Seen:
    """Of all lines that are known one by one: dossiers, steps, transactions and the dead letters themselves."""
    tables = ("dossier", "step", "payment", "dead_letter")
    counts = ", ".join(f"(SELECT count() FROM {table} FINAL)" for table in tables)
    ((*kept, dead),) = ask(client, f"SELECT {counts}")
    return share_of(int(dead), sum(map(int, kept)) + int(dead))
