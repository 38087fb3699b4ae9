"""How old a figure is: as of when the data that it counts is complete, as far as the store knows."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from dashboards.items import moment
from dashboards.pipeline import Progress
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


def topics(kpi: Kpi) -> Iterator[str]:
    """The streams that its measures come from."""
    facts = {term.measure.facts.table for term in kpi.terms() if isinstance(term, COUNTED)}
    if any(isinstance(term, JUDGED) for term in kpi.terms()):
        facts.add(DOSSIER_FACTS.table)
    for stream in STREAMS:
        if stream.facts.table in facts:
            yield stream.topic
