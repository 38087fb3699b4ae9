"""A store for the tests of actions, a database of its own for each that asks."""

from tests.dashboards.alerts.conftest import clickhouse, running

__all__ = ["clickhouse", "running"]
