"""What services and agencies are called."""

from clickhouse_connect.driver.client import Client

from dashboards.store import ask

NEWEST = "SELECT {of}, argMax(name, valid_from) FROM {of_table} FINAL WHERE name IS NOT NULL GROUP BY {of}"


def service_names(client: Client) -> dict[str, str]:
    """The newest known name of each."""
    return dict(ask(client, NEWEST.format(of="procedure", of_table="service")))


def agency_names(client: Client) -> dict[str, str]:
    """The newest known name of each."""
    return dict(ask(client, NEWEST.format(of="agency", of_table="agency")))
