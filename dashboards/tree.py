"""The agency tree: which agencies are below one. Decided by the parent named in the catalogue, never by the code."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AgencyVersion:
    """An agency as it was from a day on, until its next version."""

    agency: str
    valid_from: date
    parent: str | None


def below(root: str, versions: Iterable[AgencyVersion], day: date) -> list[str]:
    """The agency and everything below it on that day; an agency nobody describes is its own whole tree."""
    children: dict[str, list[str]] = {}
    for agency, parent in _parents(versions, day).items():
        children.setdefault(parent, []).append(agency)
    found, waiting = {root}, [root]
    while waiting:
        for child in children.get(waiting.pop(), []):
            if child not in found:  # a circle in the catalogue must not be walked for ever
                found.add(child)
                waiting.append(child)
    return sorted(found)


def _parents(versions: Iterable[AgencyVersion], day: date) -> dict[str, str]:
    """Each agency's parent by the version in force: the newest begun by then, else the first that ever begins."""
    chosen: dict[str, AgencyVersion] = {}
    for version in sorted(versions, key=lambda v: v.valid_from):
        if version.agency not in chosen or version.valid_from <= day:
            chosen[version.agency] = version
    return {agency: version.parent for agency, version in chosen.items() if version.parent}
