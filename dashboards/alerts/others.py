"""What thresholds look at beside KPIs: late dossiers, the age of the data, dead letters, drift."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from clickhouse_connect.driver.client import Client

from dashboards.agencies import Agency, lineage
from dashboards.ages import as_of
from dashboards.alerts.seen import number_of, share_of
from dashboards.late import Window, by_agency
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
    own = by_agency(client, now)
    sums = {(name, agency): 0 for name in WINDOWS for agency in agencies}
    for code, counts in own.items():
        above = {None, code, *(each.agency for each in lineage(known, code))}
        for agency in above & set(agencies):
            for name, window in WINDOWS.items():
                sums[name, agency] += counts[window]
    return {key: number_of(number) for key, number in sums.items()}


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
