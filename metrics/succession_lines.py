"""Lines of imported tables as links between agencies, or as other ways to write their codes."""

from collections.abc import Iterator, Mapping, Sequence

from metrics.succession import Life, Link
from metrics.succession import problems as problems_of_links
from metrics.typed import Line
from metrics.unit_codes import Alias, ambiguous

SHARE_PLACES = 6


def is_link(line: Line) -> bool:
    return "predecessor" in line.fields or "successor" in line.fields


def link(line: Line) -> Link | None:
    before = len(line.problems)
    predecessor, successor = line.text("predecessor"), line.text("successor")
    day, share = line.day("date"), line.number("share")
    for name, value in (("date", day), ("share", share)):
        if value is None and line.maybe(name) is None:
            line.wrong(f"{name} is missing")
    if share is not None and share != round(share, SHARE_PLACES):
        line.wrong(f"share: at most {SHARE_PLACES} decimals")
    if len(line.problems) > before or day is None or share is None:
        return None
    return Link(predecessor, successor, day, share)


def alias(line: Line) -> Alias | None:
    before = len(line.problems)
    found = Alias(line.text("agency"), " ".join(line.text("written").split()), line.day("from"), line.day("to"))
    if found.valid_from is not None and found.valid_to is not None and found.valid_from > found.valid_to:
        line.wrong(f"from {found.valid_from} is after to {found.valid_to}")
    return found if len(line.problems) == before else None


def problems(read: Sequence[tuple[Line, Link | Alias]], known: Mapping[str, Life]) -> Iterator[str]:
    """What is wrong with all of them together, and with what the catalogue says."""
    yield from problems_of_links([(line.place, each) for line, each in read if isinstance(each, Link)], known)
    aliases = {id(each): (line, each) for line, each in read if isinstance(each, Alias)}
    for line, each in aliases.values():
        if each.agency not in known:
            yield f"{line.place}: {each.agency} is not in the catalogue of agencies"
    for one, other in ambiguous(each for _, each in aliases.values()):
        places = [aliases[id(each)][0].place for each in (one, other)]
        yield f"{places[1]}: {other.written!r} means {other.agency} here and {one.agency} in {places[0]}"
