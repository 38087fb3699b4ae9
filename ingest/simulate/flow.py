"""Days of a province: new dossiers are carried through, and every line is sent when its day comes."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from random import Random

from ingest.simulate.course import Line, Office, encode
from ingest.simulate.province import CATALOGUE, Province, Record, province
from ingest.simulate.worktime import DAY, Worktime, worktime

AHEAD = 150  # no dossier lives longer; their dates need a calendar


def build(rng: Random, services: int, first: date, days: int) -> tuple[Province, Worktime]:
    """A province and its calendar for `days` days of dossiers."""
    return province(rng, services, (first + timedelta(days=60)).year), worktime(first, days + AHEAD)


def reference(there: Province) -> Iterator[tuple[str, bytes]]:
    """The lines about agencies and services."""
    return ((kind, encode(record)) for kind, records in _tables(there) for record in records)


def _tables(there: Province) -> tuple[tuple[str, list[Record]], ...]:
    return ("agencies", there.agencies), ("services", there.services)


def daily(office: Office, arrivals: Iterable[int]) -> Iterator[list[Line]]:
    """The lines sent on each day, in the order of sending. Only what is still to be sent is held."""
    waiting: dict[int, list[Line]] = {}
    for day, new in enumerate(arrivals):
        for _ in range(new):
            for line in office.course(day):
                waiting.setdefault(line[0] // DAY, []).append(line)
        yield sorted(waiting.pop(day, []), key=_sent)


def _sent(line: Line) -> int:
    return line[0]


def spread(time: Worktime, total: int, days: int) -> Iterator[int]:
    """`total` dossiers over the first `days` days by their weights."""
    weights, done, passed = time.weights[:days], 0, 0.0
    whole = sum(weights)
    for n, weight in enumerate(weights, 1):
        passed += weight
        due = total if n == days else int(total * passed / whole)
        yield due - done
        done = due


def catalogue_for(dossiers: int) -> int:
    """A small province of dossiers has a small catalogue, so that its services are not all silent."""
    return min(CATALOGUE, max(40, dossiers // 8))
