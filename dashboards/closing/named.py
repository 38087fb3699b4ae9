"""The named things of a restatement, with what was known of each when the period was closed and what is known now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.closing.closes import Close
from dashboards.closing.differences import Asked, Difference, Turn, differences
from dashboards.closing.services import SERVICE, of_services, services
from dashboards.closing.things import THINGS, Thing, thing_of
from dashboards.items import moment
from dashboards.store import ask
from metrics.kpi import Kpi

Facts = Mapping[str, str | datetime | None]

MOST = 1000
"""Of one part: their codes travel back to the store."""


@dataclass(frozen=True, slots=True)
class Named:
    """`was` and `now` are the facts on each side; `was` is None where no figure of the period counted it then."""

    thing: str
    difference: Difference
    was: Facts | None
    now: Facts | None

    def turned(self) -> Iterator[tuple[str, str | datetime | None, str | datetime | None]]:
        """The facts that are not what they were: their name, what it was, what it is."""
        if self.was is not None and self.now is not None:
            for name, was in self.was.items():
                if was != self.now[name]:
                    yield name, was, self.now[name]


@dataclass(frozen=True, slots=True)
class Names:
    """A part of the list, by code; `next` is the code after which it goes on."""

    items: tuple[Named, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which things; without a kind, those that the figure itself counts."""

    close: Close
    kpi: Kpi
    agency: str | None = None
    thing: str | None = None
    turn: Turn | None = None


def kinds(kpi: Kpi) -> list[str]:
    """Of what kinds things can be named, the one that the figure itself counts first."""
    thing = thing_of(kpi)
    return ([SERVICE] if of_services(kpi) else []) + ([thing.name] if thing else [])


def named(client: Client, wanted: Wanted, after: str, limit: int) -> Names:
    """The first so many whose codes come after `after`; none where the figure counts no things of that kind."""
    kind = wanted.thing or next(iter(kinds(wanted.kpi)), None)
    if kind not in kinds(wanted.kpi):
        return Names((), None)
    limit = min(limit, MOST)
    if kind == SERVICE:
        every = services(client, wanted.close, wanted.kpi, wanted.agency)
        found = [one for one in every if one.code > after and wanted.turn in {None, one.turn}]
        return _part([Named(SERVICE, one, None, None) for one in found], limit)
    thing = next(each for each in THINGS if each.name == kind)
    asked = Asked(wanted.close, wanted.kpi, thing, wanted.agency)
    return _part(list(_with_facts(client, asked, differences(client, asked, wanted.turn, after, limit + 1))), limit)


def _part(found: Sequence[Named], limit: int) -> Names:
    more = found[limit - 1].difference.code if len(found) > limit else None
    return Names(tuple(found[:limit]), more)


def _with_facts(client: Client, asked: Asked, found: Sequence[Difference]) -> Iterator[Named]:
    thing, codes = asked.thing, [one.code for one in found]
    was = _facts(client, thing, f"{thing.kept} WHERE close = {{close:UUID}} AND", codes, close=asked.close.id)
    now = _facts(client, thing, f"{thing.table} FINAL WHERE", codes)
    for one in found:
        yield Named(thing.name, one, was.get(one.code), now.get(one.code))


def _facts(client: Client, thing: Thing, where: str, codes: Sequence[str], **parameters: Any) -> dict[str, Facts]:
    rows = ask(
        client,
        f"SELECT {thing.code}, {', '.join(thing.facts)} FROM {where} {thing.code} IN {{codes:Array(String)}}",
        codes=list(codes),
        **parameters,
    )
    return {row[0]: dict(zip(thing.facts, map(_fact, row[1:]), strict=True)) for row in rows}


def _fact(value: Any) -> Any:
    return moment(value) if isinstance(value, datetime) else value
