"""Which alerts there are: a threshold of a tier is one for each agency of that tier."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dashboards.agencies import Agency
from metrics.alerting.rule import Rule
from metrics.alerting.subject import Subject, subject


@dataclass(frozen=True, slots=True)
class Watched:
    """One alert. No agency: the whole province. No subject: the catalogue knows that definition no more."""

    rule: Rule
    agency: str | None

    @property
    def alert(self) -> str:
        """Its name for ever."""
        return f"{self.rule.threshold.id}|{self.agency or ''}"

    @property
    def subject(self) -> Subject | None:
        return subject(self.rule.threshold.subject, self.rule.threshold.version)


def watched(rules: Iterable[Rule], known: Mapping[str, Agency], today: date) -> list[Watched]:
    """By name. Agencies that do not exist today are nobody's to be called."""
    found = [Watched(rule, agency) for rule in rules for agency in _agencies(rule, known, today)]
    return sorted(found, key=lambda each: each.alert)


def _agencies(rule: Rule, known: Mapping[str, Agency], today: date) -> Iterable[str | None]:
    tier = rule.threshold.tier
    if tier is None:
        return (rule.threshold.agency,)
    return (
        each.agency
        for each in known.values()
        if each.tier == tier and each.valid_from <= today and (each.valid_to is None or each.valid_to >= today)
    )
