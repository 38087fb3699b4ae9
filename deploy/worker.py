"""The worker's process: settings in, then the Faust app until a signal stops it."""

from deploy import tracing
from deploy.logs import LOGGING, begin
from deploy.settings import Settings
from metrics.errors import Misconfigured
from streams.worker import run


def main() -> None:
    settings = Settings.read()
    begin(settings)
    tracing.begin(settings)
    serve(settings)


def serve(settings: Settings) -> None:
    if settings.kafka is None or settings.clickhouse is None:
        raise Misconfigured(["a worker needs NHIP_KAFKA and NHIP_CLICKHOUSE; `nhip up` sets both for its own"])
    cluster, clickhouse = settings.cluster(settings.kafka), settings.clickhouse.get_secret_value()
    logs = LOGGING if settings.log == "json" else None
    run(cluster.servers, cluster.access, clickhouse, settings.data / "worker", logs)


if __name__ == "__main__":
    main()
