"""What somebody wants to set, held against what there is: one check for the command, the editor and the API."""

from collections.abc import Collection, Mapping

from clickhouse_connect.driver.client import Client

from dashboards.agencies import TIERS
from dashboards.alerts.rules import Change, Rules
from dashboards.store import ask
from metrics.alerting.refusal import Known, refusals
from metrics.alerting.said import threshold
from metrics.alerting.threshold import Threshold
from metrics.errors import Misconfigured
from metrics.words import Text


def wish(
    said: Mapping[str, str], client: Client, rules: Rules, recipients: Collection[str]
) -> tuple[Threshold | None, tuple[Text, ...]]:
    """The threshold that was meant, or everything that speaks against it."""
    wanted, problems = threshold(said)
    if wanted is None:
        return None, problems
    found = against(wanted, client, rules, recipients)
    return (None, found) if found else (wanted, ())


def against(wanted: Threshold, client: Client, rules: Rules, recipients: Collection[str]) -> tuple[Text, ...]:
    """What speaks against it beside the others that hold now."""
    others = [rule.threshold for name, rule in rules.holding().items() if name != wanted.id]
    return tuple(refusals(wanted, Known(agencies(client), TIERS, recipients, others)))


def approve(rules: Rules, name: str, actor: str, client: Client, recipients: Collection[str]) -> Change:
    """A proposal comes into force; Misconfigured where others that were set meanwhile speak against it."""
    asked = next((each for each in rules.proposals() if each.id == name), None)
    if asked is not None and asked.after is not None:
        problems = against(asked.after, client, rules, recipients)
        if problems:
            raise Misconfigured(f"{name}: {problem.en}" for problem in problems)
    return rules.approve(name, actor)


def agencies(client: Client) -> set[str]:
    return {code for (code,) in ask(client, "SELECT DISTINCT agency FROM agency")}
