"""Which agencies took over from which, and what follows for their figures.

A *link* says: on its day, this share of what the predecessor was went to the successor. Where all of a predecessor went
to one successor (share 1), figures of the successor before that day may be shown *pro forma*: of the union of itself
and its predecessors. Where a predecessor was split, nothing is summed: nobody knows which dossier went where.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from metrics.breaks import Break, Why
from metrics.civil import FIRST_YEAR

WHOLE = Decimal(1)
EVER = date(FIRST_YEAR, 1, 1)
"""What the catalogue says for an agency without a first day."""


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """`share` is of the predecessor as it was before anything of it went away, above 0 and up to 1."""

    predecessor: str
    successor: str
    day: date
    share: Decimal


@dataclass(frozen=True, slots=True)
class Life:
    """From when to when an agency is in force, both days included; an open end is None."""

    begun: date | None = None
    ended: date | None = None


def lives(versions: Iterable[tuple[str, date | None, date | None]]) -> dict[str, Life]:
    """Of an agency's dated versions, the earliest beginning and the end of the last one."""
    held: dict[str, list[tuple[date | None, date | None]]] = {}
    for agency, begun, ended in versions:
        held.setdefault(agency, []).append((begun, ended))
    return {agency: _life(spans) for agency, spans in held.items()}


def _life(spans: Sequence[tuple[date | None, date | None]]) -> Life:
    begun = min(first or EVER for first, _ in spans)
    _, ended = max(spans, key=lambda span: span[0] or EVER)
    return Life(begun if begun > EVER else None, ended)


def turns(agency: str, life: Life, links: Iterable[Link]) -> tuple[Break, ...]:
    """The days on which an agency's figures stop meaning what they meant."""
    return tuple(sorted({*_of_life(life), *_of_links(agency, links)}))


def _of_life(life: Life) -> Iterator[Break]:
    if life.begun is not None:
        yield Break(life.begun, Why.UNIT_BEGAN)
    if life.ended is not None and life.ended < date.max:
        yield Break(life.ended + timedelta(days=1), Why.UNIT_ENDED)


def _of_links(agency: str, links: Iterable[Link]) -> Iterator[Break]:
    for link in links:
        if link.successor == agency:
            yield Break(link.day, Why.TOOK_OVER)
        if link.predecessor == agency:
            yield Break(link.day, Why.GAVE_AWAY)


@dataclass(frozen=True, slots=True)
class Origin:
    """What an agency was made of: `whole` may be summed with it, `split` must not be. Neither holds itself."""

    whole: tuple[Link, ...]
    split: tuple[Link, ...]


def origin(agency: str, links: Sequence[Link]) -> Origin:
    """Through all generations; what lies behind a split is not followed, for it is not all the successor's."""
    whole: list[Link] = []
    split: list[Link] = []
    waiting, seen = [agency], {agency}
    while waiting:
        successor = waiting.pop()
        for link in sorted(each for each in links if each.successor == successor):
            if link.share < WHOLE:
                split.append(link)
            elif link.predecessor not in seen:  # validated links make no circle; this must end anyway
                seen.add(link.predecessor)
                whole.append(link)
                waiting.append(link.predecessor)
    return Origin(tuple(whole), tuple(split))


def problems(links: Sequence[tuple[str, Link]], known: Mapping[str, Life]) -> Iterator[str]:
    """Everything wrong with the links; each comes with the place to name, such as `succession.csv line 3`."""
    for place, link in links:
        yield from (f"{place}: {problem}" for problem in _of_one(link, known))
    yield from _repeated(links)
    yield from _shares([link for _, link in links])
    yield from _circles([link for _, link in links])


def _of_one(link: Link, known: Mapping[str, Life]) -> Iterator[str]:
    if not 0 < link.share <= WHOLE:
        yield f"share {link.share} is not above 0 and up to 1"
    if link.predecessor == link.successor:
        yield f"{link.successor} cannot succeed itself; name only the others that went into it"
    for agency in dict.fromkeys((link.predecessor, link.successor)):
        if agency not in known:
            yield f"{agency} is not in the catalogue of agencies"
    yield from _dates(link, known.get(link.predecessor, Life()), known.get(link.successor, Life()))


def _dates(link: Link, before: Life, after: Life) -> Iterator[str]:
    eve = link.day - timedelta(days=1) if link.day > date.min else link.day
    if before.begun is not None and before.begun >= link.day:
        yield f"{link.predecessor} begins on {before.begun}, not before {link.day}"
    if before.ended is not None and before.ended < eve:
        yield f"{link.predecessor} already ended on {before.ended}, before {eve}"
    if before.ended is not None and before.ended > eve and link.share == WHOLE:
        yield f"{link.predecessor} goes over whole on {link.day} but is in force until {before.ended}"
    if after.begun is not None and after.begun > link.day:
        yield f"{link.successor} begins only on {after.begun}, after {link.day}"
    if after.ended is not None and after.ended < link.day:
        yield f"{link.successor} already ended on {after.ended}, before {link.day}"


def _repeated(links: Sequence[tuple[str, Link]]) -> Iterator[str]:
    seen: dict[tuple[str, str, date], str] = {}
    for place, link in links:
        key = (link.predecessor, link.successor, link.day)
        if key in seen:
            yield f"{place}: says the same link as {seen[key]}"
        seen.setdefault(key, place)


def _shares(links: Iterable[Link]) -> Iterator[str]:
    given: dict[str, Decimal] = {}
    for link in links:
        given[link.predecessor] = given.get(link.predecessor, Decimal(0)) + link.share
    for predecessor, total in sorted(given.items()):
        if total > WHOLE:
            yield f"{predecessor}: its shares add up to {total.normalize():f}, more than 1"


def _circles(links: Iterable[Link]) -> Iterator[str]:
    """An agency that is among its own successors, each circle told once."""
    after: dict[str, list[str]] = {}
    for link in links:
        if link.predecessor != link.successor:
            after.setdefault(link.predecessor, []).append(link.successor)
    told: set[str] = set()
    for start in sorted(after):
        trail = _trail(start, after)
        if trail and not told.intersection(trail):
            told.update(trail)
            yield f"a circle: {' → '.join([*trail, start])}"


def _trail(start: str, after: Mapping[str, Sequence[str]]) -> list[str]:
    """The way from an agency back to itself; empty where there is none."""
    waiting, seen = [[start]], {start}
    while waiting:
        trail = waiting.pop()
        for successor in after.get(trail[-1], ()):
            if successor == start:
                return trail
            if successor not in seen:
                seen.add(successor)
                waiting.append([*trail, successor])
    return []
