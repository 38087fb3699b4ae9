"""The worker's process: settings in, then the Faust app until a signal stops it."""

from deploy.settings import Settings
from metrics.errors import Misconfigured
from streams.worker import run


def main() -> None:
    settings = Settings.read()
    if settings.kafka is None or settings.clickhouse is None:
        raise Misconfigured(["the worker needs NHIP_KAFKA and NHIP_CLICKHOUSE; `nhip up` sets both"])
    cluster = settings.cluster(settings.kafka)
    run(cluster.servers, cluster.access, settings.clickhouse.get_secret_value(), settings.data / "worker")


if __name__ == "__main__":
    main()
