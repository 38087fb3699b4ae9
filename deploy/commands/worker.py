"""`nhip worker`: one more worker for a Kafka and a ClickHouse that are configured (`up` runs one of its own)."""

from argparse import Namespace
from collections.abc import Iterator

from deploy.settings import Settings
from deploy.worker import serve


def problems(_given: Namespace) -> Iterator[str]:
    return iter(())


def run(_given: Namespace, settings: Settings) -> int:
    serve(settings)
    return 0
