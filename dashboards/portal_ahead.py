"""Months of requests, read before somebody asks for them: a year is put together from its months."""

from clickhouse_connect.driver.client import Client

from dashboards.portal import DAY, by_minute
from dashboards.recall import requested_days
from dashboards.requested import requested
from dashboards.visits import came
from metrics.period import FORMS_BY_NAME, parse

AGAIN = 60.0
"""Seconds from one time to the next; what is kept and still holds is not read again."""


def read_months(client: Client) -> None:
    """Of all months with requests, the newest first, all that the portal's page is made of."""
    months = dict.fromkeys(FORMS_BY_NAME["month"](day) for day in sorted(requested_days(client), reverse=True))
    for month in map(parse, months):
        requested(client, month)
        came(client, month)
        by_minute(client, month, DAY)
