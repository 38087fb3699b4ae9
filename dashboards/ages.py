"""How old a figure is: as of when the data that it counts is complete, as far as the store knows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from clickhouse_connect.driver.client import Client

from dashboards.figures import Reading
from dashboards.items import moment
from dashboards.pipeline import Progress
from dashboards.store import ask
from metrics.civil import FIRST_YEAR
from metrics.entity import DOSSIER_FACTS
from metrics.events import Topic
from metrics.kpi import Kpi
from metrics.measure import STREAMS
from metrics.terms import COUNTED, JUDGED


def as_of(kpi: Kpi, progress: Sequence[Progress]) -> datetime | None:
    """Of the streams it is counted from the oldest; None where one of them never brought anything."""
    ages = [stream_as_of(topic, progress) for topic in topics(kpi)] or [catalogue_as_of(progress)]
    known = [age for age in ages if age is not None]
    return min(known) if known and len(known) == len(ages) else None


def stream_as_of(topic: str, progress: Sequence[Progress]) -> datetime | None:
    """The newest event, but never later than it was written: a clock ahead at the source makes nothing fresher."""
    mine = [p for p in progress if p.stream == topic]
    newest = max((p.newest_at for p in mine if p.newest_at), default=None)
    written = max((p.written_at for p in mine), default=None)
    return moment(min(newest, written)) if newest and written else None


def catalogue_as_of(progress: Sequence[Progress]) -> datetime | None:
    """Reference data carries no moments: as of when the last of it was written."""
    written = max((p.written_at for p in progress if p.stream == Topic.REFERENCE), default=None)
    return moment(written)


def beginnings(client: Client) -> dict[str, date]:
    """By stream, the first day that anything of it is counted on."""
    rows = ask(
        client,
        "SELECT stream, min(day) FROM kpi_cell WHERE day > {fences:Date32} GROUP BY stream",
        fences=date(FIRST_YEAR, 12, 31),
    )
    return dict(rows)


def counted(reading: Reading | None, begun: Mapping[str, date]) -> Reading | None:
    """None for a span that was over before its data begins: its zero is nobody's, and nothing to compare with."""
    if reading is None:
        return None
    days = [begun[topic] for topic in topics(reading.kpi) if topic in begun]
    return reading if all(day <= reading.scope.period.last for day in days) else None


def topics(kpi: Kpi) -> Iterator[str]:
    """The streams that its measures come from."""
    facts = {term.measure.facts.table for term in kpi.terms() if isinstance(term, COUNTED)}
    if any(isinstance(term, JUDGED) for term in kpi.terms()):
        facts.add(DOSSIER_FACTS.table)
    for stream in STREAMS:
        if stream.facts.table in facts:
            yield stream.topic
