"""Agencies by name and place in the tree, as they were on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from clickhouse_connect.driver.client import Client

from dashboards.store import ask
from metrics.period import Period

TIERS = ("tinh", "so", "huyen", "xa")


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency by its version in force, or the first that ever begins."""

    agency: str
    name: str | None
    parent: str | None
    tier: str | None
    valid_from: date
    valid_to: date | None

    def exists(self, period: Period) -> bool:
        """Whether it is in force on some day of the period."""
        return self.valid_from <= period.last and (self.valid_to is None or self.valid_to >= period.first)


def unknown(agency: str) -> Agency:
    """One that nobody describes."""
    return Agency(agency, None, None, None, date.min, None)


def agencies(client: Client, day: date) -> dict[str, Agency]:
    """Every agency of the catalogue, by code."""
    rows = ask(client, "SELECT agency, name, parent, tier, valid_from, valid_to FROM agency FINAL")
    found: dict[str, Agency] = {}
    for version in sorted((Agency(*row) for row in rows), key=lambda each: (each.agency, each.valid_from)):
        if version.agency not in found or version.valid_from <= day:
            found[version.agency] = version
    return found


def lineage(known: Mapping[str, Agency], agency: str) -> list[Agency]:
    """The agency and those above it, nearest first."""
    found: list[Agency] = []
    code: str | None = agency
    while code is not None and code in known and known[code] not in found:  # a circle must not be walked for ever
        found.append(known[code])
        code = known[code].parent
    return found


def at_tier(known: Mapping[str, Agency], tier: str) -> dict[str, str]:
    """For each agency the nearest of that tier, from itself upwards; those under none are left out."""
    nearest = {}
    for agency in known:
        above = next((each.agency for each in lineage(known, agency) if each.tier == tier), None)
        if above is not None:
            nearest[agency] = above
    return nearest
