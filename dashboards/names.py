"""What services are called."""

from clickhouse_connect.driver.client import Client

from dashboards.store import ask


def service_names(client: Client) -> dict[str, str]:
    """The newest known name of each."""
    rows = ask(
        client,
        "SELECT procedure, argMax(name, valid_from) FROM service FINAL WHERE name IS NOT NULL GROUP BY procedure",
    )
    return dict(rows)
