"""The ingestor's process: Kafka's address, the drop folder, a folder for checkpoints."""

import json
import time
from pathlib import Path

from ingest.load import load_folder
from ingest.sink import KafkaSink
from tests.bench.topics import PARTITIONS, ignored


def main(words: list[str]) -> None:
    kafka, drop, checkpoints = words
    with KafkaSink(kafka, PARTITIONS) as sink:
        began = time.monotonic()
        report = load_folder(Path(drop), sink, Path(checkpoints), ignored)
        seconds = time.monotonic() - began
    print(json.dumps({"seconds": seconds, "accepted": sum(report.accepted.values())}))  # noqa: T201
