"""Who is called by alerts, checked before anything starts."""

from dashboards.alerts.delivery import usable
from deploy.alert_settings import AlertSettings
from metrics.errors import Misconfigured


def settled() -> AlertSettings:
    """As they are set, and usable."""
    alerts = AlertSettings.read()
    require_usable(alerts)
    return alerts


def require_usable(alerts: AlertSettings) -> None:
    """Addresses that nothing can be sent to are told at the start; by their group, since they may hold passwords."""
    wrong = [group for group, addresses in alerts.groups.items() if not all(map(usable, addresses))]
    if wrong:
        raise Misconfigured(f"NHIP_ALERT_RECIPIENTS: Apprise knows no such address in {group}" for group in wrong)
