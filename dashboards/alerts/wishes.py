"""What somebody wants to set, held against what there is: one check for the command, the editor and the API."""

from collections.abc import Collection, Mapping

from clickhouse_connect.driver.client import Client

from dashboards.agencies import TIERS
from dashboards.alerts.rules import Rules
from dashboards.store import ask
from metrics.alerting.refusal import Known, refusals
from metrics.alerting.said import threshold
from metrics.alerting.threshold import Threshold
from metrics.words import Text


def wish(
    said: Mapping[str, str], client: Client, rules: Rules, recipients: Collection[str]
) -> tuple[Threshold | None, tuple[Text, ...]]:
    """The threshold that was meant, or everything that speaks against it."""
    wanted, problems = threshold(said)
    if wanted is None:
        return None, problems
    others = [rule.threshold for name, rule in rules.holding().items() if name != wanted.id]
    found = tuple(refusals(wanted, Known(agencies(client), TIERS, recipients, others)))
    return (None, found) if found else (wanted, ())


def agencies(client: Client) -> set[str]:
    return {code for (code,) in ask(client, "SELECT DISTINCT agency FROM agency")}
